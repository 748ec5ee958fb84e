//! Responses of the portal, cached with their entity tags (RFC 9110 §8.8.3).
//!
//! Those of [`PUBLIC_RESPONSES`] are the same for many members and stay plain in the table `cached_response`. Every other
//! one is sealed in a setting: a resource that is not in the list may say something about the member.

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::cipher::Cipher;
use super::{Database, StorageError};

/// Names of the responses that are stored plain, up to the first `:`. Migration 0005 deletes all others from the table.
pub(crate) const PUBLIC_RESPONSES: [&str; 3] = ["services", "charter", "form"];

/// Version of a member's file from which on it has no private response in clear.
pub(super) const SEALED_RESPONSES: u32 = 5;

/// A response of the portal and its entity tag. The field names are stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CachedResponse {
    pub(crate) etag: Option<String>,
    pub(crate) body: String,
}

impl Database {
    /// Returns a cached response of the portal.
    pub(crate) fn cached_response(&self, name: &str) -> Result<Option<CachedResponse>, StorageError> {
        if !is_public(name) {
            return self.get(&sealed_setting(name));
        }
        self.sqlite.with(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT etag, body FROM cached_response WHERE name = ?1")?;
            let read = |row: &rusqlite::Row<'_>| Ok(CachedResponse { etag: row.get(0)?, body: row.get(1)? });
            statement.query_row([name], read).optional()
        })
    }

    /// Returns the entity tag of a cached response; a plain body is not read for it.
    pub(crate) fn cached_etag(&self, name: &str) -> Result<Option<String>, StorageError> {
        if !is_public(name) {
            return Ok(self.cached_response(name)?.and_then(|cached| cached.etag));
        }
        self.sqlite.with(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT etag FROM cached_response WHERE name = ?1")?;
            statement.query_row([name], |row| row.get(0)).optional().map(Option::flatten)
        })
    }

    /// Caches a response of the portal.
    pub(crate) fn cache_response(&self, name: &str, response: &CachedResponse) -> Result<(), StorageError> {
        if !is_public(name) {
            return self.put(&sealed_setting(name), response);
        }
        self.sqlite.with(|connection| {
            connection
                .prepare_cached(
                    "INSERT INTO cached_response VALUES (?1, ?2, ?3)
                     ON CONFLICT (name) DO UPDATE SET etag = excluded.etag, body = excluded.body",
                )?
                .execute(params![name, response.etag, response.body])
        })?;
        Ok(())
    }
}

/// Seals the private responses that an earlier version stored plain; the migration to [`SEALED_RESPONSES`] then deletes
/// those. A form that asks for a person of the family still opens offline after an update.
pub(super) fn seal_private_responses(connection: &Connection, cipher: &Cipher) -> Result<(), StorageError> {
    let mut statement = connection.prepare("SELECT name, etag, body FROM cached_response")?;
    let read = |row: &Row<'_>| {
        Ok((row.get::<_, String>(0)?, CachedResponse { etag: row.get(1)?, body: row.get(2)? }))
    };
    for row in statement.query_map([], read)? {
        let (name, response) = row?;
        if !is_public(&name) {
            let setting = sealed_setting(&name);
            let sealed = cipher.seal(&setting, &Zeroizing::new(serde_json::to_vec(&response)?))?;
            connection.execute("INSERT OR REPLACE INTO setting VALUES (?1, ?2)", params![setting, sealed])?;
        }
    }
    Ok(())
}

fn is_public(name: &str) -> bool {
    name.split(':').next().is_some_and(|kind| PUBLIC_RESPONSES.contains(&kind))
}

/// Setting under which a response is sealed. Stored.
fn sealed_setting(name: &str) -> String {
    format!("response:{name}")
}
