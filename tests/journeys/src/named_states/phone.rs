//! The phone that walks through the states: a core over the network proxy, with a clock that stands still.

use std::{fs, path::PathBuf, sync::Arc};

use anyhow::{Context, bail, ensure};
use fos_core::{CaptchaState, Config, Form, Fos, FosError, Language, Platform};
use fos_support::{
    headless_client::{solve_captcha, submit},
    proxy::NetworkCondition,
    seed::{START_TIME, SeedMember, member},
};
use jiff::Timestamp;

use crate::{environment::TestEnvironment, journey::EnvironmentChange};

/// Portal, network and core of one phone.
pub(super) struct Phone {
    pub(super) environment: TestEnvironment,
    pub(super) language: Language,
    pub(super) fos: Arc<Fos>,
    /// Seconds by which the clock was moved since [`START_TIME`].
    passed: i64,
    /// Number of the data folder, which is new for each member.
    folder: u32,
}

impl Phone {
    pub(super) async fn start(language: Language) -> anyhow::Result<Self> {
        let environment = TestEnvironment::start(false, &[]).await?;
        let fos = open(&environment, language, 0, 0)?;
        let phone = Self { environment, language, fos, passed: 0, folder: 0 };
        phone.fos.recheck().await?;
        Ok(phone)
    }

    /// Replaces the phone by a new one, on which nothing is stored.
    pub(super) fn replace(&mut self) -> anyhow::Result<()> {
        self.folder += 1;
        self.fos = open(&self.environment, self.language, self.folder, self.passed)?;
        Ok(())
    }

    pub(super) fn seed_member(&self, ppr: &str) -> anyhow::Result<SeedMember> {
        member(self.environment.seed(), ppr)
    }

    /// Runs an operator's command of the portal.
    pub(super) async fn operator(&mut self, command: &[&str]) -> anyhow::Result<()> {
        let words = command.iter().map(|word| (*word).to_owned()).collect();
        self.environment.apply(&EnvironmentChange::Operator(words)).await
    }

    pub(super) async fn network(&mut self, condition: NetworkCondition) -> anyhow::Result<()> {
        self.environment.apply(&EnvironmentChange::Network(condition)).await
    }

    /// Lets time pass for the portal and the phone.
    pub(super) async fn clock(&mut self, seconds: i64) -> anyhow::Result<()> {
        self.environment.apply(&EnvironmentChange::Clock(seconds)).await?;
        self.passed += seconds;
        set_clock(&self.environment, self.passed)
    }

    /// Returns the folder of the app's files.
    pub(super) fn data(&self) -> PathBuf {
        self.environment.folder().join(folder_name(self.folder))
    }

    /// Ticks the box of this form and waits for its proof.
    pub(super) async fn solve_captcha(&self, form: &Form) -> anyhow::Result<()> {
        solve_captcha(&self.fos, form).await?;
        ensure!(captcha(form)? == CaptchaState::Done, "the box was to be done");
        Ok(())
    }

    pub(super) async fn stop(self) {
        drop(self.fos);
        self.environment.stop().await;
    }
}

/// Submits the form and returns the message that refuses it.
pub(super) async fn refused(form: Arc<Form>, secrets: &[(&str, &str)]) -> anyhow::Result<String> {
    match submit(form, secrets).await {
        Err(error) => Ok(text(&error)),
        Ok(outcome) => bail!("the form was to be refused: {outcome:?}"),
    }
}

/// Types into each field and leaves it.
pub(super) fn fill(form: &Form, answers: &[(&str, &str)]) {
    for (key, value) in answers {
        form.set(key, value);
        form.blur(key);
    }
}

/// Returns the state of the form's box.
pub(super) fn captcha(form: &Form) -> anyhow::Result<CaptchaState> {
    let fields = form.view().fields;
    let captcha = fields.iter().find(|field| field.key == "captcha").context("the form has no box")?;
    Ok(captcha.captcha)
}

/// Returns the message for the member.
pub(super) fn text(error: &FosError) -> String {
    error.to_string()
}

/// Opens a core on the phone's files, in this language.
fn open(
    environment: &TestEnvironment,
    language: Language,
    folder: u32,
    passed: i64,
) -> anyhow::Result<Arc<Fos>> {
    set_clock(environment, passed)?;
    let config = config(environment, &folder_name(folder), environment.portal_url())?;
    Fos::open(config, platform(language)).context("opening the core")
}

/// Returns the config of an app on this folder, which is created if it is missing.
pub(super) fn config(environment: &TestEnvironment, folder: &str, portal: String) -> anyhow::Result<Config> {
    let data = environment.folder().join(folder);
    fs::create_dir_all(&data).context("making the folder of an app")?;
    Ok(Config {
        data_dir: data.display().to_string(),
        portal,
        app_version: env!("CARGO_PKG_VERSION").to_owned(),
        portal_key: environment.config_key().to_owned(),
        extra_root: None,
        clock_file: Some(clock_file(environment).display().to_string()),
    })
}

/// Returns what only the phone knows, of a phone in this language.
pub(super) fn platform(language: Language) -> Platform {
    Platform {
        device: "Essai A1".to_owned(),
        language: format!("{}-MA", code(language)),
        system: "android".to_owned(),
    }
}

/// Returns `ar` or `fr`.
pub(super) fn code(language: Language) -> &'static str {
    match language {
        Language::Ar => "ar",
        Language::Fr => "fr",
    }
}

fn set_clock(environment: &TestEnvironment, passed: i64) -> anyhow::Result<()> {
    let start: Timestamp = START_TIME.parse()?;
    fs::write(clock_file(environment), format!("at {}", start.as_second() + passed))
        .context("setting the clock")
}

fn clock_file(environment: &TestEnvironment) -> PathBuf {
    environment.folder().join("stopped-clock")
}

fn folder_name(number: u32) -> String {
    format!("states-{number}")
}
