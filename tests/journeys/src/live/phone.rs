//! The face in somebody's hands: one thing asked after another, and between them its screen.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, ensure};
use serde::{Deserialize, Serialize};
use tokio::sync::{mpsc, oneshot, watch};

use super::screen::Screen;
use crate::{
    face::{Face, Launcher, Surroundings},
    verbs::{Answer, Verb},
};

/// For how long a face may wait for something to change before it says that nothing has, in ms: well within the time
/// after which it would be taken for silent.
const WAIT: u32 = 30_000;

/// The phone that every journey is walked on.
const NORMAL: &str = "normal";

/// What the phone around the app is like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Held {
    /// `small`, `normal` or `large`.
    pub size: String,
    /// Not on its side.
    pub upright: bool,
    /// The system's dark mode.
    pub dark: bool,
    /// The system's font size, in per cent.
    pub font: u16,
    /// Why the app has ended, when it has.
    pub ended: Option<String>,
}

/// How the app's process starts again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Again {
    /// On the same data, as after a kill by the system.
    Killed,
    /// On none, as on a phone that was never used.
    Fresh,
}

/// A hold of the face. Whoever has one may ask.
#[derive(Clone)]
pub struct Phone {
    orders: mpsc::Sender<Order>,
    screen: watch::Receiver<Screen>,
    held: watch::Receiver<Held>,
}

const GONE: &str = "the phone has gone";

enum Order {
    Ask(Verb, oneshot::Sender<Result<Answer, String>>),
    Again(Again, oneshot::Sender<Result<(), String>>),
    End(oneshot::Sender<()>),
}

impl Phone {
    /// Takes a face that runs; `file` takes its pixels.
    pub(super) fn take(face: Face, launcher: Arc<dyn Launcher>, around: Surroundings, file: PathBuf) -> Self {
        let (orders, taken) = mpsc::channel(64);
        let (screen, shown) = watch::channel(Screen::default());
        let held = Held { size: NORMAL.to_owned(), upright: true, dark: false, font: 100, ended: None };
        let (holds, told) = watch::channel(held);
        let face = Some(face);
        let hand = Hand { face, launcher, around, file, seen: 0, waits: false, screen, held: holds };
        tokio::spawn(hand.serve(taken));
        Self { orders, screen: shown, held: told }
    }

    /// Asks for one thing and waits until it is done.
    ///
    /// # Errors
    /// When the face cannot do it, and why.
    pub async fn ask(&self, verb: Verb) -> Result<Answer, String> {
        self.tell(verb).await?.await.map_err(|_| GONE.to_owned())?
    }

    /// Asks for one thing, and lets it be done later: after what was asked before, before what is asked next.
    ///
    /// # Errors
    /// When the phone has gone.
    pub async fn tell(&self, verb: Verb) -> Result<oneshot::Receiver<Result<Answer, String>>, String> {
        let (done, told) = oneshot::channel();
        self.orders.send(Order::Ask(verb, done)).await.map_err(|_| GONE.to_owned())?;
        Ok(told)
    }

    /// Ends the app's process at once and starts it again.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn again(&self, again: Again) -> Result<(), String> {
        self.order(|done| Order::Again(again, done)).await?
    }

    /// Ends the app.
    pub(super) async fn end(&self) {
        // Who cannot be told any more has ended.
        let _ = self.order(Order::End).await;
    }

    async fn order<T>(&self, order: impl FnOnce(oneshot::Sender<T>) -> Order) -> Result<T, String> {
        let (done, told) = oneshot::channel();
        self.orders.send(order(done)).await.map_err(|_| GONE.to_owned())?;
        told.await.map_err(|_| GONE.to_owned())
    }

    /// The screen, each time it changes.
    pub fn screen(&self) -> watch::Receiver<Screen> {
        self.screen.clone()
    }

    /// What the phone is like, each time it changes.
    pub fn held(&self) -> watch::Receiver<Held> {
        self.held.clone()
    }
}

/// Who holds the face.
struct Hand {
    /// Absent once it has ended.
    face: Option<Face>,
    launcher: Arc<dyn Launcher>,
    around: Surroundings,
    file: PathBuf,
    /// The number of the face's own last frame.
    seen: u32,
    /// Whether the face waits for its screen to change: its next answer is about that.
    waits: bool,
    screen: watch::Sender<Screen>,
    held: watch::Sender<Held>,
}

impl Hand {
    async fn serve(mut self, mut orders: mpsc::Receiver<Order>) {
        self.set_up().await;
        loop {
            let order = match self.watch(&mut orders).await {
                Ok(Some(order)) => order,
                Ok(None) => break,
                Err(why) => {
                    self.lose(&why);
                    continue;
                }
            };
            match order {
                // Who asked may have gone meanwhile; what was asked is done all the same.
                Order::Ask(verb, done) => drop(done.send(self.ask(verb).await)),
                Order::Again(again, done) => {
                    let outcome = self.again(again).await.map_err(|why| format!("{why:#}"));
                    drop(done.send(outcome));
                }
                Order::End(done) => {
                    drop(self.ask(Verb::Quit).await);
                    self.face = None;
                    let _ = done.send(());
                    break;
                }
            }
        }
    }

    /// Shows each frame until something is ordered; nothing when nobody can order any more.
    async fn watch(&mut self, orders: &mut mpsc::Receiver<Order>) -> anyhow::Result<Option<Order>> {
        loop {
            let Some(face) = &mut self.face else { return Ok(orders.recv().await) };
            // What the hands do comes first: a finger that goes fast is not drawn at every place.
            if let Ok(order) = orders.try_recv() {
                return Ok(Some(order));
            }
            if !self.waits {
                let file = self.file.display().to_string();
                face.tell(&Verb::Frame { since: self.seen, wait: WAIT, file }).await?;
                self.waits = true;
            }
            tokio::select! {
                answer = face.hear() => self.show(&answer?)?,
                order = orders.recv() => return Ok(order),
            }
        }
    }

    fn show(&mut self, answer: &Answer) -> anyhow::Result<()> {
        self.waits = false;
        ensure!(
            answer.ok,
            "the face draws nothing: {}",
            answer.why.as_deref().unwrap_or("it does not say why")
        );
        let Some(frame) = &answer.frame else { return Ok(()) };
        let bytes = fs::read(&self.file).with_context(|| format!("reading {}", self.file.display()))?;
        let mut drawn = Ok(());
        self.screen.send_modify(|screen| drawn = screen.draw(frame, &bytes));
        self.seen = frame.number;
        drawn
    }

    async fn ask(&mut self, verb: Verb) -> Result<Answer, String> {
        match self.answer(&verb).await {
            Ok(answer) if answer.ok => {
                self.held.send_if_modified(|held| held.follow(&verb));
                Ok(answer)
            }
            Ok(answer) => Err(answer.why.unwrap_or_else(|| "the face does not say why".to_owned())),
            Err(why) => {
                self.lose(&why);
                Err(format!("{why:#}"))
            }
        }
    }

    async fn answer(&mut self, verb: &Verb) -> anyhow::Result<Answer> {
        let face = self.face.as_mut().context("the app has ended")?;
        face.tell(verb).await?;
        if self.waits {
            let answer = face.hear().await?;
            self.show(&answer)?;
        }
        self.face.as_mut().context("the app has ended")?.hear().await
    }

    /// The face is of no use any more, and ended if it was not.
    fn lose(&mut self, why: &anyhow::Error) {
        self.face = None;
        self.waits = false;
        self.held.send_modify(|held| held.ended = Some(format!("{why:#}")));
    }

    async fn again(&mut self, again: Again) -> anyhow::Result<()> {
        if let Some(face) = self.face.take() {
            face.kill();
        }
        self.waits = false;
        self.seen = 0;
        if again == Again::Fresh {
            empty(&self.around.data)?;
        }
        match Face::start(&*self.launcher, &self.around).await {
            Ok(face) => self.face = Some(face),
            Err(why) => {
                self.lose(&why);
                return Err(why);
            }
        }
        self.held.send_modify(|held| held.ended = None);
        self.set_up().await;
        Ok(())
    }

    /// Makes the phone around a new process what it was around the last. What a face cannot be, it is not.
    async fn set_up(&mut self) {
        let Held { size, upright, dark, font, .. } = self.held.borrow().clone();
        drop(self.answer(&Verb::Motion { on: true }).await);
        if size != NORMAL {
            drop(self.answer(&Verb::Size { to: size }).await);
        }
        if font != 100 {
            drop(self.answer(&Verb::Font { percent: font }).await);
        }
        if dark {
            drop(self.answer(&Verb::Dark { on: true }).await);
        }
        if !upright {
            drop(self.answer(&Verb::Rotate).await);
        }
    }
}

impl Held {
    /// Is what the verb made of it; whether that is news.
    fn follow(&mut self, verb: &Verb) -> bool {
        match verb {
            Verb::Rotate => self.upright = !self.upright,
            Verb::Size { to } => self.size.clone_from(to),
            Verb::Dark { on } => self.dark = *on,
            Verb::Font { percent } => self.font = *percent,
            _ => return false,
        }
        true
    }
}

fn empty(folder: &Path) -> anyhow::Result<()> {
    let emptied = fs::remove_dir_all(folder).and_then(|()| fs::create_dir_all(folder));
    emptied.with_context(|| format!("emptying {}", folder.display()))
}
