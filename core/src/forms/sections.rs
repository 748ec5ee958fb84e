//! A form in several parts: a screen each, in order. Which parts there are depends on what was answered before.

use std::collections::HashMap;

use super::days::Beside;
use super::spec::{FieldSpec, shown};
use super::{FieldKindSpec, Problem, Values};
use crate::portal::wire::Both;
use jiff::civil::Date;

/// The fields that show, each with its value.
pub(super) type Shown<'a> = [(&'a FieldSpec, &'a str)];

/// Where the fields of a section stand among those that show.
pub(super) struct Section<'a> {
    pub(super) title: &'a Both,
    pub(super) fields: std::ops::Range<usize>,
}

/// The sections that have a field to show, in order. A form without sections has none.
pub(super) fn sections<'a>(shown: &Shown<'a>) -> Vec<Section<'a>> {
    let mut found: Vec<Section<'a>> = Vec::new();
    for (at, (field, _)) in shown.iter().enumerate() {
        let Some(title) = &field.section else { continue };
        match found.last_mut().filter(|last| last.title == title) {
            Some(last) => last.fields.end = at + 1,
            None => found.push(Section { title, fields: at..at + 1 }),
        }
    }
    found
}

/// The first section with a field that this finds wanting.
pub(super) fn first_with(shown: &Shown<'_>, wanting: impl Fn(&FieldSpec, &str) -> bool) -> Option<usize> {
    let wants = |section: &Section<'_>| {
        shown[section.fields.clone()].iter().any(|(field, value)| wanting(field, value))
    };
    sections(shown).iter().position(wants)
}

/// How far a form is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Progress {
    /// The first section that is not, from 1; the last where all are.
    pub(crate) at: usize,
    pub(crate) of: usize,
}

impl Progress {
    /// Of a form that these values were typed into.
    pub(crate) fn of(fields: &[FieldSpec], values: &Values, today: Date) -> Self {
        let shown = shown(fields, |field| values.get(&field.key).map_or("", String::as_str));
        let of = sections(&shown).len();
        let beside: HashMap<&str, &str> =
            shown.iter().map(|(field, value)| (field.key.as_str(), *value)).collect();
        let unfinished = first_with(&shown, |field, value| {
            problem(field, &field.kind.normal(value), &beside, today).is_some()
        });
        Self { at: unfinished.map_or(of, |at| at + 1), of }
    }
}

/// What is wrong with a value in its normal form, among the values of the fields that show.
pub(super) fn problem(
    field: &FieldSpec,
    value: &str,
    values: &HashMap<&str, &str>,
    today: Date,
) -> Option<Problem> {
    if value.is_empty() && !field.required.holds(values) {
        return None;
    }
    field.kind.problem(value, &Beside { today, values })
}

/// What a field that only tells has to say.
pub(super) fn told(kind: &FieldKindSpec, shown: &Shown<'_>) -> Option<i64> {
    let FieldKindSpec::Instalment(instalment) = kind else { return None };
    let value = |key: &str| shown.iter().find(|(field, _)| field.key == key).map(|(_, value)| *value);
    instalment.monthly(value(&instalment.amount)?, value(&instalment.months)?)
}
