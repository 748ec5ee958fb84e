//! `config`, `versions` and `maintenance`.

use std::path::Path;

use clap::Subcommand;
use fos_wire::{LocalizedText, config::Maintenance};
use jiff::Timestamp;

use super::{AdminContext, AdminError, AuditEntry};
use crate::{
    remote_config::{self, Versions},
    seed,
};

pub(super) fn publish(context: &mut AdminContext, file: &Path) -> Result<String, AdminError> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let settings = seed::settings(file.parent().unwrap_or(Path::new("")), &name)?;
    context.run_audited(|db, _, _| {
        settings.replace(db)?;
        Ok(("published\n".to_owned(), AuditEntry::general("config published")))
    })
}

/// Closes the portal for maintenance.
#[derive(Debug, Clone, Subcommand)]
pub enum MaintenanceCommand {
    /// Rejects every call until «off»
    On {
        /// Expected end; calls are rejected until «off» all the same
        #[arg(long)]
        until: Option<Timestamp>,
        /// Reason in Arabic
        #[arg(long, requires = "reason_fr")]
        reason_ar: Option<String>,
        /// Reason in French
        #[arg(long, requires = "reason_ar")]
        reason_fr: Option<String>,
    },
    /// Ends the maintenance
    Off,
}

impl MaintenanceCommand {
    pub(super) fn run(self, context: &mut AdminContext) -> Result<String, AdminError> {
        let (maintenance, what) = match self {
            Self::On { until, reason_ar, reason_fr } => {
                let reason = reason_ar.zip(reason_fr).map(|(ar, fr)| LocalizedText { ar, fr });
                let until_when = until.map(|until| format!(" until {until}")).unwrap_or_default();
                (Some(Maintenance { until, reason }), format!("maintenance on{until_when}"))
            }
            Self::Off => (None, "maintenance off".to_owned()),
        };
        context.run_audited(|db, _, _| {
            remote_config::set_maintenance(db, maintenance.as_ref())?;
            Ok((format!("{what}\n"), AuditEntry::general(what)))
        })
    }
}

/// Supported versions of the app.
#[derive(Debug, Clone, Subcommand)]
pub enum VersionsCommand {
    /// Sets both versions
    Set {
        /// Older versions may not send any more
        #[arg(long)]
        minimum: String,
        /// Older versions are advised to update
        #[arg(long)]
        recommended: String,
    },
}

impl VersionsCommand {
    pub(super) fn run(self, context: &mut AdminContext) -> Result<String, AdminError> {
        let Self::Set { minimum, recommended } = self;
        let what = format!("versions: minimum {minimum}, recommended {recommended}");
        let versions = Versions { minimum, recommended };
        if let Some(fault) = versions.find_fault() {
            return Err(AdminError::Refused(fault));
        }
        context.run_audited(|db, _, _| {
            remote_config::set_versions(db, &versions)?;
            Ok((format!("{what}\n"), AuditEntry::general(what)))
        })
    }
}
