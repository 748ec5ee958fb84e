//! Days: `2026-11-25` on the wire, «25/11/2026» for members, who write the day first. A day begins at midnight in
//! Morocco, wherever phone and server are. `typed` reads what members write.

mod typed;
mod words;

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, Unit};

use typed::YEARS;
pub use typed::{DayProblem, TypedDay, parse, parse_within};

/// Morocco's time zone, from the time zone database that is built in: its clock changes by decree.
static CASABLANCA: TimeZone = jiff::tz::get!("Africa/Casablanca");

/// Side on which a day is out of its range, with the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutOfRange {
    /// Before this first day.
    TooEarly(Date),
    /// After this last day.
    TooLate(Date),
}

/// Returns date and time in Morocco.
pub fn time_in_morocco(at: Timestamp) -> DateTime {
    CASABLANCA.to_datetime(at)
}

/// Returns the date in Morocco.
pub fn date_in_morocco(at: Timestamp) -> Date {
    time_in_morocco(at).date()
}

/// Returns the first moment of a day in Morocco.
pub fn day_begin(day: Date) -> Timestamp {
    let midnight = day.at(0, 0, 0, 0);
    CASABLANCA.to_ambiguous_timestamp(midnight).compatible().unwrap_or(Timestamp::MIN)
}

/// Returns the days from one date to another; negative if that is earlier.
pub fn days_between(from: Date, to: Date) -> i64 {
    from.until((Unit::Day, to)).map_or(0, |span| i64::from(span.get_days()))
}

/// Returns the day so many days later, at most the last one that a date can hold; earlier if `days` is negative.
pub fn add_days(day: Date, days: i32) -> Date {
    let end = if days < 0 { Date::MIN } else { Date::MAX };
    Span::new().try_days(days).map_or(end, |span| day.saturating_add(span))
}

/// Validates a day, or with two ends a period, against the first and the last allowed day.
///
/// # Errors
/// Returns the limit that is exceeded.
pub fn check_range(
    from: Date,
    to: Date,
    earliest: Option<Date>,
    latest: Option<Date>,
) -> Result<(), OutOfRange> {
    if let Some(earliest) = earliest.filter(|earliest| from < *earliest) {
        Err(OutOfRange::TooEarly(earliest))
    } else if let Some(latest) = latest.filter(|latest| to > *latest) {
        Err(OutOfRange::TooLate(latest))
    } else {
        Ok(())
    }
}

/// Parses the form of the wire: `2026-11-25` and no other.
pub fn parse_wire(text: &str) -> Option<Date> {
    let day: Date = text.parse().ok()?;
    (day.to_string() == text && YEARS.contains(&day.year())).then_some(day)
}

/// Formats as «25/11/2026».
pub fn format(day: Date) -> String {
    format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_wire_has_one_form() {
        assert_eq!(parse_wire("2026-11-25"), Some(date(2026, 11, 25)));
        for wrong in
            ["", "2026-11-5", "20261125", "2026-11-25T00:00", "25/11/2026", "2026-02-30", " 2026-11-25"]
        {
            assert_eq!(parse_wire(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_day_is_moroccos_not_the_phones() {
        for (at, day) in [
            // In Ramadan on Greenwich time, otherwise an hour ahead of it.
            ("2026-03-01T23:30:00Z", date(2026, 3, 1)),
            ("2026-05-01T23:30:00Z", date(2026, 5, 2)),
        ] {
            assert_eq!(date_in_morocco(at.parse().unwrap()), day, "{at}");
        }
    }

    #[test]
    fn a_day_begins_at_midnight_in_morocco() {
        for (day, begin) in
            [(date(2026, 3, 1), "2026-03-01T00:00:00Z"), (date(2026, 5, 2), "2026-05-01T23:00:00Z")]
        {
            assert_eq!(day_begin(day), begin.parse().unwrap());
        }
    }

    #[test]
    fn days_are_counted_across_months() {
        assert_eq!(days_between(date(2026, 11, 24), date(2026, 12, 1)), 7);
        assert_eq!(days_between(date(2026, 11, 24), date(2026, 11, 20)), -4);
        assert_eq!(add_days(date(2026, 11, 24), 7), date(2026, 12, 1));
        assert_eq!(add_days(date(2026, 11, 24), i32::MAX), Date::MAX);
    }

    #[test]
    fn a_period_begins_and_ends_within_its_limits() {
        let (first, last) = (date(2026, 7, 1), date(2026, 8, 31));
        let check = |from, to| check_range(from, to, Some(first), Some(last));
        assert_eq!(check(first, last), Ok(()));
        assert_eq!(check(date(2026, 6, 30), last), Err(OutOfRange::TooEarly(first)));
        assert_eq!(check(first, date(2026, 9, 1)), Err(OutOfRange::TooLate(last)));
        assert_eq!(check_range(Date::MIN, Date::MAX, None, None), Ok(()));
    }
}
