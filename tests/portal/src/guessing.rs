//! Guessing costs time: a growing wait for each payroll number, whether or not it is anybody's (design §3).

use rusqlite::{OptionalExtension as _, Transaction};

use crate::{problem::Problem, store::StoreError};

/// Wrong passwords a member may give without waiting.
const FREE: u32 = 5;
const FIRST_WAIT: i64 = 30;
const LONGEST_WAIT: i64 = 15 * 60;

/// After a day without a try the count starts anew.
const FORGOTTEN_AFTER: i64 = 24 * 60 * 60;

/// Counts a try before the password is looked at, so that many at once do not slip past; refuses while a wait runs.
pub(crate) fn begin(db: &Transaction, ppr: &str, now: i64) -> Result<(), Problem> {
    db.execute("DELETE FROM failures WHERE wait_till < ?1", [now - FORGOTTEN_AFTER])?;
    let (tries, wait_till) = db
        .prepare_cached("SELECT in_a_row, wait_till FROM failures WHERE ppr = ?1")?
        .query_row([ppr], |row| Ok((row.get::<_, u32>(0)?, row.get::<_, i64>(1)?)))
        .optional()?
        .unwrap_or((0, now));
    if wait_till > now {
        return Err(Problem::wait(wait_till.abs_diff(now)));
    }
    let tries = tries.saturating_add(1);
    db.prepare_cached(
        "INSERT INTO failures (ppr, in_a_row, wait_till) VALUES (?1, ?2, ?3)
         ON CONFLICT (ppr) DO UPDATE SET in_a_row = excluded.in_a_row, wait_till = excluded.wait_till",
    )?
    .execute((ppr, tries, now + wait_after(tries)))?;
    Ok(())
}

/// The right password ends the count.
pub(crate) fn succeed(db: &Transaction, ppr: &str) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM failures WHERE ppr = ?1")?.execute([ppr])?;
    Ok(())
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
