//! Validation at submission: the whole form is accepted, or its fields show the problems.

use std::collections::HashMap;

use fos_rules::password;
use fos_wire::problem::FieldProblem;
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use super::form::Form;
use super::sections::{VisibleFields, first_section_with, sections, validate, values_for_limits};
use super::spec::FieldSpec;
use super::{CaptchaState, FieldKindSpec, FormSubmission, Problem, SecretInput};
use crate::error::Error;

impl Form {
    /// Returns the normalized submission, or shows the problems in the fields. Before the last page it validates the
    /// current section, goes to the next page and returns `None`.
    ///
    /// # Errors
    /// [`Error::InvalidFields`] if there are problems.
    pub(super) fn validate_or_advance(
        &self,
        secrets: Vec<SecretInput>,
    ) -> Result<Option<FormSubmission>, Error> {
        let mut state = self.state();
        state.normalize(&self.fields, self.today());
        let secrets = secrets
            .into_iter()
            .map(|secret| (secret.key, Zeroizing::new(password::normalize(&Zeroizing::new(secret.value)))))
            .collect();
        let mut submission = FormSubmission { values: HashMap::new(), secrets, body: Map::new() };
        let visible = self.visible_fields(&state);
        let sections = sections(&visible);
        let page = self.page(&state, sections.len());
        let is_last = page.at + 1 == page.pages;
        let mut problems = self.validate_visible(&visible, &submission);
        if let Some(section) = sections.get(page.at).filter(|_| !is_last) {
            let current_fields = &visible[section.fields.clone()];
            problems.retain(|key, _| current_fields.iter().any(|(field, _)| field.key == *key));
        }
        for (field, value) in visible.iter().filter(|(field, _)| field.kind.is_stored()) {
            submission.values.insert(field.key.clone(), (*value).to_owned());
            if !value.is_empty() {
                insert_at(&mut submission.body, &field.wire_name, field.kind.to_wire(value));
            }
        }
        for (key, problem) in self.handler.validate(&submission) {
            problems.entry(key.to_owned()).or_insert(problem);
        }
        let first_invalid = first_section_with(&visible, |field, _| problems.contains_key(&field.key));
        let is_clean = problems.is_empty();
        state.problems = problems;
        state.typing = None;
        state.is_summarized = !is_clean;
        match (is_clean, is_last) {
            (false, _) => {
                state.section = first_invalid.unwrap_or(page.at);
                Err(Error::InvalidFields)
            }
            (true, false) => {
                state.section = page.at + 1;
                Ok(None)
            }
            (true, true) => Ok(Some(submission)),
        }
    }

    /// Returns the problems of the visible fields' normalized values.
    fn validate_visible(
        &self,
        visible: &VisibleFields<'_>,
        submission: &FormSubmission,
    ) -> HashMap<String, Problem> {
        let values = values_for_limits(visible, self.today());
        let of = |field: &FieldSpec, value: &str| match field.kind {
            FieldKindSpec::Secret { .. } => {
                submission.secret(&field.key).is_empty().then_some(Problem::new("required"))
            }
            FieldKindSpec::Captcha => {
                matches!(self.handler.captcha(), CaptchaState::Idle).then_some(Problem::new("captcha"))
            }
            _ => validate(field, value, &values, self.today()),
        };
        visible.iter().filter_map(|(field, value)| Some((field.key.clone(), of(field, value)?))).collect()
    }

    /// Shows the portal's problems in their fields and goes to the first. Returns true if the form has one of the fields.
    pub(crate) fn show_server_problems(&self, server_problems: &[FieldProblem]) -> bool {
        let mut state = self.state();
        state.typing = None;
        for FieldProblem { field, code } in server_problems {
            if let Some(spec) = self.fields.iter().find(|spec| spec.wire_name == *field) {
                state.problems.insert(spec.key.clone(), Problem::from_wire(*code, &spec.kind));
            }
        }
        let section = first_section_with(&self.visible_fields(&state), |field, _| {
            state.problems.contains_key(&field.key)
        });
        state.section = section.unwrap_or(state.section);
        state.is_summarized = !state.problems.is_empty();
        state.is_summarized
    }
}

/// Inserts a value under its name in the portal's body: `a.b` is the member `b` of an object `a`.
fn insert_at(body: &mut Map<String, Value>, wire: &str, value: Value) {
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
