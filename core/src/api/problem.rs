//! Error responses: problem documents of the portal (RFC 9457), or no response.

use fos_wire::problem::{Problem, ProblemType};
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, RETRY_AFTER};

use crate::error::Error;

/// Converts an error response. A body that is no problem document comes from a proxy or a captive portal: [`Error::Unreachable`].
pub(super) fn parse(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Error {
    let Ok(problem) = fos_wire::parse_json::<Problem>(body) else {
        // The portal always answers JSON: this response is from something in between.
        return Error::Unreachable(format!("{status} without a problem document"));
    };
    match problem.kind {
        ProblemType::Credentials => Error::InvalidCredentials,
        ProblemType::Captcha => Error::CaptchaRejected,
        ProblemType::Fields => Error::FieldsRejected(problem.fields),
        ProblemType::Malformed | ProblemType::TooLarge | ProblemType::MediaType => {
            Error::FieldsRejected(Vec::new())
        }
        ProblemType::Session => Error::SessionEnded,
        ProblemType::Restricted => Error::Restricted,
        ProblemType::ServiceClosed => Error::ServiceClosed,
        ProblemType::IdempotencyReuse => Error::AlreadyFiled,
        ProblemType::FormChanged => Error::FormChanged,
        ProblemType::CharterVersion => Error::CharterChanged,
        ProblemType::NotFound | ProblemType::Method => Error::NotFound,
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
    // The URL is left out of every report, in case it holds something about the member.
    Error::Unreachable(error.without_url().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

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
