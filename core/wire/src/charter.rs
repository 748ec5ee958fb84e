//! Bodies of guide step 6: the charter of use and its acceptance (law 43-20).

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Language;

/// Charter of use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Charter {
    /// Version.
    #[cfg_attr(feature = "openapi", schema(example = "2026-1"))]
    pub version: String,
    /// Date of publication.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub published: Date,
    /// Text in both languages.
    pub texts: CharterTexts,
}

/// The charter's text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CharterTexts {
    /// In Arabic.
    pub ar: CharterText,
    /// In French.
    pub fr: CharterText,
}

impl CharterTexts {
    /// Returns the text in this language.
    pub fn get(&self, language: impl Into<Language>) -> &CharterText {
        match language.into() {
            Language::Ar => &self.ar,
            Language::Fr => &self.fr,
        }
    }
}

/// The charter's text in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CharterText {
    /// Title.
    pub title: String,
    /// Articles in order.
    pub articles: Vec<Article>,
    /// SHA-256, in hexadecimal, over the title and every heading and paragraph in reading order, each followed by a
    /// line feed, in UTF-8.
    pub sha256: String,
}

/// Article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Article {
    /// Number and heading, as displayed.
    pub heading: String,
    /// Paragraphs in order.
    pub paragraphs: Vec<String>,
}

/// Current charter with the time of its acceptance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(from = "FlatCharterBody")]
#[expect(missing_docs, reason = "a flattened member has no description in the document")]
pub struct CharterBody {
    #[serde(flatten)]
    pub charter: Charter,
    /// Time at which this member accepted this version; null while they have not.
    #[cfg_attr(feature = "openapi", schema(required = true, value_type = Option<String>, format = DateTime))]
    pub accepted_at: Option<Timestamp>,
}

/// Body as it is read: serde buffers what it flattens.
#[derive(Deserialize)]
struct FlatCharterBody {
    version: String,
    published: Date,
    texts: CharterTexts,
    accepted_at: Option<Timestamp>,
}

impl From<FlatCharterBody> for CharterBody {
    fn from(flat: FlatCharterBody) -> Self {
        let FlatCharterBody { version, published, texts, accepted_at } = flat;
        Self { charter: Charter { version, published, texts }, accepted_at }
    }
}

/// Acceptance of the text that the member has read.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Acceptance {
    /// Version of the charter.
    pub version: String,
    /// `sha256` of the text that was read, in either language.
    pub sha256: String,
}

/// Acceptance on record.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Accepted {
    /// Version of the charter.
    pub version: String,
    /// Time at which this version was first accepted.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub accepted_at: Timestamp,
}
