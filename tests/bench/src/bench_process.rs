//! Starts a measured program and exchanges lines with it.

use std::{ffi::OsStr, path::Path, process::Stdio};

use anyhow::{Context, bail};
use fos_bench_programs::Args;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines},
    process::{Child, ChildStdin, ChildStdout, Command},
};

/// A running measured program.
pub struct BenchProcess {
    name: String,
    child: Child,
    stdout: Lines<BufReader<ChildStdout>>,
    stdin: ChildStdin,
}

impl BenchProcess {
    /// Starts the program with these arguments.
    ///
    /// # Errors
    /// Returns an error if the program cannot be started.
    pub fn start<W: AsRef<OsStr>>(program: &Path, arguments: &[W], args: &Args) -> anyhow::Result<Self> {
        let mut command = Command::new(program);
        command.args(arguments);
        Self::spawn(command, args)
    }

    /// Starts this command with `args` in its environment.
    ///
    /// # Errors
    /// Returns an error if the program cannot be started.
    pub fn spawn(mut command: Command, args: &Args) -> anyhow::Result<Self> {
        let name = command.as_std().get_program().display().to_string();
        command.envs(args.to_environment()).kill_on_drop(true).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().with_context(|| format!("starting {name}"))?;
        let stdout = child.stdout.take().context("no stdout")?;
        let stdin = child.stdin.take().context("no stdin")?;
        Ok(Self { name, child, stdout: BufReader::new(stdout).lines(), stdin })
    }

    /// Reads the next line of the program's output.
    ///
    /// # Errors
    /// Returns an error if the program ends instead.
    pub async fn read_line(&mut self) -> anyhow::Result<String> {
        self.stdout.next_line().await?.with_context(|| format!("{} ended too early", self.name))
    }

    /// Reads the next line, which must be `label` and a number, and returns the number.
    ///
    /// # Errors
    /// Returns an error if the line has another form.
    pub async fn read_number(&mut self, label: &str) -> anyhow::Result<f64> {
        let line = self.read_line().await?;
        let number = line.strip_prefix(label).and_then(|rest| rest.trim().parse().ok());
        number.with_context(|| format!("unexpected output of {}: «{line}» instead of {label}", self.name))
    }

    /// Writes a line to the program's input.
    ///
    /// # Errors
    /// Returns an error if the program has closed its input.
    pub async fn write_line(&mut self, line: &str) -> anyhow::Result<()> {
        self.stdin.write_all(format!("{line}\n").as_bytes()).await?;
        Ok(self.stdin.flush().await?)
    }

    /// Closes the program's input, waits for its end and returns the remaining lines.
    ///
    /// # Errors
    /// Returns an error if the program fails.
    pub async fn finish(mut self) -> anyhow::Result<Vec<String>> {
        drop(self.stdin);
        let mut lines = Vec::new();
        while let Some(line) = self.stdout.next_line().await? {
            lines.push(line);
        }
        let status = self.child.wait().await?;
        if !status.success() {
            bail!("{}: {status}", self.name);
        }
        Ok(lines)
    }
}
