//! Idempotency: a request that was filed is answered again the same way, byte for byte, to whoever brings its key and
//! its body. The answer is kept in the transaction that files the request, so that there is never one without the
//! other.

use axum::http::HeaderMap;
use rusqlite::{OptionalExtension as _, Transaction};

use crate::{
    problem::{Problem, Slug},
    store::StoreError,
};

/// What a phone calls one filing, however often it has to send it.
#[derive(Debug, Clone)]
pub(super) struct Key(String);

impl Key {
    /// 8 to 64 visible ASCII characters.
    pub(super) fn of(headers: &HeaderMap) -> Result<Self, Problem> {
        let mut given = headers.get_all("idempotency-key").iter();
        let key = given
            .next()
            .and_then(|key| key.to_str().ok())
            .filter(|key| (8..=64).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic()));
        match (key, given.next()) {
            (Some(key), None) => Ok(Self(key.to_owned())),
            _ => Err(Slug::IdempotencyKey.into()),
        }
    }
}

/// The answer that this key has brought, if it has; refused when it was to another body.
pub(super) fn kept(
    db: &Transaction,
    ppr: &str,
    key: &Key,
    digest: &[u8; 32],
) -> Result<Option<Vec<u8>>, Problem> {
    let found: Option<([u8; 32], Vec<u8>)> = db
        .prepare_cached("SELECT digest, body FROM answers WHERE ppr = ?1 AND key = ?2")?
        .query_row((ppr, &key.0), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match found {
        Some((of, _)) if of != *digest => Err(Slug::IdempotencyReuse.into()),
        found => Ok(found.map(|(_, body)| body)),
    }
}

/// Keeps the answer.
pub(super) fn keep(
    db: &Transaction,
    ppr: &str,
    key: &Key,
    digest: &[u8; 32],
    body: &[u8],
    now: i64,
) -> Result<(), StoreError> {
    db.prepare_cached("INSERT INTO answers (ppr, key, digest, body, at) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute((ppr, &key.0, digest, body, now))?;
    Ok(())
}
