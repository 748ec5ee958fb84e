//! Walks a face through a journey: a line a step, and a picture a step where the face draws.

mod damage;
mod failure;

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use anyhow::{Context, bail, ensure};
pub use failure::Failure;

use crate::{
    face::{Face, Launcher, Surroundings, last_words},
    journey::{Act, Damage, Journey, Line, Step},
    verbs::{Answer, Sight, Verb, visible},
    world::World,
};

/// Between two looks at the screen.
const LOOK_AGAIN: Duration = Duration::from_millis(25);

/// The most times that `tap … until …` taps.
const MOST_TAPS: usize = 60;

/// How a face is walked.
pub struct Walking<'a> {
    /// Starts the face.
    pub launcher: &'a dyn Launcher,
    /// How long it may take to show what a line wants.
    pub patience: Duration,
    /// The folder that takes the pictures.
    pub pictures: Option<PathBuf>,
    /// Takes each line that is printed.
    pub say: &'a (dyn Fn(&str) + Sync),
}

/// What stands at a journey's end.
pub struct Standing {
    /// The portal, the mailbox, the road, as the journey left them.
    pub world: World,
    /// The app, on the screen that it was left on.
    pub face: Face,
    /// What the app finds around it when it starts again.
    pub around: Surroundings,
}

impl Standing {
    /// Ends the app and then its world.
    pub async fn end(self) {
        self.face.quit().await;
        self.world.end().await;
    }
}

/// Walks one face through one journey, in a world of its own.
///
/// # Errors
/// The first step that fails, with what the screen showed.
pub async fn walk(journey: &Journey, how: &Walking<'_>) -> Result<(), Box<Failure>> {
    walk_and_stay(journey, how).await?.end().await;
    Ok(())
}

/// The same, and everything stays as it is at the end.
///
/// # Errors
/// The first step that fails, with what the screen showed.
pub async fn walk_and_stay(journey: &Journey, how: &Walking<'_>) -> Result<Standing, Box<Failure>> {
    (how.say)(&format!("{} · {} ({})", journey.arabic, journey.french, journey.name));
    let mut walker = match Walker::begin(journey, how).await {
        Ok(walker) => walker,
        Err(why) => return Err(failure::before_the_first_step(journey, why)),
    };
    for step in &journey.steps {
        let started = Instant::now();
        let outcome = walker.step(step).await;
        let sign = if outcome.is_ok() { '✓' } else { '✗' };
        (how.say)(&format!(
            "{sign} {:>2}  {}  {} ms",
            step.number,
            step.caption,
            started.elapsed().as_millis()
        ));
        if let Err((line, why)) = outcome {
            return Err(walker.fail(step, &line, why).await);
        }
    }
    if let Err(why) = walker.world.spoke_http2() {
        return Err(walker.fail_after(journey, why).await);
    }
    match walker.face.take() {
        Some(face) => Ok(Standing { world: walker.world, face, around: walker.around }),
        None => Err(walker.fail_after(journey, anyhow::anyhow!("the face has gone")).await),
    }
}

struct Walker<'a> {
    journey: &'a Journey,
    how: &'a Walking<'a>,
    world: World,
    around: Surroundings,
    /// Absent only between a kill and the next start.
    face: Option<Face>,
    mailed: Option<String>,
    pictured: usize,
}

impl<'a> Walker<'a> {
    async fn begin(journey: &'a Journey, how: &'a Walking<'a>) -> anyhow::Result<Self> {
        let world = World::begin(journey.tls, &journey.accounts).await?;
        let data = world.folder().join("phone");
        std::fs::create_dir_all(&data).context("making the phone's folder")?;
        let around = Surroundings {
            portal: world.portal(),
            data,
            language: journey.phone.clone(),
            config_key: world.config_key().to_owned(),
            root: world.root().map(std::path::Path::to_path_buf),
            clock: world.phone_clock(),
            log: world.folder().join("face.log"),
        };
        let mut walker = Self { journey, how, world, around, face: None, mailed: None, pictured: 0 };
        if let Err(why) = walker.start_face().await {
            let words = last_words(&walker.around.log);
            return Err(why.context(format!("the face's process printed:\n{words}")));
        }
        Ok(walker)
    }

    async fn end(self) {
        if let Some(face) = self.face {
            face.quit().await;
        }
        self.world.end().await;
    }

    async fn fail(mut self, step: &Step, line: &Line, why: anyhow::Error) -> Box<Failure> {
        let sight = self.sight().await.ok();
        let failure = Failure {
            journey: self.journey.name.clone(),
            step: step.number.clone(),
            at: line.at,
            act: line.act.to_string(),
            why,
            sight,
            last_words: last_words(&self.around.log),
        };
        self.end().await;
        Box::new(failure)
    }

    async fn fail_after(self, journey: &Journey, why: anyhow::Error) -> Box<Failure> {
        let failure = failure::after_the_last_step(journey, why);
        self.end().await;
        failure
    }

    async fn step(&mut self, step: &Step) -> Result<(), (Line, anyhow::Error)> {
        let own_picture = step.lines.iter().any(|line| line.act == Act::Picture);
        for line in &step.lines {
            self.act(step, &line.act).await.map_err(|why| (line.clone(), why))?;
        }
        if !own_picture {
            let at = step.lines.last().map_or(0, |line| line.at);
            self.picture(step).await.map_err(|why| (Line { at, act: Act::Picture }, why))?;
        }
        Ok(())
    }

    async fn act(&mut self, step: &Step, act: &Act) -> anyhow::Result<()> {
        match act {
            Act::See(_)
            | Act::Read(_)
            | Act::NotRead(_)
            | Act::Holds(..)
            | Act::Opened(_)
            | Act::Copied(_) => self.look_for(act).await,
            Act::Type(field, text) => {
                let text = self.filled(text)?;
                self.verb(Verb::Type { field: field.clone(), text }).await
            }
            Act::Tap(tag) => {
                let on = self.filled(tag)?;
                self.verb(Verb::Tap { on }).await
            }
            Act::TapUntil(tag, text) => self.tap_until(tag, text).await,
            Act::Back => self.verb(Verb::Back).await,
            Act::Rotate => self.verb(Verb::Rotate).await,
            Act::Language(to) => self.verb(Verb::Language { to: to.clone() }).await,
            Act::Pause => self.verb(Verb::Pause).await,
            Act::Resume => self.verb(Verb::Resume).await,
            Act::Pull => self.verb(Verb::Pull).await,
            Act::Picture => self.picture(step).await,
            Act::Kill(damage) => self.kill(*damage).await,
            Act::Mail(to) => {
                self.mailed = Some(self.world.password_for(to).await?);
                Ok(())
            }
            Act::NoMail => {
                // What is still on its way to the portal could send one yet.
                self.rest().await?;
                self.world.no_mail().await
            }
            Act::Around(around) => {
                // What was asked before belongs to the world as it was.
                self.rest().await?;
                self.world.let_happen(around).await
            }
        }
    }

    /// Looks for what a line wants to be shown.
    async fn look_for(&mut self, act: &Act) -> anyhow::Result<()> {
        match act {
            Act::See(screen) => self.until(|sight| sight.screen == *screen && !sight.busy).await,
            Act::Read(text) => {
                let text = self.filled(text)?;
                self.until(|sight| sight.reads(&text)).await
            }
            Act::NotRead(text) => {
                self.rest().await?;
                self.until(|sight| !sight.reads(text)).await
            }
            Act::Holds(field, text) => {
                let text = self.filled(text)?;
                self.until(|sight| sight.fields.get(field) == Some(&text)).await
            }
            Act::Opened(name) => {
                let name = self.filled(name)?;
                self.until(|sight| sight.opened.last().is_some_and(|opened| visible(opened) == name)).await
            }
            Act::Copied(text) => self.until(|sight| sight.copied.as_ref() == Some(text)).await,
            other => bail!("`{other}` is nothing to look for"),
        }
    }

    /// The journey's text with what stands for the mailed password, the other phone and this phone's system in its
    /// place.
    fn filled(&self, text: &str) -> anyhow::Result<String> {
        let mut filled = text.to_owned();
        if text.contains("{mailed}") {
            let mailed =
                self.mailed.as_ref().context("no mail has come yet: `{mailed}` stands for nothing")?;
            filled = filled.replace("{mailed}", mailed);
        }
        if text.contains("{elsewhere}") {
            filled = filled.replace("{elsewhere}", self.world.session_elsewhere()?);
        }
        let system = self.face.as_ref().map_or("", Face::system);
        Ok(filled.replace("{system}", system))
    }

    async fn start_face(&mut self) -> anyhow::Result<()> {
        self.face = Some(Face::start(self.how.launcher, &self.around).await?);
        Ok(())
    }

    async fn kill(&mut self, damage: Damage) -> anyhow::Result<()> {
        if let Some(face) = self.face.take() {
            face.kill();
        }
        damage::befall(&self.around.data, damage)?;
        self.start_face().await
    }

    async fn ask(&mut self, verb: &Verb) -> anyhow::Result<Answer> {
        let face = self.face.as_mut().context("the face has gone")?;
        let answer = face.ask(verb).await?;
        ensure!(answer.ok, "the face cannot: {}", answer.why.as_deref().unwrap_or("it does not say why"));
        let may_skip = matches!(verb, Verb::Picture { .. });
        ensure!(may_skip || !answer.skipped, "the face skipped what it was asked");
        Ok(answer)
    }

    async fn sight(&mut self) -> anyhow::Result<Sight> {
        self.ask(&Verb::See).await?.sight.context("the face answered `see` without saying what it shows")
    }

    /// Looks until the screen shows what is wanted.
    async fn until(&mut self, wanted: impl Fn(&Sight) -> bool) -> anyhow::Result<()> {
        let started = Instant::now();
        loop {
            if wanted(&self.sight().await?) {
                return Ok(());
            }
            if started.elapsed() > self.how.patience {
                bail!("not seen within {} s", self.how.patience.as_secs());
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }

    /// Does something once the app is done with what was asked before, as a member waits for a spinner to end.
    async fn verb(&mut self, verb: Verb) -> anyhow::Result<()> {
        self.rest().await?;
        self.ask(&verb).await.map(|_| ())
    }

    async fn rest(&mut self) -> anyhow::Result<()> {
        self.until(|sight| !sight.busy).await.context("the app stays busy")
    }

    async fn tap_until(&mut self, tag: &str, text: &str) -> anyhow::Result<()> {
        for _ in 0..MOST_TAPS {
            if self.sight().await?.reads(text) {
                return Ok(());
            }
            self.verb(Verb::Tap { on: tag.to_owned() }).await?;
        }
        bail!("«{text}» is not read after {MOST_TAPS} taps")
    }

    async fn picture(&mut self, step: &Step) -> anyhow::Result<()> {
        let Some(folder) = &self.how.pictures else { return Ok(()) };
        self.pictured += 1;
        let file =
            folder.join(format!("{}-{:02}-step-{}.png", self.journey.name, self.pictured, step.number));
        std::fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
        let answer = self.ask(&Verb::Picture { file: file.display().to_string() }).await?;
        ensure!(answer.skipped || file.is_file(), "the face drew no picture at {}", file.display());
        Ok(())
    }
}
