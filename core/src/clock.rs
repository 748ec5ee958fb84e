//! Clocks. Time is injected so that tests can set it, and corrected by the portal's `Date` header, since many phones
//! are set wrong.

use std::sync::LazyLock;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use jiff::Timestamp;
use parking_lot::Mutex;

/// Source of the time.
pub(crate) trait Clock: Send + Sync {
    /// Returns the current time, UTC.
    fn now(&self) -> Timestamp;

    /// Returns the time since some moment of this process, which nobody can set.
    fn uptime(&self) -> Duration {
        static START: LazyLock<Instant> = LazyLock::new(Instant::now);
        START.elapsed()
    }
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

/// Difference between the device's clock and its monotonic one, in seconds, from which on the clock was set. A phone that slept
/// differs as well, but only forwards.
const SET_AFTER_SECONDS: i64 = 60;

/// The device's clock, corrected by the portal's. It notices when the device's clock is set meanwhile: set back, the time is
/// right at once; set forward, which a sleeping phone looks like, it counts as unknown until the next response.
pub(crate) struct CorrectedClock {
    device_clock: Box<dyn Clock>,
    last_sync: Mutex<Option<LastSync>>,
}

/// Clocks at the moment of a response.
#[derive(Clone, Copy)]
struct LastSync {
    /// Seconds by which the portal's clock was ahead.
    offset: i64,
    device_seconds: i64,
    uptime: Duration,
}

impl CorrectedClock {
    pub(crate) fn new(device_clock: Box<dyn Clock>) -> Self {
        Self { device_clock, last_sync: Mutex::default() }
    }

    pub(crate) fn now(&self) -> Timestamp {
        let device = self.device_clock.now();
        let correction = self.last_sync.lock().map_or(0, |sync| {
            let set_by = self.set_by(&sync, device);
            if set_by < -SET_AFTER_SECONDS { sync.offset - set_by } else { sync.offset }
        });
        device.checked_add(jiff::SignedDuration::from_secs(correction)).unwrap_or(device)
    }

    /// Returns by how many seconds the device's clock was set since the response, or the phone slept.
    fn set_by(&self, sync: &LastSync, device: Timestamp) -> i64 {
        let elapsed = self.device_clock.uptime().saturating_sub(sync.uptime).as_secs();
        device.as_second() - sync.device_seconds - i64::try_from(elapsed).unwrap_or(i64::MAX)
    }

    /// Sets the offset from the portal's `Date` header (RFC 9110 §6.6.1). The header has whole seconds, so a difference
    /// of one counts as none.
    pub(crate) fn sync(&self, date: Timestamp) {
        let device_seconds = self.device_clock.now().as_second();
        let offset = date.as_second() - device_seconds;
        let offset = if offset.abs() <= 1 { 0 } else { offset };
        *self.last_sync.lock() =
            Some(LastSync { offset, device_seconds, uptime: self.device_clock.uptime() });
    }

    /// Returns the corrected time, or `None` before the first response and after the device's clock was set forward:
    /// deletions by age must not depend on a phone's own clock.
    pub(crate) fn synced_now(&self) -> Option<Timestamp> {
        let sync = (*self.last_sync.lock())?;
        (self.set_by(&sync, self.device_clock.now()) <= SET_AFTER_SECONDS).then(|| self.now())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, Ordering};

    use super::*;

    /// Seconds of the device's clock and of its monotonic one.
    #[derive(Clone, Default)]
    struct Fixed(Arc<(AtomicI64, AtomicI64)>);

    impl Clock for Fixed {
        fn now(&self) -> Timestamp {
            Timestamp::from_second(self.0.0.load(Ordering::Relaxed)).unwrap_or_default()
        }

        fn uptime(&self) -> Duration {
            Duration::from_secs(self.0.1.load(Ordering::Relaxed).try_into().unwrap_or_default())
        }
    }

    const DAY: i64 = 24 * 3600;

    /// A phone that is a day behind, and whose clock was synced.
    fn synced() -> (Fixed, CorrectedClock) {
        let device = Fixed::default();
        device.0.0.store(1_000_000, Ordering::Relaxed);
        let clock = CorrectedClock::new(Box::new(device.clone()));
        clock.sync(Timestamp::from_second(1_000_000 + DAY).unwrap_or_default());
        (device, clock)
    }

    fn pass(device: &Fixed, seconds: i64) {
        device.0.0.fetch_add(seconds, Ordering::Relaxed);
        device.0.1.fetch_add(seconds, Ordering::Relaxed);
    }

    #[test]
    fn a_phone_a_day_behind_shows_the_portals_day() {
        let (device, clock) = synced();
        pass(&device, 10 * DAY);
        assert_eq!(clock.now().as_second(), 1_000_000 + 11 * DAY);
        assert_eq!(clock.synced_now(), Some(clock.now()));
    }

    #[test]
    fn a_clock_set_back_while_the_app_is_open_changes_nothing() {
        let (device, clock) = synced();
        pass(&device, 3600);
        device.0.0.fetch_sub(40 * DAY, Ordering::Relaxed);
        assert_eq!(clock.now().as_second(), 1_000_000 + DAY + 3600);
        assert_eq!(clock.synced_now(), Some(clock.now()));
    }

    #[test]
    fn after_a_clock_was_set_forward_the_time_is_unknown_until_the_next_response() {
        let (device, clock) = synced();
        device.0.0.fetch_add(DAY, Ordering::Relaxed);
        assert_eq!(clock.synced_now(), None, "it may have slept");
        clock.sync(Timestamp::from_second(1_000_000 + DAY).unwrap_or_default());
        assert_eq!(clock.synced_now().map(Timestamp::as_second), Some(1_000_000 + DAY));
    }
}
