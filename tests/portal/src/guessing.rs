//! Guessing costs time: a growing wait for each payroll number, whether or not it is anybody's (design §3). A device
//! that signed in before is counted apart, so that nobody's guesses keep a member out of their own account.

use rusqlite::{OptionalExtension as _, Row, ToSql, Transaction};

use crate::{problem::Problem, retention::FAILURES_FOR, secrets::sha256, store::StoreError};

/// Wrong passwords a member may give without waiting.
const FREE: u32 = 5;
const FIRST_WAIT: i64 = 30;
const LONGEST_WAIT: i64 = 15 * 60;

/// Whose tries are counted together.
#[derive(Debug, Clone)]
pub(crate) enum Count {
    /// Everybody's, for one payroll number.
    Number(String),
    /// Those of one device that its member signed in on before, by the hash of its token.
    Device([u8; 32]),
}

impl Count {
    /// The count for who gives a password of `ppr` and presents `token`.
    pub(crate) fn of(db: &Transaction, ppr: &str, token: Option<&str>) -> Result<Self, StoreError> {
        let hash = token.map(|token| sha256(token.as_bytes()));
        Self::found(db, ppr, "SELECT hash FROM known_devices WHERE ppr = ?1 AND hash = ?2", hash)
    }

    /// The count for who gives the present password in an open session.
    pub(crate) fn of_session(db: &Transaction, ppr: &str, session: i64) -> Result<Self, StoreError> {
        Self::found(db, ppr, "SELECT hash FROM known_devices WHERE ppr = ?1 AND session_id = ?2", session)
    }

    fn found(db: &Transaction, ppr: &str, sql: &str, by: impl ToSql) -> Result<Self, StoreError> {
        let known = db.prepare_cached(sql)?.query_row((ppr, by), |row| row.get(0)).optional()?;
        Ok(known.map_or_else(|| Self::Number(ppr.to_owned()), Self::Device))
    }

    /// Counts a try before the password is looked at, so that many at once do not slip past; refuses while a wait
    /// runs.
    pub(crate) fn begin(&self, db: &Transaction, now: i64) -> Result<(), Problem> {
        let (tries, wait_till) =
            self.present(db)?.filter(|(_, wait_till)| *wait_till > now - FAILURES_FOR).unwrap_or((0, now));
        if wait_till > now {
            return Err(Problem::wait(wait_till.abs_diff(now)));
        }
        let tries = tries.saturating_add(1);
        self.set(db, tries, now + wait_after(tries))?;
        Ok(())
    }

    /// The right password ends the count.
    pub(crate) fn succeed(&self, db: &Transaction) -> Result<(), StoreError> {
        self.set(db, 0, 0)
    }

    fn present(&self, db: &Transaction) -> Result<Option<(u32, i64)>, StoreError> {
        let row = |row: &Row| Ok((row.get(0)?, row.get(1)?));
        let found = match self {
            Self::Number(ppr) => db
                .prepare_cached("SELECT in_a_row, wait_till FROM failures WHERE ppr = ?1")?
                .query_row([ppr], row),
            Self::Device(hash) => db
                .prepare_cached("SELECT in_a_row, wait_till FROM known_devices WHERE hash = ?1")?
                .query_row([hash], row),
        };
        Ok(found.optional()?)
    }

    fn set(&self, db: &Transaction, tries: u32, wait_till: i64) -> Result<(), StoreError> {
        match self {
            Self::Number(ppr) => db
                .prepare_cached(
                    "INSERT INTO failures (ppr, in_a_row, wait_till) VALUES (?1, ?2, ?3)
                     ON CONFLICT (ppr) DO UPDATE SET in_a_row = excluded.in_a_row, wait_till = excluded.wait_till",
                )?
                .execute((ppr, tries, wait_till))?,
            Self::Device(hash) => db
                .prepare_cached("UPDATE known_devices SET in_a_row = ?2, wait_till = ?3 WHERE hash = ?1")?
                .execute((hash, tries, wait_till))?,
        };
        Ok(())
    }
}

fn wait_after(tries: u32) -> i64 {
    match tries.checked_sub(FREE) {
        None => 0,
        Some(more) => FIRST_WAIT.saturating_mul(1 << more.min(10)).min(LONGEST_WAIT),
    }
}

#[cfg(test)]
mod tests {
    use super::wait_after;

    #[test]
    fn the_wait_doubles_up_to_a_quarter_of_an_hour() {
        let waits: Vec<_> = (1..=11).map(wait_after).collect();
        assert_eq!(waits, [0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900]);
        assert_eq!(wait_after(u32::MAX), 900);
    }
}
