//! The one form engine: fields, what is typed, what is wrong with it, and the view that a face draws. A face owns the
//! text being typed; the core never rewrites a field that has the focus.

mod check;
mod days;
mod draft;
mod form;
mod formats;
mod instalment;
mod kind;
mod problem;
mod sections;
mod spec;
mod view;
mod wishes;

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use zeroize::Zeroizing;

use crate::error::Trouble;
pub(crate) use days::{DayFrom, DayLimit};
pub(crate) use draft::{Draft, DraftPlace, OfTheDevice, Values};
pub use form::Form;
pub(crate) use instalment::Instalment;
pub(crate) use kind::{Choice, Drawn, FieldKindSpec};
pub(crate) use problem::Problem;
pub(crate) use sections::Progress;
pub(crate) use spec::{Condition, FieldSpec, Label, Required};
pub(crate) use view::Weighed;
pub use view::{
    ContentType, FieldKind, FieldView, FormChanges, FormView, Keyboard, OptionView, Robot, RuleView,
    StepsView, StrengthView,
};
pub(crate) use wishes::wishes;

/// A secret, on its one way across: at send, and never kept by the form.
#[derive(uniffi::Record)]
pub struct SecretInput {
    /// The field's key.
    pub key: String,
    /// What was typed.
    pub value: String,
}

/// What the owner of a form receives: values in their normal form, secrets NFC-normalised and never folded.
pub(crate) struct Filled {
    values: HashMap<String, String>,
    secrets: HashMap<String, Zeroizing<String>>,
    /// All of it as the portal's body has it, but for secrets.
    body: serde_json::Map<String, serde_json::Value>,
}

impl Filled {
    pub(crate) fn value(&self, key: &str) -> &str {
        self.values.get(key).map_or("", String::as_str)
    }

    /// The values under the portal's names.
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

/// What surrounds the fields.
pub(crate) struct Frame {
    pub(crate) title: String,
    pub(crate) steps: Option<StepsView>,
    pub(crate) intro: Option<String>,
    pub(crate) action: &'static str,
    pub(crate) notice: Option<String>,
    /// What to say once it was sent, where the screen that follows does not say it.
    pub(crate) done: Option<String>,
    /// What came of it, for the screen that follows to show.
    pub(crate) filed: Option<String>,
}

pub(crate) type Sending = Pin<Box<dyn Future<Output = Result<(), Trouble>> + Send>>;

/// The feature behind a form.
pub(crate) trait FormOwner: Send + Sync {
    fn frame(&self) -> Frame;
    fn submit(self: Arc<Self>, filled: Filled) -> Sending;
    /// Problems that only the secrets together show: too short, not the same twice.
    fn judge(&self, _filled: &Filled) -> Vec<(&'static str, Problem)> {
        Vec::new()
    }
    /// What a password being chosen is worth, as it is typed.
    fn weigh(&self, _key: &str, _secret: &str) -> Option<Weighed> {
        None
    }
    /// Whether what is sent waits where it is kept until the portal can be reached.
    fn can_wait(&self) -> bool {
        false
    }
    /// The member has begun to fill the form in.
    fn touched(&self) {}
    /// It is filled in or sent once more: what came of the last time is no news.
    fn begins_anew(&self) {}
    fn robot(&self) -> Robot {
        Robot::NotAsked
    }
    /// Why the robot box came unticked by itself.
    fn robot_problem(&self) -> Option<Problem> {
        None
    }
    fn robot_ticked(&self, _ticked: bool) {}
}
