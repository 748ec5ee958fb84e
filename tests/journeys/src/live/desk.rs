//! The world around the phone: the member's mailbox, the operator's buttons, the network.

use std::{collections::VecDeque, fs, path::Path, time::Duration};

use anyhow::Context;
use serde::{Deserialize, Serialize};
use tokio::{
    sync::{mpsc, oneshot, watch},
    time::{Instant, MissedTickBehavior, interval},
};

use super::words::Letter;
use crate::{
    journey::{Around, Runs},
    on_file::{self, OnFile},
    road::Condition,
    world::{BEGINNING, FIXTURES, World},
};

/// How often the portal's clock is moved on.
const TICK: Duration = Duration::from_secs(1);

/// Something that happens around the phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "desk", rename_all = "lowercase")]
pub enum DeskAct {
    /// The next service that is announced opens.
    Open,
    /// A new charter comes out.
    Charter,
    /// The portal is closed for a while, or again open.
    Maintenance {
        /// Whether it is closed.
        on: bool,
    },
    /// The portal stops, or starts again on its data.
    Portal {
        /// Whether it runs.
        on: bool,
    },
    /// The phone's network.
    Network {
        /// Whether it is there.
        on: bool,
    },
    /// Sixteen minutes go by, for the portal and the phone.
    Later,
}

/// How the world stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct News {
    /// What arrived in the mailbox, the oldest first.
    pub letters: Vec<Letter>,
    /// Who is on the foundation's file.
    pub members: Vec<OnFile>,
    /// Whether the portal is closed for maintenance.
    pub maintenance: bool,
    /// Whether the portal runs.
    pub portal: bool,
    /// Whether the phone has a network.
    pub network: bool,
    /// How many services are announced and may be opened.
    pub announced: usize,
}

/// A hold of the desk. Whoever has one may act.
#[derive(Clone)]
pub struct Desk {
    orders: mpsc::Sender<Order>,
    news: watch::Receiver<News>,
}

enum Order {
    Act(DeskAct, oneshot::Sender<Result<String, String>>),
    End(oneshot::Sender<()>),
}

impl Desk {
    /// Opens the desk of this world.
    pub(super) fn open(world: World) -> anyhow::Result<Self> {
        let announced = announced(world.seed())?;
        let news = News {
            letters: world.mails().iter().map(Letter::from).collect(),
            members: on_file::all(world.seed())?,
            maintenance: false,
            portal: world.portal_runs(),
            network: true,
            announced: announced.len(),
        };
        let (orders, taken) = mpsc::channel(16);
        let (told, news) = watch::channel(news);
        tokio::spawn(Clerk { world, announced, editions: 1, news: told }.serve(taken));
        Ok(Self { orders, news })
    }

    /// Lets something happen, and answers what the desk printed.
    ///
    /// # Errors
    /// When it cannot happen, and why.
    pub async fn act(&self, act: DeskAct) -> Result<String, String> {
        let (done, told) = oneshot::channel();
        self.orders.send(Order::Act(act, done)).await.map_err(|_| CLOSED.to_owned())?;
        told.await.map_err(|_| CLOSED.to_owned())?
    }

    /// Ends the world.
    pub(super) async fn end(&self) {
        let (done, told) = oneshot::channel();
        if self.orders.send(Order::End(done)).await.is_ok() {
            // Who cannot tell any more has ended.
            let _ = told.await;
        }
    }

    /// How the world stands, each time that changes.
    pub fn news(&self) -> watch::Receiver<News> {
        self.news.clone()
    }
}

const CLOSED: &str = "the desk is closed";

/// Who sits at the desk.
struct Clerk {
    world: World,
    announced: VecDeque<String>,
    /// How many charters there were.
    editions: u32,
    news: watch::Sender<News>,
}

impl Clerk {
    async fn serve(mut self, mut orders: mpsc::Receiver<Order>) {
        let mut clock = interval(TICK);
        clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut told_at = Instant::now();
        loop {
            tokio::select! {
                () = self.world.mail_arrives() => self.look_round(),
                now = clock.tick() => {
                    self.world.passes(now.duration_since(told_at));
                    told_at = now;
                }
                order = orders.recv() => match order {
                    Some(Order::Act(act, done)) => {
                        let outcome = self.act(act).await.map_err(|why| format!("{why:#}"));
                        self.look_round();
                        // Who asked may have gone; it happened all the same.
                        drop(done.send(outcome));
                    }
                    Some(Order::End(done)) => {
                        self.world.end().await;
                        let _ = done.send(());
                        return;
                    }
                    None => return,
                },
            }
        }
    }

    /// Takes in what has arrived and what has changed.
    fn look_round(&self) {
        let letters: Vec<Letter> = self.world.mails().iter().map(Letter::from).collect();
        self.news.send_modify(|news| {
            news.letters = letters;
            news.portal = self.world.portal_runs();
            news.announced = self.announced.len();
        });
    }

    async fn act(&mut self, act: DeskAct) -> anyhow::Result<String> {
        match act {
            DeskAct::Open => {
                let service = self.announced.pop_front().context("every announced service is open")?;
                self.operate(&["services", "open", &service]).await
            }
            DeskAct::Charter => self.publish().await,
            DeskAct::Maintenance { on } => {
                let said = self.operate(&["maintenance", if on { "on" } else { "off" }]).await?;
                self.news.send_modify(|news| news.maintenance = on);
                Ok(said)
            }
            DeskAct::Portal { on } => {
                self.happen(Around::Portal(if on { Runs::Yes } else { Runs::No })).await
            }
            DeskAct::Network { on } => {
                self.news.send_modify(|news| news.network = on);
                self.happen(Around::Network(if on { Condition::Up } else { Condition::Down })).await
            }
            DeskAct::Later => self.happen(Around::Clock(16 * 60)).await,
        }
    }

    async fn happen(&mut self, around: Around) -> anyhow::Result<String> {
        self.world.let_happen(&around).await.map(|()| String::new())
    }

    async fn operate(&mut self, words: &[&str]) -> anyhow::Result<String> {
        let words = words.iter().map(|word| (*word).to_owned()).collect();
        self.world.let_happen(&Around::Operator(words)).await?;
        Ok(self.world.desk_said().trim().to_owned())
    }

    /// A version is one text for ever: each new charter has its own number.
    async fn publish(&mut self) -> anyhow::Result<String> {
        let (papers, edition) = (Path::new(FIXTURES).join("charter-2"), self.editions + 1);
        let folder = self.world.folder().join(format!("charter-{edition}"));
        fs::create_dir_all(&folder).context("making the charter's folder")?;
        for file in ["ar.md", "fr.md"] {
            fs::copy(papers.join(file), folder.join(file)).context("copying the charter")?;
        }
        let words = fs::read_to_string(papers.join("charter.toml")).context("reading the charter's date")?;
        let words = words.replace("2026-2", &format!("2026-{edition}"));
        fs::write(folder.join("charter.toml"), words).context("writing the charter's version")?;
        let said = self.operate(&["charter", "publish", &folder.display().to_string()]).await?;
        self.editions = edition;
        Ok(said)
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

/// The services that the portal's seed announces on the day on which every journey begins.
fn announced(seed: &Path) -> anyhow::Result<VecDeque<String>> {
    let file = seed.join("services.toml");
    let text = fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
    let services: Services = toml::from_str(&text).with_context(|| format!("reading {}", file.display()))?;
    let later = |service: &Service| {
        service.opens.as_deref().is_none_or(|opens| opens > &BEGINNING[.."2026-11-24".len()])
    };
    Ok(services.service.into_iter().filter(later).map(|service| service.id).collect())
}
