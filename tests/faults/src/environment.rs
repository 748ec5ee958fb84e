//! Environment of a run: portal, proxies and phone, copied from the snapshot of an account that is created once.

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use anyhow::ensure;
use fos_portal::{Portal, PortalConfig, PortalError, SettableClock};
use fos_support::{
    files::copy_folder,
    headless_client::{ClientConfig, HeadlessClient},
    mailbox::Mailbox,
    seed::{self, MEMBER, PASSWORD, START_TIME},
};
use jiff::Timestamp;
use tempfile::TempDir;
use tokio::time::{Instant, sleep};

use crate::{
    form_data::SERVICES,
    intercepting_proxy::InterceptingProxy,
    phone_process::{LaunchOptions, PhoneProcess},
    toxiproxy::{Proxy, Toxiproxy},
};

/// Longest wait for the mailed password or a restarted portal, and the pause between two attempts.
const TIMEOUT: Duration = Duration::from_mins(1);
const POLL_INTERVAL: Duration = Duration::from_millis(5);

/// Folder with the portal's and the phone's data of a signed-in member, copied for every run.
pub struct AccountSnapshot {
    folder: TempDir,
    mailbox: Mailbox,
}

impl AccountSnapshot {
    /// Creates the account, signs in, and opens every form once, so that it is cached.
    ///
    /// # Errors
    /// If a step fails.
    pub async fn create() -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let mailbox = Mailbox::start().await?;
        let config = portal_config(folder.path(), &mailbox, clock()?);
        let member = seed::member(&config.seed, MEMBER)?;
        let portal = Portal::start(config.clone()).await?;
        // A run files several requests for each service.
        let unlimited = ["services", "limit", "hajj-grant", "any"].map(str::to_owned);
        fos_portal::run_admin_command(&config.data, config.clock.clone(), &unlimited)?;
        let data = folder.path().join("phone");
        let clock_file = folder.path().join("clock");
        fs::write(&clock_file, clock_offset(0)?)?;
        let client = ClientConfig {
            portal_url: portal.url(),
            clock_offset_file: Some(clock_file),
            ..ClientConfig::default()
        };
        let phone = HeadlessClient::open(&data, client)?;
        phone.first_access(&member, mailbox.next_password_for(member.email(), TIMEOUT), PASSWORD).await?;
        phone.refresh_services().await?;
        for service in SERVICES {
            let form = phone.core().requests().form(service.id().to_owned()).await?;
            ensure!(!form.view().fields.is_empty(), "{} asks nothing", service.id());
        }
        phone.core().requests().refresh().await?;
        phone.core().pause();
        drop(phone);
        portal.stop().await;
        Ok(Self { folder, mailbox })
    }
}

/// Time of every run; the pilgrimage grant closes a week later.
fn clock() -> anyhow::Result<Timestamp> {
    Ok(START_TIME.parse()?)
}

/// Returns the content of the clock offset file for a phone this many seconds ahead of the portal.
fn clock_offset(seconds: i64) -> anyhow::Result<String> {
    Ok((clock()?.as_second() - Timestamp::now().as_second() + seconds).to_string())
}

fn portal_config(folder: &Path, mailbox: &Mailbox, now: Timestamp) -> PortalConfig {
    let mut config = PortalConfig::for_tests(folder.join("portal"), mailbox.addr());
    config.clock = Arc::new(SettableClock::new(now));
    config
}

/// Fault planted to test the judge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlantedFault {
    /// The portal treats every idempotency key as new.
    PortalIgnoresKeys,
    /// The phone sends without an outbox.
    SendWithoutOutbox,
}

/// Environment of a single run.
pub struct TestEnvironment {
    folder: TempDir,
    config: PortalConfig,
    portal: Option<Portal>,
    launch_options: LaunchOptions,
    /// Proxy directly in front of the portal.
    pub interceptor: InterceptingProxy,
    /// Toxiproxy's proxy in front of the interceptor; the phone connects to it.
    pub proxy: Proxy,
}

impl TestEnvironment {
    /// Copies the snapshot and starts portal and proxies.
    ///
    /// # Errors
    /// If something does not start.
    pub async fn start(
        snapshot: &AccountSnapshot,
        toxiproxy: &Toxiproxy,
        name: &str,
        program: &Path,
        planted_fault: Option<PlantedFault>,
    ) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        copy_folder(snapshot.folder.path(), folder.path())?;
        let mut config = portal_config(folder.path(), &snapshot.mailbox, clock()?);
        let portal = Portal::start(config.clone()).await?;
        // A restarted portal listens on the same port.
        let address: SocketAddr = portal.url().trim_start_matches("http://").parse()?;
        config.listen = address;
        let interceptor =
            InterceptingProxy::start(address, planted_fault == Some(PlantedFault::PortalIgnoresKeys)).await?;
        let proxy = toxiproxy.create_proxy(name, interceptor.address()).await?;
        let launch_options = LaunchOptions {
            program: program.to_owned(),
            data: folder.path().join("phone"),
            clock: folder.path().join("clock"),
            portal: proxy.address(),
            without_outbox: planted_fault == Some(PlantedFault::SendWithoutOutbox),
        };
        let environment = Self { folder, config, portal: Some(portal), launch_options, interceptor, proxy };
        environment.set_clock(0)?;
        Ok(environment)
    }

    /// Returns the phone's data folder.
    pub fn phone_data(&self) -> &Path {
        &self.launch_options.data
    }

    /// Returns the portal's data folder.
    pub fn portal_data(&self) -> PathBuf {
        self.folder.path().join("portal")
    }

    /// Returns the file that receives the phone's standard error.
    pub fn phone_log(&self) -> PathBuf {
        self.folder.path().join("phone.log")
    }

    /// Launches the phone.
    ///
    /// # Errors
    /// If it does not open.
    pub async fn launch_phone(&self) -> anyhow::Result<PhoneProcess> {
        PhoneProcess::launch(&self.launch_options, &self.phone_log()).await
    }

    /// Sets the phone's clock this many seconds ahead of the portal's.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn set_clock(&self, seconds: i64) -> anyhow::Result<()> {
        Ok(fs::write(&self.launch_options.clock, clock_offset(seconds)?)?)
    }

    /// Restarts the portal on the same data and port.
    ///
    /// # Errors
    /// If it does not start again.
    pub async fn restart_portal(&mut self) -> anyhow::Result<()> {
        if let Some(portal) = self.portal.take() {
            portal.stop().await;
        }
        let started_at = Instant::now();
        self.portal = Some(loop {
            match Portal::start(self.config.clone()).await {
                // A process being spawned by another run inherits this portal's files until it executes its own
                // program.
                Err(PortalError::Running(_)) if started_at.elapsed() < TIMEOUT => sleep(POLL_INTERVAL).await,
                started => break started?,
            }
        });
        Ok(())
    }

    /// Deletes the proxy and stops the portal.
    ///
    /// # Errors
    /// If toxiproxy does not respond.
    pub async fn stop(mut self) -> anyhow::Result<()> {
        self.proxy.delete().await?;
        if let Some(portal) = self.portal.take() {
            portal.stop().await;
        }
        Ok(())
    }
}
