//! How long things are kept (law 09-08 art. 3: no longer than needed). The periods stand here and nowhere else; the
//! README of this crate has them as a table.

use rusqlite::Transaction;

use crate::store::StoreError;

const HOUR: i64 = 60 * 60;
const DAY: i64 = 24 * HOUR;

/// How often what has had its time is cleared away, by the portal's clock.
pub(crate) const EVERY: i64 = HOUR;

/// A session that is not renewed ends after this time.
pub(crate) const SESSION_IDLE_FOR: i64 = 90 * DAY;

/// No session lasts longer.
pub(crate) const SESSION_FOR: i64 = 365 * DAY;

/// After this time without a try, wrong passwords are forgotten.
pub(crate) const FAILURES_FOR: i64 = DAY;

/// A device on which nobody signed in for this time is not known any more.
const KNOWN_DEVICE_FOR: i64 = SESSION_FOR;

/// A request for a password that could not be answered is of no use after this time.
const ASKED_FOR: i64 = DAY;

/// An address that the desk did not confirm is forgotten after this time.
const PROPOSAL_FOR: i64 = 90 * DAY;

/// A letter that tells of a changed address is of no use after this time.
pub(crate) const ADDRESS_LETTER_FOR: i64 = 7 * DAY;

/// An idempotency key brings its answer back for this time.
const ANSWER_FOR: i64 = 30 * DAY;

/// Lines of the audit log.
const AUDIT_FOR: i64 = 2 * SESSION_FOR;

/// Clears away what has had its time. Acceptances of the charter stay: they prove what was agreed (law 43-20);
/// so do requests and receipts, until the foundation sets a period.
pub(crate) fn clear(db: &Transaction, now: i64) -> Result<(), StoreError> {
    for (sql, before) in [
        ("DELETE FROM spent_challenges WHERE expires_at < ?1", now),
        ("DELETE FROM access_tokens WHERE expires_at <= ?1", now),
        ("DELETE FROM mailed_passwords WHERE expires_at <= ?1", now),
        ("DELETE FROM asked WHERE at < ?1", now - ASKED_FOR),
        ("DELETE FROM sessions WHERE used_at < ?1", now - SESSION_IDLE_FOR),
        ("DELETE FROM sessions WHERE opened_at < ?1", now - SESSION_FOR),
        ("DELETE FROM failures WHERE wait_till < ?1", now - FAILURES_FOR),
        ("DELETE FROM known_devices WHERE given_at < ?1", now - KNOWN_DEVICE_FOR),
        ("DELETE FROM address_proposals WHERE at < ?1", now - PROPOSAL_FOR),
        ("DELETE FROM answers WHERE at < ?1", now - ANSWER_FOR),
        ("DELETE FROM audit WHERE at < ?1", now - AUDIT_FOR),
    ] {
        db.execute(sql, [before])?;
    }
    Ok(())
}
