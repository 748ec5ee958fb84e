//! Circulars and notices by which the foundation announces services (guide step 8), and their PDFs.

use axum::{extract::State, http::HeaderMap, response::Response};
use fos_wire::{MAX_RESPONSE_BYTES, paths, service::CircularPdf};
use rusqlite::{OptionalExtension as _, Transaction};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat, Type},
};

use crate::{
    app::App,
    http::{PathId, TaggedBody},
    problem::{Problem, ProblemType},
    secrets::{hex, sha256},
    storage::StorageError,
};

/// Describes a PDF by size and hash. Fails with the reason when the bytes are no PDF, or more than a phone reads.
pub(crate) fn describe(pdf: &[u8]) -> Result<CircularPdf, String> {
    if !pdf.starts_with(b"%PDF-") {
        return Err("the circular is not a PDF".to_owned());
    }
    if pdf.len() > MAX_RESPONSE_BYTES {
        let (bytes, limit) = (pdf.len(), MAX_RESPONSE_BYTES);
        return Err(format!("the circular has {bytes} bytes, and phones read at most {limit}"));
    }
    Ok(CircularPdf { bytes: pdf.len() as u64, sha256: hex(&sha256(pdf)) })
}

/// Stores the PDF of a service, replacing any other.
pub(crate) fn store(db: &Transaction, id: &str, pdf: &[u8]) -> Result<(), StorageError> {
    db.execute(
        "INSERT INTO circulars (service, pdf) VALUES (?1, ?2)
         ON CONFLICT (service) DO UPDATE SET pdf = excluded.pdf",
        (id, pdf),
    )?;
    Ok(())
}

/// Deletes the PDF of a service.
pub(crate) fn delete(db: &Transaction, id: &str) -> Result<(), StorageError> {
    db.execute("DELETE FROM circulars WHERE service = ?1", [id])?;
    Ok(())
}

/// Schema of a PDF in the `OpenAPI` document.
pub(crate) enum PdfFile {}

impl PartialSchema for PdfFile {
    fn schema() -> RefOr<Schema> {
        let binary = SchemaFormat::KnownFormat(KnownFormat::Binary);
        ObjectBuilder::new().schema_type(Type::String).format(Some(binary)).into()
    }
}

impl ToSchema for PdfFile {}

/// Returns the PDF of the circular that announces a service.
#[utoipa::path(
    get, path = paths::CIRCULAR, tag = "services", security(("session" = [])),
    params(
        ("id" = String, Path, description = "The service"),
        ("If-None-Match" = Option<String>, Header, description = "Entity tag of the stored copy"),
        ("Range" = Option<String>, Header, description = "Part of the file that is missing, `bytes=N-`; several parts are \
            answered with the whole"),
        ("If-Range" = Option<String>, Header, description = "Entity tag of the part at hand; another one is answered with \
            the whole"),
    ),
    responses(
        (status = 200, description = "The PDF; its strong ETag is its SHA-256",
            body = inline(PdfFile), content_type = "application/pdf"),
        (status = 206, description = "The part that `Range` asks for, with `Content-Range`",
            body = inline(PdfFile), content_type = "application/pdf"),
        (status = 304, description = "Not modified"),
        (status = 401, description = "`session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`restricted`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`not-found`: the portal has no circular of this service",
            body = Problem, content_type = "application/problem+json"),
        (status = 416, description = "`range`: the file ends before this part; `Content-Range` has its size",
            body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn circular(
    State(app): State<App>,
    PathId(id): PathId,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let pdf = app
        .storage
        .transaction(move |db| {
            let pdf = db
                .prepare_cached("SELECT pdf FROM circulars WHERE service = ?1")?
                .query_row([id], |row| row.get::<_, Vec<u8>>(0));
            Ok::<_, Problem>(pdf.optional()?)
        })
        .await?
        .ok_or(ProblemType::NotFound)?;
    let hash = hex(&sha256(&pdf));
    Ok(TaggedBody::pdf(pdf, &hash).respond_with_range(&headers))
}
