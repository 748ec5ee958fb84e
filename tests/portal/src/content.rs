//! Published content: config, charter, services, forms and professional domains, as the operator has set them.
//!
//! The content is stored in the database, where operator commands change it from another process. A running portal
//! keeps it in memory and reads it again at the first call after another connection has written.

use std::sync::{Arc, Mutex, PoisonError};

use fos_wire::{
    LocalizedText, MemberKind,
    charter::Charter,
    service::{Once, ServiceStatus},
};
use jiff::civil::Date;
use rusqlite::{Connection, Transaction};

use crate::{
    app_links::LinkedApps,
    catalogue::{self, ServiceEntry},
    charter,
    forms::{self, CurrentForm},
    http::TaggedBody,
    members,
    remote_config::{self, Limits, PublishedConfig},
    secrets::ConfigSigner,
    seed::Seed,
    storage::StorageError,
};

/// Published content, ready to serve.
pub(crate) struct PublishedContent {
    pub(crate) config: PublishedConfig,
    pub(crate) limits: Limits,
    pub(crate) apps: LinkedApps,
    pub(crate) charter: Charter,
    pub(crate) services: Vec<ServiceEntry>,
    pub(crate) professional_domains: Vec<String>,
    forms: Vec<CurrentForm>,
    /// Id of the database since its last restore; part of every cursor.
    pub(crate) epoch: String,
    /// Catalogue rendered for one day, for each kind of member.
    catalogues: Mutex<Option<DailyCatalogues>>,
}

struct DailyCatalogues {
    day: Date,
    rendered: Vec<(MemberKind, Arc<TaggedBody>)>,
}

impl PublishedContent {
    fn read(db: &Connection, signer: &ConfigSigner) -> Result<Self, StorageError> {
        Ok(Self {
            config: PublishedConfig::read(db, signer)?,
            limits: remote_config::limits(db)?,
            apps: remote_config::linked_apps(db)?,
            charter: charter::current(db)?,
            services: catalogue::load_all(db)?,
            professional_domains: professional_domains(db)?,
            forms: forms::load_current(db)?,
            epoch: remote_config::epoch(db)?,
            catalogues: Mutex::new(None),
        })
    }

    /// Returns the current form of a service.
    pub(crate) fn form(&self, service: &str) -> Option<&CurrentForm> {
        self.forms.iter().find(|one| one.form.service == service)
    }

    /// Returns the status of a service on `day` for members of this kind.
    pub(crate) fn status(&self, service: &str, kind: MemberKind, day: Date) -> Option<ServiceStatus> {
        Some(self.service(service)?.status_for(kind, day))
    }

    /// Returns the title of a service.
    pub(crate) fn title(&self, service: &str) -> Option<&LocalizedText> {
        Some(&self.service(service)?.title)
    }

    /// Returns the number of requests that a member may have for a service.
    pub(crate) fn once(&self, service: &str) -> Once {
        self.service(service).map(|service| service.once).unwrap_or_default()
    }

    fn service(&self, id: &str) -> Option<&ServiceEntry> {
        self.services.iter().find(|service| service.id == id)
    }

    /// Returns the catalogue for members of this kind on `day`, rendered once.
    pub(crate) fn catalogue(&self, kind: MemberKind, day: Date) -> Option<Arc<TaggedBody>> {
        let mut cached = self.catalogues.lock().unwrap_or_else(PoisonError::into_inner);
        let daily = match cached.as_mut().filter(|cached| cached.day == day) {
            Some(daily) => daily,
            None => cached.insert(DailyCatalogues { day, rendered: Vec::new() }),
        };
        if let Some((_, rendered)) = daily.rendered.iter().find(|(member_kind, _)| *member_kind == kind) {
            return Some(Arc::clone(rendered));
        }
        let rendered = Arc::new(catalogue::render(&self.services, kind, day, |service| {
            Some(self.form(service)?.form.version)
        })?);
        daily.rendered.push((kind, Arc::clone(&rendered)));
        Some(rendered)
    }
}

/// Cache of the content, keyed by SQLite's `data_version`.
pub(crate) struct ContentCache {
    signer: ConfigSigner,
    cached: Mutex<Option<(i64, Arc<PublishedContent>)>>,
}

impl ContentCache {
    pub(crate) fn new(signer: ConfigSigner) -> Self {
        Self { signer, cached: Mutex::new(None) }
    }

    /// Public key that verifies the signed config, in hexadecimal.
    pub(crate) fn public_key(&self) -> String {
        self.signer.public()
    }

    /// Returns the content, reading it again when another connection has written since. `data_version` is queried
    /// before the content, so that a change made during the read is seen at the next call.
    pub(crate) fn current(&self, db: &mut Connection) -> Result<Arc<PublishedContent>, StorageError> {
        let version = data_version(db)?;
        let mut cached = self.cached.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((read_version, content)) = cached.as_ref()
            && *read_version == version
        {
            return Ok(Arc::clone(content));
        }
        let transaction = db.transaction()?;
        let content = Arc::new(PublishedContent::read(&transaction, &self.signer)?);
        transaction.finish()?;
        *cached = Some((version, Arc::clone(&content)));
        Ok(content)
    }
}

/// Returns a number that changes when another connection has written.
pub(crate) fn data_version(db: &Connection) -> Result<i64, StorageError> {
    Ok(db.pragma_query_value(None, "data_version", |row| row.get(0))?)
}

/// Inserts what the seed has and the database does not. Existing rows are left unchanged, since the operator may have
/// changed them.
pub(crate) fn insert_seed(db: &Transaction, seed: &Seed, now: i64) -> Result<(), StorageError> {
    for member in &seed.members {
        members::add_if_absent(db, member)?;
    }
    for domain in &seed.professional_domains {
        add_domain(db, domain)?;
    }
    catalogue::insert_missing(db, &seed.services)?;
    forms::insert_missing(db, &seed.forms, now)?;
    if !charter::exists(db)? {
        seed.charter.publish(db)?;
    }
    seed.settings.insert_missing(db)?;
    remote_config::publish(db)
}

/// Adds a domain that professional addresses of active members may have.
pub(crate) fn add_domain(db: &Transaction, domain: &str) -> Result<(), StorageError> {
    db.prepare_cached("INSERT OR IGNORE INTO professional_domains (domain) VALUES (?1)")?
        .execute([domain])?;
    Ok(())
}

fn professional_domains(db: &Connection) -> Result<Vec<String>, StorageError> {
    let mut query = db.prepare_cached("SELECT domain FROM professional_domains")?;
    let rows = query.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
