//! Requests as they go over the wire (`tests/portal/openapi.json`).

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::wire::Both;

/// A form that was filled in.
#[derive(Serialize)]
pub(crate) struct NewRequest<'a> {
    pub(crate) service: &'a str,
    pub(crate) version: u32,
    pub(crate) values: &'a Map<String, Value>,
}

/// A request on file, as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Request {
    pub(crate) id: String,
    /// What members and desk call it: `2026-000123`.
    pub(crate) number: String,
    pub(crate) service: String,
    pub(crate) state: RequestState,
    pub(crate) filed_at: Timestamp,
    /// The last day on which it is answered (law 55-19).
    pub(crate) due_by: Date,
    pub(crate) refusal: Option<Refusal>,
}

/// How a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RequestState {
    Filed,
    UnderReview,
    Approved,
    Refused,
    /// One that this version does not know.
    #[serde(other)]
    Other,
}

/// Why a request was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Refusal {
    pub(crate) reason: Both,
    /// The last day on which it can be appealed.
    pub(crate) appeal_until: Date,
}

/// What changed since a cursor.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Changes {
    pub(crate) requests: Vec<Request>,
    pub(crate) cursor: String,
    pub(crate) more: bool,
}
