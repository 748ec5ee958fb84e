//! Value of the `Idempotency-Key` header: the same for one submission until the portal answers.

use jiff::{SignedDuration, Timestamp};
use parking_lot::{Mutex, MutexGuard};

use crate::error::Error;

/// Age up to which a key is used, counted from the first time that it was sent, by the portal's clock. The portal remembers keys for 30 days (`tests/portal/openapi.json`); later the
/// request could be filed twice. Two days less, for a phone whose clock is a day off.
const USABLE_FOR: SignedDuration = SignedDuration::from_hours(28 * 24);
/// Separates a key from the time at which it was first sent. No key contains it. Stored.
const FIRST_SENT: char = '@';

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
            getrandom::fill(&mut generated).map_err(|error| Error::Storage("random", error.to_string()))?;
            *key = format!("{:016x}{}", now.as_second(), hex::encode(generated));
        }
        Ok(key.clone())
    }
}

/// Returns true if the portal may have forgotten the key that was first sent at this time.
pub(crate) fn may_be_expired(first_sent_at: Option<i64>, now: Timestamp) -> bool {
    first_sent_at.is_some_and(|first_sent_at| now.as_second() - first_sent_at > USABLE_FOR.as_secs())
}

/// Joins a key, for a draft, with the time at which it was first sent.
pub(crate) fn with_first_sent(key: &str, first_sent_at: Option<i64>) -> String {
    match first_sent_at {
        Some(at) => format!("{key}{FIRST_SENT}{at}"),
        None => key.to_owned(),
    }
}

/// Splits what [`with_first_sent`] joined.
pub(crate) fn split_first_sent(key: &str) -> (&str, Option<i64>) {
    match key.split_once(FIRST_SENT) {
        Some((key, at)) => (key, at.parse().ok()),
        None => (key, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_generated_once_and_ages_from_its_first_sending() {
        let day = Timestamp::from_second(1_795_000_000).unwrap();
        let key_of_form = IdempotencyKey::default();
        let key = key_of_form.get_or_generate(day).unwrap();
        let later = day + SignedDuration::from_hours(27 * 24);
        assert_eq!(key_of_form.get_or_generate(later).unwrap(), key);
        let sent = Some(day.as_second());
        assert!(!may_be_expired(sent, later));
        let too_late = day + SignedDuration::from_hours(29 * 24);
        assert!(may_be_expired(sent, too_late));
        assert!(!may_be_expired(None, too_late), "what never left is never too old");
        assert_eq!(split_first_sent(&with_first_sent(&key, sent)), (key.as_str(), sent));
        assert_eq!(split_first_sent(&with_first_sent(&key, None)), (key.as_str(), None));
        key_of_form.value().clear();
        assert_ne!(key_of_form.get_or_generate(day).unwrap(), key);
    }
}
