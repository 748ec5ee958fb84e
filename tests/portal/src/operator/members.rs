//! Members on file: the import, the help desk's view of one, and their addresses.

use std::{fmt::Write as _, path::PathBuf};

use clap::Subcommand;
use rusqlite::{OptionalExtension as _, Transaction};

use super::{Done, Office, OperatorError, import, shown};
use crate::{
    addresses::{self, masked},
    devices, formats,
    members::{self, OnFile},
    password_requests, requests,
    store::StoreError,
};

/// The members on file.
#[derive(Debug, Clone, Subcommand)]
pub enum MembersAct {
    /// Brings in a members' file: those it names are added, or changed.
    Import {
        /// CSV with the headings ppr, kind, cin, `pension_number`, `name_ar`, `name_fr`, emails; or TOML as the seed has it.
        file: PathBuf,
    },
    /// Shows what a help desk may see of a member.
    Show {
        /// The payroll number.
        ppr: String,
    },
    /// The addresses mail may go to.
    #[command(subcommand)]
    Address(AddressAct),
}

/// The addresses mail may go to.
#[derive(Debug, Clone, Subcommand)]
pub enum AddressAct {
    /// Prints the addresses that retirees proposed and that wait.
    List,
    /// Accepts a proposed address: a password is mailed to it at once.
    Confirm {
        /// The payroll number.
        ppr: String,
        /// The address as it was verified.
        email: String,
    },
    /// Puts an address in the place of those on file, which are told by mail.
    Set {
        /// The payroll number.
        ppr: String,
        /// The address.
        email: String,
    },
}

impl MembersAct {
    pub(super) fn run(self, office: &mut Office) -> Result<String, OperatorError> {
        match self {
            Self::Import { file } => import::import(office, &file),
            Self::Show { ppr } => show(office, &ppr),
            Self::Address(AddressAct::List) => list(office),
            Self::Address(AddressAct::Confirm { ppr, email }) => confirm(office, &ppr, &email),
            Self::Address(AddressAct::Set { ppr, email }) => set(office, &ppr, &email),
        }
    }
}

fn find(db: &Transaction, ppr: &str) -> Result<OnFile, OperatorError> {
    members::find(db, ppr)?.ok_or_else(|| OperatorError::Refused(format!("no member {ppr}")))
}

fn list(office: &mut Office) -> Result<String, OperatorError> {
    office.act(|db, _, _| {
        let line = |one: addresses::Proposal| format!("{}  {}  {}\n", one.ppr, one.email, shown(one.at));
        let text = addresses::proposals(db)?.into_iter().map(line).collect();
        Ok((text, Done::desk("proposed addresses listed")))
    })
}

/// The address must be the one that waits: another may have been proposed since the desk looked.
fn confirm(office: &mut Office, ppr: &str, email: &str) -> Result<String, OperatorError> {
    let email = check(email)?;
    office.act(|db, keys, now| {
        if addresses::proposed(db, ppr)?.as_ref() != Some(&email) {
            return Err(OperatorError::Refused(format!("{ppr} has not proposed {email}, or not last")));
        }
        let mut on_file = find(db, ppr)?;
        let before = on_file.addresses.clone();
        on_file.addresses.push(email.clone());
        addresses::replace(db, keys, &before, &on_file, now)?;
        addresses::settle(db, ppr)?;
        password_requests::ask_for(db, &on_file, &email, now)?;
        Ok((
            format!("{email} is on file of {ppr}; a password is on its way\n"),
            Done::of(ppr, "address confirmed"),
        ))
    })
}

fn set(office: &mut Office, ppr: &str, email: &str) -> Result<String, OperatorError> {
    let email = check(email)?;
    office.act(|db, keys, now| {
        let mut on_file = find(db, ppr)?;
        let before = std::mem::replace(&mut on_file.addresses, vec![email.clone()]);
        addresses::replace(db, keys, &before, &on_file, now)?;
        addresses::settle(db, ppr)?;
        Ok((format!("{email} is on file of {ppr}\n"), Done::of(ppr, "address set")))
    })
}

fn check(email: &str) -> Result<String, OperatorError> {
    formats::email(email).map_err(|_| OperatorError::Refused(format!("{email} is no address")))
}

/// Enough to answer «I got no mail» and «I cannot sign in»; never a password, never a whole address or card number.
fn show(office: &mut Office, ppr: &str) -> Result<String, OperatorError> {
    office.act(|db, _, now| {
        let on_file = find(db, ppr)?;
        let member = &on_file.member;
        let addresses: Vec<_> = on_file.addresses.iter().map(|address| masked(address)).collect();
        let sessions = devices::open_sessions(db, ppr, None, now)?.len();
        let mut text = format!("{ppr}  {}  {} / {}\n", member.kind.as_str(), member.name.ar, member.name.fr);
        for (what, value) in [
            ("addresses", Some(addresses.join(" ")).filter(|addresses| !addresses.is_empty())),
            ("proposed address", addresses::proposed(db, ppr)?.map(|email| masked(&email))),
            ("last mailing", moment(db, "SELECT at FROM last_mailings WHERE ppr = ?1", ppr)?),
            ("last letter", last_letter(db, ppr)?),
            ("password chosen", moment(db, "SELECT set_at FROM passwords WHERE ppr = ?1", ppr)?),
            ("charter", acceptance(db, ppr)?),
            ("sessions", Some(sessions.to_string())),
            ("requests", Some(requests::count(db, ppr)?.to_string())),
            ("waits until", wait(db, ppr, now)?),
        ] {
            // Writing into a string cannot fail.
            let _ = writeln!(text, "{what:<17} {}", value.as_deref().unwrap_or("-"));
        }
        Ok((text, Done::of(ppr, "member shown")))
    })
}

fn moment(db: &Transaction, sql: &str, ppr: &str) -> Result<Option<String>, StoreError> {
    let at: Option<i64> = db.query_row(sql, [ppr], |row| row.get(0)).optional()?;
    Ok(at.map(shown))
}

fn last_letter(db: &Transaction, ppr: &str) -> Result<Option<String>, StoreError> {
    let sql = "SELECT at, event FROM audit WHERE ppr = ?1 AND event LIKE 'letter %' ORDER BY id DESC LIMIT 1";
    let found = db.query_row(sql, [ppr], |row| Ok((row.get(0)?, row.get::<_, String>(1)?))).optional()?;
    Ok(found.map(|(at, event)| format!("{} {event}", shown(at))))
}

fn acceptance(db: &Transaction, ppr: &str) -> Result<Option<String>, StoreError> {
    let sql = "SELECT version, accepted_at FROM charter_acceptances WHERE ppr = ?1
               ORDER BY accepted_at DESC LIMIT 1";
    let found = db.query_row(sql, [ppr], |row| Ok((row.get::<_, String>(0)?, row.get(1)?))).optional()?;
    Ok(found.map(|(version, at)| format!("{version} accepted {}", shown(at))))
}

fn wait(db: &Transaction, ppr: &str, now: i64) -> Result<Option<String>, StoreError> {
    let sql = "SELECT wait_till FROM failures WHERE ppr = ?1 AND wait_till > ?2";
    let till: Option<i64> = db.query_row(sql, (ppr, now), |row| row.get(0)).optional()?;
    Ok(till.map(shown))
}
