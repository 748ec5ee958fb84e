//! One run: the member's script, the faults, and the comparison at the end.

mod ending;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use anyhow::{Context, bail, ensure};

use crate::{
    cuts::Hit,
    evidence::Damage,
    judge::{self, Diary, Finding, Promise, Promised, Work},
    papers::{Filling, SERVICES, Service},
    porter::Call,
    script::{Fault, Intent, Mishap, Script, Step},
    step::Scene,
    toxiproxy::Toxiproxy,
    words::{Act, Card, Told},
    world::{Plant, Prepared, World},
};

/// What every run needs.
pub struct Ground<'a> {
    /// What it begins with.
    pub prepared: &'a Prepared,
    /// Its line comes from here.
    pub toxiproxy: &'a Toxiproxy,
    /// The phone's program.
    pub phone: &'a Path,
    /// What is broken on purpose.
    pub plant: Option<Plant>,
}

/// What came of a run.
#[derive(Debug, Default)]
pub struct Outcome {
    /// What is wrong.
    pub findings: Vec<Finding>,
    /// What it met.
    pub hits: BTreeSet<Hit>,
    /// What was done and told, line by line.
    pub told: Vec<String>,
    /// It could not be brought to its end.
    pub broken: Option<String>,
}

/// Runs a script to its end.
pub async fn run(ground: &Ground<'_>, name: &str, script: &Script) -> Outcome {
    let mut outcome = Outcome::default();
    if let Err(error) = play(ground, name, script, &mut outcome).await {
        outcome.broken = Some(format!("{error:#}"));
    }
    outcome
}

async fn play(ground: &Ground<'_>, name: &str, script: &Script, outcome: &mut Outcome) -> anyhow::Result<()> {
    let world = World::begin(ground.prepared, ground.toxiproxy, name, ground.phone, ground.plant).await?;
    let scene = Scene::begin(world).await?;
    let mut member = Member {
        scene,
        diary: Diary::default(),
        writing: BTreeMap::new(),
        whole: BTreeSet::new(),
        damage: None,
        told: Vec::new(),
    };
    let played = member.all(script).await;
    outcome.told = std::mem::take(&mut member.told);
    outcome.hits = std::mem::take(&mut member.scene.hits);
    if played.is_err() {
        let log = std::fs::read_to_string(member.scene.world.phone_log()).unwrap_or_default();
        outcome.told.extend(log.lines().map(|line| format!("phone: {line}")));
    }
    outcome.findings = played?;
    member.scene.world.end().await
}

/// A member with their phone.
struct Member {
    scene: Scene,
    diary: Diary,
    /// Which work was written last in each service's form.
    writing: BTreeMap<Service, usize>,
    /// What was filled in whole before it was taken back.
    whole: BTreeSet<usize>,
    /// What was done to the member's file, until it is set aside.
    damage: Option<Damage>,
    told: Vec<String>,
}

impl Member {
    async fn all(&mut self, script: &Script) -> anyhow::Result<Vec<Finding>> {
        for step in &script.steps {
            self.told.push(format!("{step:?}"));
            self.step(step).await.with_context(|| format!("at {step:?}"))?;
        }
        let end = self.end().await.context("at the end")?;
        Ok(judge::judge(&self.diary, &end))
    }

    async fn step(&mut self, step: &Step) -> anyhow::Result<()> {
        if let Some(mishap) = step.before {
            self.befalls(mishap).await?;
        }
        match step.intent {
            Intent::Write { pick, service, tenths } => self.write(pick, service, tenths, step.fault).await?,
            Intent::Send { pick, service, change } => self.send(pick, service, change, step.fault).await?,
            Intent::TakeBack { pick } => self.take_back(pick, step.fault).await?,
            Intent::Refresh => self.refresh(step.fault).await?,
        }
        self.mend().await
    }

    /// All is well again, and a phone that was killed is on.
    async fn mend(&mut self) -> anyhow::Result<()> {
        if self.scene.is_off()
            && let Some(damage) = &mut self.damage
        {
            damage.note();
        }
        self.scene.mend().await?;
        self.notice_damage()
    }

    async fn befalls(&mut self, mishap: Mishap) -> anyhow::Result<()> {
        match mishap {
            Mishap::Clock(seconds) => {
                self.scene.world.set_clock(seconds)?;
                self.scene.hits.insert(Hit::ClockOff);
            }
            Mishap::PortalRestarted => self.scene.world.restart_portal().await?,
            Mishap::Killed => {
                self.scene.kill().await?;
                self.mend().await?;
            }
            Mishap::Damage { at, bytes } => self.damage(at, bytes).await?,
        }
        Ok(())
    }

    /// What stood only in the damaged file is set aside, not lost: if it is there, and whole but for the damage.
    async fn damage(&mut self, at: u64, bytes: usize) -> anyhow::Result<()> {
        // One that nobody has noticed yet is enough.
        if self.damage.is_some() {
            return Ok(());
        }
        self.scene.kill().await?;
        self.damage = Some(Damage::done(self.scene.world.phone_data(), at, bytes)?);
        self.scene.mend().await?;
        self.notice_damage()
    }

    /// Whether the damaged file was set aside when the phone was opened.
    fn notice_damage(&mut self) -> anyhow::Result<()> {
        let Some(damage) = self.damage.take_if(|damage| damage.set_aside()) else { return Ok(()) };
        self.told.push("  the file was set aside".to_owned());
        ensure!(self.scene.told_of_set_aside(), "a file was set aside, and the member was not told");
        ensure!(damage.is_kept_whole(), "what was set aside is not whole");
        self.scene.hits.insert(Hit::SetAside);
        self.writing.clear();
        let unfiled =
            |work: &&mut Work| !matches!(work.promised, Some(Promised { promise: Promise::Filed, .. }));
        self.diary.works.iter_mut().filter(unfiled).for_each(|work| work.set_aside = true);
        Ok(())
    }

    /// An act without a fault, whose telling is kept. A phone whose damaged file gives trouble is closed and opened again,
    /// and then has set it aside.
    async fn does(&mut self, act: Act) -> anyhow::Result<Told> {
        let mut told = self.scene.does(act.clone()).await?;
        self.told.push(format!("  {act:?}: {told:?}"));
        if self.damage.is_some() && matches!(&told, Told::Failed { error, .. } if error == "storage") {
            self.scene.kill().await?;
            self.mend().await?;
            ensure!(self.damage.is_none(), "a damaged file gives trouble and is not set aside");
            told = self.scene.does(act.clone()).await?;
            self.told.push(format!("  {act:?}: {told:?}"));
        }
        Ok(told)
    }

    async fn under(&mut self, fault: Fault, call: Call, acts: &[Act]) -> anyhow::Result<Option<Told>> {
        let told = self.scene.under(fault, call, acts).await?;
        self.told.push(format!("  {acts:?}: {told:?}"));
        Ok(told)
    }

    async fn cards(&mut self) -> anyhow::Result<Vec<Card>> {
        match self.does(Act::List).await? {
            Told::Listed(cards) => Ok(cards),
            other => bail!("the list does not read: {other:?}"),
        }
    }

    /// The fillings that the texts in a service's form are of. None when it does not open.
    async fn reads(&mut self, service: &str) -> anyhow::Result<Option<Vec<Filling>>> {
        let marked = Service::named(service).context("a service that nobody knows")?.marked();
        let Told::Stands(fields) = self.does(Act::Read { service: service.to_owned() }).await? else {
            return Ok(None);
        };
        let text = |mark: &&str| fields.iter().find(|(key, _)| key == *mark).map(|(_, text)| text.as_str());
        Ok(Some(marked.iter().filter_map(text).filter_map(Filling::of_text).collect()))
    }

    /// Which form is filled in next: one that is begun, as the list shows it, or a new one. The work, and whether it is
    /// gone on with. None when the form does not open.
    async fn chooses(&mut self, pick: usize, service: Service) -> anyhow::Result<Option<(Service, usize)>> {
        let cards = self.cards().await?;
        let drafts: Vec<Service> = cards
            .iter()
            .filter_map(
                |card| if let Card::Draft { service } = card { Service::named(service) } else { None },
            )
            .collect();
        let begun = (!drafts.is_empty() && !pick.is_multiple_of(3)).then(|| drafts[pick % drafts.len()]);
        let free = || std::iter::once(service).chain(SERVICES).find(|service| !drafts.contains(service));
        let service = begun.or_else(free).unwrap_or(service);
        let Some(stands) = self.reads(service.id()).await? else { return Ok(None) };
        let work = match (stands.first(), self.writing.get(&service)) {
            (Some(filling), _) => filling.work,
            // Begun, and killed before it had a text of its own.
            (None, Some(work)) if drafts.contains(&service) => *work,
            _ => {
                self.diary.works.push(Work { service, versions: 0, promised: None, set_aside: false });
                self.diary.works.len() - 1
            }
        };
        ensure!(work < self.diary.works.len(), "a work that nobody began: {stands:?}");
        self.writing.insert(service, work);
        Ok(Some((service, work)))
    }

    fn next_version(&mut self, work: usize) -> Filling {
        // What was set aside and is written anew is the member's again.
        self.diary.works[work].versions += 1;
        self.whole.remove(&work);
        Filling { work, version: self.diary.works[work].versions }
    }

    fn promise(&mut self, filling: Filling, texts: usize, promise: Promise) {
        let work = &mut self.diary.works[filling.work];
        work.promised = Some(Promised { version: filling.version, texts, promise });
        work.set_aside = false;
    }

    async fn write(
        &mut self,
        pick: usize,
        service: Service,
        tenths: usize,
        fault: Fault,
    ) -> anyhow::Result<()> {
        let Some((service, work)) = self.chooses(pick, service).await? else { return Ok(()) };
        let filling = self.next_version(work);
        let mut values = service.typed(filling);
        values.truncate((values.len() * tenths).div_ceil(10));
        let texts = values.iter().filter(|(key, _)| service.marked().contains(&key.as_str())).count();
        let fill = Act::Fill { service: service.id().to_owned(), values };
        let told = self.under(fault, Call::File, &[fill, Act::Pause]).await?;
        if matches!(fault, Fault::Kill { .. }) {
            self.scene.hits.insert(Hit::KilledFilling);
        }
        // On a full disk nothing is promised; once there is room, the next time.
        let told = match fault {
            Fault::Full { .. } => Some(self.does(Act::Pause).await?),
            _ => told,
        };
        if told == Some(Told::Done) && texts > 0 {
            self.promise(filling, texts, Promise::Kept);
        }
        Ok(())
    }

    async fn send(
        &mut self,
        pick: usize,
        service: Service,
        change: bool,
        fault: Fault,
    ) -> anyhow::Result<()> {
        let Some((service, work)) = self.chooses(pick, service).await? else { return Ok(()) };
        let as_it_stands = !change && self.whole.contains(&work);
        let filling = if as_it_stands {
            Filling { work, version: self.diary.works[work].versions }
        } else {
            let filling = self.next_version(work);
            let fill = Act::Fill { service: service.id().to_owned(), values: service.typed(filling) };
            if matches!(self.does(fill).await?, Told::Failed { .. }) {
                return Ok(());
            }
            filling
        };
        let act = Act::Send { service: service.id().to_owned(), values: service.on_file(filling) };
        match self.under(fault, Call::File, &[act]).await? {
            Some(Told::Sent { text }) => {
                // Only what is on file has a number.
                let filed = text.contains("2026-");
                self.promise(
                    filling,
                    service.marked().len(),
                    if filed { Promise::Filed } else { Promise::Sent },
                );
                self.writing.remove(&service);
            }
            Some(Told::Failed { error, text }) if error == "bug" => bail!("the core has a bug: {text}"),
            _ => {}
        }
        Ok(())
    }

    async fn take_back(&mut self, pick: usize, fault: Fault) -> anyhow::Result<()> {
        let cards = self.cards().await?;
        let keys: Vec<&String> = cards
            .iter()
            .filter_map(|card| if let Card::Waiting { key, .. } = card { Some(key) } else { None })
            .collect();
        let Some(key) = keys.get(pick.checked_rem(keys.len()).unwrap_or_default()) else {
            return self.refresh(Fault::Nothing).await;
        };
        let act = Act::TakeBack { key: (*key).clone() };
        if let Some(Told::Back { service }) = self.under(fault, Call::File, &[act]).await?
            && !matches!(fault, Fault::Kill { .. })
            && let Some(stands) = self.reads(&service).await?
            && let (Some(filling), Some(service)) = (stands.first(), Service::named(&service))
        {
            self.writing.insert(service, filling.work);
            if filling.version == self.diary.works[filling.work].versions {
                self.whole.insert(filling.work);
            }
        }
        Ok(())
    }

    async fn refresh(&mut self, fault: Fault) -> anyhow::Result<()> {
        self.under(fault, Call::List, &[Act::Refresh]).await.map(|_| ())
    }
}
