//! Receipts: made when a request is filed, kept as they were made, and verified by anyone who holds one.

use std::sync::Arc;

use axum::{Extension, Json, extract::State as Shared, http::HeaderMap, response::Response};
use jiff::Timestamp;
use rusqlite::OptionalExtension as _;
use serde::Serialize;
use utoipa::ToSchema;

use super::{State, record};
use crate::{
    access::Signed,
    app::App,
    circulars::PdfFile,
    desk::Desk,
    http::{Id, Rendered},
    problem::{Problem, Slug},
    seed::BothLanguages,
};

/// A request's receipt: a PDF at `/v1/requests/{id}/receipt`.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Receipt {
    /// What it is verified by: 32 hexadecimal digits, at `/v1/receipts/{code}`.
    pub(super) code: String,
    /// Its SHA-256, in hexadecimal.
    pub(super) sha256: String,
    /// Its size.
    pub(super) bytes: u32,
}

/// The receipt of one of the member's requests.
#[utoipa::path(
    get, path = "/v1/requests/{id}/receipt", tag = "requests", security(("session" = [])),
    params(
        ("id" = String, Path, description = "The request, as the list calls it"),
        ("If-None-Match" = Option<String>, Header, description = "The entity tag already held"),
    ),
    responses(
        (status = 200, description = "The receipt; its strong ETag is its SHA-256",
            body = inline(PdfFile), content_type = "application/pdf"),
        (status = 304, description = "The one already held"),
        (status = 401, description = "`session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`restricted`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`not-found`: no request of this member",
            body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn receipt(
    Shared(app): Shared<App>,
    Extension(signed): Extension<Signed>,
    Id(id): Id,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (pdf, hash) = app
        .store
        .transact(move |db| {
            let found = db
                .prepare_cached(
                    "SELECT pdf, sha256 FROM receipts JOIN requests ON id = request WHERE id = ?1 AND ppr = ?2",
                )?
                .query_row((id, &signed.ppr), |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, String>(1)?)));
            Ok::<_, Problem>(found.optional()?)
        })
        .await?
        .ok_or(Slug::NotFound)?;
    Ok(Rendered::pdf(pdf, &hash).answer(&headers))
}

/// What anyone who holds a receipt may know.
#[derive(Serialize, ToSchema)]
pub(crate) struct Verified {
    /// The request's number, as the receipt has it.
    #[schema(example = "2026-000123")]
    number: String,
    /// The service it asks for.
    service: BothLanguages,
    /// When it was filed.
    #[schema(value_type = String, format = DateTime)]
    filed_at: Timestamp,
    /// How it stands.
    state: State,
}

/// Whether a receipt is the portal's, and how its request stands. Nothing of the member is told.
#[utoipa::path(
    get, path = "/v1/receipts/{code}", tag = "requests",
    params(("code" = String, Path, description = "The code on the receipt")),
    responses(
        (status = 200, description = "The portal gave it", body = Verified),
        (status = 404, description = "`not-found`: no receipt of this portal",
            body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn verify(
    Shared(app): Shared<App>,
    Extension(desk): Extension<Arc<Desk>>,
    Id(code): Id,
) -> Result<Json<Verified>, Problem> {
    let found = app.store.transact(move |db| record::of_receipt(db, &code)).await?;
    let record = found.ok_or(Slug::NotFound)?;
    Ok(Json(Verified {
        number: record.number,
        service: desk.title(&record.service).ok_or(Slug::Internal)?.clone(),
        filed_at: Timestamp::from_second(record.filed_at).unwrap_or_default(),
        state: record.state,
    }))
}
