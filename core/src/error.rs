//! Errors: [`Error`] inside the core, with its sources; [`FosError`] for faces, one case for each thing a member can do
//! about it, its text in the member's language.

use fos_wire::problem::{ExistingRequest, FieldProblem};
use jiff::Timestamp;

use crate::i18n::{FormatArg, Localizer, today};

/// Error shown by a face. `text` is finished and in the member's language.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum FosError {
    /// The portal cannot be reached. Input is stored; retry when the network is back.
    #[error("{text}")]
    Offline {
        /// Message for the member.
        text: String,
    },
    /// The portal asks to wait.
    #[error("{text}")]
    TryLater {
        /// Message for the member.
        text: String,
        /// Seconds to wait, from `Retry-After` (RFC 9110 §10.2.3).
        seconds: u64,
    },
    /// Fields of the form have to be corrected: it names them itself ([`crate::FormView`]), so that nothing is left to show.
    #[error("{text}")]
    InvalidFields {
        /// Message for the member.
        text: String,
    },
    /// The portal rejected the act.
    #[error("{text}")]
    Refused {
        /// Message for the member.
        text: String,
    },
    /// The session has ended; the same member has to sign in again.
    #[error("{text}")]
    SignInAgain {
        /// Message for the member.
        text: String,
    },
    /// The portal requires a newer version of the app, or answered in a way that only a newer version can read.
    #[error("{text}")]
    UpdateNeeded {
        /// Message for the member.
        text: String,
    },
    /// The action is not available now, or not for this member.
    #[error("{text}")]
    NotAllowed {
        /// Message for the member.
        text: String,
    },
    /// The phone could not store or read data: no space, or its key store refused.
    #[error("{text}")]
    Storage {
        /// Message for the member.
        text: String,
    },
    /// The member left before the action was complete.
    #[error("{text}")]
    Cancelled {
        /// Message for the member.
        text: String,
    },
    /// A bug in the app. Contains nothing about the member.
    #[error("{text}")]
    Bug {
        /// Message for the member.
        text: String,
        /// Place in the code, for the foundation's help desk.
        reference: String,
    },
}

impl FosError {
    /// Adds to the message of a failed connection what becomes of the member's input.
    pub(crate) fn with_note(mut self, note: &str) -> Self {
        if let Self::Offline { text } | Self::TryLater { text, .. } = &mut self {
            *text = format!("{text} {note}");
        }
        self
    }

    /// Returns the message for the member.
    pub(crate) fn into_text(self) -> String {
        match self {
            Self::Offline { text }
            | Self::TryLater { text, .. }
            | Self::InvalidFields { text }
            | Self::Refused { text }
            | Self::SignInAgain { text }
            | Self::UpdateNeeded { text }
            | Self::NotAllowed { text }
            | Self::Storage { text }
            | Self::Cancelled { text }
            | Self::Bug { text, .. } => text,
        }
    }
}

/// Error inside the core.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// No connection, a cut, a timeout, or a response that is not the portal's (a captive portal's page).
    #[error("unreachable: {0}")]
    Unreachable(String),
    /// The network lets nothing through to the portal: an office's proxy, or TLS that it signs again with a root of its own.
    #[error("network blocked: {0}")]
    NetworkBlocked(String),
    /// Another server answers in place of the portal.
    #[error("service silent for {seconds} s")]
    ServiceSilent { seconds: u64 },
    /// The portal's certificate is valid at another time than the phone's clock shows.
    #[error("certificate of another time than {shown}")]
    WrongClock { shown: Timestamp },
    /// A file that is longer than this version reads.
    #[error("too large")]
    TooLarge,
    /// The portal asks to wait.
    #[error("busy for {seconds} s")]
    Busy { seconds: u64 },
    /// The portal is under maintenance.
    #[error("maintenance for {seconds} s")]
    Maintenance { seconds: u64 },
    /// This version is below the minimum version.
    #[error("update needed")]
    UpdateNeeded,
    /// PPR or password is wrong; the portal does not say which.
    #[error("credentials")]
    InvalidCredentials,
    /// The captcha's proof is missing, wrong, expired or used.
    #[error("captcha")]
    CaptchaRejected,
    /// The portal rejected these fields.
    #[error("fields: {0:?}")]
    FieldsRejected(Vec<FieldProblem>),
    /// The session is unknown or has expired.
    #[error("session ended")]
    SessionEnded,
    /// Somebody ended the session: the foundation, the member from another device, or the portal after a token was copied.
    #[error("session revoked")]
    SessionRevoked,
    /// The member signed out in this app while the action was under way, or signed in again.
    #[error("session closed")]
    SessionClosed,
    /// The session may only accept the charter or change the password.
    #[error("restricted")]
    Restricted,
    /// The service accepts no request of this member today.
    #[error("service closed")]
    ServiceClosed,
    /// The service takes no second request of this member; with the one on file.
    #[error("requested already")]
    AlreadyRequested(Option<Box<ExistingRequest>>),
    /// The portal has a request with this idempotency key and another body.
    #[error("filed already")]
    AlreadyFiled,
    /// The outbox entry is so old that the portal may have forgotten its idempotency key.
    #[error("waited too long")]
    QueuedTooLong,
    /// The portal published another version of the form.
    #[error("form changed")]
    FormChanged,
    /// Another version of the charter is in force.
    #[error("charter renewed")]
    CharterChanged,
    /// The portal has no such resource.
    #[error("unknown")]
    NotFound,
    /// A response that this version cannot read.
    #[error("unreadable: {0}")]
    UnexpectedResponse(String),
    /// Data could not be stored or read. The first text is the kind of the error.
    #[error("storage: {1}")]
    Storage(&'static str, String),
    /// The key store is protected for the moment, as before the phone is first unlocked.
    #[error("key store protected")]
    KeyStoreProtected,
    /// The form's own validation failed; its fields show the problems.
    #[error("invalid fields")]
    InvalidFields,
    /// Rejected; the named phrase says what to do.
    #[error("refused: {0}")]
    Rejected(&'static str),
    /// Not available at this stage; the named phrase says so.
    #[error("not now: {0}")]
    NotAllowed(&'static str),
    /// A bug; the text names the place.
    #[error("bug: {0}")]
    Bug(String),
}

impl Error {
    /// Returns true if an idempotent call is worth repeating at once.
    pub(crate) fn is_retryable(&self) -> bool {
        self.is_no_connection()
    }

    /// Returns true for a failed connection, of which the offline notice tells.
    pub(crate) fn is_no_connection(&self) -> bool {
        matches!(self, Self::Unreachable(_) | Self::NetworkBlocked(_))
    }

    /// Returns true if no answer of the portal's arrived: what is stored serves meanwhile.
    pub(crate) fn is_portal_away(&self) -> bool {
        matches!(
            self,
            Self::Unreachable(_)
                | Self::NetworkBlocked(_)
                | Self::ServiceSilent { .. }
                | Self::WrongClock { .. }
        )
    }

    /// Returns true if the session has expired or was revoked.
    pub(crate) fn is_session_over(&self) -> bool {
        matches!(self, Self::SessionEnded | Self::SessionRevoked)
    }

    /// Returns a short code of the kind of error for the help desk. Contains nothing about the member.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Unreachable(_) => "NET",
            Self::NetworkBlocked(_) => "PRX",
            Self::ServiceSilent { .. } => "SIL",
            Self::WrongClock { .. } => "CLK",
            Self::TooLarge => "BIG",
            Self::Busy { .. } => "BSY",
            Self::Maintenance { .. } => "MNT",
            Self::UpdateNeeded => "UPD",
            Self::InvalidCredentials => "CRD",
            Self::CaptchaRejected => "CAP",
            Self::FieldsRejected(_) => "FLD",
            Self::SessionEnded => "SES",
            Self::SessionRevoked => "REV",
            Self::SessionClosed => "END",
            Self::Restricted => "RST",
            Self::ServiceClosed => "CLO",
            Self::AlreadyRequested(_) => "ONE",
            Self::AlreadyFiled => "DUP",
            Self::QueuedTooLong => "OLD",
            Self::FormChanged => "FRM",
            Self::CharterChanged => "CHR",
            Self::NotFound => "UNK",
            Self::UnexpectedResponse(_) => "ANS",
            Self::Storage(..) => "STO",
            Self::KeyStoreProtected => "KEY",
            Self::InvalidFields => "MND",
            Self::Rejected(_) => "REF",
            Self::NotAllowed(_) => "NOW",
            Self::Bug(_) => "BUG",
        }
    }

    /// Converts to the public error, with its text in the localizer's language.
    pub(crate) fn localize(&self, localizer: &Localizer) -> FosError {
        let text = |name: &str| localizer.message(name);
        match self {
            Self::Unreachable(_) => FosError::Offline { text: text("error-offline") },
            Self::NetworkBlocked(_) => FosError::Offline { text: text("error-network-blocked") },
            Self::ServiceSilent { seconds } => FosError::TryLater {
                text: format!("{} {}", text("error-service-silent"), try_again(*seconds, localizer)),
                seconds: *seconds,
            },
            Self::WrongClock { shown } => {
                let date = localizer.long_date(today(*shown));
                FosError::Offline {
                    text: localizer.format("error-clock", &[("date", FormatArg::Text(&date))]),
                }
            }
            Self::TooLarge => FosError::NotAllowed { text: text("error-too-large") },
            Self::Busy { seconds } => {
                FosError::TryLater { text: wait(*seconds, localizer), seconds: *seconds }
            }
            Self::Maintenance { seconds } => {
                FosError::TryLater { text: text("error-maintenance"), seconds: *seconds }
            }
            Self::InvalidCredentials => FosError::Refused { text: text("error-credentials") },
            Self::CaptchaRejected => FosError::Refused { text: text("problem-captcha-failed") },
            Self::InvalidFields => FosError::InvalidFields { text: text("error-fields") },
            Self::FieldsRejected(_) => FosError::Refused { text: text("error-fields") },
            Self::SessionEnded => FosError::SignInAgain { text: text("error-sign-in-again") },
            Self::SessionRevoked => FosError::SignInAgain { text: text("notice-session-revoked") },
            Self::SessionClosed => FosError::Cancelled { text: text("error-not-now") },
            Self::Restricted => FosError::NotAllowed { text: text("error-not-allowed") },
            Self::ServiceClosed => FosError::NotAllowed { text: text("error-service-closed") },
            Self::AlreadyRequested(_) => FosError::Refused { text: text("blocked-already-requested") },
            Self::AlreadyFiled => FosError::Refused { text: text("error-filed-already") },
            Self::QueuedTooLong => FosError::Refused { text: text("blocked-queued-too-long") },
            Self::FormChanged => FosError::Refused { text: text("error-form-changed") },
            Self::CharterChanged => FosError::Refused { text: text("error-charter-renewed") },
            Self::NotFound => FosError::NotAllowed { text: text("error-unknown-service") },
            Self::UnexpectedResponse(_) | Self::UpdateNeeded => {
                FosError::UpdateNeeded { text: text("error-update-needed") }
            }
            Self::KeyStoreProtected => FosError::TryLater {
                text: text("error-key-store-protected"),
                seconds: KEY_STORE_RETRY_SECONDS,
            },
            Self::Storage(..) => FosError::Storage { text: text("error-storage") },
            Self::Rejected(name) => FosError::Refused { text: text(name) },
            Self::NotAllowed(name) => FosError::NotAllowed { text: text(name) },
            Self::Bug(place) => bug(place, localizer),
        }
    }
}

/// Seconds after which a protected key store is worth another try.
const KEY_STORE_RETRY_SECONDS: u64 = 10;

fn wait(seconds: u64, localizer: &Localizer) -> String {
    if seconds == 0 { localizer.message("error-try-later") } else { try_again(seconds, localizer) }
}

fn try_again(seconds: u64, localizer: &Localizer) -> String {
    let minutes = i64::try_from(seconds.div_ceil(60)).unwrap_or(i64::MAX).max(1);
    localizer.format("error-try-later-minutes", &[("minutes", FormatArg::Number(minutes))])
}

fn bug(place: &str, localizer: &Localizer) -> FosError {
    let text = localizer.format("error-bug", &[("reference", FormatArg::Text(place))]);
    FosError::Bug { text, reference: place.to_owned() }
}
