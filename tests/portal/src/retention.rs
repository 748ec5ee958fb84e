//! Retention periods (law 09-08 art. 3: personal data is kept no longer than needed). Every period is defined here and
//! nowhere else; the README of this crate lists them as a table.

use rusqlite::Transaction;
use tracing::info;

use crate::{mailed_passwords::REPEAT_WITHIN, storage::StorageError};

const HOUR: i64 = 60 * 60;
const DAY: i64 = 24 * HOUR;

/// Interval between two purges, by the portal's clock.
pub(crate) const PURGE_INTERVAL: i64 = HOUR;

/// Longest time between two refreshes of a session.
pub(crate) const SESSION_IDLE_TIMEOUT: i64 = 90 * DAY;

/// Longest life of a session, however much it is used.
pub(crate) const SESSION_MAX_AGE: i64 = 365 * DAY;

/// Time after the last block until failed password attempts are forgotten.
pub(crate) const FAILURES_RETENTION: i64 = DAY;

/// Time after the last sign-in until a device is no longer known.
const KNOWN_DEVICE_RETENTION: i64 = SESSION_MAX_AGE;

/// Age at which a queued password request that could not be processed is dropped.
const PASSWORD_REQUEST_RETENTION: i64 = DAY;

/// Time after the last one until the count of a member's password requests without an email is dropped.
const UNANSWERED_RETENTION: i64 = 90 * DAY;

/// Age at which a proposed address that the operator did not confirm is dropped.
const PROPOSAL_RETENTION: i64 = 90 * DAY;

/// Age at which an email about a change of the account is no longer sent: an address, a password, a new device.
pub(crate) const NOTICE_LIFETIME: i64 = 7 * DAY;

/// Time during which an idempotency key returns the stored response.
const IDEMPOTENCY_RETENTION: i64 = 30 * DAY;

/// Age at which a line of the audit log is deleted.
const AUDIT_RETENTION: i64 = 2 * SESSION_MAX_AGE;

/// Deletes expired rows. Acceptances of the charter stay: they prove what was agreed (law 43-20); so do requests and
/// receipts, until the foundation sets a period.
pub(crate) fn purge(db: &Transaction, now: i64) -> Result<(), StorageError> {
    let mut rows = db.execute(
        "UPDATE mailed_passwords SET ciphertext = NULL WHERE mailed_at <= ?1 AND ciphertext IS NOT NULL",
        [now - REPEAT_WITHIN],
    )?;
    for (sql, before) in [
        ("DELETE FROM spent_challenges WHERE expires_at < ?1", now),
        ("DELETE FROM access_tokens WHERE expires_at <= ?1", now),
        ("DELETE FROM mailed_passwords WHERE expires_at <= ?1", now),
        ("DELETE FROM password_requests WHERE at < ?1", now - PASSWORD_REQUEST_RETENTION),
        ("DELETE FROM unanswered_password_requests WHERE last_at < ?1", now - UNANSWERED_RETENTION),
        ("DELETE FROM sessions WHERE used_at < ?1", now - SESSION_IDLE_TIMEOUT),
        ("DELETE FROM sessions WHERE opened_at < ?1", now - SESSION_MAX_AGE),
        ("DELETE FROM revoked_tokens WHERE revoked_at < ?1", now - SESSION_MAX_AGE),
        ("DELETE FROM password_failures WHERE blocked_until < ?1", now - FAILURES_RETENTION),
        ("DELETE FROM known_devices WHERE issued_at < ?1", now - KNOWN_DEVICE_RETENTION),
        ("DELETE FROM address_proposals WHERE at < ?1", now - PROPOSAL_RETENTION),
        ("DELETE FROM idempotent_responses WHERE at < ?1", now - IDEMPOTENCY_RETENTION),
        ("DELETE FROM audit WHERE at < ?1", now - AUDIT_RETENTION),
    ] {
        rows += db.execute(sql, [before])?;
    }
    info!(rows, "expired rows purged");
    Ok(())
}
