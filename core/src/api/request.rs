//! Bodies of the requests API (`tests/portal/openapi.json`).

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::wire::LocalizedText;

/// Body that files a request.
#[derive(Serialize)]
pub(crate) struct NewRequest<'a> {
    pub(crate) service: &'a str,
    pub(crate) version: u32,
    pub(crate) values: &'a Map<String, Value>,
}

/// A request on file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Request {
    pub(crate) id: String,
    /// Number that members and staff use: `2026-000123`.
    pub(crate) number: String,
    pub(crate) service: String,
    pub(crate) state: RequestState,
    pub(crate) filed_at: Timestamp,
    /// Last day for the decision (law 55-19).
    pub(crate) due_by: Date,
    pub(crate) refusal: Option<Refusal>,
}

/// State of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RequestState {
    Filed,
    UnderReview,
    Approved,
    Refused,
    /// A state that this version does not know.
    #[serde(other)]
    Other,
}

/// Reasoned refusal (law 55-19).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Refusal {
    pub(crate) reason: LocalizedText,
    /// Last day for an appeal.
    pub(crate) appeal_until: Date,
}

/// Requests changed since a cursor.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Changes {
    pub(crate) requests: Vec<Request>,
    pub(crate) cursor: String,
    pub(crate) more: bool,
}
