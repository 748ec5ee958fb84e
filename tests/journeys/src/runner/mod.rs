//! Runs a journey over a face.
//!
//! ```text
//!          ┌───────────────────────────────── next line ────────────────────────────────┐
//!          ▼                                                                            │
//! line ─┬─► expectation (see, read, holds …)   poll `see` every 25 ms until it holds ───┤
//!       ├─► action (tap, type, back …)         wait until idle, send the verb ──────────┤
//!       ├─► kill [damage]                      SIGKILL, damage files, start again ──────┤──► end of step: picture
//!       ├─► mail, no mail                      read the mailbox ────────────────────────┤
//!       └─► environment (network, clock …)     wait until idle, apply the change ───────┘
//!               │
//!               └── error or timeout ──► Failure: line, cause, last screen, last output
//! ```
//!
//! One line at a time; the first failure ends the journey. An action waits until the app is idle, as a member waits
//! for a spinner to end, so that a journey needs no pauses of its own. At the end the runner checks that a TLS
//! journey used HTTP/2, asks the face to quit, stops the environment and searches the [`logs`](crate::logs);
//! [`run_journey_and_keep_open`] leaves face and environment running instead.

mod damage;
mod expectation;
mod failure;

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use anyhow::{Context, bail, ensure};
pub use failure::Failure;
pub(crate) use failure::start_failure;

use crate::{
    environment::TestEnvironment,
    face::{Face, LaunchEnv, Launcher, log_tail},
    journey::{Action, Damage, Journey, Line, Step},
    logs::TextKind,
    protocol::{Response, ScreenSnapshot, Verb},
};

/// Time between two touches of a member who reads, in ms of the app's monotonic clock.
pub(crate) const BETWEEN_TAPS: u32 = 1_000;

/// Time between the two touches of a double tap, in ms of the app's monotonic clock.
pub(crate) const DOUBLE_TAP: u32 = 250;

/// Most taps of one `tap … until …`.
const MAX_TAPS: usize = 60;

/// Options of a run.
pub struct RunOptions<'a> {
    /// Launches the face.
    pub launcher: &'a dyn Launcher,
    /// Longest time for the screen to show an expected state.
    pub timeout: Duration,
    /// Folder that receives a picture of each step.
    pub pictures: Option<PathBuf>,
    /// Receives each line of output.
    pub print: &'a (dyn Fn(&str) + Sync),
}

/// Environment and face at the end of a journey, still running.
pub struct FinishedRun {
    /// Environment as the journey left it.
    pub environment: TestEnvironment,
    /// App, on the journey's last screen.
    pub face: Face,
    /// Settings to launch the app with again.
    pub launch_env: LaunchEnv,
}

impl FinishedRun {
    /// Quits the app, then stops its environment.
    pub async fn stop(self) {
        self.face.quit().await;
        self.environment.stop().await;
    }

    /// Searches the phone's files, stops like [`FinishedRun::stop`] and searches the logs, for the members' data and the
    /// texts of the journey.
    ///
    /// # Errors
    /// A file or a line of a log that contains one.
    pub async fn stop_and_search_logs(self, journey: &Journey) -> Result<(), Box<Failure>> {
        let search = self.environment.completed_log_search();
        // While the app runs: closing its databases removes the files of their journals.
        let stored = match &search {
            Ok(search) => search.check_stored_files(&self.launch_env.data_dir),
            Err(_) => Ok(()),
        };
        self.stop().await;
        let searched = search.and_then(|search| search.check()).and(stored);
        searched.map_err(|error| failure::final_failure(journey, error))
    }
}

/// Runs one journey over one face in an environment of its own.
///
/// # Errors
/// The first line that fails, with the last screen; a line of a log that contains data of a member.
pub async fn run_journey(journey: &Journey, options: &RunOptions<'_>) -> Result<(), Box<Failure>> {
    run_journey_and_keep_open(journey, options).await?.stop_and_search_logs(journey).await
}

/// Runs a journey like [`run_journey`], and leaves the environment and the face running at its end.
///
/// # Errors
/// The first line that fails, with the last screen.
pub async fn run_journey_and_keep_open(
    journey: &Journey,
    options: &RunOptions<'_>,
) -> Result<FinishedRun, Box<Failure>> {
    (options.print)(&format!("{} · {} ({})", journey.title_ar, journey.title_fr, journey.name));
    let mut runner = match Runner::start(journey, options).await {
        Ok(runner) => runner,
        Err(error) => return Err(start_failure(journey, error)),
    };
    for step in &journey.steps {
        let started = Instant::now();
        let outcome = runner.run_step(step).await;
        let sign = if outcome.is_ok() { '✓' } else { '✗' };
        (options.print)(&format!(
            "{sign} {:>2}  {}  {} ms",
            step.number,
            step.caption,
            started.elapsed().as_millis()
        ));
        if let Err((line, error)) = outcome {
            return Err(runner.failure(step, &line, error).await);
        }
    }
    if let Err(error) = runner.environment.check_http2_used() {
        return Err(runner.failure_at_end(error).await);
    }
    runner.finish().await
}

/// Environment and face of one journey, while it is executed.
pub(crate) struct Runner<'a> {
    journey: &'a Journey,
    options: &'a RunOptions<'a>,
    pub(crate) environment: TestEnvironment,
    pub(crate) launch_env: LaunchEnv,
    /// `None` only between a kill and the next start.
    face: Option<Face>,
    mailed_password: Option<String>,
    picture_count: usize,
}

impl<'a> Runner<'a> {
    pub(crate) async fn start(journey: &'a Journey, options: &'a RunOptions<'a>) -> anyhow::Result<Self> {
        let environment = TestEnvironment::start(journey.tls, &journey.accounts).await?;
        let data_dir = environment.folder().join("phone");
        std::fs::create_dir_all(&data_dir).context("making the phone's folder")?;
        let launch_env = LaunchEnv {
            portal_url: environment.portal_url(),
            data_dir,
            language: journey.language.clone(),
            config_key: environment.config_key().to_owned(),
            extra_root: environment.extra_root().map(std::path::Path::to_path_buf),
            clock_offset_file: environment.clock_offset_file(),
            log_file: environment.folder().join("face.log"),
        };
        let mut runner = Self {
            journey,
            options,
            environment,
            launch_env,
            face: None,
            mailed_password: None,
            picture_count: 0,
        };
        if let Err(error) = runner.start_face().await {
            let log = log_tail(&runner.launch_env.log_file);
            return Err(error.context(format!("the face's process printed:\n{log}")));
        }
        Ok(runner)
    }

    /// Hands over the environment and the face.
    pub(crate) async fn finish(mut self) -> Result<FinishedRun, Box<Failure>> {
        match self.face.take() {
            Some(face) => {
                Ok(FinishedRun { environment: self.environment, face, launch_env: self.launch_env })
            }
            None => Err(self.failure_at_end(anyhow::anyhow!("the face is not running")).await),
        }
    }

    async fn stop(self) {
        if let Some(face) = self.face {
            face.quit().await;
        }
        self.environment.stop().await;
    }

    pub(crate) async fn failure(mut self, step: &Step, line: &Line, error: anyhow::Error) -> Box<Failure> {
        let snapshot = self.snapshot().await.ok();
        let failure = Failure {
            journey: self.journey.name.clone(),
            step: step.number.clone(),
            line: line.number,
            action: line.action.to_string(),
            error,
            snapshot,
            log_tail: log_tail(&self.launch_env.log_file),
        };
        self.stop().await;
        Box::new(failure)
    }

    pub(crate) async fn failure_at_end(mut self, error: anyhow::Error) -> Box<Failure> {
        let mut failure = failure::final_failure(self.journey, error);
        failure.snapshot = self.snapshot().await.ok();
        self.stop().await;
        failure
    }

    async fn run_step(&mut self, step: &Step) -> Result<(), (Line, anyhow::Error)> {
        let own_picture = step.lines.iter().any(|line| line.action == Action::Picture);
        for line in &step.lines {
            self.run_action(step, &line.action).await.map_err(|error| (line.clone(), error))?;
        }
        if !own_picture {
            let number = step.lines.last().map_or(0, |line| line.number);
            self.take_picture(step)
                .await
                .map_err(|error| (Line { number, action: Action::Picture }, error))?;
        }
        Ok(())
    }

    pub(crate) async fn run_action(&mut self, step: &Step, action: &Action) -> anyhow::Result<()> {
        match action {
            Action::See(_)
            | Action::Read(_)
            | Action::NotRead(_)
            | Action::Holds(..)
            | Action::Opened(_)
            | Action::Copied(_) => self.expect_on_screen(action).await,
            Action::Type(field, text) => {
                let text = self.expand(text)?;
                self.environment.log_search().add(TextKind::Typed, &text);
                self.perform(Verb::Type { field: field.clone(), text }).await
            }
            Action::Tap(tag) => {
                let tag = self.expand(tag)?;
                self.tap(&tag).await
            }
            Action::DoubleTap(tag) => {
                self.tap(tag).await?;
                self.perform(Verb::Again { after: DOUBLE_TAP }).await
            }
            Action::TapUntil(tag, text) => self.tap_until(tag, text).await,
            Action::Back => self.perform(Verb::Back).await,
            Action::Rotate => self.perform(Verb::Rotate).await,
            Action::Language(to) => self.perform(Verb::Language { to: to.clone() }).await,
            Action::Pause => self.perform(Verb::Pause).await,
            Action::Resume => self.perform(Verb::Resume).await,
            Action::Pull => self.perform(Verb::Pull).await,
            Action::Picture => self.take_picture(step).await,
            Action::Kill(damage) => self.kill(*damage).await,
            Action::Mail(to) => {
                let password = self.environment.next_password_for(to).await?;
                self.environment.log_search().add(TextKind::Password, &password);
                self.mailed_password = Some(password);
                Ok(())
            }
            Action::NoMail => {
                // A request in flight could still cause a mail.
                self.wait_until_idle().await?;
                self.environment.expect_no_mail().await
            }
            Action::EnvironmentChange(change) => {
                // Requests in flight belong to the environment before the change.
                self.wait_until_idle().await?;
                self.environment.apply(change).await
            }
        }
    }

    /// Replaces `{mailed}`, `{second-device}` and `{system}` in a text of the journey.
    pub(crate) fn expand(&self, text: &str) -> anyhow::Result<String> {
        let mut expanded = text.to_owned();
        if text.contains("{mailed}") {
            let mailed_password =
                self.mailed_password.as_ref().context("no mail has come yet: `{mailed}` has no value")?;
            expanded = expanded.replace("{mailed}", mailed_password);
        }
        if text.contains("{second-device}") {
            expanded = expanded.replace("{second-device}", self.environment.second_device_session()?);
        }
        let system = self.face.as_ref().map_or("", Face::system);
        Ok(expanded.replace("{system}", system))
    }

    async fn start_face(&mut self) -> anyhow::Result<()> {
        self.face = Some(Face::start(self.options.launcher, &self.launch_env).await?);
        Ok(())
    }

    pub(crate) async fn kill(&mut self, damage: Damage) -> anyhow::Result<()> {
        if let Some(face) = self.face.take() {
            face.kill();
        }
        damage::apply_damage(&self.launch_env.data_dir, damage)?;
        self.start_face().await
    }

    /// Sends a verb once the app is idle, and returns false if the face refuses it.
    pub(crate) async fn attempt(&mut self, verb: &Verb) -> anyhow::Result<bool> {
        self.wait_until_idle().await?;
        let face = self.face.as_mut().context("the face is not running")?;
        Ok(face.request(verb).await?.ok)
    }

    async fn request(&mut self, verb: &Verb) -> anyhow::Result<Response> {
        let face = self.face.as_mut().context("the face is not running")?;
        let response = face.request(verb).await?;
        ensure!(response.ok, "the face refused: {}", response.error.as_deref().unwrap_or("no reason given"));
        let may_skip = matches!(verb, Verb::Picture { .. });
        ensure!(may_skip || !response.skipped, "the face skipped the verb");
        Ok(response)
    }

    async fn snapshot(&mut self) -> anyhow::Result<ScreenSnapshot> {
        self.request(&Verb::See).await?.snapshot.context("the response to `see` has no screen")
    }

    /// Waits until the app is idle, then sends the verb.
    pub(crate) async fn perform(&mut self, verb: Verb) -> anyhow::Result<()> {
        self.wait_until_idle().await?;
        self.request(&verb).await.map(|_| ())
    }

    pub(crate) async fn tap(&mut self, tag: &str) -> anyhow::Result<()> {
        self.perform(Verb::Tap { tag: tag.to_owned(), after: BETWEEN_TAPS }).await
    }

    pub(crate) async fn tap_until(&mut self, tag: &str, text: &str) -> anyhow::Result<()> {
        for _ in 0..MAX_TAPS {
            if self.snapshot().await?.contains_text(text) {
                return Ok(());
            }
            self.tap(tag).await?;
        }
        bail!("«{text}» is not read after {MAX_TAPS} taps")
    }

    async fn take_picture(&mut self, step: &Step) -> anyhow::Result<()> {
        let Some(folder) = &self.options.pictures else { return Ok(()) };
        self.picture_count += 1;
        let file =
            folder.join(format!("{}-{:02}-step-{}.png", self.journey.name, self.picture_count, step.number));
        std::fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
        let response = self.request(&Verb::Picture { file: file.display().to_string() }).await?;
        ensure!(response.skipped || file.is_file(), "the face wrote no picture to {}", file.display());
        Ok(())
    }
}
