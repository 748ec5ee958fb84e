//! What a journey lets happen around the phone.

use std::fs;

use anyhow::{Context, bail, ensure};
use fos_core::FosError;
use fos_portal::{Portal, mailbox::Mailbox};
use jiff::SignedDuration;

use super::World;
use crate::{
    journey::{Around, Runs},
    other_phone::NAME,
};

/// Where a journey's `{folder}` stands: what the foundation's desk takes from its own papers.
pub(crate) const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures");

impl World {
    /// Lets something happen around the phone.
    ///
    /// # Errors
    /// When it cannot happen.
    pub async fn let_happen(&mut self, around: &Around) -> anyhow::Result<()> {
        match around {
            Around::Operator(words) => {
                self.desk_said = self.operate(words).await?;
                Ok(())
            }
            Around::Answered(text) => {
                ensure!(self.desk_said.contains(text), "the desk's command printed:\n{}", self.desk_said);
                Ok(())
            }
            Around::Network(condition) => {
                self.road.becomes(*condition);
                Ok(())
            }
            Around::Portal(Runs::No) => {
                self.portal.take().context("the portal is stopped already")?.stop().await;
                Ok(())
            }
            Around::Portal(Runs::Yes) => {
                ensure!(self.portal.is_none(), "the portal runs already");
                let portal = Portal::start(self.config.clone()).await.context("starting the portal again")?;
                self.portal = Some(portal);
                Ok(())
            }
            Around::MailServer(runs) => self.mail_server(*runs).await,
            Around::Clock(seconds) => {
                self.clock.advance(SignedDuration::from_secs(*seconds));
                self.move_phone_clock(*seconds)
            }
            Around::PhoneClock(seconds) => self.move_phone_clock(*seconds),
            Around::Elsewhere(ppr, password) => self.sign_in_elsewhere(ppr, password).await,
            Around::ElsewhereEnded => self.elsewhere_ended().await,
        }
    }

    async fn operate(&self, words: &[String]) -> anyhow::Result<String> {
        let words: Vec<String> = words.iter().map(|word| word.replace("{folder}", FIXTURES)).collect();
        let (data, clock) = (self.config.data.clone(), self.clock.clone());
        let desk = tokio::task::spawn_blocking(move || fos_portal::run_admin_command(&data, clock, &words));
        desk.await.context("the desk's command broke off")?.context("the desk cannot")
    }

    async fn mail_server(&mut self, runs: Runs) -> anyhow::Result<()> {
        if runs == Runs::No {
            self.mailbox.take().context("the mail server is down already")?;
            return Ok(());
        }
        ensure!(self.mailbox.is_none(), "the mail server is up already");
        // The one that was there lets go of its port as soon as its task has ended.
        for _ in 0..100 {
            if let Ok(mailbox) = Mailbox::start_at(self.mail_at).await {
                self.mailbox = Some(mailbox);
                return Ok(());
            }
            tokio::task::yield_now().await;
        }
        bail!("the mail server's port {} is taken", self.mail_at)
    }

    fn move_phone_clock(&mut self, seconds: i64) -> anyhow::Result<()> {
        self.phone_is_off_by += seconds;
        self.set_phone_clock()
    }

    /// Whole or not at all: the core may be looking.
    pub(super) fn set_phone_clock(&self) -> anyhow::Result<()> {
        let (file, unfinished) = (self.phone_clock(), self.folder().join("phone-clock.part"));
        fs::write(&unfinished, self.phone_is_off_by.to_string()).context("setting the phone's clock")?;
        fs::rename(unfinished, file).context("setting the phone's clock")
    }

    async fn sign_in_elsewhere(&mut self, ppr: &str, password: &str) -> anyhow::Result<()> {
        let phone = self.other_phone("elsewhere")?;
        phone.sign_in(ppr, password).await.context("signing in elsewhere")?;
        let listed = self.operate(&["sessions", "list", ppr].map(str::to_owned)).await?;
        let session = listed.lines().find(|line| line.ends_with(NAME));
        let session = session.and_then(|line| line.split_whitespace().next());
        self.elsewhere = Some((phone, session.context("the desk lists no session elsewhere")?.to_owned()));
        Ok(())
    }

    /// How the portal calls the session on the other phone.
    pub(crate) fn session_elsewhere(&self) -> anyhow::Result<&str> {
        let elsewhere = self.elsewhere.as_ref().context("nobody signed in elsewhere")?;
        Ok(&elsewhere.1)
    }

    async fn elsewhere_ended(&self) -> anyhow::Result<()> {
        let (phone, _) = self.elsewhere.as_ref().context("nobody signed in elsewhere")?;
        match phone.look_at_services().await {
            Err(FosError::SignInAgain { .. }) => Ok(()),
            Err(error) => bail!("the other phone is told: {error}"),
            Ok(()) => bail!("the other phone is still signed in"),
        }
    }
}
