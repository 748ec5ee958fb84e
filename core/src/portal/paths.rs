//! The portal's paths. Each stands here and nowhere else in the app.

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

/// One of the member's sessions.
pub(crate) fn session(id: &str) -> String {
    format!("{SESSIONS}/{}", segment(id))
}

/// A service's circular, as a PDF.
pub(crate) fn circular(service: &str) -> String {
    format!("{SERVICES}/{}/circular", segment(service))
}

/// A service's form.
pub(crate) fn form(service: &str) -> String {
    format!("{SERVICES}/{}/form", segment(service))
}

/// What changed among the member's requests since a cursor.
pub(crate) fn requests_since(cursor: &str) -> String {
    format!("{REQUESTS}?since={}", segment(cursor))
}

/// A request's receipt, as a PDF.
pub(crate) fn receipt(request: &str) -> String {
    format!("{REQUESTS}/{}/receipt", segment(request))
}

/// The portal's ids are plain; one that is not could reach another path.
fn segment(id: &str) -> String {
    id.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The portal's own document, generated from its code and committed.
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
