//! Waits until the screen meets an expectation of the journey.

use std::time::{Duration, Instant};

use anyhow::{Context, bail};

use super::Runner;
use crate::{
    journey::Action,
    protocol::{ScreenSnapshot, visible_text},
};

/// Pause between two snapshots while waiting.
const POLL_INTERVAL: Duration = Duration::from_millis(25);

impl Runner<'_> {
    /// Waits until the screen meets the expectation.
    pub(super) async fn expect_on_screen(&mut self, action: &Action) -> anyhow::Result<()> {
        let seen = match action {
            Action::See(screen) => {
                self.wait_until(|snapshot| snapshot.screen == *screen && !snapshot.busy).await
            }
            Action::Read(text) => {
                let text = self.expand(text)?;
                self.wait_until(|snapshot| snapshot.contains_text(&text)).await
            }
            Action::NotRead(text) => {
                self.wait_until_idle().await?;
                self.wait_until(|snapshot| !snapshot.contains_text(text)).await
            }
            Action::Holds(field, text) => {
                let text = self.expand(text)?;
                self.wait_until(|snapshot| snapshot.fields.get(field) == Some(&text)).await
            }
            Action::Opened(name) => {
                let name = self.expand(name)?;
                self.wait_until(|snapshot| {
                    snapshot.opened.last().is_some_and(|opened| visible_text(opened) == name)
                })
                .await
            }
            Action::Copied(text) => self.wait_until(|snapshot| snapshot.copied.as_ref() == Some(text)).await,
            other => bail!("`{other}` is not an expectation"),
        };
        seen.map(|_| ())
    }

    /// Polls the screen until it meets the condition, or fails after the timeout.
    async fn wait_until(
        &mut self,
        condition: impl Fn(&ScreenSnapshot) -> bool,
    ) -> anyhow::Result<ScreenSnapshot> {
        let started = Instant::now();
        loop {
            let snapshot = self.snapshot().await?;
            if condition(&snapshot) {
                return Ok(snapshot);
            }
            if started.elapsed() > self.options.timeout {
                bail!("not seen within {} s", self.options.timeout.as_secs());
            }
            tokio::time::sleep(POLL_INTERVAL).await;
        }
    }

    /// Waits until the app is idle, and returns what it shows then.
    pub(crate) async fn wait_until_idle(&mut self) -> anyhow::Result<ScreenSnapshot> {
        self.wait_until(|snapshot| !snapshot.busy).await.context("the app stays busy")
    }
}
