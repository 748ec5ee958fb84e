//! What can go wrong, told by what the member can do about it. Inside, errors are as rich as the code needs
//! ([`Trouble`]); a face sees [`FosError`], already said in the member's language.

use serde::Deserialize;

use crate::language::{Told, Words};

/// What a face shows. Each case is one thing that the member can do; `text` is finished and in their language.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum FosError {
    /// The portal could not be reached: what was typed is kept, try again when the network is back.
    #[error("{text}")]
    Offline {
        /// What to tell the member.
        text: String,
    },
    /// The portal asks for patience.
    #[error("{text}")]
    TryLater {
        /// What to tell the member.
        text: String,
        /// Seconds to wait, as the portal's `Retry-After` has it (RFC 9110 §10.2.3).
        seconds: u64,
    },
    /// Something typed has to be mended: the form's fields say what.
    #[error("{text}")]
    Refused {
        /// What to tell the member.
        text: String,
    },
    /// The session has ended: the same member signs in again.
    #[error("{text}")]
    SignInAgain {
        /// What to tell the member.
        text: String,
    },
    /// The portal speaks a language that this version does not know.
    #[error("{text}")]
    UpdateNeeded {
        /// What to tell the member.
        text: String,
    },
    /// This cannot be done now, or not by this member.
    #[error("{text}")]
    NotAllowed {
        /// What to tell the member.
        text: String,
    },
    /// The phone could not keep it: no room, or its secure store refused.
    #[error("{text}")]
    Storage {
        /// What to tell the member.
        text: String,
    },
    /// The member left before it was done.
    #[error("{text}")]
    Cancelled {
        /// What to tell the member.
        text: String,
    },
    /// A fault of ours. The reference names the place in the code and holds nothing of the member's.
    #[error("{text}")]
    Bug {
        /// What to tell the member.
        text: String,
        /// What to tell the foundation.
        reference: String,
    },
}

/// Everything that can go wrong inside, in the words of whoever must mend it.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Trouble {
    /// No connection, cut, timed out, or an answer that is not the portal's (a captive portal's page).
    #[error("unreachable: {0}")]
    Unreachable(String),
    /// The portal asks for patience.
    #[error("busy for {seconds} s")]
    Busy { seconds: u64 },
    /// The portal is being worked on.
    #[error("maintenance for {seconds} s")]
    Maintenance { seconds: u64 },
    /// This version is older than the oldest that is served.
    #[error("update needed")]
    UpdateNeeded,
    /// PPR or password wrong: the portal does not say which.
    #[error("credentials")]
    Credentials,
    /// The robot check is missing, wrong, stale or spent.
    #[error("captcha")]
    Captcha,
    /// Fields that the portal wants mended.
    #[error("fields: {0:?}")]
    Fields(Vec<FieldProblem>),
    /// The session is unknown, expired or revoked.
    #[error("session ended")]
    SessionEnded,
    /// Charter or new password first.
    #[error("restricted")]
    Restricted,
    /// The service takes no request of this member today.
    #[error("service closed")]
    ServiceClosed,
    /// This key has filed a request already, with other words.
    #[error("filed already")]
    FiledAlready,
    /// It lay for so long that the portal may not know whether it has it.
    #[error("waited too long")]
    WaitedTooLong,
    /// Another version of the form is in force by now.
    #[error("form changed")]
    FormChanged,
    /// Another charter is in force by now.
    #[error("charter renewed")]
    CharterRenewed,
    /// The portal has nothing of this name.
    #[error("unknown")]
    Unknown,
    /// An answer that this version cannot read.
    #[error("unreadable: {0}")]
    Unreadable(String),
    /// The phone could not keep or find something.
    #[error("storage: {0}")]
    Storage(String),
    /// The form has problems, and its fields show them.
    #[error("fields to mend")]
    Mend,
    /// Refused; the phrase of this name tells what to do.
    #[error("refused: {0}")]
    Refused(&'static str),
    /// Not at this stage; the phrase of this name says so.
    #[error("not now: {0}")]
    NotNow(&'static str),
    /// A fault of ours; the text names where.
    #[error("bug: {0}")]
    Bug(String),
}

/// What the portal says is wrong with one field of a body.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct FieldProblem {
    pub(crate) field: String,
    pub(crate) code: String,
}

impl Trouble {
    /// Whether it is worth asking again by itself, where asking twice does no harm.
    pub(crate) fn passing(&self) -> bool {
        matches!(self, Self::Unreachable(_))
    }

    /// A short name for the help desk: the kind of trouble, and nothing of the member's.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Unreachable(_) => "NET",
            Self::Busy { .. } => "BSY",
            Self::Maintenance { .. } => "MNT",
            Self::UpdateNeeded => "UPD",
            Self::Credentials => "CRD",
            Self::Captcha => "CAP",
            Self::Fields(_) => "FLD",
            Self::SessionEnded => "SES",
            Self::Restricted => "RST",
            Self::ServiceClosed => "CLO",
            Self::FiledAlready => "DUP",
            Self::WaitedTooLong => "OLD",
            Self::FormChanged => "FRM",
            Self::CharterRenewed => "CHR",
            Self::Unknown => "UNK",
            Self::Unreadable(_) => "ANS",
            Self::Storage(_) => "STO",
            Self::Mend => "MND",
            Self::Refused(_) => "REF",
            Self::NotNow(_) => "NOW",
            Self::Bug(_) => "BUG",
        }
    }

    /// The same, for the member.
    pub(crate) fn told(&self, words: &Words) -> FosError {
        let text = |name: &str| words.say(name);
        match self {
            Self::Unreachable(_) => FosError::Offline { text: text("error-offline") },
            Self::Busy { seconds } => FosError::TryLater { text: wait(*seconds, words), seconds: *seconds },
            Self::Maintenance { seconds } => {
                FosError::TryLater { text: text("error-maintenance"), seconds: *seconds }
            }
            Self::Credentials => FosError::Refused { text: text("error-credentials") },
            Self::Captcha => FosError::Refused { text: text("problem-robot-failed") },
            Self::Fields(_) | Self::Mend => FosError::Refused { text: text("error-fields") },
            Self::SessionEnded => FosError::SignInAgain { text: text("error-sign-in-again") },
            Self::Restricted => FosError::NotAllowed { text: text("error-not-allowed") },
            Self::ServiceClosed => FosError::NotAllowed { text: text("error-service-closed") },
            Self::FiledAlready => FosError::Refused { text: text("error-filed-already") },
            Self::WaitedTooLong => FosError::Refused { text: text("held-too-long") },
            Self::FormChanged => FosError::Refused { text: text("error-form-changed") },
            Self::CharterRenewed => FosError::Refused { text: text("error-charter-renewed") },
            Self::Unknown => FosError::NotAllowed { text: text("error-unknown-service") },
            Self::Unreadable(_) | Self::UpdateNeeded => {
                FosError::UpdateNeeded { text: text("error-update-needed") }
            }
            Self::Storage(_) => FosError::Storage { text: text("error-storage") },
            Self::Refused(name) => FosError::Refused { text: text(name) },
            Self::NotNow(name) => FosError::NotAllowed { text: text(name) },
            Self::Bug(place) => bug(place, words),
        }
    }
}

fn wait(seconds: u64, words: &Words) -> String {
    let minutes = i64::try_from(seconds.div_ceil(60)).unwrap_or(i64::MAX);
    if minutes == 0 {
        return words.say("error-try-later");
    }
    words.say_with("error-try-later-minutes", &[("minutes", Told::Number(minutes))])
}

fn bug(place: &str, words: &Words) -> FosError {
    let text = words.say_with("error-bug", &[("reference", Told::Text(place))]);
    FosError::Bug { text, reference: place.to_owned() }
}
