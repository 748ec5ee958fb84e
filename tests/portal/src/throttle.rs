//! Password throttle: a growing delay after wrong passwords.
//!
//! Attempts are counted for each payroll number, whether or not it belongs to anybody, so that the delay does not
//! disclose which numbers exist. A device on which the member has signed in before has a counter of its own: nobody
//! else's guesses keep a member out of their own account.
//!
//! ```text
//! Throttle::for_sign_in / for_session     choose the counter (account or known device)
//!   └─ record_attempt                     429 while blocked; otherwise counts the attempt, then the password is hashed
//!        ├─ wrong password                the count stays; from the fifth on, blocked for 30 s, 60 s, … 15 min
//!        └─ right password → reset        the count is back at zero
//! ```
//!
//! A mailed password is compared first and is neither counted nor delayed: its 72 random bits cannot be guessed.
//!
//! The attempt is counted before the password is compared, so that many attempts in parallel do not slip past.

use rusqlite::{OptionalExtension as _, Row, ToSql, Transaction};
use tracing::warn;

use crate::{problem::Problem, retention::FAILURES_RETENTION, secrets::sha256, storage::StorageError};

/// Wrong passwords in a row without any delay.
const FREE_ATTEMPTS: u32 = 5;
const FIRST_DELAY: i64 = 30;
const MAX_DELAY: i64 = 15 * 60;

/// Counter of failed password attempts.
#[derive(Debug, Clone)]
pub(crate) enum Throttle {
    /// Attempts by anybody for one payroll number.
    Account(String),
    /// Attempts from one known device of the member, by the SHA-256 of its token.
    Device([u8; 32]),
}

impl Throttle {
    /// Chooses the counter of a sign-in: the device's when `token` is a known device of `ppr`, else the account's.
    pub(crate) fn for_sign_in(
        db: &Transaction,
        ppr: &str,
        token: Option<&str>,
    ) -> Result<Self, StorageError> {
        let hash = token.map(|token| sha256(token.as_bytes()));
        Self::find(db, ppr, "SELECT hash FROM known_devices WHERE ppr = ?1 AND hash = ?2", hash)
    }

    /// Chooses the counter of a password check in an open session: that of the session's device, if it is known.
    pub(crate) fn for_session(db: &Transaction, ppr: &str, session_id: i64) -> Result<Self, StorageError> {
        Self::find(db, ppr, "SELECT hash FROM known_devices WHERE ppr = ?1 AND session_id = ?2", session_id)
    }

    fn find(db: &Transaction, ppr: &str, sql: &str, key: impl ToSql) -> Result<Self, StorageError> {
        let known = db.prepare_cached(sql)?.query_row((ppr, key), |row| row.get(0)).optional()?;
        Ok(known.map_or_else(|| Self::Account(ppr.to_owned()), Self::Device))
    }

    /// Counts an attempt before the password is compared. Returns true if it is one after which a delay begins, unless the
    /// password is right. While attempts are blocked, refuses with `too-many` and `Retry-After`.
    pub(crate) fn record_attempt(&self, db: &Transaction, now: i64) -> Result<bool, Problem> {
        let (failures, blocked_until) = self
            .load(db)?
            .filter(|(_, blocked_until)| *blocked_until > now - FAILURES_RETENTION)
            .unwrap_or((0, now));
        if blocked_until > now {
            let counter = if matches!(self, Self::Account(_)) { "account" } else { "device" };
            warn!(counter, failures, "password attempts throttled");
            return Err(Problem::too_many(blocked_until.abs_diff(now)));
        }
        let failures = failures.saturating_add(1);
        self.save(db, failures, now + delay_after(failures))?;
        Ok(delay_after(failures) > 0)
    }

    /// Returns true unless the device is one of the member's known ones.
    pub(crate) fn is_of_unknown_device(&self) -> bool {
        matches!(self, Self::Account(_))
    }

    /// Names the counter for the audit log.
    pub(crate) fn device_kind(&self) -> &'static str {
        match self {
            Self::Account(_) => "an unknown device",
            Self::Device(_) => "a known device",
        }
    }

    /// Sets the count back to zero after the right password.
    pub(crate) fn reset(&self, db: &Transaction) -> Result<(), StorageError> {
        self.save(db, 0, 0)
    }

    fn load(&self, db: &Transaction) -> Result<Option<(u32, i64)>, StorageError> {
        let row = |row: &Row| Ok((row.get(0)?, row.get(1)?));
        let found = match self {
            Self::Account(ppr) => db
                .prepare_cached(
                    "SELECT consecutive_failures, blocked_until FROM password_failures WHERE ppr = ?1",
                )?
                .query_row([ppr], row),
            Self::Device(hash) => db
                .prepare_cached(
                    "SELECT consecutive_failures, blocked_until FROM known_devices WHERE hash = ?1",
                )?
                .query_row([hash], row),
        };
        Ok(found.optional()?)
    }

    fn save(&self, db: &Transaction, failures: u32, blocked_until: i64) -> Result<(), StorageError> {
        match self {
            Self::Account(ppr) => db
                .prepare_cached(
                    "INSERT INTO password_failures (ppr, consecutive_failures, blocked_until) VALUES (?1, ?2, ?3)
                     ON CONFLICT (ppr) DO UPDATE SET consecutive_failures = excluded.consecutive_failures,
                         blocked_until = excluded.blocked_until",
                )?
                .execute((ppr, failures, blocked_until))?,
            Self::Device(hash) => db
                .prepare_cached(
                    "UPDATE known_devices SET consecutive_failures = ?2, blocked_until = ?3 WHERE hash = ?1",
                )?
                .execute((hash, failures, blocked_until))?,
        };
        Ok(())
    }
}

/// Returns the delay in seconds after this many failures: none, then 30 s doubling up to 15 min.
fn delay_after(failures: u32) -> i64 {
    match failures.checked_sub(FREE_ATTEMPTS) {
        None => 0,
        Some(doublings) => FIRST_DELAY.saturating_mul(1 << doublings.min(10)).min(MAX_DELAY),
    }
}

#[cfg(test)]
mod tests {
    use super::delay_after;

    #[test]
    fn the_delay_doubles_up_to_a_quarter_of_an_hour() {
        let delays: Vec<_> = (1..=11).map(delay_after).collect();
        assert_eq!(delays, [0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900]);
        assert_eq!(delay_after(u32::MAX), 900);
    }
}
