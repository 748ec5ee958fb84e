//! Environment of a run: portal, proxies and phone, copied from the snapshot of an account that is created once.

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use anyhow::{Context, ensure};
use fos_portal::{Portal, PortalConfig, SettableClock};
use fos_support::{
    files::copy_folder,
    headless_client::{ClientConfig, HeadlessClient},
    mailbox::Mailbox,
    seed::{self, MEMBER, PASSWORD, START_TIME},
};
use jiff::Timestamp;
use tempfile::TempDir;

use crate::{
    form_data::SERVICES,
    intercepting_proxy::InterceptingProxy,
    phone_process::{LaunchOptions, PhoneProcess},
    portal_process::{PortalOptions, PortalProcess},
    toxiproxy::{Proxy, Toxiproxy},
};

/// Longest wait for the mailed password.
const TIMEOUT: Duration = Duration::from_mins(1);

/// Name of the file that receives the portal's standard error.
const PORTAL_LOG: &str = "portal.log";

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
        let mut config = PortalConfig::for_tests(folder.path().join("portal"), mailbox.addr());
        config.clock = Arc::new(SettableClock::new(clock()?));
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

/// Programs that a run starts.
#[derive(Debug, Clone)]
pub struct Programs {
    /// Program of the phone.
    pub phone: PathBuf,
    /// Program of the portal.
    pub portal: PathBuf,
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
    portal_options: PortalOptions,
    /// `None` while the process is dead.
    portal: Option<PortalProcess>,
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
        programs: &Programs,
        planted_fault: Option<PlantedFault>,
    ) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        copy_folder(snapshot.folder.path(), folder.path())?;
        let mut portal_options = PortalOptions {
            program: programs.portal.clone(),
            data: folder.path().join("portal"),
            mail: snapshot.mailbox.addr(),
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            now: START_TIME.to_owned(),
        };
        let portal = PortalProcess::start(&portal_options, &folder.path().join(PORTAL_LOG)).await?;
        let address = portal.address;
        // A restarted portal listens on the same port.
        portal_options.listen = address;
        let interceptor =
            InterceptingProxy::start(address, planted_fault == Some(PlantedFault::PortalIgnoresKeys)).await?;
        let proxy = toxiproxy.create_proxy(name, interceptor.address()).await?;
        let launch_options = LaunchOptions {
            program: programs.phone.clone(),
            data: folder.path().join("phone"),
            clock: folder.path().join("clock"),
            portal: proxy.address(),
            without_outbox: planted_fault == Some(PlantedFault::SendWithoutOutbox),
        };
        let environment =
            Self { folder, portal_options, portal: Some(portal), launch_options, interceptor, proxy };
        environment.set_clock(0)?;
        Ok(environment)
    }

    /// Returns the phone's data folder.
    pub fn phone_data(&self) -> &Path {
        &self.launch_options.data
    }

    /// Returns the portal's data folder.
    pub fn portal_data(&self) -> PathBuf {
        self.portal_options.data.clone()
    }

    /// Returns the file that receives the phone's standard error.
    pub fn phone_log(&self) -> PathBuf {
        self.folder.path().join("phone.log")
    }

    /// Returns the file that receives the portal's standard error.
    pub fn portal_log(&self) -> PathBuf {
        self.folder.path().join(PORTAL_LOG)
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

    /// Stops the portal in order, and starts it on the same data and port.
    ///
    /// # Errors
    /// If it does not stop in order or does not start again.
    pub async fn restart_portal(&mut self) -> anyhow::Result<()> {
        if let Some(portal) = self.portal.take() {
            portal.stop().await?;
        }
        self.start_portal().await
    }

    /// Kills the portal by `kill -9`, and starts it on the same data and port.
    ///
    /// # Errors
    /// If it does not start again.
    pub async fn kill_portal(&mut self) -> anyhow::Result<()> {
        if let Some(portal) = self.portal.take() {
            portal.kill().await?;
        }
        self.start_portal().await
    }

    async fn start_portal(&mut self) -> anyhow::Result<()> {
        self.portal = Some(PortalProcess::start(&self.portal_options, &self.portal_log()).await?);
        Ok(())
    }

    /// Limits the size of the portal's files, whose disk then is full; `None` removes the limit.
    ///
    /// # Errors
    /// If the portal has ended.
    pub async fn limit_portal_disk(&mut self, max_bytes: Option<u64>) -> anyhow::Result<()> {
        self.portal.as_mut().context("the portal is off")?.limit_file_size(max_bytes).await
    }

    /// Deletes the proxy and stops the portal.
    ///
    /// # Errors
    /// If toxiproxy does not respond.
    pub async fn stop(mut self) -> anyhow::Result<()> {
        self.proxy.delete().await?;
        if let Some(portal) = self.portal.take() {
            portal.stop().await?;
        }
        Ok(())
    }
}
