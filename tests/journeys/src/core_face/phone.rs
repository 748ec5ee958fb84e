//! Where a phone's navigation stands, and what each touch does.

use std::{collections::BTreeMap, sync::Arc};

use anyhow::Context;
use fos_core::{CharterView, Config, FieldKind, Form, Fos, Language, Platform, Stage};

use super::acts::{Acts, Done};
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
    /// The last thing that went wrong, in the member's language.
    pub(super) told: Option<String>,
}

/// A screen that was opened over another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Over {
    PasswordRequest,
    SignIn,
    Service(String),
    Start(String),
    Profile,
}

impl Phone {
    pub(super) fn open(data_dir: String, portal: String, language: String) -> anyhow::Result<Self> {
        let given = |name: &str| std::env::var(name).ok().filter(|given| !given.is_empty());
        let config = Config {
            data_dir,
            portal,
            app_version: env!("CARGO_PKG_VERSION").to_owned(),
            portal_key: given("FOS_CONFIG_KEY").unwrap_or_default(),
            extra_root: given("FOS_EXTRA_ROOT"),
            clock_file: given("FOS_CLOCK_FILE"),
        };
        let platform = Platform { device: "FOS".to_owned(), language, system: "linux".to_owned() };
        let fos = Fos::open(config, platform).context("opening the core")?;
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
            told: None,
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
            // Turning a phone recreates its screen; the core, which keeps everything here, does not notice.
            Verb::Rotate | Verb::Quit => {}
            Verb::Pause | Verb::Resume | Verb::Pull => return Err("not yet".to_owned()),
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
                Done::Well(Some(over)) => self.over = vec![over],
                Done::Well(None) => {}
                Done::Charter(charter) => self.charter = Some(*charter),
                Done::Badly(text) => {
                    self.told = Some(text);
                    self.secrets.clear();
                }
            }
        }
    }

    fn follow_stage(&mut self) {
        let stage = self.fos.stage();
        if stage != self.stage {
            self.stage = stage;
            self.over.clear();
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
                self.acts.run(None, async move { services.refresh().await });
            }
            Stage::Welcome | Stage::PasswordSent | Stage::NewPassword => {}
        }
    }

    /// The screen's tag.
    pub(super) fn screen(&self) -> &'static str {
        match (self.over.last(), &self.stage) {
            (Some(Over::PasswordRequest), _) => "password-request",
            (Some(Over::SignIn), _) | (None, Stage::Welcome) => "sign-in",
            (Some(Over::Service(_)), _) => "service",
            (Some(Over::Start(_)), _) => "start",
            (Some(Over::Profile), _) => "profile",
            (None, Stage::PasswordSent) => "mail-sent",
            (None, Stage::Charter) => "charter",
            (None, Stage::NewPassword) => "new-password",
            (None, Stage::Space) => "services",
        }
    }

    /// The form on this screen.
    pub(super) fn form(&self) -> Option<Arc<Form>> {
        let access = self.fos.access();
        match self.screen() {
            "sign-in" => Some(access.sign_in()),
            "password-request" => Some(access.password_request()),
            "new-password" => Some(access.new_password()),
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
        match kind {
            Some(FieldKind::Text) => {
                form.set(field, text);
            }
            Some(FieldKind::Secret) => {
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
            form.leave(&field);
        }
    }

    fn back(&mut self) -> Result<(), Refusal> {
        self.leave_field();
        self.told = None;
        self.over.pop().map(|_| ()).ok_or_else(|| "back would leave the app".to_owned())
    }

    /// The app speaks this language from now on.
    pub(super) fn speak(&mut self, language: Language) -> Result<(), Refusal> {
        self.fos.set_language(language).map_err(|error| error.to_string())?;
        if self.stage == Stage::Charter {
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
