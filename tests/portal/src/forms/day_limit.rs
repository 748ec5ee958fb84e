//! Limits of dates: fixed, relative to today in Morocco, or relative to another field.

use fos_rules::day::add_days;
use fos_wire::form::{DayLimit, DaysFromField, DaysFromToday, FixedDay};
use jiff::civil::Date;

/// Returns the date that the limit stands for, if any; `answer` returns the date of another field.
pub(super) fn resolve(limit: &DayLimit, today: Date, answer: impl Fn(&str) -> Option<Date>) -> Option<Date> {
    match limit {
        DayLimit::On(FixedDay { on }) => Some(*on),
        DayLimit::Today(DaysFromToday { days, .. }) => Some(add_days(today, *days)),
        DayLimit::Field(DaysFromField { field, days, .. }) => Some(add_days(answer(field)?, *days)),
    }
}

/// Returns the key of the field that it is relative to.
pub(super) fn field(limit: &DayLimit) -> Option<&str> {
    match limit {
        DayLimit::Field(DaysFromField { field, .. }) => Some(field),
        DayLimit::Today(_) | DayLimit::On(_) => None,
    }
}
