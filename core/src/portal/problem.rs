//! What comes instead of an answer: the portal's problem documents (RFC 9457), or nothing.

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, RETRY_AFTER};

use super::wire::Problem;
use crate::error::Trouble;

/// Every stable problem type begins so (`tests/portal/openapi.json`).
const PREFIX: &str = "urn:fos:problem:";

/// Reads a refusal.
pub(super) fn read(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Trouble {
    let Ok(problem) = serde_json::from_slice::<Problem>(body) else {
        // The portal always says why in JSON: this came from something in between.
        return Trouble::Unreachable(format!("{status} that is not the portal's"));
    };
    match problem.kind.strip_prefix(PREFIX).unwrap_or_default() {
        "credentials" => Trouble::Credentials,
        "captcha" => Trouble::Captcha,
        "fields" => Trouble::Fields(problem.fields),
        "malformed" | "too-large" | "media-type" => Trouble::Fields(Vec::new()),
        "session" => Trouble::SessionEnded,
        "restricted" => Trouble::Restricted,
        "service-closed" => Trouble::ServiceClosed,
        "idempotency-reuse" => Trouble::FiledAlready,
        "form-changed" => Trouble::FormChanged,
        "charter-version" => Trouble::CharterRenewed,
        "not-found" | "method" => Trouble::Unknown,
        "maintenance" => Trouble::Maintenance { seconds: retry_after(headers) },
        "too-many" | "unavailable" => Trouble::Busy { seconds: retry_after(headers) },
        _ if status.is_server_error() => Trouble::Busy { seconds: retry_after(headers) },
        other => Trouble::Unreadable(format!("{status} {other}")),
    }
}

fn retry_after(headers: &HeaderMap) -> u64 {
    headers
        .get(RETRY_AFTER)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.parse().ok())
        .unwrap_or(60)
}

/// No answer at all.
pub(super) fn unreachable(error: reqwest::Error) -> Trouble {
    // The address may hold nothing of the member's today; it is left out of every report all the same.
    Trouble::Unreachable(error.without_url().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_captive_portals_page_is_no_answer() {
        let page = b"<html>Welcome to the hotel</html>";
        let error = read(StatusCode::FORBIDDEN, &HeaderMap::new(), page);
        assert!(matches!(error, Trouble::Unreachable(_)));
    }

    #[test]
    fn patience_is_asked_for_in_seconds() {
        let headers = HeaderMap::from_iter([(RETRY_AFTER, "120".parse().unwrap())]);
        let body = br#"{"type":"urn:fos:problem:too-many","status":429}"#;
        let error = read(StatusCode::TOO_MANY_REQUESTS, &headers, body);
        assert!(matches!(error, Trouble::Busy { seconds: 120 }));
    }
}
