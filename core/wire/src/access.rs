//! Bodies of guide steps 1 to 5 and 7: password request, captcha, sessions, password.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::{Member, MemberKind};

/// Password request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PasswordRequest {
    /// In service or retired.
    #[cfg_attr(feature = "openapi", schema(value_type = MemberKind, required = true))]
    pub kind: Option<MemberKind>,
    /// رقم التأجير: payroll number.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(required = true, example = "0123456"))]
    pub ppr: String,
    /// رقم بطاقة التعريف الوطنية: identity card number.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(required = true, example = "AB123456"))]
    pub cin: String,
    /// البريد الإلكتروني: email address, the professional one for those in service.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(required = true, example = "membre.essai@finances.test"))]
    pub email: String,
    /// رقم المعاش: pension number, for the retired.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "88/4521", nullable = false))]
    pub pension_number: Option<String>,
    /// Solved captcha.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = SolvedChallenge, required = true))]
    pub captcha: Option<SolvedChallenge>,
}

/// Empty object: the same response for everyone.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasswordRequestAccepted {}

/// Challenge, to be sent back unchanged with its solution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Challenge {
    /// Parameters of the proof of work.
    // As received: the signature also covers those that a client does not know.
    #[cfg_attr(feature = "openapi", schema(value_type = ChallengeParameters))]
    pub parameters: Map<String, Value>,
    /// The portal's signature over the parameters.
    pub signature: String,
}

/// Parameters of the proof of work: find a counter for which the key derived from nonce and counter starts with the
/// prefix.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ChallengeParameters {
    /// Key derivation function.
    #[cfg_attr(feature = "openapi", schema(example = "PBKDF2/SHA-256"))]
    pub algorithm: String,
    /// Number of its rounds.
    pub cost: u32,
    /// Expiry, in seconds since 1970 UTC.
    pub expires_at: i64,
    /// Number of bytes to derive.
    pub key_length: usize,
    /// Required prefix, in hexadecimal.
    pub key_prefix: String,
    /// Nonce in hexadecimal; the counter is appended to it as four bytes, big-endian.
    pub nonce: String,
    /// Salt in hexadecimal.
    pub salt: String,
}

/// Solution of a challenge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Solution {
    /// Counter that was found.
    pub counter: u32,
    /// Key derived with it, in hexadecimal.
    pub derived_key: String,
}

/// Challenge together with its solution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the types say it, and the document has no more")]
pub struct SolvedChallenge {
    pub challenge: Challenge,
    pub solution: Solution,
}

/// Longest name of a device, in characters.
pub const MAX_DEVICE_NAME_LENGTH: usize = 100;

/// Sign-in request.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// Payroll number.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(required = true, example = "0123456"))]
    pub ppr: String,
    /// Chosen or mailed password.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub password: String,
    /// Solved captcha.
    #[zeroize(skip)]
    #[cfg_attr(feature = "openapi", schema(value_type = SolvedChallenge, required = true))]
    pub captcha: Option<SolvedChallenge>,
    /// Name of the device, without control characters and direction marks.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(required = true, max_length = 100))]
    pub device: String,
    /// Device token of the last sign-in on this device, if any. A known device has its own count of wrong passwords.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub device_token: Option<String>,
}

/// Tokens of a session, its member, and the actions required of them.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionResponse {
    /// Bearer token of the following calls.
    pub access_token: String,
    /// Seconds until it expires.
    pub access_expires_in: i64,
    /// First refresh token; returned at sign-in only: the client draws those after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub refresh_token: Option<String>,
    /// True if the current charter is not accepted yet.
    pub charter_due: bool,
    /// True if the session was opened with a mailed password that has not been replaced.
    pub password_due: bool,
    /// Member of the session.
    pub member: Member,
    /// Device token to present at the next sign-in on this device; returned at sign-in only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub device_token: Option<String>,
}

/// Refresh request.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Refresh {
    /// Present refresh token.
    pub refresh_token: String,
    /// SHA-256 of the next refresh token, in hexadecimal. The client draws that token from 256 random bits, keeps it before
    /// it asks, and proposes the same one until it has an answer.
    #[cfg_attr(feature = "openapi", schema(pattern = "^[0-9a-fA-F]{64}$"))]
    pub next_refresh_token_sha256: String,
}

/// Open session of the member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenSession {
    /// Public id of the session.
    pub id: String,
    /// Name that the member gave the device.
    pub device: String,
    /// Time of sign-in.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub opened_at: Timestamp,
    /// Time of the last refresh.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub used_at: Timestamp,
    /// True if this call is made in it.
    pub current: bool,
}

/// Open sessions of the member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenSessions {
    /// Most recently used first.
    pub sessions: Vec<OpenSession>,
}

/// Change of password.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    /// New password.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(required = true, min_length = 12, max_length = 128))]
    pub new: String,
    /// Present password. May be absent in a session opened with a mailed one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub current: Option<String>,
}

/// Required actions that remain.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasswordChanged {
    /// True if the current charter is not accepted yet.
    pub charter_due: bool,
    /// Always false: the password was just changed.
    pub password_due: bool,
}
