//! Email to a member, in both languages. Two members may share a mailbox: each email names the account by the last
//! digits of the payroll number, and nothing else of it.

use std::time::{Duration, SystemTime};

use fos_wire::config::Contacts;
use lettre::{
    Message,
    message::{
        Mailbox, MultiPart,
        header::{Header, HeaderName, HeaderValue},
    },
};

use super::{account_notice::AccountNotice, address_changed_email, password_email};

/// Error while building an email: an invalid address.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EmailError {
    #[error("address: {0}")]
    Address(#[from] lettre::address::AddressError),
    #[error("message: {0}")]
    Message(#[from] lettre::error::Error),
}

/// Number of digits of the payroll number that an email shows.
const PPR_SUFFIX_LENGTH: usize = 3;

/// Email to be built.
pub(crate) struct Email<'a> {
    pub(crate) from: &'a str,
    pub(crate) to: &'a str,
    pub(crate) message_id: &'a str,
    /// Seconds since 1970 UTC.
    pub(crate) created_at: i64,
    /// Account that it is about.
    pub(crate) ppr: &'a str,
    pub(crate) content: EmailContent<'a>,
}

/// Subject of an email.
pub(crate) enum EmailContent<'a> {
    /// A mailed password (guide step 4).
    Password(&'a str),
    /// Addresses now on file, masked, one a line; and the contacts to report an unwanted change to.
    AddressChanged { addresses: &'a str, contacts: &'a Contacts },
    /// An event of the account, at the time of the email's creation.
    Notice { notice: AccountNotice<'a>, contacts: &'a Contacts },
}

/// Text of an email.
pub(super) struct EmailText {
    pub(super) subject: &'static str,
    pub(super) plain: String,
    pub(super) html: String,
}

/// Header that keeps automatic responders silent (RFC 3834 §5).
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

impl Email<'_> {
    /// Builds the message for the SMTP server.
    pub(crate) fn build(&self) -> Result<Message, EmailError> {
        let created_at = Duration::from_secs(self.created_at.try_into().unwrap_or_default());
        let text = match &self.content {
            EmailContent::Password(password) => password_email::compose(password, self.ppr_suffix()),
            EmailContent::AddressChanged { addresses, contacts } => {
                address_changed_email::compose(addresses, contacts, self.ppr_suffix())
            }
            EmailContent::Notice { notice, contacts } => {
                notice.compose(self.created_at, contacts, self.ppr_suffix())
            }
        };
        let body = MultiPart::alternative_plain_html(text.plain, text.html);
        let from: Mailbox = self.from.parse()?;
        let message_id = format!("<{}@{}>", self.message_id, from.email.domain());
        Ok(Message::builder()
            .from(from)
            .to(self.to.parse::<Mailbox>()?)
            .subject(text.subject)
            .date(SystemTime::UNIX_EPOCH + created_at)
            .message_id(Some(message_id))
            .header(AutoSubmitted)
            .multipart(body)?)
    }

    fn ppr_suffix(&self) -> &str {
        let from = self.ppr.len().saturating_sub(PPR_SUFFIX_LENGTH);
        self.ppr.get(from..).unwrap_or_default()
    }
}

/// Escapes text for HTML.
pub(crate) fn escape_html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
