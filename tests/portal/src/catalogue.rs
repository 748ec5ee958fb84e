//! The catalogue (guide step 8): services open one by one, each by its own circular.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use axum::{Extension, extract::State, http::HeaderMap, response::Response};
use jiff::civil::Date;
use rusqlite::{Connection, Transaction};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    access::Signed,
    app::App,
    circulars::{self, Paper},
    desk::Desk,
    http::Rendered,
    members::Kind,
    problem::{Problem, Slug},
    seed::{self, BothLanguages, SeedError},
    store::StoreError,
};

const FILE: &str = "services.toml";

/// Under which heading a service stands.
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

/// Whether a request can be made today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Status {
    /// Requests are taken.
    Open,
    /// Not open yet.
    Announced,
    /// Not open any more.
    Closed,
    /// For the other kind of member.
    NotForYou,
}

impl Status {
    /// Whether members like this one may ask for the service, if not today.
    pub(crate) fn is_for_member(self) -> bool {
        self != Self::NotForYou
    }
}

/// A paper the member prepares.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Document {
    /// A Material Symbols name.
    icon: String,
    /// What it is.
    title: BothLanguages,
    /// How to present it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    note: Option<BothLanguages>,
}

/// A service as it stands on file.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    /// A stable name.
    #[schema(example = "hajj-grant")]
    pub(crate) id: String,
    /// Under which heading it stands.
    category: Category,
    /// A Material Symbols name.
    #[schema(example = "mosque")]
    icon: String,
    /// Its name.
    pub(crate) title: BothLanguages,
    /// What it is, in a sentence.
    summary: BothLanguages,
    /// The first day requests are taken; absent while not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date, nullable = false)]
    pub(crate) opens: Option<Date>,
    /// The last day requests are taken; absent when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date, nullable = false)]
    pub(crate) closes: Option<Date>,
    /// The foundation's paper about it; absent while its number is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(crate) paper: Option<Paper>,
    /// What it is worth or costs, where the paper says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    amount: Option<BothLanguages>,
    /// The papers to prepare.
    #[serde(default)]
    #[schema(required = true)]
    documents: Vec<Document>,
    /// The kind of member it is for; null when it is for everyone.
    #[serde(default)]
    #[schema(required = true)]
    audience: Option<Kind>,
    /// The paper's PDF, a file of the seed folder.
    #[serde(default, skip_serializing)]
    #[schema(ignore)]
    circular: Option<PathBuf>,
}

impl Entry {
    /// A service without an opening day is announced: its circular has not come yet.
    pub(crate) fn status(&self, today: Date) -> Status {
        match (self.opens, self.closes) {
            (_, Some(closes)) if closes < today => Status::Closed,
            (Some(opens), _) if opens <= today => Status::Open,
            _ => Status::Announced,
        }
    }

    /// How it stands for members of this kind.
    pub(crate) fn status_for(&self, kind: Kind, today: Date) -> Status {
        if self.audience.is_some_and(|audience| audience != kind) {
            Status::NotForYou
        } else {
            self.status(today)
        }
    }
}

/// A service as it stands today.
#[derive(Debug, Serialize, ToSchema)]
struct Service<'a> {
    #[serde(flatten)]
    entry: &'a Entry,
    /// Whether a request can be made today.
    status: Status,
    /// The version of its form in force; absent while it has none: such a request is made on paper.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    form: Option<u32>,
}

/// Every service of the foundation.
#[derive(Debug, Serialize, ToSchema)]
struct Catalogue<'a> {
    /// The services, in the foundation's order.
    services: Vec<Service<'a>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ServicesFile {
    service: Vec<Entry>,
}

/// A service of the seed, with its paper.
pub(crate) struct Seeded {
    entry: Entry,
    pdf: Option<Vec<u8>>,
}

impl Seeded {
    /// The service's id.
    pub(crate) fn id(&self) -> &str {
        &self.entry.id
    }
}

/// Reads the services' file, and the papers it names.
pub(crate) fn read(seed: &Path) -> Result<Vec<Seeded>, SeedError> {
    let file: ServicesFile = seed::read_toml(seed, FILE)?;
    let mut ids: Vec<&str> = file.service.iter().map(|service| service.id.as_str()).collect();
    ids.sort_unstable();
    if let Some([id, _]) = ids.array_windows().find(|[one, next]| one == next) {
        return Err(SeedError::content(FILE, &format!("the id {id} stands twice")));
    }
    file.service.into_iter().map(|entry| with_paper(seed, entry)).collect()
}

fn with_paper(seed: &Path, mut entry: Entry) -> Result<Seeded, SeedError> {
    let wrong = |reason: &str| SeedError::content(FILE, &format!("service {}: {reason}", entry.id));
    let Some(path) = &entry.circular else { return Ok(Seeded { entry, pdf: None }) };
    let pdf = fs::read(seed.join(path)).map_err(|error| wrong(&error.to_string()))?;
    let described = circulars::describe(&pdf).map_err(wrong)?;
    if entry.paper.is_none() {
        return Err(wrong("a circular without a paper"));
    }
    if let Some(paper) = entry.paper.as_mut() {
        paper.pdf = Some(described);
    }
    Ok(Seeded { entry, pdf: Some(pdf) })
}

/// Brings in the services that are not there yet, where the seed has them; those that are there stay as they are.
pub(crate) fn fill(db: &Transaction, seeded: &[Seeded]) -> Result<(), StoreError> {
    for (place, Seeded { entry, pdf }) in (0_i64..).zip(seeded) {
        let json = serde_json::to_string(entry).map_err(StoreError::content("a service"))?;
        let new = db
            .prepare_cached("INSERT OR IGNORE INTO services (id, place, entry) VALUES (?1, ?2, ?3)")?
            .execute((&entry.id, place, json))?;
        if let (1, Some(pdf)) = (new, pdf) {
            circulars::keep(db, &entry.id, pdf)?;
        }
    }
    Ok(())
}

/// Every service, in the foundation's order.
pub(crate) fn all(db: &Connection) -> Result<Vec<Entry>, StoreError> {
    let mut query = db.prepare_cached("SELECT entry FROM services ORDER BY place, id")?;
    let rows = query.query_map([], |row| row.get::<_, String>(0))?;
    rows.map(|entry| serde_json::from_str(&entry?).map_err(StoreError::content("a service"))).collect()
}

/// Writes a service anew.
pub(crate) fn keep(db: &Transaction, entry: &Entry) -> Result<(), StoreError> {
    let json = serde_json::to_string(entry).map_err(StoreError::content("a service"))?;
    db.execute("UPDATE services SET entry = ?2 WHERE id = ?1", (&entry.id, json))?;
    Ok(())
}

/// The catalogue as members of this kind see it on `day`. `form` tells the version of a service's form.
pub(crate) fn render(
    services: &[Entry],
    kind: Kind,
    day: Date,
    form: impl Fn(&str) -> Option<u32>,
) -> Option<Rendered> {
    let service =
        |entry| Service { entry, status: Entry::status_for(entry, kind, day), form: form(&entry.id) };
    Rendered::json(&Catalogue { services: services.iter().map(service).collect() })
}

/// The catalogue with each service's status today, for this member.
#[utoipa::path(
    get, path = "/v1/services", tag = "services", security(("session" = [])),
    params(("If-None-Match" = Option<String>, Header, description = "The entity tag already held")),
    responses(
        (status = 200, description = "The catalogue, with an ETag", body = Catalogue),
        (status = 304, description = "The one already held"),
        (status = 401, description = "`session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`restricted`", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn services(
    State(app): State<App>,
    Extension(desk): Extension<Arc<Desk>>,
    Extension(signed): Extension<Signed>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let catalogue = desk.catalogue(signed.kind, app.today()).ok_or(Slug::Internal)?;
    Ok(catalogue.answer(&headers))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::{Entry, Status};

    fn service(dates: &str) -> Entry {
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
        assert_eq!(status("2026-02-28"), Status::Announced);
        assert_eq!(status("2026-03-01"), Status::Open);
        assert_eq!(status("2026-11-30"), Status::Open);
        assert_eq!(status("2026-12-01"), Status::Closed);
    }

    #[test]
    fn a_service_without_an_opening_day_is_announced() {
        assert_eq!(service("").status("2026-03-01".parse().unwrap()), Status::Announced);
    }
}
