//! Catalogue of services (guide step 8).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{LocalizedText, MemberKind, request::RequestState};

/// Catalogue of services, as the app reads it. The portal renders it from its stored entries.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Catalogue {
    /// Services in the foundation's order.
    pub services: Vec<Service>,
}

/// Service with its status today. The portal's schema composes it of the stored entry and the rest; it is read flat, since
/// serde buffers what it flattens.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Service {
    /// Stable id.
    pub id: String,
    /// Key of the heading that it is listed under. Open: an older app shows a newer key as it is.
    pub category: String,
    /// Material Symbols name.
    pub icon: String,
    /// Name of the service.
    pub title: LocalizedText,
    /// Summary in one sentence.
    pub summary: LocalizedText,
    /// Further words that members search for, separated by spaces; never shown. Absent from an older portal.
    pub keywords: Option<LocalizedText>,
    /// Availability for this member today.
    pub status: ServiceStatus,
    /// First day on which requests are accepted; absent while not known.
    pub opens: Option<Date>,
    /// Last day on which requests are accepted; absent when there is none.
    pub closes: Option<Date>,
    /// Circular or notice that announces it; absent while its number is not known.
    #[serde(rename = "paper")]
    pub circular: Option<Circular>,
    /// Benefit or price, where the circular states it.
    pub amount: Option<LocalizedText>,
    /// Documents to prepare.
    #[serde(default)]
    pub documents: Vec<RequiredDocument>,
    /// Kind of member that it is reserved for; `None` when it is open to all.
    pub audience: Option<MemberKind>,
    /// Current version of its form; `None` where requests are made on paper.
    pub form: Option<u32>,
    /// Number of requests that a member may have for it.
    #[serde(default)]
    pub once: Once,
}

/// Number of requests that a member may have for a service. One that was refused does not count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Once {
    /// One in a lifetime.
    Life,
    /// One in a calendar year, by the day of filing in Morocco.
    Year,
    /// One at a time: another after the decision.
    Open,
    /// Any number.
    #[default]
    Any,
    /// A rule of a newer portal, which that portal enforces; never sent.
    #[serde(other, skip_serializing)]
    Unknown,
}

impl Once {
    /// Returns true if requests are not limited.
    pub fn is_any(&self) -> bool {
        *self == Self::Any
    }

    /// Returns true if a request in this state, filed on `filed`, leaves no room for another one `today`. Both days are
    /// Morocco's.
    pub fn is_used_up_by(self, state: RequestState, filed: Date, today: Date) -> bool {
        let is_undecided = matches!(state, RequestState::Filed | RequestState::UnderReview);
        let counts = is_undecided || state == RequestState::Approved;
        match self {
            Self::Life => counts,
            Self::Year => counts && filed.year() == today.year(),
            Self::Open => is_undecided,
            Self::Any | Self::Unknown => false,
        }
    }
}

/// Availability of a service for a member today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ServiceStatus {
    /// Requests are accepted.
    Open,
    /// Opens later, or on a day not known yet.
    Announced,
    /// The last day has passed.
    Closed,
    /// Reserved for the other kind of member.
    NotForYou,
}

/// Circular or notice that announces a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Circular {
    /// Kind: circular (دورية, CIR) or notice (إعلان, COM).
    pub kind: CircularKind,
    /// Number and year.
    #[cfg_attr(feature = "openapi", schema(example = "2/26"))]
    pub number: String,
    /// Its PDF, served at `/v1/services/{id}/circular`; null when the portal does not have it.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub pdf: Option<CircularPdf>,
}

/// Description of a PDF.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CircularPdf {
    /// Size in bytes.
    #[cfg_attr(feature = "openapi", schema(value_type = usize))]
    pub bytes: u64,
    /// SHA-256, in hexadecimal.
    pub sha256: String,
}

/// Kind of announcement: circular (دورية, CIR) or notice (إعلان, COM).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum CircularKind {
    /// دورية, CIR.
    Circular,
    /// إعلان, COM.
    Notice,
}

/// Document that the member has to prepare.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RequiredDocument {
    /// Material Symbols name.
    pub icon: String,
    /// Name of the document.
    pub title: LocalizedText,
    /// Advice on how to present it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub note: Option<LocalizedText>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_counts_while_its_rule_says_so() {
        let (today, last_year) = (jiff::civil::date(2026, 11, 24), jiff::civil::date(2025, 12, 31));
        for (once, state, filed, is_used_up) in [
            (Once::Life, RequestState::Filed, last_year, true),
            (Once::Life, RequestState::Approved, last_year, true),
            (Once::Life, RequestState::Refused, today, false),
            (Once::Year, RequestState::Approved, today, true),
            (Once::Year, RequestState::UnderReview, last_year, false),
            (Once::Year, RequestState::Refused, today, false),
            (Once::Open, RequestState::UnderReview, last_year, true),
            (Once::Open, RequestState::Approved, today, false),
            (Once::Open, RequestState::Unknown, today, false),
            (Once::Any, RequestState::Filed, today, false),
            (Once::Unknown, RequestState::Filed, today, false),
        ] {
            assert_eq!(once.is_used_up_by(state, filed, today), is_used_up, "{once:?} {state:?} {filed}");
        }
    }

    #[test]
    fn a_rule_of_a_newer_portal_can_be_read() {
        assert_eq!(serde_json::from_str::<Once>("\"decade\"").unwrap(), Once::Unknown);
        assert_eq!(serde_json::from_str::<Once>("\"life\"").unwrap(), Once::Life);
    }
}
