//! Paths of the portal's API; a rule fails if one is written anywhere else in the app.

pub(crate) const CONFIG: &str = "/v1/config";
pub(crate) const CAPTCHA: &str = "/v1/captcha";
pub(crate) const PASSWORD_REQUESTS: &str = "/v1/password-requests";
pub(crate) const SESSIONS: &str = "/v1/sessions";
pub(crate) const SESSION_REFRESH: &str = "/v1/sessions/refresh";
pub(crate) const SESSION_CURRENT: &str = "/v1/sessions/current";
pub(crate) const CHARTER: &str = "/v1/charter";
pub(crate) const CHARTER_ACCEPTANCE: &str = "/v1/charter/acceptance";
pub(crate) const PASSWORD: &str = "/v1/password";
pub(crate) const SERVICES: &str = "/v1/services";

pub(crate) const REQUESTS: &str = "/v1/requests";
pub(crate) const FAMILY: &str = "/v1/family";

/// Path of one of the member's sessions.
pub(crate) fn session(id: &str) -> String {
    format!("{SESSIONS}/{}", segment(id))
}

/// Path of a service's circular (PDF).
pub(crate) fn circular(service: &str) -> String {
    format!("{SERVICES}/{}/circular", segment(service))
}

/// Path of a service's form.
pub(crate) fn form(service: &str) -> String {
    format!("{SERVICES}/{}/form", segment(service))
}

/// Path of the requests changed since a cursor.
pub(crate) fn requests_since(cursor: &str) -> String {
    format!("{REQUESTS}?since={}", segment(cursor))
}

/// Path of a request's receipt (PDF).
pub(crate) fn receipt(request: &str) -> String {
    format!("{REQUESTS}/{}/receipt", segment(request))
}

/// Removes characters that could lead to another path; the portal's ids have none.
fn segment(id: &str) -> String {
    id.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// OpenAPI document of the portal, generated from its code.
    const DOCUMENT: &str = include_str!("../../../tests/portal/openapi.json");

    #[test]
    fn the_portal_serves_every_path_that_the_app_calls() {
        let document: serde_json::Value = serde_json::from_str(DOCUMENT).unwrap();
        for (method, path) in [
            ("get", CONFIG),
            ("get", CAPTCHA),
            ("post", PASSWORD_REQUESTS),
            ("post", SESSIONS),
            ("post", SESSION_REFRESH),
            ("delete", SESSION_CURRENT),
            ("get", CHARTER),
            ("post", CHARTER_ACCEPTANCE),
            ("put", PASSWORD),
            ("get", SERVICES),
            ("get", SESSIONS),
            ("delete", "/v1/sessions/{id}"),
            ("get", "/v1/services/{id}/circular"),
            ("get", "/v1/services/{id}/form"),
            ("get", FAMILY),
            ("post", REQUESTS),
            ("get", REQUESTS),
            ("get", "/v1/requests/{id}/receipt"),
        ] {
            assert!(document["paths"][path][method].is_object(), "{method} {path}");
        }
    }

    #[test]
    fn an_id_stays_one_segment() {
        assert_eq!(circular("hajj-grant"), "/v1/services/hajj-grant/circular");
        assert_eq!(session("../x?y"), "/v1/sessions/xy");
    }
}
