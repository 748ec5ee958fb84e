//! Actor that owns the face: executes one verb after another, and fetches frames in between.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, ensure};
use serde::{Deserialize, Serialize};
use tokio::sync::{mpsc, oneshot, watch};

use super::framebuffer::Framebuffer;
use crate::{
    face::{Face, LaunchEnv, Launcher},
    protocol::{Response, Verb},
};

/// Longest wait of one `frame` verb, in ms: well below the timeout of a response.
const FRAME_WAIT_MS: u32 = 30_000;

/// Screen size of every journey.
const DEFAULT_SIZE: &str = "normal";

/// State of the device around the app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeviceState {
    /// `small`, `normal` or `large`.
    pub size: String,
    /// True in portrait orientation.
    pub portrait: bool,
    /// True in the system's dark mode.
    pub dark: bool,
    /// Font size of the system, in per cent.
    pub font: u16,
    /// True if fields bring the soft keyboard up.
    pub keyboard: bool,
    /// Reason why the app has ended, if it has.
    pub ended: Option<String>,
}

/// Mode of a restart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RestartMode {
    /// Starts on the same data, as after a kill by the system.
    KeepData,
    /// Starts without data, as on a new phone.
    WipeData,
}

/// Handle to the actor; can be cloned.
#[derive(Clone)]
pub struct PhoneHandle {
    messages: mpsc::Sender<Message>,
    screen: watch::Receiver<Framebuffer>,
    state: watch::Receiver<DeviceState>,
}

const STOPPED: &str = "the phone has stopped";

enum Message {
    Request(Verb, oneshot::Sender<Result<Response, String>>),
    Restart(RestartMode, oneshot::Sender<Result<(), String>>),
    Stop(oneshot::Sender<()>),
}

impl PhoneHandle {
    /// Starts the actor for a running face; `file` receives its pixels.
    pub(super) fn new(face: Face, launcher: Arc<dyn Launcher>, launch_env: LaunchEnv, file: PathBuf) -> Self {
        let (messages, receiver) = mpsc::channel(64);
        let (screen, screen_receiver) = watch::channel(Framebuffer::default());
        let state = DeviceState {
            size: DEFAULT_SIZE.to_owned(),
            portrait: true,
            dark: false,
            font: 100,
            keyboard: true,
            ended: None,
        };
        let (state_sender, state) = watch::channel(state);
        let face = Some(face);
        let actor = PhoneActor {
            face,
            launcher,
            launch_env,
            file,
            last_seen: 0,
            frame_pending: false,
            screen,
            state: state_sender,
        };
        tokio::spawn(actor.run_loop(receiver));
        Self { messages, screen: screen_receiver, state }
    }

    /// Sends a verb and waits for the response.
    ///
    /// # Errors
    /// If the face refuses, with its reason.
    pub async fn request(&self, verb: Verb) -> Result<Response, String> {
        self.enqueue(verb).await?.await.map_err(|_| STOPPED.to_owned())?
    }

    /// Queues a verb and returns a receiver of its response; verbs run in the order in which they were queued.
    ///
    /// # Errors
    /// If the actor has stopped.
    pub async fn enqueue(&self, verb: Verb) -> Result<oneshot::Receiver<Result<Response, String>>, String> {
        let (reply, response) = oneshot::channel();
        self.messages.send(Message::Request(verb, reply)).await.map_err(|_| STOPPED.to_owned())?;
        Ok(response)
    }

    /// Kills the app's process and starts it again.
    ///
    /// # Errors
    /// If it does not start.
    pub async fn restart(&self, mode: RestartMode) -> Result<(), String> {
        self.send_message(|reply| Message::Restart(mode, reply)).await?
    }

    /// Quits the app and stops the actor.
    pub(super) async fn stop(&self) {
        // An error means that the actor has already stopped.
        let _ = self.send_message(Message::Stop).await;
    }

    async fn send_message<T>(
        &self,
        message: impl FnOnce(oneshot::Sender<T>) -> Message,
    ) -> Result<T, String> {
        let (reply, response) = oneshot::channel();
        self.messages.send(message(reply)).await.map_err(|_| STOPPED.to_owned())?;
        response.await.map_err(|_| STOPPED.to_owned())
    }

    /// Subscribes to the screen.
    pub fn screen(&self) -> watch::Receiver<Framebuffer> {
        self.screen.clone()
    }

    /// Subscribes to the state of the device.
    pub fn state(&self) -> watch::Receiver<DeviceState> {
        self.state.clone()
    }
}

/// Owner of the face.
struct PhoneActor {
    /// `None` once it has ended.
    face: Option<Face>,
    launcher: Arc<dyn Launcher>,
    launch_env: LaunchEnv,
    file: PathBuf,
    /// Number of the last frame received.
    last_seen: u32,
    /// True while a `frame` verb is pending: the next response belongs to it.
    frame_pending: bool,
    screen: watch::Sender<Framebuffer>,
    state: watch::Sender<DeviceState>,
}

impl PhoneActor {
    async fn run_loop(mut self, mut messages: mpsc::Receiver<Message>) {
        self.restore_device_state().await;
        loop {
            let message = match self.next_message(&mut messages).await {
                Ok(Some(message)) => message,
                Ok(None) => break,
                Err(error) => {
                    self.mark_ended(&error);
                    continue;
                }
            };
            match message {
                // The caller may be gone; the verb was executed all the same.
                Message::Request(verb, reply) => drop(reply.send(self.request(verb).await)),
                Message::Restart(mode, reply) => {
                    let outcome = self.restart(mode).await.map_err(|error| format!("{error:#}"));
                    drop(reply.send(outcome));
                }
                Message::Stop(reply) => {
                    drop(self.request(Verb::Quit).await);
                    self.face = None;
                    let _ = reply.send(());
                    break;
                }
            }
        }
    }

    /// Receives frames until a message arrives; `None` once all handles are dropped.
    async fn next_message(
        &mut self,
        messages: &mut mpsc::Receiver<Message>,
    ) -> anyhow::Result<Option<Message>> {
        loop {
            let Some(face) = &mut self.face else { return Ok(messages.recv().await) };
            // Messages take precedence: a fast finger is not drawn at every position.
            if let Ok(message) = messages.try_recv() {
                return Ok(Some(message));
            }
            if !self.frame_pending {
                let file = self.file.display().to_string();
                face.send(&Verb::Frame { since: self.last_seen, wait: FRAME_WAIT_MS, file }).await?;
                self.frame_pending = true;
            }
            tokio::select! {
                response = face.receive() => self.draw(&response?)?,
                message = messages.recv() => return Ok(message),
            }
        }
    }

    fn draw(&mut self, response: &Response) -> anyhow::Result<()> {
        self.frame_pending = false;
        ensure!(
            response.ok,
            "the face sent no frame: {}",
            response.error.as_deref().unwrap_or("no reason given")
        );
        let Some(frame) = &response.frame else { return Ok(()) };
        let bytes = fs::read(&self.file).with_context(|| format!("reading {}", self.file.display()))?;
        let mut applied = Ok(());
        self.screen.send_modify(|screen| applied = screen.apply(frame, &bytes));
        self.last_seen = frame.number;
        applied
    }

    async fn request(&mut self, verb: Verb) -> Result<Response, String> {
        match self.exchange(&verb).await {
            Ok(response) if response.ok => {
                self.state.send_if_modified(|state| state.apply(&verb));
                Ok(response)
            }
            Ok(response) => Err(response.error.unwrap_or_else(|| "the face gave no reason".to_owned())),
            Err(error) => {
                self.mark_ended(&error);
                Err(format!("{error:#}"))
            }
        }
    }

    async fn exchange(&mut self, verb: &Verb) -> anyhow::Result<Response> {
        let face = self.face.as_mut().context("the app has ended")?;
        face.send(verb).await?;
        if self.frame_pending {
            let response = face.receive().await?;
            self.draw(&response)?;
        }
        self.face.as_mut().context("the app has ended")?.receive().await
    }

    /// Records that the face has ended, and kills its process.
    fn mark_ended(&mut self, error: &anyhow::Error) {
        self.face = None;
        self.frame_pending = false;
        self.state.send_modify(|state| state.ended = Some(format!("{error:#}")));
    }

    async fn restart(&mut self, mode: RestartMode) -> anyhow::Result<()> {
        if let Some(face) = self.face.take() {
            face.kill();
        }
        self.frame_pending = false;
        self.last_seen = 0;
        if mode == RestartMode::WipeData {
            clear_folder(&self.launch_env.data_dir)?;
        }
        match Face::start(&*self.launcher, &self.launch_env).await {
            Ok(face) => self.face = Some(face),
            Err(error) => {
                self.mark_ended(&error);
                return Err(error);
            }
        }
        self.state.send_modify(|state| state.ended = None);
        self.restore_device_state().await;
        Ok(())
    }

    /// Brings a new process into the state of the device before it. A face that refuses a verb stays as it is.
    async fn restore_device_state(&mut self) {
        let DeviceState { size, portrait, dark, font, keyboard, .. } = self.state.borrow().clone();
        drop(self.exchange(&Verb::Motion { on: true }).await);
        drop(self.exchange(&Verb::Keyboard { on: keyboard }).await);
        if size != DEFAULT_SIZE {
            drop(self.exchange(&Verb::Size { to: size }).await);
        }
        if font != 100 {
            drop(self.exchange(&Verb::Font { percent: font }).await);
        }
        if dark {
            drop(self.exchange(&Verb::Dark { on: true }).await);
        }
        if !portrait {
            drop(self.exchange(&Verb::Rotate).await);
        }
    }
}

impl DeviceState {
    /// Applies a verb to the state; returns true if it changes it.
    fn apply(&mut self, verb: &Verb) -> bool {
        match verb {
            Verb::Rotate => self.portrait = !self.portrait,
            Verb::Size { to } => self.size.clone_from(to),
            Verb::Dark { on } => self.dark = *on,
            Verb::Font { percent } => self.font = *percent,
            Verb::Keyboard { on } => self.keyboard = *on,
            _ => return false,
        }
        true
    }
}

fn clear_folder(folder: &Path) -> anyhow::Result<()> {
    let emptied = fs::remove_dir_all(folder).and_then(|()| fs::create_dir_all(folder));
    emptied.with_context(|| format!("emptying {}", folder.display()))
}
