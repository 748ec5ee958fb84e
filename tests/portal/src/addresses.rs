//! The addresses mail may go to (design §3, «Who is who»): those on file and no other. Whoever has one on file is told
//! by mail when it changes; a retiree who has none may propose one, which is used once the desk confirms it.

use rusqlite::{OptionalExtension as _, Transaction};

use crate::{
    mail::queue::{self, Draft},
    members::{self, OnFile},
    retention::ADDRESS_LETTER_FOR,
    secrets::{Keys, SecretsError},
    store::{StoreError, audit},
};

/// An address could not be changed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AddressError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Secrets(#[from] SecretsError),
}

impl From<rusqlite::Error> for AddressError {
    fn from(error: rusqlite::Error) -> Self {
        StoreError::from(error).into()
    }
}

/// Puts `on_file.addresses` in the place of `before`; those who had an address on file are told. False when they are
/// the same.
pub(crate) fn replace(
    db: &Transaction,
    keys: &Keys,
    before: &[String],
    on_file: &OnFile,
    now: i64,
) -> Result<bool, AddressError> {
    let (ppr, after) = (&on_file.member.ppr, &on_file.addresses);
    if before.len() == after.len() && before.iter().all(|address| after.contains(address)) {
        return Ok(false);
    }
    db.prepare_cached("DELETE FROM member_addresses WHERE ppr = ?1")?.execute([ppr])?;
    members::add_addresses(db, on_file)?;
    let shown: Vec<String> = after.iter().map(|address| masked(address)).collect();
    for address in before {
        let draft = Draft::seal(keys, &shown.join("\n"))?;
        let dates = queue::Dates { written_at: now, useless_at: now + ADDRESS_LETTER_FOR };
        queue::tell_of_address(db, &draft, ppr, address, &dates)?;
    }
    audit(db, now, ppr, "addresses changed")?;
    Ok(true)
}

/// Notes the address that a retiree proposes. When it is not `due`, the same statement runs and nothing is noted.
pub(crate) fn propose(
    db: &Transaction,
    ppr: &str,
    email: &str,
    at: i64,
    due: bool,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO address_proposals (ppr, email, at) SELECT ?1, ?2, ?3 WHERE ?4
         ON CONFLICT (ppr) DO UPDATE SET email = excluded.email, at = excluded.at",
    )?
    .execute((ppr, email, at, due))?;
    Ok(())
}

/// An address that waits for the desk.
pub(crate) struct Proposal {
    pub(crate) ppr: String,
    pub(crate) email: String,
    pub(crate) at: i64,
}

/// Those that wait, the oldest first.
pub(crate) fn proposals(db: &Transaction) -> Result<Vec<Proposal>, StoreError> {
    let mut query = db.prepare("SELECT ppr, email, at FROM address_proposals ORDER BY at, ppr")?;
    let rows =
        query.query_map([], |row| Ok(Proposal { ppr: row.get(0)?, email: row.get(1)?, at: row.get(2)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The one of this member, if one waits.
pub(crate) fn proposed(db: &Transaction, ppr: &str) -> Result<Option<String>, StoreError> {
    let found = db
        .prepare_cached("SELECT email FROM address_proposals WHERE ppr = ?1")?
        .query_row([ppr], |row| row.get(0));
    Ok(found.optional()?)
}

/// The proposal of this member waits no longer.
pub(crate) fn settle(db: &Transaction, ppr: &str) -> Result<(), StoreError> {
    db.execute("DELETE FROM address_proposals WHERE ppr = ?1", [ppr])?;
    Ok(())
}

/// Enough of an address to know it again, and no more.
pub(crate) fn masked(address: &str) -> String {
    let (user, host) = address.split_once('@').unwrap_or((address, ""));
    let first: String = user.chars().take(1).collect();
    format!("{first}•••@{host}")
}
