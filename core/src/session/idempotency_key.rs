//! Value of the `Idempotency-Key` header: the same for one submission until the portal answers.

use jiff::{SignedDuration, Timestamp};
use parking_lot::{Mutex, MutexGuard};

use crate::error::Error;

/// Age up to which a key is used. The portal remembers keys for 30 days (`tests/portal/openapi.json`); later the
/// request could be filed twice. Two days less, for a phone whose clock is a day off.
const USABLE_FOR: SignedDuration = SignedDuration::from_hours(28 * 24);
/// Length of a key's first part: the second of its generation, in hex digits.
const TIME_DIGITS: usize = 16;

/// Key of a form: generated at the first submission, reused while it is corrected and submitted again.
#[derive(Default)]
pub(crate) struct IdempotencyKey(Mutex<String>);

impl IdempotencyKey {
    pub(crate) fn value(&self) -> MutexGuard<'_, String> {
        self.0.lock()
    }

    /// Returns the key; generates one if there is none.
    ///
    /// # Errors
    /// [`Error::Storage`] without randomness.
    pub(crate) fn get_or_generate(&self, now: Timestamp) -> Result<String, Error> {
        let mut key = self.value();
        if key.is_empty() {
            let mut generated = [0; 16];
            getrandom::fill(&mut generated).map_err(|error| Error::Storage(error.to_string()))?;
            *key = format!("{:016x}{}", now.as_second(), hex::encode(generated));
        }
        Ok(key.clone())
    }
}

/// Returns true if the portal may have forgotten the key.
pub(crate) fn may_be_expired(key: &str, now: Timestamp) -> bool {
    let generated = key.get(..TIME_DIGITS).and_then(|digits| i64::from_str_radix(digits, 16).ok());
    generated.is_none_or(|generated| now.as_second() - generated > USABLE_FOR.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_generated_once_and_knows_its_age() {
        let day = Timestamp::from_second(1_795_000_000).unwrap();
        let key_of_form = IdempotencyKey::default();
        let key = key_of_form.get_or_generate(day).unwrap();
        let later = day + SignedDuration::from_hours(27 * 24);
        assert_eq!(key_of_form.get_or_generate(later).unwrap(), key);
        assert!(!may_be_expired(&key, later));
        assert!(may_be_expired(&key, day + SignedDuration::from_hours(29 * 24)));
        key_of_form.value().clear();
        assert_ne!(key_of_form.get_or_generate(day).unwrap(), key);
    }
}
