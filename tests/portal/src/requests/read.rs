//! Reading of the member's own requests: the changes since a cursor, and one in full.

use std::sync::Arc;

use axum::{
    Extension, Json,
    extract::{Query, State},
    http::Uri,
};
use fos_wire::{
    paths,
    request::{Refusal, Request, RequestChanges, RequestDetail},
};
use jiff::Timestamp;
use serde::Deserialize;

use super::record::{self, RequestRecord};
use crate::{
    app::App,
    auth::AuthSession,
    content::PublishedContent,
    http::PathId,
    problem::{Problem, ProblemType},
};

/// Maximum number of requests in one response.
const PAGE_SIZE: usize = 100;

impl From<RequestRecord> for Request {
    fn from(record: RequestRecord) -> Self {
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

#[derive(Deserialize)]
struct SinceQuery {
    since: Option<String>,
}

/// Position in the member's changes, valid until the database is restored.
struct Cursor {
    epoch: String,
    change_seq: i64,
}

impl Cursor {
    /// Parses a cursor. An unknown one, or one issued before a restore, starts from the beginning.
    fn parse(text: &str, epoch: &str) -> Self {
        let seen = text.strip_prefix(epoch).and_then(|rest| rest.strip_prefix('-')?.parse().ok());
        Self { epoch: epoch.to_owned(), change_seq: seen.unwrap_or_default() }
    }

    fn to_text(&self) -> String {
        format!("{}-{}", self.epoch, self.change_seq)
    }
}

/// Lists the member's requests that have changed since the cursor.
#[utoipa::path(
    get, path = paths::REQUESTS, tag = "requests", security(("session" = [])),
    params(("since" = Option<String>, Query, description = "Cursor of the last response; without it, or with an \
        unknown one, from the beginning")),
    responses(
        (status = 200, description = "At most 100", body = RequestChanges),
        (status = 400, description = "`malformed`", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`restricted`", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn list(
    State(app): State<App>,
    Extension(content): Extension<Arc<PublishedContent>>,
    Extension(auth): Extension<AuthSession>,
    uri: Uri,
) -> Result<Json<RequestChanges>, Problem> {
    let Query(SinceQuery { since }) = Query::try_from_uri(&uri).map_err(|_| ProblemType::Malformed)?;
    let mut cursor = Cursor::parse(&since.unwrap_or_default(), &content.epoch);
    let (from, one_more) = (cursor.change_seq, i64::try_from(PAGE_SIZE + 1).unwrap_or(i64::MAX));
    let mut records =
        app.storage.transaction(move |db| record::list_changed_since(db, &auth.ppr, from, one_more)).await?;
    let more = records.len() > PAGE_SIZE;
    records.truncate(PAGE_SIZE);
    cursor.change_seq = records.last().map_or(from, |last| last.change_seq);
    let requests = records.into_iter().map(Request::from).collect();
    Ok(Json(RequestChanges { requests, cursor: cursor.to_text(), more }))
}

/// Returns one of the member's requests with its values.
#[utoipa::path(
    get, path = paths::REQUEST, tag = "requests", security(("session" = [])),
    params(("id" = String, Path, description = "The request, by its id in the list")),
    responses(
        (status = 200, description = "The request", body = RequestDetail),
        (status = 401, description = "`session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`restricted`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`not-found`: no request of this member",
            body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn show(
    State(app): State<App>,
    Extension(auth): Extension<AuthSession>,
    PathId(id): PathId,
) -> Result<Json<RequestDetail>, Problem> {
    let found = app.storage.transaction(move |db| record::find_for_member(db, &auth.ppr, &id)).await?;
    let (record, values, receipt) = found.ok_or(ProblemType::NotFound)?;
    Ok(Json(RequestDetail { request: record.into(), values, receipt }))
}
