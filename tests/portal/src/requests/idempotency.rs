//! Idempotency of `POST /v1/requests`: the same key with the same body returns the stored response, byte for byte. Bodies are
//! compared in canonical form: an app that is updated between two attempts may write the same request in other bytes.
//!
//! The response is stored in the transaction that files the request, so that neither exists without the other.

use axum::http::HeaderMap;
use fos_rules::text;
use rusqlite::{OptionalExtension as _, Transaction};
use serde_json::{Map, Value};

use crate::{
    problem::{Problem, ProblemType},
    secrets::sha256,
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

/// SHA-256 of a body.
#[derive(Debug, Clone)]
pub(super) struct BodyDigest {
    /// Of its canonical form, which is stored.
    canonical: [u8; 32],
    /// Of its bytes, which earlier versions stored.
    raw: [u8; 32],
}

impl BodyDigest {
    /// Computes both digests.
    pub(super) fn of(bytes: &[u8]) -> Self {
        let raw = sha256(bytes);
        let canonical =
            serde_json::from_slice(bytes).map_or(raw, |body| sha256(canonical(body).to_string().as_bytes()));
        Self { canonical, raw }
    }

    fn is(&self, stored: [u8; 32]) -> bool {
        stored == self.canonical || stored == self.raw
    }
}

/// Returns the value with its texts in NFC and the members of its objects in order.
fn canonical(value: Value) -> Value {
    match value {
        Value::String(text) => text::compose(&text).into(),
        Value::Array(values) => values.into_iter().map(canonical).collect(),
        Value::Object(members) => {
            let mut members: Vec<_> =
                members.into_iter().map(|(name, value)| (text::compose(&name), canonical(value))).collect();
            members.sort_by(|(one, _), (other, _)| one.cmp(other));
            Value::Object(members.into_iter().collect::<Map<_, _>>())
        }
        other => other,
    }
}

/// Returns the response stored under this key. Fails with `idempotency-reuse` when it belongs to another body.
pub(super) fn find_response(
    db: &Transaction,
    ppr: &str,
    key: &IdempotencyKey,
    digest: &BodyDigest,
) -> Result<Option<Vec<u8>>, Problem> {
    let found: Option<([u8; 32], Vec<u8>)> = db
        .prepare_cached("SELECT digest, body FROM idempotent_responses WHERE ppr = ?1 AND key = ?2")?
        .query_row((ppr, &key.0), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match found {
        Some((of, _)) if !digest.is(of) => Err(ProblemType::IdempotencyReuse.into()),
        found => Ok(found.map(|(_, body)| body)),
    }
}

/// Stores the response.
pub(super) fn store_response(
    db: &Transaction,
    ppr: &str,
    key: &IdempotencyKey,
    digest: &BodyDigest,
    body: &[u8],
    now: i64,
) -> Result<(), StorageError> {
    db.prepare_cached(
        "INSERT INTO idempotent_responses (ppr, key, digest, body, at) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute((ppr, &key.0, digest.canonical, body, now))?;
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::BodyDigest;

    #[test]
    fn the_same_body_in_other_bytes_has_the_same_digest() {
        let first = BodyDigest::of(r#"{"a":{"x":"été","y":[1,2]},"b":true}"#.as_bytes());
        for same in [
            r#"{ "b" : true, "a" : { "y" : [1, 2], "x" : "été" } }"#,
            "{\"a\":{\"x\":\"e\u{301}te\u{301}\",\"y\":[1,2]},\"b\":true}",
            r#"{"a":{"x":"\u00e9t\u00e9","y":[1,2]},"b":true}"#,
        ] {
            assert!(first.is(BodyDigest::of(same.as_bytes()).canonical), "{same}");
        }
        for other in [
            r#"{"a":{"x":"été","y":[2,1]},"b":true}"#,
            r#"{"a":{"x":"ete","y":[1,2]},"b":true}"#,
            r#"{"a":{"x":"été ","y":[1,2]},"b":true}"#,
            r#"{"a":{"x":"été","y":[1,2]},"b":"true"}"#,
        ] {
            assert!(!first.is(BodyDigest::of(other.as_bytes()).canonical), "{other}");
        }
        assert!(first.is(first.raw), "as earlier versions stored it");
    }
}
