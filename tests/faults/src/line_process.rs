//! Process that is sent a line and writes a line: launched, suspended and killed.

use std::{path::Path, process::Stdio, time::Duration};

use anyhow::Context;
use rustix::process::{Pid, Resource, Rlimit, Signal, getrlimit, kill_process, setrlimit};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines},
    process::{Child, ChildStdin, ChildStdout, Command},
    signal::unix::{SignalKind, signal},
    time::timeout,
};

/// Longest wait for a line, longer than any timeout of the core.
const LINE_TIMEOUT: Duration = Duration::from_mins(2);

/// Running process. Dropping it kills it.
pub struct LineProcess {
    process: Child,
    pid: Pid,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
}

impl LineProcess {
    /// Starts the program; its standard error is appended to the file `log`.
    ///
    /// # Errors
    /// If it cannot be started.
    pub fn start(mut command: Command, log: &Path) -> anyhow::Result<Self> {
        let log = std::fs::File::options().create(true).append(true).open(log)?;
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(log).kill_on_drop(true);
        let mut process = command.spawn().with_context(|| format!("starting {command:?}"))?;
        let pid = process
            .id()
            .and_then(|id| Pid::from_raw(id.try_into().ok()?))
            .context("the process has no id")?;
        let input = process.stdin.take().context("the process has no stdin")?;
        let output = BufReader::new(process.stdout.take().context("the process has no stdout")?).lines();
        Ok(Self { process, pid, input, output })
    }

    /// Sends a line.
    ///
    /// # Errors
    /// If the process has ended.
    pub async fn send(&mut self, line: &str) -> anyhow::Result<()> {
        self.input.write_all(format!("{line}\n").as_bytes()).await.context("the process is gone")
    }

    /// Waits for the next line.
    ///
    /// # Errors
    /// If the process ends, or writes none within minutes.
    pub async fn receive(&mut self) -> anyhow::Result<String> {
        let line =
            timeout(LINE_TIMEOUT, self.output.next_line()).await.context("no line from the process")?;
        line?.context("the process exited by itself")
    }

    /// Suspends the process (SIGSTOP) until [`Self::resume`].
    ///
    /// # Errors
    /// If it has ended.
    pub fn suspend(&self) -> anyhow::Result<()> {
        kill_process(self.pid, Signal::STOP).context("suspending the process")
    }

    /// Resumes a suspended process (SIGCONT).
    ///
    /// # Errors
    /// If it has ended.
    pub fn resume(&self) -> anyhow::Result<()> {
        kill_process(self.pid, Signal::CONT).context("resuming the process")
    }

    /// Closes the standard input, at which the process is to end, and waits for its end.
    ///
    /// # Errors
    /// If it ends with an error.
    pub async fn stop(mut self) -> anyhow::Result<()> {
        drop(self.input);
        let status = self.process.wait().await?;
        anyhow::ensure!(status.success(), "the process ended with {status}");
        Ok(())
    }

    /// Kills the process (SIGKILL), and returns the lines it had written before.
    ///
    /// # Errors
    /// If it cannot be killed.
    pub async fn kill(mut self) -> anyhow::Result<Vec<String>> {
        // The signal is sent first; waiting for the exit comes after.
        kill_process(self.pid, Signal::KILL).context("killing the process")?;
        self.process.wait().await?;
        let mut remaining = Vec::new();
        while let Some(line) = self.output.next_line().await? {
            remaining.push(line);
        }
        Ok(remaining)
    }
}

/// Disk of the current process, which can be made full.
pub struct Disk {
    /// The system sends SIGXFSZ on a write beyond the file size limit. With a handler the write fails as on a full disk, and
    /// the process stays alive.
    _handler: tokio::signal::unix::Signal,
}

impl Disk {
    /// Installs what [`Self::limit`] needs.
    ///
    /// # Errors
    /// If the signal handler cannot be installed.
    pub fn new() -> anyhow::Result<Self> {
        let handler =
            signal(SignalKind::from_raw(Signal::XFSZ.as_raw())).context("installing the handler")?;
        Ok(Self { _handler: handler })
    }

    /// Limits the size of files for this process, which then sees a full disk; `None` removes the limit.
    ///
    /// # Errors
    /// If the system refuses the limit.
    pub fn limit(&self, max_bytes: Option<u64>) -> anyhow::Result<()> {
        let Rlimit { maximum, .. } = getrlimit(Resource::Fsize);
        let limit = Rlimit { current: max_bytes.or(maximum), maximum };
        setrlimit(Resource::Fsize, limit).context("limiting the size of files")
    }
}
