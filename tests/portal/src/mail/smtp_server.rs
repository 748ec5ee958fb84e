//! Address of the SMTP server. Emails carry passwords: they leave over TLS, except to this machine.

use std::{fmt, net::SocketAddr, str::FromStr};

use lettre::transport::smtp::AsyncSmtpTransportBuilder;
use url::{Host, Url};

use crate::mail::queue::Transport;

/// SMTP server: `smtps://[user:password@]host`, `smtp://…?tls=required` (STARTTLS), or plain on loopback.
#[derive(Clone, PartialEq, Eq)]
pub struct SmtpServer(String);

/// Error in the address of the SMTP server.
#[derive(Debug, thiserror::Error)]
pub enum SmtpServerError {
    /// It is no URL of the schemes `smtp` and `smtps`.
    #[error("the mail server is smtps://HOST, smtp://HOST?tls=required, or HOST:PORT on this machine")]
    Invalid,
    /// Passwords would leave this machine in clear.
    #[error("the mail server is not on this machine: it needs TLS, smtps://HOST or smtp://HOST?tls=required")]
    Plain,
}

impl SmtpServer {
    /// Prepares the connection.
    pub(crate) fn transport(&self) -> Result<AsyncSmtpTransportBuilder, SmtpServerError> {
        let url = Url::parse(&self.0).map_err(|_| SmtpServerError::Invalid)?;
        let is_loopback = match url.host() {
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            // A scheme that browsers do not know leaves an IPv4 address as a name.
            Some(Host::Domain(name)) => {
                name == "localhost"
                    || name.parse().is_ok_and(|address: std::net::IpAddr| address.is_loopback())
            }
            None => return Err(SmtpServerError::Invalid),
        };
        let is_encrypted = match url.scheme() {
            "smtps" => true,
            "smtp" => url.query_pairs().any(|(name, value)| name == "tls" && value == "required"),
            _ => return Err(SmtpServerError::Invalid),
        };
        if !is_encrypted && !is_loopback {
            return Err(SmtpServerError::Plain);
        }
        Transport::from_url(&self.0).map_err(|_| SmtpServerError::Invalid)
    }
}

impl From<SocketAddr> for SmtpServer {
    fn from(address: SocketAddr) -> Self {
        Self(format!("smtp://{address}"))
    }
}

impl FromStr for SmtpServer {
    type Err = SmtpServerError;

    fn from_str(text: &str) -> Result<Self, SmtpServerError> {
        let server =
            text.parse().map_or_else(|_| Self(text.to_owned()), |address: SocketAddr| address.into());
        server.transport()?;
        Ok(server)
    }
}

/// Hides user and password.
impl fmt::Debug for SmtpServer {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.debug_struct("SmtpServer").finish_non_exhaustive()
    }
}
