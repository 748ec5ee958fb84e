//! Starts a measured program and speaks with it, a line at a time.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    process::Stdio,
};

use anyhow::{Context, bail};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines},
    process::{Child, ChildStdin, ChildStdout, Command},
};

use crate::given::Given;

/// A program that stands beside this one.
///
/// # Errors
/// When this one does not know where it stands.
pub fn beside(name: &str) -> anyhow::Result<PathBuf> {
    Ok(std::env::current_exe().context("where this program stands")?.with_file_name(name))
}

/// A measured program that runs.
pub struct Measured {
    name: String,
    child: Child,
    says: Lines<BufReader<ChildStdout>>,
    hears: ChildStdin,
}

impl Measured {
    /// Starts it with these words.
    ///
    /// # Errors
    /// When it does not start.
    pub fn start<W: AsRef<OsStr>>(program: &Path, words: &[W], given: &Given) -> anyhow::Result<Self> {
        let mut command = Command::new(program);
        command.args(words);
        Self::run(command, given)
    }

    /// Runs this command with what it is given.
    ///
    /// # Errors
    /// When it does not start.
    pub fn run(mut command: Command, given: &Given) -> anyhow::Result<Self> {
        let name = command.as_std().get_program().display().to_string();
        command.envs(given.environment()).kill_on_drop(true).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().with_context(|| format!("starting {name}"))?;
        let says = child.stdout.take().context("its output")?;
        let hears = child.stdin.take().context("its input")?;
        Ok(Self { name, child, says: BufReader::new(says).lines(), hears })
    }

    /// The next line that it says.
    ///
    /// # Errors
    /// When it ends instead.
    pub async fn line(&mut self) -> anyhow::Result<String> {
        self.says.next_line().await?.with_context(|| format!("{} ended too early", self.name))
    }

    /// The next line, which must be `word` and a number: the number.
    ///
    /// # Errors
    /// When it is not.
    pub async fn number(&mut self, word: &str) -> anyhow::Result<f64> {
        let line = self.line().await?;
        let number = line.strip_prefix(word).and_then(|rest| rest.trim().parse().ok());
        number.with_context(|| format!("{} said «{line}», not {word}", self.name))
    }

    /// Tells it a line.
    ///
    /// # Errors
    /// When it does not listen any more.
    pub async fn tell(&mut self, line: &str) -> anyhow::Result<()> {
        self.hears.write_all(format!("{line}\n").as_bytes()).await?;
        Ok(self.hears.flush().await?)
    }

    /// Waits for its end and gives what it still says.
    ///
    /// # Errors
    /// When it does not end well.
    pub async fn end(mut self) -> anyhow::Result<Vec<String>> {
        drop(self.hears);
        let mut said = Vec::new();
        while let Some(line) = self.says.next_line().await? {
            said.push(line);
        }
        let status = self.child.wait().await?;
        if !status.success() {
            bail!("{}: {status}", self.name);
        }
        Ok(said)
    }
}
