//! Navigation state of the face, and the verbs that change it.

use std::{collections::BTreeMap, sync::Arc};

use fos_core::{
    CharterView, DevicesView, FieldKind, Form, Fos, FosError, Language, QuestionView, Stage, SubmitOutcome,
    TapGuard,
};

use super::tasks::{BackgroundTasks, NextStep, TaskOutcome};
use super::touch::TouchedPlace;
use crate::protocol::{Response, Verb};

/// Reason for rejecting a verb on this screen.
pub(super) type ActionError = String;

/// State that a face owns; everything else is the core's.
pub(super) struct Phone {
    pub(super) fos: Arc<Fos>,
    pub(super) tasks: BackgroundTasks,
    stage: Stage,
    /// Screens opened over the stage's root screen.
    pub(super) back_stack: Vec<Route>,
    /// Content of secret fields, handed to the core on submit only.
    pub(super) secrets: BTreeMap<String, String>,
    /// Last `discarded` of each secret, by form and field.
    pub(super) discarded: BTreeMap<String, u32>,
    pub(super) focus: Option<String>,
    /// Question over the screen, until it is answered.
    pub(super) question: Option<QuestionView>,
    pub(super) charter: Option<CharterView>,
    pub(super) charter_read: bool,
    /// Service whose draft the question is about.
    pub(super) deleted_draft: Option<String>,
    pub(super) search: String,
    pub(super) category: String,
    pub(super) tab: Tab,
    /// Form of a request, once fetched.
    pub(super) request_form: Option<Arc<Form>>,
    /// Field key and text of a search within one of its fields.
    pub(super) field_search: Option<(String, String)>,
    pub(super) devices: Option<DevicesView>,
    /// Last error or confirmation, in the member's language.
    pub(super) message: Option<String>,
    /// Items handed to the system, which does nothing with them here.
    pub(super) opened: Vec<String>,
    pub(super) copied: Option<String>,
    pub(super) guard: Arc<TapGuard>,
    /// Monotonic clock of the touches, which the runner moves.
    pub(super) clock_ms: u64,
    /// Place of the last touch.
    pub(super) touched: Option<TouchedPlace>,
}

/// Tabs of the navigation bar in the member's space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tab {
    Services,
    Requests,
}

/// Screen on the back stack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Route {
    PasswordRequest,
    SignIn,
    Service(String),
    Start(String),
    RequestForm,
    Queued(String),
    Request(String),
    SignOut,
    Profile,
    Devices,
    ChangePassword,
    CharterReading,
    SignInAgain,
    Help,
    Privacy,
    Licences,
    Diagnostic,
}

impl Phone {
    pub(super) fn new(fos: Arc<Fos>) -> anyhow::Result<Self> {
        let stage = fos.stage();
        let mut phone = Self {
            fos,
            tasks: BackgroundTasks::start()?,
            stage,
            back_stack: Vec::new(),
            secrets: BTreeMap::new(),
            discarded: BTreeMap::new(),
            focus: None,
            question: None,
            charter: None,
            charter_read: false,
            deleted_draft: None,
            search: String::new(),
            category: String::new(),
            tab: Tab::Services,
            request_form: None,
            field_search: None,
            devices: None,
            message: None,
            opened: Vec::new(),
            copied: None,
            guard: TapGuard::new(),
            clock_ms: 0,
            touched: None,
        };
        phone.on_stage_entered();
        Ok(phone)
    }

    pub(super) fn execute(&mut self, verb: &Verb) -> Result<Response, ActionError> {
        self.process_updates();
        let done = Response { ok: true, ..Response::default() };
        match verb {
            Verb::See => {
                self.report_buttons();
                return Ok(Response { snapshot: Some(self.snapshot()), ..done });
            }
            Verb::Type { field, text } => self.type_into(field, text)?,
            Verb::Tap { tag, after } => {
                self.blur_field();
                self.touch(tag, *after)?;
            }
            Verb::Again { after } => self.touch_again(*after)?,
            Verb::Back => self.back()?,
            Verb::Language { to } => self.set_language(language(to)?)?,
            Verb::Picture { .. } => return Ok(Response { skipped: true, ..done }),
            Verb::Pause => self.fos.pause(),
            Verb::Resume => self.fos.resume(),
            Verb::Pull => self.pull()?,
            // A rotation recreates the screen of a phone; the core, which holds all state here, does not notice.
            Verb::Rotate | Verb::Quit => {}
            Verb::Pointer { .. }
            | Verb::Wheel { .. }
            | Verb::Key { .. }
            | Verb::Paste { .. }
            | Verb::Frame { .. }
            | Verb::Where { .. }
            | Verb::Dark { .. }
            | Verb::Font { .. }
            | Verb::Keyboard { .. }
            | Verb::Size { .. }
            | Verb::Motion { .. }
            | Verb::Advance { .. } => return Err("this face has no screen".to_owned()),
        }
        self.process_updates();
        Ok(done)
    }

    /// Applies a changed stage and the outcomes of finished tasks.
    fn process_updates(&mut self) {
        self.sync_stage();
        while let Some(outcome) = self.tasks.next_outcome() {
            // A task changes the stage before it ends: its outcome applies to the new stage.
            self.sync_stage();
            match outcome {
                TaskOutcome::Succeeded(next_step) => self.apply(next_step),
                TaskOutcome::Charter(charter) => self.set_charter(*charter),
                TaskOutcome::Devices(devices) => self.devices = Some(devices),
                TaskOutcome::Form(form) => self.request_form = Some(form),
                TaskOutcome::Submitted(outcome) => self.after_submit(outcome),
                TaskOutcome::Opened(file) => self.opened.push(file),
                TaskOutcome::Failed(error) => self.show_error(&error),
            }
        }
        self.empty_discarded_secrets();
    }

    fn apply(&mut self, next_step: NextStep) {
        match next_step {
            NextStep::Stay => {}
            NextStep::Open(route) => self.back_stack = vec![route],
            NextStep::ReloadDevices => self.tasks.fetch_devices(&self.fos),
        }
    }

    /// After a submitted section stays on the form; after the last one opens the request, or the list if it is
    /// queued. A form over the stage's root closes.
    fn after_submit(&mut self, outcome: SubmitOutcome) {
        match outcome {
            SubmitOutcome::NextSection => {}
            SubmitOutcome::Done { message } => {
                if let Some(Route::SignInAgain | Route::ChangePassword) = self.back_stack.last() {
                    self.back_stack.pop();
                    self.secrets.clear();
                    self.message = message;
                }
            }
            SubmitOutcome::Filed { id, message } => self.open_requests(Some(Route::Request(id)), message),
            SubmitOutcome::Queued { message } => self.open_requests(None, message),
        }
    }

    fn open_requests(&mut self, route: Option<Route>, message: String) {
        self.back_stack.clear();
        self.select_tab(Tab::Requests);
        self.back_stack.extend(route);
        self.message = Some(message);
    }

    /// Selects a tab and fetches its content.
    pub(super) fn select_tab(&mut self, tab: Tab) {
        self.tab = tab;
        if tab == Tab::Requests {
            let requests = self.fos.requests();
            self.tasks.run(NextStep::Stay, async move { requests.refresh().await.or(Ok(())) });
        }
    }

    /// Stores the charter; another edition starts unread.
    fn set_charter(&mut self, charter: CharterView) {
        self.charter_read &= self.charter.as_ref().is_some_and(|read| read.edition == charter.edition);
        self.charter = Some(charter);
    }

    /// Shows an error, and opens the sign-in sheet if the session has expired.
    fn show_error(&mut self, error: &FosError) {
        // A form names its own problems.
        self.message = (!matches!(error, FosError::InvalidFields { .. })).then(|| error.to_string());
        let sheet_is_open = self.back_stack.last() == Some(&Route::SignInAgain);
        if matches!(error, FosError::SignInAgain { .. }) && self.stage == Stage::Space && !sheet_is_open {
            self.back_stack.push(Route::SignInAgain);
        }
        // A refusal can mean that a new edition of the charter must be read first.
        if matches!(error, FosError::Refused { .. }) && self.stage == Stage::Charter {
            self.tasks.fetch_charter(self.fos.access());
        }
    }

    fn sync_stage(&mut self) {
        let stage = self.fos.stage();
        if stage != self.stage {
            self.stage = stage;
            self.back_stack.clear();
            self.tab = Tab::Services;
            self.secrets.clear();
            self.question = None;
            self.message = None;
            self.on_stage_entered();
        }
    }

    /// Fetches the content of the stage that begins.
    fn on_stage_entered(&mut self) {
        match self.stage {
            Stage::Charter => {
                self.charter = None;
                self.charter_read = false;
                self.tasks.fetch_charter(self.fos.access());
            }
            Stage::Space => {
                let services = self.fos.services();
                // An error of a refresh that the member did not request is shown by the notices alone.
                let refresh = async move { services.refresh_if_stale().await.or(Ok(())) };
                self.tasks.run(NextStep::Stay, refresh);
            }
            Stage::Welcome | Stage::PasswordSent | Stage::NewPassword => {}
        }
    }

    fn pull(&mut self) -> Result<(), ActionError> {
        self.message = None;
        let (services, requests) = (self.fos.services(), self.fos.requests());
        match self.screen() {
            "services" => self.tasks.run(NextStep::Stay, async move { services.refresh().await }),
            "requests" => self.tasks.run(NextStep::Stay, async move { requests.refresh().await }),
            other => return Err(format!("there is nothing to pull on `{other}`")),
        }
        Ok(())
    }

    /// Returns the tag of the current screen.
    pub(super) fn screen(&self) -> &'static str {
        let signed_out = matches!(self.stage, Stage::Welcome | Stage::PasswordSent);
        match (self.back_stack.last(), &self.stage) {
            (Some(Route::Help), _) => "help",
            (Some(Route::Privacy), _) => "privacy",
            (Some(Route::Licences), _) => "licences",
            (Some(Route::Diagnostic), _) => "diagnostic",
            _ if self.question.is_some() => "question",
            _ if signed_out && self.fos.blocking_screen().is_some() => "gate",
            (Some(Route::PasswordRequest), _) => "password-request",
            (Some(Route::SignIn), _) | (None, Stage::Welcome) => "sign-in",
            (Some(Route::Service(_)), _) => "service",
            (Some(Route::Start(_)), _) => "start",
            (Some(Route::RequestForm), _) => "request-form",
            (Some(Route::Queued(_)), _) => "queued-request",
            (Some(Route::Request(_)), _) => "request",
            (Some(Route::SignOut), _) => "sign-out",
            (Some(Route::Profile), _) => "profile",
            (Some(Route::Devices), _) => "devices",
            (Some(Route::ChangePassword), _) => "change-password",
            (Some(Route::CharterReading), _) => "charter-reading",
            (Some(Route::SignInAgain), _) => "sign-in-again",
            (None, Stage::PasswordSent) => "mail-sent",
            (None, Stage::Charter) => "charter",
            (None, Stage::NewPassword) => "new-password",
            (None, Stage::Space) => match self.tab {
                Tab::Services => "services",
                Tab::Requests => "requests",
            },
        }
    }

    /// Returns the form of the current screen.
    pub(super) fn form(&self) -> Option<Arc<Form>> {
        let access = self.fos.access();
        match self.screen() {
            "sign-in" => Some(access.sign_in()),
            "sign-in-again" => Some(access.sign_in_again()),
            "password-request" => Some(access.password_request()),
            "new-password" => Some(access.new_password()),
            "change-password" => Some(access.change_password()),
            "request-form" => self.request_form.clone(),
            _ => None,
        }
    }

    fn type_into(&mut self, field: &str, text: &str) -> Result<(), ActionError> {
        if self.focus.as_deref() != Some(field) {
            self.blur_field();
        }
        if self.screen() == "services" && field == "search" {
            text.clone_into(&mut self.search);
            return Ok(());
        }
        let form =
            self.form().ok_or_else(|| format!("there is nothing to type into on `{}`", self.screen()))?;
        let view = form.view();
        let kind = view.fields.iter().find(|it| it.key == field).map(|it| it.kind);
        if let Some(field_search) = field.strip_suffix("-search") {
            self.field_search = Some((field_search.to_owned(), text.to_owned()));
            return Ok(());
        }
        match kind {
            Some(FieldKind::Text | FieldKind::MultilineText) => {
                form.set(field, text);
            }
            Some(FieldKind::Secret) => {
                // The core checks a password being chosen at each keystroke, and ignores any other secret.
                form.set(field, text);
                self.secrets.insert(field.to_owned(), text.to_owned());
            }
            Some(_) => return Err(format!("`{field}` is not typed into")),
            None => return Err(format!("there is no field `{field}` on `{}`", self.screen())),
        }
        self.focus = Some(field.to_owned());
        Ok(())
    }

    /// Moves the focus away: the core normalizes the field.
    fn blur_field(&mut self) {
        if let (Some(field), Some(form)) = (self.focus.take(), self.form()) {
            form.blur(&field);
        }
    }

    fn back(&mut self) -> Result<(), ActionError> {
        self.blur_field();
        self.message = None;
        if self.question.take().is_some() {
            return Ok(());
        }
        if self.form().is_some() {
            self.secrets.clear();
        }
        match self.back_stack.pop() {
            Some(_) => Ok(()),
            None if self.tab == Tab::Requests => {
                self.select_tab(Tab::Services);
                Ok(())
            }
            None => Err("back would leave the app".to_owned()),
        }
    }

    /// Changes the app's language and fetches the charter in it if one is shown.
    pub(super) fn set_language(&mut self, language: Language) -> Result<(), ActionError> {
        self.fos.set_language(language).map_err(|error| error.to_string())?;
        if self.stage == Stage::Charter || self.back_stack.last() == Some(&Route::CharterReading) {
            self.tasks.fetch_charter(self.fos.access());
        }
        Ok(())
    }
}

fn language(code: &str) -> Result<Language, ActionError> {
    match code {
        "ar" => Ok(Language::Ar),
        "fr" => Ok(Language::Fr),
        other => Err(format!("unknown language `{other}`")),
    }
}
