//! What surrounds a face: a portal of its own, the foundation's desk, the mail it sends, the time, the road to it.

mod happen;
pub mod tls;

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use anyhow::{Context, bail, ensure};
use fos_portal::{
    Portal, PortalConfig, SettableClock,
    mailbox::{Mail, Mailbox},
};

use crate::{
    journey::Account,
    on_file,
    other_phone::{Given, OtherPhone},
    road::Road,
};
pub(crate) use happen::FIXTURES;
use tls::Certificates;

/// How long a mail may take from its cause to the mailbox, on a slow machine.
const MAIL: Duration = Duration::from_secs(20);

/// When every journey begins: the statuses of the services, written in dates, are the same each time.
pub(crate) const BEGINNING: &str = "2026-11-24T09:00:00Z";

/// The member whose letter proves that no other was sent before it: the portal's seed names them.
const WITNESS: &str = "0345678";

/// A portal and a mailbox that only one journey uses, and the road to the portal.
pub struct World {
    config: PortalConfig,
    clock: Arc<SettableClock>,
    config_key: String,
    /// Absent while it is stopped.
    portal: Option<Portal>,
    mail_at: SocketAddr,
    /// Absent while it is down.
    mailbox: Option<Mailbox>,
    road: Road,
    phone_is_off_by: i64,
    /// What the desk's last command printed.
    desk_said: String,
    /// Another phone on which the member is signed in, and how the portal calls its session.
    elsewhere: Option<(OtherPhone, String)>,
    certificates: Option<Certificates>,
    /// Requests over HTTP/2 that were not the journey's own.
    http2_before: u64,
    folder: tempfile::TempDir,
}

impl World {
    /// Starts everything, empty, but for those who have an account; `tls`: the portal speaks TLS.
    ///
    /// # Errors
    /// When something cannot be started.
    pub async fn begin(tls: bool, accounts: &[Account]) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir().context("making the journey's folder")?;
        let mailbox = Mailbox::start().await.context("starting the mailbox")?;
        let clock = Arc::new(SettableClock::new(BEGINNING.parse().context("the beginning")?));
        let certificates = if tls { Some(Certificates::make(folder.path())?) } else { None };
        let mut config = PortalConfig::for_tests(folder.path().join("portal"), mailbox.addr());
        config.clock = clock.clone();
        config.tls = certificates.as_ref().map(Certificates::of_the_portal);
        let portal = Portal::start(config.clone()).await.context("starting the portal")?;
        // It comes back where it was.
        config.listen = address_of(&portal)?;
        let impostor = if tls { Some(tls::impostor()?) } else { None };
        let road = Road::open(config.listen, impostor).await.context("opening the road")?;
        let mut world = Self {
            config,
            clock,
            config_key: portal.config_key(),
            portal: Some(portal),
            mail_at: mailbox.addr(),
            mailbox: Some(mailbox),
            road,
            phone_is_off_by: 0,
            desk_said: String::new(),
            elsewhere: None,
            certificates,
            http2_before: 0,
            folder,
        };
        world.set_phone_clock()?;
        for account in accounts {
            let opened = world.open_account(account).await;
            opened.with_context(|| format!("giving {} an account", account.ppr))?;
        }
        world.http2_before = world.http2_requests();
        Ok(world)
    }

    /// Where the phone finds the portal.
    pub fn portal(&self) -> String {
        self.url(self.road.address())
    }

    /// The key with which the portal signs its config.
    pub fn config_key(&self) -> &str {
        &self.config_key
    }

    /// The root that a phone must trust, in a journey over TLS.
    pub fn root(&self) -> Option<&Path> {
        self.certificates.as_ref().map(|made| made.root.as_path())
    }

    fn url(&self, address: SocketAddr) -> String {
        match self.certificates {
            Some(_) => format!("https://localhost:{}", address.port()),
            None => format!("http://{address}"),
        }
    }

    fn http2_requests(&self) -> u64 {
        self.portal.as_ref().map_or(0, Portal::http2_requests)
    }

    /// Proves that the phone spoke HTTP/2, where the portal offers it.
    ///
    /// # Errors
    /// When it did not.
    pub fn spoke_http2(&self) -> anyhow::Result<()> {
        let spoke = self.certificates.is_none() || self.http2_requests() > self.http2_before;
        ensure!(spoke, "no request came over HTTP/2");
        Ok(())
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
    async fn open_account(&self, account: &Account) -> anyhow::Result<()> {
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
        let given = Given {
            portal: self.url(self.config.listen),
            key: self.config_key.clone(),
            root: self.root().map(Path::to_path_buf),
            clock: Some(self.phone_clock()),
        };
        OtherPhone::switch_on(&data, given)
    }

    /// The next mail, whoever it is for.
    ///
    /// # Errors
    /// When none comes.
    pub async fn next_mail(&self) -> anyhow::Result<Mail> {
        let mailbox = self.mailbox.as_ref().context("the mail server is down")?;
        mailbox.next(MAIL).await.with_context(|| format!("no mail within {} s", MAIL.as_secs()))
    }

    /// Waits until another mail arrives; for ever while the mail server is down.
    pub async fn mail_arrives(&self) {
        match &self.mailbox {
            Some(mailbox) => while mailbox.next(MAIL).await.is_none() {},
            None => std::future::pending().await,
        }
    }

    /// All mail that the mail server has taken since it is up, the oldest first.
    pub fn mails(&self) -> Vec<Mail> {
        self.mailbox.as_ref().map(Mailbox::messages).unwrap_or_default()
    }

    /// Time goes by for the portal; the phone's own clock goes by itself.
    pub fn passes(&self, time: Duration) {
        // A span of more than the clock can hold leaves it where it is.
        self.clock.advance(jiff::SignedDuration::try_from(time).unwrap_or_default());
    }

    /// The folder of what the portal began with.
    pub fn seed(&self) -> &Path {
        &self.config.seed
    }

    /// What the desk's last command printed.
    pub fn desk_said(&self) -> &str {
        &self.desk_said
    }

    /// Whether the portal runs.
    pub fn portal_runs(&self) -> bool {
        self.portal.is_some()
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
