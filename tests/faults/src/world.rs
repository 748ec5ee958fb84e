//! Where a run takes place: a portal and a phone whose member has an account, copied from one that was made once.

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use anyhow::{Context, ensure};
use fos_journeys::{
    on_file,
    other_phone::{Given, OtherPhone},
};
use fos_portal::{Portal, PortalConfig, PortalError, SettableClock, mailbox::Mailbox};
use jiff::Timestamp;
use tempfile::TempDir;
use tokio::time::{Instant, sleep};

use crate::{
    MEMBER, PASSWORD,
    papers::SERVICES,
    phone::{Phone, Switch},
    porter::Porter,
    toxiproxy::{Line, Toxiproxy},
};

/// When all of it happens: the hajj grant closes a week later.
const BEGINS: &str = "2026-11-24T09:00:00Z";
/// How long the mailed password may take, or a portal to start again; and how often is looked.
const PATIENCE: Duration = Duration::from_mins(1);
const LOOK: Duration = Duration::from_millis(5);

/// What every run begins with.
pub struct Prepared {
    folder: TempDir,
    mailbox: Mailbox,
}

impl Prepared {
    /// A member asks for a password, signs in, and opens each form once.
    ///
    /// # Errors
    /// When that cannot be done.
    pub async fn make() -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let mailbox = Mailbox::start().await?;
        let config = portal_config(folder.path(), &mailbox, clock()?);
        let member = on_file::named(&config.seed, MEMBER)?;
        let portal = Portal::start(config).await?;
        let data = folder.path().join("phone");
        fs::create_dir_all(&data)?;
        let by = folder.path().join("clock");
        fs::write(&by, off_by(0)?)?;
        let given = Given { portal: portal.url(), clock: Some(by), ..Given::default() };
        let phone = OtherPhone::switch_on(&data, given)?;
        phone.ask_for_password(&member).await?;
        let mail = mailbox.next(PATIENCE).await.context("no mail came")?;
        phone.sign_in(MEMBER, &mail.password().context("no password in the mail")?).await?;
        phone.accept_charter().await?;
        phone.choose_password(PASSWORD).await?;
        phone.look_at_services().await?;
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

fn clock() -> anyhow::Result<Timestamp> {
    Ok(BEGINS.parse()?)
}

/// What the clock's file says so that the phone is so many seconds ahead of the portal.
fn off_by(seconds: i64) -> anyhow::Result<String> {
    Ok((clock()?.as_second() - Timestamp::now().as_second() + seconds).to_string())
}

fn portal_config(folder: &Path, mailbox: &Mailbox, now: Timestamp) -> PortalConfig {
    let mut config = PortalConfig::for_tests(folder.join("portal"), mailbox.addr());
    config.clock = Arc::new(SettableClock::new(now));
    config
}

/// A fault of ours, planted to be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plant {
    /// The portal takes every key for a new one.
    BlindPortal,
    /// The phone sends without an outbox.
    WithoutOutbox,
}

/// One run's world.
pub struct World {
    folder: TempDir,
    config: PortalConfig,
    portal: Option<Portal>,
    switch: Switch,
    /// Before the portal.
    pub porter: Porter,
    /// Before the porter.
    pub line: Line,
}

impl World {
    /// Begins one.
    ///
    /// # Errors
    /// When something does not start.
    pub async fn begin(
        prepared: &Prepared,
        toxiproxy: &Toxiproxy,
        name: &str,
        program: &Path,
        plant: Option<Plant>,
    ) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        on_file::copy(prepared.folder.path(), folder.path())?;
        let mut config = portal_config(folder.path(), &prepared.mailbox, clock()?);
        let portal = Portal::start(config.clone()).await?;
        // The port stays its own, however often it is started again.
        let address: SocketAddr = portal.url().trim_start_matches("http://").parse()?;
        config.listen = address;
        let porter = Porter::open(address, plant == Some(Plant::BlindPortal)).await?;
        let line = toxiproxy.line(name, porter.address()).await?;
        let switch = Switch {
            program: program.to_owned(),
            data: folder.path().join("phone"),
            clock: folder.path().join("clock"),
            portal: line.address(),
            without_outbox: plant == Some(Plant::WithoutOutbox),
        };
        let world = Self { folder, config, portal: Some(portal), switch, porter, line };
        world.set_clock(0)?;
        Ok(world)
    }

    /// The phone's folder.
    pub fn phone_data(&self) -> &Path {
        &self.switch.data
    }

    /// The portal's folder.
    pub fn portal_data(&self) -> PathBuf {
        self.folder.path().join("portal")
    }

    /// What the phone wrote to its standard error.
    pub fn phone_log(&self) -> PathBuf {
        self.folder.path().join("phone.log")
    }

    /// Switches the phone on.
    ///
    /// # Errors
    /// When it does not open.
    pub async fn switch_on(&self) -> anyhow::Result<Phone> {
        Phone::switch_on(&self.switch, &self.phone_log()).await
    }

    /// The phone's clock is off by so many seconds.
    ///
    /// # Errors
    /// When that cannot be written.
    pub fn set_clock(&self, seconds: i64) -> anyhow::Result<()> {
        Ok(fs::write(&self.switch.clock, off_by(seconds)?)?)
    }

    /// The portal is stopped and started again, on the same data and the same port.
    ///
    /// # Errors
    /// When it does not start again.
    pub async fn restart_portal(&mut self) -> anyhow::Result<()> {
        if let Some(portal) = self.portal.take() {
            portal.stop().await;
        }
        let begun = Instant::now();
        self.portal = Some(loop {
            match Portal::start(self.config.clone()).await {
                // A process that another run starts holds this one's files open until it is on its own.
                Err(PortalError::Running(_)) if begun.elapsed() < PATIENCE => sleep(LOOK).await,
                started => break started?,
            }
        });
        Ok(())
    }

    /// Takes it down.
    ///
    /// # Errors
    /// When toxiproxy does not answer.
    pub async fn end(mut self) -> anyhow::Result<()> {
        self.line.close().await?;
        if let Some(portal) = self.portal.take() {
            portal.stop().await;
        }
        Ok(())
    }
}
