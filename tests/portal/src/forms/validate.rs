//! Validation of a filled form: visibility, required fields, and each value.

use std::collections::{BTreeMap, HashMap};

use fos_wire::{
    family::Person,
    form::{Condition, DayLimit, Field, Form},
};
use jiff::civil::Date;
use serde_json::{Map, Value};

use super::{
    day_limit,
    value::{self, AcceptedValue},
};
use crate::problem::{Code, FieldProblem};

/// Context of a validation: today's date in Morocco, and the member's family.
pub(crate) struct ValidationContext {
    pub(crate) today: Date,
    pub(crate) family: Vec<Person>,
}

/// Accepted values in normalized form, by field key.
pub(crate) type FieldValues = BTreeMap<String, Value>;

/// State of a field during validation.
enum FieldState {
    /// Not visible, or optional and without a value.
    Absent,
    Accepted(AcceptedValue),
    /// Rejected. Fields that depend on it are not validated, so that one fault is reported once.
    Rejected,
}

/// Validates `values` against `form`. Returns the normalized values, or every problem found.
pub(crate) fn validate(
    form: &Form,
    values: &Map<String, Value>,
    context: &ValidationContext,
) -> Result<FieldValues, Vec<FieldProblem>> {
    let mut validator = Validator { context, states: HashMap::new() };
    let mut problems = Vec::new();
    for field in super::fields(form) {
        let value = values.get(&field.key).filter(|value| !value::is_absent(value));
        let state = validator.validate_field(field, value).unwrap_or_else(|code| {
            problems.push(FieldProblem::new(field.key.clone(), code));
            FieldState::Rejected
        });
        validator.states.insert(&field.key, state);
    }
    problems.extend(validator.empty_groups(form));
    for unknown in values.keys().filter(|key| !validator.states.contains_key(key.as_str())) {
        problems.push(FieldProblem::new(unknown.clone(), Code::Unexpected));
    }
    if problems.is_empty() { Ok(validator.into_values()) } else { Err(problems) }
}

struct Validator<'a> {
    context: &'a ValidationContext,
    states: HashMap<&'a str, FieldState>,
}

impl Validator<'_> {
    fn validate_field(&self, field: &Field, value: Option<&Value>) -> Result<FieldState, Code> {
        match (self.condition_holds(field.visible_if.as_ref()), value) {
            (None, _) => return Ok(FieldState::Rejected),
            (Some(false), Some(_)) => return Err(Code::Unexpected),
            (Some(false), None) => return Ok(FieldState::Absent),
            (Some(true), _) => {}
        }
        let Some(value) = value else {
            let is_required = match &field.required_if {
                Some(condition) => self.condition_holds(Some(condition)) == Some(true),
                None => field.required,
            };
            return if is_required { Err(Code::Required) } else { Ok(FieldState::Absent) };
        };
        let limit =
            |limit: &DayLimit| day_limit::resolve(limit, self.context.today, |key| self.accepted(key)?.day);
        value::accept(&field.kind, value, self.context, limit).map(FieldState::Accepted)
    }

    /// Evaluates a condition; `None` when it depends on a rejected value.
    fn condition_holds(&self, condition: Option<&Condition>) -> Option<bool> {
        let Some(Condition { field, is }) = condition else { return Some(true) };
        match self.states.get(field.as_str()) {
            Some(FieldState::Rejected) => None,
            Some(FieldState::Accepted(AcceptedValue { choice: Some(choice), .. })) => {
                Some(is.contains(choice))
            }
            _ => Some(false),
        }
    }

    /// Returns a problem for each group without a value, at its first visible field.
    fn empty_groups(&self, form: &Form) -> Vec<FieldProblem> {
        let is_visible = |key: &&String| {
            let field = super::fields(form).find(|field| field.key == **key);
            field.is_some_and(|field| self.condition_holds(field.visible_if.as_ref()) == Some(true))
        };
        let is_empty =
            |key: &&String| matches!(self.states.get(key.as_str()), Some(FieldState::Absent) | None);
        let groups = form.sections.iter().flat_map(|section| &section.at_least_one_of);
        let empty = groups.filter(|group| group.iter().all(|key| is_empty(&key)));
        empty
            .filter_map(|group| group.iter().find(is_visible))
            .map(|key| FieldProblem::new(key.clone(), Code::Required))
            .collect()
    }

    fn accepted(&self, key: &str) -> Option<&AcceptedValue> {
        match self.states.get(key)? {
            FieldState::Accepted(answer) => Some(answer),
            FieldState::Absent | FieldState::Rejected => None,
        }
    }

    fn into_values(self) -> FieldValues {
        let accepted = self.states.into_iter().filter_map(|(key, state)| match state {
            FieldState::Accepted(answer) => Some((key.to_owned(), answer.value)),
            FieldState::Absent | FieldState::Rejected => None,
        });
        accepted.collect()
    }
}
