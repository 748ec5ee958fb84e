//! What goes over the wire, as `tests/portal/openapi.json` has it. Nothing here leaves this module's features: views
//! are made of it, in the member's language.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::error::FieldProblem;
use crate::language::Language;
use crate::stage::Due;

/// A text in both languages, so that a switch of language needs no network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Both {
    pub(crate) ar: String,
    pub(crate) fr: String,
}

impl Both {
    pub(crate) fn in_language(&self, language: Language) -> &str {
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

/// Guide step 3. Kept sealed on the phone while the mail is awaited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PasswordRequest {
    pub(crate) kind: MemberKind,
    pub(crate) ppr: String,
    pub(crate) cin: String,
    pub(crate) email: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) pension_number: Option<String>,
}

/// Guide step 5.
#[derive(Serialize)]
pub(crate) struct SignIn<'a> {
    pub(crate) ppr: &'a str,
    pub(crate) password: &'a str,
    pub(crate) captcha: &'a Solved,
    pub(crate) device: &'a str,
    /// Given by the last sign-in on this phone: failures elsewhere then make nobody wait here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) device_token: Option<&'a str>,
}

#[derive(Serialize)]
pub(crate) struct Refresh<'a> {
    pub(crate) refresh_token: &'a str,
}

/// An open session: two opaque tokens and what is still due.
#[derive(Deserialize)]
pub(crate) struct SessionBody {
    pub(crate) access_token: String,
    /// Seconds.
    pub(crate) access_expires_in: i64,
    pub(crate) refresh_token: String,
    pub(crate) charter_due: bool,
    pub(crate) password_due: bool,
    pub(crate) member: Member,
    /// Only a sign-in's answer has one.
    #[serde(default)]
    pub(crate) device_token: Option<String>,
}

impl SessionBody {
    pub(crate) fn due(&self) -> Due {
        Due { charter: self.charter_due, password: self.password_due }
    }
}

/// The member as the portal names them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Member {
    pub(crate) ppr: String,
    pub(crate) kind: MemberKind,
    pub(crate) name: Both,
}

/// The charter in force, in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Charter {
    pub(crate) version: String,
    /// When this member accepted this version.
    pub(crate) accepted_at: Option<Timestamp>,
    pub(crate) texts: CharterTexts,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct CharterTexts {
    pub(crate) ar: CharterText,
    pub(crate) fr: CharterText,
}

impl CharterTexts {
    pub(crate) fn in_language(&self, language: Language) -> &CharterText {
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
    /// Of the text the member read: it is what acceptance is kept with (domain.md c).
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

/// Guide step 7. `current` may be absent only in a session that a mailed password opened.
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

/// Guide step 8.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Catalogue {
    pub(crate) services: Vec<Service>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Service {
    pub(crate) id: String,
    pub(crate) category: String,
    pub(crate) icon: String,
    pub(crate) title: Both,
    pub(crate) summary: Both,
    pub(crate) status: Status,
    pub(crate) opens: Option<Date>,
    pub(crate) closes: Option<Date>,
    pub(crate) paper: Option<Paper>,
    pub(crate) amount: Option<Both>,
    #[serde(default)]
    pub(crate) documents: Vec<Document>,
    /// For whom it is, when it is not for everyone.
    pub(crate) audience: Option<MemberKind>,
    /// The version of its form in force; none where a request is made on paper.
    pub(crate) form: Option<u32>,
}

/// Services open one by one, each by its own paper (guide step 8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Status {
    Open,
    Announced,
    Closed,
    NotForYou,
}

/// A circular (دورية) or a notice (إعلان), by its number «n/yy» (domain.md b).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Paper {
    pub(crate) kind: PaperKind,
    pub(crate) number: String,
    pub(crate) pdf: Option<Pdf>,
}

/// The paper itself.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Pdf {
    pub(crate) bytes: u64,
    /// Hex digits.
    pub(crate) sha256: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum PaperKind {
    Circular,
    Notice,
}

/// A paper to prepare.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Document {
    pub(crate) icon: String,
    pub(crate) title: Both,
    pub(crate) note: Option<Both>,
}

/// Where the member is signed in.
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

/// ALTCHA's challenge, proof of work version 2. What is not read here goes back as it came: its signature covers it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Challenge {
    pub(crate) parameters: serde_json::Map<String, serde_json::Value>,
    pub(crate) signature: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Solved {
    pub(crate) challenge: Challenge,
    pub(crate) solution: Solution,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Solution {
    pub(crate) counter: u32,
    pub(crate) derived_key: String,
}

/// RFC 9457. Only what the app acts on.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Problem {
    #[serde(rename = "type", default)]
    pub(crate) kind: String,
    #[serde(default)]
    pub(crate) fields: Vec<FieldProblem>,
}
