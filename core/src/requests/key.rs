//! The portal's `Idempotency-Key`: the same for one piece of work until the portal has answered.

use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

use crate::error::Trouble;

/// The portal remembers a key for 30 days (`tests/portal/openapi.json`): sent again after that, work that it has would
/// be filed a second time. Two days less, for a phone whose clock is wrong by one.
const REMEMBERED_FOR: SignedDuration = SignedDuration::from_hours(28 * 24);
/// A key begins with the second in which it was drawn, in hex digits.
const TIME_DIGITS: usize = 16;

/// Under which a form is sent: drawn at the first sending, kept while it is mended and sent again.
#[derive(Default)]
pub(super) struct OwnKey(Mutex<String>);

impl OwnKey {
    pub(super) fn now(&self) -> MutexGuard<'_, String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The key, drawn now if there was none.
    pub(super) fn drawn(&self, now: Timestamp) -> Result<String, Trouble> {
        let mut key = self.now();
        if key.is_empty() {
            let mut drawn = [0; 16];
            getrandom::fill(&mut drawn).map_err(|error| Trouble::Storage(error.to_string()))?;
            *key = format!("{:016x}{}", now.as_second(), hex::encode(drawn));
        }
        Ok(key.clone())
    }
}

/// Whether the portal may have forgotten what it answered to this key.
pub(super) fn may_be_forgotten(key: &str, now: Timestamp) -> bool {
    let drawn = key.get(..TIME_DIGITS).and_then(|digits| i64::from_str_radix(digits, 16).ok());
    drawn.is_none_or(|drawn| now.as_second() - drawn > REMEMBERED_FOR.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_drawn_once_and_tells_its_age() {
        let day = Timestamp::from_second(1_795_000_000).unwrap();
        let own = OwnKey::default();
        let key = own.drawn(day).unwrap();
        let later = day + SignedDuration::from_hours(27 * 24);
        assert_eq!(own.drawn(later).unwrap(), key);
        assert!(!may_be_forgotten(&key, later));
        assert!(may_be_forgotten(&key, day + SignedDuration::from_hours(29 * 24)));
        own.now().clear();
        assert_ne!(own.drawn(day).unwrap(), key);
    }
}
