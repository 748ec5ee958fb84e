//! Where a phone's navigation stands, and what each touch does.

use std::{collections::BTreeMap, sync::Arc};

use fos_core::{CharterView, DevicesView, FieldKind, Form, Fos, FosError, Language, Stage};

use super::acts::{Acts, Done, Then};
use crate::verbs::{Answer, Verb};

/// What cannot be done on this screen, and why.
pub(super) type Refusal = String;

/// What a face keeps to itself: everything else is the core's.
pub(super) struct Phone {
    pub(super) fos: Arc<Fos>,
    pub(super) acts: Acts,
    stage: Stage,
    /// Over the stage's first screen.
    pub(super) over: Vec<Over>,
    /// What was typed into secret fields: it crosses to the core only when it is sent.
    pub(super) secrets: BTreeMap<String, String>,
    focus: Option<String>,
    pub(super) charter: Option<CharterView>,
    pub(super) charter_read: bool,
    pub(super) search: String,
    pub(super) category: String,
    pub(super) place: Place,
    /// A request's form, once it was fetched.
    pub(super) request_form: Option<Arc<Form>>,
    /// What was typed into the search of one of its fields.
    pub(super) searched: Option<(String, String)>,
    pub(super) devices: Option<DevicesView>,
    /// The last thing that went wrong or was done, in the member's language.
    pub(super) told: Option<String>,
    /// What was handed to the system, which here does nothing with it.
    pub(super) opened: Vec<String>,
    pub(super) copied: Option<String>,
}

/// The places of the bar at the bottom of the space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Services,
    Requests,
}

/// A screen that was opened over another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Over {
    PasswordRequest,
    SignIn,
    Service(String),
    Start(String),
    RequestForm,
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
}

impl Phone {
    pub(super) fn over(fos: Arc<Fos>) -> anyhow::Result<Self> {
        let stage = fos.stage();
        let mut phone = Self {
            fos,
            acts: Acts::start()?,
            stage,
            over: Vec::new(),
            secrets: BTreeMap::new(),
            focus: None,
            charter: None,
            charter_read: false,
            search: String::new(),
            category: String::new(),
            place: Place::Services,
            request_form: None,
            searched: None,
            devices: None,
            told: None,
            opened: Vec::new(),
            copied: None,
        };
        phone.arrive();
        Ok(phone)
    }

    pub(super) fn obey(&mut self, verb: &Verb) -> Result<Answer, Refusal> {
        self.hear();
        let done = Answer { ok: true, ..Answer::default() };
        match verb {
            Verb::See => return Ok(Answer { sight: Some(self.sight()), ..done }),
            Verb::Type { field, text } => self.type_into(field, text)?,
            Verb::Tap { on } => {
                self.leave_field();
                self.tap(on)?;
            }
            Verb::Back => self.back()?,
            Verb::Language { to } => self.speak(language(to)?)?,
            Verb::Picture { .. } => return Ok(Answer { skipped: true, ..done }),
            Verb::Pause => self.fos.pause(),
            Verb::Resume => self.fos.resume(),
            Verb::Pull => self.pull()?,
            // Turning a phone recreates its screen; the core, which keeps everything here, does not notice.
            Verb::Rotate | Verb::Quit => {}
            Verb::Pointer { .. }
            | Verb::Wheel { .. }
            | Verb::Key { .. }
            | Verb::Paste { .. }
            | Verb::Frame { .. }
            | Verb::Where { .. }
            | Verb::Dark { .. }
            | Verb::Font { .. }
            | Verb::Size { .. }
            | Verb::Motion { .. } => return Err("this face has no screen".to_owned()),
        }
        self.hear();
        Ok(done)
    }

    /// Takes in where the member stands now, and what acts have done since.
    fn hear(&mut self) {
        self.follow_stage();
        while let Some(done) = self.acts.next_done() {
            // An act moves the stage before it ends: what it opens stands over the stage it leads to.
            self.follow_stage();
            match done {
                Done::Well(then) => self.go_on(then),
                Done::Charter(charter) => self.take_charter(*charter),
                Done::Devices(devices) => self.devices = Some(devices),
                Done::Form(form) => self.request_form = Some(form),
                Done::Opened(file) => self.opened.push(file),
                Done::Badly(error) => self.fail(&error),
            }
        }
    }

    fn go_on(&mut self, then: Then) {
        match then {
            Then::Stay => {}
            Then::Open(over) => self.over = vec![over],
            Then::Close { saying } => {
                self.over.pop();
                self.secrets.clear();
                self.told = saying;
            }
            Then::Filed => self.after_filing(),
            Then::LookAtDevices => self.acts.fetch_devices(&self.fos),
        }
    }

    /// From a part of a form to the next one it stays; sent, the request's page follows, or the list where it waits.
    fn after_filing(&mut self) {
        let Some(view) = self.form().map(|form| form.view()).filter(|view| view.done.is_some()) else {
            return;
        };
        self.over.clear();
        self.go_to(Place::Requests);
        self.over.extend(view.filed.map(Over::Request));
        self.told = view.done;
    }

    /// Goes to a place of the bar, and fetches what it shows.
    pub(super) fn go_to(&mut self, place: Place) {
        self.place = place;
        if place == Place::Requests {
            let requests = self.fos.requests();
            self.acts.run(Then::Stay, async move { requests.refresh().await.or(Ok(())) });
        }
    }

    /// Another edition is read from its beginning.
    fn take_charter(&mut self, charter: CharterView) {
        self.charter_read &= self.charter.as_ref().is_some_and(|read| read.edition == charter.edition);
        self.charter = Some(charter);
    }

    /// The member is told; who only has to sign in again finds the sheet open.
    fn fail(&mut self, error: &FosError) {
        self.told = Some(error.to_string());
        let sheet_is_open = self.over.last() == Some(&Over::SignInAgain);
        if matches!(error, FosError::SignInAgain { .. }) && self.stage == Stage::Space && !sheet_is_open {
            self.over.push(Over::SignInAgain);
        }
        // What was to be accepted is perhaps no longer what there is to read.
        if matches!(error, FosError::Refused { .. }) && self.stage == Stage::Charter {
            self.acts.fetch_charter(self.fos.access());
        }
    }

    fn follow_stage(&mut self) {
        let stage = self.fos.stage();
        if stage != self.stage {
            self.stage = stage;
            self.over.clear();
            self.place = Place::Services;
            self.secrets.clear();
            self.told = None;
            self.arrive();
        }
    }

    /// What a face fetches when a stage begins.
    fn arrive(&mut self) {
        match self.stage {
            Stage::Charter => {
                self.charter = None;
                self.charter_read = false;
                self.acts.fetch_charter(self.fos.access());
            }
            Stage::Space => {
                let services = self.fos.services();
                // What the member did not ask for tells them nothing but by the notices.
                let look = async move { services.refresh_if_stale().await.or(Ok(())) };
                self.acts.run(Then::Stay, look);
            }
            Stage::Welcome | Stage::PasswordSent | Stage::NewPassword => {}
        }
    }

    fn pull(&mut self) -> Result<(), Refusal> {
        self.told = None;
        let (services, requests) = (self.fos.services(), self.fos.requests());
        match self.screen() {
            "services" => self.acts.run(Then::Stay, async move { services.refresh().await }),
            "requests" => self.acts.run(Then::Stay, async move { requests.refresh().await }),
            other => return Err(format!("there is nothing to pull on `{other}`")),
        }
        Ok(())
    }

    /// The screen's tag.
    pub(super) fn screen(&self) -> &'static str {
        let signed_out = matches!(self.stage, Stage::Welcome | Stage::PasswordSent);
        match (self.over.last(), &self.stage) {
            (Some(Over::Help), _) => "help",
            (Some(Over::Privacy), _) => "privacy",
            (Some(Over::Licences), _) => "licences",
            _ if signed_out && self.fos.blocking_screen().is_some() => "gate",
            (Some(Over::PasswordRequest), _) => "password-request",
            (Some(Over::SignIn), _) | (None, Stage::Welcome) => "sign-in",
            (Some(Over::Service(_)), _) => "service",
            (Some(Over::Start(_)), _) => "start",
            (Some(Over::RequestForm), _) => "request-form",
            (Some(Over::Request(_)), _) => "request",
            (Some(Over::SignOut), _) => "sign-out",
            (Some(Over::Profile), _) => "profile",
            (Some(Over::Devices), _) => "devices",
            (Some(Over::ChangePassword), _) => "change-password",
            (Some(Over::CharterReading), _) => "charter-reading",
            (Some(Over::SignInAgain), _) => "sign-in-again",
            (None, Stage::PasswordSent) => "mail-sent",
            (None, Stage::Charter) => "charter",
            (None, Stage::NewPassword) => "new-password",
            (None, Stage::Space) => match self.place {
                Place::Services => "services",
                Place::Requests => "requests",
            },
        }
    }

    /// The form on this screen.
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

    fn type_into(&mut self, field: &str, text: &str) -> Result<(), Refusal> {
        if self.focus.as_deref() != Some(field) {
            self.leave_field();
        }
        if self.screen() == "services" && field == "search" {
            text.clone_into(&mut self.search);
            return Ok(());
        }
        let form =
            self.form().ok_or_else(|| format!("there is nothing to type into on `{}`", self.screen()))?;
        let view = form.view();
        let kind = view.fields.iter().find(|shown| shown.key == field).map(|shown| shown.kind);
        if let Some(searched) = field.strip_suffix("-search") {
            self.searched = Some((searched.to_owned(), text.to_owned()));
            return Ok(());
        }
        match kind {
            Some(FieldKind::Text | FieldKind::MultilineText) => {
                form.set(field, text);
            }
            Some(FieldKind::Secret) => {
                // One that is being chosen is weighed as it is typed; the core takes no notice of any other.
                form.set(field, text);
                self.secrets.insert(field.to_owned(), text.to_owned());
            }
            Some(_) => return Err(format!("`{field}` is not typed into")),
            None => return Err(format!("there is no field `{field}` on `{}`", self.screen())),
        }
        self.focus = Some(field.to_owned());
        Ok(())
    }

    /// The focus goes elsewhere: the field shows its normal form.
    fn leave_field(&mut self) {
        if let (Some(field), Some(form)) = (self.focus.take(), self.form()) {
            form.blur(&field);
        }
    }

    fn back(&mut self) -> Result<(), Refusal> {
        self.leave_field();
        self.told = None;
        if self.form().is_some() {
            self.secrets.clear();
        }
        match self.over.pop() {
            Some(_) => Ok(()),
            None if self.place == Place::Requests => {
                self.go_to(Place::Services);
                Ok(())
            }
            None => Err("back would leave the app".to_owned()),
        }
    }

    /// The app speaks this language from now on.
    pub(super) fn speak(&mut self, language: Language) -> Result<(), Refusal> {
        self.fos.set_language(language).map_err(|error| error.to_string())?;
        if self.stage == Stage::Charter || self.over.last() == Some(&Over::CharterReading) {
            self.acts.fetch_charter(self.fos.access());
        }
        Ok(())
    }
}

fn language(code: &str) -> Result<Language, Refusal> {
    match code {
        "ar" => Ok(Language::Ar),
        "fr" => Ok(Language::Fr),
        other => Err(format!("no language is called `{other}`")),
    }
}
