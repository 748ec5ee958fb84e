//! Dates in the member's words. Month names come from the locale files, since phones disagree on the Arabic ones
//! («نونبر»).

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Unit};

use super::{FormatArg, Localizer};

/// Morocco's time zone, from the time zone database that is built in: its clock changes by decree.
static CASABLANCA: TimeZone = jiff::tz::get!("Africa/Casablanca");

/// Returns the date in Morocco.
pub(crate) fn today(now: Timestamp) -> Date {
    CASABLANCA.to_datetime(now).date()
}

/// Returns the days from one date to another; negative if that is earlier.
pub(crate) fn days_between(from: Date, to: Date) -> i64 {
    from.until((Unit::Day, to)).map_or(0, |span| i64::from(span.get_days()))
}

impl Localizer {
    /// Formats a date as «30 نونبر 2026» or «30 novembre 2026».
    pub(crate) fn long_date(&self, date: Date) -> String {
        self.format(
            "date-long",
            &[
                ("day", FormatArg::Number(date.day().into())),
                ("month", FormatArg::Text(&self.month(date))),
                ("year", FormatArg::Text(&date.year().to_string())),
            ],
        )
    }

    /// Formats a date of this year as «30 نونبر».
    pub(crate) fn short_date(&self, date: Date) -> String {
        self.format(
            "date-short",
            &[("day", FormatArg::Number(date.day().into())), ("month", FormatArg::Text(&self.month(date)))],
        )
    }

    /// Formats a time of today as «14:30», another as «30 نونبر، 14:30»; 24 hours, as is usual in Morocco.
    pub(crate) fn time_or_date(&self, at: Timestamp, now: Timestamp) -> String {
        let local = CASABLANCA.to_datetime(at);
        let time = format!("{:02}:{:02}", local.hour(), local.minute());
        if local.date() == today(now) {
            return time;
        }
        let date = self.short_date(local.date());
        self.format("date-and-time", &[("date", FormatArg::Text(&date)), ("time", FormatArg::Text(&time))])
    }

    fn month(&self, date: Date) -> String {
        self.format("month", &[("number", FormatArg::Number(date.month().into()))])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;
    use jiff::civil::date;

    #[test]
    fn months_have_their_moroccan_names() {
        let localizer = Localizer::for_language(Language::Ar);
        assert_eq!(localizer.long_date(date(2026, 11, 30)), "30 نونبر 2026");
        assert_eq!(localizer.short_date(date(2026, 8, 1)), "1 غشت");
        assert_eq!(Localizer::for_language(Language::Fr).long_date(date(2026, 8, 1)), "1er août 2026");
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
