//! `services`: opening, closing and announcing, each by its own circular (guide step 8).

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::Subcommand;
use fos_rules::day::date_in_morocco;
use fos_wire::service::{Circular, CircularKind, Once, ServiceStatus};
use jiff::{ToSpan as _, civil::Date};
use rusqlite::Transaction;

use super::{AdminContext, AdminError, AuditEntry};
use crate::{
    catalogue::{self, ServiceEntry},
    circulars,
};

/// Opening and closing of services.
#[derive(Debug, Clone, Subcommand)]
pub enum ServicesCommand {
    /// Accepts requests from today
    Open {
        /// Id of the service
        id: String,
        /// Last day; without it the service stays open
        #[arg(long)]
        closes: Option<Date>,
        /// Number and year of the circular, for example 2/26
        #[arg(long)]
        circular: Option<String>,
        /// PDF of the circular
        #[arg(long)]
        pdf: Option<PathBuf>,
    },
    /// Stops accepting requests
    Close {
        /// Id of the service
        id: String,
    },
    /// Limits the requests that a member may have
    Limit {
        /// Id of the service
        id: String,
        /// One in a life, one a year, one open at a time, or any number
        #[arg(value_parser = parse_once)]
        once: Once,
    },
    /// Announces a service that will open
    Announce {
        /// Id of the service
        id: String,
        /// First day, if known
        #[arg(long)]
        opens: Option<Date>,
    },
}

impl ServicesCommand {
    pub(super) fn run(self, context: &mut AdminContext) -> Result<String, AdminError> {
        let today = date_in_morocco(context.now);
        match self {
            Self::Open { id, closes, circular, pdf } => {
                if closes.is_some_and(|closes| closes < today) {
                    return Err(AdminError::refused("the last day lies in the past"));
                }
                let pdf = pdf.as_deref().map(read_pdf).transpose()?;
                change(context, &id, |db, entry| {
                    if entry.status(today) != ServiceStatus::Open {
                        entry.opens = Some(today);
                    }
                    entry.closes = closes;
                    if let Some(number) = circular {
                        entry.circular = Some(Circular { kind: CircularKind::Circular, number, pdf: None });
                        circulars::delete(db, &entry.id)?;
                    }
                    attach(db, entry, pdf)?;
                    Ok(opened(entry))
                })
            }
            Self::Close { id } => change(context, &id, |_, entry| {
                entry.closes = Some(today.saturating_sub(1.day()));
                Ok("closed".to_owned())
            }),
            Self::Limit { id, once } => change(context, &id, |_, entry| {
                entry.once = once;
                Ok(format!("limited: {once:?}").to_lowercase())
            }),
            Self::Announce { id, opens } => {
                if opens.is_some_and(|opens| opens <= today) {
                    return Err(AdminError::refused("the first day does not lie in the future"));
                }
                change(context, &id, |_, entry| {
                    entry.opens = opens;
                    entry.closes = None;
                    Ok(opens.map_or("announced".to_owned(), |opens| format!("announced for {opens}")))
                })
            }
        }
    }
}

fn parse_once(text: &str) -> Result<Once, &'static str> {
    match text {
        "life" => Ok(Once::Life),
        "year" => Ok(Once::Year),
        "open" => Ok(Once::Open),
        "any" => Ok(Once::Any),
        _ => Err("life, year, open or any"),
    }
}

fn change(
    context: &mut AdminContext,
    id: &str,
    change: impl FnOnce(&Transaction, &mut ServiceEntry) -> Result<String, AdminError>,
) -> Result<String, AdminError> {
    context.run_audited(|db, _, _| {
        let mut entry = catalogue::load_all(db)?
            .into_iter()
            .find(|entry| entry.id == id)
            .ok_or_else(|| AdminError::Refused(format!("no service {id}")))?;
        let state = change(db, &mut entry)?;
        catalogue::update(db, &entry)?;
        Ok((format!("{id} is {state}\n"), AuditEntry::general(format!("service {id} {state}"))))
    })
}

/// Describes the state of an open service for the audit log.
fn opened(entry: &ServiceEntry) -> String {
    let closes = entry.closes.map(|closes| format!(" until {closes}")).unwrap_or_default();
    let circular =
        entry.circular.as_ref().map(|circular| format!(", paper {}", circular.number)).unwrap_or_default();
    format!("open{closes}{circular}")
}

/// Attaches the PDF of the circular.
fn attach(db: &Transaction, entry: &mut ServiceEntry, pdf: Option<Vec<u8>>) -> Result<(), AdminError> {
    let Some(pdf) = pdf else { return Ok(()) };
    let Some(circular) = entry.circular.as_mut() else {
        return Err(AdminError::refused("a PDF needs the circular's number: --circular N/YY"));
    };
    circular.pdf = Some(circulars::describe(&pdf).map_err(AdminError::refused)?);
    circulars::store(db, &entry.id, &pdf)?;
    Ok(())
}

fn read_pdf(file: &Path) -> Result<Vec<u8>, AdminError> {
    fs::read(file).map_err(AdminError::io(file))
}
