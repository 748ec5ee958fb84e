//! The portal that both sides speak to: the real one, over loopback, with the least work for captcha and passwords, so
//! that what is measured is not its waiting.

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    time::Duration,
};

use anyhow::{Context, ensure};
use fos_journeys::{
    environment::tls::Certificates,
    headless_client::{ClientConfig, HeadlessClient},
    seed::{SeedMember, member},
};
use fos_portal::{Portal, PortalConfig, mailbox::Mailbox};

use rusqlite::Connection;

use crate::{
    given::{Given, MEMBER, PASSWORD},
    seed,
    toll::Toll,
};

/// How long a mail may take.
const MAIL: Duration = Duration::from_secs(20);

/// How a stand is set up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Setup {
    /// The portal speaks TLS and HTTP/2, as in the member's world.
    pub tls: bool,
    /// As many services; otherwise those of the committed seed.
    pub services: Option<usize>,
    /// The app knows the key of the portal's config, and fetches it.
    pub config: bool,
}

/// A portal, its mail, and the toll on the way to it.
pub struct Stand {
    setup: Setup,
    portal: Portal,
    mailbox: Mailbox,
    seed: PathBuf,
    /// On the way from the phone.
    pub toll: Toll,
    /// The root that phones trust, where the portal speaks TLS.
    root: Option<PathBuf>,
    folder: tempfile::TempDir,
}

impl Stand {
    /// Starts it.
    ///
    /// # Errors
    /// When something cannot be started.
    pub async fn begin(setup: Setup) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir().context("making the stand's folder")?;
        let mailbox = Mailbox::start().await.context("starting the mailbox")?;
        let mut config = PortalConfig::for_tests(folder.path().join("portal"), mailbox.addr());
        if let Some(many) = setup.services {
            let seed = folder.path().join("seed");
            seed::with_services(&config.seed, &seed, many)?;
            config.seed = seed;
        }
        let certificates = if setup.tls { Some(Certificates::generate(folder.path())?) } else { None };
        config.tls = certificates.as_ref().map(Certificates::portal_files);
        let seed = config.seed.clone();
        let portal = Portal::start(config).await.context("starting the portal")?;
        let port = portal.url().rsplit(':').next().and_then(|port| port.parse().ok());
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port.context("the portal's port")?));
        let toll = Toll::open(address).await.context("opening the way to the portal")?;
        let root = certificates.map(|made| made.root);
        Ok(Self { setup, portal, mailbox, seed, toll, root, folder })
    }

    /// What a phone of this name is told.
    pub fn given(&self, phone: &str) -> Given {
        let address = self.toll.address();
        Given {
            // By its number: looking up a name is the system's work, and neither side's.
            portal: format!("{}://{address}", if self.setup.tls { "https" } else { "http" }),
            key: if self.setup.config { self.portal.config_key() } else { String::new() },
            root: self.root.clone(),
            data: self.folder.path().join(phone),
        }
    }

    /// How many calls the portal has had over HTTP/2.
    pub fn calls(&self) -> u64 {
        self.portal.http2_requests()
    }

    /// The password that the next mail brings.
    ///
    /// # Errors
    /// When none comes, or it has no password.
    pub async fn mailed_password(&self) -> anyhow::Result<String> {
        let mail = self.mailbox.next(MAIL).await.context("no mail came")?;
        mail.password().context("the mail has no line that is a password")
    }

    /// Gives the member an account: asked for, received, accepted, and a password of their own.
    ///
    /// # Errors
    /// When a step of it fails.
    pub async fn open_account(&self) -> anyhow::Result<()> {
        let given = self.given("account");
        let phone = phone(&given)?;
        phone.request_password(&self.member()?).await.context("asking for a password")?;
        let mailed = self.mailed_password().await?;
        phone.sign_in(MEMBER, &mailed).await.context("signing in")?;
        phone.accept_charter().await.context("accepting the charter")?;
        phone.set_password(PASSWORD).await.context("choosing a password")?;
        phone.sign_out().await.context("signing out")?;
        drop(phone);
        self.toll.take();
        Ok(())
    }

    /// Where the portal keeps its data.
    pub fn portal_folder(&self) -> PathBuf {
        self.folder.path().join("portal")
    }

    /// The number of the member's request that was filed in this place, from 1.
    pub fn number(place: u32) -> String {
        format!("2026-{place:06}")
    }

    /// Puts so many requests of the member's on file, as if filed one after another: by themselves they would take
    /// minutes, each with its receipt.
    ///
    /// # Errors
    /// When the portal's file does not take them.
    pub fn file_requests(&self, many: u32) -> anyhow::Result<()> {
        let mut file = Connection::open(self.portal_folder().join("portal.sqlite"))?;
        let all = file.transaction()?;
        for place in 1..=many {
            all.prepare_cached(
                "INSERT INTO requests
                 (id, number, ppr, service, version, state, filled, filed_at, due_by, change, changed_at)
                 VALUES (?1, ?2, ?3, 'hajj-grant', 1, 'filed', '{}', ?4, '2026-12-31', ?5, ?4)",
            )?
            .execute((
                format!("{place:032x}"),
                Self::number(place),
                MEMBER,
                1_790_000_000 + place,
                place,
            ))?;
        }
        Ok(all.commit()?)
    }

    fn member(&self) -> anyhow::Result<SeedMember> {
        let member = member(&self.seed, MEMBER)?;
        ensure!(!member.emails.is_empty(), "{MEMBER} has no address on file");
        Ok(member)
    }

    /// Stops the portal in good order.
    pub async fn end(self) {
        self.portal.stop().await;
    }
}

/// A phone without a face, set up as it is told.
///
/// # Errors
/// When the core does not open.
pub fn phone(given: &Given) -> anyhow::Result<HeadlessClient> {
    fs::create_dir_all(&given.data).with_context(|| format!("making {}", given.data.display()))?;
    let Given { portal, key, root, data } = given.clone();
    HeadlessClient::open(
        &data,
        ClientConfig { portal_url: portal, config_key: key, extra_root: root, clock_offset_file: None },
    )
}
