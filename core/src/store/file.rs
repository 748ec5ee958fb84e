//! One SQLite file: opened once, one writer, migrated by `user_version`.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OpenFlags, OptionalExtension, params};

use super::{StoreError, aside};

/// A text of the portal's and the tag under which it was sent (RFC 9110 §8.8.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoredDocument {
    pub(crate) etag: Option<String>,
    pub(crate) body: String,
}

pub(super) struct File {
    path: PathBuf,
    /// None while the app rests: an iPhone ends an app that holds a file's lock while it is suspended.
    connection: Mutex<Option<Connection>>,
}

impl File {
    /// Opens or makes the file and brings it to the newest shape. `migrations[i]` leads to version `i + 1`.
    pub(super) fn open(path: &Path, migrations: &[&str]) -> Result<Self, StoreError> {
        let mut connection = connect(path, OpenFlags::default())?;
        migrate(&mut connection, migrations)?;
        Ok(Self { path: path.to_owned(), connection: Mutex::new(Some(connection)) })
    }

    /// Closes the file; whatever is asked of it next opens it again.
    pub(super) fn rest(&self) -> Result<(), StoreError> {
        match self.lock().take() {
            Some(connection) => connection.close().map_err(|(_, error)| error.into()),
            None => Ok(()),
        }
    }

    /// A panic elsewhere cannot leave the connection half written: SQLite's transactions see to that.
    fn lock(&self) -> MutexGuard<'_, Option<Connection>> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn with<T>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let mut open = self.lock();
        let connection = match open.take() {
            Some(connection) => connection,
            // Erased meanwhile, it must not come into being again.
            None => connect(&self.path, OpenFlags::default().difference(OpenFlags::SQLITE_OPEN_CREATE))?,
        };
        work(open.insert(connection)).map_err(|error| self.noted(error.into()))
    }

    /// Damage that shows in use is noted for who opens the file next.
    pub(super) fn noted(&self, error: StoreError) -> StoreError {
        aside::note(&self.path, &error);
        error
    }

    /// All of it, or nothing.
    pub(super) fn transact<T>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        self.with(|connection| {
            let transaction = connection.unchecked_transaction()?;
            let outcome = work(&transaction)?;
            transaction.commit()?;
            Ok(outcome)
        })
    }

    pub(super) fn setting(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.with(|connection| {
            let mut statement = connection.prepare_cached("SELECT value FROM setting WHERE name = ?1")?;
            statement.query_row([name], |row| row.get(0)).optional()
        })
    }

    pub(super) fn put_setting(&self, name: &str, value: &[u8]) -> Result<(), StoreError> {
        self.with(|connection| {
            connection
                .prepare_cached(
                    "INSERT INTO setting VALUES (?1, ?2)
                     ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                )?
                .execute(params![name, value])
        })?;
        Ok(())
    }

    pub(super) fn remove_setting(&self, name: &str) -> Result<(), StoreError> {
        self.with(|connection| {
            connection.prepare_cached("DELETE FROM setting WHERE name = ?1")?.execute([name])
        })?;
        Ok(())
    }

    pub(super) fn document(&self, name: &str) -> Result<Option<StoredDocument>, StoreError> {
        self.with(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT etag, body FROM document WHERE name = ?1")?;
            let read = |row: &rusqlite::Row<'_>| Ok(StoredDocument { etag: row.get(0)?, body: row.get(1)? });
            statement.query_row([name], read).optional()
        })
    }

    pub(super) fn put_document(&self, name: &str, document: &StoredDocument) -> Result<(), StoreError> {
        self.with(|connection| {
            connection
                .prepare_cached(
                    "INSERT INTO document VALUES (?1, ?2, ?3)
                     ON CONFLICT (name) DO UPDATE SET etag = excluded.etag, body = excluded.body",
                )?
                .execute(params![name, document.etag, document.body])
        })?;
        Ok(())
    }
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(path, flags)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // Where the member stands must outlive a flat battery, and these writes are few.
    connection.pragma_update(None, "synchronous", "FULL")?;
    Ok(connection)
}

fn migrate(connection: &mut Connection, migrations: &[&str]) -> Result<(), StoreError> {
    let found: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let mut known = 0;
    for (version, migration) in (1..).zip(migrations) {
        known = version;
        if version > found {
            let transaction = connection.transaction()?;
            transaction.execute_batch(migration)?;
            transaction.pragma_update(None, "user_version", version)?;
            transaction.commit()?;
        }
    }
    if found > known { Err(StoreError::Newer { found, known }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str = "CREATE TABLE setting (name TEXT PRIMARY KEY, value BLOB NOT NULL)";

    #[test]
    fn a_file_is_brought_forward_and_keeps_what_it_held() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        File::open(&path, &[FIRST]).unwrap().put_setting("language", b"ar").unwrap();
        let file = File::open(&path, &[FIRST, "CREATE TABLE more (x)"]).unwrap();
        assert_eq!(file.setting("language").unwrap().unwrap(), b"ar");
    }

    #[test]
    fn a_file_from_a_newer_version_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        drop(File::open(&path, &[FIRST, "CREATE TABLE more (x)"]).unwrap());
        assert!(matches!(File::open(&path, &[FIRST]), Err(StoreError::Newer { found: 2, known: 1 })));
    }

    #[test]
    fn a_full_disk_keeps_what_was_there_and_is_not_the_files_fault() {
        let folder = tempfile::tempdir().unwrap();
        let file = File::open(&folder.path().join("a.db"), &[FIRST]).unwrap();
        file.put_setting("language", b"ar").unwrap();
        let room = |pages: &str| file.with(|open| open.pragma_update(None, "max_page_count", pages)).unwrap();
        room("1");
        let refused = file.put_setting("language", &vec![0; 100_000]).unwrap_err();
        assert!(!super::super::aside::is_the_files_fault(&refused), "it must not be set aside: {refused}");
        assert_eq!(file.setting("language").unwrap().unwrap(), b"ar");
        room("100000");
        file.put_setting("language", b"fr").unwrap();
        assert_eq!(file.setting("language").unwrap().unwrap(), b"fr");
    }

    #[test]
    fn a_file_that_rests_holds_no_lock_and_opens_again_by_itself() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let file = File::open(&path, &[FIRST]).unwrap();
        file.put_setting("language", b"ar").unwrap();
        file.rest().unwrap();
        // Closed in good order, nothing of it stays beside it.
        assert!(!folder.path().join("a.db-wal").exists());
        assert_eq!(file.setting("language").unwrap().unwrap(), b"ar");
        assert!(folder.path().join("a.db-wal").exists());
        file.rest().unwrap();
        std::fs::remove_file(&path).unwrap();
        assert!(file.setting("language").is_err());
        assert!(!path.exists(), "erased, it stays away");
    }
}
