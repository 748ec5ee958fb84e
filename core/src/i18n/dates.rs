//! Dates in the member's words. Month names come from the locale files, since phones disagree on the Arabic ones
//! («نونبر»).

use fos_rules::day::{date_in_morocco, time_in_morocco};
use jiff::Timestamp;
use jiff::civil::Date;

use super::{FormatArg, Localizer};

impl Localizer {
    /// Formats a date as «30 نونبر 2026» or «30 novembre 2026».
    pub(crate) fn long_date(&self, date: Date) -> String {
        self.format(
            "date-long",
            &[
                ("day", FormatArg::Number(date.day().into())),
                ("month", FormatArg::Text(&self.month(date.month()))),
                ("year", FormatArg::Text(&date.year().to_string())),
            ],
        )
    }

    /// Formats a date of this year as «30 نونبر».
    pub(crate) fn short_date(&self, date: Date) -> String {
        self.format(
            "date-short",
            &[
                ("day", FormatArg::Number(date.day().into())),
                ("month", FormatArg::Text(&self.month(date.month()))),
            ],
        )
    }

    /// Formats a time of today as «14:30», another as «30 نونبر، 14:30»; 24 hours, as is usual in Morocco.
    pub(crate) fn time_or_date(&self, at: Timestamp, now: Timestamp) -> String {
        let local = time_in_morocco(at);
        let time = format!("{:02}:{:02}", local.hour(), local.minute());
        if local.date() == date_in_morocco(now) {
            return time;
        }
        self.date_and_time(&self.short_date(local.date()), &time)
    }

    /// Formats a date with its year and a time, as «30 نونبر 2026 على الساعة 14:30».
    pub(crate) fn long_date_and_time(&self, at: Timestamp) -> String {
        let local = time_in_morocco(at);
        let time = format!("{:02}:{:02}", local.hour(), local.minute());
        self.date_and_time(&self.long_date(local.date()), &time)
    }

    fn date_and_time(&self, date: &str, time: &str) -> String {
        self.format("date-and-time", &[("date", FormatArg::Text(date)), ("time", FormatArg::Text(time))])
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
    fn months_have_the_names_that_cldr_gives_them() {
        let (source, rows) = include_str!("../../rules/golden/months.tsv").split_once('\n').unwrap();
        assert!(source.starts_with("# Source: CLDR"));
        for (month, row) in (1..).zip(rows.lines()) {
            let names: Vec<&str> = row.split('\t').skip(1).collect();
            for (language, name) in [Language::Ar, Language::Fr].into_iter().zip(names) {
                let date = Localizer::for_language(language).short_date(date(2026, month, 2));
                assert_eq!(date, format!("2 {name}"));
            }
        }
    }
}
