//! Limits of days, which may move: today's are Morocco's.

use jiff::{ToSpan as _, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A limit of a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(
    untagged,
    expecting = "a limit of a day is { from = \"today\", days }, { from = \"field\", field, days } or { on }"
)]
pub(crate) enum DayLimit {
    /// A day counted from the answer to a field of kind `date` further up; no limit where that one has no answer.
    Field(FromField),
    /// A day counted from today in Morocco.
    Today(FromToday),
    /// One day.
    On(OneDay),
}

/// A day counted from the answer to a field of kind `date` further up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FromField {
    /// `field`.
    from: AnotherField,
    /// The other field's key.
    field: String,
    /// How many days later; earlier when negative.
    days: i32,
}

/// A day counted from today in Morocco.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FromToday {
    /// `today`.
    from: Today,
    /// How many days later; earlier when negative.
    days: i32,
}

/// One day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OneDay {
    /// The day.
    #[schema(value_type = String, format = Date)]
    on: Date,
}

/// What a limit counts from: another field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum AnotherField {
    /// Another field.
    Field,
}

/// What a limit counts from: today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Today {
    /// Today.
    Today,
}

impl DayLimit {
    /// The day it is, where there is one: `answer` gives the day another field was answered with.
    pub(super) fn resolve(&self, today: Date, answer: impl Fn(&str) -> Option<Date>) -> Option<Date> {
        match self {
            Self::On(OneDay { on }) => Some(*on),
            Self::Today(FromToday { days, .. }) => Some(today.saturating_add(days.days())),
            Self::Field(FromField { field, days, .. }) => Some(answer(field)?.saturating_add(days.days())),
        }
    }

    /// The field it counts from.
    pub(super) fn field(&self) -> Option<&str> {
        match self {
            Self::Field(FromField { field, .. }) => Some(field),
            Self::Today(_) | Self::On(_) => None,
        }
    }
}
