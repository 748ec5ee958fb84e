//! Circulars: the foundation's papers about its services, and their PDFs (guide step 8).

use axum::{extract::State, http::HeaderMap, response::Response};
use rusqlite::{OptionalExtension as _, Transaction};
use serde::{Deserialize, Serialize};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat, Type},
};

use crate::{
    app::App,
    http::{Id, Rendered},
    problem::{Problem, Slug},
    secrets::{hex, sha256},
    store::StoreError,
};

/// The foundation's paper about a service.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Paper {
    /// A circular (دورية, CIR) or a notice (إعلان, COM).
    pub(crate) kind: PaperKind,
    /// Its number and year.
    #[schema(example = "2/26")]
    pub(crate) number: String,
    /// The paper itself, to be had at `/v1/services/{id}/circular`; null when the portal has it not.
    #[serde(default)]
    #[schema(required = true)]
    pub(crate) pdf: Option<Pdf>,
}

/// A paper's PDF.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pdf {
    /// Its size.
    bytes: usize,
    /// Its SHA-256, in hexadecimal.
    sha256: String,
}

/// A circular (دورية, CIR) or a notice (إعلان, COM).
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum PaperKind {
    /// دورية, CIR.
    Circular,
    /// إعلان, COM.
    Notice,
}

/// What the catalogue says of a PDF.
pub(crate) fn describe(pdf: &[u8]) -> Result<Pdf, &'static str> {
    if !pdf.starts_with(b"%PDF-") {
        return Err("the circular is not a PDF");
    }
    Ok(Pdf { bytes: pdf.len(), sha256: hex(&sha256(pdf)) })
}

/// Keeps a service's paper in the place of any it had.
pub(crate) fn keep(db: &Transaction, id: &str, pdf: &[u8]) -> Result<(), StoreError> {
    db.execute(
        "INSERT INTO circulars (service, pdf) VALUES (?1, ?2)
         ON CONFLICT (service) DO UPDATE SET pdf = excluded.pdf",
        (id, pdf),
    )?;
    Ok(())
}

/// Drops the paper a service had: another takes its place.
pub(crate) fn drop(db: &Transaction, id: &str) -> Result<(), StoreError> {
    db.execute("DELETE FROM circulars WHERE service = ?1", [id])?;
    Ok(())
}

/// The bytes of a PDF, as the document describes them.
pub(crate) enum PdfFile {}

impl PartialSchema for PdfFile {
    fn schema() -> RefOr<Schema> {
        let binary = SchemaFormat::KnownFormat(KnownFormat::Binary);
        ObjectBuilder::new().schema_type(Type::String).format(Some(binary)).into()
    }
}

impl ToSchema for PdfFile {}

/// The foundation's paper about a service.
#[utoipa::path(
    get, path = "/v1/services/{id}/circular", tag = "services", security(("session" = [])),
    params(
        ("id" = String, Path, description = "The service"),
        ("If-None-Match" = Option<String>, Header, description = "The entity tag already held"),
    ),
    responses(
        (status = 200, description = "The paper; its strong ETag is its SHA-256",
            body = inline(PdfFile), content_type = "application/pdf"),
        (status = 304, description = "The one already held"),
        (status = 401, description = "`session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`restricted`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`not-found`: the portal has no paper of this service",
            body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn circular(
    State(app): State<App>,
    Id(id): Id,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let pdf = app
        .store
        .transact(move |db| {
            let pdf = db
                .prepare_cached("SELECT pdf FROM circulars WHERE service = ?1")?
                .query_row([id], |row| row.get::<_, Vec<u8>>(0));
            Ok::<_, Problem>(pdf.optional()?)
        })
        .await?
        .ok_or(Slug::NotFound)?;
    let hash = hex(&sha256(&pdf));
    Ok(Rendered::pdf(pdf, &hash).answer(&headers))
}
