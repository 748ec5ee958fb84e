//! Drafts: a service's form while it is filled in, one row a service, its content sealed.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Database, StorageError, StoredState};
use crate::planted_fault::PlantedFault;

/// A form that is being filled in. `Content` is `Vec<u8>` while it is sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoredDraft<Content> {
    /// The service's id.
    pub(crate) service: String,
    /// The idempotency key of an earlier submission that was returned to draft, or `""`. Submitted again under it, it is
    /// the same request to the portal.
    pub(crate) key: String,
    /// Time of the last change, in Unix seconds.
    pub(crate) changed_at: i64,
    /// JSON of the form, as the portal served it.
    pub(crate) form: String,
    /// The answers.
    pub(crate) content: Content,
}

/// Progress of a member with a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BegunState {
    /// A draft.
    Draft,
    /// Waits to be sent.
    Queued,
    /// On file at the portal, not decided yet.
    Filed,
}

/// Every draft, its content still sealed.
pub(super) const SELECT_DRAFTS: &str = "SELECT service, key, changed_at, form, content FROM draft";

impl Database {
    /// Returns the draft of a service, decrypted.
    pub(crate) fn draft<T: DeserializeOwned>(
        &self,
        service: &str,
    ) -> Result<Option<StoredDraft<T>>, StorageError> {
        let row = self.request_tables()?.with(|connection| {
            let mut statement = connection.prepare_cached(&format!("{SELECT_DRAFTS} WHERE service = ?1"))?;
            statement.query_row([service], draft_row).optional()
        })?;
        row.map(|row| self.decrypt_draft(row)).transpose()
    }

    /// Returns when the draft of a service was last changed, in Unix seconds, without decrypting it.
    pub(crate) fn draft_changed_at(&self, service: &str) -> Result<Option<i64>, StorageError> {
        self.request_tables()?.with(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT changed_at FROM draft WHERE service = ?1")?;
            statement.query_row([service], |row| row.get(0)).optional()
        })
    }

    /// Returns true if an entry for this service is in the outbox.
    pub(crate) fn is_queued(&self, service: &str) -> Result<bool, StorageError> {
        self.request_tables()?.with(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT EXISTS (SELECT 1 FROM outbox WHERE service = ?1)")?;
            statement.query_row([service], |row| row.get(0))
        })
    }

    /// Returns the services for which the member has a draft, a request that waits to be sent, or one that is not decided,
    /// the last of these if there are several.
    pub(crate) fn begun_services(&self) -> Result<HashMap<String, BegunState>, StorageError> {
        // A sign-in shows the list: it must not pay for tables that nobody needs yet.
        if !self.has_request_tables()? {
            return Ok(HashMap::new());
        }
        self.request_tables()?.with(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT service, 0 FROM draft UNION ALL SELECT service, 1 FROM outbox
                 UNION ALL SELECT service, 2 FROM request WHERE state IN (?1, ?2)",
            )?;
            let undecided = [StoredState::Filed.code(), StoredState::UnderReview.code()];
            let row = |row: &Row<'_>| {
                let state = match row.get(1)? {
                    0 => BegunState::Draft,
                    1 => BegunState::Queued,
                    _ => BegunState::Filed,
                };
                Ok((row.get(0)?, state))
            };
            statement.query_map(undecided, row)?.collect()
        })
    }

    /// Returns the service of the draft that was changed last.
    pub(crate) fn last_draft(&self) -> Result<Option<String>, StorageError> {
        // A sign-in shows the list: it must not pay for tables that nobody needs yet.
        if !self.has_request_tables()? {
            return Ok(None);
        }
        self.request_tables()?.with(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT service FROM draft ORDER BY changed_at DESC LIMIT 1")?;
            statement.query_row([], |row| row.get(0)).optional()
        })
    }

    /// Returns every draft, decrypted, the most recently changed first.
    pub(crate) fn drafts<T: DeserializeOwned>(&self) -> Result<Vec<StoredDraft<T>>, StorageError> {
        let rows: Vec<StoredDraft<Vec<u8>>> = self.request_tables()?.with(|connection| {
            let mut statement =
                connection.prepare_cached(&format!("{SELECT_DRAFTS} ORDER BY changed_at DESC"))?;
            statement.query_map([], draft_row)?.collect()
        })?;
        rows.into_iter().map(|row| self.decrypt_draft(row)).collect()
    }

    /// Stores a draft in place of the service's earlier one.
    pub(crate) fn put_draft<T: Serialize>(&self, draft: &StoredDraft<T>) -> Result<(), StorageError> {
        if PlantedFault::DraftsUnwritten.is_planted() {
            return Ok(());
        }
        let sealed = self.encrypt_json(&draft_aad(&draft.service), &draft.content)?;
        self.request_tables()?.with(|connection| insert_draft(connection, draft, &sealed))?;
        Ok(())
    }

    /// Deletes the draft of a service, if there is one.
    pub(crate) fn remove_draft(&self, service: &str) -> Result<(), StorageError> {
        self.request_tables()?.with(|connection| delete_draft(connection, service))?;
        Ok(())
    }

    fn decrypt_draft<T: DeserializeOwned>(
        &self,
        StoredDraft { service, key, changed_at, form, content }: StoredDraft<Vec<u8>>,
    ) -> Result<StoredDraft<T>, StorageError> {
        let content = self.decrypt_json(&draft_aad(&service), &content)?;
        Ok(StoredDraft { service, key, changed_at, form, content })
    }
}

/// Reads a row of [`SELECT_DRAFTS`].
pub(super) fn draft_row(row: &Row<'_>) -> rusqlite::Result<StoredDraft<Vec<u8>>> {
    Ok(StoredDraft {
        service: row.get(0)?,
        key: row.get(1)?,
        changed_at: row.get(2)?,
        form: row.get(3)?,
        content: row.get(4)?,
    })
}

/// Inserts a draft whose content is sealed already, in place of the service's earlier one.
pub(super) fn insert_draft<T>(
    connection: &Connection,
    draft: &StoredDraft<T>,
    sealed: &[u8],
) -> rusqlite::Result<usize> {
    let insert =
        "INSERT OR REPLACE INTO draft (service, key, changed_at, form, content) VALUES (?1, ?2, ?3, ?4, ?5)";
    connection.prepare_cached(insert)?.execute(params![
        draft.service,
        draft.key,
        draft.changed_at,
        draft.form,
        sealed
    ])
}

/// Deletes the draft of a service, inside the caller's transaction if there is one.
pub(super) fn delete_draft(connection: &Connection, service: &str) -> rusqlite::Result<usize> {
    connection.prepare_cached("DELETE FROM draft WHERE service = ?1")?.execute([service])
}

/// AAD to which a draft's content is sealed: no row opens in another row's place.
pub(super) fn draft_aad(service: &str) -> String {
    format!("draft:{service}")
}
