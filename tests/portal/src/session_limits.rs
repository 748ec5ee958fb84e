//! Limits of a session: a number of calls at once, then as many as time refills. A signed-in caller needs no proof of
//! work, so that nothing else slows one down.
//!
//! A bucket is one number, the time at which it would be full again (GCRA). It is in memory only: a restart fills all.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use jiff::Timestamp;
use tracing::warn;

use crate::problem::Problem;

/// Calls of a session at once; the first access and a large list of requests need some dozens.
pub const CALLS_AT_ONCE: u32 = 600;
const CALL_INTERVAL_MS: i64 = 200;

/// Password checks of a session at once: each costs a slow hash.
const PASSWORD_CHECKS_AT_ONCE: u32 = 10;
const PASSWORD_CHECK_INTERVAL_MS: i64 = 60_000;

/// Maximum number of buckets before full ones are dropped.
const MAX_TRACKED: usize = 10_000;

/// Limits of all sessions.
pub(crate) struct SessionLimits {
    /// Calls with a session.
    pub(crate) calls: Buckets,
    /// Comparisons of a password in a session.
    pub(crate) password_checks: Buckets,
}

impl SessionLimits {
    pub(crate) fn new(calls_at_once: u32) -> Self {
        Self {
            calls: Buckets::new(calls_at_once, CALL_INTERVAL_MS),
            password_checks: Buckets::new(PASSWORD_CHECKS_AT_ONCE, PASSWORD_CHECK_INTERVAL_MS),
        }
    }
}

/// One bucket for each session.
pub(crate) struct Buckets {
    /// Time in which an empty bucket is filled, less one token, in milliseconds.
    tolerance: i64,
    /// Time in which one token is added, in milliseconds.
    interval: i64,
    full_at: Mutex<HashMap<i64, i64>>,
}

impl Buckets {
    fn new(at_once: u32, interval: i64) -> Self {
        Self { tolerance: (i64::from(at_once) - 1) * interval, interval, full_at: Mutex::default() }
    }

    /// Takes a token of this session. Refused with `too-many` and `Retry-After` when there is none.
    pub(crate) fn take(&self, session_id: i64, now: Timestamp) -> Result<(), Problem> {
        let now = now.as_millisecond();
        let mut buckets = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MAX_TRACKED {
            buckets.retain(|_, full_at| *full_at > now);
        }
        let full_at = buckets.get(&session_id).map_or(now, |full_at| (*full_at).max(now));
        let missing = full_at - now - self.tolerance;
        if missing > 0 {
            warn!("calls of a session throttled");
            return Err(Problem::too_many(missing.unsigned_abs().div_ceil(1_000)));
        }
        buckets.insert(session_id, full_at + self.interval);
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::{Buckets, Timestamp};

    #[test]
    fn a_bucket_is_emptied_at_once_and_filled_by_time() {
        let buckets = Buckets::new(3, 1_000);
        let at = |ms| Timestamp::from_millisecond(ms).unwrap();
        for _ in 0..3 {
            buckets.take(1, at(0)).unwrap();
        }
        buckets.take(1, at(0)).unwrap_err();
        buckets.take(2, at(0)).unwrap();
        buckets.take(1, at(999)).unwrap_err();
        buckets.take(1, at(1_000)).unwrap();
        buckets.take(1, at(1_000)).unwrap_err();
        for _ in 0..3 {
            buckets.take(1, at(60_000)).unwrap();
        }
        buckets.take(1, at(60_000)).unwrap_err();
    }
}
