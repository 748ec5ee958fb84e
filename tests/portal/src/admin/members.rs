//! `members`: import, help-desk view, and addresses on file.

use std::path::PathBuf;

use clap::Subcommand;
use rusqlite::{Connection, OptionalExtension as _, Transaction};

use super::{AdminContext, AdminError, AuditEntry, format_time, import, printable_line};
use crate::{
    addresses::{self, mask},
    devices, identifiers,
    members::{self, MemberRecord},
    password_request_queue, requests,
    storage::StorageError,
};

/// Members on file.
#[derive(Debug, Clone, Subcommand)]
pub enum MembersCommand {
    /// Imports a members' file: adds or updates the members it lists
    Import {
        /// CSV with the headings ppr, kind, cin, `pension_number`, `name_ar`, `name_fr`, emails; or TOML as in the seed
        file: PathBuf,
        /// Imports payroll numbers of different lengths too
        #[arg(long)]
        yes: bool,
    },
    /// Shows what a help desk may see of a member
    Show {
        /// Payroll number
        ppr: String,
    },
    /// Ends every session and drops every password: the member asks for one by email
    Lock {
        /// Payroll number
        ppr: String,
    },
    /// Email addresses on file
    #[command(subcommand)]
    Address(AddressCommand),
}

/// Email addresses on file.
#[derive(Debug, Clone, Subcommand)]
pub enum AddressCommand {
    /// Lists the addresses that retirees have proposed
    List,
    /// Accepts a proposed address; a password is mailed to it at once
    Confirm {
        /// Payroll number
        ppr: String,
        /// Address as verified
        email: String,
    },
    /// Replaces the addresses on file, which are notified by email
    Set {
        /// Payroll number
        ppr: String,
        /// New address
        email: String,
    },
}

impl MembersCommand {
    pub(super) fn run(self, context: &mut AdminContext) -> Result<String, AdminError> {
        match self {
            Self::Import { file, yes } => import::import(context, &file, yes),
            Self::Lock { ppr } => lock(context, &on_file(&context.db, &ppr)?),
            Self::Show { ppr } => show(context, &on_file(&context.db, &ppr)?),
            Self::Address(AddressCommand::List) => list(context),
            Self::Address(AddressCommand::Confirm { ppr, email }) => {
                confirm(context, &on_file(&context.db, &ppr)?, &email)
            }
            Self::Address(AddressCommand::Set { ppr, email }) => {
                set(context, &on_file(&context.db, &ppr)?, &email)
            }
        }
    }
}

/// Returns the payroll number on file that an operator means, however it is written; a number of nobody as it is.
pub(super) fn on_file(db: &Connection, typed: &str) -> Result<String, AdminError> {
    let ppr = identifiers::ppr(typed).unwrap_or_else(|_| typed.to_owned());
    Ok(members::resolve_ppr(db, &ppr)?.unwrap_or(ppr))
}

fn find(db: &Transaction, ppr: &str) -> Result<MemberRecord, AdminError> {
    members::find(db, ppr)?.ok_or_else(|| AdminError::Refused(format!("no member {ppr}")))
}

fn list(context: &mut AdminContext) -> Result<String, AdminError> {
    context.run_audited(|db, _, _| {
        let line = |one: addresses::AddressProposal| {
            printable_line(&format!("{}  {}  {}", one.ppr, one.email, format_time(one.at)))
        };
        let text = addresses::list_proposals(db)?.into_iter().map(line).collect();
        Ok((text, AuditEntry::general("proposed addresses listed")))
    })
}

/// The address must be one of the proposals, as verified with the member; the others are dropped.
fn confirm(context: &mut AdminContext, ppr: &str, email: &str) -> Result<String, AdminError> {
    let email = parse_address(email)?;
    context.run_audited(|db, keys, now| {
        if !addresses::proposals_of(db, ppr)?.iter().any(|one| one.email == email) {
            return Err(AdminError::Refused(format!("{ppr} has not proposed {email}")));
        }
        let mut record = find(db, ppr)?;
        let before = record.addresses.clone();
        record.addresses.push(email.clone());
        addresses::replace(db, keys, &before, &record, now)?;
        addresses::delete_proposals(db, ppr)?;
        password_request_queue::enqueue_for_member(db, &record, &email, now)?;
        Ok((
            format!("{email} is on file of {ppr}; a password is on its way\n"),
            AuditEntry::for_member(ppr, format!("address confirmed: {}", mask(&email))),
        ))
    })
}

fn set(context: &mut AdminContext, ppr: &str, email: &str) -> Result<String, AdminError> {
    let email = parse_address(email)?;
    context.run_audited(|db, keys, now| {
        let mut record = find(db, ppr)?;
        let before = std::mem::replace(&mut record.addresses, vec![email.clone()]);
        addresses::replace(db, keys, &before, &record, now)?;
        addresses::delete_proposals(db, ppr)?;
        Ok((
            format!("{email} is on file of {ppr}\n"),
            AuditEntry::for_member(ppr, format!("address set: {}", mask(&email))),
        ))
    })
}

fn parse_address(email: &str) -> Result<String, AdminError> {
    identifiers::email(email).map_err(|_| AdminError::Refused(format!("{email} is no address")))
}

/// Shows enough to answer «I got no mail» and «I cannot sign in»; never a password, a whole address or a card number.
fn show(context: &mut AdminContext, ppr: &str) -> Result<String, AdminError> {
    context.run_audited(|db, _, now| {
        let record = find(db, ppr)?;
        let member = &record.member;
        let addresses: Vec<_> = record.addresses.iter().map(|address| mask(address)).collect();
        let sessions = devices::open_sessions(db, ppr, None, now)?.len();
        let name = &member.name;
        let mut text = printable_line(&format!("{ppr}  {}  {} / {}", member.kind.as_str(), name.ar, name.fr));
        for (what, value) in [
            ("addresses", Some(addresses.join(" ")).filter(|addresses| !addresses.is_empty())),
            ("proposed address", proposals(db, ppr)?),
            ("last mailing", read_time(db, "SELECT at FROM last_mailings WHERE ppr = ?1", ppr)?),
            ("none mailed", unanswered(db, ppr)?),
            ("last email", last_email(db, ppr)?),
            ("password chosen", read_time(db, "SELECT set_at FROM passwords WHERE ppr = ?1", ppr)?),
            ("charter", charter_acceptance(db, ppr)?),
            ("sessions", Some(sessions.to_string())),
            ("requests", Some(requests::count(db, ppr)?.to_string())),
            ("waits until", blocked_until(db, ppr, now)?),
        ] {
            text += &printable_line(&format!("{what:<17} {}", value.as_deref().unwrap_or("-")));
        }
        Ok((text, AuditEntry::for_member(ppr, "member shown")))
    })
}

/// Describes the proposed addresses, masked, oldest first.
fn proposals(db: &Transaction, ppr: &str) -> Result<Option<String>, StorageError> {
    let all: Vec<_> = addresses::proposals_of(db, ppr)?
        .into_iter()
        .map(|one| format!("{} {}", mask(&one.email), format_time(one.at)))
        .collect();
    Ok((!all.is_empty()).then(|| format!("{}: {}", all.len(), all.join(", "))))
}

/// Takes the account out of every hand: for a help desk that is called about a stranger in it.
fn lock(context: &mut AdminContext, ppr: &str) -> Result<String, AdminError> {
    context.run_audited(|db, _, now| {
        find(db, ppr)?;
        for session in devices::open_sessions(db, ppr, None, now)? {
            devices::end_by_public_id(db, ppr, &session.id, now, "session revoked by the operator")?;
        }
        for sql in [
            "DELETE FROM sessions WHERE ppr = ?1",
            "DELETE FROM known_devices WHERE ppr = ?1",
            "DELETE FROM passwords WHERE ppr = ?1",
            "DELETE FROM mailed_passwords WHERE ppr = ?1",
            "DELETE FROM last_mailings WHERE ppr = ?1",
            "DELETE FROM password_requests WHERE ppr = ?1",
            "DELETE FROM emails WHERE ppr = ?1 AND kind = 'password'",
        ] {
            db.execute(sql, [ppr])?;
        }
        Ok((
            format!(
                "{ppr} is locked: sessions and passwords are gone, the member asks for a password by email\n"
            ),
            AuditEntry::for_member(ppr, "member locked"),
        ))
    })
}

fn read_time(db: &Transaction, sql: &str, ppr: &str) -> Result<Option<String>, StorageError> {
    let at: Option<i64> = db.query_row(sql, [ppr], |row| row.get(0)).optional()?;
    Ok(at.map(format_time))
}

/// Describes the password requests after which nothing was mailed.
fn unanswered(db: &Transaction, ppr: &str) -> Result<Option<String>, StorageError> {
    let sql = "SELECT count, last_at FROM unanswered_password_requests WHERE ppr = ?1";
    let found: Option<(i64, i64)> =
        db.query_row(sql, [ppr], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    Ok(found.map(|(count, last)| format!("{count} password request(s), last {}", format_time(last))))
}

fn last_email(db: &Transaction, ppr: &str) -> Result<Option<String>, StorageError> {
    let sql = "SELECT at, event FROM audit WHERE ppr = ?1 AND event LIKE 'email %' ORDER BY id DESC LIMIT 1";
    let found = db.query_row(sql, [ppr], |row| Ok((row.get(0)?, row.get::<_, String>(1)?))).optional()?;
    Ok(found.map(|(at, event)| format!("{} {event}", format_time(at))))
}

fn charter_acceptance(db: &Transaction, ppr: &str) -> Result<Option<String>, StorageError> {
    let sql = "SELECT version, accepted_at FROM charter_acceptances WHERE ppr = ?1
               ORDER BY accepted_at DESC LIMIT 1";
    let found = db.query_row(sql, [ppr], |row| Ok((row.get::<_, String>(0)?, row.get(1)?))).optional()?;
    Ok(found.map(|(version, at)| format!("{version} accepted {}", format_time(at))))
}

fn blocked_until(db: &Transaction, ppr: &str, now: i64) -> Result<Option<String>, StorageError> {
    let sql = "SELECT blocked_until FROM password_failures WHERE ppr = ?1 AND blocked_until > ?2";
    let till: Option<i64> = db.query_row(sql, (ppr, now), |row| row.get(0)).optional()?;
    let sql = "SELECT count(*) FROM mailed_passwords WHERE ppr = ?1 AND expires_at > ?2";
    let has_mailed: bool = db.query_row(sql, (ppr, now), |row| row.get(0))?;
    let despite = if has_mailed { ", a mailed password signs in all the same" } else { "" };
    Ok(till.map(|till| format_time(till) + despite))
}
