//! Process of the phone: launched, sent commands, suspended and killed.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use tokio::process::Command;

use crate::{
    line_process::LineProcess,
    protocol::{PhoneCommand, PhoneResponse},
};

/// Options to launch the phone with.
#[derive(Debug, Clone)]
pub struct LaunchOptions {
    /// Program to run.
    pub program: PathBuf,
    /// Data folder of the app.
    pub data: PathBuf,
    /// File that holds the offset of the clock, in seconds.
    pub clock: PathBuf,
    /// Address of the portal.
    pub portal: SocketAddr,
    /// Plants the fault of a send without an outbox.
    pub without_outbox: bool,
}

/// Running phone.
pub struct PhoneProcess {
    process: LineProcess,
    /// True if the app reported a quarantined file when it opened.
    pub quarantine_reported: bool,
}

impl PhoneProcess {
    /// Launches the phone and waits until it is open.
    ///
    /// # Errors
    /// If it does not open.
    pub async fn launch(options: &LaunchOptions, log: &Path) -> anyhow::Result<Self> {
        let mut command = Command::new(&options.program);
        command.arg("--data").arg(&options.data).arg("--clock").arg(&options.clock);
        command.arg("--portal").arg(format!("http://{}", options.portal));
        if options.without_outbox {
            command.arg("--without-outbox");
        }
        let mut phone = Self { process: LineProcess::start(command, log)?, quarantine_reported: false };
        match phone.receive().await? {
            PhoneResponse::Opened { quarantined } => phone.quarantine_reported = quarantined,
            other => bail!("the phone began with {other:?}"),
        }
        Ok(phone)
    }

    /// Sends a command.
    ///
    /// # Errors
    /// If the process has ended.
    pub async fn send(&mut self, command: &PhoneCommand) -> anyhow::Result<()> {
        self.process.send(&serde_json::to_string(command)?).await.context("sending to the phone")
    }

    /// Waits for the next response.
    ///
    /// # Errors
    /// If the process ends, or does not respond within minutes.
    pub async fn receive(&mut self) -> anyhow::Result<PhoneResponse> {
        let line = self.process.receive().await.context("waiting for the phone")?;
        Ok(serde_json::from_str(&line)?)
    }

    /// Sends a command and waits for its response.
    ///
    /// # Errors
    /// If the process ends, or does not respond within minutes.
    pub async fn execute(&mut self, command: &PhoneCommand) -> anyhow::Result<PhoneResponse> {
        self.send(command).await?;
        self.receive().await
    }

    /// Suspends the process (SIGSTOP) until [`Self::resume`].
    ///
    /// # Errors
    /// If it has ended.
    pub fn suspend(&self) -> anyhow::Result<()> {
        self.process.suspend()
    }

    /// Resumes a suspended process (SIGCONT).
    ///
    /// # Errors
    /// If it has ended.
    pub fn resume(&self) -> anyhow::Result<()> {
        self.process.resume()
    }

    /// Kills the process (SIGKILL), and returns the responses it had written before.
    ///
    /// # Errors
    /// If it cannot be killed.
    pub async fn kill(self) -> anyhow::Result<Vec<PhoneResponse>> {
        let lines = self.process.kill().await.context("killing the phone")?;
        // A truncated line counts as not received.
        Ok(lines.iter().filter_map(|line| serde_json::from_str(line).ok()).collect())
    }
}
