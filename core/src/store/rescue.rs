//! What a member wrote and did not send is taken out of a file that is to be set aside, as far as it can be read
//! (design §4).

use std::path::Path;

use rusqlite::{Connection, Row};

use super::work::{
    DRAFTS, OUTBOX, StoredDraft, StoredOutbox, draft_name, draft_row, insert_draft, insert_sent, outbox_name,
    outbox_row,
};
use super::{Store, StoreError, aside};

impl Store {
    /// Takes drafts and outbox over from this file. What does not read, or was sealed by another key, stays where it is:
    /// the file is kept whole.
    pub(super) fn rescue_work(&self, old: &Path) -> Result<(), StoreError> {
        // To open it is to write beside it, and into it: a copy is read, and the file stays as it is to the last byte.
        aside::forget_copy(old)?;
        let (drafts, outbox) = match Connection::open(aside::copy(old)?) {
            Ok(old) => (readable(&old, DRAFTS, draft_row), readable(&old, OUTBOX, outbox_row)),
            Err(_) => (Vec::new(), Vec::new()),
        };
        aside::forget_copy(old)?;
        let opens = |name: &str, sealed: &[u8]| self.sealer.open(name, sealed).is_ok();
        let of_draft = |draft: &&StoredDraft<Vec<u8>>| opens(&draft_name(&draft.service), &draft.filled);
        let of_entry = |entry: &&StoredOutbox<Vec<u8>>| opens(&outbox_name(&entry.key), &entry.filled);
        self.file.transact(|open| {
            for draft in drafts.iter().filter(of_draft) {
                insert_draft(open, draft, &draft.filled)?;
            }
            for entry in outbox.iter().filter(of_entry) {
                insert_sent(open, entry, &entry.filled)?;
            }
            Ok(())
        })
    }
}

/// Rows up to the first that does not read. A newer version may have changed the table: then there are none.
fn readable<T>(old: &Connection, query: &str, row: fn(&Row<'_>) -> rusqlite::Result<T>) -> Vec<T> {
    let Ok(mut statement) = old.prepare(query) else { return Vec::new() };
    let Ok(rows) = statement.query_map([], row) else { return Vec::new() };
    rows.map_while(Result::ok).collect()
}
