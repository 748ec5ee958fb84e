//! What surrounds a face: a portal of its own, the foundation's desk, the mail it sends, the time, the road to it.

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use anyhow::{Context, bail, ensure};
use fos_core::FosError;
use fos_portal::{
    Portal, PortalConfig, SettableClock,
    mailbox::{Mail, Mailbox},
};
use jiff::SignedDuration;

use crate::{
    journey::{Account, Around, Runs},
    on_file,
    other_phone::OtherPhone,
    road::Road,
};

/// How long a mail may take from its cause to the mailbox, on a slow machine.
const MAIL: Duration = Duration::from_secs(20);

/// When every journey begins: the statuses of the services, written in dates, are the same each time.
const BEGINNING: &str = "2026-11-24T09:00:00Z";

/// The member whose letter proves that no other was sent before it: the portal's seed names them.
const WITNESS: &str = "0345678";

/// A portal and a mailbox that only one journey uses, and the road to the portal.
pub struct World {
    config: PortalConfig,
    clock: Arc<SettableClock>,
    /// Absent while it is stopped.
    portal: Option<Portal>,
    mail_at: SocketAddr,
    /// Absent while it is down.
    mailbox: Option<Mailbox>,
    road: Road,
    phone_is_off_by: i64,
    /// What the desk's last command printed.
    desk_said: String,
    elsewhere: Option<OtherPhone>,
    folder: tempfile::TempDir,
}

impl World {
    /// Starts everything, empty.
    ///
    /// # Errors
    /// When something cannot be started.
    pub async fn begin() -> anyhow::Result<Self> {
        let folder = tempfile::tempdir().context("making the journey's folder")?;
        let mailbox = Mailbox::start().await.context("starting the mailbox")?;
        let clock = Arc::new(SettableClock::new(BEGINNING.parse().context("the beginning")?));
        let mut config = PortalConfig::for_tests(folder.path().join("portal"), mailbox.addr());
        config.clock = clock.clone();
        let portal = Portal::start(config.clone()).await.context("starting the portal")?;
        // It comes back where it was.
        config.listen = address_of(&portal)?;
        let road = Road::open(config.listen, None).await.context("opening the road")?;
        let world = Self {
            config,
            clock,
            portal: Some(portal),
            mail_at: mailbox.addr(),
            mailbox: Some(mailbox),
            road,
            phone_is_off_by: 0,
            desk_said: String::new(),
            elsewhere: None,
            folder,
        };
        world.set_phone_clock()?;
        Ok(world)
    }

    /// Where the phone finds the portal.
    pub fn portal(&self) -> String {
        format!("http://{}", self.road.address())
    }

    /// The road between them.
    pub fn road(&self) -> &Road {
        &self.road
    }

    /// The folder of this journey.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The file that says by how many seconds the phone's clock is off.
    pub fn phone_clock(&self) -> PathBuf {
        self.folder().join("phone-clock")
    }

    /// Gives this member an account: asked for, received, accepted, and a password of their own. Nothing of it stays
    /// on the journey's phone.
    ///
    /// # Errors
    /// When something on the way fails.
    pub async fn open_account(&self, account: &Account) -> anyhow::Result<()> {
        let Account { ppr, password } = account;
        let member = on_file::named(&self.config.seed, ppr)?;
        let address = member.emails.first().with_context(|| format!("{ppr} has no address on file"))?;
        let phone = self.other_phone(&format!("account-{ppr}"))?;
        phone.ask_for_password(&member).await.context("asking for a password")?;
        let mailed = self.password_for(address).await?;
        phone.sign_in(ppr, &mailed).await.context("signing in")?;
        phone.accept_charter().await.context("accepting the charter")?;
        phone.choose_password(password).await.context("choosing a password")?;
        phone.sign_out().await.context("signing out")
    }

    /// A phone beside the journey's own, which needs no road.
    fn other_phone(&self, name: &str) -> anyhow::Result<OtherPhone> {
        let data = self.folder().join(name);
        fs::create_dir_all(&data).with_context(|| format!("making {}", data.display()))?;
        OtherPhone::switch_on(&data, &format!("http://{}", self.config.listen))
    }

    /// The next mail, whoever it is for.
    ///
    /// # Errors
    /// When none comes.
    pub async fn next_mail(&self) -> anyhow::Result<Mail> {
        let mailbox = self.mailbox.as_ref().context("the mail server is down")?;
        mailbox.next(MAIL).await.with_context(|| format!("no mail within {} s", MAIL.as_secs()))
    }

    /// The password that the next mail brings to this address.
    ///
    /// # Errors
    /// When none comes, it goes to somebody else, or it has no password.
    pub async fn password_for(&self, address: &str) -> anyhow::Result<String> {
        let mail = self.next_mail().await?;
        ensure!(mail.to == [address], "the mail went to {}", mail.to.join(", "));
        mail.password().context("the mail has no line that is a password")
    }

    /// Proves that nothing was sent, without waiting for what does not come: the portal's letters leave in order, so
    /// another member asks for a password, and theirs is the first to arrive.
    ///
    /// # Errors
    /// When a mail to somebody else comes first.
    pub async fn no_mail(&self) -> anyhow::Result<()> {
        let witness = on_file::named(&self.config.seed, WITNESS)?;
        let asking = self.other_phone("witness")?;
        asking.ask_for_password(&witness).await.context("the witness asks for a password")?;
        let mail = self.next_mail().await.context("the witness's own mail")?;
        if mail.to != witness.emails {
            bail!("a mail was sent to {}", mail.to.join(", "));
        }
        Ok(())
    }

    /// Lets something happen around the phone.
    ///
    /// # Errors
    /// When it cannot happen.
    pub async fn let_happen(&mut self, around: &Around) -> anyhow::Result<()> {
        match around {
            Around::Operator(words) => Self::operate(words),
            Around::Answered(text) => {
                ensure!(self.desk_said.contains(text), "the desk's command printed:\n{}", self.desk_said);
                Ok(())
            }
            Around::Network(condition) => {
                self.road.becomes(*condition);
                Ok(())
            }
            Around::Portal(Runs::No) => {
                self.portal.take().context("the portal is stopped already")?.stop().await;
                Ok(())
            }
            Around::Portal(Runs::Yes) => {
                ensure!(self.portal.is_none(), "the portal runs already");
                let portal = Portal::start(self.config.clone()).await.context("starting the portal again")?;
                self.portal = Some(portal);
                Ok(())
            }
            Around::MailServer(runs) => self.mail_server(*runs).await,
            Around::Clock(seconds) => {
                self.clock.advance(SignedDuration::from_secs(*seconds));
                self.move_phone_clock(*seconds)
            }
            Around::PhoneClock(seconds) => self.move_phone_clock(*seconds),
            Around::Elsewhere(ppr, password) => self.sign_in_elsewhere(ppr, password).await,
            Around::ElsewhereEnded => self.elsewhere_ended().await,
        }
    }

    fn operate(words: &[String]) -> anyhow::Result<()> {
        bail!("the portal has no desk for: {}", words.join(" "))
    }

    async fn mail_server(&mut self, runs: Runs) -> anyhow::Result<()> {
        if runs == Runs::No {
            self.mailbox.take().context("the mail server is down already")?;
            return Ok(());
        }
        ensure!(self.mailbox.is_none(), "the mail server is up already");
        // The one that was there lets go of its port as soon as its task has ended.
        for _ in 0..100 {
            if let Ok(mailbox) = Mailbox::start_at(self.mail_at).await {
                self.mailbox = Some(mailbox);
                return Ok(());
            }
            tokio::task::yield_now().await;
        }
        bail!("the mail server's port {} is taken", self.mail_at)
    }

    fn move_phone_clock(&mut self, seconds: i64) -> anyhow::Result<()> {
        self.phone_is_off_by += seconds;
        self.set_phone_clock()
    }

    /// Whole or not at all: the core may be looking.
    fn set_phone_clock(&self) -> anyhow::Result<()> {
        let (file, unfinished) = (self.phone_clock(), self.folder().join("phone-clock.part"));
        fs::write(&unfinished, self.phone_is_off_by.to_string()).context("setting the phone's clock")?;
        fs::rename(unfinished, file).context("setting the phone's clock")
    }

    async fn sign_in_elsewhere(&mut self, ppr: &str, password: &str) -> anyhow::Result<()> {
        let phone = self.other_phone("elsewhere")?;
        phone.sign_in(ppr, password).await.context("signing in elsewhere")?;
        self.elsewhere = Some(phone);
        Ok(())
    }

    async fn elsewhere_ended(&self) -> anyhow::Result<()> {
        let phone = self.elsewhere.as_ref().context("nobody signed in elsewhere")?;
        match phone.look_at_services().await {
            Err(FosError::SignInAgain { .. }) => Ok(()),
            Err(error) => bail!("the other phone is told: {error}"),
            Ok(()) => bail!("the other phone is still signed in"),
        }
    }

    /// Stops the portal in good order.
    pub async fn end(self) {
        if let Some(portal) = self.portal {
            portal.stop().await;
        }
    }
}

fn address_of(portal: &Portal) -> anyhow::Result<SocketAddr> {
    let url = portal.url();
    let port = url.rsplit(':').next().and_then(|port| port.parse().ok());
    Ok((Ipv4Addr::LOCALHOST, port.with_context(|| format!("no port in {url}"))?).into())
}
