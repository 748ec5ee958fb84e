//! Published forms, and the call that returns one.

use std::sync::Arc;

use axum::{Extension, extract::State, http::HeaderMap, response::Response};
use fos_wire::{form::Form, paths};
use rusqlite::{Connection, OptionalExtension as _, Transaction};

use crate::{
    app::App,
    auth::AuthSession,
    catalogue,
    content::PublishedContent,
    http::{PathId, TaggedBody},
    problem::{Problem, ProblemType},
    storage::StorageError,
};

/// Current form of a service, with its rendered body.
pub(crate) struct CurrentForm {
    pub(crate) form: Form,
    body: TaggedBody,
}

/// Loads the latest version of every service's form.
pub(crate) fn load_current(db: &Connection) -> Result<Vec<CurrentForm>, StorageError> {
    // SQLite returns the other columns of the row with the largest version.
    let mut query = db.prepare("SELECT form, max(version) FROM forms GROUP BY service")?;
    let rows = query.query_map([], |row| row.get::<_, String>(0))?;
    rows.map(|form| {
        let form = parse(&form?)?;
        let body = TaggedBody::json(&form).ok_or_else(|| StorageError::Unreadable("a form".to_owned()))?;
        Ok(CurrentForm { form, body })
    })
    .collect()
}

fn parse(form: &str) -> Result<Form, StorageError> {
    serde_json::from_str(form).map_err(StorageError::unreadable("a form"))
}

/// Loads one version of a service's form.
pub(crate) fn load_version(
    db: &Connection,
    service: &str,
    version: u32,
) -> Result<Option<Form>, StorageError> {
    let found: Option<String> = db
        .query_row("SELECT form FROM forms WHERE service = ?1 AND version = ?2", (service, version), |row| {
            row.get(0)
        })
        .optional()?;
    found.as_deref().map(parse).transpose()
}

/// Returns the latest version of a service's form.
pub(crate) fn latest_version(db: &Connection, service: &str) -> Result<Option<u32>, StorageError> {
    Ok(db.query_row("SELECT max(version) FROM forms WHERE service = ?1", [service], |row| row.get(0))?)
}

/// Inserts the forms of services that have none.
pub(crate) fn insert_missing(db: &Transaction, forms: &[Form], now: i64) -> Result<(), StorageError> {
    for form in forms {
        if latest_version(db, &form.service)?.is_none() {
            publish(db, form, now)?;
        }
    }
    Ok(())
}

/// Publishes a form. Its version must be newer than any before.
pub(crate) fn publish(db: &Transaction, form: &Form, now: i64) -> Result<(), StorageError> {
    let json = serde_json::to_string(form).map_err(StorageError::unreadable("a form"))?;
    db.execute(
        "INSERT INTO forms (service, version, form, published_at) VALUES (?1, ?2, ?3, ?4)",
        (&form.service, form.version, json, now),
    )?;
    Ok(())
}

/// Returns the current form of a service, also while the service is not open.
#[utoipa::path(
    get, path = paths::FORM, tag = "services", security(("session" = [])),
    params(
        ("id" = String, Path, description = "The service"),
        ("If-None-Match" = Option<String>, Header, description = "Entity tag of the stored copy"),
    ),
    responses(
        (status = 200, description = "The form, with an ETag", body = Form),
        (status = 304, description = "Not modified"),
        (status = 401, description = "`session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`restricted`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`not-found`: the service has no form, or is not for this member",
            body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn form(
    State(app): State<App>,
    Extension(content): Extension<Arc<PublishedContent>>,
    Extension(auth): Extension<AuthSession>,
    PathId(id): PathId,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let is_for_member = content.status(&id, auth.kind, app.today()).is_some_and(catalogue::is_for_member);
    let form = content.form(&id).filter(|_| is_for_member).ok_or(ProblemType::NotFound)?;
    Ok(form.body.respond(&headers))
}
