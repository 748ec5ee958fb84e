//! Dates in the member's words. Month names come from the phrases, never from the platform: phones disagree on
//! them (domain.md d).

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Unit};

use super::{Told, Words};

/// Morocco's clock changes by decree (domain.md d): this one zone of the time zone database is built in.
static CASABLANCA: TimeZone = jiff::tz::get!("Africa/Casablanca");

/// The day it is for a member.
pub(crate) fn today(now: Timestamp) -> Date {
    CASABLANCA.to_datetime(now).date()
}

/// Days from one day to a later one; negative when it has passed.
pub(crate) fn days_between(from: Date, to: Date) -> i64 {
    from.until((Unit::Day, to)).map_or(0, |span| i64::from(span.get_days()))
}

impl Words {
    /// «30 نونبر 2026», «30 novembre 2026».
    pub(crate) fn long_date(&self, date: Date) -> String {
        self.say_with(
            "date-long",
            &[
                ("day", Told::Number(date.day().into())),
                ("month", Told::Text(&self.month(date))),
                ("year", Told::Text(&date.year().to_string())),
            ],
        )
    }

    /// «30 نونبر», for a date near today.
    pub(crate) fn short_date(&self, date: Date) -> String {
        self.say_with(
            "date-short",
            &[("day", Told::Number(date.day().into())), ("month", Told::Text(&self.month(date)))],
        )
    }

    /// «14:30» today, «30 نونبر، 14:30» on another day: 24 hours, as Morocco writes (domain.md d).
    pub(crate) fn time_near(&self, at: Timestamp, now: Timestamp) -> String {
        let local = CASABLANCA.to_datetime(at);
        let time = format!("{:02}:{:02}", local.hour(), local.minute());
        if local.date() == today(now) {
            return time;
        }
        let date = self.short_date(local.date());
        self.say_with("date-and-time", &[("date", Told::Text(&date)), ("time", Told::Text(&time))])
    }

    fn month(&self, date: Date) -> String {
        self.say_with("month", &[("number", Told::Number(date.month().into()))])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use jiff::civil::date;

    #[test]
    fn months_have_their_moroccan_names() {
        let words = Words::of(Language::Ar);
        assert_eq!(words.long_date(date(2026, 11, 30)), "30 نونبر 2026");
        assert_eq!(words.short_date(date(2026, 8, 1)), "1 غشت");
        assert_eq!(Words::of(Language::Fr).long_date(date(2026, 8, 1)), "1er août 2026");
    }

    #[test]
    fn the_day_is_moroccos_not_the_phones() {
        assert_eq!(
            today("2026-03-01T23:30:00Z".parse().unwrap()),
            date(2026, 3, 1),
            "Ramadan: on Greenwich time"
        );
        assert_eq!(today("2026-05-01T23:30:00Z".parse().unwrap()), date(2026, 5, 2), "an hour ahead of it");
    }

    #[test]
    fn days_are_counted_across_months() {
        assert_eq!(days_between(date(2026, 11, 24), date(2026, 12, 1)), 7);
        assert_eq!(days_between(date(2026, 11, 24), date(2026, 11, 20)), -4);
    }
}
