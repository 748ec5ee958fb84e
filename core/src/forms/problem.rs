//! Problems of fields.

use fos_rules::day::TypedDay;
use fos_rules::fold::isolate_left_to_right;
use fos_rules::money;
use fos_wire::problem::Code;
use jiff::civil::Date;

use super::FieldKindSpec;
use crate::i18n::{FormatArg, Localizer};

/// Problem of a field; the message `problem-{name}` says what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Problem {
    name: &'static str,
    limit: Option<Limit>,
    /// True if the portal found it: the app's own rules cannot tell when it is corrected.
    is_from_portal: bool,
}

/// Limit that the value violates, or what the message repeats of the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Limit {
    Number(i64),
    /// In centimes.
    Money(i64),
    Day(Date),
    /// The two amounts that the value may mean, in centimes.
    Readings(i64, i64),
    /// The day as typed, which does not exist.
    TypedDay(TypedDay),
    /// The digits that are missing, or too many if negative.
    MissingDigits(i64),
    /// Another number of the same page, typed in the place of this one.
    Swapped,
    /// The longest period in days, and the last day that it leaves.
    Period(i64, Date),
}

impl Problem {
    pub(crate) fn new(name: &'static str) -> Self {
        Self { name, limit: None, is_from_portal: false }
    }

    pub(super) fn is_from_portal(self) -> bool {
        self.is_from_portal
    }

    #[cfg(test)]
    pub(super) fn name(self) -> &'static str {
        self.name
    }

    pub(super) fn with_limit(name: &'static str, limit: Limit) -> Self {
        Self { limit: Some(limit), ..Self::new(name) }
    }

    pub(crate) fn too_short(missing: usize) -> Self {
        Self { limit: i64::try_from(missing).ok().map(Limit::Number), ..Self::new("too-short") }
    }

    /// Converts the portal's code. One that the app's own rules would have found, or that it does not know, means
    /// «refused».
    pub(super) fn from_wire(code: Code, kind: &FieldKindSpec) -> Self {
        let name = match code {
            Code::Required => kind.missing_problem_name(),
            Code::Format => kind.problem_name(),
            Code::UnknownDomain => "unknown-domain",
            Code::TooLong => "too-long",
            Code::ContainsIdentifier => "contains-identifier",
            Code::SameAsBefore => "same-as-before",
            Code::Common => "common",
            Code::Wrong => "wrong-password",
            _ => "refused",
        };
        Self { is_from_portal: true, ..Self::new(name) }
    }

    pub(crate) fn message(self, localizer: &Localizer) -> String {
        let name = format!("problem-{}", self.name);
        match self.limit {
            None => localizer.message(&name),
            Some(Limit::Number(number)) => localizer.format(&name, &[("limit", FormatArg::Number(number))]),
            Some(Limit::Money(centimes)) => {
                let amount = format_money_amount(centimes, localizer);
                localizer.format(&name, &[("limit", FormatArg::Text(&amount))])
            }
            Some(Limit::Day(day)) => {
                localizer.format(&name, &[("limit", FormatArg::Text(&localizer.long_date(day)))])
            }
            Some(Limit::Readings(first, second)) => {
                let [first, second] =
                    [first, second].map(|amount| isolate_left_to_right(&money::format(amount)));
                localizer.format(
                    &name,
                    &[("first", FormatArg::Text(&first)), ("second", FormatArg::Text(&second))],
                )
            }
            Some(Limit::TypedDay(day)) => {
                let day = isolate_left_to_right(&day.to_string());
                localizer.format(&name, &[("day", FormatArg::Text(&day))])
            }
            Some(Limit::MissingDigits(missing)) => {
                let end = if missing > 0 { "short" } else { "long" };
                localizer.format(&format!("{name}-{end}"), &[("limit", FormatArg::Number(missing.abs()))])
            }
            Some(Limit::Swapped) => localizer.message(&format!("{name}-swapped")),
            Some(Limit::Period(days, last)) => localizer.format(
                &name,
                &[("days", FormatArg::Number(days)), ("limit", FormatArg::Text(&localizer.long_date(last)))],
            ),
        }
    }
}

/// Formats an amount in the member's language.
pub(super) fn format_money_amount(centimes: i64, localizer: &Localizer) -> String {
    localizer.format("money", &[("amount", FormatArg::Text(&money::format(centimes)))])
}
