//! Error responses: problem documents of the portal (RFC 9457), or no response.

use fos_wire::problem::{Problem, ProblemType, SessionReason};
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, RETRY_AFTER};

use crate::clock::system_time;
use crate::error::Error;

/// Converts an error response. A body that is no problem document comes from a proxy or a captive portal: [`Error::Unreachable`].
pub(super) fn parse(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Error {
    let Ok(problem) = fos_wire::parse_json::<Problem>(body) else {
        // The portal always answers JSON: this response is from something in between. A server of the foundation's in front
        // of the portal says that the portal is away, and for how long; everything else is a network's.
        return if status.is_server_error() {
            Error::ServiceSilent { seconds: retry_after(headers) }
        } else {
            Error::Unreachable(format!("{status} without a problem document"))
        };
    };
    match problem.kind {
        ProblemType::Credentials => Error::InvalidCredentials,
        ProblemType::Captcha => Error::CaptchaRejected,
        ProblemType::Fields => Error::FieldsRejected(problem.fields),
        ProblemType::Malformed | ProblemType::TooLarge | ProblemType::MediaType => {
            Error::FieldsRejected(Vec::new())
        }
        ProblemType::Session if problem.reason == Some(SessionReason::Revoked) => Error::SessionRevoked,
        ProblemType::Session => Error::SessionEnded,
        ProblemType::Restricted => Error::Restricted,
        ProblemType::ServiceClosed => Error::ServiceClosed,
        ProblemType::AlreadyRequested => Error::AlreadyRequested(problem.request),
        ProblemType::IdempotencyReuse => Error::AlreadyFiled,
        ProblemType::FormChanged => Error::FormChanged,
        ProblemType::CharterVersion => Error::CharterChanged,
        ProblemType::NotFound | ProblemType::Method => Error::NotFound,
        // What was kept of the file is not a part of it: the next attempt asks for the whole.
        ProblemType::Range => Error::Unreachable("no such part of the file".to_owned()),
        ProblemType::Maintenance => Error::Maintenance { seconds: retry_after(headers) },
        ProblemType::TooMany | ProblemType::DayLimit | ProblemType::Unavailable => {
            Error::Busy { seconds: retry_after(headers) }
        }
        ProblemType::IdempotencyKey | ProblemType::Slow | ProblemType::Internal | ProblemType::Unknown => {
            if status.is_server_error() {
                Error::Busy { seconds: retry_after(headers) }
            } else {
                Error::UnexpectedResponse(format!("{status} {:?}", problem.kind))
            }
        }
    }
}

fn retry_after(headers: &HeaderMap) -> u64 {
    headers
        .get(RETRY_AFTER)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.parse().ok())
        .unwrap_or(60)
}

/// Converts a transport error.
pub(super) fn unreachable(error: reqwest::Error) -> Error {
    if is_certificate_of_another_time(&error) {
        return Error::WrongClock { shown: system_time() };
    }
    // The URL is left out of every report, in case it holds something about the member.
    Error::Unreachable(error.without_url().to_string())
}

/// Returns true if the portal's certificate is valid at another time than the phone's clock shows.
fn is_certificate_of_another_time(error: &(dyn std::error::Error + 'static)) -> bool {
    use rustls::CertificateError::{Expired, ExpiredContext, NotValidYet, NotValidYetContext};
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(rustls::Error::InvalidCertificate(reason)) = error.downcast_ref() {
            return matches!(
                reason,
                Expired | ExpiredContext { .. } | NotValidYet | NotValidYetContext { .. }
            );
        }
        // An I/O error names the source of the error in it, and not that error itself.
        next = match error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => error.source(),
        };
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustls::CertificateError;

    #[test]
    fn a_certificate_of_another_time_means_a_wrong_clock() {
        for (reason, is_clock) in [
            (CertificateError::Expired, true),
            (CertificateError::NotValidYet, true),
            (CertificateError::UnknownIssuer, false),
            (CertificateError::NotValidForName, false),
        ] {
            let tls = rustls::Error::InvalidCertificate(reason.clone());
            assert_eq!(is_certificate_of_another_time(&tls), is_clock, "{reason:?}");
            // As hyper's connector returns it.
            let wrapped = std::io::Error::other(std::io::Error::other(tls));
            assert_eq!(is_certificate_of_another_time(&wrapped), is_clock, "{reason:?}");
        }
    }

    #[test]
    fn a_server_in_front_of_the_portal_says_when_to_try_again() {
        let headers = HeaderMap::from_iter([(RETRY_AFTER, "120".parse().unwrap())]);
        let error = parse(StatusCode::SERVICE_UNAVAILABLE, &headers, b"<html>503</html>");
        assert!(matches!(error, Error::ServiceSilent { seconds: 120 }), "{error}");
        assert!(!error.is_retryable(), "no quick repeats");
        let french = crate::i18n::Localizer::for_language(crate::i18n::Language::Fr);
        let crate::FosError::TryLater { text, seconds } = error.localize(&french) else { panic!("{error}") };
        assert_eq!(seconds, 120);
        assert!(text.contains("ne répond pas") && text.contains("2 minutes"), "{text}");
    }

    #[test]
    fn a_captive_portals_page_is_unreachable() {
        let page = b"<html>Welcome to the hotel</html>";
        let error = parse(StatusCode::FORBIDDEN, &HeaderMap::new(), page);
        assert!(matches!(error, Error::Unreachable(_)));
    }

    #[test]
    fn retry_after_is_read_in_seconds() {
        let headers = HeaderMap::from_iter([(RETRY_AFTER, "120".parse().unwrap())]);
        let body = br#"{"type":"urn:fos:problem:too-many","status":429}"#;
        let error = parse(StatusCode::TOO_MANY_REQUESTS, &headers, body);
        assert!(matches!(error, Error::Busy { seconds: 120 }));
    }
}
