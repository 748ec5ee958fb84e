//! Idempotency of `POST /v1/requests`: the same key with the same body returns the stored response, byte for byte.
//!
//! The response is stored in the transaction that files the request, so that neither exists without the other.

use axum::http::HeaderMap;
use rusqlite::{OptionalExtension as _, Transaction};

use crate::{
    problem::{Problem, ProblemType},
    storage::StorageError,
};

/// `Idempotency-Key` of a submission, the same at every attempt.
#[derive(Debug, Clone)]
pub(super) struct IdempotencyKey(String);

impl IdempotencyKey {
    /// Reads the header: 8 to 64 visible ASCII characters.
    pub(super) fn from_headers(headers: &HeaderMap) -> Result<Self, Problem> {
        let mut given = headers.get_all("idempotency-key").iter();
        let key = given
            .next()
            .and_then(|key| key.to_str().ok())
            .filter(|key| (8..=64).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic()));
        match (key, given.next()) {
            (Some(key), None) => Ok(Self(key.to_owned())),
            _ => Err(ProblemType::IdempotencyKey.into()),
        }
    }
}

/// Returns the response stored under this key. Fails with `idempotency-reuse` when it belongs to another body.
pub(super) fn find_response(
    db: &Transaction,
    ppr: &str,
    key: &IdempotencyKey,
    digest: &[u8; 32],
) -> Result<Option<Vec<u8>>, Problem> {
    let found: Option<([u8; 32], Vec<u8>)> = db
        .prepare_cached("SELECT digest, body FROM idempotent_responses WHERE ppr = ?1 AND key = ?2")?
        .query_row((ppr, &key.0), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match found {
        Some((of, _)) if of != *digest => Err(ProblemType::IdempotencyReuse.into()),
        found => Ok(found.map(|(_, body)| body)),
    }
}

/// Stores the response.
pub(super) fn store_response(
    db: &Transaction,
    ppr: &str,
    key: &IdempotencyKey,
    digest: &[u8; 32],
    body: &[u8],
    now: i64,
) -> Result<(), StorageError> {
    db.prepare_cached(
        "INSERT INTO idempotent_responses (ppr, key, digest, body, at) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute((ppr, &key.0, digest, body, now))?;
    Ok(())
}
