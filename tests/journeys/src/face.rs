//! Starts a face's process, exchanges lines with it over loopback, and ends it.

use std::{
    fs::{self, File},
    io,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use serde::Deserialize;
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines},
    net::{
        TcpListener,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    time::timeout,
};

use crate::logs::LogFolder;
use crate::protocol::{Hello, Response, Verb};

/// Longest time for a face to respond.
const RESPONSE_TIMEOUT: Duration = Duration::from_mins(2);

/// Longest time for a face to start: a JVM with the whole Android framework in it starts slowly, and may start beside
/// others.
const START_TIMEOUT: Duration = Duration::from_mins(5);

/// Settings that a face is launched with, passed as environment variables.
#[derive(Debug, Clone)]
pub struct LaunchEnv {
    /// URL of the portal.
    pub portal_url: String,
    /// Public key that the portal's config is signed with.
    pub config_key: String,
    /// Root certificate to trust besides the built-in ones.
    pub extra_root: Option<PathBuf>,
    /// Folder of the app's data, which survives a killed process.
    pub data_dir: PathBuf,
    /// Language of the phone, as a BCP-47 tag.
    pub language: String,
    /// File that holds the offset of the phone's clock, in seconds.
    pub clock_offset_file: PathBuf,
    /// File that receives the process's output.
    pub log_file: PathBuf,
}

/// Launches a face.
pub trait Launcher: Send + Sync {
    /// Launches the face, which connects to the runner at this address.
    ///
    /// # Errors
    /// If the face cannot be started.
    fn launch(&self, runner: SocketAddr, launch_env: &LaunchEnv) -> io::Result<Box<dyn RunningProcess>>;
}

/// Launched face. Dropping it ends the process.
pub trait RunningProcess: Send {
    /// Kills the process at once, as a phone short of memory does.
    fn kill(&mut self);

    /// Returns the exit status if the process has ended by itself.
    fn exit_status(&mut self) -> Option<String>;

    /// Receives the process after the app in it has quit, to be used again; a process for one launch ends.
    fn release(self: Box<Self>);
}

/// Command line that launches a face.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct FaceCommand {
    /// Program to run.
    pub program: String,
    /// Arguments of the program.
    pub arguments: Vec<String>,
    /// Environment variables, besides those set by the runner.
    #[serde(default)]
    pub environment: Vec<(String, String)>,
    /// Working directory of the program.
    #[serde(default)]
    pub working_dir: Option<PathBuf>,
    /// True if the process can read launches from its input, and serves one after another (see `workers`).
    #[serde(default)]
    pub reusable: bool,
}

impl FaceCommand {
    /// Reads the command from the JSON file that the face's build wrote.
    ///
    /// # Errors
    /// If the file cannot be read or parsed.
    pub fn read(file: &Path) -> anyhow::Result<Self> {
        let text = fs::read(file).with_context(|| format!("reading {}", file.display()))?;
        serde_json::from_slice(&text).with_context(|| format!("{} is not a face command", file.display()))
    }
}

impl FaceCommand {
    /// Returns the command with these variables of its own, its output in the log.
    pub(crate) fn process(&self, temp_dir: &Path, log: File) -> io::Result<Command> {
        let mut command = Command::new(&self.program);
        command
            .args(&self.arguments)
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            // Read once by a process, however many launches it serves.
            .env("FOS_CORE_LOG", LogFolder::shared()?.core_log())
            .env("TMPDIR", temp_dir)
            // Java ignores TMPDIR.
            .env("JAVA_TOOL_OPTIONS", format!("-Djava.io.tmpdir={}", temp_dir.display()))
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log);
        if let Some(working_dir) = &self.working_dir {
            command.current_dir(working_dir);
        }
        Ok(command)
    }
}

impl LaunchEnv {
    /// Returns the variables that tell a face about its launch.
    pub(crate) fn variables(&self, runner: SocketAddr) -> Vec<(&'static str, String)> {
        let path = |path: &Path| path.display().to_string();
        let mut variables = vec![
            ("FOS_FACE_ADDRESS", runner.to_string()),
            ("FOS_PORTAL", self.portal_url.clone()),
            ("FOS_CONFIG_KEY", self.config_key.clone()),
            ("FOS_DATA", path(&self.data_dir)),
            ("FOS_LANGUAGE", self.language.clone()),
            ("FOS_CLOCK_FILE", path(&self.clock_offset_file)),
        ];
        variables.extend(self.extra_root.as_deref().map(|root| ("FOS_EXTRA_ROOT", path(root))));
        variables
    }
}

impl Launcher for FaceCommand {
    fn launch(&self, runner: SocketAddr, launch_env: &LaunchEnv) -> io::Result<Box<dyn RunningProcess>> {
        let log = File::options().create(true).append(true).open(&launch_env.log_file)?;
        // A killed process leaves its temporary files behind, 200 MB for the Android framework: they are removed with
        // this folder.
        let temp_dir = tempfile::tempdir()?;
        let process = self.process(temp_dir.path(), log)?.envs(launch_env.variables(runner)).spawn()?;
        Ok(Box::new(FaceProcess { process, _temp_dir: temp_dir }))
    }
}

struct FaceProcess {
    process: Child,
    /// Removed after the process has been killed.
    _temp_dir: TempDir,
}

impl RunningProcess for FaceProcess {
    fn kill(&mut self) {
        // Both fail only if the process has already ended, which is the goal.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }

    fn exit_status(&mut self) -> Option<String> {
        self.process.try_wait().ok().flatten().map(|status| status.to_string())
    }

    fn release(self: Box<Self>) {}
}

impl Drop for FaceProcess {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Connection to a running face.
pub struct Face {
    process: Box<dyn RunningProcess>,
    lines: Lines<BufReader<OwnedReadHalf>>,
    writer: OwnedWriteHalf,
    system: String,
}

impl Face {
    /// Launches a face and waits for its first line.
    ///
    /// # Errors
    /// If the face does not start, exits, sends nothing in time, or sends something other than a [`Hello`].
    pub async fn start(launcher: &dyn Launcher, launch_env: &LaunchEnv) -> anyhow::Result<Self> {
        let listener = TcpListener::bind((std::net::Ipv4Addr::LOCALHOST, 0)).await?;
        let mut process = launcher.launch(listener.local_addr()?, launch_env).context("starting the face")?;
        let started = Instant::now();
        let stream = loop {
            if let Ok(accepted) = timeout(Duration::from_millis(100), listener.accept()).await {
                break accepted?.0;
            }
            if let Some(status) = process.exit_status() {
                bail!("the face exited before its first line: {status}");
            }
            if started.elapsed() > START_TIMEOUT {
                bail!("no line from the face within {} s", START_TIMEOUT.as_secs());
            }
        };
        // Each line is small and waits for its response: batching would only delay it.
        stream.set_nodelay(true)?;
        let (reader, writer) = stream.into_split();
        let mut face = Self { process, lines: BufReader::new(reader).lines(), writer, system: String::new() };
        let greeting = face.read_line().await?;
        face.system = serde_json::from_str::<Hello>(&greeting)
            .with_context(|| format!("the face's first line was {greeting}"))?
            .system;
        Ok(face)
    }

    /// Returns the operating system that the face runs on, `android` or `ios`.
    pub fn system(&self) -> &str {
        &self.system
    }

    /// Sends a verb and waits for the response.
    ///
    /// # Errors
    /// If no valid response arrives in time.
    pub async fn request(&mut self, verb: &Verb) -> anyhow::Result<Response> {
        self.send(verb).await?;
        self.receive().await
    }

    /// Sends a verb without waiting for the response. A pending `frame` returns when another verb arrives.
    ///
    /// # Errors
    /// If the connection is closed.
    pub async fn send(&mut self, verb: &Verb) -> anyhow::Result<()> {
        let mut line = serde_json::to_string(verb)?;
        line.push('\n');
        self.writer.write_all(line.as_bytes()).await.context("cannot write to the face")
    }

    /// Waits for the next response; responses arrive in the order of the verbs. Cancel-safe: a dropped wait loses no
    /// line.
    ///
    /// # Errors
    /// If no valid response arrives in time.
    pub async fn receive(&mut self) -> anyhow::Result<Response> {
        let response = self.read_line().await?;
        serde_json::from_str(&response).with_context(|| format!("not a response: {response}"))
    }

    /// Kills the process at once.
    pub fn kill(mut self) {
        self.process.kill();
    }

    /// Asks the face to quit, and kills it if it does not.
    pub async fn quit(mut self) {
        // Dropping the process ends it, whatever the response.
        let response = timeout(Duration::from_secs(5), self.request(&Verb::Quit)).await;
        if response.is_ok_and(|response| response.is_ok_and(|response| response.ok)) {
            self.process.release();
        }
    }

    async fn read_line(&mut self) -> anyhow::Result<String> {
        let line = timeout(RESPONSE_TIMEOUT, self.lines.next_line())
            .await
            .map_err(|_| anyhow::anyhow!("no line from the face within {} s", RESPONSE_TIMEOUT.as_secs()))?
            .context("cannot read from the face")?;
        line.map(|line| line.trim_end().to_owned()).with_context(|| {
            let status = self.process.exit_status().unwrap_or_else(|| "it closed the connection".to_owned());
            format!("the face is gone: {status}")
        })
    }
}

/// Returns the last 30 lines that a face's process printed.
pub fn log_tail(log_file: &Path) -> String {
    let text = std::fs::read(log_file).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(30)..].join("\n")
}
