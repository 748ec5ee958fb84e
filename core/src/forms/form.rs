//! A form as it is filled in: what is typed, what is wrong with it, and its way to its owner.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Map, Value};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use super::draft::{Draft, Values};
use super::kind::{Beside, touch_wish};
use super::spec::{FieldSpec, shown};
use super::view::{self, FieldView, FormChanges, FormView, OptionView, SectionView, Weighed};
use super::{FieldKindSpec, Filled, FormOwner, Problem, Robot, SecretInput};
use crate::context::Context;
use crate::error::{FieldProblem, FosError, Trouble};
use crate::language::{Told, today};
use crate::portal::wire::Both;
use crate::watch::Change;

#[derive(Default)]
struct Typed {
    values: Values,
    problems: HashMap<String, Problem>,
    /// What the passwords being chosen are worth; the passwords themselves are not kept.
    weighed: HashMap<String, Weighed>,
}

/// A form, kept by the core: a rotated or rebuilt screen finds it as it was.
#[derive(uniffi::Object)]
pub struct Form {
    key: String,
    fields: Vec<FieldSpec>,
    owner: Arc<dyn FormOwner>,
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

    /// The same, whose values survive a killed process; it begins with those that did.
    pub(crate) fn kept_in(mut self, draft: Arc<Draft>) -> Result<Self, Trouble> {
        let left = draft.left()?;
        self.prefill(&left.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect::<Vec<_>>());
        self.draft = Some(draft);
        Ok(self)
    }

    /// Begins with these values and no others.
    pub(crate) fn begin_with(&self, values: &[(&str, &str)]) {
        self.typed().values.clear();
        self.prefill(values);
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

    fn typed(&self) -> MutexGuard<'_, Typed> {
        self.typed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn field(&self, key: &str) -> Option<&FieldSpec> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// The fields that show, with what stands in them. A choice may stand on its first option before anybody made it.
    fn shown<'a>(&'a self, typed: &'a Typed) -> Vec<(&'a FieldSpec, &'a str)> {
        shown(&self.fields, |field| {
            let value = typed.values.get(&field.key).map(String::as_str);
            value.or_else(|| field.kind.first_option()).unwrap_or_default()
        })
    }

    fn fields_now(&self, typed: &Typed) -> Vec<FieldView> {
        let words = self.context.words();
        let view = |(field, value): (&FieldSpec, &str)| {
            let of_robot =
                || self.owner.robot_problem().filter(|_| matches!(field.kind, FieldKindSpec::Robot));
            let problem = typed.problems.get(&field.key).copied().or_else(of_robot);
            let weighed = typed.weighed.get(&field.key).copied();
            let weighed = weighed.or_else(|| self.owner.weigh(&field.key, ""));
            view::field(field, value, problem, self.owner.robot(), weighed, &words)
        };
        let shown = self.shown(typed);
        let mut views: Vec<FieldView> = shown.iter().copied().map(view).collect();
        for (at, section) in self.sections(&shown) {
            views[at].section = Some(section);
        }
        if let Some(last) = views.iter_mut().rfind(|view| view.kind.is_typed()) {
            last.last = true;
        }
        views
    }

    /// Where each section begins among the fields that show. One whose first field does not show begins at the next.
    fn sections(&self, shown: &[(&FieldSpec, &str)]) -> Vec<(usize, SectionView)> {
        let words = self.context.words();
        let values = shown.iter().map(|(field, value)| (field.key.as_str(), *value)).collect();
        let mut found: Vec<(usize, &Both, usize, usize)> = Vec::new();
        for (at, (field, value)) in shown.iter().enumerate() {
            if let Some(title) = &field.section
                && found.last().is_none_or(|(_, last, ..)| *last != title)
            {
                found.push((at, title, 0, 0));
            }
            if let Some((.., filled, of)) = found.last_mut()
                && field.required.holds(&values)
            {
                *of += 1;
                let value = field.kind.normal(value);
                *filled += usize::from(!value.is_empty() && self.problem(field, &value, &values).is_none());
            }
        }
        found.into_iter().map(|(at, title, filled, of)| (at, SectionView::new(title, filled, of, &words))).collect()
    }

    /// What is wrong with one of the fields that show, in its normal form.
    fn problem(&self, field: &FieldSpec, value: &str, values: &HashMap<&str, &str>) -> Option<Problem> {
        if value.is_empty() && !field.required.holds(values) {
            return None;
        }
        let beside = Beside { today: today(self.context.time.now()), values };
        field.kind.problem(value, &beside)
    }

    /// Takes everything that is filled in, or leaves the problems on their fields.
    fn check(&self, secrets: Vec<SecretInput>) -> Result<Filled, Trouble> {
        let mut typed = self.typed();
        let secrets = secrets
            .into_iter()
            .map(|secret| (secret.key, Zeroizing::new(Zeroizing::new(secret.value).nfc().collect())))
            .collect();
        let mut filled = Filled { values: HashMap::new(), secrets, body: Map::new() };
        let mut problems = HashMap::new();
        let normal: Vec<(&FieldSpec, String)> = self
            .shown(&typed)
            .into_iter()
            .map(|(field, value)| (field, field.kind.normal(value)))
            .collect();
        let values = normal.iter().map(|(field, value)| (field.key.as_str(), value.as_str())).collect();
        for (field, value) in &normal {
            let problem = match field.kind {
                FieldKindSpec::Secret { .. } => {
                    filled.secret(&field.key).is_empty().then_some(Problem::named("required"))
                }
                FieldKindSpec::Robot => {
                    matches!(self.owner.robot(), Robot::Idle).then_some(Problem::named("robot"))
                }
                _ => self.problem(field, value, &values),
            };
            problems.extend(problem.map(|problem| (field.key.clone(), problem)));
        }
        for (field, value) in normal.iter().filter(|(field, _)| field.kind.is_kept()) {
            filled.values.insert(field.key.clone(), value.clone());
            if !value.is_empty() {
                put(&mut filled.body, &field.wire, field.kind.sent(value));
            }
        }
        for (key, problem) in self.owner.judge(&filled) {
            problems.entry(key.to_owned()).or_insert(problem);
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
    pub(crate) fn take_problems(&self, told: &[FieldProblem]) {
        let mut typed = self.typed();
        for FieldProblem { field, code } in told {
            if let Some(spec) = self.fields.iter().find(|spec| spec.wire == *field) {
                typed.problems.insert(spec.key.clone(), Problem::told_by_portal(code, &spec.kind));
            }
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

#[uniffi::export]
impl Form {
    /// All that the screen shows.
    pub fn view(&self) -> FormView {
        let words = self.context.words();
        let frame = self.owner.frame();
        let typed = self.typed();
        let count = i64::try_from(typed.problems.len()).unwrap_or(i64::MAX);
        FormView {
            key: self.key.clone(),
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

    /// Takes a keystroke's text, a choice's option, a touched wish, or a box (`"true"`, `"false"`). In memory, cannot
    /// fail. A problem that shows goes as soon as it is mended; none appears while the member is still typing.
    ///
    /// A password being chosen comes here too, at every keystroke: it is weighed, and not kept.
    pub fn set(&self, key: &str, input: &str) -> FormChanges {
        self.owner.touched();
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
                if !form.owner.can_wait() {
                    form.context.may_send().await?;
                }
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
        let values = self.shown(typed).into_iter().map(|(field, value)| (field.key.as_str(), value)).collect();
        self.problem(field, value, &values)
    }
}
