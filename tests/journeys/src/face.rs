//! A face's process: started, spoken with over loopback, ended.

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

use crate::verbs::{Answer, Hello, Verb};

/// How long a face may take to start or to answer: a JVM with the whole of Android in it starts slowly.
const SILENCE: Duration = Duration::from_mins(2);

/// What a face finds around it when it starts.
#[derive(Debug, Clone)]
pub struct Surroundings {
    /// The portal's address.
    pub portal: String,
    /// The public key that the portal's config is signed with.
    pub config_key: String,
    /// A root to trust besides those that ship.
    pub root: Option<PathBuf>,
    /// The folder that stays when the process is killed.
    pub data: PathBuf,
    /// The phone's language, as a BCP-47 tag.
    pub language: String,
    /// The file that says by how many seconds the phone's clock is off.
    pub clock: PathBuf,
    /// The file that takes what the process prints.
    pub log: PathBuf,
}

/// Starts a face.
pub trait Launcher: Send + Sync {
    /// Starts it, so that it finds its runner at this address.
    ///
    /// # Errors
    /// When it cannot be started.
    fn launch(&self, runner: SocketAddr, around: &Surroundings) -> io::Result<Box<dyn Alive>>;
}

/// A face that was started. Letting go of it ends it.
pub trait Alive: Send {
    /// Ends it at once, as a phone short of memory does.
    fn kill(&mut self);

    /// How it ended by itself, if it did.
    fn ended(&mut self) -> Option<String>;
}

/// A face that is a program.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct FaceCommand {
    /// The program.
    pub program: String,
    /// Its arguments.
    pub arguments: Vec<String>,
    /// What it finds in its environment besides the runner's own words.
    #[serde(default)]
    pub surroundings: Vec<(String, String)>,
    /// The folder it runs in.
    #[serde(default)]
    pub folder: Option<PathBuf>,
}

impl FaceCommand {
    /// How a face is started, from the file in which its build wrote that down.
    ///
    /// # Errors
    /// When it cannot be read, or says something else.
    pub fn read(file: &Path) -> anyhow::Result<Self> {
        let text = fs::read(file).with_context(|| format!("reading {}", file.display()))?;
        serde_json::from_slice(&text).with_context(|| format!("{} is no face command", file.display()))
    }
}

impl Launcher for FaceCommand {
    fn launch(&self, runner: SocketAddr, around: &Surroundings) -> io::Result<Box<dyn Alive>> {
        let log = File::options().create(true).append(true).open(&around.log)?;
        // A process that is killed leaves in the temporary folder whatever it put there: Android's framework, 200 MB.
        let temporary = tempfile::tempdir()?;
        let mut command = Command::new(&self.program);
        command
            .args(&self.arguments)
            .envs(self.surroundings.iter().map(|(name, value)| (name, value)))
            .env("FOS_FACE_ADDRESS", runner.to_string())
            .env("FOS_PORTAL", &around.portal)
            .env("FOS_CONFIG_KEY", &around.config_key)
            .env("FOS_DATA", &around.data)
            .env("FOS_LANGUAGE", &around.language)
            .env("FOS_CLOCK_FILE", &around.clock)
            .env("TMPDIR", temporary.path())
            // Java does not heed TMPDIR.
            .env("JAVA_TOOL_OPTIONS", format!("-Djava.io.tmpdir={}", temporary.path().display()))
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log);
        if let Some(root) = &around.root {
            command.env("FOS_EXTRA_ROOT", root);
        }
        if let Some(folder) = &self.folder {
            command.current_dir(folder);
        }
        Ok(Box::new(FaceProcess { process: command.spawn()?, _temporary: temporary }))
    }
}

struct FaceProcess {
    process: Child,
    /// Goes once the process has been ended.
    _temporary: TempDir,
}

impl Alive for FaceProcess {
    fn kill(&mut self) {
        // Both fail only when the process has ended already, which is what is wanted.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }

    fn ended(&mut self) -> Option<String> {
        self.process.try_wait().ok().flatten().map(|status| status.to_string())
    }
}

impl Drop for FaceProcess {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A face that answers.
pub struct Face {
    process: Box<dyn Alive>,
    lines: Lines<BufReader<OwnedReadHalf>>,
    writer: OwnedWriteHalf,
    system: String,
}

impl Face {
    /// Starts a face and waits until it has said who it is.
    ///
    /// # Errors
    /// When it does not start, ends, stays silent, or says something else.
    pub async fn start(launcher: &dyn Launcher, around: &Surroundings) -> anyhow::Result<Self> {
        let listener = TcpListener::bind((std::net::Ipv4Addr::LOCALHOST, 0)).await?;
        let mut process = launcher.launch(listener.local_addr()?, around).context("starting the face")?;
        let started = Instant::now();
        let stream = loop {
            if let Ok(accepted) = timeout(Duration::from_millis(100), listener.accept()).await {
                break accepted?.0;
            }
            if let Some(how) = process.ended() {
                bail!("the face ended before it said anything: {how}");
            }
            if started.elapsed() > SILENCE {
                bail!("the face was silent for {} s", SILENCE.as_secs());
            }
        };
        // Each line is small and waits for its answer: nothing is to be gained by gathering them.
        stream.set_nodelay(true)?;
        let (reader, writer) = stream.into_split();
        let mut face = Self { process, lines: BufReader::new(reader).lines(), writer, system: String::new() };
        let hello = face.line().await?;
        face.system = serde_json::from_str::<Hello>(&hello)
            .with_context(|| format!("the face's first words were {hello}"))?
            .system;
        Ok(face)
    }

    /// Whose phone it is on: `android`, `ios`.
    pub fn system(&self) -> &str {
        &self.system
    }

    /// Asks for one thing and waits for the answer.
    ///
    /// # Errors
    /// When no answer comes, or one that is none.
    pub async fn ask(&mut self, verb: &Verb) -> anyhow::Result<Answer> {
        self.tell(verb).await?;
        self.hear().await
    }

    /// Asks for one thing, and lets the answer come later. What is told while a `frame` waits ends its waiting.
    ///
    /// # Errors
    /// When the face does not listen.
    pub async fn tell(&mut self, verb: &Verb) -> anyhow::Result<()> {
        let mut line = serde_json::to_string(verb)?;
        line.push('\n');
        self.writer.write_all(line.as_bytes()).await.context("the face does not listen")
    }

    /// The next answer, in the order in which things were told. A wait that is given up loses none.
    ///
    /// # Errors
    /// When no answer comes, or one that is none.
    pub async fn hear(&mut self) -> anyhow::Result<Answer> {
        let answer = self.line().await?;
        serde_json::from_str(&answer).with_context(|| format!("not an answer: {answer}"))
    }

    /// Ends the process at once.
    pub fn kill(mut self) {
        self.process.kill();
    }

    /// Asks the face to leave, and ends it if it does not.
    pub async fn quit(mut self) {
        // Whatever it answers, letting go of the process ends it.
        let _ = timeout(Duration::from_secs(5), self.ask(&Verb::Quit)).await;
    }

    async fn line(&mut self) -> anyhow::Result<String> {
        let line = timeout(SILENCE, self.lines.next_line())
            .await
            .map_err(|_| anyhow::anyhow!("the face was silent for {} s", SILENCE.as_secs()))?
            .context("the face does not speak")?;
        line.map(|line| line.trim_end().to_owned()).with_context(|| {
            let how = self.process.ended().unwrap_or_else(|| "it closed the line".to_owned());
            format!("the face has gone: {how}")
        })
    }
}

/// The last lines that a face's process printed.
pub fn last_words(log: &Path) -> String {
    let text = std::fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(30)..].join("\n")
}
