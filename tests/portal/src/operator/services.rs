//! When services open and close (guide step 8: each by its own circular).

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::Subcommand;
use jiff::{ToSpan as _, civil::Date};
use rusqlite::Transaction;

use super::{Done, Office, OperatorError};
use crate::{
    PortalError,
    catalogue::{self, Entry, Status},
    circulars::{self, Paper, PaperKind},
    clock,
};

/// When services open and close.
#[derive(Debug, Clone, Subcommand)]
pub enum ServicesAct {
    /// Takes requests from today on.
    Open {
        /// The service.
        id: String,
        /// The last day; without it the service stays open.
        #[arg(long)]
        closes: Option<Date>,
        /// The circular's number and year, for example 2/26.
        #[arg(long)]
        circular: Option<String>,
        /// The circular itself.
        #[arg(long)]
        pdf: Option<PathBuf>,
    },
    /// Takes no request any more.
    Close {
        /// The service.
        id: String,
    },
    /// Tells members that it will come.
    Announce {
        /// The service.
        id: String,
        /// The first day, when it is known.
        #[arg(long)]
        opens: Option<Date>,
    },
}

impl ServicesAct {
    pub(super) fn run(self, office: &mut Office) -> Result<String, OperatorError> {
        let morocco = clock::morocco().map_err(PortalError::Zone)?;
        let today = morocco.to_datetime(office.now).date();
        match self {
            Self::Open { id, closes, circular, pdf } => {
                if closes.is_some_and(|closes| closes < today) {
                    return Err(OperatorError::refused("the last day lies in the past"));
                }
                let pdf = pdf.as_deref().map(read_pdf).transpose()?;
                change(office, &id, |db, entry| {
                    if entry.status(today) != Status::Open {
                        entry.opens = Some(today);
                    }
                    entry.closes = closes;
                    if let Some(number) = circular {
                        entry.paper = Some(Paper { kind: PaperKind::Circular, number, pdf: None });
                        circulars::drop(db, &entry.id)?;
                    }
                    attach(db, entry, pdf)?;
                    Ok(opened(entry))
                })
            }
            Self::Close { id } => change(office, &id, |_, entry| {
                entry.closes = Some(today.saturating_sub(1.day()));
                Ok("closed".to_owned())
            }),
            Self::Announce { id, opens } => {
                if opens.is_some_and(|opens| opens <= today) {
                    return Err(OperatorError::refused("the first day does not lie in the future"));
                }
                change(office, &id, |_, entry| {
                    entry.opens = opens;
                    entry.closes = None;
                    Ok(opens.map_or("announced".to_owned(), |opens| format!("announced for {opens}")))
                })
            }
        }
    }
}

fn change(
    office: &mut Office,
    id: &str,
    change: impl FnOnce(&Transaction, &mut Entry) -> Result<String, OperatorError>,
) -> Result<String, OperatorError> {
    office.act(|db, _, _| {
        let mut entry = catalogue::all(db)?
            .into_iter()
            .find(|entry| entry.id == id)
            .ok_or_else(|| OperatorError::Refused(format!("no service {id}")))?;
        let state = change(db, &mut entry)?;
        catalogue::keep(db, &entry)?;
        Ok((format!("{id} is {state}\n"), Done::desk(format!("service {id} {state}"))))
    })
}

/// How an open service stands, as the audit log has it.
fn opened(entry: &Entry) -> String {
    let closes = entry.closes.map(|closes| format!(" until {closes}")).unwrap_or_default();
    let paper = entry.paper.as_ref().map(|paper| format!(", paper {}", paper.number)).unwrap_or_default();
    format!("open{closes}{paper}")
}

/// Puts the paper's PDF beside the service.
fn attach(db: &Transaction, entry: &mut Entry, pdf: Option<Vec<u8>>) -> Result<(), OperatorError> {
    let Some(pdf) = pdf else { return Ok(()) };
    let Some(paper) = entry.paper.as_mut() else {
        return Err(OperatorError::refused("a PDF needs the circular's number: --circular N/YY"));
    };
    paper.pdf = Some(circulars::describe(&pdf).map_err(OperatorError::refused)?);
    circulars::keep(db, &entry.id, &pdf)?;
    Ok(())
}

fn read_pdf(file: &Path) -> Result<Vec<u8>, OperatorError> {
    fs::read(file).map_err(OperatorError::io(file))
}
