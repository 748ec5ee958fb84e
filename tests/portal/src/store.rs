//! The database: one `SQLite` file, one connection on a thread of its own, and a handle to ask it from anywhere.
//! The operator's acts come from other processes, each over a connection of its own.

use std::{path::Path, thread, time::Duration};

use rusqlite::{Connection, Transaction, TransactionBehavior};
use tokio::sync::{mpsc, oneshot};

use crate::secrets::write_private;

/// Numbered migrations, in order; `user_version` says how many a file has seen.
const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_access.sql"),
    include_str!("../migrations/0002_desk.sql"),
    include_str!("../migrations/0003_requests.sql"),
];

/// The database's name in the data folder.
pub(crate) const FILE: &str = "portal.sqlite";

/// Jobs that may wait for the connection before callers are held back.
const WAITING: usize = 256;

/// How often a connection looks whether another one has finished writing, and for how long.
const BUSY_STEP: Duration = Duration::from_millis(2);
const BUSY_STEPS: i32 = 15_000;

/// The database could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// `SQLite`'s own refusal.
    #[error("database: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// The file was written by a newer portal.
    #[error("the database has version {0}, newer than this portal knows")]
    Newer(u32),
    /// A value the portal wrote cannot be read again.
    #[error("the database holds {0} that cannot be read")]
    Content(String),
    /// The thread that owns the connection is gone.
    #[error("the database is closed")]
    Closed,
    /// The file could not be made, or the thread that owns the connection could not be started.
    #[error("the database's file or thread: {0}")]
    Io(#[from] std::io::Error),
}

impl StoreError {
    /// What to say of a value in `place` that is not what the portal writes there.
    pub(crate) fn content<R: ToString>(place: &str) -> impl FnOnce(R) -> Self {
        move |reason| Self::Content(format!("{place} ({})", reason.to_string()))
    }

    /// Another connection is writing for longer than anyone should wait.
    pub(crate) fn is_busy(&self) -> bool {
        let Self::Sqlite(rusqlite::Error::SqliteFailure(failure, _)) = self else { return false };
        matches!(failure.code, rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked)
    }
}

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// A handle on the database; cheap to clone. The file closes when the last one goes.
#[derive(Clone)]
pub(crate) struct Store {
    jobs: mpsc::Sender<Job>,
}

impl Store {
    /// Opens the file, brings it to the present version and starts its thread.
    pub(crate) fn open(path: &Path) -> Result<(Self, thread::JoinHandle<()>), StoreError> {
        let mut connection = connect(path)?;
        let (jobs, mut waiting) = mpsc::channel::<Job>(WAITING);
        let thread = thread::Builder::new().name("portal-store".into()).spawn(move || {
            while let Some(job) = waiting.blocking_recv() {
                job(&mut connection);
            }
        })?;
        Ok((Self { jobs }, thread))
    }

    /// Runs `work` in one transaction; nothing of it stays when it fails.
    pub(crate) async fn transact<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnOnce(&Transaction) -> Result<T, E> + Send + 'static,
    {
        self.with(move |connection| in_transaction(connection, work)).await?
    }

    /// Runs `work` on the connection itself.
    pub(crate) async fn with<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection) -> T + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            // The caller may have gone away; the work is done all the same.
            let _ = answer.send(work(connection));
        });
        self.jobs.send(job).await.map_err(|_| StoreError::Closed)?;
        answered.await.map_err(|_| StoreError::Closed)
    }
}

/// A connection as every part of the portal uses it, at the present version.
pub(crate) fn connect(path: &Path) -> Result<Connection, StoreError> {
    if !path.exists() {
        // It holds CINs: SQLite's own files take the permissions of this one.
        write_private(path, &[])?;
    }
    let mut connection = Connection::open(path)?;
    connection.busy_handler(Some(|tries| {
        thread::sleep(BUSY_STEP);
        tries < BUSY_STEPS
    }))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // Rows hold CINs and sealed passwords for a moment: what is deleted must be gone from the file.
    connection.pragma_update(None, "secure_delete", true)?;
    connection.set_prepared_statement_cache_capacity(64);
    migrate(&mut connection)?;
    Ok(connection)
}

/// Runs `work` in one transaction of `connection`.
pub(crate) fn in_transaction<T, E: From<StoreError>>(
    connection: &mut Connection,
    work: impl FnOnce(&Transaction) -> Result<T, E>,
) -> Result<T, E> {
    let sqlite = |error| E::from(StoreError::Sqlite(error));
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(sqlite)?;
    let done = work(&transaction)?;
    transaction.commit().map_err(sqlite)?;
    Ok(done)
}

/// The version of a database, and the migrations that it has not seen. A newer one is not for this portal.
pub(crate) fn version(db: &Connection) -> Result<(u32, &'static [&'static str]), StoreError> {
    let seen: u32 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let ahead = usize::try_from(seen).ok().and_then(|seen| MIGRATIONS.get(seen..));
    Ok((seen, ahead.ok_or(StoreError::Newer(seen))?))
}

fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let (seen, ahead) = version(connection)?;
    for (sql, version) in ahead.iter().zip(seen + 1..) {
        let transaction = connection.transaction()?;
        transaction.execute_batch(sql)?;
        transaction.pragma_update(None, "user_version", version)?;
        transaction.commit()?;
    }
    Ok(())
}

/// Writes a line of the audit log (design §3: every change is logged). `event` never holds a secret.
pub(crate) fn audit(db: &Transaction, at: i64, ppr: &str, event: &str) -> Result<(), StoreError> {
    db.prepare_cached("INSERT INTO audit (at, ppr, event) VALUES (?1, ?2, ?3)")?.execute((at, ppr, event))?;
    Ok(())
}
