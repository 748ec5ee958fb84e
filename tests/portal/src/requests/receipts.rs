//! Receipts: created when a request is filed, never rendered again, and verifiable by anyone who holds one.

use std::sync::Arc;

use axum::{Extension, Json, extract::State, http::HeaderMap, response::Response};
use fos_wire::{paths, request::ReceiptVerification};
use jiff::Timestamp;
use rusqlite::OptionalExtension as _;

use super::record;
use crate::{
    app::App,
    auth::AuthSession,
    circulars::PdfFile,
    content::PublishedContent,
    http::{PathId, TaggedBody},
    problem::{Problem, ProblemType},
};

/// Returns the receipt of one of the member's requests.
#[utoipa::path(
    get, path = paths::RECEIPT, tag = "requests", security(("session" = [])),
    params(
        ("id" = String, Path, description = "The request, by its id in the list"),
        ("If-None-Match" = Option<String>, Header, description = "Entity tag of the stored copy"),
    ),
    responses(
        (status = 200, description = "The receipt; its strong ETag is its SHA-256",
            body = inline(PdfFile), content_type = "application/pdf"),
        (status = 304, description = "Not modified"),
        (status = 401, description = "`session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`restricted`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`not-found`: no request of this member",
            body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn receipt(
    State(app): State<App>,
    Extension(auth): Extension<AuthSession>,
    PathId(id): PathId,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (pdf, hash) = app
        .storage
        .transaction(move |db| {
            let found = db
                .prepare_cached(
                    "SELECT pdf, sha256 FROM receipts JOIN requests ON id = request WHERE id = ?1 AND ppr = ?2",
                )?
                .query_row((id, &auth.ppr), |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, String>(1)?)));
            Ok::<_, Problem>(found.optional()?)
        })
        .await?
        .ok_or(ProblemType::NotFound)?;
    Ok(TaggedBody::pdf(pdf, &hash).respond_without_cache(&headers))
}

/// Verifies a receipt and returns the state of its request, without anything about the member.
#[utoipa::path(
    get, path = paths::RECEIPT_VERIFICATION, tag = "requests",
    params(("code" = String, Path, description = "The code on the receipt")),
    responses(
        (status = 200, description = "The receipt is valid", body = ReceiptVerification),
        (status = 404, description = "`not-found`: no receipt of this portal",
            body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn verify(
    State(app): State<App>,
    Extension(content): Extension<Arc<PublishedContent>>,
    PathId(code): PathId,
) -> Result<Json<ReceiptVerification>, Problem> {
    let found = app.storage.transaction(move |db| record::find_by_receipt(db, &code)).await?;
    let record = found.ok_or(ProblemType::NotFound)?;
    Ok(Json(ReceiptVerification {
        number: record.number,
        service: content.title(&record.service).ok_or(ProblemType::Internal)?.clone(),
        filed_at: Timestamp::from_second(record.filed_at).unwrap_or_default(),
        state: record.state,
    }))
}
