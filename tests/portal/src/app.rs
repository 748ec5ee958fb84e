//! What every part of the running server shares.

use std::sync::{Arc, atomic::AtomicU64};

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use tokio::sync::Notify;

use crate::{
    PortalConfig, PortalError,
    clock::{self, Clock},
    desk::{self, Desk, DeskCache},
    paper::Printer,
    passwords::Hasher,
    peer::Peers,
    secrets::{Keys, Signer},
    seed::Seed,
    store::{Store, StoreError},
};

/// A handle on everything shared; cheap to clone.
pub(crate) type App = Arc<Shared>;

/// The parts themselves.
pub(crate) struct Shared {
    pub(crate) store: Store,
    pub(crate) keys: Keys,
    pub(crate) hasher: Hasher,
    pub(crate) captcha_cost: u32,
    pub(crate) peers: Peers,
    pub(crate) printer: Arc<Printer>,
    /// Where the portal is reached from outside, without a slash at the end.
    pub(crate) public_url: String,
    desk: Arc<DeskCache>,
    /// Calls that came over HTTP/2.
    pub(crate) http2_requests: AtomicU64,
    /// Rung when someone asked for a password.
    pub(crate) asked: Notify,
    /// Rung when a letter was queued.
    pub(crate) posted: Notify,
    clock: Arc<dyn Clock>,
    zone: TimeZone,
}

impl Shared {
    /// Reads the seed folder, brings what is new in it into the database, and puts the parts together.
    pub(crate) async fn open(
        config: &PortalConfig,
        public_url: String,
        store: Store,
        keys: Keys,
        signer: Signer,
    ) -> Result<App, PortalError> {
        let seed = Seed::read(&config.seed)?;
        let now = config.clock.now().as_second();
        store.transact(move |db| desk::fill(db, &seed, now)).await?;
        let app = Arc::new(Self {
            hasher: Hasher::new(config.password_work)?,
            captcha_cost: config.captcha_cost,
            peers: Peers::new(&config.trusted_proxies),
            printer: Arc::new(Printer::new()?),
            public_url,
            desk: Arc::new(DeskCache::new(signer)),
            http2_requests: AtomicU64::new(0),
            asked: Notify::new(),
            posted: Notify::new(),
            clock: Arc::clone(&config.clock),
            zone: clock::morocco().map_err(PortalError::Zone)?,
            store,
            keys,
        });
        app.desk().await?;
        Ok(app)
    }

    /// What the foundation's desk decided, as it stands now.
    pub(crate) async fn desk(&self) -> Result<Arc<Desk>, StoreError> {
        let cache = Arc::clone(&self.desk);
        self.store.with(move |db| cache.present(db)).await?
    }

    /// The public half of the key that signs the config.
    pub(crate) fn config_key(&self) -> String {
        self.desk.public_key()
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Today at the foundation's desk.
    pub(crate) fn today(&self) -> Date {
        self.day_of(self.now())
    }

    /// The day it is in Morocco at `moment`.
    pub(crate) fn day_of(&self, moment: Timestamp) -> Date {
        self.zone.to_datetime(moment).date()
    }

    /// The present moment in whole seconds, as the database keeps it.
    pub(crate) fn now_seconds(&self) -> i64 {
        self.now().as_second()
    }
}
