//! Dates in the member's words. Month names come from the phrases, never from the platform: phones disagree on
//! them (domain.md d).

use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{Timestamp, Unit};

use super::{Told, Words};

/// Casablanca's clock outside Ramadan, when it is an hour behind this. Only the day is read from it.
const CASABLANCA: Offset = jiff::tz::offset(1);

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
        let words = Words::new(Language::Ar);
        assert_eq!(words.long_date(date(2026, 11, 30)), "30 نونبر 2026");
        assert_eq!(words.short_date(date(2026, 8, 1)), "1 غشت");
        assert_eq!(Words::new(Language::Fr).long_date(date(2026, 8, 1)), "1er août 2026");
    }

    #[test]
    fn days_are_counted_across_months() {
        assert_eq!(days_between(date(2026, 11, 24), date(2026, 12, 1)), 7);
        assert_eq!(days_between(date(2026, 11, 24), date(2026, 11, 20)), -4);
    }
}
