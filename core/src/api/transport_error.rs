//! Transport errors: no response, and why.

use std::io::ErrorKind;

use crate::clock::system_time;
use crate::error::Error;

/// Converts a transport error.
pub(super) fn convert(error: reqwest::Error) -> Error {
    let cause = cause(&error, error.is_connect());
    // The URL is left out of every report, in case it holds something about the member.
    let text = error.without_url().to_string();
    match cause {
        Cause::NoNetwork => Error::Unreachable(text),
        Cause::WrongClock => Error::WrongClock { shown: system_time() },
        Cause::BlockedNetwork => Error::NetworkBlocked(text),
    }
}

/// Cause of a transport error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cause {
    /// Nothing answers, a connection broke, or the error is of no known kind.
    NoNetwork,
    /// The portal's certificate is valid at another time than the phone's clock shows.
    WrongClock,
    /// Something answers that has no certificate of the portal's, speaks no TLS, or closes the connection at its beginning: an
    /// office's proxy, or its TLS, signed again by a root that the app does not have.
    BlockedNetwork,
}

/// Returns the cause of an error. `is_connecting` is true if the connection was not made yet.
fn cause(error: &(dyn std::error::Error + 'static), is_connecting: bool) -> Cause {
    use rustls::CertificateError::{Expired, ExpiredContext, NotValidYet, NotValidYetContext};
    let mut next = Some(error);
    let mut cause = Cause::NoNetwork;
    while let Some(error) = next {
        match error.downcast_ref() {
            Some(rustls::Error::InvalidCertificate(
                Expired | ExpiredContext { .. } | NotValidYet | NotValidYetContext { .. },
            )) => return Cause::WrongClock,
            Some(rustls::Error::InvalidCertificate(_) | rustls::Error::InvalidMessage(_)) => {
                return Cause::BlockedNetwork;
            }
            _ => {}
        }
        let io_error = error.downcast_ref::<std::io::Error>();
        // Closed in order before TLS was agreed on: a network that breaks resets, refuses or says nothing.
        if is_connecting && io_error.is_some_and(|error| error.kind() == ErrorKind::UnexpectedEof) {
            cause = Cause::BlockedNetwork;
        }
        // An I/O error names the source of the error in it, and not that error itself.
        next = match io_error.and_then(std::io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => error.source(),
        };
    }
    cause
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustls::CertificateError;

    #[test]
    fn a_certificate_of_another_time_means_a_wrong_clock_and_another_one_a_blocked_network() {
        for (reason, expected) in [
            (CertificateError::Expired, Cause::WrongClock),
            (CertificateError::NotValidYet, Cause::WrongClock),
            (CertificateError::UnknownIssuer, Cause::BlockedNetwork),
            (CertificateError::NotValidForName, Cause::BlockedNetwork),
        ] {
            let tls = rustls::Error::InvalidCertificate(reason.clone());
            assert_eq!(cause(&tls, true), expected, "{reason:?}");
            // As hyper's connector returns it.
            let wrapped = std::io::Error::other(std::io::Error::other(tls));
            assert_eq!(cause(&wrapped, true), expected, "{reason:?}");
        }
    }

    #[test]
    fn a_connection_that_closes_at_its_beginning_is_distinguished_from_one_that_breaks() {
        let closed = std::io::Error::from(ErrorKind::UnexpectedEof);
        assert_eq!(cause(&closed, true), Cause::BlockedNetwork);
        assert_eq!(cause(&closed, false), Cause::NoNetwork);
        for kind in [ErrorKind::ConnectionRefused, ErrorKind::ConnectionReset, ErrorKind::TimedOut] {
            assert_eq!(cause(&std::io::Error::from(kind), true), Cause::NoNetwork, "{kind}");
        }
    }
}
