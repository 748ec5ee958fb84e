//! Acts in the background, as a phone runs them: the screen answers while they last.

use std::{
    future::Future,
    sync::{
        Arc,
        mpsc::{Receiver, Sender, channel},
    },
};

use anyhow::Context;
use fos_core::{Access, CharterView, Form, FosError, SecretInput};
use tokio::runtime::Runtime;

use super::phone::{Over, Phone, Refusal};

/// How an act ended.
pub(super) enum Done {
    /// Well, and this screen opens over the stage's own.
    Well(Option<Over>),
    /// With the charter to read.
    Charter(Box<CharterView>),
    /// With words for the member.
    Badly(String),
}

/// The acts that run.
pub(super) struct Acts {
    runtime: Runtime,
    running: usize,
    sender: Sender<Done>,
    done: Receiver<Done>,
}

impl Acts {
    pub(super) fn start() -> anyhow::Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).build();
        let (sender, done) = channel();
        Ok(Self { runtime: runtime.context("starting the acts' thread")?, running: 0, sender, done })
    }

    pub(super) fn running(&self) -> bool {
        self.running > 0
    }

    pub(super) fn next_done(&mut self) -> Option<Done> {
        let done = self.done.try_recv().ok()?;
        self.running -= 1;
        Some(done)
    }

    /// Runs an act; when it ends well, `then` opens over the stage's own screen.
    pub(super) fn run(
        &mut self,
        then: Option<Over>,
        act: impl Future<Output = Result<(), FosError>> + Send + 'static,
    ) {
        self.begin(async move { act.await.map(|()| Done::Well(then)) });
    }

    pub(super) fn fetch_charter(&mut self, access: Arc<Access>) {
        self.begin(async move { access.charter().await.map(|charter| Done::Charter(Box::new(charter))) });
    }

    fn begin(&mut self, act: impl Future<Output = Result<Done, FosError>> + Send + 'static) {
        self.running += 1;
        let sender = self.sender.clone();
        self.runtime.spawn(async move {
            let done = act.await.unwrap_or_else(|error| Done::Badly(error.to_string()));
            // Nobody listens any more only when the process ends.
            let _ = sender.send(done);
        });
    }
}

impl Phone {
    /// Touches what has this tag.
    pub(super) fn tap(&mut self, tag: &str) -> Result<(), Refusal> {
        let shown = self.tags();
        if !shown.iter().any(|shown| shown == tag) {
            return Err(format!("there is no `{tag}` on `{}`: {}", self.screen(), shown.join(", ")));
        }
        if self.acts.running() {
            return Err(format!("`{tag}` cannot be tapped while the app is at work"));
        }
        self.told = None;
        match (self.screen(), tag.split_once(':')) {
            (_, Some(("card", id))) => self.over.push(Over::Service(id.to_owned())),
            (_, Some(("plus", id))) => self.over.push(Over::Start(id.to_owned())),
            (_, Some(("category", key))) => key.clone_into(&mut self.category),
            // The eye only changes what is drawn.
            (_, Some(("show", _))) => {}
            (_, Some((field, option))) => {
                let form = self.form().ok_or("there is no form here")?;
                form.set(field, option);
            }
            (screen, None) => self.tap_plain(screen, tag)?,
        }
        Ok(())
    }

    fn tap_plain(&mut self, screen: &'static str, tag: &str) -> Result<(), Refusal> {
        let access = self.fos.access();
        match tag {
            "language" => {
                let other = access.welcome().other;
                self.speak(other)?;
            }
            "ask-password" => self.over.push(Over::PasswordRequest),
            "robot" => {
                access.sign_in().set("robot", "true");
            }
            "sign-in" | "send" | "change-password" => self.send()?,
            "have-password" => self.over.push(Over::SignIn),
            "ask-again" => self.acts.run(None, async move { access.ask_again().await }),
            "correct-address" => {
                self.acts.run(Some(Over::PasswordRequest), async move { access.correct_address().await });
            }
            "read-on" => self.charter_read = true,
            "accept" => self.acts.run(None, async move { access.accept_charter().await }),
            "refuse" => self.acts.run(None, async move { access.refuse_charter().await }),
            "profile" => self.over.push(Over::Profile),
            "plus" => {
                if let Some(Over::Service(id)) = self.over.last().cloned() {
                    self.over.push(Over::Start(id));
                }
            }
            "back" | "close" => {
                self.over.pop();
            }
            "sign-out" => {
                let account = self.fos.account();
                self.acts.run(None, async move { account.sign_out().await });
            }
            other => return Err(format!("`{other}` does nothing on `{screen}`")),
        }
        Ok(())
    }

    fn send(&mut self) -> Result<(), Refusal> {
        let form: Arc<Form> = self.form().ok_or("there is no form here")?;
        let secrets = self
            .secrets
            .iter()
            .map(|(key, value)| SecretInput { key: key.clone(), value: value.clone() })
            .collect();
        self.acts.run(None, async move { form.send(secrets).await });
        Ok(())
    }
}
