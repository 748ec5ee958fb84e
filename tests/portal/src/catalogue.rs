//! Catalogue of services (guide step 8). Services open one by one, each by its own circular.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use axum::{Extension, extract::State, http::HeaderMap, response::Response};
use fos_wire::{
    LocalizedText, MemberKind, paths,
    service::{Circular, Once, RequiredDocument, ServiceStatus},
};
use jiff::civil::Date;
use rusqlite::{Connection, Transaction};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    app::App,
    auth::AuthSession,
    circulars,
    content::PublishedContent,
    http::TaggedBody,
    problem::{Problem, ProblemType},
    seed::{self, SeedError},
    storage::StorageError,
};

const FILE: &str = "services.toml";

/// Heading that a service is listed under.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Category {
    /// Retirement.
    Retirement,
    /// Health.
    Health,
    /// Family and solidarity.
    Family,
    /// Housing.
    Housing,
    /// Travel.
    Travel,
    /// Credit.
    Credit,
    /// Culture, sport and holidays.
    Culture,
}

/// True if members of this kind may request the service, now or at another time.
pub(crate) fn is_for_member(status: ServiceStatus) -> bool {
    status != ServiceStatus::NotForYou
}

/// Service as stored.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub(crate) struct ServiceEntry {
    /// Stable id.
    #[schema(example = "hajj-grant")]
    pub(crate) id: String,
    /// Heading that it is listed under.
    category: Category,
    /// Material Symbols name.
    #[schema(example = "mosque")]
    icon: String,
    /// Name of the service.
    pub(crate) title: LocalizedText,
    /// Summary in one sentence.
    summary: LocalizedText,
    /// Further words that members search for, separated by spaces; never shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    keywords: Option<LocalizedText>,
    /// First day on which requests are accepted; absent while not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date, nullable = false)]
    pub(crate) opens: Option<Date>,
    /// Last day on which requests are accepted; absent when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date, nullable = false)]
    pub(crate) closes: Option<Date>,
    /// Circular or notice that announces it; absent while its number is not known. Called `paper` in the API.
    #[serde(rename = "paper", skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(crate) circular: Option<Circular>,
    /// Benefit or price, where the circular states it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    amount: Option<LocalizedText>,
    /// Documents to prepare.
    #[serde(default)]
    #[schema(required = true)]
    documents: Vec<RequiredDocument>,
    /// Kind of member that it is reserved for; null when it is open to all.
    #[serde(default)]
    #[schema(required = true)]
    audience: Option<MemberKind>,
    /// Number of requests that a member may have for it; absent for any number.
    #[serde(default, skip_serializing_if = "Once::is_any")]
    #[schema(required = false)]
    pub(crate) once: Once,
    /// File of the circular's PDF in the seed folder. The alias is its earlier name, in seeds of operators.
    #[serde(default, skip_serializing, alias = "circular")]
    #[schema(ignore)]
    circular_pdf: Option<PathBuf>,
}

impl ServiceEntry {
    /// Returns the status regardless of the member. Without an opening day a service is announced: its circular has not
    /// come yet.
    pub(crate) fn status(&self, today: Date) -> ServiceStatus {
        match (self.opens, self.closes) {
            (_, Some(closes)) if closes < today => ServiceStatus::Closed,
            (Some(opens), _) if opens <= today => ServiceStatus::Open,
            _ => ServiceStatus::Announced,
        }
    }

    /// Returns the status for members of this kind.
    pub(crate) fn status_for(&self, kind: MemberKind, today: Date) -> ServiceStatus {
        if self.audience.is_some_and(|audience| audience != kind) {
            ServiceStatus::NotForYou
        } else {
            self.status(today)
        }
    }
}

/// Service with its status today.
#[derive(Debug, Serialize, ToSchema)]
struct Service<'a> {
    #[serde(flatten)]
    entry: &'a ServiceEntry,
    /// Availability for this member today.
    status: ServiceStatus,
    /// Current version of its form; absent while it has none: such a request is made on paper.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    form: Option<u32>,
}

/// Catalogue of all services.
#[derive(Debug, Serialize, ToSchema)]
struct Catalogue<'a> {
    /// Services in the foundation's order.
    services: Vec<Service<'a>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ServicesFile {
    service: Vec<ServiceEntry>,
}

/// Service of the seed folder, with its circular's PDF.
pub(crate) struct SeededService {
    entry: ServiceEntry,
    pdf: Option<Vec<u8>>,
}

impl SeededService {
    /// Id of the service.
    pub(crate) fn id(&self) -> &str {
        &self.entry.id
    }
}

/// Reads the services' file and the PDFs that it names.
pub(crate) fn read(seed: &Path) -> Result<Vec<SeededService>, SeedError> {
    let file: ServicesFile = seed::read_toml(seed, FILE)?;
    let mut ids: Vec<&str> = file.service.iter().map(|service| service.id.as_str()).collect();
    ids.sort_unstable();
    if let Some([id, _]) = ids.array_windows().find(|[one, next]| one == next) {
        return Err(SeedError::invalid(FILE, &format!("the id {id} appears twice")));
    }
    if let Some(entry) = file.service.iter().find(|entry| entry.once == Once::Unknown) {
        return Err(SeedError::invalid(
            FILE,
            &format!("service {}: once is life, year, open or any", entry.id),
        ));
    }
    file.service.into_iter().map(|entry| with_circular(seed, entry)).collect()
}

fn with_circular(seed: &Path, mut entry: ServiceEntry) -> Result<SeededService, SeedError> {
    let invalid = |reason: &str| SeedError::invalid(FILE, &format!("service {}: {reason}", entry.id));
    let Some(path) = &entry.circular_pdf else { return Ok(SeededService { entry, pdf: None }) };
    let pdf = fs::read(seed.join(path)).map_err(|error| invalid(&error.to_string()))?;
    let described = circulars::describe(&pdf).map_err(|reason| invalid(&reason))?;
    if entry.circular.is_none() {
        return Err(invalid("circular_pdf without paper"));
    }
    if let Some(circular) = entry.circular.as_mut() {
        circular.pdf = Some(described);
    }
    Ok(SeededService { entry, pdf: Some(pdf) })
}

/// Inserts the services that the database does not have yet. Existing ones are left unchanged.
pub(crate) fn insert_missing(db: &Transaction, services: &[SeededService]) -> Result<(), StorageError> {
    for (position, SeededService { entry, pdf }) in (0_i64..).zip(services) {
        let json = serde_json::to_string(entry).map_err(StorageError::unreadable("a service"))?;
        let new = db
            .prepare_cached("INSERT OR IGNORE INTO services (id, position, entry) VALUES (?1, ?2, ?3)")?
            .execute((&entry.id, position, json))?;
        if let (1, Some(pdf)) = (new, pdf) {
            circulars::store(db, &entry.id, pdf)?;
        }
    }
    Ok(())
}

/// Loads all services in the foundation's order.
pub(crate) fn load_all(db: &Connection) -> Result<Vec<ServiceEntry>, StorageError> {
    let mut query = db.prepare_cached("SELECT entry FROM services ORDER BY position, id")?;
    let rows = query.query_map([], |row| row.get::<_, String>(0))?;
    rows.map(|entry| serde_json::from_str(&entry?).map_err(StorageError::unreadable("a service"))).collect()
}

/// Updates a stored service.
pub(crate) fn update(db: &Transaction, entry: &ServiceEntry) -> Result<(), StorageError> {
    let json = serde_json::to_string(entry).map_err(StorageError::unreadable("a service"))?;
    db.execute("UPDATE services SET entry = ?2 WHERE id = ?1", (&entry.id, json))?;
    Ok(())
}

/// Renders the catalogue for members of this kind on `day`. `form` returns the current version of a service's form.
pub(crate) fn render(
    services: &[ServiceEntry],
    kind: MemberKind,
    day: Date,
    form: impl Fn(&str) -> Option<u32>,
) -> Option<TaggedBody> {
    let service =
        |entry| Service { entry, status: ServiceEntry::status_for(entry, kind, day), form: form(&entry.id) };
    TaggedBody::json(&Catalogue { services: services.iter().map(service).collect() })
}

/// Returns the catalogue with the status of each service today, for this member.
#[utoipa::path(
    get, path = paths::SERVICES, tag = "services", security(("session" = [])),
    params(("If-None-Match" = Option<String>, Header, description = "Entity tag of the stored copy")),
    responses(
        (status = 200, description = "The catalogue, with an ETag", body = Catalogue),
        (status = 304, description = "Not modified"),
        (status = 401, description = "`session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`restricted`", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn services(
    State(app): State<App>,
    Extension(content): Extension<Arc<PublishedContent>>,
    Extension(auth): Extension<AuthSession>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let catalogue = content.catalogue(auth.kind, app.today()).ok_or(ProblemType::Internal)?;
    Ok(catalogue.respond(&headers))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::{ServiceEntry, ServiceStatus};

    fn service(dates: &str) -> ServiceEntry {
        let both = "{ ar = \"\", fr = \"\" }";
        let text = format!(
            "id = \"a\"\ncategory = \"family\"\nicon = \"a\"\ntitle = {both}\nsummary = {both}\n{dates}"
        );
        toml::from_str(&text).unwrap()
    }

    #[test]
    fn a_service_is_open_from_its_first_day_to_its_last() {
        let service = service("opens = \"2026-03-01\"\ncloses = \"2026-11-30\"");
        let status = |day: &str| service.status(day.parse().unwrap());
        assert_eq!(status("2026-02-28"), ServiceStatus::Announced);
        assert_eq!(status("2026-03-01"), ServiceStatus::Open);
        assert_eq!(status("2026-11-30"), ServiceStatus::Open);
        assert_eq!(status("2026-12-01"), ServiceStatus::Closed);
    }

    #[test]
    fn a_service_without_an_opening_day_is_announced() {
        assert_eq!(service("").status("2026-03-01".parse().unwrap()), ServiceStatus::Announced);
    }
}
