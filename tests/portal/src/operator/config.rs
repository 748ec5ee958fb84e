//! What the config says: contacts, versions, maintenance.

use std::path::Path;

use clap::Subcommand;
use jiff::Timestamp;

use super::{Done, Office, OperatorError};
use crate::{
    gate::{self, Maintenance, Versions},
    seed::{self, BothLanguages},
};

pub(super) fn publish(office: &mut Office, file: &Path) -> Result<String, OperatorError> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let settings = seed::settings(file.parent().unwrap_or(Path::new("")), &name)?;
    office.act(|db, _, _| {
        settings.replace(db)?;
        Ok(("published\n".to_owned(), Done::desk("config published")))
    })
}

/// Closes the portal for a while.
#[derive(Debug, Clone, Subcommand)]
pub enum MaintenanceAct {
    /// Refuses every call until «off».
    On {
        /// When it is expected to end; calls are refused until «off» all the same.
        #[arg(long)]
        until: Option<Timestamp>,
        /// Why, in Arabic.
        #[arg(long, requires = "reason_fr")]
        reason_ar: Option<String>,
        /// Why, in French.
        #[arg(long, requires = "reason_ar")]
        reason_fr: Option<String>,
    },
    /// Answers again.
    Off,
}

impl MaintenanceAct {
    pub(super) fn run(self, office: &mut Office) -> Result<String, OperatorError> {
        let (maintenance, what) = match self {
            Self::On { until, reason_ar, reason_fr } => {
                let reason = reason_ar.zip(reason_fr).map(|(ar, fr)| BothLanguages { ar, fr });
                let until_when = until.map(|until| format!(" until {until}")).unwrap_or_default();
                (Some(Maintenance { until, reason }), format!("maintenance on{until_when}"))
            }
            Self::Off => (None, "maintenance off".to_owned()),
        };
        office.act(|db, _, _| {
            gate::set_maintenance(db, maintenance.as_ref())?;
            Ok((format!("{what}\n"), Done::desk(what)))
        })
    }
}

/// Which versions of the app may be used.
#[derive(Debug, Clone, Subcommand)]
pub enum VersionsAct {
    /// Sets both.
    Set {
        /// Older ones may not send any more.
        #[arg(long)]
        minimum: String,
        /// Older ones are told that there is a newer one.
        #[arg(long)]
        recommended: String,
    },
}

impl VersionsAct {
    pub(super) fn run(self, office: &mut Office) -> Result<String, OperatorError> {
        let Self::Set { minimum, recommended } = self;
        let what = format!("versions: minimum {minimum}, recommended {recommended}");
        let versions = Versions { minimum, recommended };
        if let Some(fault) = versions.fault() {
            return Err(OperatorError::Refused(fault));
        }
        office.act(|db, _, _| {
            gate::set_versions(db, &versions)?;
            Ok((format!("{what}\n"), Done::desk(what)))
        })
    }
}
