//! A form as it is filled in: what is typed, what is wrong with it, and its way to its owner.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use super::draft::{Draft, Values};
use super::problem::say_money;
use super::sections::{problem, sections, told};
use super::spec::{FieldSpec, shown};
use super::view::{self, FieldKind, FieldView, FormChanges, FormView, OptionView, StepsView, Weighed};
use super::wishes::touch_wish;
use super::{FieldKindSpec, FormOwner, Problem, Progress, SecretInput};
use crate::context::Context;
use crate::error::{FosError, Trouble};
use crate::language::{Told, Words, today};
use crate::watch::Change;

#[derive(Default)]
pub(super) struct Typed {
    pub(super) values: Values,
    /// The part that the member stands at, from 0.
    pub(super) at: usize,
    pub(super) problems: HashMap<String, Problem>,
    /// What the passwords being chosen are worth; the passwords themselves are not kept.
    weighed: HashMap<String, Weighed>,
}

impl Typed {
    /// The part that the member stands at: there may be fewer now than when they came there.
    pub(super) fn at(&self, parts: usize) -> usize {
        self.at.min(parts.saturating_sub(1))
    }

    pub(super) fn come_to_normal_form(&mut self, fields: &[FieldSpec]) {
        for field in fields.iter().filter(|field| field.kind.is_kept()) {
            if let Some(value) = self.values.get_mut(&field.key) {
                *value = field.kind.normal(value);
            }
        }
    }
}

/// A form, kept by the core: a rotated or rebuilt screen finds it as it was.
#[derive(uniffi::Object)]
pub struct Form {
    key: String,
    pub(super) fields: Vec<FieldSpec>,
    pub(super) owner: Arc<dyn FormOwner>,
    context: Arc<Context>,
    typed: Mutex<Typed>,
    draft: Option<Arc<Draft>>,
    sending: tokio::sync::Mutex<()>,
}

impl Form {
    pub(crate) fn new(
        key: &str,
        fields: Vec<FieldSpec>,
        owner: Arc<dyn FormOwner>,
        context: Arc<Context>,
    ) -> Self {
        Self {
            key: key.to_owned(),
            fields,
            owner,
            context,
            typed: Mutex::default(),
            draft: None,
            sending: tokio::sync::Mutex::default(),
        }
    }

    /// The same, whose values survive a killed process.
    pub(crate) fn kept_in(self, draft: Arc<Draft>) -> Self {
        Self { draft: Some(draft), ..self }
    }

    /// Begins with these values, in their normal form, at the first part that is not filled in.
    pub(crate) fn begin_with(&self, values: Values) {
        {
            let mut typed = self.typed();
            typed.values = values;
            typed.at = Progress::of(&self.fields, &typed.values, self.today()).at.saturating_sub(1);
        }
        self.leave_all();
    }

    /// Every field is left: what stands in it comes to its normal form.
    pub(crate) fn leave_all(&self) {
        self.typed().come_to_normal_form(&self.fields);
    }

    /// Writes at once what would be written soon.
    pub(crate) fn write_draft(&self) {
        if let Some(draft) = &self.draft {
            draft.write();
        }
    }

    fn keep(&self, typed: &Typed) {
        if let Some(draft) = &self.draft {
            draft.changed(typed.values.clone());
        }
    }

    /// Fills in what is known already, as if it had been typed.
    pub(crate) fn prefill(&self, values: &[(&str, &str)]) {
        let mut typed = self.typed();
        for (key, value) in values {
            if self.fields.iter().any(|field| field.key == *key) {
                typed.values.insert((*key).to_owned(), (*value).to_owned());
            }
        }
    }

    pub(super) fn typed(&self) -> MutexGuard<'_, Typed> {
        self.typed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn field(&self, key: &str) -> Option<&FieldSpec> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// The fields that show, with what stands in them. A choice may stand on its first option before anybody made it.
    pub(super) fn shown<'a>(&'a self, typed: &'a Typed) -> Vec<(&'a FieldSpec, &'a str)> {
        shown(&self.fields, |field| {
            let value = typed.values.get(&field.key).map(String::as_str);
            value.or_else(|| field.kind.first_option()).unwrap_or_default()
        })
    }

    /// The fields of the part that the member stands at.
    fn fields_now(&self, typed: &Typed) -> Vec<FieldView> {
        let words = self.context.words();
        let shown = self.shown(typed);
        let view = |(field, value): &(&FieldSpec, &str)| {
            let of_robot =
                || self.owner.robot_problem().filter(|_| matches!(field.kind, FieldKindSpec::Robot));
            let problem = typed.problems.get(&field.key).copied().or_else(of_robot);
            let weighed = typed.weighed.get(&field.key).copied();
            let weighed = weighed.or_else(|| self.owner.weigh(&field.key, ""));
            let told = told(&field.kind, &shown).map(|amount| say_money(amount, &words));
            view::field(field, told.as_deref().unwrap_or(value), problem, self.owner.robot(), weighed, &words)
        };
        let sections = sections(&shown);
        let here =
            sections.get(typed.at(sections.len())).map_or(0..shown.len(), |section| section.fields.clone());
        let mut views: Vec<FieldView> = shown[here].iter().map(view).collect();
        views.retain(|view| view.kind != FieldKind::Told || !view.value.is_empty());
        if let Some(last) = views.iter_mut().rfind(|view| view.kind.is_typed()) {
            last.last = true;
        }
        views
    }

    /// Which part of how many, in words; none of a form in one part.
    fn steps(&self, typed: &Typed, words: &Words) -> Option<StepsView> {
        let shown = self.shown(typed);
        let sections = sections(&shown);
        if sections.len() < 2 {
            return None;
        }
        let at = typed.at(sections.len());
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let title = sections.get(at)?.title.in_language(words.language());
        Some(StepsView::new(number(at + 1), number(sections.len()), title, words))
    }

    pub(super) fn today(&self) -> Date {
        today(self.context.time.now())
    }

    /// What served goes: the next to hold the phone may be somebody else.
    fn sent(&self) -> Result<(), Trouble> {
        *self.typed() = Typed::default();
        self.draft.as_ref().map_or(Ok(()), |draft| draft.forget())
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
        let steps = self.steps(&typed, &words);
        let (first, last) =
            steps.as_ref().map_or((true, true), |steps| (steps.now == 1, steps.now == steps.of));
        FormView {
            key: self.key.clone(),
            title: frame.title,
            steps: frame.steps.or_else(|| steps.clone()),
            saved: self.draft.as_ref().filter(|_| self.owner.can_wait()).map(|draft| draft.saved(&words)),
            intro: frame.intro.filter(|_| first),
            summary: (count > 0).then(|| words.say_with("problems", &[("count", Told::Number(count))])),
            fields: self.fields_now(&typed),
            action: words.action(if last { frame.action } else { "next" }),
            previous: (!first).then(|| words.action("previous")),
            notice: frame.notice.filter(|_| last),
            done: frame.done,
            filed: frame.filed,
        }
    }

    /// Back to the part before. What stands in this one stays.
    pub fn previous(&self) -> FormView {
        self.leave_all();
        {
            let mut typed = self.typed();
            let parts = sections(&self.shown(&typed)).len();
            typed.at = typed.at(parts).saturating_sub(1);
        }
        self.view()
    }

    /// Takes a keystroke's text, a choice's option, a touched wish, or a box (`"true"`, `"false"`). In memory, cannot
    /// fail. A problem that shows goes as soon as it is mended; none appears while the member is still typing.
    ///
    /// A password being chosen comes here too, at every keystroke: it is weighed, and not kept.
    pub fn set(&self, key: &str, input: &str) -> FormChanges {
        self.owner.touched();
        self.owner.begins_anew();
        let mut typed = self.typed();
        if let Some(field) = self.field(key) {
            self.take(&mut typed, field, input);
            if field.kind.is_kept() {
                self.keep(&typed);
            } else {
                typed.problems.remove(key);
            }
        }
        FormChanges { fields: self.fields_now(&typed) }
    }

    /// The options of a field of many ([`FieldKind::Search`](super::FieldKind)) that have these words in either language.
    pub fn find(&self, key: &str, text: &str) -> Vec<OptionView> {
        let typed = self.typed();
        let value = typed.values.get(key).map_or("", String::as_str);
        let words = self.context.words();
        self.field(key).map(|field| view::found(field, value, text, &words)).unwrap_or_default()
    }

    /// The member leaves a field: its normal form shows, and what is wrong with it.
    pub fn leave(&self, key: &str) -> FormChanges {
        let mut typed = self.typed();
        if let Some(field) = self.field(key).filter(|field| field.kind.is_kept()) {
            let value = field.kind.normal(typed.values.get(key).map_or("", String::as_str));
            // An empty field is not wrong yet: the member may come back to it.
            match self.problem_among(&typed, field, &value) {
                Some(problem) if !value.is_empty() => typed.problems.insert(key.to_owned(), problem),
                _ => typed.problems.remove(key),
            };
            typed.values.insert(key.to_owned(), value);
            self.keep(&typed);
        }
        FormChanges { fields: self.fields_now(&typed) }
    }

    /// The way on: to the next part of a form in several, and from the last one away. Secrets come here and are
    /// forgotten when it returns. Whether it was sent, [`FormView::done`] tells.
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
                form.owner.begins_anew();
                let filled = form.check(secrets);
                form.context.watchers.announce(Change::Form);
                let Some(filled) = filled? else { return Ok(()) };
                if !form.owner.can_wait() {
                    form.context.may_send().await?;
                }
                // Nothing of it is written once it is on its way.
                form.write_draft();
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

impl Form {
    fn take(&self, typed: &mut Typed, field: &FieldSpec, input: &str) {
        match &field.kind {
            FieldKindSpec::Secret { new: true } => {
                let secret: Zeroizing<String> = Zeroizing::new(input.nfc().collect());
                match self.owner.weigh(&field.key, &secret) {
                    Some(weighed) => typed.weighed.insert(field.key.clone(), weighed),
                    None => typed.weighed.remove(&field.key),
                };
            }
            // Every other secret crosses at send and only there.
            FieldKindSpec::Secret { new: false } => {}
            FieldKindSpec::Robot => self.owner.robot_ticked(input == "true"),
            kind => {
                let value = match kind {
                    FieldKindSpec::Wishes { most, .. } => {
                        touch_wish(typed.values.get(&field.key).map_or("", String::as_str), input, *most)
                    }
                    _ => input.to_owned(),
                };
                typed.values.insert(field.key.clone(), value);
                let value = kind.normal(&typed.values[&field.key]);
                if self.problem_among(typed, field, &value).is_none() {
                    typed.problems.remove(&field.key);
                }
            }
        }
    }

    /// What is wrong with this value among those that stand in the other fields.
    fn problem_among(&self, typed: &Typed, field: &FieldSpec, value: &str) -> Option<Problem> {
        let values =
            self.shown(typed).into_iter().map(|(field, value)| (field.key.as_str(), value)).collect();
        problem(field, value, &values, self.today())
    }
}
