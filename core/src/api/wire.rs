//! Bodies of the API (`tests/portal/openapi.json`). They stay inside the core: views are made from them.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::error::FieldProblem;
use crate::i18n::Language;
use crate::stage::RequiredActions;

/// A text in both languages, so that switching the language needs no network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LocalizedText {
    pub(crate) ar: String,
    pub(crate) fr: String,
}

impl LocalizedText {
    pub(crate) fn get(&self, language: Language) -> &str {
        match language {
            Language::Ar => &self.ar,
            Language::Fr => &self.fr,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum MemberKind {
    Active,
    Retired,
}

/// Body that requests a password (guide step 3). Stored encrypted while the mail is awaited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PasswordRequest {
    pub(crate) kind: MemberKind,
    pub(crate) ppr: String,
    pub(crate) cin: String,
    pub(crate) email: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) pension_number: Option<String>,
}

/// Body that signs in (guide step 5).
#[derive(Serialize)]
pub(crate) struct SignIn<'a> {
    pub(crate) ppr: &'a str,
    pub(crate) password: &'a str,
    pub(crate) captcha: &'a SolvedChallenge,
    pub(crate) device: &'a str,
    /// Token of the last sign-in on this phone: wrong passwords entered elsewhere then do not delay this phone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) device_token: Option<&'a str>,
}

#[derive(Serialize)]
pub(crate) struct Refresh<'a> {
    pub(crate) refresh_token: &'a str,
}

/// An open session: its tokens and the required actions.
#[derive(Deserialize)]
pub(crate) struct SessionBody {
    pub(crate) access_token: String,
    /// Lifetime in seconds.
    pub(crate) access_expires_in: i64,
    pub(crate) refresh_token: String,
    pub(crate) charter_due: bool,
    pub(crate) password_due: bool,
    pub(crate) member: Member,
    /// Present in the response to a sign-in only.
    #[serde(default)]
    pub(crate) device_token: Option<String>,
}

impl SessionBody {
    pub(crate) fn required_actions(&self) -> RequiredActions {
        RequiredActions { charter: self.charter_due, password: self.password_due }
    }
}

/// The member, as the portal describes them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Member {
    pub(crate) ppr: String,
    pub(crate) kind: MemberKind,
    pub(crate) name: LocalizedText,
}

/// Charter in force, in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Charter {
    pub(crate) version: String,
    /// Time at which this member accepted this version.
    pub(crate) accepted_at: Option<Timestamp>,
    pub(crate) texts: CharterTexts,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct CharterTexts {
    pub(crate) ar: CharterText,
    pub(crate) fr: CharterText,
}

impl CharterTexts {
    pub(crate) fn get(&self, language: Language) -> &CharterText {
        match language {
            Language::Ar => &self.ar,
            Language::Fr => &self.fr,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct CharterText {
    pub(crate) title: String,
    pub(crate) articles: Vec<Article>,
    /// SHA-256 of the text, hex; the acceptance records it (law 43-20).
    pub(crate) sha256: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Article {
    pub(crate) heading: String,
    pub(crate) paragraphs: Vec<String>,
}

#[derive(Serialize)]
pub(crate) struct Acceptance<'a> {
    pub(crate) version: &'a str,
    pub(crate) sha256: &'a str,
}

/// Body that changes the password (guide step 7). `current` may be absent only in a session opened with a mailed
/// password.
#[derive(Serialize, Zeroize, ZeroizeOnDrop)]
pub(crate) struct PasswordChange {
    pub(crate) new: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) current: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct PasswordChanged {
    pub(crate) charter_due: bool,
    pub(crate) password_due: bool,
}

/// Catalogue of services (guide step 8).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Catalogue {
    pub(crate) services: Vec<Service>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Service {
    pub(crate) id: String,
    pub(crate) category: String,
    pub(crate) icon: String,
    pub(crate) title: LocalizedText,
    pub(crate) summary: LocalizedText,
    pub(crate) status: Status,
    pub(crate) opens: Option<Date>,
    pub(crate) closes: Option<Date>,
    #[serde(rename = "paper")]
    pub(crate) circular: Option<Circular>,
    pub(crate) amount: Option<LocalizedText>,
    #[serde(default)]
    pub(crate) documents: Vec<Document>,
    /// The only kind of member who may request it; `None` if everyone may.
    pub(crate) audience: Option<MemberKind>,
    /// Version of the form in force; `None` where requests are made on paper.
    pub(crate) form: Option<u32>,
}

/// Status of a service; each opens with its own circular (guide step 8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Status {
    Open,
    Announced,
    Closed,
    NotForYou,
}

/// A circular (دورية) or notice (إعلان), numbered «n/yy».
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Circular {
    pub(crate) kind: CircularKind,
    pub(crate) number: String,
    pub(crate) pdf: Option<Pdf>,
}

/// Its file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Pdf {
    pub(crate) bytes: u64,
    /// Hex digits.
    pub(crate) sha256: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum CircularKind {
    Circular,
    Notice,
}

/// A document to prepare.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Document {
    pub(crate) icon: String,
    pub(crate) title: LocalizedText,
    pub(crate) note: Option<LocalizedText>,
}

/// Open sessions of the member.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct SessionList {
    pub(crate) sessions: Vec<OpenSession>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct OpenSession {
    pub(crate) id: String,
    pub(crate) device: String,
    pub(crate) used_at: Timestamp,
    pub(crate) current: bool,
}

/// ALTCHA challenge, version 2. Unknown parameters are returned as received: the signature covers them.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Challenge {
    pub(crate) parameters: serde_json::Map<String, serde_json::Value>,
    pub(crate) signature: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct SolvedChallenge {
    pub(crate) challenge: Challenge,
    pub(crate) solution: Solution,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Solution {
    pub(crate) counter: u32,
    pub(crate) derived_key: String,
}

/// Problem document (RFC 9457), reduced to the members that the app uses.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Problem {
    #[serde(rename = "type", default)]
    pub(crate) kind: String,
    #[serde(default)]
    pub(crate) fields: Vec<FieldProblem>,
}
