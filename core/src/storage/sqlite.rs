//! One SQLite file: one connection, one writer, migrated by `user_version`.

use std::path::{Path, PathBuf};

use parking_lot::Mutex;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};
use tracing::{info, warn};

use super::{StorageError, recovery};
use crate::ui_thread::assert_not_ui_thread;

/// Tables of a file: those of a new one, and the way to them from an older one. `migrations[i]` leads to version
/// `i + 1`.
pub(super) struct Schema {
    pub(super) current: &'static str,
    pub(super) migrations: &'static [&'static str],
}

/// Work on the data of an older file, before its migration to a version.
pub(super) type Prepare<'a> = dyn Fn(&Connection, u32) -> Result<(), StorageError> + 'a;

pub(super) struct Sqlite {
    path: PathBuf,
    connection: Mutex<ConnectionState>,
}

enum ConnectionState {
    Open(Connection),
    /// Reopened by the next use: iOS ends an app that holds a file lock when it is suspended.
    Suspended,
    Closed,
}

impl Sqlite {
    /// Opens the file and migrates it, or creates it. `prepare` runs before the migration to the version that it is given,
    /// in the same transaction.
    pub(super) fn open(
        path: &Path,
        schema: &Schema,
        prepare: Option<&Prepare<'_>>,
    ) -> Result<Self, StorageError> {
        let mut connection = connect(path, OpenFlags::default())?;
        migrate(&mut connection, schema, prepare)?;
        Ok(Self { path: path.to_owned(), connection: Mutex::new(ConnectionState::Open(connection)) })
    }

    /// Releases the file; the next use opens it again.
    pub(super) fn suspend(&self) -> Result<(), StorageError> {
        assert_not_ui_thread();
        let mut state = self.connection.lock();
        match &*state {
            ConnectionState::Open(_) => release(std::mem::replace(&mut *state, ConnectionState::Suspended)),
            ConnectionState::Suspended | ConnectionState::Closed => Ok(()),
        }
    }

    /// Closes the file for good: later use fails with [`StorageError::Closed`].
    pub(super) fn close(&self) -> Result<(), StorageError> {
        assert_not_ui_thread();
        release(std::mem::replace(&mut *self.connection.lock(), ConnectionState::Closed))
    }

    pub(super) fn with<T>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StorageError> {
        assert_not_ui_thread();
        let mut state = self.connection.lock();
        if let ConnectionState::Suspended = *state {
            // A database deleted meanwhile must not be created again.
            let flags = OpenFlags::default().difference(OpenFlags::SQLITE_OPEN_CREATE);
            *state = ConnectionState::Open(connect(&self.path, flags)?);
        }
        match &*state {
            ConnectionState::Open(connection) => {
                work(connection).map_err(|error| self.mark_if_damaged(error.into()))
            }
            ConnectionState::Suspended | ConnectionState::Closed => Err(StorageError::Closed),
        }
    }

    /// Marks the file as damaged if the error says so, and returns the error.
    pub(super) fn mark_if_damaged(&self, error: StorageError) -> StorageError {
        recovery::mark_damaged(&self.path, &error);
        error
    }

    /// Runs `work` in a transaction: all of it is committed, or nothing.
    pub(super) fn transaction<T>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StorageError> {
        self.with(|connection| {
            let transaction = connection.unchecked_transaction()?;
            let outcome = work(&transaction)?;
            transaction.commit()?;
            Ok(outcome)
        })
    }

    pub(super) fn setting(&self, name: &str) -> Result<Option<Vec<u8>>, StorageError> {
        self.with(|connection| setting(connection, name))
    }

    /// Returns names and values of the settings whose names begin with `kind` and a `:`.
    pub(super) fn settings_of(&self, kind: &str) -> Result<Vec<(String, Vec<u8>)>, StorageError> {
        self.with(|connection| {
            // The range of the names' index: `;` follows `:`.
            let mut statement = connection.prepare_cached(
                "SELECT name, value FROM setting WHERE name >= ?1 || ':' AND name < ?1 || ';'",
            )?;
            statement.query_map([kind], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        })
    }

    pub(super) fn put_setting(&self, name: &str, value: &[u8]) -> Result<(), StorageError> {
        self.with(|connection| put_setting(connection, name, value))?;
        Ok(())
    }

    pub(super) fn remove_setting(&self, name: &str) -> Result<(), StorageError> {
        self.with(|connection| {
            connection.prepare_cached("DELETE FROM setting WHERE name = ?1")?.execute([name])
        })?;
        Ok(())
    }
}

/// Returns the sealed value of a setting, inside the caller's transaction if there is one.
pub(super) fn setting(connection: &Connection, name: &str) -> rusqlite::Result<Option<Vec<u8>>> {
    let mut statement = connection.prepare_cached("SELECT value FROM setting WHERE name = ?1")?;
    statement.query_row([name], |row| row.get(0)).optional()
}

/// Returns the names of all settings, inside the caller's transaction if there is one.
pub(super) fn setting_names(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    connection.prepare("SELECT name FROM setting")?.query_map([], |row| row.get(0))?.collect()
}

/// Stores a setting that is sealed already, inside the caller's transaction if there is one.
pub(super) fn put_setting(connection: &Connection, name: &str, sealed: &[u8]) -> rusqlite::Result<usize> {
    connection
        .prepare_cached(
            "INSERT INTO setting VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        )?
        .execute(params![name, sealed])
}

fn release(state: ConnectionState) -> Result<(), StorageError> {
    match state {
        ConnectionState::Open(connection) => {
            connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
            connection.close().map_err(|(_, error)| error.into())
        }
        ConnectionState::Suspended | ConnectionState::Closed => Ok(()),
    }
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, StorageError> {
    assert_not_ui_thread();
    let connection = Connection::open_with_flags(path, flags)?;
    // A file that turns out to be damaged is dropped as it was found, for the quarantine: only `release` checkpoints.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    // `synchronous` stays at SQLite's default, FULL, which a test holds: the stage must survive a power loss.
    // SQLite is built to overwrite what it deletes: what a lost key sealed, and what an earlier version left in clear.
    connection.pragma_update(None, "journal_mode", "WAL")?;
    Ok(connection)
}

/// Creates the tables of a new file, or migrates those of an older one.
fn migrate(
    connection: &mut Connection,
    schema: &Schema,
    prepare: Option<&Prepare<'_>>,
) -> Result<(), StorageError> {
    let found: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let known = u32::try_from(schema.migrations.len()).unwrap_or(u32::MAX);
    let mut run = |script: &str, version: u32, prepare: Option<&Prepare<'_>>| {
        let transaction = connection.transaction()?;
        prepare.map_or(Ok(()), |prepare| prepare(&transaction, version))?;
        transaction.execute_batch(script)?;
        transaction.pragma_update(None, "user_version", version)?;
        Ok::<_, StorageError>(transaction.commit()?)
    };
    if found == 0 {
        run(schema.current, known, None)?;
    } else {
        for (version, migration) in (1..).zip(schema.migrations).filter(|(version, _)| *version > found) {
            run(migration, version, prepare)?;
            info!(from = found, to = version, "migrated");
        }
        if found < known {
            scrub(connection);
        }
    }
    if found > known { Err(StorageError::NewerVersion { found, known }) } else { Ok(()) }
}

/// Rewrites the file without its free pages, and empties its journal: they may hold what a migration deleted. A phone
/// without the space for that overwrites them as they are used.
fn scrub(connection: &Connection) {
    if let Err(error) = connection.execute_batch("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)") {
        warn!(code = ?error.sqlite_error_code(), "free pages not overwritten");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str = "CREATE TABLE setting (name TEXT PRIMARY KEY, value BLOB NOT NULL)";
    const SCHEMA: Schema = Schema { current: FIRST, migrations: &[FIRST] };
    const NEXT_SCHEMA: Schema = Schema { current: FIRST, migrations: &[FIRST, "CREATE TABLE more (x)"] };

    #[test]
    fn a_commit_survives_a_power_loss() {
        let folder = tempfile::tempdir().unwrap();
        let file = Sqlite::open(&folder.path().join("a.db"), &SCHEMA, None).unwrap();
        let pragma = |name: &str| {
            file.with(|open| {
                open.pragma_query_value(None, name, |row| row.get::<_, rusqlite::types::Value>(0))
            })
        };
        assert_eq!(pragma("journal_mode").unwrap(), rusqlite::types::Value::from("wal".to_owned()));
        assert_eq!(pragma("synchronous").unwrap(), rusqlite::types::Value::from(2), "FULL");
        assert_eq!(pragma("secure_delete").unwrap(), rusqlite::types::Value::from(1));
    }

    #[test]
    fn a_migrated_file_keeps_its_content() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        Sqlite::open(&path, &SCHEMA, None).unwrap().put_setting("language", b"ar").unwrap();
        let file = Sqlite::open(&path, &NEXT_SCHEMA, None).unwrap();
        assert_eq!(file.setting("language").unwrap().unwrap(), b"ar");
        assert!(file.with(|open| open.prepare("SELECT x FROM more").map(drop)).is_ok());
    }

    #[test]
    fn a_migration_leaves_no_page_of_what_it_deleted() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        Sqlite::open(&path, &SCHEMA, None).unwrap().put_setting("family", &vec![7; 100_000]).unwrap();
        let deleting = Schema { current: FIRST, migrations: &[FIRST, "DELETE FROM setting"] };
        let file = Sqlite::open(&path, &deleting, None).unwrap();
        let free: i64 = file
            .with(|connection| connection.pragma_query_value(None, "freelist_count", |row| row.get(0)))
            .unwrap();
        assert_eq!(free, 0);
    }

    #[test]
    fn a_new_file_has_the_tables_that_the_migrations_lead_to() {
        let schema = super::super::MEMBER_SCHEMA;
        let migrated = Connection::open_in_memory().unwrap();
        schema.migrations.iter().for_each(|migration| migrated.execute_batch(migration).unwrap());
        let created = Connection::open_in_memory().unwrap();
        created.execute_batch(schema.current).unwrap();
        // Each of them as well when only some exist, as after a process that was killed.
        (0..2).for_each(|_| created.execute_batch(super::super::REQUEST_TABLES).unwrap());
        assert_eq!(tables(&created), tables(&migrated));
        assert!(tables(&created).len() > 20, "columns and indexes are listed");
    }

    /// Returns the properties of every table, of its columns in their order, and of its indexes.
    fn tables(connection: &Connection) -> Vec<String> {
        let mut statement = connection
            .prepare(
                "SELECT format('%s: strict %d, without rowid %d, autoincrement %d', list.name, strict, wr,
                            instr(upper(list.sql), 'AUTOINCREMENT') > 0)
                   FROM (SELECT * FROM pragma_table_list JOIN sqlite_schema USING (name)) AS list
                 UNION ALL
                 SELECT format('%s.%s %d: %s, not null %d, default %s, key %d',
                               tables.name, columns.name, cid, columns.type, \"notnull\", dflt_value, pk)
                   FROM sqlite_schema AS tables JOIN pragma_table_xinfo(tables.name) AS columns
                 UNION ALL
                 SELECT format('%s: %s', tables.name, group_concat(keys.name || keys.desc))
                   FROM sqlite_schema AS tables JOIN pragma_index_list(tables.name) AS indexes
                   JOIN pragma_index_xinfo(indexes.name) AS keys
                  GROUP BY tables.name, indexes.name
                 ORDER BY 1",
            )
            .unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    }

    #[test]
    fn a_file_of_a_newer_version_is_not_migrated() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        drop(Sqlite::open(&path, &NEXT_SCHEMA, None).unwrap());
        assert!(matches!(
            Sqlite::open(&path, &SCHEMA, None),
            Err(StorageError::NewerVersion { found: 2, known: 1 })
        ));
    }

    #[test]
    fn a_full_disk_leaves_stored_data_and_is_no_damage() {
        let folder = tempfile::tempdir().unwrap();
        let file = Sqlite::open(&folder.path().join("a.db"), &SCHEMA, None).unwrap();
        file.put_setting("language", b"ar").unwrap();
        let limit_pages =
            |pages: &str| file.with(|open| open.pragma_update(None, "max_page_count", pages)).unwrap();
        limit_pages("1");
        let refused = file.put_setting("language", &vec![0; 100_000]).unwrap_err();
        assert!(!super::super::recovery::is_file_damaged(&refused), "it must not be quarantined: {refused}");
        assert_eq!(file.setting("language").unwrap().unwrap(), b"ar");
        limit_pages("100000");
        file.put_setting("language", b"fr").unwrap();
        assert_eq!(file.setting("language").unwrap().unwrap(), b"fr");
    }

    #[test]
    fn a_suspended_file_holds_no_lock_and_reopens_by_itself() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let file = Sqlite::open(&path, &SCHEMA, None).unwrap();
        file.put_setting("language", b"ar").unwrap();
        file.suspend().unwrap();
        // Closing the connection removes SQLite's journal.
        assert!(!folder.path().join("a.db-wal").exists());
        assert_eq!(file.setting("language").unwrap().unwrap(), b"ar");
        assert!(folder.path().join("a.db-wal").exists());
        file.suspend().unwrap();
        std::fs::remove_file(&path).unwrap();
        assert!(file.setting("language").is_err());
        assert!(!path.exists(), "a deleted file is not created again");
    }

    #[test]
    fn a_closed_file_stays_closed() {
        let folder = tempfile::tempdir().unwrap();
        let file = Sqlite::open(&folder.path().join("a.db"), &SCHEMA, None).unwrap();
        file.close().unwrap();
        assert!(matches!(file.put_setting("language", b"ar"), Err(StorageError::Closed)));
        file.suspend().unwrap();
        assert!(matches!(file.setting("language"), Err(StorageError::Closed)), "nor does a pause reopen it");
    }
}
