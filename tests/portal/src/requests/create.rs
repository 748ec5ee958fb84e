//! Filing of a request. Everything the app has validated is validated again; then request, receipt and stored response are
//! written in one transaction.
//!
//! ```text
//! transaction   response stored under the key? → the same again; limits of the service; validation; number reserved
//! blocking      receipt rendered: the one database thread serves everybody, and rendering takes tens of milliseconds
//! transaction   response stored meanwhile? → the same again; limits of the service; request, receipt, response, audit log
//! ```
//!
//! A number reserved by an attempt that ends in between is not given again.

use std::sync::Arc;

use axum::{
    Extension,
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use fos_rules::day::{date_in_morocco, day_begin};
use fos_wire::{
    form::Form,
    paths,
    problem::ExistingRequest,
    request::{ANSWER_WITHIN_DAYS, FiledRequest, NewRequest, RequestState},
    service::ServiceStatus,
};
use jiff::{Timestamp, ToSpan as _, civil::Date};
use rusqlite::Transaction;
use tracing::info;

use super::{
    idempotency::{self, BodyDigest, IdempotencyKey},
    receipt_content::{ReceiptContent, ReceiptIssuer, RenderedReceipt},
    record::{self, RequestRecord},
};
use crate::{
    app::App,
    auth::AuthSession,
    content::PublishedContent,
    family,
    forms::{self, FieldValues, ValidationContext},
    http::BodyWithBytes,
    problem::{Problem, ProblemType},
    secrets::{hex, random, sha256},
    storage::{StorageError, audit},
};

/// Header of a response that was sent before.
const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// Files a request.
///
/// The same `Idempotency-Key` with the same body (as JSON, its texts in NFC) returns the same response for thirty days, byte
/// for byte, whatever has changed meanwhile. A rejection is not stored: a corrected request may be sent with the same key.
#[utoipa::path(
    post, path = paths::REQUESTS, tag = "requests", security(("session" = [])), request_body = NewRequest,
    params(("Idempotency-Key" = String, Header, description = "8 to 64 visible ASCII characters, the same until a response arrives")),
    responses(
        (status = 201, description = "Filed", body = FiledRequest,
            headers(("Idempotent-Replayed" = Option<bool>, description = "`true` when this response was sent before"))),
        (status = 400, description = "`idempotency-key`: missing, or not of its form; `malformed`",
            body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`restricted`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`service-closed`: it accepts no request from this member today; `form-changed`: \
            `version` is the current one; `already-requested`: the service takes no second request of this member, `request` \
            is the one on file; `day-limit`: as many were filed for this service today as the foundation allows, \
            `Retry-After` is the next day", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`fields`: required, format, too-long, too-small, too-large, too-early, too-late, \
            too-many, too-few, unknown-option, not-yours, unexpected; `idempotency-reuse`: the key was used with another body",
            body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn create(
    State(app): State<App>,
    Extension(content): Extension<Arc<PublishedContent>>,
    Extension(auth): Extension<AuthSession>,
    headers: HeaderMap,
    BodyWithBytes { body, bytes }: BodyWithBytes<NewRequest>,
) -> Result<Response, Problem> {
    let key = IdempotencyKey::from_headers(&headers)?;
    let digest = BodyDigest::of(&bytes);
    let now = app.now();
    let submission = Submission { request: body, auth, content, now, today: date_in_morocco(now) };
    let issuer =
        ReceiptIssuer { renderer: Arc::clone(&app.pdf_renderer), public_url: app.public_url.clone() };
    let attempt = Arc::new(Attempt { submission, key, digest });
    let (body, is_replayed) = match attempt.prepare(&app).await? {
        Prepared::Stored(body) => (body, true),
        Prepared::New(draft) => attempt.file(&app, issuer, *draft).await?,
    };
    let mut response =
        (StatusCode::CREATED, [(header::CONTENT_TYPE, "application/json")], body).into_response();
    if is_replayed {
        info!("stored response repeated");
        response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    }
    Ok(response)
}

/// Submission under its idempotency key.
struct Attempt {
    submission: Submission,
    key: IdempotencyKey,
    digest: BodyDigest,
}

/// Outcome of the first transaction.
enum Prepared {
    /// The response that was stored under the key.
    Stored(Vec<u8>),
    New(Box<Draft>),
}

/// Validated request with its number, not filed yet.
struct Draft {
    record: RequestRecord,
    /// Values as they are stored.
    canonical: String,
    receipt: ReceiptContent,
}

impl Attempt {
    async fn prepare(self: &Arc<Self>, app: &App) -> Result<Prepared, Problem> {
        let attempt = Arc::clone(self);
        app.storage
            .transaction(move |db| match attempt.stored_response(db)? {
                Some(body) => Ok(Prepared::Stored(body)),
                None => Ok(Prepared::New(Box::new(attempt.submission.prepare(db)?))),
            })
            .await
    }

    /// Renders the receipt and files the request. Returns the response, and true if another attempt has stored it.
    async fn file(
        self: Arc<Self>,
        app: &App,
        issuer: ReceiptIssuer,
        draft: Draft,
    ) -> Result<(Vec<u8>, bool), Problem> {
        let Draft { record, canonical, receipt } = draft;
        let rendered = tokio::task::spawn_blocking(move || issuer.render(&receipt)).await;
        let rendered = rendered.map_err(|_| ProblemType::Internal)??;
        app.storage
            .transaction(move |db| {
                if let Some(body) = self.stored_response(db)? {
                    return Ok((body, true));
                }
                let (ppr, now) = (record.ppr.clone(), record.filed_at);
                let filed = self.submission.file(db, record, &canonical, rendered)?;
                let body = serde_json::to_vec(&filed).map_err(StorageError::unreadable("a response"))?;
                idempotency::store_response(db, &ppr, &self.key, &self.digest, &body, now)?;
                Ok((body, false))
            })
            .await
    }

    fn stored_response(&self, db: &Transaction) -> Result<Option<Vec<u8>>, Problem> {
        idempotency::find_response(db, &self.submission.auth.ppr, &self.key, &self.digest)
    }
}

/// Submission in progress.
struct Submission {
    request: NewRequest,
    auth: AuthSession,
    content: Arc<PublishedContent>,
    now: Timestamp,
    today: Date,
}

impl Submission {
    /// Validates the request and reserves its number.
    fn prepare(&self, db: &Transaction) -> Result<Draft, Problem> {
        let form = self.form()?;
        self.check_first(db)?;
        let context = self.context(db, form)?;
        let values = forms::validate(form, &self.request.values, &context).map_err(Problem::fields)?;
        self.check_day_limit(db)?;
        let canonical =
            serde_json::to_string(&values).map_err(StorageError::unreadable("a request's values"))?;
        let record = self.record(db)?;
        let receipt = self.receipt(db, form, &record, &values, &context)?;
        Ok(Draft { record, canonical, receipt })
    }

    /// Writes the request and its receipt.
    fn file(
        &self,
        db: &Transaction,
        record: RequestRecord,
        canonical: &str,
        rendered: RenderedReceipt,
    ) -> Result<FiledRequest, Problem> {
        // Other attempts may have been filed meanwhile.
        self.check_first(db)?;
        self.check_day_limit(db)?;
        record::file(db, &record, canonical)?;
        let receipt = rendered.store(db, &record.id)?;
        let event = format!(
            "request {} filed: {} version {}, values sha256 {}",
            record.number,
            record.service,
            record.version,
            hex(&sha256(canonical.as_bytes()))
        );
        audit(db, record.filed_at, &record.ppr, &event)?;
        Ok(FiledRequest {
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

    /// Refuses the request with `already-requested` when the service takes no second one of this member.
    fn check_first(&self, db: &Transaction) -> Result<(), Problem> {
        let service = &self.request.service;
        let once = self.content.once(service);
        if once.is_any() {
            return Ok(());
        }
        let leaves_no_room = |record: &RequestRecord| {
            let filed = date_in_morocco(Timestamp::from_second(record.filed_at).unwrap_or_default());
            once.is_used_up_by(record.state, filed, self.today)
        };
        let first = record::list_for_service(db, &self.auth.ppr, service)?.into_iter().find(leaves_no_room);
        first.map_or(Ok(()), |RequestRecord { id, number, .. }| {
            Err(Problem::already_requested(ExistingRequest { id, number }))
        })
    }

    /// Refuses the request with `day-limit` when the member has filed as many for this service today as allowed.
    fn check_day_limit(&self, db: &Transaction) -> Result<(), Problem> {
        let begin = day_begin(self.today).as_second();
        let filed = record::count_since(db, &self.auth.ppr, &self.request.service, begin)?;
        if filed < self.content.limits.requests_a_day {
            return Ok(());
        }
        let tomorrow = day_begin(self.today.saturating_add(1.day())).as_second();
        Err(Problem::from(ProblemType::DayLimit)
            .with_retry_after(tomorrow.abs_diff(self.now.as_second()).max(1)))
    }

    /// Returns the current form of a service that is open for this member today.
    fn form(&self) -> Result<&Form, Problem> {
        let service = &self.request.service;
        let is_open = self.content.status(service, self.auth.kind, self.today) == Some(ServiceStatus::Open);
        let form = self.content.form(service).filter(|_| is_open).ok_or(ProblemType::ServiceClosed)?;
        if form.form.version == self.request.version {
            Ok(&form.form)
        } else {
            Err(Problem::from(ProblemType::FormChanged).with_version(form.form.version))
        }
    }

    fn context(&self, db: &Transaction, form: &Form) -> Result<ValidationContext, StorageError> {
        let family =
            if forms::asks_for_family(form) { family::load(db, &self.auth.ppr)? } else { Vec::new() };
        Ok(ValidationContext { today: self.today, family })
    }

    fn record(&self, db: &Transaction) -> Result<RequestRecord, Problem> {
        let filed_at = self.now.as_second();
        Ok(RequestRecord {
            id: hex(&random::<16>()?),
            number: record::next_number(db, self.today.year())?,
            ppr: self.auth.ppr.clone(),
            service: self.request.service.clone(),
            version: self.request.version,
            state: RequestState::Filed,
            filed_at,
            due_by: self.today.saturating_add(ANSWER_WITHIN_DAYS.days()),
            // Both are set by the database.
            change_seq: 0,
            changed_at: filed_at,
            refusal: None,
        })
    }

    fn receipt(
        &self,
        db: &Transaction,
        form: &Form,
        record: &RequestRecord,
        values: &FieldValues,
        context: &ValidationContext,
    ) -> Result<ReceiptContent, Problem> {
        Ok(ReceiptContent {
            number: record.number.clone(),
            service: self.content.title(&record.service).ok_or(ProblemType::Internal)?.clone(),
            member: crate::members::name(db, &record.ppr)?,
            filed_on: self.today,
            due_by: record.due_by,
            answers: forms::display(form, values, &context.family),
        })
    }
}
