//! The API between the app and the portal: paths, bodies and problem types, each defined once and used by both.
//!
//! `tests/portal/openapi.json` is generated from these types and the portal's handlers (feature `openapi`). Unknown
//! fields in requests are rejected; those in responses are ignored, so that a portal can grow without an update of the
//! app. Names that a response may grow by (a state, a problem type, a code) read as `Unknown`.

pub mod access;
pub mod charter;
pub mod config;
pub mod family;
pub mod form;
pub mod links;
pub mod paths;
pub mod problem;
pub mod request;
pub mod service;

use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Serialize};

/// Largest body of a response that the app reads, in bytes; the portal takes no larger file to serve.
pub const MAX_RESPONSE_BYTES: usize = 4 << 20;

/// Parses JSON. The app parses all of its JSON here: serde writes the code of a type once more for each way to read it,
/// and a text that is checked once as a whole is read faster than one checked string by string.
///
/// # Errors
/// Returns serde's error, also for bytes that are no UTF-8.
pub fn parse_json<T: DeserializeOwned>(json: &[u8]) -> serde_json::Result<T> {
    parse_json_text(std::str::from_utf8(json).map_err(serde_json::Error::custom)?)
}

/// Parses JSON that is text already, as in the database.
///
/// # Errors
/// Returns serde's error.
pub fn parse_json_text<T: DeserializeOwned>(json: &str) -> serde_json::Result<T> {
    serde_json::from_str(json)
}

/// Text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LocalizedText {
    /// In Arabic.
    pub ar: String,
    /// In French.
    pub fr: String,
}

/// Language of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Arabic.
    Ar,
    /// French.
    Fr,
}

impl LocalizedText {
    /// Returns the text in this language.
    pub fn get(&self, language: impl Into<Language>) -> &str {
        match language.into() {
            Language::Ar => &self.ar,
            Language::Fr => &self.fr,
        }
    }
}

/// Kind of member: in service or retired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum MemberKind {
    /// In service.
    Active,
    /// Retired.
    Retired,
}

impl MemberKind {
    /// Returns the name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Retired => "retired",
        }
    }
}

/// Member, as the app shows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Member {
    /// Payroll number.
    #[cfg_attr(feature = "openapi", schema(example = "0123456"))]
    pub ppr: String,
    /// In service or retired.
    pub kind: MemberKind,
    /// Name.
    pub name: LocalizedText,
    /// Texts besides the payroll number that a new password must not contain: the identifiers on file. With them the app
    /// judges a password while it is typed as the portal does when it is sent. Absent from an older portal.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "openapi", schema(required = false))]
    pub password_identifiers: Vec<String>,
}
