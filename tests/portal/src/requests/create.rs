//! Filing a request. Whatever the app has checked is checked again; then number, request, receipt and answer are
//! written in one transaction.

use std::sync::Arc;

use axum::{
    Extension,
    extract::State as Shared,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use jiff::{Timestamp, ToSpan as _, civil::Date};
use rusqlite::Transaction;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::{
    DUE_WITHIN_DAYS, State,
    answers::{self, Key},
    receipt_sheet::{Content, Issuer},
    receipts::Receipt,
    record::{self, Record},
};
use crate::{
    access::Signed,
    app::App,
    catalogue::Status,
    desk::Desk,
    family,
    forms::{self, Clerk, Filled, Form},
    http::Digested,
    problem::{Problem, Slug},
    secrets::{hex, random, sha256},
    store::{StoreError, audit},
};

/// The header of an answer that was given before.
const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// A form that was filled in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRequest {
    /// The service's id.
    #[schema(example = "hajj-grant")]
    service: String,
    /// The version of the form that was filled in.
    version: u32,
    /// The answers by their fields' keys, each as its kind has it. A field without an answer is left out.
    #[schema(value_type = Object)]
    values: Map<String, Value>,
}

/// The request, on file.
#[derive(Serialize, ToSchema)]
pub(crate) struct RequestOnFile {
    /// What it is called here.
    id: String,
    /// What members and desk call it.
    #[schema(example = "2026-000123")]
    number: String,
    /// The service's id.
    service: String,
    /// The version of the form that was filled in.
    version: u32,
    /// How it stands: filed.
    state: State,
    /// When it was filed.
    #[schema(value_type = String, format = DateTime)]
    filed_at: Timestamp,
    /// The last day on which it is answered (law 55-19).
    #[schema(value_type = String, format = Date)]
    due_by: Date,
    /// Its receipt.
    receipt: Receipt,
}

/// Files a request.
///
/// The same `Idempotency-Key` with the same body brings the same answer for thirty days, byte for byte, whatever has
/// changed meanwhile. A refusal is not kept: what was refused may be sent again with the same key.
#[utoipa::path(
    post, path = "/v1/requests", tag = "requests", security(("session" = [])), request_body = NewRequest,
    params(("Idempotency-Key" = String, Header, description = "8 to 64 visible ASCII characters, the same until an answer comes")),
    responses(
        (status = 201, description = "On file", body = RequestOnFile,
            headers(("Idempotent-Replayed" = Option<bool>, description = "`true` when this answer was given before"))),
        (status = 400, description = "`idempotency-key`: missing, or not of its form; `malformed`",
            body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`restricted`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`service-closed`: it takes no request of this member today; `form-changed`: \
            `version` says which is in force", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`fields`: required, format, too-long, too-small, too-large, too-early, too-late, \
            too-many, too-few, unknown-option, not-yours, unexpected; `idempotency-reuse`: the key came with another body",
            body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn create(
    Shared(app): Shared<App>,
    Extension(desk): Extension<Arc<Desk>>,
    Extension(signed): Extension<Signed>,
    headers: HeaderMap,
    Digested { body, digest }: Digested<NewRequest>,
) -> Result<Response, Problem> {
    let key = Key::of(&headers)?;
    let now = app.now();
    let filing = Filing { request: body, signed, desk, now, today: app.day_of(now) };
    let issuer = Issuer { printer: Arc::clone(&app.printer), address: app.public_url.clone() };
    let (body, is_replayed) = app
        .store
        .transact(move |db| {
            if let Some(body) = answers::kept(db, &filing.signed.ppr, &key, &digest)? {
                return Ok::<_, Problem>((body, true));
            }
            let filed = filing.file(db, &issuer)?;
            let body = serde_json::to_vec(&filed).map_err(StoreError::content("an answer"))?;
            answers::keep(db, &filing.signed.ppr, &key, &digest, &body, now.as_second())?;
            Ok((body, false))
        })
        .await?;
    let mut response =
        (StatusCode::CREATED, [(header::CONTENT_TYPE, "application/json")], body).into_response();
    if is_replayed {
        response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    }
    Ok(response)
}

/// A request that comes in.
struct Filing {
    request: NewRequest,
    signed: Signed,
    desk: Arc<Desk>,
    now: Timestamp,
    today: Date,
}

impl Filing {
    fn file(&self, db: &Transaction, issuer: &Issuer) -> Result<RequestOnFile, Problem> {
        let form = self.form()?;
        let clerk = self.clerk(db, form)?;
        let filled = forms::check(form, &self.request.values, &clerk).map_err(Problem::fields)?;
        let canonical = serde_json::to_string(&filled).map_err(StoreError::content("a request's values"))?;
        let record = self.record(db)?;
        record::file(db, &record, &canonical)?;
        let receipt = self.receipt(db, issuer, form, &record, &filled, &clerk)?;
        let event = format!(
            "request {} filed: {} version {}, values sha256 {}",
            record.number,
            record.service,
            record.version,
            hex(&sha256(canonical.as_bytes()))
        );
        audit(db, record.filed_at, &record.ppr, &event)?;
        Ok(RequestOnFile {
            id: record.id,
            number: record.number,
            service: record.service,
            version: record.version,
            state: record.state,
            filed_at: self.now,
            due_by: record.due_by,
            receipt,
        })
    }

    /// The form in force of a service that takes this member's request today.
    fn form(&self) -> Result<&Form, Problem> {
        let service = &self.request.service;
        let is_open = self.desk.status(service, self.signed.kind, self.today) == Some(Status::Open);
        let form = self.desk.form(service).filter(|_| is_open).ok_or(Slug::ServiceClosed)?;
        if form.form.version == self.request.version {
            Ok(&form.form)
        } else {
            Err(Problem::from(Slug::FormChanged).version(form.form.version))
        }
    }

    fn clerk(&self, db: &Transaction, form: &Form) -> Result<Clerk, StoreError> {
        let family = if form.asks_for_family() { family::of(db, &self.signed.ppr)? } else { Vec::new() };
        Ok(Clerk { today: self.today, family })
    }

    fn record(&self, db: &Transaction) -> Result<Record, Problem> {
        let filed_at = self.now.as_second();
        Ok(Record {
            id: hex(&random::<16>()?),
            number: record::next_number(db, self.today.year())?,
            ppr: self.signed.ppr.clone(),
            service: self.request.service.clone(),
            version: self.request.version,
            state: State::Filed,
            filed_at,
            due_by: self.today.saturating_add(DUE_WITHIN_DAYS.days()),
            // Both are the database's to say.
            change: 0,
            changed_at: filed_at,
            refusal: None,
        })
    }

    fn receipt(
        &self,
        db: &Transaction,
        issuer: &Issuer,
        form: &Form,
        record: &Record,
        filled: &Filled,
        clerk: &Clerk,
    ) -> Result<Receipt, Problem> {
        let name = crate::members::name(db, &record.ppr)?;
        let content = Content {
            number: &record.number,
            service: self.desk.title(&record.service).ok_or(Slug::Internal)?,
            member: &name,
            filed_on: self.today,
            due_by: record.due_by,
            lines: forms::lines(form, filled, &clerk.family),
        };
        issuer.give(db, &record.id, &content)
    }
}
