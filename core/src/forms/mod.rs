//! The one form engine: fields, what is typed, what is wrong with it, and the view that a face draws. A face owns the
//! text being typed; the core never rewrites a field that has the focus.

mod draft;
mod kind;
mod view;

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::context::Context;
use crate::error::{FieldProblem, FosError, Trouble};
use crate::language::Told;
use crate::watch::Change;
use draft::Draft;
pub(crate) use kind::{FieldKindSpec, Problem};
pub(crate) use view::Weighed;
pub use view::{
    ContentType, FieldKind, FieldView, FormChanges, FormView, Keyboard, OptionView, Robot, RuleView,
    StepsView, StrengthView,
};

/// A field of a form, as data.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FieldSpec {
    /// Its tag in faces and journeys.
    pub(crate) key: &'static str,
    /// Its name in the portal's body.
    pub(crate) wire: &'static str,
    /// `field-{phrase}` is its label, `help-{phrase}` its help if there is such a phrase.
    pub(crate) phrase: &'static str,
    pub(crate) kind: FieldKindSpec,
    /// Shown only while the choice of this key has this option.
    pub(crate) only_if: Option<(&'static str, &'static str)>,
}

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
    values: HashMap<&'static str, String>,
    secrets: HashMap<String, Zeroizing<String>>,
}

impl Filled {
    pub(crate) fn value(&self, key: &str) -> &str {
        self.values.get(key).map_or("", String::as_str)
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
    /// The member has begun to fill the form in.
    fn touched(&self) {}
    fn robot(&self) -> Robot {
        Robot::NotAsked
    }
    /// Why the robot box came unticked by itself.
    fn robot_problem(&self) -> Option<Problem> {
        None
    }
    fn robot_ticked(&self, _ticked: bool) {}
}

#[derive(Default)]
struct Typed {
    values: HashMap<&'static str, String>,
    problems: HashMap<&'static str, Problem>,
    /// What the passwords being chosen are worth; the passwords themselves are not kept.
    weighed: HashMap<&'static str, Weighed>,
}

/// A form, kept by the core: a rotated or rebuilt screen finds it as it was.
#[derive(uniffi::Object)]
pub struct Form {
    key: &'static str,
    fields: &'static [FieldSpec],
    owner: Arc<dyn FormOwner>,
    context: Arc<Context>,
    typed: Mutex<Typed>,
    draft: Option<Arc<Draft>>,
    sending: tokio::sync::Mutex<()>,
}

impl Form {
    pub(crate) fn new(
        key: &'static str,
        fields: &'static [FieldSpec],
        owner: Arc<dyn FormOwner>,
        context: Arc<Context>,
    ) -> Self {
        Self {
            key,
            fields,
            owner,
            context,
            typed: Mutex::default(),
            draft: None,
            sending: tokio::sync::Mutex::default(),
        }
    }

    /// The same, whose values survive a killed process under this name; it begins with those that did.
    pub(crate) fn kept_as(mut self, name: &'static str) -> Result<Self, Trouble> {
        let draft = Draft::new(Arc::clone(&self.context), name);
        let left = draft.left()?;
        self.prefill(&left.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect::<Vec<_>>());
        self.draft = Some(draft);
        Ok(self)
    }

    /// Writes at once what would be written soon.
    pub(crate) fn write_draft(&self) {
        if let Some(draft) = &self.draft {
            draft.write();
        }
    }

    fn keep(&self, typed: &Typed) {
        if let Some(draft) = &self.draft {
            draft.changed(
                typed.values.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect(),
            );
        }
    }

    /// Fills in what is known already, as if it had been typed.
    pub(crate) fn prefill(&self, values: &[(&str, &str)]) {
        let mut typed = self.typed();
        for (key, value) in values {
            if let Some(field) = self.fields.iter().find(|field| field.key == *key) {
                typed.values.insert(field.key, (*value).to_owned());
            }
        }
    }

    fn typed(&self) -> MutexGuard<'_, Typed> {
        self.typed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn visible<'a>(&'a self, typed: &'a Typed) -> impl Iterator<Item = &'a FieldSpec> {
        self.fields.iter().filter(|field| match field.only_if {
            None => true,
            Some((key, option)) => self.chosen(typed, key) == option,
        })
    }

    /// A choice that nobody made stands on its first option.
    fn chosen<'a>(&self, typed: &'a Typed, key: &str) -> &'a str {
        let first =
            self.fields.iter().find(|field| field.key == key).and_then(|field| field.kind.first_option());
        typed.values.get(key).map_or(first.unwrap_or(""), String::as_str)
    }

    fn fields_now(&self, typed: &Typed) -> Vec<FieldView> {
        let words = self.context.words();
        let mut views: Vec<FieldView> = self
            .visible(typed)
            .map(|field| {
                let value = match field.kind {
                    FieldKindSpec::Choice(_) => self.chosen(typed, field.key),
                    _ => typed.values.get(field.key).map_or("", String::as_str),
                };
                let of_robot =
                    || self.owner.robot_problem().filter(|_| matches!(field.kind, FieldKindSpec::Robot));
                let problem = typed.problems.get(field.key).copied().or_else(of_robot);
                let weighed = typed.weighed.get(field.key).copied();
                let weighed = weighed.or_else(|| self.owner.weigh(field.key, ""));
                view::field(field, value, problem, self.owner.robot(), weighed, &words)
            })
            .collect();
        if let Some(last) = views.iter_mut().rfind(|view| view.kind.is_typed()) {
            last.last = true;
        }
        views
    }

    /// Takes everything that is filled in, or leaves the problems on their fields.
    fn check(&self, secrets: Vec<SecretInput>) -> Result<Filled, Trouble> {
        let mut typed = self.typed();
        let secrets = secrets
            .into_iter()
            .map(|secret| (secret.key, Zeroizing::new(Zeroizing::new(secret.value).nfc().collect())))
            .collect();
        let mut filled = Filled { values: HashMap::new(), secrets };
        let mut problems = HashMap::new();
        for field in self.visible(&typed) {
            let problem = match field.kind {
                FieldKindSpec::Secret { .. } => {
                    filled.secret(field.key).is_empty().then_some(Problem::named("required"))
                }
                FieldKindSpec::Robot => {
                    matches!(self.owner.robot(), Robot::Idle).then_some(Problem::named("robot"))
                }
                FieldKindSpec::Choice(_) => {
                    filled.values.insert(field.key, self.chosen(&typed, field.key).to_owned());
                    None
                }
                kind => {
                    let value = kind.normal(typed.values.get(field.key).map_or("", String::as_str));
                    let problem = kind.problem(&value);
                    filled.values.insert(field.key, value);
                    problem
                }
            };
            problems.extend(problem.map(|problem| (field.key, problem)));
        }
        for (key, problem) in self.owner.judge(&filled) {
            problems.entry(key).or_insert(problem);
        }
        typed.problems = problems;
        if typed.problems.is_empty() { Ok(filled) } else { Err(Trouble::Mend) }
    }

    /// What served goes: the next to hold the phone may be somebody else.
    fn sent(&self) -> Result<(), Trouble> {
        *self.typed() = Typed::default();
        self.draft.as_ref().map_or(Ok(()), |draft| draft.forget())
    }

    /// Puts the portal's problems on their fields.
    fn take_problems(&self, told: &[FieldProblem]) {
        let mut typed = self.typed();
        for FieldProblem { field, code } in told {
            if let Some(spec) = self.fields.iter().find(|spec| spec.wire == field) {
                typed.problems.insert(spec.key, Problem::told_by_portal(code, spec.kind));
            }
        }
    }
}

#[uniffi::export]
impl Form {
    /// All that the screen shows.
    pub fn view(&self) -> FormView {
        let words = self.context.words();
        let frame = self.owner.frame();
        let typed = self.typed();
        let count = i64::try_from(typed.problems.len()).unwrap_or(i64::MAX);
        FormView {
            key: self.key.to_owned(),
            title: frame.title,
            steps: frame.steps,
            intro: frame.intro,
            summary: (count > 0).then(|| words.say_with("problems", &[("count", Told::Number(count))])),
            fields: self.fields_now(&typed),
            action: words.action(frame.action),
            notice: frame.notice,
            done: frame.done,
        }
    }

    /// Takes a keystroke's text, a choice's option, or the robot box (`"true"`, `"false"`). In memory, cannot fail. A
    /// problem that shows goes as soon as it is mended; none appears while the member is still typing.
    ///
    /// A password being chosen comes here too, at every keystroke: it is weighed, and not kept.
    pub fn set(&self, key: &str, input: &str) -> FormChanges {
        self.owner.touched();
        let mut typed = self.typed();
        if let Some(field) = self.fields.iter().find(|field| field.key == key) {
            match field.kind {
                FieldKindSpec::Secret { new: true } => {
                    let secret: Zeroizing<String> = Zeroizing::new(input.nfc().collect());
                    match self.owner.weigh(key, &secret) {
                        Some(weighed) => typed.weighed.insert(field.key, weighed),
                        None => typed.weighed.remove(field.key),
                    };
                }
                // Every other secret crosses at send and only there.
                FieldKindSpec::Secret { new: false } => {}
                FieldKindSpec::Robot => {
                    self.owner.robot_ticked(input == "true");
                }
                kind => {
                    if kind.problem(&kind.normal(input)).is_none() {
                        typed.problems.remove(field.key);
                    }
                    typed.values.insert(field.key, input.to_owned());
                }
            }
            if field.kind.is_kept() {
                self.keep(&typed);
            } else {
                typed.problems.remove(field.key);
            }
        }
        FormChanges { fields: self.fields_now(&typed) }
    }

    /// The member leaves a field: its normal form shows, and what is wrong with it.
    pub fn leave(&self, key: &str) -> FormChanges {
        let mut typed = self.typed();
        if let Some(field) = self.fields.iter().find(|field| field.key == key && field.kind.is_kept()) {
            let value = field.kind.normal(typed.values.get(field.key).map_or("", String::as_str));
            // An empty field is not wrong yet: the member may come back to it.
            match field.kind.problem(&value) {
                Some(problem) if !value.is_empty() => typed.problems.insert(field.key, problem),
                _ => typed.problems.remove(field.key),
            };
            typed.values.insert(field.key, value);
            self.keep(&typed);
        }
        FormChanges { fields: self.fields_now(&typed) }
    }

    /// Sends the form. Secrets come here and are forgotten when it returns.
    ///
    /// # Errors
    /// [`FosError::Refused`] with the problems on their fields ([`Form::view`]), or whatever kept it from the portal:
    /// what was typed stays in every case.
    pub async fn send(self: Arc<Self>, secrets: Vec<SecretInput>) -> Result<(), FosError> {
        let form = Arc::clone(&self);
        self.context
            .act(async move {
                // A second touch while the first is under way does nothing.
                let Ok(_sending) = form.sending.try_lock() else {
                    return Err(Trouble::NotNow("working"));
                };
                let filled = form.check(secrets);
                form.context.watchers.announce(Change::Form);
                let filled = filled?;
                form.context.may_send().await?;
                let outcome = Arc::clone(&form.owner).submit(filled).await;
                if outcome.is_ok() {
                    form.sent()?;
                }
                if let Err(Trouble::Fields(told)) = &outcome {
                    form.take_problems(told);
                    form.context.watchers.announce(Change::Form);
                }
                outcome
            })
            .await
    }
}
