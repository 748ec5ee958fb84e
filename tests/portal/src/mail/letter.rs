//! A letter to a member, in both languages. Two members may share a box: each letter says whose account it is about by
//! the last digits of the payroll number, and nothing else of it.

use std::time::{Duration, SystemTime};

use lettre::{
    Message,
    message::{
        Mailbox, MultiPart,
        header::{Header, HeaderName, HeaderValue},
    },
};

use super::{address_letter, password_letter};
use crate::gate::Contacts;

/// A letter that cannot be written: an address that is none.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LetterError {
    #[error("address: {0}")]
    Address(#[from] lettre::address::AddressError),
    #[error("message: {0}")]
    Message(#[from] lettre::error::Error),
}

/// Digits of a payroll number that a letter shows.
const SHOWN_DIGITS: usize = 3;

/// A letter ready to be written.
pub(crate) struct Letter<'a> {
    pub(crate) from: &'a str,
    pub(crate) to: &'a str,
    pub(crate) message_id: &'a str,
    /// In seconds since 1970 UTC.
    pub(crate) written_at: i64,
    /// Whose account it is about.
    pub(crate) ppr: &'a str,
    pub(crate) about: About<'a>,
}

/// What a letter is about.
pub(crate) enum About<'a> {
    /// The password it brings (guide step 4).
    Password(&'a str),
    /// The addresses now on file, masked, one a line; and whom to tell if the member did not want that.
    Address { now: &'a str, contacts: &'a Contacts },
}

/// Its words.
pub(super) struct Words {
    pub(super) subject: &'static str,
    pub(super) text: String,
    pub(super) html: String,
}

/// RFC 3834 §5: answering machines leave this letter alone.
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

impl Letter<'_> {
    /// The letter as it goes to the mail server.
    pub(crate) fn write(&self) -> Result<Message, LetterError> {
        let written_at = Duration::from_secs(self.written_at.try_into().unwrap_or_default());
        let words = match &self.about {
            About::Password(password) => password_letter::words(password, self.end_of_ppr()),
            About::Address { now, contacts } => address_letter::words(now, contacts, self.end_of_ppr()),
        };
        let body = MultiPart::alternative_plain_html(words.text, words.html);
        let from: Mailbox = self.from.parse()?;
        let message_id = format!("<{}@{}>", self.message_id, from.email.domain());
        Ok(Message::builder()
            .from(from)
            .to(self.to.parse::<Mailbox>()?)
            .subject(words.subject)
            .date(SystemTime::UNIX_EPOCH + written_at)
            .message_id(Some(message_id))
            .header(AutoSubmitted)
            .multipart(body)?)
    }

    fn end_of_ppr(&self) -> &str {
        let from = self.ppr.len().saturating_sub(SHOWN_DIGITS);
        self.ppr.get(from..).unwrap_or_default()
    }
}

/// Text as HTML shows it.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
