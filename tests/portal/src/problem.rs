//! Error responses: RFC 9457 problems with stable types.

use std::borrow::Cow;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use fos_wire::problem::{self as wire, ExistingRequest, SessionReason};
pub(crate) use fos_wire::problem::{Code, FieldProblem, ProblemType};
use tracing::{error, info};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{RefOr, Schema},
};

use crate::{mail::queue::EnqueueError, pdf::PdfError, secrets::SecretsError, storage::StorageError};

/// Returns the status code and the title of a type.
fn status_and_title(kind: ProblemType) -> (StatusCode, &'static str) {
    match kind {
        ProblemType::Malformed => (StatusCode::BAD_REQUEST, "The request cannot be read"),
        ProblemType::Fields => (StatusCode::UNPROCESSABLE_ENTITY, "Some fields are not acceptable"),
        ProblemType::Captcha => (StatusCode::UNPROCESSABLE_ENTITY, "The captcha is not solved"),
        ProblemType::Credentials => (StatusCode::UNAUTHORIZED, "Wrong payroll number or password"),
        ProblemType::Session => (StatusCode::UNAUTHORIZED, "No such session"),
        ProblemType::Restricted => (StatusCode::FORBIDDEN, "Charter or password is due first"),
        ProblemType::CharterVersion => (StatusCode::CONFLICT, "Not the current charter"),
        ProblemType::NotFound => (StatusCode::NOT_FOUND, "Nothing here"),
        ProblemType::ServiceClosed => {
            (StatusCode::CONFLICT, "The service takes no request of this member today")
        }
        ProblemType::FormChanged => (StatusCode::CONFLICT, "Another version of the form is in force"),
        ProblemType::DayLimit => (StatusCode::CONFLICT, "No more requests for this service today"),
        ProblemType::AlreadyRequested => {
            (StatusCode::CONFLICT, "The member has a request for this service already")
        }
        ProblemType::IdempotencyKey => {
            (StatusCode::BAD_REQUEST, "Send an Idempotency-Key of 8 to 64 visible ASCII characters")
        }
        ProblemType::IdempotencyReuse => {
            (StatusCode::UNPROCESSABLE_ENTITY, "The Idempotency-Key came with another body before")
        }
        ProblemType::Method => (StatusCode::METHOD_NOT_ALLOWED, "Not with this method"),
        ProblemType::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "The body is too large"),
        ProblemType::MediaType => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "Send application/json"),
        ProblemType::Range => (StatusCode::RANGE_NOT_SATISFIABLE, "The file has no such part"),
        ProblemType::TooMany => (StatusCode::TOO_MANY_REQUESTS, "Wait before trying again"),
        ProblemType::Slow => (StatusCode::REQUEST_TIMEOUT, "The body did not come in time"),
        ProblemType::Maintenance => (StatusCode::SERVICE_UNAVAILABLE, "Closed for maintenance"),
        ProblemType::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, "Stopping or restarting"),
        ProblemType::Internal | ProblemType::Unknown => {
            (StatusCode::INTERNAL_SERVER_ERROR, "A fault of the portal")
        }
    }
}

/// Problem to respond with.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    document: wire::Problem,
    retry_after: Option<u64>,
}

impl PartialSchema for Problem {
    fn schema() -> RefOr<Schema> {
        wire::Problem::schema()
    }
}

impl ToSchema for Problem {
    fn name() -> Cow<'static, str> {
        wire::Problem::name()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        wire::Problem::schemas(schemas);
    }
}

impl Problem {
    /// Creates a `fields` problem; `field_problems` must not be empty.
    pub(crate) fn fields(field_problems: Vec<FieldProblem>) -> Self {
        let mut problem = Self::from(ProblemType::Fields);
        problem.document.fields = field_problems;
        problem
    }

    /// Creates a `too-many` problem with `Retry-After`.
    pub(crate) fn too_many(seconds: u64) -> Self {
        Self::from(ProblemType::TooMany).with_retry_after(seconds)
    }

    /// Creates an `already-requested` problem.
    pub(crate) fn already_requested(request: ExistingRequest) -> Self {
        let mut problem = Self::from(ProblemType::AlreadyRequested);
        problem.document.request = Some(Box::new(request));
        problem
    }

    /// Adds `Retry-After`.
    pub(crate) fn with_retry_after(self, seconds: u64) -> Self {
        Self { retry_after: Some(seconds), ..self }
    }

    /// Creates a `session` problem, which says if somebody ended the session.
    pub(crate) fn session(is_revoked: bool) -> Self {
        let mut problem = Self::from(ProblemType::Session);
        problem.document.reason = is_revoked.then_some(SessionReason::Revoked);
        problem
    }

    /// Adds the current version of the form.
    pub(crate) fn with_version(mut self, version: u32) -> Self {
        self.document.version = Some(version);
        self
    }

    /// Adds an explanation for engineers.
    pub(crate) fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.document.detail = Some(detail.into());
        self
    }
}

impl From<ProblemType> for Problem {
    fn from(kind: ProblemType) -> Self {
        let (status, title) = status_and_title(kind);
        let retry_after = (kind == ProblemType::Unavailable).then_some(5);
        let document =
            wire::Problem { kind, title: title.into(), status: status.as_u16(), ..wire::Problem::default() };
        Self { document, retry_after }
    }
}

impl From<StorageError> for Problem {
    fn from(error: StorageError) -> Self {
        if matches!(error, StorageError::Closed) || error.is_busy() {
            return ProblemType::Unavailable.into();
        }
        error!(reason = error.without_value(), "the database failed");
        ProblemType::Internal.into()
    }
}

impl From<rusqlite::Error> for Problem {
    fn from(error: rusqlite::Error) -> Self {
        StorageError::from(error).into()
    }
}

impl From<EnqueueError> for Problem {
    fn from(error: EnqueueError) -> Self {
        match error {
            EnqueueError::Storage(error) => error.into(),
            EnqueueError::Secrets(error) => error.into(),
        }
    }
}

impl From<SecretsError> for Problem {
    fn from(error: SecretsError) -> Self {
        error!(%error, "a key failed");
        ProblemType::Internal.into()
    }
}

impl From<PdfError> for Problem {
    fn from(error: PdfError) -> Self {
        error!(%error, "a receipt cannot be rendered");
        ProblemType::Internal.into()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, _) = status_and_title(self.document.kind);
        info!(problem = ?self.document.kind, "refused");
        let body = serde_json::to_vec(&self.document).unwrap_or_default();
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
