//! State shared by all handlers and workers of a running portal.

use std::sync::{Arc, atomic::AtomicU64};

use fos_rules::day::date_in_morocco;
use jiff::{Timestamp, civil::Date};
use tokio::sync::Notify;

use crate::{
    PortalConfig, PortalError,
    client_ip::ClientIps,
    clock::Clock,
    content::{self, ContentCache, PublishedContent},
    passwords::Hasher,
    pdf::PdfRenderer,
    secrets::{ConfigSigner, Keys},
    seed::Seed,
    session_limits::SessionLimits,
    storage::{Storage, StorageError},
};

/// Handle to the shared state; cheap to clone.
pub(crate) type App = Arc<AppState>;

/// Shared state: storage, keys, caches, clock, and the wake-ups of the workers.
pub(crate) struct AppState {
    pub(crate) storage: Storage,
    pub(crate) keys: Keys,
    pub(crate) hasher: Hasher,
    pub(crate) captcha_cost: u32,
    pub(crate) client_ips: ClientIps,
    pub(crate) session_limits: SessionLimits,
    pub(crate) pdf_renderer: Arc<PdfRenderer>,
    /// Public base URL of the portal, without a slash at the end.
    pub(crate) public_url: String,
    content: Arc<ContentCache>,
    /// Number of calls received over HTTP/2.
    pub(crate) http2_requests: AtomicU64,
    /// Wakes the password-request worker.
    pub(crate) password_requested: Notify,
    /// Wakes the email worker.
    pub(crate) email_queued: Notify,
    clock: Arc<dyn Clock>,
}

impl AppState {
    /// Reads the seed folder, inserts what the database does not have yet, and assembles the state.
    ///
    /// # Errors
    /// Fails when the seed or the database cannot be read.
    pub(crate) async fn open(
        config: &PortalConfig,
        public_url: String,
        storage: Storage,
        keys: Keys,
        signer: ConfigSigner,
    ) -> Result<App, PortalError> {
        let seed = Seed::read(&config.seed)?;
        let now = config.clock.now().as_second();
        storage.transaction(move |db| content::insert_seed(db, &seed, now)).await?;
        let app = Arc::new(Self {
            hasher: Hasher::new(config.password_hash_cost)?,
            captcha_cost: config.captcha_cost,
            client_ips: ClientIps::new(&config.trusted_proxies, config.proxy_header),
            session_limits: SessionLimits::new(config.session_calls_at_once),
            pdf_renderer: Arc::new(PdfRenderer::new()?),
            public_url,
            content: Arc::new(ContentCache::new(signer)),
            http2_requests: AtomicU64::new(0),
            password_requested: Notify::new(),
            email_queued: Notify::new(),
            clock: Arc::clone(&config.clock),
            storage,
            keys,
        });
        app.content().await?;
        Ok(app)
    }

    /// Returns the published content; reads it again only after another connection has written to the database.
    pub(crate) async fn content(&self) -> Result<Arc<PublishedContent>, StorageError> {
        let cache = Arc::clone(&self.content);
        self.storage.with_connection(move |db| cache.current(db)).await?
    }

    /// Public key that verifies the signed config, in hexadecimal.
    pub(crate) fn config_key(&self) -> String {
        self.content.public_key()
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Today's date in Morocco.
    pub(crate) fn today(&self) -> Date {
        date_in_morocco(self.now())
    }

    /// Current time in whole seconds since 1970 UTC, as stored in the database.
    pub(crate) fn now_seconds(&self) -> i64 {
        self.now().as_second()
    }
}
