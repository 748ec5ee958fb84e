//! Email addresses on file, and the addresses that retirees propose.
//!
//! Mail goes only to addresses on a member's file. When they change, every address that was on file is notified by
//! email. An address that leaves the file takes with it the passwords mailed to it, sent or waiting, and the sessions
//! opened with them: the mailbox may be in other hands. A retiree without any may propose one, which is used once the operator has confirmed it.

use rusqlite::Transaction;

use crate::{
    mail::queue::{self, EncryptedEmail, EnqueueError},
    members::{self, MemberRecord},
    retention::NOTICE_LIFETIME,
    secrets::Keys,
    sessions,
    storage::{StorageError, audit},
};

/// Replaces the addresses `previous` of the member by those of `record`, notifies each previous one by email, and
/// revokes the passwords mailed to those that leave. Returns false when both are the same.
pub(crate) fn replace(
    db: &Transaction,
    keys: &Keys,
    previous: &[String],
    record: &MemberRecord,
    now: i64,
) -> Result<bool, EnqueueError> {
    let (ppr, addresses) = (&record.member.ppr, &record.addresses);
    if previous.len() == addresses.len() && previous.iter().all(|address| addresses.contains(address)) {
        return Ok(false);
    }
    db.prepare_cached("DELETE FROM member_addresses WHERE ppr = ?1")?.execute([ppr])?;
    members::add_addresses(db, record)?;
    let masked: Vec<String> = addresses.iter().map(|address| mask(address)).collect();
    for address in previous {
        let email = EncryptedEmail::encrypt(keys, &masked.join("\n"))?;
        let dates = queue::EmailDates { created_at: now, expires_at: now + NOTICE_LIFETIME };
        queue::enqueue_notice(db, &email, queue::EmailKind::AddressChanged, ppr, address, &dates)?;
    }
    for address in previous.iter().filter(|address| !addresses.contains(address)) {
        revoke_mailed_passwords(db, ppr, address, now)?;
    }
    let before: Vec<String> = previous.iter().map(|address| mask(address)).collect();
    let change = format!("addresses changed from {} to {}", before.join(" "), masked.join(" "));
    audit(db, now, ppr, &change)?;
    Ok(true)
}

/// Revokes the passwords mailed to an address that leaves the file: those that wait, the one that is valid, and the
/// sessions opened with it in which no new one was set. The member may ask for another at once.
fn revoke_mailed_passwords(db: &Transaction, ppr: &str, address: &str, now: i64) -> Result<(), StorageError> {
    db.execute("DELETE FROM emails WHERE ppr = ?1 AND kind = 'password' AND recipient = ?2", (ppr, address))?;
    let revoked =
        db.execute("DELETE FROM mailed_passwords WHERE ppr = ?1 AND mailed_to IN (?2, '')", (ppr, address))?;
    if revoked > 0 {
        db.execute("DELETE FROM last_mailings WHERE ppr = ?1", [ppr])?;
    }
    sessions::end_mailed_to(db, ppr, address, now)
}

/// Maximum number of proposals of a member; the oldest give way.
const MAX_PROPOSALS: u32 = 20;

/// Stores an address that a retiree proposes, beside those proposed before: whoever knows the member's details must not
/// replace the member's own. When not `enabled`, the same statements run without any effect, so that the time taken does not
/// depend on it.
pub(crate) fn propose(
    db: &Transaction,
    ppr: &str,
    email: &str,
    at: i64,
    enabled: bool,
) -> Result<(), StorageError> {
    db.prepare_cached(
        "INSERT INTO address_proposals (ppr, email, at) SELECT ?1, ?2, ?3 WHERE ?4
         ON CONFLICT (ppr, email) DO UPDATE SET at = excluded.at",
    )?
    .execute((ppr, email, at, enabled))?;
    db.prepare_cached(
        "DELETE FROM address_proposals WHERE ppr = ?1 AND email NOT IN
             (SELECT email FROM address_proposals WHERE ppr = ?1 ORDER BY at DESC, email LIMIT ?2)",
    )?
    .execute((ppr, MAX_PROPOSALS))?;
    Ok(())
}

/// Address that awaits the operator's confirmation.
pub(crate) struct AddressProposal {
    pub(crate) ppr: String,
    pub(crate) email: String,
    pub(crate) at: i64,
}

/// Lists all proposals, oldest first.
pub(crate) fn list_proposals(db: &Transaction) -> Result<Vec<AddressProposal>, StorageError> {
    proposals_where(db, None)
}

/// Lists the proposals of this member, oldest first.
pub(crate) fn proposals_of(db: &Transaction, ppr: &str) -> Result<Vec<AddressProposal>, StorageError> {
    proposals_where(db, Some(ppr))
}

fn proposals_where(db: &Transaction, ppr: Option<&str>) -> Result<Vec<AddressProposal>, StorageError> {
    let mut query = db.prepare_cached(
        "SELECT ppr, email, at FROM address_proposals WHERE ?1 IS NULL OR ppr = ?1 ORDER BY at, ppr, email",
    )?;
    let rows = query.query_map([ppr], |row| {
        Ok(AddressProposal { ppr: row.get(0)?, email: row.get(1)?, at: row.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Deletes the member's proposals, confirmed or not.
pub(crate) fn delete_proposals(db: &Transaction, ppr: &str) -> Result<(), StorageError> {
    db.execute("DELETE FROM address_proposals WHERE ppr = ?1", [ppr])?;
    Ok(())
}

/// Masks an address: first letter and host only.
pub(crate) fn mask(address: &str) -> String {
    let (user, host) = address.split_once('@').unwrap_or((address, ""));
    let first: String = user.chars().take(1).collect();
    format!("{first}•••@{host}")
}
