//! The time, handed in so that tests can hold it, and corrected by the portal's own clock: many phones are set wrong.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use jiff::Timestamp;

/// Where the time comes from.
pub(crate) trait Clock: Send + Sync {
    /// The time now, UTC.
    fn now(&self) -> Timestamp;
}

/// The phone's own clock.
#[derive(Debug, Default)]
pub(crate) struct PhoneClock;

impl Clock for PhoneClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// The phone's clock, moved by the seconds that a file holds: so that tests can let an hour pass. Not in a release.
#[cfg(feature = "development")]
#[derive(Debug)]
pub(crate) struct MovedClock {
    pub(crate) by: std::path::PathBuf,
}

#[cfg(feature = "development")]
impl Clock for MovedClock {
    fn now(&self) -> Timestamp {
        let moved = std::fs::read_to_string(&self.by).ok().and_then(|text| text.trim().parse().ok());
        let now = Timestamp::now();
        now.checked_add(jiff::SignedDuration::from_secs(moved.unwrap_or(0))).unwrap_or(now)
    }
}

/// The phone's clock plus what the portal last said it is wrong by.
pub(crate) struct Time {
    phone: Box<dyn Clock>,
    wrong_by_seconds: AtomicI64,
    is_told: AtomicBool,
}

impl Time {
    pub(crate) fn new(phone: Box<dyn Clock>) -> Self {
        Self { phone, wrong_by_seconds: AtomicI64::default(), is_told: AtomicBool::default() }
    }

    pub(crate) fn now(&self) -> Timestamp {
        let phone = self.phone.now();
        let correction = jiff::SignedDuration::from_secs(self.wrong_by_seconds.load(Ordering::Relaxed));
        phone.checked_add(correction).unwrap_or(phone)
    }

    /// Takes the portal's `Date` (RFC 9110 §6.6.1). Its second is whole, so a difference of one is no news.
    pub(crate) fn portal_says(&self, date: Timestamp) {
        let wrong_by = date.as_second() - self.phone.now().as_second();
        let correction = if wrong_by.abs() <= 1 { 0 } else { wrong_by };
        self.wrong_by_seconds.store(correction, Ordering::Relaxed);
        self.is_told.store(true, Ordering::Relaxed);
    }

    /// The time, once the portal has told it: what is erased after so many days is not erased by a phone's own clock.
    pub(crate) fn told(&self) -> Option<Timestamp> {
        self.is_told.load(Ordering::Relaxed).then(|| self.now())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed(i64);
    impl Clock for Fixed {
        fn now(&self) -> Timestamp {
            Timestamp::from_second(self.0).unwrap_or_default()
        }
    }

    #[test]
    fn a_phone_a_day_behind_shows_the_portals_day() {
        let time = Time::new(Box::new(Fixed(1_000_000)));
        time.portal_says(Timestamp::from_second(1_086_400).unwrap_or_default());
        assert_eq!(time.now().as_second(), 1_086_400);
    }
}
