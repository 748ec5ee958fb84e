//! Error responses: RFC 9457 problems with stable types.

use std::borrow::Cow;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{pdf::PdfError, secrets::SecretsError, storage::StorageError};

/// Type of a problem: a stable URN, `urn:fos:problem:<name>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) enum ProblemType {
    #[serde(rename = "urn:fos:problem:malformed")]
    Malformed,
    #[serde(rename = "urn:fos:problem:fields")]
    Fields,
    #[serde(rename = "urn:fos:problem:captcha")]
    Captcha,
    #[serde(rename = "urn:fos:problem:credentials")]
    Credentials,
    #[serde(rename = "urn:fos:problem:session")]
    Session,
    #[serde(rename = "urn:fos:problem:restricted")]
    Restricted,
    #[serde(rename = "urn:fos:problem:charter-version")]
    CharterVersion,
    #[serde(rename = "urn:fos:problem:not-found")]
    NotFound,
    #[serde(rename = "urn:fos:problem:service-closed")]
    ServiceClosed,
    #[serde(rename = "urn:fos:problem:form-changed")]
    FormChanged,
    #[serde(rename = "urn:fos:problem:idempotency-key")]
    IdempotencyKey,
    #[serde(rename = "urn:fos:problem:idempotency-reuse")]
    IdempotencyReuse,
    #[serde(rename = "urn:fos:problem:method")]
    Method,
    #[serde(rename = "urn:fos:problem:too-large")]
    TooLarge,
    #[serde(rename = "urn:fos:problem:media-type")]
    MediaType,
    #[serde(rename = "urn:fos:problem:too-many")]
    TooMany,
    #[serde(rename = "urn:fos:problem:slow")]
    Slow,
    #[serde(rename = "urn:fos:problem:maintenance")]
    Maintenance,
    #[serde(rename = "urn:fos:problem:unavailable")]
    Unavailable,
    #[serde(rename = "urn:fos:problem:internal")]
    Internal,
}

impl ProblemType {
    fn status_and_title(self) -> (StatusCode, &'static str) {
        match self {
            Self::Malformed => (StatusCode::BAD_REQUEST, "The request cannot be read"),
            Self::Fields => (StatusCode::UNPROCESSABLE_ENTITY, "Some fields are not acceptable"),
            Self::Captcha => (StatusCode::UNPROCESSABLE_ENTITY, "The captcha is not solved"),
            Self::Credentials => (StatusCode::UNAUTHORIZED, "Wrong payroll number or password"),
            Self::Session => (StatusCode::UNAUTHORIZED, "No such session"),
            Self::Restricted => (StatusCode::FORBIDDEN, "Charter or password is due first"),
            Self::CharterVersion => (StatusCode::CONFLICT, "Not the current charter"),
            Self::NotFound => (StatusCode::NOT_FOUND, "Nothing here"),
            Self::ServiceClosed => {
                (StatusCode::CONFLICT, "The service takes no request of this member today")
            }
            Self::FormChanged => (StatusCode::CONFLICT, "Another version of the form is in force"),
            Self::IdempotencyKey => {
                (StatusCode::BAD_REQUEST, "Send an Idempotency-Key of 8 to 64 visible ASCII characters")
            }
            Self::IdempotencyReuse => {
                (StatusCode::UNPROCESSABLE_ENTITY, "The Idempotency-Key came with another body before")
            }
            Self::Method => (StatusCode::METHOD_NOT_ALLOWED, "Not with this method"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "The body is too large"),
            Self::MediaType => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "Send application/json"),
            Self::TooMany => (StatusCode::TOO_MANY_REQUESTS, "Wait before trying again"),
            Self::Slow => (StatusCode::REQUEST_TIMEOUT, "The body did not come in time"),
            Self::Maintenance => (StatusCode::SERVICE_UNAVAILABLE, "Closed for maintenance"),
            Self::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, "Stopping or restarting"),
            Self::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "A fault of the portal"),
        }
    }
}

/// Code of a field problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Code {
    /// No value was given.
    Required,
    /// Not in the format of this field.
    Format,
    /// Address of an active member outside the professional domains.
    UnknownDomain,
    /// Fewer characters than allowed.
    TooShort,
    /// More characters than allowed.
    TooLong,
    /// Password that contains the member's own identifiers.
    ContainsIdentifier,
    /// New password equal to the one it replaces.
    SameAsBefore,
    /// Password among the most common, or one sequence repeated.
    Common,
    /// Not the member's present password.
    Wrong,
    /// Below the minimum.
    TooSmall,
    /// Above the maximum.
    TooLarge,
    /// Before the first allowed day.
    TooEarly,
    /// After the last allowed day.
    TooLate,
    /// More answers than allowed.
    TooMany,
    /// Fewer answers than required.
    TooFew,
    /// Not one of the options.
    UnknownOption,
    /// Not a person of the member's family on file.
    NotYours,
    /// Value for an unknown field, or for one that is not visible.
    Unexpected,
}

/// Problem of one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct FieldProblem {
    /// Name of the field in the request.
    #[schema(value_type = String)]
    pub(crate) field: Cow<'static, str>,
    /// Kind of problem.
    pub(crate) code: Code,
}

impl FieldProblem {
    /// Creates a problem of `field`.
    pub(crate) fn new(field: impl Into<Cow<'static, str>>, code: Code) -> Self {
        Self { field: field.into(), code }
    }
}

/// Problem details.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// Problem type.
    #[serde(rename = "type")]
    kind: ProblemType,
    /// Short summary in English, for engineers.
    #[schema(value_type = String)]
    title: &'static str,
    /// HTTP status code.
    status: u16,
    /// Explanation of this occurrence, for engineers.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    detail: Option<String>,
    /// Fields at fault, for the type `fields`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    fields: Vec<FieldProblem>,
    /// Current version of the form, for the type `form-changed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    version: Option<u32>,
    #[serde(skip)]
    retry_after: Option<u64>,
}

impl Problem {
    /// Creates a `fields` problem; `field_problems` must not be empty.
    pub(crate) fn fields(field_problems: Vec<FieldProblem>) -> Self {
        Self { fields: field_problems, ..ProblemType::Fields.into() }
    }

    /// Creates a `too-many` problem with `Retry-After`.
    pub(crate) fn too_many(seconds: u64) -> Self {
        Self::from(ProblemType::TooMany).with_retry_after(seconds)
    }

    /// Adds `Retry-After`.
    pub(crate) fn with_retry_after(self, seconds: u64) -> Self {
        Self { retry_after: Some(seconds), ..self }
    }

    /// Adds the current version of the form.
    pub(crate) fn with_version(self, version: u32) -> Self {
        Self { version: Some(version), ..self }
    }

    /// Adds an explanation for engineers.
    pub(crate) fn with_detail(self, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), ..self }
    }
}

impl From<ProblemType> for Problem {
    fn from(kind: ProblemType) -> Self {
        let (status, title) = kind.status_and_title();
        let retry_after = (kind == ProblemType::Unavailable).then_some(5);
        Self {
            kind,
            title,
            status: status.as_u16(),
            detail: None,
            fields: Vec::new(),
            version: None,
            retry_after,
        }
    }
}

impl From<StorageError> for Problem {
    fn from(error: StorageError) -> Self {
        if matches!(error, StorageError::Closed) || error.is_busy() {
            return ProblemType::Unavailable.into();
        }
        eprintln!("fos-portal: {error}");
        ProblemType::Internal.into()
    }
}

impl From<rusqlite::Error> for Problem {
    fn from(error: rusqlite::Error) -> Self {
        StorageError::from(error).into()
    }
}

impl From<SecretsError> for Problem {
    fn from(error: SecretsError) -> Self {
        eprintln!("fos-portal: {error}");
        ProblemType::Internal.into()
    }
}

impl From<PdfError> for Problem {
    fn from(error: PdfError) -> Self {
        eprintln!("fos-portal: {error}");
        ProblemType::Internal.into()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, _) = self.kind.status_and_title();
        let body = serde_json::to_vec(&self).unwrap_or_default();
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
