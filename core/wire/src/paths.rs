//! Paths of the API, and the URLs that follow from them; a rule fails if one is written anywhere else.

/// Signed config.
pub const CONFIG: &str = "/v1/config";
/// Captcha challenge.
pub const CAPTCHA: &str = "/v1/captcha";
/// Password requests (guide step 3).
pub const PASSWORD_REQUESTS: &str = "/v1/password-requests";
/// Sessions: sign-in (guide step 5) and list.
pub const SESSIONS: &str = "/v1/sessions";
/// Refresh of a session.
pub const SESSION_REFRESH: &str = "/v1/sessions/refresh";
/// Session of the call: sign-out.
pub const SESSION_CURRENT: &str = "/v1/sessions/current";
/// One of the member's sessions.
pub const SESSION: &str = "/v1/sessions/{id}";
/// Charter in force (guide step 6).
pub const CHARTER: &str = "/v1/charter";
/// Acceptance of the charter.
pub const CHARTER_ACCEPTANCE: &str = "/v1/charter/acceptance";
/// Password (guide step 7).
pub const PASSWORD: &str = "/v1/password";
/// Catalogue of services (guide step 8).
pub const SERVICES: &str = "/v1/services";
/// PDF of a service's circular.
pub const CIRCULAR: &str = "/v1/services/{id}/circular";
/// Form of a service.
pub const FORM: &str = "/v1/services/{id}/form";
/// Family on file.
pub const FAMILY: &str = "/v1/family";
/// Requests of the member: filing, and changes since a cursor.
pub const REQUESTS: &str = "/v1/requests";
/// One request.
pub const REQUEST: &str = "/v1/requests/{id}";
/// PDF of a request's receipt.
pub const RECEIPT: &str = "/v1/requests/{id}/receipt";
/// Verification of a receipt by its code.
pub const RECEIPT_VERIFICATION: &str = "/v1/receipts/{code}";

/// Apps for which Android opens links to the portal's site (Digital Asset Links).
pub const ANDROID_LINKS: &str = "/.well-known/assetlinks.json";
/// Apps for which the iPhone opens links to the portal's site (universal links).
pub const APPLE_LINKS: &str = "/.well-known/apple-app-site-association";

/// Returns the path of one of the member's sessions.
pub fn session(id: &str) -> String {
    SESSION.replace("{id}", &segment(id))
}

/// Returns the path of a service's circular (PDF).
pub fn circular(service: &str) -> String {
    CIRCULAR.replace("{id}", &segment(service))
}

/// Returns the path of a service's form.
pub fn form(service: &str) -> String {
    FORM.replace("{id}", &segment(service))
}

/// Returns the path of the requests changed since a cursor.
pub fn requests_since(cursor: &str) -> String {
    format!("{REQUESTS}?since={}", segment(cursor))
}

/// Returns the path of a request with its answers.
pub fn request(request: &str) -> String {
    REQUEST.replace("{id}", &segment(request))
}

/// Returns the path of a request's receipt (PDF).
pub fn receipt(request: &str) -> String {
    RECEIPT.replace("{id}", &segment(request))
}

/// Returns the path at which a receipt's code is verified.
pub fn receipt_verification(code: &str) -> String {
    RECEIPT_VERIFICATION.replace("{code}", &segment(code))
}

/// Returns true for a character of the portal's ids; any other could lead to another path.
pub fn is_id_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
}

/// Removes characters that the portal's ids do not have.
fn segment(id: &str) -> String {
    id.chars().filter(|c| is_id_character(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// OpenAPI document of the portal, generated from its code.
    const DOCUMENT: &str = include_str!("../../../tests/portal/openapi.json");

    #[test]
    fn the_portal_serves_these_paths_and_no_other() {
        let document: serde_json::Value = serde_json::from_str(DOCUMENT).unwrap();
        let mut served: Vec<&str> =
            document["paths"].as_object().unwrap().keys().map(String::as_str).collect();
        let mut defined = [
            CONFIG,
            CAPTCHA,
            PASSWORD_REQUESTS,
            SESSIONS,
            SESSION_REFRESH,
            SESSION_CURRENT,
            SESSION,
            CHARTER,
            CHARTER_ACCEPTANCE,
            PASSWORD,
            SERVICES,
            CIRCULAR,
            FORM,
            FAMILY,
            REQUESTS,
            REQUEST,
            RECEIPT,
            RECEIPT_VERIFICATION,
            ANDROID_LINKS,
            APPLE_LINKS,
        ];
        served.sort_unstable();
        defined.sort_unstable();
        assert_eq!(served, defined);
    }

    #[test]
    fn an_id_stays_one_segment() {
        assert_eq!(circular("hajj-grant"), "/v1/services/hajj-grant/circular");
        assert_eq!(session("../x?y"), "/v1/sessions/xy");
        assert_eq!(requests_since("0-7&x"), "/v1/requests?since=0-7x");
    }
}
