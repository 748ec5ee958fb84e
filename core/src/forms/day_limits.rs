//! Limits of dates: counted from today, from another field, or a fixed date.

use std::collections::HashMap;

use fos_rules::day::{self, DayProblem, OutOfRange};
use jiff::civil::Date;

use super::problem::{Limit, Problem};

/// Earliest or latest date allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DayLimit {
    pub(crate) from: DayFrom,
    /// Days to add.
    pub(crate) days: i32,
}

/// Date that the days are added to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum DayFrom {
    Today,
    Field(String),
    On(Date),
}

/// Context in which a value is validated.
pub(crate) struct ValidationContext<'a> {
    pub(crate) today: Date,
    pub(crate) values: &'a HashMap<&'a str, &'a str>,
}

impl ValidationContext<'_> {
    /// Returns the date of a limit; `None` while the field it depends on holds no day.
    fn resolve(&self, limit: &DayLimit) -> Option<Date> {
        let from = match &limit.from {
            DayFrom::Today => self.today,
            DayFrom::On(day) => *day,
            DayFrom::Field(key) => day::parse(self.values.get(key.as_str())?)?,
        };
        Some(day::add_days(from, limit.days))
    }

    /// Returns the first and the last day that a field may have, as far as its limits are known.
    pub(super) fn range(&self, earliest: &[DayLimit], latest: &[DayLimit]) -> (Option<Date>, Option<Date>) {
        let earliest = earliest.iter().filter_map(|limit| self.resolve(limit)).max();
        (earliest, latest.iter().filter_map(|limit| self.resolve(limit)).min())
    }

    /// Reads a typed date; its limits select the century of a year of two digits.
    pub(super) fn read_day(
        &self,
        typed: &str,
        earliest: &[DayLimit],
        latest: &[DayLimit],
    ) -> Result<Date, DayProblem> {
        let (earliest, latest) = self.range(earliest, latest);
        day::parse_within(typed, earliest, latest)
    }

    pub(super) fn check_range(
        &self,
        day: Date,
        earliest: &[DayLimit],
        latest: &[DayLimit],
    ) -> Option<Problem> {
        let (first, last) = self.range(earliest, latest);
        let problem = match day::check_range(day, day, first, last).err()? {
            OutOfRange::TooEarly(first) => Problem::with_limit("too-early", Limit::Day(first)),
            OutOfRange::TooLate(last) => match self.longest_period(latest, last) {
                Some(days) => Problem::with_limit("too-long-period", Limit::Period(days, last)),
                None => Problem::with_limit("too-late", Limit::Day(last)),
            },
        };
        Some(problem)
    }

    /// Returns the days of the longest period, if it is this that ends on the day.
    fn longest_period(&self, latest: &[DayLimit], last: Date) -> Option<i64> {
        let limit = latest.iter().find(|limit| self.resolve(limit) == Some(last))?;
        matches!(limit.from, DayFrom::Field(_)).then(|| i64::from(limit.days) + 1)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::forms::FieldKindSpec;

    const TODAY: Date = date(2026, 11, 24);

    #[test]
    fn a_date_respects_limits_from_today_from_a_field_and_fixed_ones() {
        let in_a_week = DayLimit { from: DayFrom::Today, days: 7 };
        let after_first = DayLimit { from: DayFrom::Field("first".to_owned()), days: 1 };
        let season = DayLimit { from: DayFrom::On(date(2027, 9, 15)), days: 0 };
        let kind = FieldKindSpec::Day { earliest: vec![in_a_week, after_first], latest: vec![season] };
        let found = |value: &str, first: &str| {
            kind.validate(
                value,
                &ValidationContext { today: TODAY, values: &HashMap::from([("first", first)]) },
            )
        };
        let early = |day| Some(Problem::with_limit("too-early", Limit::Day(day)));
        assert_eq!(found("30/11/2026", ""), early(date(2026, 12, 1)), "the field holds no day yet");
        assert_eq!(found("05/12/2026", "05/12/2026"), early(date(2026, 12, 6)));
        assert_eq!(found("06/12/2026", "05/12/2026"), None);
        assert_eq!(
            found("16/09/2027", ""),
            Some(Problem::with_limit("too-late", Limit::Day(date(2027, 9, 15))))
        );
    }
}
