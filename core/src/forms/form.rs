//! [`Form`]: input, problems and submission of one form.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use fos_rules::day;
use jiff::civil::{Date, date};
use parking_lot::{Mutex, MutexGuard};

use super::day_limits::ValidationContext;
use super::draft::{Draft, Values};
use super::field_view;
use super::problem::format_money_amount;
use super::sections::{first_section_with, repayment, sections, values_for_limits};
use super::spec::{FieldSpec, visible_fields};
use super::view::{
    CaptchaState, ContentType, FieldKind, FieldView, FormChanges, FormView, OptionView, StrengthReport,
};
use super::{FieldKindSpec, FormHandler, FormHost, Problem, Progress, SecretInput, SubmitOutcome};
use crate::context::AppContext;
use crate::error::FosError;
use crate::i18n::{FormatArg, today};
use crate::observe::Change;

#[derive(Default)]
pub(super) struct FormState {
    pub(super) values: Values,
    /// Index of the current section, from 0; the number of sections on the page that reviews all answers.
    pub(super) section: usize,
    pub(super) problems: HashMap<String, Problem>,
    /// Key of the field that is being typed into: its problem is hidden until it is left.
    pub(super) typing: Option<String>,
    /// True from a failed submission until every field is corrected: the problems are named above the fields.
    pub(super) is_summarized: bool,
    /// Strength of the passwords being chosen; the passwords themselves are not stored.
    pub(super) strength: HashMap<String, StrengthReport>,
}

impl FormState {
    pub(super) fn normalize(&mut self, fields: &[FieldSpec], today: Date) {
        for field in fields.iter().filter(|field| field.kind.is_stored()) {
            if self.values.contains_key(&field.key) {
                self.values.insert(field.key.clone(), self.normalized(field, today));
            }
        }
    }

    pub(super) fn hide_empty_summary(&mut self) {
        self.is_summarized &= !self.problems.is_empty();
    }

    /// Returns the normalized value of a field. Only a day depends on the others.
    pub(super) fn normalized(&self, field: &FieldSpec, today: Date) -> String {
        let all = self.values.iter().map(|(key, value)| (key.as_str(), value.as_str()));
        let values = if let FieldKindSpec::Day { .. } = field.kind { all.collect() } else { HashMap::new() };
        let value = self.values.get(&field.key).map_or("", String::as_str);
        field.kind.normalize(value, &ValidationContext { today, values: &values })
    }
}

/// A form, owned by the core, so that a rotated or rebuilt screen finds its input.
#[derive(uniffi::Object)]
pub struct Form {
    key: &'static str,
    pub(super) fields: Vec<FieldSpec>,
    pub(super) handler: Arc<dyn FormHandler>,
    host: Arc<dyn FormHost>,
    state: Mutex<FormState>,
    pub(super) draft: Option<Arc<Draft>>,
    /// Number of times that typed secrets were discarded.
    discarded: AtomicU32,
    pub(super) submitting: tokio::sync::Mutex<()>,
}

impl Form {
    pub(crate) fn new(
        key: &'static str,
        fields: Vec<FieldSpec>,
        handler: Arc<dyn FormHandler>,
        host: Arc<dyn FormHost>,
    ) -> Self {
        Self {
            key,
            fields,
            handler,
            host,
            state: Mutex::default(),
            draft: None,
            discarded: AtomicU32::default(),
            submitting: tokio::sync::Mutex::default(),
        }
    }

    /// Adds a draft, which survives a killed process.
    pub(crate) fn with_draft(self, draft: Arc<Draft>) -> Self {
        Self { draft: Some(draft), ..self }
    }

    /// Loads stored values and goes to the first incomplete section.
    pub(crate) fn load(&self, values: Values) {
        {
            let mut state = self.state();
            state.values = values;
            state.section = Progress::of(&self.fields, &state.values, self.today()).section.saturating_sub(1);
        }
        self.blur_all();
    }

    /// Normalizes every field, as if each had lost the focus.
    pub(crate) fn blur_all(&self) {
        self.state().normalize(&self.fields, self.today());
    }

    /// Writes pending input now.
    pub(crate) fn flush_draft(&self) {
        if let Some(draft) = &self.draft {
            draft.flush_now();
        }
    }

    fn schedule_write(&self, state: &FormState) {
        if let Some(draft) = &self.draft {
            draft.schedule_write(state.values.clone());
        }
    }

    /// Fills in known values, as if they had been typed.
    pub(crate) fn prefill(&self, values: &[(&str, &str)]) {
        let mut state = self.state();
        for (key, value) in values {
            if self.fields.iter().any(|field| field.key == *key) {
                state.values.insert((*key).to_owned(), (*value).to_owned());
            }
        }
    }

    /// Returns the input of a field.
    pub(crate) fn value(&self, key: &str) -> String {
        self.state().values.get(key).cloned().unwrap_or_default()
    }

    /// Has the face empty every secret that is not being chosen: what was typed is wrong, or old.
    pub(crate) fn discard_secrets(&self) {
        self.discarded.fetch_add(1, Ordering::Relaxed);
        self.context().notify(Change::Form);
    }

    pub(super) fn state(&self) -> MutexGuard<'_, FormState> {
        self.state.lock()
    }

    pub(super) fn field(&self, key: &str) -> Option<&FieldSpec> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// Returns the visible fields and their values. A choice may have its first option selected from the start.
    pub(super) fn visible_fields<'a>(&'a self, state: &'a FormState) -> Vec<(&'a FieldSpec, &'a str)> {
        visible_fields(&self.fields, |field| {
            let value = state.values.get(&field.key).map(String::as_str);
            value.or_else(|| field.kind.first_option()).unwrap_or_default()
        })
    }

    /// Returns the views of the current section's fields; none on the review.
    pub(super) fn field_views(&self, state: &FormState) -> Vec<FieldView> {
        let localizer = self.context().localizer();
        let visible = self.visible_fields(state);
        let sections = sections(&visible);
        let page = self.page(state, sections.len());
        if page.is_review {
            return Vec::new();
        }
        let today = self.today();
        let values = values_for_limits(&visible, today);
        let limits = ValidationContext { today, values: &values };
        let view = |(field, value): &(&FieldSpec, &str)| {
            let from_captcha =
                || self.handler.captcha_problem().filter(|_| matches!(field.kind, FieldKindSpec::Captcha));
            let is_typing = state.typing.as_ref() == Some(&field.key);
            let problem = state.problems.get(&field.key).filter(|_| !is_typing);
            let problem = problem.copied().or_else(from_captcha);
            let report = state.strength.get(&field.key).copied();
            let report = report.or_else(|| self.handler.strength(&field.key, ""));
            let repayment = repayment(&field.kind, &visible);
            let computed = repayment.map(|it| format_money_amount(it.monthly, &localizer));
            let view = field_view::field(field, computed.as_deref().unwrap_or(value), &localizer);
            let is_captcha = view.kind == FieldKind::Captcha;
            FieldView {
                label: if field.is_optional(&values) {
                    localizer.format("optional", &[("label", FormatArg::Text(&view.label))])
                } else {
                    view.label
                },
                help: repayment.map(|it| it.explanation(&localizer)).or(view.help),
                calendar: field_view::calendar(&field.kind, value, &limits),
                problem: problem.map(|problem| problem.message(&localizer)),
                captcha: if is_captcha { self.handler.captcha() } else { CaptchaState::NotAsked },
                rules: report.map(|report| report.rules(&localizer)).unwrap_or_default(),
                strength: report.and_then(|report| report.strength(&localizer)),
                ..view
            }
        };
        let current_fields = sections.get(page.at).map_or(0..visible.len(), |section| section.fields.clone());
        let mut views: Vec<FieldView> = visible[current_fields].iter().map(view).collect();
        views.retain(|view| view.kind != FieldKind::ReadOnly || !view.value.is_empty());
        for view in views.iter_mut().filter(|view| view.content_type == ContentType::Password) {
            view.discarded = self.discarded.load(Ordering::Relaxed);
        }
        if let Some(last) = views.iter_mut().rfind(|view| view.kind.is_typed()) {
            last.last = true;
        }
        views
    }

    pub(super) fn today(&self) -> Date {
        today(self.context().now())
    }

    pub(super) fn context(&self) -> &AppContext {
        self.host.context()
    }

    /// Clears input and draft: the next person to hold the phone may be somebody else.
    pub(crate) fn reset(&self) {
        *self.state() = FormState::default();
        if let Some(draft) = &self.draft {
            draft.discard();
        }
    }
}

#[uniffi::export]
impl Form {
    /// Returns everything that the screen shows. Does no I/O.
    pub fn view(&self) -> FormView {
        let localizer = self.context().localizer();
        let header = self.handler.header();
        let state = self.state();
        let steps = self.steps(&state, &localizer);
        let (first, last) =
            steps.as_ref().map_or((true, true), |steps| (steps.current == 1, steps.current == steps.total));
        FormView {
            key: self.key.to_owned(),
            title: header.title,
            steps: header.steps.or_else(|| steps.clone()),
            saved: self
                .draft
                .as_ref()
                .filter(|_| self.handler.is_queued() && state.values.values().any(|value| !value.is_empty()))
                .map(|draft| draft.save_state(&localizer)),
            intro: header.intro.filter(|_| first),
            summary: self.summary(&state, &localizer),
            fields: self.field_views(&state),
            review: self.review(&state, &localizer),
            action: localizer.action(if last { header.action } else { "next" }),
            previous: (!first).then(|| localizer.action("previous")),
            notice: header.notice.filter(|_| last),
        }
    }

    /// Returns to the previous page. Input stays.
    pub fn previous(&self) -> FormView {
        self.blur_all();
        {
            let mut state = self.state();
            let section_count = sections(&self.visible_fields(&state)).len();
            state.section = self.page(&state, section_count).at.saturating_sub(1);
            state.is_summarized = false;
        }
        self.view()
    }

    /// Goes from the review ([`FormView::review`]) to one of its sections. Input stays.
    pub fn open_section(&self, section: u32) -> FormView {
        self.state().section = usize::try_from(section).unwrap_or_default();
        self.view()
    }

    /// Goes to the page of a field that the summary names ([`ProblemSummaryView`](super::ProblemSummaryView)); the face then
    /// gives it the focus. Input stays.
    pub fn open_field(&self, key: &str) -> FormView {
        {
            let mut state = self.state();
            let section = first_section_with(&self.visible_fields(&state), |field, _| field.key == key);
            state.section = section.unwrap_or(state.section);
        }
        self.view()
    }

    /// Takes the text of a keystroke, the key of an option or wish, or `"true"` and `"false"` for a box. In memory;
    /// cannot fail. A field's problem disappears at its first key and, unless it is corrected, returns when the field is left.
    ///
    /// The value that is returned may have Western digits and the marks between the groups of a number: the face shows it in
    /// place of the text, with the same characters before the cursor.
    ///
    /// A password being chosen comes here too: its strength is computed and the password is not stored.
    pub fn set(&self, key: &str, input: &str) -> FormChanges {
        self.handler.on_input();
        let mut state = self.state();
        if let Some(field) = self.field(key) {
            self.apply_input(&mut state, field, input);
            if field.kind.is_stored() {
                self.schedule_write(&state);
            }
        }
        self.changes(&state)
    }

    /// Returns the options of a searchable field ([`FieldKind::Search`](super::FieldKind)) that contain these words in
    /// either language.
    pub fn find(&self, key: &str, text: &str) -> Vec<OptionView> {
        let state = self.state();
        let value = state.values.get(key).map_or("", String::as_str);
        let localizer = self.context().localizer();
        self.field(key)
            .map(|field| field_view::matching_options(field, value, text, &localizer))
            .unwrap_or_default()
    }

    /// Takes a day that was chosen in the calendar ([`CalendarView`](super::CalendarView)), counted from 1970-01-01.
    pub fn pick_day(&self, key: &str, day: i64) -> FormChanges {
        let day = i32::try_from(day).map_or(Date::MAX, |days| day::add_days(date(1970, 1, 1), days));
        self.set(key, &day::format(day));
        self.blur(key)
    }

    /// Reports that a field lost the focus: its value is normalized and its problem shown.
    pub fn blur(&self, key: &str) -> FormChanges {
        let mut state = self.state();
        if let Some(field) = self.field(key).filter(|field| field.kind.is_stored()) {
            let value = state.normalized(field, self.today());
            let is_named = state.is_summarized && state.problems.contains_key(key);
            let is_portals = state.problems.get(key).is_some_and(|problem| problem.is_from_portal());
            match self.validate_field(&state, field, &value) {
                // An empty field shows no problem yet: the member may come back to it.
                Some(problem) if is_named || !value.is_empty() => {
                    state.problems.insert(key.to_owned(), problem)
                }
                _ if is_portals => None,
                _ => state.problems.remove(key),
            };
            state.values.insert(key.to_owned(), value);
            state.typing.take_if(|typing| typing == key);
            self.revalidate(&mut state);
            state.hide_empty_summary();
            self.schedule_write(&state);
        }
        self.changes(&state)
    }

    /// Goes to the next page, or submits the form from the last one. Secrets are dropped when it returns.
    ///
    /// # Errors
    /// [`FosError::InvalidFields`] with the problems in the fields ([`Form::view`]), or the error of the submission. Input
    /// stays in every case.
    pub async fn submit(self: Arc<Self>, secrets: Vec<SecretInput>) -> Result<SubmitOutcome, FosError> {
        let form = Arc::clone(&self);
        let submission = Box::pin(async move { form.submit_now(secrets).await });
        let outcome = Arc::clone(&self.host).run(self.key, submission).await;
        outcome.map_err(|error| self.with_unsent_note(error))
    }
}
