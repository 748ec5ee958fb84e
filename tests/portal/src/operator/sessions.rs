//! Where members are signed in, for a help desk that is told of a lost phone.

use std::fmt::Write as _;

use clap::Subcommand;

use super::{Done, Office, OperatorError};
use crate::devices;

/// Where members are signed in.
#[derive(Debug, Clone, Subcommand)]
pub enum SessionsAct {
    /// Prints a member's sessions, the last used first.
    List {
        /// The payroll number.
        ppr: String,
    },
    /// Ends a member's sessions.
    Revoke {
        /// The payroll number.
        ppr: String,
        /// This one only, as the list calls it.
        #[arg(long)]
        id: Option<String>,
    },
}

impl SessionsAct {
    pub(super) fn run(self, office: &mut Office) -> Result<String, OperatorError> {
        match self {
            Self::List { ppr } => list(office, &ppr),
            Self::Revoke { ppr, id } => revoke(office, &ppr, id),
        }
    }
}

fn list(office: &mut Office, ppr: &str) -> Result<String, OperatorError> {
    office.act(|db, _, now| {
        let mut text = String::new();
        for session in devices::open_sessions(db, ppr, None, now)? {
            let (id, used, opened) = (session.id, session.used_at, session.opened_at);
            // Writing into a string cannot fail.
            let _ = writeln!(text, "{id}  used {used}  opened {opened}  {}", session.device);
        }
        Ok((text, Done::of(ppr, "sessions listed")))
    })
}

fn revoke(office: &mut Office, ppr: &str, id: Option<String>) -> Result<String, OperatorError> {
    office.act(|db, _, now| {
        let every =
            || devices::open_sessions(db, ppr, None, now).map(|all| all.into_iter().map(|one| one.id));
        let chosen: Vec<String> = match id {
            Some(id) => vec![id],
            None => every()?.collect(),
        };
        for id in &chosen {
            if !devices::end_named(db, ppr, id, now, "session revoked by the operator")? {
                return Err(OperatorError::Refused(format!("{ppr} has no session {id}")));
            }
        }
        let what = format!("{} session(s) revoked", chosen.len());
        Ok((format!("{what}\n"), Done::of(ppr, what)))
    })
}
