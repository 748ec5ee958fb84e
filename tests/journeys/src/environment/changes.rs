//! Applies the lines of a journey that change the phone's environment.

use std::fs;

use anyhow::{Context, bail, ensure};
use fos_core::FosError;
use fos_portal::Portal;
use fos_support::{headless_client::DEVICE_NAME, mailbox::Mailbox};
use jiff::SignedDuration;

use super::{PhoneClock, TestEnvironment};
use crate::{
    journey::{EnvironmentChange, ServiceState},
    logs::TextKind,
};

/// Folder that replaces `{folder}` in a journey: files that the portal's operator commands read.
pub(crate) const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures");

impl TestEnvironment {
    /// Applies one change.
    ///
    /// # Errors
    /// If the change cannot be applied, or an expectation (`printed`, `second-device signed-out`) does not hold.
    pub async fn apply(&mut self, change: &EnvironmentChange) -> anyhow::Result<()> {
        match change {
            EnvironmentChange::Operator(arguments) => {
                self.admin_output = self.run_admin_command(arguments).await?;
                Ok(())
            }
            EnvironmentChange::Printed(text) => {
                ensure!(
                    self.admin_output.contains(text),
                    "the operator's command printed:\n{}",
                    self.admin_output
                );
                Ok(())
            }
            EnvironmentChange::Network(condition) => {
                self.proxy.set_condition(*condition);
                Ok(())
            }
            EnvironmentChange::Portal(ServiceState::Stopped) => {
                self.portal.take().context("the portal is stopped already")?.stop().await;
                Ok(())
            }
            EnvironmentChange::Portal(ServiceState::Running) => {
                ensure!(self.portal.is_none(), "the portal runs already");
                let portal = Portal::start(self.config.clone()).await.context("starting the portal again")?;
                self.portal = Some(portal);
                Ok(())
            }
            EnvironmentChange::MailServer(state) => self.mail_server(*state).await,
            EnvironmentChange::Clock(seconds) => {
                self.clock.advance(SignedDuration::from_secs(*seconds));
                self.phone_clock.passed += seconds.max(&0);
                self.move_phone_clock(*seconds)
            }
            EnvironmentChange::PhoneClock(seconds) => self.move_phone_clock(*seconds),
            EnvironmentChange::SecondDevice(ppr, password) => self.sign_in_second_device(ppr, password).await,
            EnvironmentChange::SecondDeviceSignedOut => self.expect_second_device_signed_out().await,
        }
    }

    async fn run_admin_command(&self, arguments: &[String]) -> anyhow::Result<String> {
        let arguments: Vec<String> =
            arguments.iter().map(|argument| argument.replace("{folder}", FIXTURES)).collect();
        let (data, clock) = (self.config.data.clone(), self.clock.clone());
        let command =
            tokio::task::spawn_blocking(move || fos_portal::run_admin_command(&data, clock, &arguments));
        command.await.context("the operator's command panicked")?.context("the operator's command failed")
    }

    async fn mail_server(&mut self, state: ServiceState) -> anyhow::Result<()> {
        if state == ServiceState::Stopped {
            self.mailbox.take().context("the mail server is down already")?;
            return Ok(());
        }
        ensure!(self.mailbox.is_none(), "the mail server is up already");
        // The previous mailbox frees its port as soon as its task has ended.
        for _ in 0..100 {
            if let Ok(mailbox) = Mailbox::start_at(self.mail_address).await {
                self.mailbox = Some(mailbox);
                return Ok(());
            }
            tokio::task::yield_now().await;
        }
        bail!("the mail server's port {} is taken", self.mail_address)
    }

    fn move_phone_clock(&mut self, seconds: i64) -> anyhow::Result<()> {
        self.phone_clock.ahead += seconds;
        self.set_phone_clock()
    }

    /// Writes the file atomically (temporary file, then rename): the core may be reading it.
    pub(super) fn set_phone_clock(&self) -> anyhow::Result<()> {
        let (file, partial) = (self.clock_offset_file(), self.folder().join("phone-clock.part"));
        let PhoneClock { ahead, passed } = &self.phone_clock;
        fs::write(&partial, format!("{ahead} {passed}")).context("setting the phone's clock")?;
        fs::rename(partial, file).context("setting the phone's clock")
    }

    async fn sign_in_second_device(&mut self, ppr: &str, password: &str) -> anyhow::Result<()> {
        self.log_search.add(TextKind::Password, password);
        let client = self.headless_client("second-device")?;
        client.sign_in(ppr, password).await.context("signing in on the second device")?;
        let listed = self.run_admin_command(&["sessions", "list", ppr].map(str::to_owned)).await?;
        let session = listed.lines().find(|line| line.ends_with(DEVICE_NAME));
        let session = session.and_then(|line| line.split_whitespace().next());
        self.second_device =
            Some((client, session.context("the portal lists no session of the second device")?.to_owned()));
        Ok(())
    }

    /// Returns the portal's id of the second device's session.
    pub(crate) fn second_device_session(&self) -> anyhow::Result<&str> {
        let second_device = self.second_device.as_ref().context("nobody signed in on a second device")?;
        Ok(&second_device.1)
    }

    async fn expect_second_device_signed_out(&self) -> anyhow::Result<()> {
        let (client, _) = self.second_device.as_ref().context("nobody signed in on a second device")?;
        match client.refresh_services().await {
            Err(FosError::SignInAgain { .. }) => Ok(()),
            Err(error) => bail!("the second device got: {error}"),
            Ok(()) => bail!("the second device is still signed in"),
        }
    }
}
