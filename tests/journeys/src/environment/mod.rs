//! Test environment of one journey: a portal, its clock and mailbox, the operator's commands, a second device, and
//! the network proxy in front of the portal.

mod changes;

use std::{
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use anyhow::{Context, bail, ensure};
use fos_portal::{Portal, PortalConfig, SettableClock, TlsFiles};
use fos_support::{
    certificates::{self, Certificates},
    headless_client::{ClientConfig, HeadlessClient},
    mailbox::{Mail, Mailbox},
    proxy::NetworkProxy,
    seed::{self, RETIREE, START_TIME},
};
use rusqlite::{Connection, OpenFlags};

use crate::{
    journey::Account,
    logs::{LogSearch, TextKind},
};
pub(crate) use changes::FIXTURES;

/// Longest time from the cause of a mail to its arrival in the mailbox, on a slow machine.
const MAIL_TIMEOUT: Duration = Duration::from_secs(20);

/// Member of the portal's seed who requests a password to prove that no other mail was sent before theirs.
const CONTROL_MEMBER: &str = RETIREE;

/// Clock of the phone, in seconds ahead of this machine's.
#[derive(Default)]
struct PhoneClock {
    ahead: i64,
    /// Those of them that passed, also by the clock that nobody can set.
    passed: i64,
}

/// Portal and mailbox of a single journey, and the proxy between the phone and the portal.
pub struct TestEnvironment {
    config: PortalConfig,
    clock: Arc<SettableClock>,
    config_key: String,
    /// `None` while the portal is stopped.
    portal: Option<Portal>,
    mail_address: SocketAddr,
    /// `None` while the mail server is down.
    mailbox: Option<Mailbox>,
    proxy: NetworkProxy,
    phone_clock: PhoneClock,
    /// Output of the last operator command.
    admin_output: String,
    /// Client of the second device, and the portal's id of its session.
    second_device: Option<(HeadlessClient, String)>,
    certificates: Option<Certificates>,
    /// HTTP/2 requests made before the journey began, which do not count for [`Self::check_http2_used`].
    http2_baseline: u64,
    log_search: LogSearch,
    folder: tempfile::TempDir,
}

impl TestEnvironment {
    /// Starts the portal, mailbox and proxy with an empty database, and creates these accounts. With `tls` the portal
    /// speaks TLS and HTTP/2.
    ///
    /// # Errors
    /// If something cannot be started or an account cannot be created.
    pub async fn start(tls: bool, accounts: &[Account]) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir().context("making the journey's folder")?;
        let mailbox = Mailbox::start().await.context("starting the mailbox")?;
        let clock = Arc::new(SettableClock::new(START_TIME.parse().context("parsing the start time")?));
        let certificates = if tls { Some(Certificates::generate(folder.path())?) } else { None };
        let mut config = PortalConfig::for_tests(folder.path().join("portal"), mailbox.addr());
        config.clock = clock.clone();
        config.tls = certificates
            .as_ref()
            .map(|files| TlsFiles { certificate: files.certificate.clone(), key: files.key.clone() });
        let mut log_search = LogSearch::begin(&config.seed)?;
        for account in accounts {
            log_search.add(TextKind::Password, &account.password);
        }
        let portal = Portal::start(config.clone()).await.context("starting the portal")?;
        // A restarted portal listens on the same port.
        config.listen = address_of(&portal)?;
        let impostor = if tls { Some(certificates::impostor_acceptor()?) } else { None };
        let proxy =
            NetworkProxy::start(config.listen, impostor).await.context("starting the network proxy")?;
        let mut environment = Self {
            config,
            clock,
            config_key: portal.config_key(),
            portal: Some(portal),
            mail_address: mailbox.addr(),
            mailbox: Some(mailbox),
            proxy,
            phone_clock: PhoneClock::default(),
            admin_output: String::new(),
            second_device: None,
            certificates,
            http2_baseline: 0,
            log_search,
            folder,
        };
        environment.set_phone_clock()?;
        for account in accounts {
            let created = environment.create_account(account).await;
            created.with_context(|| format!("creating the account of {}", account.ppr))?;
        }
        environment.http2_baseline = environment.http2_requests();
        Ok(environment)
    }

    /// Returns the URL at which the phone reaches the portal: the proxy's.
    pub fn portal_url(&self) -> String {
        self.url_at(self.proxy.address())
    }

    /// Returns the public key that the portal signs its config with.
    pub fn config_key(&self) -> &str {
        &self.config_key
    }

    /// Returns the root certificate that the phone must trust, in a journey over TLS.
    pub fn extra_root(&self) -> Option<&Path> {
        self.certificates.as_ref().map(|certificates| certificates.root.as_path())
    }

    fn url_at(&self, address: SocketAddr) -> String {
        match self.certificates {
            Some(_) => format!("https://localhost:{}", address.port()),
            None => format!("http://{address}"),
        }
    }

    fn http2_requests(&self) -> u64 {
        self.portal.as_ref().map_or(0, Portal::http2_requests)
    }

    /// Checks that the phone used HTTP/2, if the portal offers it.
    ///
    /// # Errors
    /// If no request came over HTTP/2.
    pub fn check_http2_used(&self) -> anyhow::Result<()> {
        let used = self.certificates.is_none() || self.http2_requests() > self.http2_baseline;
        ensure!(used, "no request came over HTTP/2");
        Ok(())
    }

    /// Returns the proxy between the phone and the portal.
    pub fn proxy(&self) -> &NetworkProxy {
        &self.proxy
    }

    /// Returns the temporary folder of this journey.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Returns the path of the file that holds the offset of the phone's clock, in seconds.
    pub fn clock_offset_file(&self) -> PathBuf {
        self.folder().join("phone-clock")
    }

    /// Creates the member's account over a headless client: password requested and received, charter accepted, own
    /// password set. Leaves nothing on the journey's phone.
    async fn create_account(&self, account: &Account) -> anyhow::Result<()> {
        let Account { ppr, password } = account;
        let member = seed::member(&self.config.seed, ppr)?;
        let client = self.headless_client(&format!("account-{ppr}"))?;
        client.first_access(&member, self.next_password_for(member.email()), password).await?;
        client.sign_out().await.context("signing out")
    }

    /// Opens a client beside the journey's phone; it reaches the portal without the proxy.
    fn headless_client(&self, name: &str) -> anyhow::Result<HeadlessClient> {
        let config = ClientConfig {
            portal_url: self.url_at(self.config.listen),
            config_key: self.config_key.clone(),
            extra_root: self.extra_root().map(Path::to_path_buf),
            clock_offset_file: Some(self.clock_offset_file()),
        };
        HeadlessClient::open(&self.folder().join(name), config)
    }

    /// Waits for the next mail to any address.
    ///
    /// # Errors
    /// If no mail arrives in time.
    pub async fn next_mail(&self) -> anyhow::Result<Mail> {
        let mailbox = self.mailbox.as_ref().context("the mail server is down")?;
        mailbox
            .next(MAIL_TIMEOUT)
            .await
            .with_context(|| format!("no mail within {} s", MAIL_TIMEOUT.as_secs()))
    }

    /// Waits until another mail arrives. Never returns while the mail server is down.
    pub async fn wait_for_mail(&self) {
        match &self.mailbox {
            Some(mailbox) => while mailbox.next(MAIL_TIMEOUT).await.is_none() {},
            None => std::future::pending().await,
        }
    }

    /// Returns all mail received since the mail server was last started, oldest first.
    pub fn received_mail(&self) -> Vec<Mail> {
        self.mailbox.as_ref().map(Mailbox::messages).unwrap_or_default()
    }

    /// Advances the portal's clock. The phone's clock runs by itself.
    pub fn advance_clock(&self, time: Duration) {
        // A duration beyond the clock's range leaves the clock unchanged.
        self.clock.advance(jiff::SignedDuration::try_from(time).unwrap_or_default());
    }

    /// Returns the seed folder that the portal was started with.
    pub fn seed(&self) -> &Path {
        &self.config.seed
    }

    /// Returns the search of the logs, to add texts that no line may contain.
    pub fn log_search(&mut self) -> &mut LogSearch {
        &mut self.log_search
    }

    /// Adds the passwords mailed and the requests' numbers to the search of the logs, and returns it.
    ///
    /// # Errors
    /// If the portal's database cannot be read.
    pub fn completed_log_search(&self) -> anyhow::Result<LogSearch> {
        let mut search = self.log_search.clone();
        for password in self.received_mail().iter().filter_map(Mail::password) {
            search.add(TextKind::Password, &password);
        }
        let database = self.portal_database()?;
        let mut numbers = database.prepare("SELECT number FROM requests")?;
        for number in numbers.query_map([], |row| row.get::<_, String>(0))? {
            search.add(TextKind::RequestNumber, &number?);
        }
        Ok(search)
    }

    /// Returns the service of each request that the portal has on file.
    ///
    /// # Errors
    /// If the portal's database cannot be read.
    pub(crate) fn filed_services(&self) -> anyhow::Result<Vec<String>> {
        let database = self.portal_database()?;
        let mut requests = database.prepare("SELECT service FROM requests")?;
        let services = requests.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(services)
    }

    fn portal_database(&self) -> anyhow::Result<Connection> {
        let database = self.config.data.join("portal.sqlite");
        Ok(Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY)?)
    }

    /// Returns the output of the last operator command.
    pub fn admin_output(&self) -> &str {
        &self.admin_output
    }

    /// Returns true while the portal is running.
    pub fn is_portal_running(&self) -> bool {
        self.portal.is_some()
    }

    /// Waits for the next mail and returns the password in it.
    ///
    /// # Errors
    /// If no mail arrives in time, it goes to another address, or it contains no password.
    pub async fn next_password_for(&self, address: &str) -> anyhow::Result<String> {
        let mailbox = self.mailbox.as_ref().context("the mail server is down")?;
        mailbox.next_password_for(address, MAIL_TIMEOUT).await
    }

    /// Checks that no mail but notices about an account was sent, without waiting for a timeout: the portal delivers mail in order, so a control
    /// member requests a password and their mail must be the next to arrive.
    ///
    /// # Errors
    /// If a mail to another address arrives first.
    pub async fn expect_no_mail(&self) -> anyhow::Result<()> {
        let control = seed::member(&self.config.seed, CONTROL_MEMBER)?;
        let client = self.headless_client("control")?;
        client.request_password(&control).await.context("requesting the control member's password")?;
        let mailbox = self.mailbox.as_ref().context("the mail server is down")?;
        let mail = mailbox.next_beside_notices(MAIL_TIMEOUT).await;
        let mail = mail.context("waiting for the control member's mail")?;
        if mail.to != control.emails {
            bail!("a mail was sent to {}", mail.to.join(", "));
        }
        Ok(())
    }

    /// Stops the portal gracefully.
    pub async fn stop(self) {
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
