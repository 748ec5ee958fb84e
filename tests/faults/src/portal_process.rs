//! Process of the portal: started, stopped, killed, and put on a full disk.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use anyhow::{Context, ensure};
use tokio::process::Command;

use crate::line_process::LineProcess;

/// Options to start the portal with.
#[derive(Debug, Clone)]
pub struct PortalOptions {
    /// Program to run.
    pub program: PathBuf,
    /// Data folder of the portal.
    pub data: PathBuf,
    /// Address of the mail server.
    pub mail: SocketAddr,
    /// Address to listen on; port 0 chooses a free one.
    pub listen: SocketAddr,
    /// Time at which the portal's clock stands, as in RFC 3339.
    pub now: String,
}

/// Running portal.
pub struct PortalProcess {
    process: LineProcess,
    /// Address that it listens on.
    pub address: SocketAddr,
}

impl PortalProcess {
    /// Starts the portal and waits until it listens.
    ///
    /// # Errors
    /// If it does not start.
    pub async fn start(options: &PortalOptions, log: &Path) -> anyhow::Result<Self> {
        let mut command = Command::new(&options.program);
        command.arg("--data").arg(&options.data).arg("--now").arg(&options.now);
        command.arg("--mail").arg(options.mail.to_string()).arg("--listen").arg(options.listen.to_string());
        let mut process = LineProcess::start(command, log)?;
        let address = process.receive().await.context("the portal does not start")?.parse()?;
        Ok(Self { process, address })
    }

    /// Limits the size of the portal's files from now on; `None` removes the limit.
    ///
    /// # Errors
    /// If the process has ended.
    pub async fn limit_file_size(&mut self, max_bytes: Option<u64>) -> anyhow::Result<()> {
        self.process.send(&serde_json::to_string(&max_bytes)?).await?;
        let response = self.process.receive().await?;
        ensure!(response == LIMITED, "the portal responded «{response}»");
        Ok(())
    }

    /// Stops the portal in order.
    ///
    /// # Errors
    /// If it ends with an error.
    pub async fn stop(self) -> anyhow::Result<()> {
        self.process.stop().await.context("stopping the portal")
    }

    /// Kills the portal by `kill -9`.
    ///
    /// # Errors
    /// If it cannot be killed.
    pub async fn kill(self) -> anyhow::Result<()> {
        self.process.kill().await.map(drop).context("killing the portal")
    }
}

/// Response of the portal's process to a limit.
pub const LIMITED: &str = "limited";
