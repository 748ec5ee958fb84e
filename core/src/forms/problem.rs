//! What is wrong with a field, and what to do about it.

use jiff::civil::Date;

use super::FieldKindSpec;
use super::formats::show_money;
use crate::language::{Told, Words};

/// What is wrong with a field: `problem-{name}` says what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Problem {
    name: &'static str,
    bound: Option<Bound>,
}

/// What the value should have kept to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    Number(i64),
    /// In centimes.
    Money(i64),
    Day(Date),
}

impl Problem {
    pub(crate) fn named(name: &'static str) -> Self {
        Self { name, bound: None }
    }

    pub(super) fn beyond(name: &'static str, bound: Bound) -> Self {
        Self { name, bound: Some(bound) }
    }

    pub(crate) fn too_short(missing: usize) -> Self {
        Self { name: "too-short", bound: i64::try_from(missing).ok().map(Bound::Number) }
    }

    /// The portal's codes (`tests/portal/openapi.json`). One that this version does not know is told as it is: refused.
    pub(super) fn told_by_portal(code: &str, kind: &FieldKindSpec) -> Self {
        Self::named(match code {
            "required" => kind.missing(),
            "format" => kind.name(),
            "unknown-domain" => "unknown-domain",
            "too-long" => "too-long",
            "contains-identifier" => "contains-identifier",
            "same-as-before" => "same-as-before",
            "common" => "common",
            "wrong" => "wrong-password",
            _ => "refused",
        })
    }

    pub(crate) fn say(self, words: &Words) -> String {
        let name = format!("problem-{}", self.name);
        match self.bound {
            None => words.say(&name),
            Some(Bound::Number(number)) => words.say_with(&name, &[("bound", Told::Number(number))]),
            Some(Bound::Money(centimes)) => {
                let amount = say_money(centimes, words);
                words.say_with(&name, &[("bound", Told::Text(&amount))])
            }
            Some(Bound::Day(day)) => words.say_with(&name, &[("bound", Told::Text(&words.long_date(day)))]),
        }
    }
}

/// An amount in the member's words.
pub(super) fn say_money(centimes: i64, words: &Words) -> String {
    words.say_with("money", &[("amount", Told::Text(&show_money(centimes)))])
}
