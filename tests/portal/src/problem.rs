//! Refusals, as RFC 9457 problems with stable types.

use std::borrow::Cow;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{paper::PaperError, secrets::SecretsError, store::StoreError};

/// What a refusal is about: a stable URN, `urn:fos:problem:<slug>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) enum Slug {
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

impl Slug {
    fn parts(self) -> (StatusCode, &'static str) {
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

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Code {
    /// Nothing was given.
    Required,
    /// Not of this field's form.
    Format,
    /// An active member's address outside the professional domains.
    UnknownDomain,
    /// Fewer characters than allowed.
    TooShort,
    /// More characters than allowed.
    TooLong,
    /// A password that holds the member's own identifiers.
    ContainsIdentifier,
    /// A new password equal to the one it replaces.
    SameAsBefore,
    /// A password among the commonest, or one run of characters over and over.
    Common,
    /// Not the member's present password.
    Wrong,
    /// Less than the least.
    TooSmall,
    /// More than the most.
    TooLarge,
    /// Before the first day it may be.
    TooEarly,
    /// After the last day it may be.
    TooLate,
    /// More answers than are taken.
    TooMany,
    /// Fewer answers than are needed.
    TooFew,
    /// None of the answers that are offered.
    UnknownOption,
    /// Nobody of the member's family on file.
    NotYours,
    /// An answer to what was not asked.
    Unexpected,
}

/// One field that is not acceptable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct FieldProblem {
    /// The field's name in the request.
    #[schema(value_type = String)]
    pub(crate) field: Cow<'static, str>,
    /// What is wrong with it.
    pub(crate) code: Code,
}

impl FieldProblem {
    /// What is wrong with `field`.
    pub(crate) fn new(field: impl Into<Cow<'static, str>>, code: Code) -> Self {
        Self { field: field.into(), code }
    }
}

/// A refusal.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// What it is about.
    #[serde(rename = "type")]
    slug: Slug,
    /// For engineers, in English.
    #[schema(value_type = String)]
    title: &'static str,
    /// The HTTP status again.
    status: u16,
    /// What exactly, for engineers.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    detail: Option<String>,
    /// The fields that are not acceptable, for the slug `fields`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    fields: Vec<FieldProblem>,
    /// The version in force, for the slug `form-changed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    version: Option<u32>,
    #[serde(skip)]
    retry_after: Option<u64>,
}

impl Problem {
    /// A refusal with fields; `field_problems` must not be empty.
    pub(crate) fn fields(field_problems: Vec<FieldProblem>) -> Self {
        Self { fields: field_problems, ..Slug::Fields.into() }
    }

    /// A refusal that says when to come back.
    pub(crate) fn wait(seconds: u64) -> Self {
        Self::from(Slug::TooMany).after(seconds)
    }

    /// The same refusal, and when to come back.
    pub(crate) fn after(self, seconds: u64) -> Self {
        Self { retry_after: Some(seconds), ..self }
    }

    /// The same refusal, and the version in force.
    pub(crate) fn version(self, version: u32) -> Self {
        Self { version: Some(version), ..self }
    }

    /// The same refusal with a word for engineers.
    pub(crate) fn detail(self, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), ..self }
    }
}

impl From<Slug> for Problem {
    fn from(slug: Slug) -> Self {
        let (status, title) = slug.parts();
        let retry_after = (slug == Slug::Unavailable).then_some(5);
        Self {
            slug,
            title,
            status: status.as_u16(),
            detail: None,
            fields: Vec::new(),
            version: None,
            retry_after,
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        if matches!(error, StoreError::Closed) || error.is_busy() {
            return Slug::Unavailable.into();
        }
        eprintln!("fos-portal: {error}");
        Slug::Internal.into()
    }
}

impl From<rusqlite::Error> for Problem {
    fn from(error: rusqlite::Error) -> Self {
        StoreError::from(error).into()
    }
}

impl From<SecretsError> for Problem {
    fn from(error: SecretsError) -> Self {
        eprintln!("fos-portal: {error}");
        Slug::Internal.into()
    }
}

impl From<PaperError> for Problem {
    fn from(error: PaperError) -> Self {
        eprintln!("fos-portal: {error}");
        Slug::Internal.into()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, _) = self.slug.parts();
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
