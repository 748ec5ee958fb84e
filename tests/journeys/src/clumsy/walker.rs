//! Executes the lines of a journey with slips before them and in them.

use std::time::Duration;

use anyhow::{bail, ensure};

use super::{
    history::{NavigationHistory, ScreenState},
    judge::{FilingCounter, Work},
    plan::{PlannedSlip, SENDING_BUTTONS},
    slip::Slip,
    typos,
};
use crate::{
    journey::{Action, Damage, EnvironmentChange, Journey, Step},
    logs::TextKind,
    protocol::{ScreenSnapshot, Verb},
    runner::{DOUBLE_TAP, Runner},
};

/// Shortest mistyped text that the logs are searched for: a shorter one may stand in a line by chance.
const SEARCHED_LENGTH: usize = 6;

/// Screens at which the member is home.
const HOME_SCREENS: [&str; 6] = ["services", "sign-in", "mail-sent", "charter", "new-password", "gate"];

/// Most touches from any screen to the home screen.
const MAX_TAPS_HOME: usize = 12;

/// Time for which a member looks at a page before the phone ends the app; more than the app needs to write a draft.
const LOOK_AT_PAGE: Duration = Duration::from_millis(500);

/// Time for which unsent work is kept after a sign-out, in seconds.
const RETENTION_SECONDS: i64 = 30 * 24 * 60 * 60;

/// Position of the member after a slip, by which the walk continues or stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Position {
    /// The screen at which the journey continues.
    OnJourney,
    /// Another screen, from which the walker knows no way back: the rest of the journey is skipped.
    OffJourney,
}

/// Clumsy member on a journey.
pub(super) struct Walker<'a> {
    pub(super) runner: Runner<'a>,
    pub(super) history: NavigationHistory,
    filings: FilingCounter,
    /// Code of the app's language.
    language: String,
    /// Last action of the member, whose screen is not known yet.
    last_action: Option<Action>,
    /// True if a slip killed a process in which the member may have ticked the captcha.
    captcha_ended: bool,
    /// True once the journey has moved the clock beyond the thirty days for which unsent work is kept after a sign-out: the
    /// app then deletes it in the background.
    work_may_expire: bool,
    /// Slips so far, each with its line.
    pub(super) slips: Vec<String>,
    /// Number of slips that the face or the screen did not offer.
    pub(super) skipped: usize,
}

impl<'a> Walker<'a> {
    pub(super) fn new(runner: Runner<'a>, journey: &Journey) -> Self {
        let language = journey.language.split('-').next().unwrap_or_default().to_owned();
        Self {
            runner,
            history: NavigationHistory::default(),
            filings: FilingCounter::default(),
            language,
            last_action: None,
            captcha_ended: false,
            work_may_expire: false,
            slips: Vec::new(),
            skipped: 0,
        }
    }

    /// Executes one line of the journey, with the slip planned for it.
    pub(super) async fn follow(
        &mut self,
        step: &Step,
        action: &Action,
        planned: Option<&PlannedSlip>,
    ) -> anyhow::Result<Position> {
        let by_member = matches!(
            action,
            Action::Type(..) | Action::Tap(_) | Action::DoubleTap(_) | Action::TapUntil(..) | Action::Back
        );
        if !by_member {
            self.record_environment(action);
            if self.captcha_ended && *action == Action::Holds("captcha".to_owned(), "true".to_owned()) {
                self.tick_captcha().await?;
            }
            return self.runner.run_action(step, action).await.map(|()| Position::OnJourney);
        }
        self.observe_screen().await?;
        if let Some(PlannedSlip { slip, .. }) = planned {
            self.slips.push(format!("step {}, at `{action}`: {slip}", step.number));
            if slip.replaces_line() {
                return self.slip_in(*slip, step, action).await;
            }
            if self.slip_before(*slip, action).await? == Position::OffJourney {
                return Ok(Position::OffJourney);
            }
        }
        self.run(step, action).await?;
        Ok(Position::OnJourney)
    }

    /// Executes a line of the member and takes note of it.
    async fn run(&mut self, step: &Step, action: &Action) -> anyhow::Result<()> {
        self.filings.record_action(action);
        self.runner.run_action(step, action).await?;
        match action {
            Action::Type(field, text) => {
                let text = self.runner.expand(text)?;
                self.history.record_action(&Action::Type(field.clone(), text));
            }
            Action::Tap(tag) if tag == "language" => {
                self.other_language().clone_into(&mut self.language);
            }
            _ => self.history.record_action(action),
        }
        self.last_action = Some(action.clone());
        Ok(())
    }

    /// Ticks the captcha again, which ends with the process.
    async fn tick_captcha(&mut self) -> anyhow::Result<()> {
        let shown = self.runner.wait_until_idle().await?;
        if shown.fields.get("captcha").is_some_and(|value| value == "false") {
            self.runner.tap("captcha").await?;
        }
        Ok(())
    }

    async fn kill(&mut self) -> anyhow::Result<()> {
        self.captcha_ended = true;
        self.runner.kill(Damage::None).await
    }

    fn record_environment(&mut self, action: &Action) {
        match action {
            Action::Language(to) => self.language.clone_from(to),
            // The screen after it is no page that the member went to.
            Action::Kill(_) => self.last_action = None,
            Action::EnvironmentChange(EnvironmentChange::Clock(by)) => {
                self.work_may_expire |= *by >= RETENTION_SECONDS;
            }
            _ => {}
        }
    }

    /// Waits until the app is idle, and takes note of the screen to which the last action led.
    pub(super) async fn observe_screen(&mut self) -> anyhow::Result<ScreenSnapshot> {
        let shown = self.runner.wait_until_idle().await?;
        let via = match self.last_action.take() {
            Some(Action::Tap(tag) | Action::DoubleTap(tag) | Action::TapUntil(tag, _)) => Some(tag),
            _ => None,
        };
        self.history.record_visit(&shown.screen, via.as_deref());
        Ok(shown)
    }

    /// Executes a slip before the line, and what the member does to go on.
    async fn slip_before(&mut self, slip: Slip, action: &Action) -> anyhow::Result<Position> {
        let shown = self.observe_screen().await?;
        let place = ScreenState::of(&shown);
        let before = self.work()?;
        let position = match slip {
            Slip::Rotate => {
                self.runner.perform(Verb::Rotate).await?;
                self.ensure_unchanged(&place).await
            }
            Slip::LetterSize(percent) => {
                self.attempt(&Verb::Font { percent }).await?;
                self.ensure_unchanged(&place).await
            }
            Slip::SwitchApps => {
                self.switch_apps().await?;
                self.ensure_unchanged(&place).await
            }
            Slip::Language => {
                self.change_language_and_back().await?;
                self.return_to(&place, true).await
            }
            Slip::SideTrip(tag) => {
                if self.attempt(&tap(tag)).await? {
                    self.runner.perform(Verb::Back).await?;
                }
                self.return_to(&place, true).await
            }
            Slip::Pull => {
                self.attempt(&Verb::Pull).await?;
                self.return_to(&place, true).await
            }
            Slip::Back if self.history.is_at_root() => Ok(self.skip()),
            Slip::Back => {
                self.runner.perform(Verb::Back).await?;
                self.return_to(&place, true).await
            }
            Slip::Home => {
                self.go_home().await?;
                self.return_to(&place, true).await
            }
            Slip::Kill => {
                // A page that was turned was looked at: what was typed on the one before is written by then.
                tokio::time::sleep(LOOK_AT_PAGE).await;
                self.kill().await?;
                self.return_to(&place, false).await
            }
            Slip::PauseAndKill => {
                self.runner.perform(Verb::Pause).await?;
                self.kill().await?;
                self.return_to(&place, true).await
            }
            Slip::SendEarly => self.send_early(&place, action).await,
            other => bail!("`{other}` is a way of doing a line"),
        }?;
        self.ensure_nothing_happened_since(&before)?;
        Ok(position)
    }

    /// Executes a line in the way of this slip.
    async fn slip_in(&mut self, slip: Slip, step: &Step, action: &Action) -> anyhow::Result<Position> {
        match (slip, action) {
            (Slip::DoubleTap, Action::Tap(_)) => return self.double_tap(step, action).await,
            (_, Action::Type(field, text)) => {
                let text = self.runner.expand(text)?;
                let first = match slip {
                    Slip::Mistype(at) => typos::mistyped(&text, at),
                    Slip::Hesitate => typos::half(&text),
                    Slip::Paste(which) => typos::pasted(&text, which),
                    Slip::ArabicDigits => typos::in_arabic_digits(&text).unwrap_or_else(|| text.clone()),
                    other => bail!("`{other}` is no way of typing"),
                };
                self.type_text(field, &first).await?;
                if slip == Slip::Hesitate {
                    self.switch_apps().await?;
                }
                if matches!(slip, Slip::Mistype(_) | Slip::Hesitate) {
                    self.run(step, action).await?;
                } else {
                    self.history.record_action(&Action::Type(field.clone(), text));
                    self.last_action = Some(action.clone());
                }
            }
            (slip, action) => bail!("`{slip}` is no way of doing `{action}`"),
        }
        Ok(Position::OnJourney)
    }

    /// Touches an element twice, if the first touch led on: a refused form would be refused twice. The second touch is
    /// nobody's wish, and what it changes the member changes back.
    async fn double_tap(&mut self, step: &Step, action: &Action) -> anyhow::Result<Position> {
        let before = ScreenState::of(&self.observe_screen().await?);
        self.run(step, action).await?;
        let shown = self.observe_screen().await?;
        let place = ScreenState::of(&shown);
        let sends = matches!(action, Action::Tap(tag) if SENDING_BUTTONS.contains(&tag.as_str()));
        if before.is_shown_by(&shown) && (sends || before.fields == place.fields) {
            return Ok(self.skip());
        }
        let work = self.work()?;
        self.runner.perform(Verb::Again { after: DOUBLE_TAP }).await?;
        let now = self.runner.wait_until_idle().await?;
        self.ensure_nothing_happened_since(&work)?;
        if place.is_shown_by(&now) {
            if now.fields != place.fields {
                self.run(step, action).await?;
                return self.ensure_unchanged(&place).await;
            }
            return Ok(Position::OnJourney);
        }
        self.attempt(&Verb::Back).await?;
        self.return_to(&place, true).await
    }

    /// Touches the button that sends the form, while the field that the line is about to fill in is empty.
    async fn send_early(&mut self, place: &ScreenState, action: &Action) -> anyhow::Result<Position> {
        let Action::Type(field, _) = action else { return Ok(self.skip()) };
        if place.fields.get(field).is_none_or(|value| !value.is_empty()) {
            return Ok(self.skip());
        }
        for button in SENDING_BUTTONS {
            // On the profile `change-password` opens a page; on a form it is the form's own.
            if self.attempt(&tap(button)).await? {
                return self.return_to(place, true).await;
            }
        }
        Ok(self.skip())
    }

    async fn switch_apps(&mut self) -> anyhow::Result<()> {
        self.runner.perform(Verb::Pause).await?;
        self.runner.perform(Verb::Resume).await
    }

    fn other_language(&self) -> &'static str {
        if self.language == "ar" { "fr" } else { "ar" }
    }

    async fn change_language_and_back(&mut self) -> anyhow::Result<()> {
        if self.attempt(&Verb::Language { to: self.other_language().to_owned() }).await? {
            let to = self.language.clone();
            ensure!(self.runner.attempt(&Verb::Language { to }).await?, "the language is not changed back");
        }
        Ok(())
    }

    pub(super) async fn type_text(&mut self, field: &str, text: &str) -> anyhow::Result<()> {
        if text.chars().count() >= SEARCHED_LENGTH {
            self.runner.environment.log_search().add(TextKind::Typed, text);
        }
        self.runner.perform(Verb::Type { field: field.to_owned(), text: text.to_owned() }).await
    }

    /// Sends a verb that the screen or the face may not offer; a slip that is not offered is skipped.
    pub(super) async fn attempt(&mut self, verb: &Verb) -> anyhow::Result<bool> {
        let done = self.runner.attempt(verb).await?;
        if !done {
            self.skip();
        }
        Ok(done)
    }

    fn skip(&mut self) -> Position {
        self.skipped += 1;
        Position::OnJourney
    }

    /// Goes back until the app shows a home screen.
    ///
    /// # Errors
    /// If the screen is a trap.
    pub(super) async fn go_home(&mut self) -> anyhow::Result<()> {
        for _ in 0..MAX_TAPS_HOME {
            let shown = self.runner.wait_until_idle().await?;
            if HOME_SCREENS.contains(&shown.screen.as_str()) {
                return Ok(());
            }
            let back = self.runner.attempt(&Verb::Back).await?;
            let offered = back
                || self.runner.attempt(&tap("place:services")).await?
                || self.runner.attempt(&tap("close")).await?;
            ensure!(offered, "`{}` is a trap: nothing leads back from it", shown.screen);
        }
        bail!("the home screen is more than {MAX_TAPS_HOME} touches away")
    }

    fn work(&self) -> anyhow::Result<Work> {
        Work::read(&self.runner.environment, &self.runner.launch_env.data_dir)
    }

    /// Checks that a slip filed nothing and lost nothing.
    fn ensure_nothing_happened_since(&self, before: &Work) -> anyhow::Result<()> {
        self.filings.ensure_filed_as_asked(&self.runner.environment)?;
        if self.work_may_expire { Ok(()) } else { self.work()?.ensure_nothing_lost_since(before) }
    }

    /// Judges the walk at its end.
    pub(super) async fn judge(&mut self, position: Position) -> anyhow::Result<()> {
        if position == Position::OnJourney {
            self.runner.environment.check_http2_used()?;
        }
        self.go_home().await?;
        self.filings.ensure_filed_as_asked(&self.runner.environment)
    }
}

pub(super) fn tap(tag: &str) -> Verb {
    Verb::Tap { tag: tag.to_owned(), after: crate::runner::BETWEEN_TAPS }
}
