//! What a member wrote and did not send is taken out of a file that is to be set aside, as far as it can be read
//! (design §4).

use std::path::Path;

use rusqlite::{Connection, params};

use super::work::{draft_name, outbox_name};
use super::{Store, StoreError, aside};

impl Store {
    /// Takes drafts and outbox over from this file. What does not read, or was sealed by another key, stays where it is:
    /// the file is kept whole.
    pub(super) fn rescue_work(&self, old: &Path) -> Result<(), StoreError> {
        // To open it is to write beside it, and into it: a copy is read, and the file stays as it is to the last byte.
        aside::forget_copy(old)?;
        let (drafts, outbox) = match Connection::open(aside::copy(old)?) {
            Ok(old) => (readable(drafts(&old)), readable(outbox(&old))),
            Err(_) => (Vec::new(), Vec::new()),
        };
        aside::forget_copy(old)?;
        self.file.transact(|open| {
            for Draft { service, key, changed_at, form, filled } in drafts {
                if self.sealer.open(&draft_name(&service), &filled).is_ok() {
                    open.prepare_cached("INSERT INTO draft VALUES (?1, ?2, ?3, ?4, ?5)")?
                        .execute(params![service, key, changed_at, form, filled])?;
                }
            }
            for Waiting { key, service, sent_at, held, form, filled } in outbox {
                if self.sealer.open(&outbox_name(&key), &filled).is_ok() {
                    let insert = "INSERT INTO outbox (key, service, sent_at, held, form, filled)
                        VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
                    open.prepare_cached(insert)?
                        .execute(params![key, service, sent_at, held, form, filled])?;
                }
            }
            Ok(())
        })
    }
}

struct Draft {
    service: String,
    key: String,
    changed_at: i64,
    form: String,
    filled: Vec<u8>,
}

struct Waiting {
    key: String,
    service: String,
    sent_at: i64,
    held: String,
    form: String,
    filled: Vec<u8>,
}

/// Rows up to the first that does not read. A newer version may have changed the tables: then there are none.
fn readable<T>(rows: rusqlite::Result<Vec<rusqlite::Result<T>>>) -> Vec<T> {
    rows.unwrap_or_default().into_iter().map_while(Result::ok).collect()
}

fn drafts(old: &Connection) -> rusqlite::Result<Vec<rusqlite::Result<Draft>>> {
    let mut statement = old.prepare("SELECT service, key, changed_at, form, filled FROM draft")?;
    let rows = statement.query_map([], |row| {
        Ok(Draft {
            service: row.get(0)?,
            key: row.get(1)?,
            changed_at: row.get(2)?,
            form: row.get(3)?,
            filled: row.get(4)?,
        })
    })?;
    Ok(rows.collect())
}

fn outbox(old: &Connection) -> rusqlite::Result<Vec<rusqlite::Result<Waiting>>> {
    let mut statement =
        old.prepare("SELECT key, service, sent_at, held, form, filled FROM outbox ORDER BY place")?;
    let rows = statement.query_map([], |row| {
        Ok(Waiting {
            key: row.get(0)?,
            service: row.get(1)?,
            sent_at: row.get(2)?,
            held: row.get(3)?,
            form: row.get(4)?,
            filled: row.get(5)?,
        })
    })?;
    Ok(rows.collect())
}
