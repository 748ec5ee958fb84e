//! The portal that both sides speak to: the real one, over loopback, with the least work for captcha and passwords, so
//! that what is measured is not its waiting.

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, ensure};
use fos_journeys::{
    on_file,
    other_phone::{self, OtherPhone},
};
use fos_portal::{Portal, PortalConfig, TlsFiles, mailbox::Mailbox};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};

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
        if setup.tls {
            config.tls = Some(certificates(folder.path()).context("making the portal's certificate")?);
        }
        let seed = config.seed.clone();
        let portal = Portal::start(config).await.context("starting the portal")?;
        let port = portal.url().rsplit(':').next().and_then(|port| port.parse().ok());
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port.context("the portal's port")?));
        let toll = Toll::open(address).await.context("opening the way to the portal")?;
        Ok(Self { setup, portal, mailbox, seed, toll, folder })
    }

    /// What a phone of this name is told.
    pub fn given(&self, phone: &str) -> Given {
        let address = self.toll.address();
        Given {
            // By its number: looking up a name is the system's work, and neither side's.
            portal: format!("{}://{address}", if self.setup.tls { "https" } else { "http" }),
            key: if self.setup.config { self.portal.config_key() } else { String::new() },
            root: self.setup.tls.then(|| self.folder.path().join(ROOT)),
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
        phone.ask_for_password(&self.member()?).await.context("asking for a password")?;
        let mailed = self.mailed_password().await?;
        phone.sign_in(MEMBER, &mailed).await.context("signing in")?;
        phone.accept_charter().await.context("accepting the charter")?;
        phone.choose_password(PASSWORD).await.context("choosing a password")?;
        phone.sign_out().await.context("signing out")?;
        drop(phone);
        self.toll.take();
        Ok(())
    }

    fn member(&self) -> anyhow::Result<on_file::OnFile> {
        let member = on_file::named(&self.seed, MEMBER)?;
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
pub fn phone(given: &Given) -> anyhow::Result<OtherPhone> {
    fs::create_dir_all(&given.data).with_context(|| format!("making {}", given.data.display()))?;
    let Given { portal, key, root, data } = given.clone();
    OtherPhone::switch_on(&data, other_phone::Given { portal, key, root, clock: None })
}

const ROOT: &str = "root.pem";

fn certificates(folder: &Path) -> anyhow::Result<TlsFiles> {
    let root_key = KeyPair::generate()?;
    let mut root = CertificateParams::new(Vec::new())?;
    root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    fs::write(folder.join(ROOT), root.self_signed(&root_key)?.pem())?;
    let own_key = KeyPair::generate()?;
    let issuer = Issuer::new(root, root_key);
    let own = CertificateParams::new(vec![Ipv4Addr::LOCALHOST.to_string()])?.signed_by(&own_key, &issuer)?;
    let files = TlsFiles { certificate: folder.join("portal.pem"), key: folder.join("portal-key.pem") };
    fs::write(&files.certificate, own.pem())?;
    fs::write(&files.key, own_key.serialize_pem())?;
    Ok(files)
}
