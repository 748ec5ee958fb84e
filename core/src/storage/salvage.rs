//! Copies drafts and outbox entries out of a file that is about to be quarantined, as far as it can be read.

use std::path::Path;

use rusqlite::{Connection, Row};
use tracing::info;

use super::drafts::{SELECT_DRAFTS, StoredDraft, draft_aad, draft_row, insert_draft};
use super::outbox::{OutboxEntry, SELECT_OUTBOX, insert_entry, outbox_aad, outbox_row};
use super::sqlite::Schema;
use super::{Database, StorageError, recovery};

impl Database {
    /// Inserts the readable drafts and outbox entries of the file at `old`. Skips rows that are damaged or were sealed by
    /// another key. Does not change `old`.
    pub(super) fn salvage_unsent_work(&self, old: &Path, schema: &Schema) -> Result<(), StorageError> {
        // Opening a SQLite file writes to it and beside it, so a copy is opened.
        recovery::remove_copy(old)?;
        let copy = recovery::copy_path(old);
        recovery::copy(old, &copy)?;
        let (drafts, outbox) = match Connection::open(&copy) {
            Ok(old) => {
                migrate_best_effort(&old, schema.migrations);
                (
                    readable_rows(&old, SELECT_DRAFTS, draft_row),
                    readable_rows(&old, SELECT_OUTBOX, outbox_row),
                )
            }
            Err(_) => (Vec::new(), Vec::new()),
        };
        recovery::remove_copy(old)?;
        info!(drafts = drafts.len(), entries = outbox.len(), "salvaging unsent work");
        if drafts.is_empty() && outbox.is_empty() {
            return Ok(());
        }
        let content = self.cipher_of(&draft_aad(""))?;
        let draft_opens =
            |draft: &&StoredDraft<Vec<u8>>| content.open(&draft_aad(&draft.service), &draft.content).is_ok();
        let sealed_again = |entry: &OutboxEntry<Vec<u8>>| {
            let aad = outbox_aad(&entry.key);
            // A file that was not migrated has sealed its entries by the content key.
            let plain =
                [&self.cipher, content].into_iter().find_map(|key| key.open(&aad, &entry.payload).ok())?;
            self.cipher.seal(&aad, &plain).ok()
        };
        self.request_tables()?.transaction(|connection| {
            for draft in drafts.iter().filter(draft_opens) {
                insert_draft(connection, draft, &draft.content)?;
            }
            for (entry, sealed) in outbox.iter().filter_map(|entry| Some((entry, sealed_again(entry)?))) {
                insert_entry(connection, entry, &sealed)?;
            }
            Ok(())
        })
    }
}

/// Runs the migrations that the file lacks, each statement on its own: the renaming of a column succeeds even where a
/// damaged row makes a later statement fail.
fn migrate_best_effort(old: &Connection, migrations: &[&str]) {
    let Ok(version) = old.query_row("PRAGMA user_version", [], |row| row.get::<_, u32>(0)) else { return };
    for migration in migrations.iter().skip(version as usize) {
        // A file that cannot be migrated has no readable rows: `readable_rows` then returns none.
        if old.execute_batch(migration).is_err() {
            return;
        }
    }
}

/// Returns the rows before the first unreadable one; none if the table has other columns, as in a newer version's file.
fn readable_rows<T>(old: &Connection, query: &str, row: fn(&Row<'_>) -> rusqlite::Result<T>) -> Vec<T> {
    let Ok(mut statement) = old.prepare(query) else { return Vec::new() };
    let Ok(rows) = statement.query_map([], row) else { return Vec::new() };
    rows.map_while(Result::ok).collect()
}
