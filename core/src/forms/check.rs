//! What is filled in is taken as a whole, or its problems stand on their fields.

use std::collections::HashMap;

use serde_json::{Map, Value};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use super::form::Form;
use super::sections::{Shown, first_with, problem, sections};
use super::spec::FieldSpec;
use super::{FieldKindSpec, Filled, Problem, Robot, SecretInput};
use crate::error::{FieldProblem, Trouble};

impl Form {
    /// Takes what is filled in, in its normal form, or leaves the problems on their fields. From a part that is not the last one nothing is
    /// taken: the member is led to the next.
    pub(super) fn check(&self, secrets: Vec<SecretInput>) -> Result<Option<Filled>, Trouble> {
        let mut typed = self.typed();
        typed.come_to_normal_form(&self.fields);
        let secrets = secrets
            .into_iter()
            .map(|secret| (secret.key, Zeroizing::new(Zeroizing::new(secret.value).nfc().collect())))
            .collect();
        let mut filled = Filled { values: HashMap::new(), secrets, body: Map::new() };
        let shown = self.shown(&typed);
        let sections = sections(&shown);
        let (at, parts) = (typed.at(sections.len()), sections.len());
        let mut problems = self.problems(&shown, &filled);
        if at + 1 < parts {
            let here = &shown[sections[at].fields.clone()];
            problems.retain(|key, _| here.iter().any(|(field, _)| field.key == *key));
        }
        for (field, value) in shown.iter().filter(|(field, _)| field.kind.is_kept()) {
            filled.values.insert(field.key.clone(), (*value).to_owned());
            if !value.is_empty() {
                put(&mut filled.body, &field.wire, field.kind.sent(value));
            }
        }
        for (key, problem) in self.owner.judge(&filled) {
            problems.entry(key.to_owned()).or_insert(problem);
        }
        let wrong = first_with(&shown, |field, _| problems.contains_key(&field.key));
        let is_clean = problems.is_empty();
        typed.problems = problems;
        match (is_clean, at + 1 < parts) {
            (false, _) => {
                typed.at = wrong.unwrap_or(at);
                Err(Trouble::Mend)
            }
            (true, true) => {
                typed.at = at + 1;
                Ok(None)
            }
            (true, false) => Ok(Some(filled)),
        }
    }

    /// What is wrong with the fields that show, their values in their normal form.
    fn problems(&self, shown: &Shown<'_>, filled: &Filled) -> HashMap<String, Problem> {
        let values = shown.iter().map(|(field, value)| (field.key.as_str(), *value)).collect();
        let of = |field: &FieldSpec, value: &str| match field.kind {
            FieldKindSpec::Secret { .. } => {
                filled.secret(&field.key).is_empty().then_some(Problem::named("required"))
            }
            FieldKindSpec::Robot => {
                matches!(self.owner.robot(), Robot::Idle).then_some(Problem::named("robot"))
            }
            _ => problem(field, value, &values, self.today()),
        };
        shown.iter().filter_map(|(field, value)| Some((field.key.clone(), of(field, value)?))).collect()
    }

    /// Puts the portal's problems on their fields, and leads to the first.
    pub(crate) fn take_problems(&self, told: &[FieldProblem]) {
        let mut typed = self.typed();
        for FieldProblem { field, code } in told {
            if let Some(spec) = self.fields.iter().find(|spec| spec.wire == *field) {
                typed.problems.insert(spec.key.clone(), Problem::told_by_portal(code, &spec.kind));
            }
        }
        if let Some(at) = first_with(&self.shown(&typed), |field, _| typed.problems.contains_key(&field.key))
        {
            typed.at = at;
        }
    }
}

/// Puts a value under its name in the portal's body: `a.b` is the member `b` of an object `a`.
fn put(body: &mut Map<String, Value>, wire: &str, value: Value) {
    match wire.split_once('.') {
        None => drop(body.insert(wire.to_owned(), value)),
        Some((object, member)) => {
            let object = body.entry(object).or_insert_with(|| Value::Object(Map::new()));
            if let Some(object) = object.as_object_mut() {
                object.insert(member.to_owned(), value);
            }
        }
    }
}
