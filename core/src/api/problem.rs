//! Error responses: problem documents of the portal (RFC 9457), and responses of what stands before it.

use std::time::UNIX_EPOCH;

use fos_wire::problem::{Problem, ProblemType, SessionReason};
use jiff::Timestamp;
use reqwest::StatusCode;
use reqwest::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};

use crate::clock::system_time;
use crate::error::Error;

/// Converts an error response. Without a problem document it comes from something in between: 407 and 511 from a network
/// that blocks, 5xx from a server of the foundation's in front of the portal, anything else from a captive portal.
pub(super) fn parse(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Error {
    let Ok(problem) = fos_wire::parse_json::<Problem>(body) else {
        return if is_of_blocking_network(status) {
            Error::NetworkBlocked(status.to_string())
        } else if status.is_server_error() {
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
        // The bytes kept are not of this file any more: the next attempt asks for all of it.
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

/// Returns true for the responses of a network that asks for a sign-in of its own first (RFC 9110 §15.5.8, RFC 6585 §6).
fn is_of_blocking_network(status: StatusCode) -> bool {
    matches!(status, StatusCode::PROXY_AUTHENTICATION_REQUIRED | StatusCode::NETWORK_AUTHENTICATION_REQUIRED)
}

/// Seconds to wait where a response does not say how many.
const DEFAULT_RETRY_SECONDS: u64 = 60;

/// Returns the seconds to wait (RFC 9110 §10.2.3), from a number or from a date, which counts from the sender's own clock.
fn retry_after(headers: &HeaderMap) -> u64 {
    let seconds = headers.get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
    let until_date = || {
        let until = date_in(headers, &RETRY_AFTER)?.as_second();
        let now = date(headers).unwrap_or_else(system_time).as_second();
        u64::try_from(until.saturating_sub(now).max(0)).ok()
    };
    seconds.or_else(until_date).unwrap_or(DEFAULT_RETRY_SECONDS)
}

/// Returns the sender's time from the `Date` header (RFC 9110 §6.6.1).
pub(super) fn date(headers: &HeaderMap) -> Option<Timestamp> {
    date_in(headers, &DATE)
}

fn date_in(headers: &HeaderMap, name: &HeaderName) -> Option<Timestamp> {
    let date = httpdate::parse_http_date(headers.get(name)?.to_str().ok()?).ok()?;
    let since_epoch = date.duration_since(UNIX_EPOCH).ok()?;
    Timestamp::from_second(i64::try_from(since_epoch.as_secs()).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn status_407_and_511_mean_a_network_that_blocks() {
        for status in [StatusCode::PROXY_AUTHENTICATION_REQUIRED, StatusCode::NETWORK_AUTHENTICATION_REQUIRED]
        {
            let error = parse(status, &HeaderMap::new(), b"<html>Sign in</html>");
            assert!(matches!(error, Error::NetworkBlocked(_)), "{error:?}");
            for language in [crate::i18n::Language::Ar, crate::i18n::Language::Fr] {
                let shown = error.localize(&crate::i18n::Localizer::for_language(language));
                let crate::FosError::Offline { text } = shown else { panic!("{shown:?}") };
                assert!(text.contains("Wi-Fi") || text.contains("واي فاي"), "another way is named: {text}");
            }
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
    fn the_senders_date_is_read() {
        let headers = HeaderMap::from_iter([(DATE, "Tue, 24 Nov 2026 09:00:00 GMT".parse().unwrap())]);
        assert_eq!(date(&headers).unwrap().to_string(), "2026-11-24T09:00:00Z");
    }

    #[test]
    fn retry_after_is_read_as_a_date_by_the_senders_clock() {
        let wait = |until: &str| {
            let headers = [(DATE, "Tue, 24 Nov 2026 09:00:00 GMT"), (RETRY_AFTER, until)];
            retry_after(&headers.into_iter().map(|(name, value)| (name, value.parse().unwrap())).collect())
        };
        assert_eq!(wait("Tue, 24 Nov 2026 09:02:00 GMT"), 120);
        assert_eq!(wait("Tue, 24 Nov 2026 08:00:00 GMT"), 0, "it is over");
        assert_eq!(wait("soon"), 60);
        let past = HeaderMap::from_iter([(RETRY_AFTER, "Thu, 01 Jan 1970 00:00:00 GMT".parse().unwrap())]);
        assert_eq!(retry_after(&past), 0, "without a date of the sender's the phone's own counts");
    }

    #[test]
    fn retry_after_is_read_in_seconds() {
        let headers = HeaderMap::from_iter([(RETRY_AFTER, "120".parse().unwrap())]);
        let body = br#"{"type":"urn:fos:problem:too-many","status":429}"#;
        let error = parse(StatusCode::TOO_MANY_REQUESTS, &headers, body);
        assert!(matches!(error, Error::Busy { seconds: 120 }));
    }
}
