//! Clocks. Time is injected so that tests can set it, and corrected by the portal's `Date` header, since many phones
//! are set wrong.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jiff::Timestamp;
use parking_lot::Mutex;
use rustix::time::{ClockId, clock_gettime};

/// Source of the time.
pub(crate) trait Clock: Send + Sync {
    /// Returns the current time, UTC.
    fn now(&self) -> Timestamp;

    /// Returns the time since the phone's start, sleep included, which nobody can set.
    fn uptime(&self) -> Duration {
        boot_time()
    }
}

/// Returns the time since the phone's start. `Instant` would leave out its sleep.
fn boot_time() -> Duration {
    #[cfg(target_vendor = "apple")]
    const SINCE_START: ClockId = ClockId::Monotonic;
    #[cfg(not(target_vendor = "apple"))]
    const SINCE_START: ClockId = ClockId::Boottime;
    Duration::try_from(clock_gettime(SINCE_START)).unwrap_or_default()
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

/// The system's clock, shifted by a file, so that a test can let an hour pass or set the clock. Not in a release.
///
/// The file has the seconds by which the clock is ahead and, after a space, those of them that passed: the rest was set. Or it
/// has `at` and the seconds since 1970 at which the clock stands still.
#[cfg(feature = "development")]
#[derive(Debug)]
pub(crate) struct OffsetClock {
    pub(crate) offset_file: std::path::PathBuf,
}

/// Content of the clock's file.
#[cfg(feature = "development")]
enum Offset {
    /// The clock stands still.
    StoppedAt(Timestamp),
    /// Seconds ahead, and those of them that passed.
    Ahead { seconds: i64, passed: u64 },
}

#[cfg(feature = "development")]
impl OffsetClock {
    fn offset(&self) -> Offset {
        let text = std::fs::read_to_string(&self.offset_file).unwrap_or_default();
        let stopped = text.strip_prefix("at ").and_then(|time| time.trim().parse().ok());
        if let Some(time) = stopped.and_then(|seconds| Timestamp::from_second(seconds).ok()) {
            return Offset::StoppedAt(time);
        }
        let mut numbers = text.split_whitespace();
        let seconds = numbers.next().and_then(|number| number.parse().ok()).unwrap_or_default();
        Offset::Ahead {
            seconds,
            passed: numbers.next().and_then(|number| number.parse().ok()).unwrap_or_default(),
        }
    }
}

#[cfg(feature = "development")]
impl Clock for OffsetClock {
    fn now(&self) -> Timestamp {
        let now = system_time();
        match self.offset() {
            Offset::StoppedAt(time) => time,
            Offset::Ahead { seconds, .. } => {
                now.checked_add(jiff::SignedDuration::from_secs(seconds)).unwrap_or(now)
            }
        }
    }

    fn uptime(&self) -> Duration {
        match self.offset() {
            Offset::StoppedAt(time) => Duration::from_secs(time.as_second().try_into().unwrap_or_default()),
            Offset::Ahead { passed, .. } => boot_time() + Duration::from_secs(passed),
        }
    }
}

/// The portal's clock once it has answered, and the device's until then. Between two answers the time since the phone's start
/// counts, so that setting the device's clock, back or forward, changes nothing.
pub(crate) struct CorrectedClock {
    device_clock: Box<dyn Clock>,
    last_sync: Mutex<Option<LastSync>>,
}

/// Moment of a response.
#[derive(Clone, Copy)]
struct LastSync {
    /// The portal's time.
    time: Timestamp,
    uptime: Duration,
}

impl CorrectedClock {
    pub(crate) fn new(device_clock: Box<dyn Clock>) -> Self {
        Self { device_clock, last_sync: Mutex::default() }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.synced_now().unwrap_or_else(|| self.device_clock.now())
    }

    /// Returns the device's own time, which may be wrong.
    pub(crate) fn device_now(&self) -> Timestamp {
        self.device_clock.now()
    }

    /// Sets the time from the portal's `Date` header (RFC 9110 §6.6.1). The header has whole seconds, so a difference of one
    /// counts as none.
    pub(crate) fn sync(&self, date: Timestamp) {
        let device = self.device_clock.now();
        let time = if (date.as_second() - device.as_second()).abs() <= 1 { device } else { date };
        *self.last_sync.lock() = Some(LastSync { time, uptime: self.device_clock.uptime() });
    }

    /// Returns the portal's time, or `None` before its first response: deletions by age must not depend on a phone's own
    /// clock.
    pub(crate) fn synced_now(&self) -> Option<Timestamp> {
        let LastSync { time, uptime } = (*self.last_sync.lock())?;
        let elapsed = self.device_clock.uptime().saturating_sub(uptime);
        time.checked_add(jiff::SignedDuration::try_from(elapsed).ok()?).ok()
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
    fn a_clock_set_back_or_forward_while_the_app_is_open_changes_nothing() {
        for days in [-40, 40] {
            let (device, clock) = synced();
            pass(&device, 3600);
            device.0.0.fetch_add(days * DAY, Ordering::Relaxed);
            assert_eq!(clock.now().as_second(), 1_000_000 + DAY + 3600, "{days}");
            assert_eq!(clock.synced_now(), Some(clock.now()), "{days}");
        }
    }

    #[test]
    fn before_the_first_response_a_clock_set_right_counts_at_once() {
        let device = Fixed::default();
        let clock = CorrectedClock::new(Box::new(device.clone()));
        assert_eq!(clock.synced_now(), None);
        device.0.0.store(5 * DAY, Ordering::Relaxed);
        assert_eq!(clock.now().as_second(), 5 * DAY);
    }

    #[test]
    fn the_time_since_the_start_runs_by_itself() {
        let before = boot_time();
        assert!(before > Duration::ZERO && boot_time() >= before);
    }
}
