//! The foundation's desk at work: every act on members, services, charter, config and data, from the command line or
//! in-process. An act works on the data folder of a running portal, which answers with the change at its next call;
//! it is written into the audit log.

mod audit;
mod backup;
mod charter;
mod config;
mod forms;
mod import;
mod members;
mod requests;
mod services;
mod sessions;

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::{Parser, Subcommand};
use jiff::Timestamp;
use rusqlite::{Connection, Transaction};

pub use self::{
    config::{MaintenanceAct, VersionsAct},
    members::{AddressAct, MembersAct},
    requests::{Decision, RequestsAct},
    services::ServicesAct,
    sessions::SessionsAct,
};
use crate::{
    PortalError,
    addresses::AddressError,
    clock::Clock,
    gate,
    secrets::{Keys, SecretsError},
    seed::SeedError,
    store::{self, StoreError},
};

/// An act of the operator.
#[derive(Debug, Clone, Subcommand)]
pub enum Act {
    /// The members on file.
    #[command(subcommand)]
    Members(MembersAct),
    /// When services open and close.
    #[command(subcommand)]
    Services(ServicesAct),
    /// What services ask of members.
    #[command(subcommand)]
    Forms(FormsAct),
    /// The members' requests.
    #[command(subcommand)]
    Requests(RequestsAct),
    /// The charter of use.
    #[command(subcommand)]
    Charter(CharterAct),
    /// Contacts, stores, authorisation.
    #[command(subcommand)]
    Config(ConfigAct),
    /// Closes the portal for a while.
    #[command(subcommand)]
    Maintenance(MaintenanceAct),
    /// Which versions of the app may be used.
    #[command(subcommand)]
    Versions(VersionsAct),
    /// Where members are signed in.
    #[command(subcommand)]
    Sessions(SessionsAct),
    /// Copies database and keys into one new file; keep it as carefully as the keys themselves.
    Backup {
        /// The file to write.
        file: PathBuf,
    },
    /// Brings a backup into an empty data folder. The portal must not run.
    Restore {
        /// The file that «backup» wrote.
        file: PathBuf,
        /// Puts it in the place of a portal's data that is there, which is set aside.
        #[arg(long)]
        over: bool,
    },
    /// Prints the audit log, the newest line first.
    Audit {
        /// This member's lines only.
        #[arg(long)]
        ppr: Option<String>,
        /// How many lines.
        #[arg(long, default_value_t = 100)]
        limit: u32,
    },
}

/// The charter of use.
#[derive(Debug, Clone, Subcommand)]
pub enum CharterAct {
    /// Puts a charter in force; every member accepts it again.
    Publish {
        /// A folder with `ar.md`, `fr.md` and `charter.toml`.
        folder: PathBuf,
    },
}

/// What services ask of members.
#[derive(Debug, Clone, Subcommand)]
pub enum FormsAct {
    /// Puts a newer version of a service's form in force.
    Publish {
        /// A file like those of the seed's folder `forms`.
        file: PathBuf,
    },
}

/// Contacts, stores, authorisation.
#[derive(Debug, Clone, Subcommand)]
pub enum ConfigAct {
    /// Publishes a file like the seed's `config.toml`.
    Publish {
        /// The file.
        file: PathBuf,
    },
}

#[derive(Parser)]
#[command(name = "fos-portal", no_binary_name = true)]
struct Words {
    #[command(subcommand)]
    act: Act,
}

/// An act could not be done.
#[derive(Debug, thiserror::Error)]
pub enum OperatorError {
    /// The words are no act.
    #[error(transparent)]
    Usage(#[from] clap::Error),
    /// The act makes no sense as things stand.
    #[error("{0}")]
    Refused(String),
    /// A file cannot be read or written.
    #[error("{what}: {source}")]
    Io {
        /// Which file.
        what: String,
        /// Why.
        source: io::Error,
    },
    /// A file does not say what it should.
    #[error(transparent)]
    Content(#[from] SeedError),
    /// The database cannot do it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The keys cannot be used.
    #[error(transparent)]
    Secrets(#[from] SecretsError),
    /// The data folder is in use, or cannot be used.
    #[error(transparent)]
    Portal(#[from] PortalError),
}

impl OperatorError {
    fn refused(reason: impl Into<String>) -> Self {
        Self::Refused(reason.into())
    }

    fn io(what: &Path) -> impl FnOnce(io::Error) -> Self {
        let what = what.display().to_string();
        move |source| Self::Io { what, source }
    }
}

impl From<rusqlite::Error> for OperatorError {
    fn from(error: rusqlite::Error) -> Self {
        StoreError::from(error).into()
    }
}

impl From<AddressError> for OperatorError {
    fn from(error: AddressError) -> Self {
        match error {
            AddressError::Store(error) => error.into(),
            AddressError::Secrets(error) => error.into(),
        }
    }
}

/// Does one act of the operator, given as the words of the command line, on the data folder of a portal, running or
/// not. Gives the text that the command prints.
///
/// # Errors
/// When the words are no act, or it cannot be done.
#[allow(
    clippy::needless_pass_by_value,
    reason = "who runs a portal holds its clock as it was given to the portal"
)]
pub fn operate(data: &Path, clock: Arc<dyn Clock>, words: &[String]) -> Result<String, OperatorError> {
    Words::try_parse_from(words)?.act.run(data, clock.as_ref())
}

impl Act {
    /// Does it.
    ///
    /// # Errors
    /// When it cannot be done.
    pub fn run(self, data: &Path, clock: &dyn Clock) -> Result<String, OperatorError> {
        if let Self::Restore { file, over } = self {
            return backup::restore(data, &file, over, clock.now().as_second());
        }
        let mut office = Office::open(data, clock.now())?;
        match self {
            Self::Members(act) => act.run(&mut office),
            Self::Services(act) => act.run(&mut office),
            Self::Forms(FormsAct::Publish { file }) => forms::publish(&mut office, &file),
            Self::Requests(act) => act.run(&mut office),
            Self::Charter(CharterAct::Publish { folder }) => charter::publish(&mut office, &folder),
            Self::Config(ConfigAct::Publish { file }) => config::publish(&mut office, &file),
            Self::Maintenance(act) => act.run(&mut office),
            Self::Versions(act) => act.run(&mut office),
            Self::Sessions(act) => act.run(&mut office),
            Self::Backup { file } => backup::write(&mut office, &file),
            Self::Audit { ppr, limit } => audit::print(&mut office, ppr.as_deref(), limit),
            // Done above: it needs no database yet.
            Self::Restore { .. } => Ok(String::new()),
        }
    }
}

/// Where an act is done: the data folder, opened beside the portal that may be running on it.
struct Office<'a> {
    data: &'a Path,
    db: Connection,
    keys: Keys,
    now: Timestamp,
}

impl<'a> Office<'a> {
    fn open(data: &'a Path, now: Timestamp) -> Result<Self, OperatorError> {
        let file = data.join(store::FILE);
        if !file.exists() {
            return Err(OperatorError::Refused(format!("no portal was ever started on {}", data.display())));
        }
        Ok(Self { data, db: store::connect(&file)?, keys: Keys::open(data)?, now })
    }

    /// Does `work` in one transaction, writes `operator: …` into the log for what it says was done, and publishes the
    /// config when it changed.
    fn act<T>(
        &mut self,
        work: impl FnOnce(&Transaction, &Keys, i64) -> Result<(T, Done), OperatorError>,
    ) -> Result<T, OperatorError> {
        let (keys, now) = (&self.keys, self.now.as_second());
        store::in_transaction(&mut self.db, |db| {
            let (outcome, done) = work(db, keys, now)?;
            gate::publish(db)?;
            store::audit(db, now, &done.ppr, &format!("operator: {}", done.what))?;
            Ok(outcome)
        })
    }
}

/// What stands in the audit log of an act.
struct Done {
    ppr: String,
    what: String,
}

impl Done {
    fn of(ppr: &str, what: impl Into<String>) -> Self {
        Self { ppr: ppr.to_owned(), what: what.into() }
    }

    fn desk(what: impl Into<String>) -> Self {
        Self::of("", what)
    }
}

/// A moment as the command line shows it.
fn shown(seconds: i64) -> String {
    Timestamp::from_second(seconds).map_or_else(|_| seconds.to_string(), |at| at.to_string())
}
