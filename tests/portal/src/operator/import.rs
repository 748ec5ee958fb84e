//! Bringing in a members' file, as the payroll gives it.

use std::{fs, path::Path, thread, time::Duration};

use rusqlite::Transaction;

use super::{Office, OperatorError};
use crate::{
    addresses, gate,
    members::{self, OnFile},
    secrets::Keys,
    seed::SeedError,
    store::{self, audit},
};

/// Members written in one transaction. Between two, a running portal gets its turn.
const AT_ONCE: usize = 1_000;
const PORTALS_TURN: Duration = Duration::from_millis(5);

/// What an import did.
#[derive(Default)]
struct Tally {
    new: usize,
    known: usize,
    addresses: usize,
}

/// Brings the file in, once every line of it has been checked. Who is on file already keeps account, passwords and
/// sessions, also who retires meanwhile. A line without an address leaves those on file: the payroll does not know
/// the one that a retiree proposed.
pub(super) fn import(office: &mut Office, file: &Path) -> Result<String, OperatorError> {
    let on_file = read(file)?;
    let (keys, now) = (&office.keys, office.now.as_second());
    let mut tally = Tally::default();
    for part in on_file.chunks(AT_ONCE) {
        store::in_transaction(&mut office.db, |db| {
            part.iter().try_for_each(|on_file| bring_in(db, keys, on_file, now, &mut tally))
        })?;
        thread::sleep(PORTALS_TURN);
    }
    let Tally { new, known, addresses } = tally;
    let what = format!("members imported: {new} new, {known} known, {addresses} with other addresses");
    store::in_transaction(&mut office.db, |db| {
        gate::publish(db)?;
        audit(db, now, "", &format!("operator: {what}"))
    })?;
    Ok(format!("{what}\n"))
}

fn read(file: &Path) -> Result<Vec<OnFile>, OperatorError> {
    let text = fs::read_to_string(file).map_err(OperatorError::io(file))?;
    let name = file.display().to_string();
    let ends = |extension: &str| file.extension().is_some_and(|given| given.eq_ignore_ascii_case(extension));
    if ends("csv") {
        Ok(members::read_csv(&name, &text)?)
    } else if ends("toml") {
        Ok(members::read_toml(&name, &text)?)
    } else {
        Err(SeedError::content(&name, &"the name ends neither in .csv nor in .toml").into())
    }
}

fn bring_in(
    db: &Transaction,
    keys: &Keys,
    on_file: &OnFile,
    now: i64,
    tally: &mut Tally,
) -> Result<(), OperatorError> {
    let ppr = &on_file.member.ppr;
    let before = members::find(db, ppr)?;
    members::keep(db, on_file)?;
    let Some(before) = before else {
        tally.new += 1;
        return Ok(members::add_addresses(db, on_file)?);
    };
    tally.known += 1;
    if before.member.kind != on_file.member.kind {
        audit(db, now, ppr, &format!("now {}", on_file.member.kind.as_str()))?;
    }
    if !on_file.addresses.is_empty() && addresses::replace(db, keys, &before.addresses, on_file, now)? {
        tally.addresses += 1;
    }
    Ok(())
}
