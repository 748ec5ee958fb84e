//! Process of the phone: launched, sent commands, suspended and killed.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use anyhow::{Context, bail};
use rustix::process::{Pid, Signal, kill_process};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines},
    process::{Child, ChildStdin, ChildStdout, Command},
    time::timeout,
};

use crate::protocol::{PhoneCommand, PhoneResponse};

/// Longer than any timeout of the core.
const RESPONSE_TIMEOUT: Duration = Duration::from_mins(2);

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
    process: Child,
    pid: Pid,
    commands: ChildStdin,
    responses: Lines<BufReader<ChildStdout>>,
    /// True if the app reported a quarantined file when it opened.
    pub quarantine_reported: bool,
}

impl PhoneProcess {
    /// Launches the phone and waits until it is open.
    ///
    /// # Errors
    /// If it does not open.
    pub async fn launch(options: &LaunchOptions, log: &Path) -> anyhow::Result<Self> {
        let log = std::fs::File::options().create(true).append(true).open(log)?;
        let mut command = Command::new(&options.program);
        command.arg("--data").arg(&options.data).arg("--clock").arg(&options.clock);
        command.arg("--portal").arg(format!("http://{}", options.portal));
        if options.without_outbox {
            command.arg("--without-outbox");
        }
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(log).kill_on_drop(true);
        let mut process =
            command.spawn().with_context(|| format!("starting {}", options.program.display()))?;
        let pid = process
            .id()
            .and_then(|id| Pid::from_raw(id.try_into().ok()?))
            .context("the phone has no process id")?;
        let commands = process.stdin.take().context("no stdin to the phone")?;
        let responses = BufReader::new(process.stdout.take().context("no stdout from the phone")?).lines();
        let mut phone = Self { process, pid, commands, responses, quarantine_reported: false };
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
        let line = serde_json::to_string(command)? + "\n";
        self.commands.write_all(line.as_bytes()).await.context("the phone is gone")
    }

    /// Waits for the next response.
    ///
    /// # Errors
    /// If the process ends, or does not respond within minutes.
    pub async fn receive(&mut self) -> anyhow::Result<PhoneResponse> {
        let line = timeout(RESPONSE_TIMEOUT, self.responses.next_line())
            .await
            .context("no response from the phone")??;
        Ok(serde_json::from_str(&line.context("the phone exited by itself")?)?)
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
        kill_process(self.pid, Signal::STOP).context("suspending the phone")
    }

    /// Resumes a suspended process (SIGCONT).
    ///
    /// # Errors
    /// If it has ended.
    pub fn resume(&self) -> anyhow::Result<()> {
        kill_process(self.pid, Signal::CONT).context("resuming the phone")
    }

    /// Kills the process (SIGKILL), and returns the responses it had written before.
    ///
    /// # Errors
    /// If it cannot be killed.
    pub async fn kill(mut self) -> anyhow::Result<Vec<PhoneResponse>> {
        // The signal is sent first; waiting for the exit comes after.
        kill_process(self.pid, Signal::KILL).context("killing the phone")?;
        self.process.wait().await?;
        let mut remaining = Vec::new();
        while let Some(line) = self.responses.next_line().await? {
            // A truncated line counts as not received.
            remaining.extend(serde_json::from_str::<PhoneResponse>(&line).ok());
        }
        Ok(remaining)
    }
}
