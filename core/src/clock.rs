//! Clocks. Time is injected so that tests can set it, and corrected by the portal's `Date` header, since many phones
//! are set wrong.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use jiff::Timestamp;

/// Source of the time.
pub(crate) trait Clock: Send + Sync {
    /// Returns the current time, UTC.
    fn now(&self) -> Timestamp;
}

/// The system's clock.
#[derive(Debug, Default)]
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        system_time()
    }
}

/// Returns the phone's time; 1970 if it is set to an earlier one. `Timestamp::now` can panic, and with that the library
/// would hold the text of every error of `jiff`.
pub(crate) fn system_time() -> Timestamp {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let seconds = i64::try_from(since_epoch.as_secs()).unwrap_or_default();
    let nanoseconds = i32::try_from(since_epoch.subsec_nanos()).unwrap_or_default();
    Timestamp::new(seconds, nanoseconds).unwrap_or_default()
}

/// The system's clock, shifted by the seconds in a file, so that a test can let an hour pass. Not in a release.
#[cfg(feature = "development")]
#[derive(Debug)]
pub(crate) struct OffsetClock {
    pub(crate) offset_file: std::path::PathBuf,
}

#[cfg(feature = "development")]
impl Clock for OffsetClock {
    fn now(&self) -> Timestamp {
        let offset =
            std::fs::read_to_string(&self.offset_file).ok().and_then(|text| text.trim().parse().ok());
        let now = system_time();
        now.checked_add(jiff::SignedDuration::from_secs(offset.unwrap_or(0))).unwrap_or(now)
    }
}

/// The device's clock plus the offset to the portal's clock.
pub(crate) struct CorrectedClock {
    device_clock: Box<dyn Clock>,
    offset_seconds: AtomicI64,
    is_synced: AtomicBool,
}

impl CorrectedClock {
    pub(crate) fn new(device_clock: Box<dyn Clock>) -> Self {
        Self { device_clock, offset_seconds: AtomicI64::default(), is_synced: AtomicBool::default() }
    }

    pub(crate) fn now(&self) -> Timestamp {
        let device_clock = self.device_clock.now();
        let correction = jiff::SignedDuration::from_secs(self.offset_seconds.load(Ordering::Relaxed));
        device_clock.checked_add(correction).unwrap_or(device_clock)
    }

    /// Sets the offset from the portal's `Date` header (RFC 9110 §6.6.1). The header has whole seconds, so a difference
    /// of one counts as none.
    pub(crate) fn sync(&self, date: Timestamp) {
        let offset = date.as_second() - self.device_clock.now().as_second();
        let correction = if offset.abs() <= 1 { 0 } else { offset };
        self.offset_seconds.store(correction, Ordering::Relaxed);
        self.is_synced.store(true, Ordering::Relaxed);
    }

    /// Returns the corrected time, or `None` before the first response: deletions by age must not depend on a phone's
    /// own clock.
    pub(crate) fn synced_now(&self) -> Option<Timestamp> {
        self.is_synced.load(Ordering::Relaxed).then(|| self.now())
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
        let time = CorrectedClock::new(Box::new(Fixed(1_000_000)));
        time.sync(Timestamp::from_second(1_086_400).unwrap_or_default());
        assert_eq!(time.now().as_second(), 1_086_400);
    }
}
