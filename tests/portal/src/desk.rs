//! What the foundation's desk decided: config, charter, services, professional domains. It stands in the database,
//! where the operator changes it from another process; a running portal sees the change at its next call.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;
use rusqlite::{Connection, Transaction};

use crate::{
    catalogue::{self, Entry, Status},
    charter::Charter,
    forms::{self, InForce},
    gate::{self, Published},
    http::Rendered,
    members::{self, Kind},
    secrets::Signer,
    seed::{BothLanguages, Seed},
    store::StoreError,
};

/// What the desk decided, read and ready to answer from.
pub(crate) struct Desk {
    pub(crate) config: Published,
    pub(crate) charter: Charter,
    pub(crate) services: Vec<Entry>,
    pub(crate) professional_domains: Vec<String>,
    forms: Vec<InForce>,
    /// Another after each restore of the portal's data.
    pub(crate) epoch: String,
    /// The catalogue of one day, for each kind of member who asked.
    catalogues: Mutex<Option<DaysCatalogues>>,
}

struct DaysCatalogues {
    day: Date,
    rendered: Vec<(Kind, Arc<Rendered>)>,
}

impl Desk {
    fn read(db: &Connection, signer: &Signer) -> Result<Self, StoreError> {
        Ok(Self {
            config: Published::read(db, signer)?,
            charter: Charter::in_force(db)?,
            services: catalogue::all(db)?,
            professional_domains: professional_domains(db)?,
            forms: forms::all_in_force(db)?,
            epoch: gate::epoch(db)?,
            catalogues: Mutex::new(None),
        })
    }

    /// The form in force of a service.
    pub(crate) fn form(&self, service: &str) -> Option<&InForce> {
        self.forms.iter().find(|one| one.form.service == service)
    }

    /// How a service stands on `day` for members of this kind.
    pub(crate) fn status(&self, service: &str, kind: Kind, day: Date) -> Option<Status> {
        Some(self.service(service)?.status_for(kind, day))
    }

    /// What a service is called.
    pub(crate) fn title(&self, service: &str) -> Option<&BothLanguages> {
        Some(&self.service(service)?.title)
    }

    fn service(&self, id: &str) -> Option<&Entry> {
        self.services.iter().find(|service| service.id == id)
    }

    /// The catalogue as members of this kind see it on `day`, rendered once.
    pub(crate) fn catalogue(&self, kind: Kind, day: Date) -> Option<Arc<Rendered>> {
        let mut kept = self.catalogues.lock().unwrap_or_else(PoisonError::into_inner);
        let of_day = match kept.as_mut().filter(|kept| kept.day == day) {
            Some(of_day) => of_day,
            None => kept.insert(DaysCatalogues { day, rendered: Vec::new() }),
        };
        if let Some((_, rendered)) = of_day.rendered.iter().find(|(of, _)| *of == kind) {
            return Some(Arc::clone(rendered));
        }
        let rendered = Arc::new(catalogue::render(&self.services, kind, day, |service| {
            Some(self.form(service)?.form.version)
        })?);
        of_day.rendered.push((kind, Arc::clone(&rendered)));
        Some(rendered)
    }
}

/// The desk as last read, and how to know that it changed.
pub(crate) struct DeskCache {
    signer: Signer,
    kept: Mutex<Option<(i64, Arc<Desk>)>>,
}

impl DeskCache {
    pub(crate) fn new(signer: Signer) -> Self {
        Self { signer, kept: Mutex::new(None) }
    }

    /// The public half of the key that signs the config.
    pub(crate) fn public_key(&self) -> String {
        self.signer.public()
    }

    /// The desk as it stands: read again when another connection has written since. `data_version` is asked first, so
    /// that what changes while the desk is read is seen at the next call.
    pub(crate) fn present(&self, db: &mut Connection) -> Result<Arc<Desk>, StoreError> {
        let version = data_version(db)?;
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((read_at, desk)) = kept.as_ref()
            && *read_at == version
        {
            return Ok(Arc::clone(desk));
        }
        let transaction = db.transaction()?;
        let desk = Arc::new(Desk::read(&transaction, &self.signer)?);
        transaction.finish()?;
        *kept = Some((version, Arc::clone(&desk)));
        Ok(desk)
    }
}

/// A number that changes when another connection has written.
pub(crate) fn data_version(db: &Connection) -> Result<i64, StoreError> {
    Ok(db.pragma_query_value(None, "data_version", |row| row.get(0))?)
}

/// Brings into the database what the seed has and the database has not: nothing that is there is changed, for the
/// operator may have changed it.
pub(crate) fn fill(db: &Transaction, seed: &Seed, now: i64) -> Result<(), StoreError> {
    for on_file in &seed.members {
        members::add_if_absent(db, on_file)?;
    }
    for domain in &seed.professional_domains {
        add_domain(db, domain)?;
    }
    catalogue::fill(db, &seed.services)?;
    forms::fill(db, &seed.forms, now)?;
    if !Charter::is_published(db)? {
        seed.charter.publish(db)?;
    }
    seed.settings.fill(db)?;
    gate::publish(db)
}

/// Adds a domain in which active members may have their address.
pub(crate) fn add_domain(db: &Transaction, domain: &str) -> Result<(), StoreError> {
    db.prepare_cached("INSERT OR IGNORE INTO professional_domains (domain) VALUES (?1)")?
        .execute([domain])?;
    Ok(())
}

fn professional_domains(db: &Connection) -> Result<Vec<String>, StoreError> {
    let mut query = db.prepare_cached("SELECT domain FROM professional_domains")?;
    let rows = query.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
