//! One act under one fault.

use std::{collections::BTreeSet, time::Duration};

use anyhow::{Context, bail};
use tokio::{select, task::spawn_blocking};

use crate::{
    cuts::{self, Hit},
    evidence,
    phone::Phone,
    porter::{Call, Held, Moment, Verdict},
    script::{Break, Fault},
    toxiproxy::Toxic,
    words::{Act, Told},
    world::World,
};

/// A phone in its world, and what befell it.
pub struct Scene {
    /// Where it is.
    pub world: World,
    /// None while it is off.
    phone: Option<Phone>,
    /// What was met so far.
    pub hits: BTreeSet<Hit>,
}

impl Scene {
    /// Begins with a phone that is on.
    ///
    /// # Errors
    /// When it does not open.
    pub async fn begin(world: World) -> anyhow::Result<Self> {
        let phone = world.switch_on().await?;
        Ok(Self { world, phone: Some(phone), hits: BTreeSet::new() })
    }

    fn phone(&mut self) -> anyhow::Result<&mut Phone> {
        self.phone.as_mut().context("the phone is off")
    }

    /// An act under no fault.
    ///
    /// # Errors
    /// When the phone ends.
    pub async fn does(&mut self, act: Act) -> anyhow::Result<Told> {
        self.phone()?.does(&act).await
    }

    /// Whether the member was told of a file that was set aside, when the phone last opened.
    pub fn told_of_set_aside(&self) -> bool {
        self.phone.as_ref().is_some_and(|phone| phone.told_of_set_aside)
    }

    /// Whether it is off.
    pub fn is_off(&self) -> bool {
        self.phone.is_none()
    }

    /// `kill -9`, and what had been said by then. It stays off.
    ///
    /// # Errors
    /// When it cannot be killed.
    pub async fn kill(&mut self) -> anyhow::Result<Vec<Told>> {
        self.phone.take().context("the phone is off")?.kill().await
    }

    /// All is well again: the line, and a phone that is off is switched on.
    ///
    /// # Errors
    /// When the phone does not open.
    pub async fn mend(&mut self) -> anyhow::Result<()> {
        self.world.porter.stand_down();
        self.world.line.mend().await?;
        if self.phone.is_none() {
            self.phone = Some(self.world.switch_on().await?);
        }
        Ok(())
    }

    /// Some acts, one after another, under a fault; what the member was told of the last one, if they were. A phone that
    /// was killed is off.
    ///
    /// # Errors
    /// When the phone ends by itself, or something else fails that should not.
    pub async fn under(&mut self, fault: Fault, call: Call, acts: &[Act]) -> anyhow::Result<Option<Told>> {
        let lists = self.world.porter.lists();
        let told = self.broken(fault, call, acts).await?;
        // Asked for, and not taken in: and it was the way or the process that failed, not the disk.
        let cut = !matches!(fault, Fault::Full { .. }) && !matches!(told, Some(Told::Done));
        if call == Call::List && self.world.porter.lists() > lists && cut {
            self.hits.insert(Hit::MidRefresh);
        }
        Ok(told)
    }

    async fn broken(&mut self, fault: Fault, call: Call, acts: &[Act]) -> anyhow::Result<Option<Told>> {
        match fault {
            Fault::Nothing => self.all(acts).await.map(Some),
            Fault::Down => {
                self.world.line.down().await?;
                self.all(acts).await.map(Some)
            }
            Fault::Line(toxic) => {
                self.world.line.put(toxic).await?;
                let told = self.all(acts).await?;
                if matches!(toxic, Toxic::AnswerCut(_) | Toxic::AskingCut(_)) {
                    self.examine(None)?;
                }
                Ok(Some(told))
            }
            Fault::Full { largest } => self.full(largest, acts).await.map(Some),
            Fault::Kill { micros } => {
                for act in acts {
                    self.phone()?.say(act).await?;
                }
                pause(micros).await?;
                let said = self.kill().await?;
                self.examine(None)?;
                Ok(said.get(acts.len() - 1).cloned())
            }
            Fault::At { moment, breaks, stays } => match self.held(call, moment, acts).await? {
                Ok(held) => self.breaks((call, moment), breaks, stays, held).await,
                Err(told) => Ok(Some(told)),
            },
            Fault::BeforeStore { lives } => match self.held(call, Moment::Answered, acts).await? {
                Ok(held) => self.before_store(lives, held).await,
                Err(told) => Ok(Some(told)),
            },
        }
    }

    async fn all(&mut self, acts: &[Act]) -> anyhow::Result<Told> {
        let mut told = Told::Done;
        for act in acts {
            told = self.phone()?.does(act).await?;
            if matches!(told, Told::Failed { .. }) {
                break;
            }
        }
        Ok(told)
    }

    async fn full(&mut self, largest: u64, acts: &[Act]) -> anyhow::Result<Told> {
        self.does(Act::Room { largest: Some(largest) }).await?;
        let told = self.all(acts).await?;
        self.does(Act::Room { largest: None }).await?;
        if matches!(&told, Told::Failed { error, .. } if error == "storage") {
            self.hits.insert(Hit::DiskFull);
        }
        Ok(told)
    }

    /// Waits until the call is held; or what the member was told, if it never came.
    async fn held(&mut self, call: Call, moment: Moment, acts: &[Act]) -> anyhow::Result<Result<Held, Told>> {
        let (last, first) = acts.split_last().context("nothing to do")?;
        if let told @ Told::Failed { .. } = self.all(first).await? {
            return Ok(Err(told));
        }
        let mut waiting = self.world.porter.lie_in_wait(call, moment);
        let phone = self.phone.as_mut().context("the phone is off")?;
        phone.say(last).await?;
        select! {
            held = &mut waiting => Ok(Ok(held.context("the porter let go of a call")?)),
            told = phone.hears() => {
                self.world.porter.stand_down();
                // It may have come in the last moment: then it goes on.
                drop(waiting);
                Ok(Err(told?))
            }
        }
    }

    async fn breaks(
        &mut self,
        (call, moment): (Call, Moment),
        breaks: Break,
        stays: bool,
        held: Held,
    ) -> anyhow::Result<Option<Told>> {
        // What is cut before the portal saw it, it never sees.
        let cut = if moment == Moment::Asked { Verdict::Drop } else { Verdict::Pass };
        let toxic = match breaks {
            Break::Kill => {
                let said = self.kill().await?;
                held.go(cut);
                self.examine(None)?;
                return Ok(said.first().cloned());
            }
            Break::Down => {
                self.world.line.down().await?;
                held.go(cut);
                self.examine(None)?;
                if !stays {
                    self.world.line.mend().await?;
                }
                return self.phone()?.hears().await.map(Some);
            }
            Break::PortalRestarted => {
                self.world.restart_portal().await?;
                self.hits.insert(Hit::PortalRestarted);
                held.go(Verdict::Pass);
                return self.phone()?.hears().await.map(Some);
            }
            Break::AnswerCut(thousandths) => {
                // Before the portal has answered nobody knows how long its answer is.
                let whole = if held.bytes == 0 { 300 } else { held.bytes };
                Toxic::AnswerCut(u32::try_from(whole * u64::from(thousandths) / 1_000)?)
            }
            Break::Silence(millis) => Toxic::Timeout(millis),
            Break::Reset => Toxic::ResetPeer,
        };
        self.world.line.put(toxic).await?;
        self.cut_by_line(call, stays, held).await.map(Some)
    }

    /// Lets an answer go into a line that does not carry it. That it was lost is known when the phone asks again, or has
    /// given up.
    async fn cut_by_line(&mut self, call: Call, stays: bool, held: Held) -> anyhow::Result<Told> {
        let mut again = self.world.porter.lie_in_wait(call, Moment::Asked);
        held.go(Verdict::Pass);
        let phone = self.phone.as_mut().context("the phone is off")?;
        let held = select! {
            held = &mut again => held.context("the porter let go of a call")?,
            told = phone.hears() => {
                let told = told?;
                self.world.porter.stand_down();
                drop(again);
                self.examine(None)?;
                return Ok(told);
            }
        };
        self.hits.insert(Hit::AskedAgain);
        if call == Call::List {
            self.hits.insert(Hit::MidRefresh);
        }
        self.examine(None)?;
        if !stays {
            self.world.line.mend().await?;
        }
        held.go(Verdict::Pass);
        let told = self.phone()?.hears().await?;
        if stays {
            self.examine(None)?;
        }
        Ok(told)
    }

    /// The answer passes to its last byte while the process stands still; then it dies, at once or a little later.
    async fn before_store(&mut self, lives: Option<u32>, held: Held) -> anyhow::Result<Option<Told>> {
        let (key, bytes) = (held.key.clone(), held.bytes);
        let before = self.world.line.handed_over().await?;
        self.phone()?.freeze()?;
        held.go(Verdict::PassAsTheLast);
        if !self.world.line.hands_over(before + bytes).await? {
            bail!("toxiproxy did not hand the answer over");
        }
        if let Some(micros) = lives {
            self.phone()?.thaw()?;
            pause(micros).await?;
        }
        let said = self.kill().await?;
        self.examine(Some(&key))?;
        Ok(said.first().cloned())
    }

    /// Takes note of where filings were cut. Nothing may pass meanwhile.
    fn examine(&mut self, whole: Option<&str>) -> anyhow::Result<()> {
        // A damaged file may not read: then nobody can say.
        let Ok(file) = evidence::shelf(self.world.phone_data()) else { return Ok(()) };
        let filed = evidence::filed(&self.world.portal_data())?;
        let seen = self.world.porter.filings();
        self.hits.extend(cuts::of_filings(&file, &seen, &filed, whole));
        Ok(())
    }
}

/// A moment shorter than the runtime's clock can tell.
async fn pause(micros: u32) -> anyhow::Result<()> {
    Ok(spawn_blocking(move || std::thread::sleep(Duration::from_micros(micros.into()))).await?)
}
