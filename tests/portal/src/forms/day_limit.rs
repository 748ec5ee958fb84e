//! Limits of dates: fixed, relative to today in Morocco, or relative to another field.

use fos_rules::day::add_days;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Limit of a date.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(
    untagged,
    expecting = "a limit of a day is { from = \"today\", days }, { from = \"field\", field, days } or { on }"
)]
pub(crate) enum DayLimit {
    /// Relative to the value of a field of kind `date` further up; no limit while that one has no value.
    Field(DaysFromField),
    /// Relative to today in Morocco.
    Today(DaysFromToday),
    /// Fixed date.
    On(FixedDay),
}

/// Limit relative to the value of a field of kind `date` further up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DaysFromField {
    /// Always `field`.
    from: FieldMarker,
    /// Key of the other field.
    field: String,
    /// Offset in days; negative for earlier.
    days: i32,
}

/// Limit relative to today in Morocco.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DaysFromToday {
    /// Always `today`.
    from: TodayMarker,
    /// Offset in days; negative for earlier.
    days: i32,
}

/// Fixed limit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FixedDay {
    /// Date.
    #[schema(value_type = String, format = Date)]
    on: Date,
}

/// Constant `field` of `from`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum FieldMarker {
    /// Constant `field`.
    Field,
}

/// Constant `today` of `from`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum TodayMarker {
    /// Constant `today`.
    Today,
}

impl DayLimit {
    /// Returns the date that the limit stands for, if any; `answer` returns the date of another field.
    pub(super) fn resolve(&self, today: Date, answer: impl Fn(&str) -> Option<Date>) -> Option<Date> {
        match self {
            Self::On(FixedDay { on }) => Some(*on),
            Self::Today(DaysFromToday { days, .. }) => Some(add_days(today, *days)),
            Self::Field(DaysFromField { field, days, .. }) => Some(add_days(answer(field)?, *days)),
        }
    }

    /// Returns the key of the field that it is relative to.
    pub(super) fn field(&self) -> Option<&str> {
        match self {
            Self::Field(DaysFromField { field, .. }) => Some(field),
            Self::Today(_) | Self::On(_) => None,
        }
    }
}
