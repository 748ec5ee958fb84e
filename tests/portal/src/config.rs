//! Settings of a portal.

use std::{
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    client_ip::ProxyHeader,
    clock::{Clock, SystemClock},
    mail::smtp_server::SmtpServer,
    passwords::HashCost,
    session_limits::CALLS_AT_ONCE,
};

/// Default number of PBKDF2 rounds of the captcha. A counter is found after 256 tries on average, after 770 in 95 cases
/// of 100, which takes a phone with 2 GB of memory less than two seconds.
pub const CAPTCHA_COST: u32 = 1_000;

/// Default sender of emails.
pub const MAIL_FROM: &str = "FOS <ne-pas-repondre@fos.test>";

/// Settings of a portal.
#[derive(Clone)]
pub struct PortalConfig {
    /// Folder of the database and the keys; created when missing.
    pub data: PathBuf,
    /// Seed folder: members, charter, services, forms, config. Inserted at each start where the database has no entry
    /// yet.
    pub seed: PathBuf,
    /// Address to listen on; port 0 takes a free one.
    pub listen: SocketAddr,
    /// SMTP server.
    pub smtp: SmtpServer,
    /// Sender of emails.
    pub mail_from: String,
    /// PBKDF2 rounds of the captcha.
    pub captcha_cost: u32,
    /// Cost of a password hash.
    pub password_hash_cost: HashCost,
    /// Source of time.
    pub clock: Arc<dyn Clock>,
    /// Certificate for HTTPS; `None` serves plain HTTP, for loopback or behind a proxy that terminates TLS.
    pub tls: Option<TlsFiles>,
    /// True if a proxy that terminates TLS is in front: plain HTTP may then be served to other machines.
    pub behind_proxy: bool,
    /// Public base URL, used in receipts; `None` uses the listening address.
    pub public_url: Option<String>,
    /// Proxies whose header with the client's address is trusted.
    pub trusted_proxies: Vec<IpAddr>,
    /// Calls that a session may make at once; five a second are added.
    pub session_calls_at_once: u32,
    /// Header that these proxies write; no other is read.
    pub proxy_header: ProxyHeader,
}

/// Certificate files for HTTPS.
#[derive(Debug, Clone)]
pub struct TlsFiles {
    /// Certificate chain in PEM.
    pub certificate: PathBuf,
    /// Private key in PEM.
    pub key: PathBuf,
}

impl PortalConfig {
    /// Returns settings for tests: loopback, the committed seed folder, the system clock, and the lowest cost for
    /// captcha and passwords.
    pub fn for_tests(data: impl Into<PathBuf>, smtp: SocketAddr) -> Self {
        Self {
            data: data.into(),
            seed: Path::new(env!("CARGO_MANIFEST_DIR")).join("seed"),
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            smtp: smtp.into(),
            mail_from: MAIL_FROM.to_owned(),
            captcha_cost: 1,
            password_hash_cost: HashCost::Minimal,
            clock: Arc::new(SystemClock),
            tls: None,
            behind_proxy: false,
            public_url: None,
            trusted_proxies: Vec::new(),
            session_calls_at_once: CALLS_AT_ONCE,
            proxy_header: ProxyHeader::XForwardedFor,
        }
    }
}
