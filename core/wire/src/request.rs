//! Requests that members file by «+» (guide step 8), their receipts and decisions (law 55-19).

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Value};

use crate::LocalizedText;

/// Days within which a request is answered (law 55-19).
pub const ANSWER_WITHIN_DAYS: i64 = 60;

/// Filled form.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewRequest {
    /// Id of the service.
    #[cfg_attr(feature = "openapi", schema(example = "hajj-grant"))]
    pub service: String,
    /// Version of the form that was filled in.
    pub version: u32,
    /// Values by field key, each as its kind defines. A field without a value is left out.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub values: Map<String, Value>,
}

/// Filed request.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FiledRequest {
    /// Id.
    pub id: String,
    /// Number shown to members and staff.
    #[cfg_attr(feature = "openapi", schema(example = "2026-000123"))]
    pub number: String,
    /// Id of the service.
    pub service: String,
    /// Version of the form that was filled in.
    pub version: u32,
    /// State: filed.
    pub state: RequestState,
    /// Time of filing.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub filed_at: Timestamp,
    /// Last day for an answer (law 55-19).
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub due_by: Date,
    /// Receipt.
    pub receipt: Receipt,
}

/// Receipt of a request: a PDF at `/v1/requests/{id}/receipt`.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Receipt {
    /// Verification code: 32 hexadecimal digits, used at `/v1/receipts/{code}`.
    pub code: String,
    /// SHA-256 of the PDF, in hexadecimal.
    pub sha256: String,
    /// Size in bytes.
    pub bytes: u32,
}

/// State of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RequestState {
    /// Received.
    Filed,
    /// Under review.
    UnderReview,
    /// Granted.
    Approved,
    /// Not granted, with a reason.
    Refused,
    /// A state of a newer portal; never sent.
    #[serde(other, skip_serializing)]
    Unknown,
}

impl RequestState {
    /// Returns the name on the wire. An unknown state keeps no name of its own: phones store it as `other`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Filed => "filed",
            Self::UnderReview => "under-review",
            Self::Approved => "approved",
            Self::Refused => "refused",
            Self::Unknown => "other",
        }
    }
}

impl Serialize for RequestState {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Refusal of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Refusal {
    /// Reason.
    pub reason: LocalizedText,
    /// Last day of the appeal period.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub appeal_until: Date,
}

/// Request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Request {
    /// Id.
    pub id: String,
    /// Number shown to members and staff.
    #[cfg_attr(feature = "openapi", schema(example = "2026-000123"))]
    pub number: String,
    /// Id of the service.
    pub service: String,
    /// Version of the form that was filled in.
    #[serde(default)] // absent in rows stored by version 0.1.0 of the app
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub version: u32,
    /// State.
    pub state: RequestState,
    /// Time of filing.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub filed_at: Timestamp,
    /// Time of the last change of state.
    #[serde(default)] // absent in rows stored by version 0.1.0 of the app
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime, required = true))]
    pub changed_at: Timestamp,
    /// Last day for an answer (law 55-19).
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub due_by: Date,
    /// Reason of the refusal; absent unless refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub refusal: Option<Refusal>,
}

impl From<FiledRequest> for Request {
    fn from(filed: FiledRequest) -> Self {
        Self {
            id: filed.id,
            number: filed.number,
            service: filed.service,
            version: filed.version,
            state: filed.state,
            filed_at: filed.filed_at,
            changed_at: filed.filed_at,
            due_by: filed.due_by,
            refusal: None,
        }
    }
}

/// Request with its values and its receipt.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "a flattened member has no description in the document")]
pub struct RequestDetail {
    #[serde(flatten)]
    pub request: Request,
    /// Normalized values by field key.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub values: BTreeMap<String, Value>,
    /// Receipt.
    pub receipt: Receipt,
}

/// Page of changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RequestChanges {
    /// Requests filed or changed, oldest change first, in their present state.
    pub requests: Vec<Request>,
    /// Opaque cursor for the next call.
    pub cursor: String,
    /// True if there are more: call again at once.
    pub more: bool,
}

/// Public facts about a receipt.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceiptVerification {
    /// Number of the request.
    #[cfg_attr(feature = "openapi", schema(example = "2026-000123"))]
    pub number: String,
    /// Service requested.
    pub service: LocalizedText,
    /// Time of filing.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub filed_at: Timestamp,
    /// State of the request.
    pub state: RequestState,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_has_one_name_and_an_unknown_one_stays_unknown_when_stored() {
        for state in [
            RequestState::Filed,
            RequestState::UnderReview,
            RequestState::Approved,
            RequestState::Refused,
            RequestState::Unknown,
        ] {
            let json = serde_json::to_string(&state).unwrap();
            assert_eq!(json, format!("\"{}\"", state.as_str()));
            assert_eq!(serde_json::from_str::<RequestState>(&json).unwrap(), state);
        }
        assert_eq!(serde_json::from_str::<RequestState>("\"new\"").unwrap(), RequestState::Unknown);
    }

    #[test]
    fn a_request_stored_by_the_first_version_can_be_read() {
        let row = r#"{"id":"a","number":"2026-000001","service":"s","state":"filed","filed_at":"2026-11-24T09:00:00Z",
            "due_by":"2027-01-23","refusal":null}"#;
        assert_eq!(serde_json::from_str::<Request>(row).unwrap().version, 0);
    }
}
