//! How a portal is set up.

use std::{
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    clock::{Clock, SystemClock},
    passwords::PasswordWork,
};

/// Rounds of the captcha's key derivation. A counter is found after 256 tries on average, after 770 for 95 members
/// in 100: this leaves a phone with 2 GB under the two seconds of design §3.
pub const CAPTCHA_COST: u32 = 1_000;

/// Who letters come from, unless a portal says otherwise.
pub const MAIL_FROM: &str = "FOS <ne-pas-repondre@fos.test>";

/// How a portal is set up.
#[derive(Clone)]
pub struct PortalConfig {
    /// The folder of the database and the server's key; made when missing.
    pub data: PathBuf,
    /// The folder the foundation's desk writes: members, charter, services, config. It fills what the database has not.
    pub seed: PathBuf,
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The mail server.
    pub smtp: SocketAddr,
    /// Who letters come from.
    pub mail_from: String,
    /// Rounds of the captcha's key derivation.
    pub captcha_cost: u32,
    /// How much work one password hash is.
    pub password_work: PasswordWork,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Speaks HTTPS with these; without them plain HTTP, for loopback or behind a proxy that speaks it.
    pub tls: Option<TlsFiles>,
    /// Where the portal is reached from outside: receipts lead there. Without it, where it listens.
    pub public_url: Option<String>,
    /// The proxies whose `Forwarded` or `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
}

/// The server's certificate, for HTTPS.
#[derive(Debug, Clone)]
pub struct TlsFiles {
    /// The certificate and those that lead to its root, in PEM.
    pub certificate: PathBuf,
    /// Its private key, in PEM.
    pub key: PathBuf,
}

impl PortalConfig {
    /// A portal on loopback with the committed seed folder, the computer's clock, and as little work for captcha
    /// and passwords as can be.
    pub fn for_tests(data: impl Into<PathBuf>, smtp: SocketAddr) -> Self {
        Self {
            data: data.into(),
            seed: Path::new(env!("CARGO_MANIFEST_DIR")).join("seed"),
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            smtp,
            mail_from: MAIL_FROM.to_owned(),
            captcha_cost: 1,
            password_work: PasswordWork::Least,
            clock: Arc::new(SystemClock),
            tls: None,
            public_url: None,
            trusted_proxies: Vec::new(),
        }
    }
}
