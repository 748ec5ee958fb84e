//! What every part of the running server shares.

use std::sync::Arc;

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use tokio::sync::Notify;

use crate::{
    PortalConfig, PortalError, catalogue, charter::Charter, clock::Clock, members, passwords::Hasher,
    secrets::Keys, seed, store::Store,
};

/// Morocco's offset changes by decree (domain.md d): it comes from the time zone database, never from arithmetic.
const ZONE: &str = "Africa/Casablanca";

/// A handle on everything shared; cheap to clone.
pub(crate) type App = Arc<Shared>;

/// The parts themselves.
pub(crate) struct Shared {
    pub(crate) store: Store,
    pub(crate) keys: Keys,
    pub(crate) hasher: Hasher,
    pub(crate) charter: Charter,
    pub(crate) services: Vec<catalogue::Entry>,
    pub(crate) professional_domains: Vec<String>,
    pub(crate) captcha_cost: u32,
    /// Rung when someone asked for a password.
    pub(crate) asked: Notify,
    /// Rung when a letter was queued.
    pub(crate) posted: Notify,
    clock: Arc<dyn Clock>,
    zone: TimeZone,
}

impl Shared {
    /// Reads the seed folder, brings it into the database, and puts the parts together.
    pub(crate) async fn open(config: &PortalConfig, store: Store, keys: Keys) -> Result<App, PortalError> {
        let members = members::read(&config.seed)?;
        let mut professional_domains = seed::professional_domains(&config.seed)?;
        // The list is never authority (design §3): no member is turned away with an address that is on file.
        professional_domains.extend(members.iter().flat_map(members::OnFile::professional_domains));
        store.transact(move |db| members::import(db, &members)).await?;
        Ok(Arc::new(Self {
            hasher: Hasher::new(config.password_work)?,
            charter: Charter::read(&config.seed)?,
            services: catalogue::read(&config.seed)?,
            professional_domains,
            captcha_cost: config.captcha_cost,
            asked: Notify::new(),
            posted: Notify::new(),
            clock: Arc::clone(&config.clock),
            zone: TimeZone::get(ZONE).map_err(PortalError::Zone)?,
            store,
            keys,
        }))
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Today at the foundation's desk.
    pub(crate) fn today(&self) -> Date {
        self.zone.to_datetime(self.now()).date()
    }

    /// The present moment in whole seconds, as the database keeps it.
    pub(crate) fn now_seconds(&self) -> i64 {
        self.now().as_second()
    }
}
