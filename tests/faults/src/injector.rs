//! Executes commands on the phone under a fault.
//!
//! ```text
//!  phone ──► toxiproxy ──► interceptor ──► portal
//!    │           │              │ BeforeForward ──► hold, inject, drop or forward
//!    │           │              │ BeforeResponse ─► hold, inject, forward
//!    │           └ toxic or disabled
//!    │                                         └ kill -9, file size limit
//!    └ kill -9, SIGSTOP, file size limit
//! ```
//!
//! A call fault holds the call at the interceptor, injects its failure and then releases the call, so that a crash
//! point is hit and not waited for. After each failure the state on disk decides the crash point that is recorded.

use std::{collections::BTreeSet, time::Duration};

use anyhow::{Context, bail};
use tokio::{select, task::spawn_blocking};

use crate::{
    coverage::{self, CoveragePoint},
    environment::TestEnvironment,
    fault_script::{CallFailure, Fault},
    inspect,
    intercepting_proxy::{Call, HeldCall, Moment, Verdict},
    phone_process::PhoneProcess,
    protocol::{PhoneCommand, PhoneResponse},
    toxiproxy::Toxic,
};

/// Phone in its environment, with the coverage so far.
pub struct FaultInjector {
    /// Environment of the run.
    pub environment: TestEnvironment,
    /// `None` while the process is dead.
    phone: Option<PhoneProcess>,
    /// Crash points and conditions covered so far.
    pub coverage: BTreeSet<CoveragePoint>,
}

impl FaultInjector {
    /// Launches the phone.
    ///
    /// # Errors
    /// If it does not open.
    pub async fn start(environment: TestEnvironment) -> anyhow::Result<Self> {
        let phone = environment.launch_phone().await?;
        Ok(Self { environment, phone: Some(phone), coverage: BTreeSet::new() })
    }

    fn phone(&mut self) -> anyhow::Result<&mut PhoneProcess> {
        self.phone.as_mut().context("the phone is off")
    }

    /// Executes a command without a fault.
    ///
    /// # Errors
    /// If the phone exits.
    pub async fn execute(&mut self, command: PhoneCommand) -> anyhow::Result<PhoneResponse> {
        self.phone()?.execute(&command).await
    }

    /// Returns true if the app reported a quarantined file when it was last opened.
    pub fn quarantine_reported(&self) -> bool {
        self.phone.as_ref().is_some_and(|phone| phone.quarantine_reported)
    }

    /// Returns true while the phone's process is dead.
    pub fn is_phone_off(&self) -> bool {
        self.phone.is_none()
    }

    /// Kills the phone by `kill -9` and returns the responses written before. It stays dead until [`Self::restore`].
    ///
    /// # Errors
    /// If it cannot be killed.
    pub async fn kill(&mut self) -> anyhow::Result<Vec<PhoneResponse>> {
        self.phone.take().context("the phone is off")?.kill().await
    }

    /// Restores the network, and launches a dead phone again.
    ///
    /// # Errors
    /// If the phone does not open.
    pub async fn restore(&mut self) -> anyhow::Result<()> {
        self.environment.interceptor.cancel_hold();
        self.environment.proxy.restore().await?;
        if self.phone.is_none() {
            self.phone = Some(self.environment.launch_phone().await?);
        }
        Ok(())
    }

    /// Executes commands in order under a fault; returns the response to the last one, or `None` if there was none. A
    /// killed phone stays dead.
    ///
    /// # Errors
    /// If the phone exits by itself or the injection fails.
    pub async fn execute_under(
        &mut self,
        fault: Fault,
        call: Call,
        commands: &[PhoneCommand],
    ) -> anyhow::Result<Option<PhoneResponse>> {
        let list_calls = self.environment.interceptor.list_calls();
        let response = self.inject(fault, call, commands).await?;
        // The list was requested and the refresh did not complete, because of the network or the process, not the
        // disk.
        let is_cut =
            !matches!(fault, Fault::DiskFull { .. }) && !matches!(response, Some(PhoneResponse::Done));
        if call == Call::List && self.environment.interceptor.list_calls() > list_calls && is_cut {
            self.coverage.insert(CoveragePoint::MidRefresh);
        }
        Ok(response)
    }

    async fn inject(
        &mut self,
        fault: Fault,
        call: Call,
        commands: &[PhoneCommand],
    ) -> anyhow::Result<Option<PhoneResponse>> {
        match fault {
            Fault::None => self.execute_all(commands).await.map(Some),
            Fault::LineDown => {
                self.environment.proxy.disable().await?;
                self.execute_all(commands).await.map(Some)
            }
            Fault::Line(toxic) => {
                self.environment.proxy.add_toxic(toxic).await?;
                let response = self.execute_all(commands).await?;
                if matches!(toxic, Toxic::LimitResponse(_) | Toxic::LimitRequest(_)) {
                    self.record_crash_points(None)?;
                }
                Ok(Some(response))
            }
            Fault::DiskFull { max_bytes } => self.execute_on_full_disk(max_bytes, commands).await.map(Some),
            Fault::Kill { micros } => {
                for command in commands {
                    self.phone()?.send(command).await?;
                }
                sleep_micros(micros).await?;
                let responses = self.kill().await?;
                self.record_crash_points(None)?;
                Ok(responses.get(commands.len() - 1).cloned())
            }
            Fault::AtCall { moment, failure, persistent } => {
                match self.hold_call(call, moment, commands).await? {
                    Ok(held) => self.fail_held_call((call, moment), failure, persistent, held).await,
                    Err(response) => Ok(Some(response)),
                }
            }
            Fault::BeforeStore { survives_micros } => {
                match self.hold_call(call, Moment::BeforeResponse, commands).await? {
                    Ok(held) => self.before_store(survives_micros, held).await,
                    Err(response) => Ok(Some(response)),
                }
            }
        }
    }

    async fn execute_all(&mut self, commands: &[PhoneCommand]) -> anyhow::Result<PhoneResponse> {
        let mut response = PhoneResponse::Done;
        for command in commands {
            response = self.phone()?.execute(command).await?;
            if matches!(response, PhoneResponse::Failed { .. }) {
                break;
            }
        }
        Ok(response)
    }

    async fn execute_on_full_disk(
        &mut self,
        max_bytes: u64,
        commands: &[PhoneCommand],
    ) -> anyhow::Result<PhoneResponse> {
        self.execute(PhoneCommand::LimitFileSize { max_bytes: Some(max_bytes) }).await?;
        let response = self.execute_all(commands).await?;
        self.execute(PhoneCommand::LimitFileSize { max_bytes: None }).await?;
        if matches!(&response, PhoneResponse::Failed { error, .. } if error == "storage") {
            self.coverage.insert(CoveragePoint::DiskFull);
        }
        Ok(response)
    }

    /// Executes the commands until the call is held; returns the response instead if the call does not happen.
    async fn hold_call(
        &mut self,
        call: Call,
        moment: Moment,
        commands: &[PhoneCommand],
    ) -> anyhow::Result<Result<HeldCall, PhoneResponse>> {
        let (last, first) = commands.split_last().context("no command to execute")?;
        if let response @ PhoneResponse::Failed { .. } = self.execute_all(first).await? {
            return Ok(Err(response));
        }
        let mut pending = self.environment.interceptor.hold_next(call, moment);
        let phone = self.phone.as_mut().context("the phone is off")?;
        phone.send(last).await?;
        select! {
            held = &mut pending => Ok(Ok(held.context("the proxy dropped the hold")?)),
            response = phone.receive() => {
                self.environment.interceptor.cancel_hold();
                // A call held at the last moment is released when its receiver is dropped.
                drop(pending);
                Ok(Err(response?))
            }
        }
    }

    async fn fail_held_call(
        &mut self,
        (call, moment): (Call, Moment),
        failure: CallFailure,
        persistent: bool,
        held: HeldCall,
    ) -> anyhow::Result<Option<PhoneResponse>> {
        // A call cut before the portal never reaches it.
        let verdict = if moment == Moment::BeforeForward { Verdict::Drop } else { Verdict::Forward };
        let toxic = match failure {
            CallFailure::Kill => {
                let responses = self.kill().await?;
                held.release(verdict);
                self.record_crash_points(None)?;
                return Ok(responses.first().cloned());
            }
            CallFailure::Down => {
                self.environment.proxy.disable().await?;
                held.release(verdict);
                self.record_crash_points(None)?;
                if !persistent {
                    self.environment.proxy.restore().await?;
                }
                return self.phone()?.receive().await.map(Some);
            }
            CallFailure::PortalRestart => {
                self.environment.restart_portal().await?;
                self.coverage.insert(CoveragePoint::PortalRestarted);
                held.release(Verdict::Forward);
                return self.phone()?.receive().await.map(Some);
            }
            CallFailure::PortalKill(micros) => {
                held.release(Verdict::Forward);
                sleep_micros(micros).await?;
                self.environment.kill_portal().await?;
                self.coverage.insert(CoveragePoint::PortalKilled);
                return self.phone()?.receive().await.map(Some);
            }
            CallFailure::PortalDiskFull(max_bytes) => {
                return self.portal_disk_full(max_bytes, held).await.map(Some);
            }
            CallFailure::ResponseCut(permille) => {
                // The length of a response is unknown before the portal has responded.
                let length = if held.bytes == 0 { 300 } else { held.bytes };
                Toxic::LimitResponse(u32::try_from(length * u64::from(permille) / 1_000)?)
            }
            CallFailure::Stall(millis) => Toxic::Timeout(millis),
            CallFailure::Reset => Toxic::ResetPeer,
        };
        self.environment.proxy.add_toxic(toxic).await?;
        self.lose_response(call, persistent, held).await.map(Some)
    }

    /// Lets the portal process the call, and its retries, on a full disk.
    async fn portal_disk_full(&mut self, max_bytes: u64, held: HeldCall) -> anyhow::Result<PhoneResponse> {
        let refused = self.environment.interceptor.server_errors();
        self.environment.limit_portal_disk(Some(max_bytes)).await?;
        held.release(Verdict::Forward);
        let response = self.phone()?.receive().await?;
        self.environment.limit_portal_disk(None).await?;
        if self.environment.interceptor.server_errors() > refused {
            self.coverage.insert(CoveragePoint::PortalDiskFull);
        }
        Ok(response)
    }

    /// Releases the response into a connection that does not deliver it. The loss is known once the phone retries or
    /// gives up.
    async fn lose_response(
        &mut self,
        call: Call,
        persistent: bool,
        held: HeldCall,
    ) -> anyhow::Result<PhoneResponse> {
        let mut next_call = self.environment.interceptor.hold_next(call, Moment::BeforeForward);
        held.release(Verdict::Forward);
        let phone = self.phone.as_mut().context("the phone is off")?;
        let held = select! {
            held = &mut next_call => held.context("the proxy dropped the hold")?,
            response = phone.receive() => {
                let response = response?;
                self.environment.interceptor.cancel_hold();
                drop(next_call);
                self.record_crash_points(None)?;
                return Ok(response);
            }
        };
        self.coverage.insert(CoveragePoint::Retried);
        if call == Call::List {
            self.coverage.insert(CoveragePoint::MidRefresh);
        }
        self.record_crash_points(None)?;
        if !persistent {
            self.environment.proxy.restore().await?;
        }
        held.release(Verdict::Forward);
        let response = self.phone()?.receive().await?;
        if persistent {
            self.record_crash_points(None)?;
        }
        Ok(response)
    }

    /// Delivers the whole response while the process is suspended, then kills it at once or a little later.
    async fn before_store(
        &mut self,
        survives_micros: Option<u32>,
        held: HeldCall,
    ) -> anyhow::Result<Option<PhoneResponse>> {
        let (key, bytes) = (held.key.clone(), held.bytes);
        let before = self.environment.proxy.delivered_bytes().await?;
        self.phone()?.suspend()?;
        held.release(Verdict::ForwardAndClose);
        if !self.environment.proxy.wait_until_delivered(before + bytes).await? {
            bail!("toxiproxy did not deliver the response");
        }
        if let Some(micros) = survives_micros {
            self.phone()?.resume()?;
            sleep_micros(micros).await?;
        }
        let responses = self.kill().await?;
        self.record_crash_points(Some(&key))?;
        Ok(responses.first().cloned())
    }

    /// Records the crash points of all filings. Nothing may change the phone's or the portal's data meanwhile.
    fn record_crash_points(&mut self, fully_delivered: Option<&str>) -> anyhow::Result<()> {
        // A damaged database may be unreadable: then the crash point is unknown.
        let Ok(local_state) = inspect::read_local_state(self.environment.phone_data()) else { return Ok(()) };
        let filed = inspect::read_filed_requests(&self.environment.portal_data())?;
        let recorded = self.environment.interceptor.filings();
        self.coverage.extend(coverage::crash_points(&local_state, &recorded, &filed, fully_delivered));
        Ok(())
    }
}

/// Sleeps for less than the resolution of the runtime's timer.
async fn sleep_micros(micros: u32) -> anyhow::Result<()> {
    Ok(spawn_blocking(move || std::thread::sleep(Duration::from_micros(micros.into()))).await?)
}
