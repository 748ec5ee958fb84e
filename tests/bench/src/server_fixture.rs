//! The real portal over loopback, for both sides of a measurement. Captcha and password hashing use their cheapest
//! settings, so that the portal's waiting is not measured.

use std::{
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    time::Duration,
};

use anyhow::Context;
use fos_bench_programs::Args;
use fos_portal::{Portal, PortalConfig, TlsFiles};
use fos_support::{
    certificates::Certificates,
    mailbox::Mailbox,
    proxy::{NetworkProxy, Traffic},
    seed::{self, MEMBER, PASSWORD, SeedMember},
};
use rusqlite::Connection;

use crate::services;

/// Longest wait for an e-mail.
const MAIL_TIMEOUT: Duration = Duration::from_secs(20);
/// Time without a byte after which connections count as idle.
const IDLE_TIME: Duration = Duration::from_millis(100);

/// Settings of a fixture.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FixtureConfig {
    /// True if the portal uses TLS and HTTP/2, as in production.
    pub tls: bool,
    /// Number of services; `None` for those of the committed seed.
    pub services: Option<usize>,
    /// True if clients know the config's key, and therefore fetch the config.
    pub config: bool,
}

/// A portal, its mailbox, and a proxy in front of it that counts the traffic.
pub struct ServerFixture {
    setup: FixtureConfig,
    portal: Portal,
    mailbox: Mailbox,
    seed: PathBuf,
    /// Proxy between the clients and the portal.
    pub proxy: NetworkProxy,
    /// Root certificate that clients trust, if the portal uses TLS.
    root: Option<PathBuf>,
    folder: tempfile::TempDir,
}

impl ServerFixture {
    /// Starts the portal, the mailbox and the proxy.
    ///
    /// # Errors
    /// Returns an error if one of them cannot be started.
    pub async fn start(setup: FixtureConfig) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir().context("creating the temporary folder")?;
        let mailbox = Mailbox::start().await.context("starting the mailbox")?;
        let mut config = PortalConfig::for_tests(folder.path().join("portal"), mailbox.addr());
        if let Some(count) = setup.services {
            let seed = folder.path().join("seed");
            services::write_seed(&config.seed, &seed, count)?;
            config.seed = seed;
        }
        let certificates = if setup.tls { Some(Certificates::generate(folder.path())?) } else { None };
        config.tls = certificates
            .as_ref()
            .map(|files| TlsFiles { certificate: files.certificate.clone(), key: files.key.clone() });
        let seed = config.seed.clone();
        let portal = Portal::start(config).await.context("starting the portal")?;
        let port = portal.url().rsplit(':').next().and_then(|port| port.parse().ok());
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port.context("the portal's port")?));
        let proxy = NetworkProxy::start(address, None).await.context("starting the proxy")?;
        let root = certificates.map(|certificates| certificates.root);
        Ok(Self { setup, portal, mailbox, seed, proxy, root, folder })
    }

    /// Returns the arguments for a client of this name, which has its own data folder.
    pub fn args_for(&self, client: &str) -> Args {
        let address = self.proxy.address();
        Args {
            // By its IP address: name resolution is the system's work, and neither side's.
            portal: format!("{}://{address}", if self.setup.tls { "https" } else { "http" }),
            key: if self.setup.config { self.portal.config_key() } else { String::new() },
            root: self.root.clone(),
            data: self.folder.path().join(client),
        }
    }

    /// Returns the number of HTTP/2 requests that the portal has received.
    pub fn request_count(&self) -> u64 {
        self.portal.http2_requests()
    }

    /// Waits until something was received and the connections are idle, then takes the traffic.
    ///
    /// Idle means a tenth of a second without a byte: a response over loopback takes less.
    pub async fn take_traffic_when_idle(&self) -> Traffic {
        let mut previous = Traffic::default();
        loop {
            tokio::time::sleep(IDLE_TIME).await;
            let current = self.proxy.traffic();
            if current.received > 0 && current == previous {
                return self.proxy.take_traffic();
            }
            previous = current;
        }
    }

    /// Returns the member who signs in.
    ///
    /// # Errors
    /// Returns an error if the seed has no such member.
    pub fn member(&self) -> anyhow::Result<SeedMember> {
        seed::member(&self.seed, MEMBER)
    }

    /// Waits for the member's next e-mail and returns the password in it.
    ///
    /// # Errors
    /// Returns an error if no e-mail arrives or it contains no password.
    pub async fn mailed_password(&self) -> anyhow::Result<String> {
        self.mailbox.next_password_for(self.member()?.email(), MAIL_TIMEOUT).await
    }

    /// Creates the member's account: password requested, received by e-mail, charter accepted, own password chosen.
    ///
    /// # Errors
    /// Returns an error if a step fails.
    pub async fn create_account(&self) -> anyhow::Result<()> {
        let client = self.args_for("account").open_client()?;
        client.first_access(&self.member()?, self.mailed_password(), PASSWORD).await?;
        client.sign_out().await.context("signing out")?;
        drop(client);
        self.proxy.take_traffic();
        Ok(())
    }

    /// Returns the portal's data folder.
    pub fn portal_data_folder(&self) -> PathBuf {
        self.folder.path().join("portal")
    }

    /// Returns the number of the member's n-th request, counted from 1.
    pub fn request_number(number: u32) -> String {
        format!("2026-{number:06}")
    }

    /// Inserts `count` filed requests of the member into the portal's database. Filing them through the API would take
    /// minutes, each with its receipt.
    ///
    /// # Errors
    /// Returns an error if the database rejects them.
    pub fn insert_requests(&self, count: u32) -> anyhow::Result<()> {
        let mut database = Connection::open(self.portal_data_folder().join("portal.sqlite"))?;
        let transaction = database.transaction()?;
        for number in 1..=count {
            transaction
                .prepare_cached(
                    "INSERT INTO requests
                 (id, number, ppr, service, version, state, field_values, filed_at, due_by, change_seq, changed_at)
                 VALUES (?1, ?2, ?3, 'hajj-grant', 1, 'filed', '{}', ?4, '2026-12-31', ?5, ?4)",
                )?
                .execute((
                    format!("{number:032x}"),
                    Self::request_number(number),
                    MEMBER,
                    1_790_000_000 + number,
                    number,
                ))?;
        }
        Ok(transaction.commit()?)
    }

    /// Shuts the portal down.
    pub async fn stop(self) {
        self.portal.stop().await;
    }
}
