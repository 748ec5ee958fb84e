//! The member's own requests: what changed since the last look, and one with all that was filled in.

use std::sync::Arc;

use axum::{
    Extension, Json,
    extract::{Query, State as Shared},
    http::Uri,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    State,
    receipts::Receipt,
    record::{self, Record},
};
use crate::{
    access::Signed,
    app::App,
    desk::Desk,
    forms::Filled,
    http::Id,
    problem::{Problem, Slug},
    seed::BothLanguages,
};

/// The most requests of one answer.
const PAGE: usize = 100;

/// Why a request was refused.
#[derive(Serialize, ToSchema)]
pub(crate) struct Refusal {
    /// The reason.
    reason: BothLanguages,
    /// The last day on which it can be appealed.
    #[schema(value_type = String, format = Date)]
    appeal_until: Date,
}

/// A request as it stands.
#[derive(Serialize, ToSchema)]
pub(crate) struct Request {
    /// What it is called here.
    id: String,
    /// What members and desk call it.
    #[schema(example = "2026-000123")]
    number: String,
    /// The service's id.
    service: String,
    /// The version of the form that was filled in.
    version: u32,
    /// How it stands.
    state: State,
    /// When it was filed.
    #[schema(value_type = String, format = DateTime)]
    filed_at: Timestamp,
    /// When it came to stand so.
    #[schema(value_type = String, format = DateTime)]
    changed_at: Timestamp,
    /// The last day on which it is answered (law 55-19).
    #[schema(value_type = String, format = Date)]
    due_by: Date,
    /// Why it was refused; absent when it was not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    refusal: Option<Refusal>,
}

impl From<Record> for Request {
    fn from(record: Record) -> Self {
        let time = |seconds| Timestamp::from_second(seconds).unwrap_or_default();
        Self {
            id: record.id,
            number: record.number,
            service: record.service,
            version: record.version,
            state: record.state,
            filed_at: time(record.filed_at),
            changed_at: time(record.changed_at),
            due_by: record.due_by,
            refusal: record.refusal.map(|(reason, appeal_until)| Refusal { reason, appeal_until }),
        }
    }
}

/// A request, what was filled in, and its receipt.
#[derive(Serialize, ToSchema)]
pub(crate) struct WholeRequest {
    #[serde(flatten)]
    request: Request,
    /// The answers by their fields' keys, in their normal form.
    #[schema(value_type = Object)]
    values: Filled,
    /// Its receipt.
    receipt: Receipt,
}

/// What changed.
#[derive(Serialize, ToSchema)]
pub(crate) struct Changes {
    /// Requests that were filed or changed, the oldest change first; each as it stands now.
    requests: Vec<Request>,
    /// Where to go on: opaque.
    cursor: String,
    /// There are more: ask again at once.
    more: bool,
}

#[derive(Deserialize)]
struct Since {
    since: Option<String>,
}

/// What a phone has seen: the changes up to this one, since the portal's data was last restored.
struct Cursor {
    epoch: String,
    change: i64,
}

impl Cursor {
    /// One that this portal did not give, or gave before its data was restored, has seen nothing.
    fn of(text: &str, epoch: &str) -> Self {
        let seen = text.strip_prefix(epoch).and_then(|rest| rest.strip_prefix('-')?.parse().ok());
        Self { epoch: epoch.to_owned(), change: seen.unwrap_or_default() }
    }

    fn text(&self) -> String {
        format!("{}-{}", self.epoch, self.change)
    }
}

/// The member's requests that changed since.
#[utoipa::path(
    get, path = "/v1/requests", tag = "requests", security(("session" = [])),
    params(("since" = Option<String>, Query, description = "The cursor of the last answer; without it, or with one \
        that is not this portal's, from the beginning")),
    responses(
        (status = 200, description = "At most 100", body = Changes),
        (status = 400, description = "`malformed`", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`restricted`", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn list(
    Shared(app): Shared<App>,
    Extension(desk): Extension<Arc<Desk>>,
    Extension(signed): Extension<Signed>,
    uri: Uri,
) -> Result<Json<Changes>, Problem> {
    let Query(Since { since }) = Query::try_from_uri(&uri).map_err(|_| Slug::Malformed)?;
    let mut cursor = Cursor::of(&since.unwrap_or_default(), &desk.epoch);
    let (from, one_more) = (cursor.change, i64::try_from(PAGE + 1).unwrap_or(i64::MAX));
    let mut records =
        app.store.transact(move |db| record::changed_since(db, &signed.ppr, from, one_more)).await?;
    let more = records.len() > PAGE;
    records.truncate(PAGE);
    cursor.change = records.last().map_or(from, |last| last.change);
    let requests = records.into_iter().map(Request::from).collect();
    Ok(Json(Changes { requests, cursor: cursor.text(), more }))
}

/// One of the member's requests, with what was filled in.
#[utoipa::path(
    get, path = "/v1/requests/{id}", tag = "requests", security(("session" = [])),
    params(("id" = String, Path, description = "The request, as the list calls it")),
    responses(
        (status = 200, description = "The request", body = WholeRequest),
        (status = 401, description = "`session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`restricted`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`not-found`: no request of this member",
            body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn show(
    Shared(app): Shared<App>,
    Extension(signed): Extension<Signed>,
    Id(id): Id,
) -> Result<Json<WholeRequest>, Problem> {
    let found = app.store.transact(move |db| record::of_member(db, &signed.ppr, &id)).await?;
    let (record, values, receipt) = found.ok_or(Slug::NotFound)?;
    Ok(Json(WholeRequest { request: record.into(), values, receipt }))
}
