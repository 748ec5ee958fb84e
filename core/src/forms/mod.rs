//! Form engine, for access forms and services' forms alike: fields, input, problems, views. The face owns the text of
//! the focused field; the core never rewrites it.

mod answers;
mod day_limits;
mod draft;
mod field_view;
mod form;
mod input;
mod input_format;
#[cfg(test)]
#[cfg(feature = "development")]
mod input_tests;
mod instalment;
mod kind;
mod pages;
mod problem;
mod review;
mod sections;
mod spec;
mod submission;
mod submit_outcome;
mod summary;
#[cfg(test)]
pub(crate) mod tests;
mod validate;
mod view;
mod wire_value;
mod wishes;

use std::collections::HashMap;
use std::sync::Arc;

use zeroize::Zeroizing;

pub use answers::AnswerSectionView;
pub(crate) use answers::{answers, values_from_wire};
#[cfg(test)]
pub(crate) use day_limits::ValidationContext;
pub(crate) use day_limits::{DayFrom, DayLimit};
pub(crate) use draft::{DeviceDraftStorage, Draft, DraftStorage, Values};
pub use form::Form;
pub(crate) use instalment::Instalment;
pub(crate) use kind::{Choice, ChoiceStyle, FieldKindSpec};
pub(crate) use problem::Problem;
pub use review::{ReviewSectionView, ReviewView};
pub(crate) use sections::Progress;
pub(crate) use spec::{Condition, FieldSpec, Label, Required};
pub use submit_outcome::SubmitOutcome;
pub(crate) use submit_outcome::{FormHost, SubmitFuture};
pub use summary::{ProblemLinkView, ProblemSummaryView};
pub(crate) use view::StrengthReport;
pub use view::{
    CalendarView, CaptchaState, ContentType, FieldKind, FieldView, FormChanges, FormView, Keyboard,
    OptionView, RuleView, StepsView, StrengthView,
};
pub(crate) use wishes::wishes;

/// A secret; crosses at submission only and is never stored.
#[derive(uniffi::Record)]
pub struct SecretInput {
    /// Key of the field.
    pub key: String,
    /// Text as typed.
    pub value: String,
}

/// Content of a submitted form: normalized values, and secrets in NFC, never folded.
pub(crate) struct FormSubmission {
    values: HashMap<String, String>,
    secrets: HashMap<String, Zeroizing<String>>,
    /// The values as the portal's body, without secrets.
    body: serde_json::Map<String, serde_json::Value>,
}

impl FormSubmission {
    pub(crate) fn value(&self, key: &str) -> &str {
        self.values.get(key).map_or("", String::as_str)
    }

    /// Returns the values under the portal's names.
    pub(crate) fn body(&self) -> &serde_json::Map<String, serde_json::Value> {
        &self.body
    }

    pub(crate) fn into_values(self) -> Values {
        self.values
    }

    pub(crate) fn secret(&self, key: &str) -> &str {
        self.secrets.get(key).map_or("", |secret| secret.as_str())
    }
}

/// Texts and buttons around the fields.
pub(crate) struct FormHeader {
    pub(crate) title: String,
    pub(crate) steps: Option<StepsView>,
    pub(crate) intro: Option<String>,
    pub(crate) action: &'static str,
    pub(crate) notice: Option<String>,
}

/// The feature behind a form.
pub(crate) trait FormHandler: Send + Sync {
    fn header(&self) -> FormHeader;
    fn submit(self: Arc<Self>, filled: FormSubmission) -> SubmitFuture;
    /// Returns problems that only the secrets together show: too short, not the same twice.
    fn validate(&self, _submission: &FormSubmission) -> Vec<(&'static str, Problem)> {
        Vec::new()
    }
    /// Returns the strength of a password being chosen.
    fn strength(&self, _key: &str, _secret: &str) -> Option<StrengthReport> {
        None
    }
    /// Returns true if all answers are read on a page of their own before they are submitted.
    fn has_review(&self) -> bool {
        false
    }
    /// Returns true if a submission is queued while the portal cannot be reached.
    fn is_queued(&self) -> bool {
        false
    }
    /// Returns the message that says what becomes of the input when the portal cannot be reached.
    fn unsent_phrase(&self) -> Option<&'static str> {
        None
    }
    /// Called at the member's first input.
    fn on_input(&self) {}
    fn captcha(&self) -> CaptchaState {
        CaptchaState::NotAsked
    }
    /// Returns why the captcha's box lost its tick.
    fn captcha_problem(&self) -> Option<Problem> {
        None
    }
    fn on_captcha_ticked(&self, _ticked: bool) {}
}
