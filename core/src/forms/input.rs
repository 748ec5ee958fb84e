//! Input of a form: what a keystroke, a choice and the leaving of a field change in values and problems.
//!
//! ```text
//!  submission fails ──▶ problems, summarized ──keystroke──▶ hidden while typing ──blur──▶ validated again
//!                                │                                 │
//!                                └─────────── corrected ◀──────────┘ gone from the summary
//! ```

use fos_rules::password;
use zeroize::Zeroizing;

use super::form::{Form, FormState};
use super::problem::Limit;
use super::sections::{validate, values_for_limits};
use super::spec::FieldSpec;
use super::view::FormChanges;
use super::wishes::{toggle_wish, wishes};
use super::{FieldKindSpec, Problem};

impl Form {
    pub(super) fn changes(&self, state: &FormState) -> FormChanges {
        let localizer = self.context().localizer();
        FormChanges { fields: self.field_views(state), summary: self.summary(state, &localizer) }
    }

    pub(super) fn apply_input(&self, state: &mut FormState, field: &FieldSpec, input: &str) {
        match &field.kind {
            FieldKindSpec::Secret { new: true } => {
                let secret: Zeroizing<String> = Zeroizing::new(password::normalize(input));
                match self.handler.strength(&field.key, &secret) {
                    Some(report) => state.strength.insert(field.key.clone(), report),
                    None => state.strength.remove(&field.key),
                };
            }
            // Every other secret is passed to `submit` only.
            FieldKindSpec::Secret { new: false } => {}
            FieldKindSpec::Captcha => self.handler.on_captcha_ticked(input == "true"),
            kind => store_input(state, field, kind, input),
        }
        if !field.kind.is_stored() || state.problems.get(&field.key).is_some_and(|it| it.is_from_portal()) {
            state.problems.remove(&field.key);
        }
        self.revalidate(state);
        if let FieldKindSpec::Wishes { max, .. } = &field.kind {
            report_too_many_wishes(state, field, input, *max);
        }
        state.hide_empty_summary();
    }

    /// Validates the fields with a problem again: one that was corrected loses it, and so does one that is no longer asked.
    pub(super) fn revalidate(&self, state: &mut FormState) {
        let today = self.today();
        let visible = self.visible_fields(state);
        let values = values_for_limits(&visible, today);
        let revalidate = |key: &str, problem: Problem| {
            let (field, _) = visible.iter().find(|(field, _)| field.key == key)?;
            if field.kind.is_stored() && !problem.is_from_portal() {
                validate(field, &state.normalized(field, today), &values, today)
            } else {
                Some(problem)
            }
        };
        let remaining =
            state.problems.iter().filter_map(|(key, found)| Some((key.clone(), revalidate(key, *found)?)));
        state.problems = remaining.collect();
    }

    /// Returns the problem of a value, considering the other fields' values.
    pub(super) fn validate_field(
        &self,
        state: &FormState,
        field: &FieldSpec,
        value: &str,
    ) -> Option<Problem> {
        let values = values_for_limits(&self.visible_fields(state), self.today());
        validate(field, value, &values, self.today())
    }
}

fn store_input(state: &mut FormState, field: &FieldSpec, kind: &FieldKindSpec, input: &str) {
    let value = match kind {
        FieldKindSpec::Wishes { max, .. } => {
            toggle_wish(state.values.get(&field.key).map_or("", String::as_str), input, *max)
        }
        FieldKindSpec::Choice { .. } | FieldKindSpec::Declaration { .. } => input.to_owned(),
        kind => {
            state.typing = Some(field.key.clone());
            kind.format_while_typed(input)
        }
    };
    state.values.insert(field.key.clone(), value);
}

/// Sets the problem shown when a choice beyond `max` was not taken.
fn report_too_many_wishes(state: &mut FormState, field: &FieldSpec, wish: &str, max: usize) {
    let value = state.values.get(&field.key).map_or("", String::as_str);
    let mut chosen = wishes(value);
    if !chosen.any(|it| it == wish) && wishes(value).count() == max {
        let limit = Limit::Number(i64::try_from(max).unwrap_or(i64::MAX));
        state.problems.insert(field.key.clone(), Problem::with_limit("wishes-full", limit));
    }
}
