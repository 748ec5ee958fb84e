//! The forms in force, and the call that gives one out.

use std::sync::Arc;

use axum::{Extension, extract::State, http::HeaderMap, response::Response};
use rusqlite::{Connection, OptionalExtension as _, Transaction};

use super::Form;
use crate::{
    access::Signed,
    app::App,
    catalogue::Status,
    desk::Desk,
    http::{Id, Rendered},
    problem::{Problem, Slug},
    store::StoreError,
};

/// A form in force, and its body.
pub(crate) struct InForce {
    pub(crate) form: Form,
    body: Rendered,
}

/// The forms in force: the newest version of each service's.
pub(crate) fn all_in_force(db: &Connection) -> Result<Vec<InForce>, StoreError> {
    // SQLite gives the other columns of the row that has the largest version.
    let mut query = db.prepare("SELECT form, max(version) FROM forms GROUP BY service")?;
    let rows = query.query_map([], |row| row.get::<_, String>(0))?;
    rows.map(|form| {
        let form = parse(&form?)?;
        let body = Rendered::json(&form).ok_or_else(|| StoreError::Content("a form".to_owned()))?;
        Ok(InForce { form, body })
    })
    .collect()
}

fn parse(form: &str) -> Result<Form, StoreError> {
    serde_json::from_str(form).map_err(StoreError::content("a form"))
}

/// One version of a service's form.
pub(crate) fn version(db: &Connection, service: &str, version: u32) -> Result<Option<Form>, StoreError> {
    let found: Option<String> = db
        .query_row("SELECT form FROM forms WHERE service = ?1 AND version = ?2", (service, version), |row| {
            row.get(0)
        })
        .optional()?;
    found.as_deref().map(parse).transpose()
}

/// The newest version of a service's form.
pub(crate) fn newest(db: &Connection, service: &str) -> Result<Option<u32>, StoreError> {
    Ok(db.query_row("SELECT max(version) FROM forms WHERE service = ?1", [service], |row| row.get(0))?)
}

/// Brings in the forms of services that have none.
pub(crate) fn fill(db: &Transaction, forms: &[Form], now: i64) -> Result<(), StoreError> {
    for form in forms {
        if newest(db, &form.service)?.is_none() {
            publish(db, form, now)?;
        }
    }
    Ok(())
}

/// Puts a form in force. Its version must be newer than any there was.
pub(crate) fn publish(db: &Transaction, form: &Form, now: i64) -> Result<(), StoreError> {
    let json = serde_json::to_string(form).map_err(StoreError::content("a form"))?;
    db.execute(
        "INSERT INTO forms (service, version, form, published_at) VALUES (?1, ?2, ?3, ?4)",
        (&form.service, form.version, json, now),
    )?;
    Ok(())
}

/// What a service asks of the member: its form as it is in force, also while the service is not open.
#[utoipa::path(
    get, path = "/v1/services/{id}/form", tag = "services", security(("session" = [])),
    params(
        ("id" = String, Path, description = "The service"),
        ("If-None-Match" = Option<String>, Header, description = "The entity tag already held"),
    ),
    responses(
        (status = 200, description = "The form, with an ETag", body = Form),
        (status = 304, description = "The one already held"),
        (status = 401, description = "`session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`restricted`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`not-found`: the service has no form, or is not for this member",
            body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn form(
    State(app): State<App>,
    Extension(desk): Extension<Arc<Desk>>,
    Extension(signed): Extension<Signed>,
    Id(id): Id,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let is_for_member = desk.status(&id, signed.kind, app.today()).is_some_and(Status::is_for_member);
    let form = desk.form(&id).filter(|_| is_for_member).ok_or(Slug::NotFound)?;
    Ok(form.body.answer(&headers))
}
