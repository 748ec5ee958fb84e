//! Error responses: RFC 9457 problems with stable types.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// Type of a problem: a stable URN, `urn:fos:problem:<name>`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "the names say it, and the portal documents its titles")]
pub enum ProblemType {
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
    #[serde(rename = "urn:fos:problem:day-limit")]
    DayLimit,
    #[serde(rename = "urn:fos:problem:already-requested")]
    AlreadyRequested,
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
    #[serde(rename = "urn:fos:problem:range")]
    Range,
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
    /// A type of a newer portal, or none; never sent.
    #[default]
    #[serde(other, skip_serializing)]
    Unknown,
}

/// Reason of a `session` problem, where the portal knows one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SessionReason {
    /// Ended by the foundation, from another device, or because a token was copied. The phone may be in other hands.
    Revoked,
    /// A reason of a newer portal; never sent.
    #[serde(other, skip_serializing)]
    Unknown,
}

/// Code of a field problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Code {
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
    /// A code of a newer portal; never sent.
    #[serde(other, skip_serializing)]
    Unknown,
}

/// Problem of one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldProblem {
    /// Name of the field in the request.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub field: Cow<'static, str>,
    /// Kind of problem.
    pub code: Code,
}

impl FieldProblem {
    /// Creates a problem of `field`.
    pub fn new(field: impl Into<Cow<'static, str>>, code: Code) -> Self {
        Self { field: field.into(), code }
    }
}

/// Problem details.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// Problem type.
    #[serde(rename = "type", default)]
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub kind: ProblemType,
    /// Short summary in English, for engineers.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = String, required = true))]
    pub title: Cow<'static, str>,
    /// HTTP status code.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub status: u16,
    /// Explanation of this occurrence, for engineers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub detail: Option<String>,
    /// Fields at fault, for the type `fields`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "openapi", schema(required = false))]
    pub fields: Vec<FieldProblem>,
    /// Current version of the form, for the type `form-changed`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub version: Option<u32>,
    /// Reason, for the type `session`. Without one the session has expired, or was never there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub reason: Option<SessionReason>,
    /// Request that leaves no room for another, for the type `already-requested`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub request: Option<Box<ExistingRequest>>,
}

/// Request that the member has on file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExistingRequest {
    /// Id.
    pub id: String,
    /// Number shown to members and staff.
    #[cfg_attr(feature = "openapi", schema(example = "2026-000123"))]
    pub number: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_of_a_newer_portal_can_be_read() {
        let body =
            r#"{"type":"urn:fos:problem:new","status":409,"new":1,"fields":[{"field":"a","code":"new"}]}"#;
        let problem: Problem = serde_json::from_str(body).unwrap();
        assert_eq!(problem.kind, ProblemType::Unknown);
        assert_eq!(problem.fields, [FieldProblem::new("a", Code::Unknown)]);
        let body = r#"{"type":"urn:fos:problem:session","status":401,"reason":"new"}"#;
        let problem: Problem = serde_json::from_str(body).unwrap();
        assert_eq!((problem.kind, problem.reason), (ProblemType::Session, Some(SessionReason::Unknown)));
        let nothing: Problem = serde_json::from_str("{}").unwrap();
        assert_eq!(nothing.kind, ProblemType::Unknown);
    }

    #[test]
    fn a_problem_is_written_as_it_is_read() {
        let problem = Problem {
            kind: ProblemType::Fields,
            title: "Some fields are not acceptable".into(),
            status: 422,
            fields: vec![FieldProblem::new("ppr", Code::Required)],
            ..Problem::default()
        };
        let body = serde_json::to_string(&problem).unwrap();
        assert!(body.starts_with(r#"{"type":"urn:fos:problem:fields","title":"#), "{body}");
        let read: Problem = serde_json::from_str(&body).unwrap();
        assert_eq!((read.kind, read.fields), (problem.kind, problem.fields));
    }
}
