//! Storage: one `SQLite` file, one connection on a thread of its own, and a handle to send it work.
//!
//! Commands of the operator run in other processes, each over a connection of its own.

use std::{
    panic::{self, AssertUnwindSafe},
    path::Path,
    thread,
    time::Duration,
};

use rusqlite::{Connection, Transaction, TransactionBehavior};
use tokio::sync::{mpsc, oneshot};
use tracing::{Span, error, info};

use crate::secrets::write_private;

/// Migrations in order; `user_version` counts those applied to a file.
const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_access.sql"),
    include_str!("../migrations/0002_desk.sql"),
    include_str!("../migrations/0003_requests.sql"),
    include_str!("../migrations/0004_names.sql"),
    include_str!("../migrations/0005_member_numbers.sql"),
    include_str!("../migrations/0006_mailed_to.sql"),
    include_str!("../migrations/0007_mailed_password_hashes.sql"),
    include_str!("../migrations/0008_mailings.sql"),
    include_str!("../migrations/0009_password_request_turns.sql"),
    include_str!("../migrations/0010_audit_users.sql"),
    include_str!("../migrations/0011_revoked_sessions.sql"),
    include_str!("../migrations/0012_refresh_successors.sql"),
    include_str!("../migrations/0013_email_kinds.sql"),
];

/// File of the database in the data folder.
pub(crate) const FILE: &str = "portal.sqlite";

/// Maximum number of jobs queued for the connection before callers wait.
const QUEUE_LENGTH: usize = 256;

/// Interval and number of retries while another connection writes: 30 s in all.
const BUSY_RETRY_INTERVAL: Duration = Duration::from_millis(2);
const BUSY_RETRIES: i32 = 15_000;

/// Error of the storage.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// Error of `SQLite`.
    #[error("database: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// The file was written by a newer portal.
    #[error("the database has version {0}, newer than this portal knows")]
    Newer(u32),
    /// A stored value cannot be parsed.
    #[error("the database holds {0} that cannot be read")]
    Unreadable(String),
    /// The thread that owns the connection has ended.
    #[error("the database is closed")]
    Closed,
    /// The job panicked; its transaction was rolled back.
    #[error("a job of the database panicked")]
    Panicked,
    /// The file could not be created, or the thread could not be started.
    #[error("the database's file or thread: {0}")]
    Io(#[from] std::io::Error),
}

impl StorageError {
    /// Maps a parse error of the stored value `what`.
    pub(crate) fn unreadable<R: ToString>(what: &str) -> impl FnOnce(R) -> Self {
        move |reason| Self::Unreadable(format!("{what} ({})", reason.to_string()))
    }

    /// Returns the error without the stored value that cannot be parsed, for the log.
    pub(crate) fn without_value(&self) -> String {
        match self {
            Self::Unreadable(text) => {
                Self::Unreadable(text.split(" (").next().unwrap_or_default().to_owned()).to_string()
            }
            other => other.to_string(),
        }
    }

    /// True if another connection was writing throughout all retries.
    pub(crate) fn is_busy(&self) -> bool {
        let Self::Sqlite(rusqlite::Error::SqliteFailure(failure, _)) = self else { return false };
        matches!(failure.code, rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked)
    }
}

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// Handle to the storage; cheap to clone. The file closes when the last one is dropped.
#[derive(Clone)]
pub(crate) struct Storage {
    jobs: mpsc::Sender<Job>,
}

impl Storage {
    /// Opens the file, applies pending migrations and starts its thread.
    pub(crate) fn open(path: &Path) -> Result<(Self, thread::JoinHandle<()>), StorageError> {
        let mut connection = connect(path)?;
        let (jobs, mut waiting) = mpsc::channel::<Job>(QUEUE_LENGTH);
        let thread = thread::Builder::new().name("portal-storage".into()).spawn(move || {
            while let Some(job) = waiting.blocking_recv() {
                // The transaction is rolled back while the job unwinds, so that the connection is as before. The caller is
                // told by the sender that the job drops.
                if panic::catch_unwind(AssertUnwindSafe(|| job(&mut connection))).is_err() {
                    error!("a job of the database panicked");
                }
            }
        })?;
        Ok((Self { jobs }, thread))
    }

    /// Runs `work` in one transaction, rolled back when it fails.
    pub(crate) async fn transaction<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
        F: FnOnce(&Transaction) -> Result<T, E> + Send + 'static,
    {
        self.with_connection(move |connection| in_transaction(connection, work)).await?
    }

    /// Runs `work` on the connection without a transaction.
    pub(crate) async fn with_connection<T, F>(&self, work: F) -> Result<T, StorageError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection) -> T + Send + 'static,
    {
        let (respond, response) = oneshot::channel();
        let span = Span::current();
        let job: Job = Box::new(move |connection| {
            let result = span.in_scope(|| work(connection));
            // The caller may have been dropped; the work is done all the same.
            let _ = respond.send(result);
        });
        self.jobs.send(job).await.map_err(|_| StorageError::Closed)?;
        response.await.map_err(|_| StorageError::Panicked)
    }
}

/// Opens a connection with the portal's settings and applies pending migrations.
pub(crate) fn connect(path: &Path) -> Result<Connection, StorageError> {
    if !path.exists() {
        // It holds CINs: SQLite's own files take the permissions of this one.
        write_private(path, &[])?;
    }
    let mut connection = Connection::open(path)?;
    connection.busy_handler(Some(|tries| {
        thread::sleep(BUSY_RETRY_INTERVAL);
        tries < BUSY_RETRIES
    }))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.set_prepared_statement_cache_capacity(64);
    migrate(&mut connection)?;
    Ok(connection)
}

/// Runs `work` in one transaction of `connection`.
pub(crate) fn in_transaction<T, E: From<StorageError>>(
    connection: &mut Connection,
    work: impl FnOnce(&Transaction) -> Result<T, E>,
) -> Result<T, E> {
    let sqlite = |error| E::from(StorageError::Sqlite(error));
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(sqlite)?;
    let result = work(&transaction)?;
    transaction.commit().map_err(sqlite)?;
    Ok(result)
}

/// Returns the schema version of a database and the migrations it lacks. Fails when a newer portal has written it.
pub(crate) fn schema_version(db: &Connection) -> Result<(u32, &'static [&'static str]), StorageError> {
    let applied: u32 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let pending = usize::try_from(applied).ok().and_then(|applied| MIGRATIONS.get(applied..));
    Ok((applied, pending.ok_or(StorageError::Newer(applied))?))
}

fn migrate(connection: &mut Connection) -> Result<(), StorageError> {
    let (applied, pending) = schema_version(connection)?;
    for (sql, version) in pending.iter().zip(applied + 1..) {
        let transaction = connection.transaction()?;
        transaction.execute_batch(sql)?;
        transaction.pragma_update(None, "user_version", version)?;
        transaction.commit()?;
        info!(version, "database migrated");
    }
    Ok(())
}

/// Appends a line to the audit log, which records every change and who made it. `event` never holds a secret.
pub(crate) fn audit(db: &Transaction, at: i64, ppr: &str, event: &str) -> Result<(), StorageError> {
    audit_by(db, at, ppr, event, "")
}

/// Appends a line about what `user` of the operating system did; empty for members and the portal itself.
pub(crate) fn audit_by(
    db: &Transaction,
    at: i64,
    ppr: &str,
    event: &str,
    user: &str,
) -> Result<(), StorageError> {
    db.prepare_cached("INSERT INTO audit (at, ppr, event, user) VALUES (?1, ?2, ?3, ?4)")?
        .execute((at, ppr, event, user))?;
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]
mod tests {
    use super::{Storage, StorageError, connect};

    #[test]
    fn what_is_deleted_is_overwritten() {
        // SQLite is built so (`.cargo/config.toml`).
        let folder = tempfile::tempdir().unwrap();
        let db = connect(&folder.path().join("portal.sqlite")).unwrap();
        let secure_delete: i64 = db.pragma_query_value(None, "secure_delete", |row| row.get(0)).unwrap();
        assert_eq!(secure_delete, 1);
    }

    #[tokio::test]
    async fn a_job_that_panics_is_rolled_back_and_the_next_one_runs() {
        let folder = tempfile::tempdir().unwrap();
        let (storage, _thread) = Storage::open(&folder.path().join("portal.sqlite")).unwrap();
        let failed = storage
            .transaction(|db| -> Result<(), StorageError> {
                db.execute("INSERT INTO settings VALUES ('half', '1')", [])?;
                panic!("a fault");
            })
            .await;
        assert!(matches!(failed, Err(StorageError::Panicked)), "{failed:?}");
        let written: i64 = storage
            .transaction(|db| {
                let sql = "SELECT count(*) FROM settings WHERE name = 'half'";
                Ok::<_, StorageError>(db.query_row(sql, [], |row| row.get(0))?)
            })
            .await
            .unwrap();
        assert_eq!(written, 0);
    }
}
