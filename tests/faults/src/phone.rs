//! The phone's process, as the runner handles it.

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

use crate::words::{Act, Told};

/// Longer than the core waits for anything.
const PATIENCE: Duration = Duration::from_mins(2);

/// How a phone is switched on.
#[derive(Debug, Clone)]
pub struct Switch {
    /// The program.
    pub program: PathBuf,
    /// The app's own folder.
    pub data: PathBuf,
    /// The file that says by how many seconds its clock is off.
    pub clock: PathBuf,
    /// Where it finds the portal.
    pub portal: SocketAddr,
    /// The planted fault of a send without an outbox.
    pub without_outbox: bool,
}

/// A phone that is on.
pub struct Phone {
    process: Child,
    pid: Pid,
    acts: ChildStdin,
    told: Lines<BufReader<ChildStdout>>,
    /// Its member was told of a file that was set aside.
    pub told_of_set_aside: bool,
}

impl Phone {
    /// Switches it on and waits until it is open.
    ///
    /// # Errors
    /// When it does not open.
    pub async fn switch_on(switch: &Switch, log: &Path) -> anyhow::Result<Self> {
        let log = std::fs::File::options().create(true).append(true).open(log)?;
        let mut command = Command::new(&switch.program);
        command.arg("--data").arg(&switch.data).arg("--clock").arg(&switch.clock);
        command.arg("--portal").arg(format!("http://{}", switch.portal));
        if switch.without_outbox {
            command.arg("--without-outbox");
        }
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(log).kill_on_drop(true);
        let mut process =
            command.spawn().with_context(|| format!("starting {}", switch.program.display()))?;
        let pid = process
            .id()
            .and_then(|id| Pid::from_raw(id.try_into().ok()?))
            .context("a phone without an id")?;
        let acts = process.stdin.take().context("no way to the phone")?;
        let told = BufReader::new(process.stdout.take().context("no way from the phone")?).lines();
        let mut phone = Self { process, pid, acts, told, told_of_set_aside: false };
        match phone.hears().await? {
            Told::Open { set_aside } => phone.told_of_set_aside = set_aside,
            other => bail!("the phone began with {other:?}"),
        }
        Ok(phone)
    }

    /// Asks for an act.
    ///
    /// # Errors
    /// When the phone is gone.
    pub async fn say(&mut self, act: &Act) -> anyhow::Result<()> {
        let line = serde_json::to_string(act)? + "\n";
        self.acts.write_all(line.as_bytes()).await.context("the phone is gone")
    }

    /// What it says next.
    ///
    /// # Errors
    /// When it ends, or says nothing for minutes.
    pub async fn hears(&mut self) -> anyhow::Result<Told> {
        let line =
            timeout(PATIENCE, self.told.next_line()).await.context("the phone says nothing any more")??;
        Ok(serde_json::from_str(&line.context("the phone ended by itself")?)?)
    }

    /// An act, and what the member is told of it.
    ///
    /// # Errors
    /// When the phone ends, or says nothing for minutes.
    pub async fn does(&mut self, act: &Act) -> anyhow::Result<Told> {
        self.say(act).await?;
        self.hears().await
    }

    /// Stops it where it stands, until it is told to go on.
    ///
    /// # Errors
    /// When it is gone.
    pub fn freeze(&self) -> anyhow::Result<()> {
        kill_process(self.pid, Signal::STOP).context("stopping the phone")
    }

    /// It goes on.
    ///
    /// # Errors
    /// When it is gone.
    pub fn thaw(&self) -> anyhow::Result<()> {
        kill_process(self.pid, Signal::CONT).context("letting the phone go on")
    }

    /// `kill -9`. What it had said by then was said.
    ///
    /// # Errors
    /// When it cannot be killed.
    pub async fn kill(mut self) -> anyhow::Result<Vec<Told>> {
        // Sent at once; waiting for its end comes after.
        kill_process(self.pid, Signal::KILL).context("killing the phone")?;
        self.process.wait().await?;
        let mut said = Vec::new();
        while let Some(line) = self.told.next_line().await? {
            // A line that was cut off was not read by anybody.
            said.extend(serde_json::from_str::<Told>(&line).ok());
        }
        Ok(said)
    }
}
