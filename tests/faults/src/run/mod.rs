//! Runs one script: the member's actions, the faults, and the comparison at the end.
//!
//! ```text
//! launch ──► idle fault ──► action under its fault ──► restore network and phone ──┐
//!              ▲               └─ confirmation shown ──► diary                     │
//!              └───────────────────────── next step ───────────────────────────────┤
//!                                                                        last step ▼
//! judge ◄── diary, final state ◄── refresh until nothing is queued ◄── kill, restore
//! ```

mod damage;
mod final_state;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, bail, ensure};

use crate::{
    coverage::CoveragePoint,
    environment::{AccountSnapshot, PlantedFault, Programs, TestEnvironment},
    fault_script::{Fault, IdleFault, MemberAction, Script, Step},
    form_data::{Revision, SERVICES, Service},
    injector::FaultInjector,
    inspect::FileDamage,
    intercepting_proxy::Call,
    judge::{self, Confirmation, Diary, Finding, LastConfirmation, WorkItem},
    protocol::{PhoneCommand, PhoneResponse, RequestCard},
    toxiproxy::Toxiproxy,
};

/// Resources that every run needs.
pub struct RunEnv<'a> {
    /// Data that the run starts from.
    pub snapshot: &'a AccountSnapshot,
    /// Toxiproxy that provides the run's proxy.
    pub toxiproxy: &'a Toxiproxy,
    /// Programs of the phone and the portal.
    pub programs: &'a Programs,
    /// Fault to plant, if any.
    pub planted_fault: Option<PlantedFault>,
}

/// Outcome of a run.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Deviations found by the judge.
    pub findings: Vec<Finding>,
    /// Crash points and conditions covered.
    pub coverage: BTreeSet<CoveragePoint>,
    /// Commands and responses, line by line.
    pub log: Vec<String>,
    /// Reason why the run could not be finished.
    pub error: Option<String>,
}

/// Runs a script to its end.
pub async fn run(env: &RunEnv<'_>, name: &str, script: &Script) -> Outcome {
    let mut outcome = Outcome::default();
    if let Err(error) = run_script(env, name, script, &mut outcome).await {
        outcome.error = Some(format!("{error:#}"));
    }
    outcome
}

async fn run_script(
    env: &RunEnv<'_>,
    name: &str,
    script: &Script,
    outcome: &mut Outcome,
) -> anyhow::Result<()> {
    let environment =
        TestEnvironment::start(env.snapshot, env.toxiproxy, name, env.programs, env.planted_fault).await?;
    let injector = FaultInjector::start(environment).await?;
    let mut state = RunState {
        injector,
        diary: Diary::default(),
        current_work: BTreeMap::new(),
        complete: BTreeSet::new(),
        damage: None,
        log: Vec::new(),
    };
    let findings = state.run_all(script).await;
    outcome.log = std::mem::take(&mut state.log);
    outcome.coverage = std::mem::take(&mut state.injector.coverage);
    if findings.is_err() {
        let environment = &state.injector.environment;
        for (of, file) in [("phone", environment.phone_log()), ("portal", environment.portal_log())] {
            let log = std::fs::read_to_string(file).unwrap_or_default();
            outcome.log.extend(log.lines().map(|line| format!("{of}: {line}")));
        }
    }
    outcome.findings = findings?;
    state.injector.environment.stop().await
}

/// State of a run: the phone, and the member's record of their work.
struct RunState {
    injector: FaultInjector,
    diary: Diary,
    /// Work item last filled in for each service.
    current_work: BTreeMap<Service, usize>,
    /// Work items that were complete when they were taken back.
    complete: BTreeSet<usize>,
    /// Damage to the member's database, until it is quarantined.
    damage: Option<FileDamage>,
    log: Vec<String>,
}

impl RunState {
    async fn run_all(&mut self, script: &Script) -> anyhow::Result<Vec<Finding>> {
        for step in &script.steps {
            self.log.push(format!("{step:?}"));
            if let Some(IdleFault::LogDamage { offset_permille, length }) = step.idle_fault
                && self.damage_log(offset_permille, length).await?
            {
                break;
            }
            self.run_step(step).await.with_context(|| format!("at {step:?}"))?;
        }
        let final_state = self.final_state().await.context("at the end")?;
        Ok(judge::judge(&self.diary, &final_state))
    }

    async fn run_step(&mut self, step: &Step) -> anyhow::Result<()> {
        if let Some(idle_fault) = step.idle_fault {
            self.apply_idle_fault(idle_fault).await?;
        }
        match step.action {
            MemberAction::FillIn { choice, service, tenths } => {
                self.fill_in(choice, service, tenths, step.fault).await?;
            }
            MemberAction::Submit { choice, service, change } => {
                self.submit(choice, service, change, step.fault).await?;
            }
            MemberAction::TakeBack { choice } => self.take_back(choice, step.fault).await?,
            MemberAction::Refresh => self.refresh(step.fault).await?,
        }
        self.restore().await
    }

    /// Restores the network and launches a dead phone.
    async fn restore(&mut self) -> anyhow::Result<()> {
        if self.injector.is_phone_off()
            && let Some(damage) = &mut self.damage
        {
            damage.record_files();
        }
        self.injector.restore().await?;
        self.check_quarantine()
    }

    async fn apply_idle_fault(&mut self, idle_fault: IdleFault) -> anyhow::Result<()> {
        match idle_fault {
            IdleFault::ClockShift(seconds) => {
                self.injector.environment.set_clock(seconds)?;
                self.injector.coverage.insert(CoveragePoint::ClockShifted);
            }
            IdleFault::PortalRestart => self.injector.environment.restart_portal().await?,
            IdleFault::PortalKill => self.injector.environment.kill_portal().await?,
            IdleFault::Kill => {
                self.injector.kill().await?;
                self.restore().await?;
            }
            IdleFault::FileDamage { offset_permille, length } => {
                self.damage_database(|data| FileDamage::apply(data, offset_permille, length)).await?;
            }
            // The phone had no log: nothing to damage.
            IdleFault::LogDamage { .. } => {}
            IdleFault::KeyFailure(key, failure) => self.fail_key(key, failure).await?,
        }
        Ok(())
    }

    /// Executes a command without a fault and logs the response. If a damaged database fails, opens the phone again,
    /// which must quarantine it.
    async fn execute(&mut self, command: PhoneCommand) -> anyhow::Result<PhoneResponse> {
        let mut response = self.injector.execute(command.clone()).await?;
        self.log.push(format!("  {command:?}: {response:?}"));
        if self.damage.is_some()
            && matches!(&response, PhoneResponse::Failed { error, .. } if error == "storage")
        {
            self.injector.kill().await?;
            self.restore().await?;
            ensure!(self.damage.is_none(), "a damaged file fails and is not quarantined");
            response = self.injector.execute(command.clone()).await?;
            self.log.push(format!("  {command:?}: {response:?}"));
        }
        Ok(response)
    }

    async fn execute_under(
        &mut self,
        fault: Fault,
        call: Call,
        commands: &[PhoneCommand],
    ) -> anyhow::Result<Option<PhoneResponse>> {
        let response = self.injector.execute_under(fault, call, commands).await?;
        self.log.push(format!("  {commands:?}: {response:?}"));
        Ok(response)
    }

    async fn cards(&mut self) -> anyhow::Result<Vec<RequestCard>> {
        match self.execute(PhoneCommand::ListRequests).await? {
            PhoneResponse::Requests(cards) => Ok(cards),
            other => bail!("the list cannot be read: {other:?}"),
        }
    }

    /// Reads the revisions of the marked texts in a service's form; `None` if it cannot be opened.
    async fn read_form(&mut self, service: &str) -> anyhow::Result<Option<Vec<Revision>>> {
        let marked = Service::from_id(service).context("an unknown service")?.marked_fields();
        let PhoneResponse::FormValues(fields) =
            self.execute(PhoneCommand::ReadForm { service: service.to_owned() }).await?
        else {
            return Ok(None);
        };
        let text = |mark: &&str| fields.iter().find(|(key, _)| key == *mark).map(|(_, text)| text.as_str());
        Ok(Some(marked.iter().filter_map(text).filter_map(Revision::from_text).collect()))
    }

    /// Chooses the form to fill in: a draft on the list, or a new one. Returns the service and the work item; `None`
    /// if the form cannot be opened.
    async fn choose_work(
        &mut self,
        choice: usize,
        service: Service,
    ) -> anyhow::Result<Option<(Service, usize)>> {
        let cards = self.cards().await?;
        let drafts: Vec<Service> = cards
            .iter()
            .filter_map(|card| {
                if let RequestCard::Draft { service } = card { Service::from_id(service) } else { None }
            })
            .collect();
        let continued =
            (!drafts.is_empty() && !choice.is_multiple_of(3)).then(|| drafts[choice % drafts.len()]);
        let unused = || std::iter::once(service).chain(SERVICES).find(|service| !drafts.contains(service));
        let service = continued.or_else(unused).unwrap_or(service);
        let Some(revisions) = self.read_form(service.id()).await? else { return Ok(None) };
        let work = match (revisions.first(), self.current_work.get(&service)) {
            (Some(revision), _) => revision.work,
            // Killed before the draft had a marked text.
            (None, Some(work)) if drafts.contains(&service) => *work,
            _ => {
                self.diary.works.push(WorkItem {
                    service,
                    versions: 0,
                    last_confirmation: None,
                    quarantined: false,
                });
                self.diary.works.len() - 1
            }
        };
        ensure!(work < self.diary.works.len(), "an unknown work: {revisions:?}");
        self.current_work.insert(service, work);
        Ok(Some((service, work)))
    }

    fn new_revision(&mut self, work: usize) -> Revision {
        // A quarantined work item that is filled in again belongs to the member again.
        self.diary.works[work].versions += 1;
        self.complete.remove(&work);
        Revision { work, version: self.diary.works[work].versions }
    }

    fn confirm(&mut self, revision: Revision, marked_texts: usize, confirmation: Confirmation) {
        let work = &mut self.diary.works[revision.work];
        work.last_confirmation =
            Some(LastConfirmation { version: revision.version, marked_texts, confirmation });
        work.quarantined = false;
    }

    async fn fill_in(
        &mut self,
        choice: usize,
        service: Service,
        tenths: usize,
        fault: Fault,
    ) -> anyhow::Result<()> {
        let Some((service, work)) = self.choose_work(choice, service).await? else { return Ok(()) };
        let revision = self.new_revision(work);
        let mut values = service.input_values(revision);
        values.truncate((values.len() * tenths).div_ceil(10));
        let marked_texts =
            values.iter().filter(|(key, _)| service.marked_fields().contains(&key.as_str())).count();
        let fill = PhoneCommand::Fill { service: service.id().to_owned(), values };
        let response = self.execute_under(fault, Call::File, &[fill, PhoneCommand::Pause]).await?;
        if matches!(fault, Fault::Kill { .. }) {
            self.injector.coverage.insert(CoveragePoint::KilledWhileFilling);
        }
        // Nothing is confirmed on a full disk, but by the next flush once there is room.
        let response = match fault {
            Fault::DiskFull { .. } => Some(self.execute(PhoneCommand::Pause).await?),
            _ => response,
        };
        if response == Some(PhoneResponse::Done) && marked_texts > 0 {
            self.confirm(revision, marked_texts, Confirmation::DraftSaved);
        }
        Ok(())
    }

    async fn submit(
        &mut self,
        choice: usize,
        service: Service,
        change: bool,
        fault: Fault,
    ) -> anyhow::Result<()> {
        let Some((service, work)) = self.choose_work(choice, service).await? else { return Ok(()) };
        let unchanged = !change && self.complete.contains(&work);
        let revision = if unchanged {
            Revision { work, version: self.diary.works[work].versions }
        } else {
            let revision = self.new_revision(work);
            let fill = PhoneCommand::Fill {
                service: service.id().to_owned(),
                values: service.input_values(revision),
            };
            if matches!(self.execute(fill).await?, PhoneResponse::Failed { .. }) {
                return Ok(());
            }
            revision
        };
        let command = PhoneCommand::Submit {
            service: service.id().to_owned(),
            values: service.stored_values(revision),
        };
        match self.execute_under(fault, Call::File, &[command]).await? {
            Some(PhoneResponse::Submitted { text }) => {
                // Only a filed request has a number.
                let filed = text.contains("2026-");
                self.confirm(
                    revision,
                    service.marked_fields().len(),
                    if filed { Confirmation::Filed } else { Confirmation::Sent },
                );
                self.current_work.remove(&service);
            }
            Some(PhoneResponse::Failed { error, text }) if error == "bug" => {
                bail!("the core has a bug: {text}")
            }
            _ => {}
        }
        Ok(())
    }

    async fn take_back(&mut self, choice: usize, fault: Fault) -> anyhow::Result<()> {
        let cards = self.cards().await?;
        let keys: Vec<&String> = cards
            .iter()
            .filter_map(|card| if let RequestCard::Queued { key, .. } = card { Some(key) } else { None })
            .collect();
        let Some(key) = keys.get(choice.checked_rem(keys.len()).unwrap_or_default()) else {
            return self.refresh(Fault::None).await;
        };
        let command = PhoneCommand::TakeBack { key: (*key).clone() };
        if let Some(PhoneResponse::TakenBack { service }) =
            self.execute_under(fault, Call::File, &[command]).await?
            && !matches!(fault, Fault::Kill { .. })
            && let Some(revisions) = self.read_form(&service).await?
            && let (Some(revision), Some(service)) = (revisions.first(), Service::from_id(&service))
        {
            self.current_work.insert(service, revision.work);
            if revision.version == self.diary.works[revision.work].versions {
                self.complete.insert(revision.work);
            }
        }
        Ok(())
    }

    async fn refresh(&mut self, fault: Fault) -> anyhow::Result<()> {
        self.execute_under(fault, Call::List, &[PhoneCommand::Refresh]).await.map(|_| ())
    }
}
