//! Summary of the problems in a form: it names each field and leads to it, counts down while they are corrected, and goes.

use super::form::{Form, FormState};
use super::spec::FieldSpec;
use crate::i18n::{FormatArg, Localizer};

/// Problems of a form that could not be submitted.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ProblemSummaryView {
    /// Number of fields to correct, in words.
    pub text: String,
    /// Problems in the order of their fields.
    pub problems: Vec<ProblemLinkView>,
}

/// Problem of a field, with the way to it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ProblemLinkView {
    /// Key of the field, for [`crate::Form::open_field`].
    pub field: String,
    /// Label of the field and its problem, which says what to do.
    pub text: String,
}

impl Form {
    /// Returns the summary; `None` unless a submission failed and a field is still to be corrected.
    pub(super) fn summary(&self, state: &FormState, localizer: &Localizer) -> Option<ProblemSummaryView> {
        if !state.is_summarized {
            return None;
        }
        let link = |field: &FieldSpec| {
            let label = field.label.text(localizer);
            let problem = state.problems.get(&field.key)?.message(localizer);
            let args = [("field", FormatArg::Text(&label)), ("problem", FormatArg::Text(&problem))];
            Some(ProblemLinkView { field: field.key.clone(), text: localizer.format("problem-link", &args) })
        };
        let problems: Vec<ProblemLinkView> =
            self.visible_fields(state).iter().filter_map(|(field, _)| link(field)).collect();
        let count = i64::try_from(problems.len()).ok().filter(|count| *count > 0)?;
        Some(ProblemSummaryView {
            text: localizer.format("problems", &[("count", FormatArg::Number(count))]),
            problems,
        })
    }
}
