//! Actor that owns the test environment: mailbox, operator commands, network. Handles one message after another.

use std::{collections::VecDeque, fs, path::Path, time::Duration};

use anyhow::Context;
use fos_support::{
    proxy::NetworkCondition,
    seed::{self, START_TIME, SeedMember},
};
use serde::{Deserialize, Serialize};
use tokio::{
    sync::{mpsc, oneshot, watch},
    time::{Instant, MissedTickBehavior, interval},
};

use super::messages::ReceivedMail;
use crate::{
    environment::{FIXTURES, TestEnvironment},
    journey::{EnvironmentChange, ServiceState},
};

/// Interval at which the portal's clock is advanced.
const CLOCK_INTERVAL: Duration = Duration::from_secs(1);

/// Change of the environment that a page may request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "lowercase")]
pub enum EnvironmentAction {
    /// Opens the next announced service.
    Open,
    /// Publishes a new charter.
    Charter,
    /// Switches maintenance.
    Maintenance {
        /// True to start maintenance.
        on: bool,
    },
    /// Starts or stops the portal.
    Portal {
        /// True to start it.
        on: bool,
    },
    /// Switches the phone's network.
    Network {
        /// True to connect.
        on: bool,
    },
    /// Advances the clocks of the portal and the phone by sixteen minutes.
    Later,
}

/// State of the environment, as shown on the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EnvironmentState {
    /// Received mail, oldest first.
    pub mail: Vec<ReceivedMail>,
    /// Members on file.
    pub members: Vec<SeedMember>,
    /// True during maintenance.
    pub maintenance: bool,
    /// True while the portal is running.
    pub portal: bool,
    /// True while the phone's network is up.
    pub network: bool,
    /// Number of announced services that are not open yet.
    pub announced: usize,
}

/// Handle to the actor; can be cloned.
#[derive(Clone)]
pub struct EnvironmentHandle {
    messages: mpsc::Sender<Message>,
    state: watch::Receiver<EnvironmentState>,
}

enum Message {
    Run(EnvironmentAction, oneshot::Sender<Result<String, String>>),
    Stop(oneshot::Sender<()>),
}

impl EnvironmentHandle {
    /// Starts the actor.
    pub(super) fn start(environment: TestEnvironment) -> anyhow::Result<Self> {
        let announced = announced(environment.seed())?;
        let state = EnvironmentState {
            mail: environment.received_mail().iter().map(ReceivedMail::from).collect(),
            members: seed::members(environment.seed())?,
            maintenance: false,
            portal: environment.is_portal_running(),
            network: true,
            announced: announced.len(),
        };
        let (messages, receiver) = mpsc::channel(16);
        let (state_sender, state) = watch::channel(state);
        tokio::spawn(
            EnvironmentActor { environment, announced, charter_editions: 1, state: state_sender }
                .run_loop(receiver),
        );
        Ok(Self { messages, state })
    }

    /// Runs an action and returns the output of its operator command, if it has one.
    ///
    /// # Errors
    /// If the action fails, with the reason.
    pub async fn run(&self, action: EnvironmentAction) -> Result<String, String> {
        let (reply, response) = oneshot::channel();
        self.messages.send(Message::Run(action, reply)).await.map_err(|_| STOPPED.to_owned())?;
        response.await.map_err(|_| STOPPED.to_owned())?
    }

    /// Stops the environment.
    pub(super) async fn stop(&self) {
        let (reply, response) = oneshot::channel();
        if self.messages.send(Message::Stop(reply)).await.is_ok() {
            // A dropped reply means that the actor has already stopped.
            let _ = response.await;
        }
    }

    /// Subscribes to the state.
    pub fn state(&self) -> watch::Receiver<EnvironmentState> {
        self.state.clone()
    }
}

const STOPPED: &str = "the environment has stopped";

/// Owner of the environment.
struct EnvironmentActor {
    environment: TestEnvironment,
    announced: VecDeque<String>,
    /// Number of charters published so far.
    charter_editions: u32,
    state: watch::Sender<EnvironmentState>,
}

impl EnvironmentActor {
    async fn run_loop(mut self, mut messages: mpsc::Receiver<Message>) {
        let mut clock = interval(CLOCK_INTERVAL);
        clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut last_tick = Instant::now();
        loop {
            tokio::select! {
                () = self.environment.wait_for_mail() => self.refresh_state(),
                now = clock.tick() => {
                    self.environment.advance_clock(now.duration_since(last_tick));
                    last_tick = now;
                }
                message = messages.recv() => match message {
                    Some(Message::Run(action, reply)) => {
                        let outcome = self.run(action).await.map_err(|error| format!("{error:#}"));
                        self.refresh_state();
                        // The caller may be gone; the action was executed all the same.
                        drop(reply.send(outcome));
                    }
                    Some(Message::Stop(reply)) => {
                        self.environment.stop().await;
                        let _ = reply.send(());
                        return;
                    }
                    None => return,
                },
            }
        }
    }

    /// Updates mail, portal and announced services in the state.
    fn refresh_state(&self) {
        let mail: Vec<ReceivedMail> =
            self.environment.received_mail().iter().map(ReceivedMail::from).collect();
        self.state.send_modify(|state| {
            state.mail = mail;
            state.portal = self.environment.is_portal_running();
            state.announced = self.announced.len();
        });
    }

    async fn run(&mut self, action: EnvironmentAction) -> anyhow::Result<String> {
        match action {
            EnvironmentAction::Open => {
                let service = self.announced.pop_front().context("every announced service is open")?;
                self.run_admin_command(&["services", "open", &service]).await
            }
            EnvironmentAction::Charter => self.publish().await,
            EnvironmentAction::Maintenance { on } => {
                let output = self.run_admin_command(&["maintenance", if on { "on" } else { "off" }]).await?;
                self.state.send_modify(|state| state.maintenance = on);
                Ok(output)
            }
            EnvironmentAction::Portal { on } => {
                self.apply(EnvironmentChange::Portal(if on {
                    ServiceState::Running
                } else {
                    ServiceState::Stopped
                }))
                .await
            }
            EnvironmentAction::Network { on } => {
                self.state.send_modify(|state| state.network = on);
                self.apply(EnvironmentChange::Network(if on {
                    NetworkCondition::Up
                } else {
                    NetworkCondition::Down
                }))
                .await
            }
            EnvironmentAction::Later => self.apply(EnvironmentChange::Clock(16 * 60)).await,
        }
    }

    async fn apply(&mut self, change: EnvironmentChange) -> anyhow::Result<String> {
        self.environment.apply(&change).await.map(|()| String::new())
    }

    async fn run_admin_command(&mut self, arguments: &[&str]) -> anyhow::Result<String> {
        let arguments = arguments.iter().map(|argument| (*argument).to_owned()).collect();
        self.environment.apply(&EnvironmentChange::Operator(arguments)).await?;
        Ok(self.environment.admin_output().trim().to_owned())
    }

    /// Publishes a charter under the next version number: the portal never replaces the text of a version.
    async fn publish(&mut self) -> anyhow::Result<String> {
        let (template, edition) = (Path::new(FIXTURES).join("charter-2"), self.charter_editions + 1);
        let folder = self.environment.folder().join(format!("charter-{edition}"));
        fs::create_dir_all(&folder).context("making the charter's folder")?;
        for file in ["ar.md", "fr.md"] {
            fs::copy(template.join(file), folder.join(file)).context("copying the charter")?;
        }
        let metadata =
            fs::read_to_string(template.join("charter.toml")).context("reading the charter's date")?;
        let metadata = metadata.replace("2026-2", &format!("2026-{edition}"));
        fs::write(folder.join("charter.toml"), metadata).context("writing the charter's version")?;
        let output = self.run_admin_command(&["charter", "publish", &folder.display().to_string()]).await?;
        self.charter_editions = edition;
        Ok(output)
    }
}

#[derive(Deserialize)]
struct Services {
    service: Vec<Service>,
}

#[derive(Deserialize)]
struct Service {
    id: String,
    opens: Option<String>,
}

/// Returns the services of the seed that are not open at the start time of every journey.
fn announced(seed: &Path) -> anyhow::Result<VecDeque<String>> {
    let file = seed.join("services.toml");
    let text = fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
    let services: Services = toml::from_str(&text).with_context(|| format!("reading {}", file.display()))?;
    let opens_later = |service: &Service| {
        service.opens.as_deref().is_none_or(|opens| opens > &START_TIME[.."2026-11-24".len()])
    };
    Ok(services.service.into_iter().filter(opens_later).map(|service| service.id).collect())
}
