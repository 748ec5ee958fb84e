//! `sessions`: list and revoke, for example after a phone was lost.

use clap::Subcommand;

use super::{AdminContext, AdminError, AuditEntry, members::on_file, printable_line};
use crate::devices;

/// Sessions of members.
#[derive(Debug, Clone, Subcommand)]
pub enum SessionsCommand {
    /// Lists a member's sessions, most recently used first
    List {
        /// Payroll number
        ppr: String,
    },
    /// Ends sessions of a member
    Revoke {
        /// Payroll number
        ppr: String,
        /// Only this session, by the id in the list
        #[arg(long)]
        id: Option<String>,
    },
}

impl SessionsCommand {
    pub(super) fn run(self, context: &mut AdminContext) -> Result<String, AdminError> {
        match self {
            Self::List { ppr } => list(context, &on_file(&context.db, &ppr)?),
            Self::Revoke { ppr, id } => revoke(context, &on_file(&context.db, &ppr)?, id),
        }
    }
}

fn list(context: &mut AdminContext, ppr: &str) -> Result<String, AdminError> {
    context.run_audited(|db, _, now| {
        let mut text = String::new();
        for session in devices::open_sessions(db, ppr, None, now)? {
            let (id, used, opened) = (session.id, session.used_at, session.opened_at);
            text += &printable_line(&format!("{id}  used {used}  opened {opened}  {}", session.device));
        }
        Ok((text, AuditEntry::for_member(ppr, "sessions listed")))
    })
}

fn revoke(context: &mut AdminContext, ppr: &str, id: Option<String>) -> Result<String, AdminError> {
    context.run_audited(|db, _, now| {
        let every =
            || devices::open_sessions(db, ppr, None, now).map(|all| all.into_iter().map(|one| one.id));
        let chosen: Vec<String> = match id {
            Some(id) => vec![id],
            None => every()?.collect(),
        };
        for id in &chosen {
            if !devices::end_by_public_id(db, ppr, id, now, "session revoked by the operator")? {
                return Err(AdminError::Refused(format!("{ppr} has no session {id}")));
            }
        }
        let what = format!("{} session(s) revoked", chosen.len());
        Ok((format!("{what}\n"), AuditEntry::for_member(ppr, what)))
    })
}
