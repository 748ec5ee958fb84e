//! The catalogue (guide step 8): services open one by one, each by its own circular.

use std::path::Path;

use axum::{extract::State, http::HeaderMap, response::Response};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    app::App,
    http,
    problem::Problem,
    seed::{self, BothLanguages, SeedError},
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
#[serde(rename_all = "lowercase")]
enum Status {
    /// Requests are taken.
    Open,
    /// Not open yet.
    Announced,
    /// Not open any more.
    Closed,
}

/// The foundation's paper about a service.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Paper {
    /// A circular (دورية, CIR) or a notice (إعلان, COM).
    kind: PaperKind,
    /// Its number and year.
    #[schema(example = "2/26")]
    number: String,
}

/// A circular (دورية, CIR) or a notice (إعلان, COM).
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum PaperKind {
    /// دورية, CIR.
    Circular,
    /// إعلان, COM.
    Notice,
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
    id: String,
    /// Under which heading it stands.
    category: Category,
    /// A Material Symbols name.
    #[schema(example = "mosque")]
    icon: String,
    /// Its name.
    title: BothLanguages,
    /// What it is, in a sentence.
    summary: BothLanguages,
    /// The first day requests are taken; absent while not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date, nullable = false)]
    opens: Option<Date>,
    /// The last day requests are taken; absent when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date, nullable = false)]
    closes: Option<Date>,
    /// The foundation's paper about it; absent while its number is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    paper: Option<Paper>,
    /// What it is worth or costs, where the paper says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    amount: Option<BothLanguages>,
    /// The papers to prepare.
    #[serde(default)]
    #[schema(required = true)]
    documents: Vec<Document>,
}

impl Entry {
    /// A service without an opening day is announced: its circular has not come yet.
    fn status(&self, today: Date) -> Status {
        match (self.opens, self.closes) {
            (_, Some(closes)) if closes < today => Status::Closed,
            (Some(opens), _) if opens <= today => Status::Open,
            _ => Status::Announced,
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

/// Reads the services' file.
pub(crate) fn read(seed: &Path) -> Result<Vec<Entry>, SeedError> {
    let file: ServicesFile = seed::read_toml(seed, FILE)?;
    let mut ids: Vec<&str> = file.service.iter().map(|service| service.id.as_str()).collect();
    ids.sort_unstable();
    if let Some([id, _]) = ids.array_windows().find(|[one, next]| one == next) {
        return Err(SeedError::content(FILE, &format!("the id {id} stands twice")));
    }
    Ok(file.service)
}

/// The catalogue with each service's status today.
#[utoipa::path(
    get, path = "/v1/services", tag = "services", security(("session" = [])),
    params(("If-None-Match" = Option<String>, Header, description = "The entity tag already held")),
    responses(
        (status = 200, description = "The catalogue, with a strong ETag", body = Catalogue),
        (status = 304, description = "The one already held"),
        (status = 401, description = "`session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`restricted`", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn services(State(app): State<App>, headers: HeaderMap) -> Result<Response, Problem> {
    let today = app.today();
    let services = app.services.iter().map(|entry| Service { entry, status: entry.status(today) }).collect();
    http::tagged(&headers, &Catalogue { services })
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
