//! Sections of a form: one screen each, in order; earlier answers decide which there are.

use std::collections::HashMap;

use super::day_limits::ValidationContext;
use super::instalment::Repayment;
use super::spec::{FieldSpec, visible_fields};
use super::{FieldKindSpec, Problem, Required, Values};
use fos_wire::LocalizedText;
use jiff::civil::Date;

/// Visible fields and their values.
pub(super) type VisibleFields<'a> = [(&'a FieldSpec, &'a str)];

/// Range of a section among the visible fields.
pub(super) struct Section<'a> {
    pub(super) title: &'a LocalizedText,
    pub(super) fields: std::ops::Range<usize>,
}

/// Returns the sections with a visible field, in order; none for a form without sections.
pub(super) fn sections<'a>(visible: &VisibleFields<'a>) -> Vec<Section<'a>> {
    let mut found: Vec<Section<'a>> = Vec::new();
    for (at, (field, _)) in visible.iter().enumerate() {
        let Some(title) = &field.section else { continue };
        match found.last_mut().filter(|last| last.title == title) {
            Some(last) => last.fields.end = at + 1,
            None => found.push(Section { title, fields: at..at + 1 }),
        }
    }
    found
}

/// Returns the index of the first section with a field for which `predicate` holds.
pub(super) fn first_section_with(
    visible: &VisibleFields<'_>,
    predicate: impl Fn(&FieldSpec, &str) -> bool,
) -> Option<usize> {
    let is_predicate = |section: &Section<'_>| {
        visible[section.fields.clone()].iter().any(|(field, value)| predicate(field, value))
    };
    sections(visible).iter().position(is_predicate)
}

/// Progress of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Progress {
    /// First incomplete section, from 1; the last one if all are complete.
    pub(crate) section: usize,
    pub(crate) total: usize,
}

impl Progress {
    /// Computes the progress of a form with these values.
    pub(crate) fn of(fields: &[FieldSpec], values: &Values, today: Date) -> Self {
        let visible = visible_fields(fields, |field| values.get(&field.key).map_or("", String::as_str));
        let of = sections(&visible).len();
        let answers = values_for_limits(&visible, today);
        let unfinished = first_section_with(&visible, |field, value| {
            let value = field.kind.normalize(value, &ValidationContext { today, values: &answers });
            validate(field, &value, &answers, today).is_some()
        });
        Self { section: unfinished.map_or(of, |at| at + 1), total: of }
    }
}

/// Returns the visible fields' values, from which conditions and limits are computed. A day that is wrong itself is left empty: a
/// limit that hangs on it would be wrong, too.
pub(super) fn values_for_limits<'a>(visible: &VisibleFields<'a>, today: Date) -> HashMap<&'a str, &'a str> {
    let mut values = HashMap::new();
    for (field, value) in visible {
        let is_wrong = matches!(field.kind, FieldKindSpec::Day { .. }) && {
            let context = ValidationContext { today, values: &values };
            field.kind.validate(&field.kind.normalize(value, &context), &context).is_some()
        };
        values.insert(field.key.as_str(), if is_wrong { "" } else { *value });
    }
    values
}

/// Returns the problem of a normalized value among the visible fields' values.
pub(super) fn validate(
    field: &FieldSpec,
    value: &str,
    values: &HashMap<&str, &str>,
    today: Date,
) -> Option<Problem> {
    if value.is_empty() {
        if !field.required.holds(values) {
            return None;
        }
        if let Required::OneOf { .. } = field.required {
            return Some(Problem::new("one-of"));
        }
    }
    field.kind.validate(value, &ValidationContext { today, values })
}

/// Returns what a computed field shows.
pub(super) fn repayment(kind: &FieldKindSpec, visible: &VisibleFields<'_>) -> Option<Repayment> {
    let FieldKindSpec::Instalment(instalment) = kind else { return None };
    let value = |key: &str| visible.iter().find(|(field, _)| field.key == key).map(|(_, value)| *value);
    instalment.repayment(value(&instalment.amount)?, value(&instalment.months)?)
}
