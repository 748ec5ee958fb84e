//! Commands of the operator, from the command line or in-process.
//!
//! A command works on the data folder of a running portal, which applies the change at its next call, and is recorded
//! in the audit log.

mod audit;
mod backup;
mod backup_encryption;
mod charter;
mod config;
mod forms;
mod import;
mod members;
mod requests;
mod services;
mod sessions;
mod user;

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::{Parser, Subcommand};
use fos_rules::text::is_display_control;
use jiff::Timestamp;
use rusqlite::{Connection, Transaction};
use tracing::{info, info_span, warn};

pub use self::{
    config::{MaintenanceCommand, VersionsCommand},
    members::{AddressCommand, MembersCommand},
    requests::{Decision, RequestsCommand},
    services::ServicesCommand,
    sessions::SessionsCommand,
};
use crate::{
    PortalError,
    clock::Clock,
    mail::queue::EnqueueError,
    remote_config,
    secrets::{Keys, SecretsError},
    seed::SeedError,
    storage::{self, StorageError},
};

/// Command of the operator.
#[derive(Debug, Clone, Subcommand)]
pub enum AdminCommand {
    /// Members on file
    #[command(subcommand)]
    Members(MembersCommand),
    /// Opening and closing of services
    #[command(subcommand)]
    Services(ServicesCommand),
    /// Forms of services
    #[command(subcommand)]
    Forms(FormsCommand),
    /// Requests of members
    #[command(subcommand)]
    Requests(RequestsCommand),
    /// Charter of use
    #[command(subcommand)]
    Charter(CharterCommand),
    /// Contacts, app stores, authorisation number
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Closes the portal for maintenance
    #[command(subcommand)]
    Maintenance(MaintenanceCommand),
    /// Supported versions of the app
    #[command(subcommand)]
    Versions(VersionsCommand),
    /// Sessions of members
    #[command(subcommand)]
    Sessions(SessionsCommand),
    /// Copies database and keys into one new file, to be stored as safely as the keys
    Backup {
        /// File to create
        file: PathBuf,
        /// Public key of age (age1…) to which it is encrypted
        #[arg(long)]
        recipient: Option<String>,
    },
    /// Restores a backup into an empty data folder; the portal must not run
    Restore {
        /// File that «backup» wrote
        file: PathBuf,
        /// Replaces the data of an existing portal, whose files are moved aside
        #[arg(long)]
        over: bool,
        /// File of the private key, for an encrypted backup
        #[arg(long)]
        identity: Option<PathBuf>,
    },
    /// Prints the audit log, newest line first
    Audit {
        /// Only the lines of this member
        #[arg(long)]
        ppr: Option<String>,
        /// Maximum number of lines
        #[arg(long, default_value_t = 100)]
        limit: u32,
    },
}

/// Charter of use.
#[derive(Debug, Clone, Subcommand)]
pub enum CharterCommand {
    /// Publishes a charter; every member has to accept it again
    Publish {
        /// Folder with `ar.md`, `fr.md` and `charter.toml`
        folder: PathBuf,
    },
}

/// Forms of services.
#[derive(Debug, Clone, Subcommand)]
pub enum FormsCommand {
    /// Publishes a newer version of a service's form
    Publish {
        /// File like those in the seed's folder `forms`
        file: PathBuf,
    },
}

/// Contacts, app stores, authorisation number.
#[derive(Debug, Clone, Subcommand)]
pub enum ConfigCommand {
    /// Publishes a file like the seed's `config.toml`
    Publish {
        /// File to publish
        file: PathBuf,
    },
}

#[derive(Parser)]
#[command(name = "fos-portal", no_binary_name = true)]
struct Cli {
    #[command(subcommand)]
    command: AdminCommand,
}

/// Error of a command.
#[derive(Debug, thiserror::Error)]
pub enum AdminError {
    /// The arguments are invalid.
    #[error(transparent)]
    Usage(#[from] clap::Error),
    /// The command cannot be applied in the present state.
    #[error("{0}")]
    Refused(String),
    /// A file cannot be read or written.
    #[error("{what}: {source}")]
    Io {
        /// File concerned.
        what: String,
        /// Underlying error.
        source: io::Error,
    },
    /// The content of a file is invalid.
    #[error(transparent)]
    Seed(#[from] SeedError),
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The keys are unusable.
    #[error(transparent)]
    Secrets(#[from] SecretsError),
    /// The data folder is in use or unusable.
    #[error(transparent)]
    Portal(#[from] PortalError),
}

impl AdminError {
    /// Returns the kind of the error, for the log.
    fn kind(&self) -> &'static str {
        match self {
            Self::Usage(_) => "usage",
            Self::Refused(_) => "refused",
            Self::Io { .. } => "file",
            Self::Seed(_) => "content",
            Self::Storage(_) => "database",
            Self::Secrets(_) => "keys",
            Self::Portal(_) => "data folder",
        }
    }

    fn refused(reason: impl Into<String>) -> Self {
        Self::Refused(reason.into())
    }

    fn io(what: &Path) -> impl FnOnce(io::Error) -> Self {
        let what = what.display().to_string();
        move |source| Self::Io { what, source }
    }
}

impl From<rusqlite::Error> for AdminError {
    fn from(error: rusqlite::Error) -> Self {
        StorageError::from(error).into()
    }
}

impl From<EnqueueError> for AdminError {
    fn from(error: EnqueueError) -> Self {
        match error {
            EnqueueError::Storage(error) => error.into(),
            EnqueueError::Secrets(error) => error.into(),
        }
    }
}

/// Runs a command, given as command-line arguments, on the data folder of a portal, running or not. Returns the text
/// that the command line prints.
///
/// # Errors
/// Fails when the arguments are invalid or the command cannot be applied.
#[allow(
    clippy::needless_pass_by_value,
    reason = "who runs a portal holds its clock as it was given to the portal"
)]
pub fn run_admin_command(data: &Path, clock: Arc<dyn Clock>, args: &[String]) -> Result<String, AdminError> {
    Cli::try_parse_from(args)?.command.run(data, clock.as_ref())
}

impl AdminCommand {
    /// Runs the command. Returns the text to print.
    ///
    /// # Errors
    /// Fails when it cannot be applied.
    pub fn run(self, data: &Path, clock: &dyn Clock) -> Result<String, AdminError> {
        let _span = info_span!("operator", command = self.name()).entered();
        let outcome = self.apply(data, clock);
        match &outcome {
            Ok(_) => info!("done"),
            // The text of an error may name a member.
            Err(error) => warn!(reason = error.kind(), "not done"),
        }
        outcome
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Members(_) => "members",
            Self::Services(_) => "services",
            Self::Forms(_) => "forms",
            Self::Requests(_) => "requests",
            Self::Charter(_) => "charter",
            Self::Config(_) => "config",
            Self::Maintenance(_) => "maintenance",
            Self::Versions(_) => "versions",
            Self::Sessions(_) => "sessions",
            Self::Backup { .. } => "backup",
            Self::Restore { .. } => "restore",
            Self::Audit { .. } => "audit",
        }
    }

    fn apply(self, data: &Path, clock: &dyn Clock) -> Result<String, AdminError> {
        if let Self::Restore { file, over, identity } = self {
            return backup::restore_from(data, &file, identity.as_deref(), over, clock.now().as_second());
        }
        let mut context = AdminContext::open(data, clock.now())?;
        match self {
            Self::Members(command) => command.run(&mut context),
            Self::Services(command) => command.run(&mut context),
            Self::Forms(FormsCommand::Publish { file }) => forms::publish(&mut context, &file),
            Self::Requests(command) => command.run(&mut context),
            Self::Charter(CharterCommand::Publish { folder }) => charter::publish(&mut context, &folder),
            Self::Config(ConfigCommand::Publish { file }) => config::publish(&mut context, &file),
            Self::Maintenance(command) => command.run(&mut context),
            Self::Versions(command) => command.run(&mut context),
            Self::Sessions(command) => command.run(&mut context),
            Self::Backup { file, recipient } => backup::write(&mut context, &file, recipient.as_deref()),
            Self::Audit { ppr, limit } => {
                let ppr = ppr.map(|ppr| members::on_file(&context.db, &ppr)).transpose()?;
                audit::print(&mut context, ppr.as_deref(), limit)
            }
            // Handled above: it needs no database yet.
            Self::Restore { .. } => Ok(String::new()),
        }
    }
}

/// Context of a command: the data folder, opened beside the portal that may be running on it.
struct AdminContext<'a> {
    data: &'a Path,
    db: Connection,
    keys: Keys,
    now: Timestamp,
}

impl<'a> AdminContext<'a> {
    fn open(data: &'a Path, now: Timestamp) -> Result<Self, AdminError> {
        let file = data.join(storage::FILE);
        if !file.exists() {
            return Err(AdminError::Refused(format!("no portal was ever started on {}", data.display())));
        }
        Ok(Self { data, db: storage::connect(&file)?, keys: Keys::open(data)?, now })
    }

    /// Runs `work` in one transaction, appends its entry to the audit log as `operator: …`, and publishes the config if
    /// it has changed.
    fn run_audited<T>(
        &mut self,
        work: impl FnOnce(&Transaction, &Keys, i64) -> Result<(T, AuditEntry), AdminError>,
    ) -> Result<T, AdminError> {
        let (keys, now) = (&self.keys, self.now.as_second());
        storage::in_transaction(&mut self.db, |db| {
            let (outcome, entry) = work(db, keys, now)?;
            remote_config::publish(db)?;
            let event = format!("operator: {}", entry.what);
            storage::audit_by(db, now, &entry.ppr, &event, &user::current())?;
            Ok(outcome)
        })
    }
}

/// Entry in the audit log.
struct AuditEntry {
    ppr: String,
    what: String,
}

impl AuditEntry {
    fn for_member(ppr: &str, what: impl Into<String>) -> Self {
        Self { ppr: ppr.to_owned(), what: what.into() }
    }

    fn general(what: impl Into<String>) -> Self {
        Self::for_member("", what)
    }
}

/// Escapes the characters that would control the operator's terminal. Every stored text is printed through this.
fn printable(text: &str) -> String {
    let mut printed = String::with_capacity(text.len());
    for c in text.chars() {
        if is_display_control(c) {
            printed.extend(c.escape_unicode());
        } else {
            printed.push(c);
        }
    }
    printed
}

/// Formats a line of stored texts for the command line.
fn printable_line(text: &str) -> String {
    printable(text) + "\n"
}

/// Formats a time for the command line.
fn format_time(seconds: i64) -> String {
    Timestamp::from_second(seconds).map_or_else(|_| seconds.to_string(), |at| at.to_string())
}
