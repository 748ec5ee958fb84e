//! The portal's paths. Each stands here and nowhere else in the app.

pub(crate) const CAPTCHA: &str = "/v1/captcha";
pub(crate) const PASSWORD_REQUESTS: &str = "/v1/password-requests";
pub(crate) const SESSIONS: &str = "/v1/sessions";
pub(crate) const SESSION_REFRESH: &str = "/v1/sessions/refresh";
pub(crate) const SESSION_CURRENT: &str = "/v1/sessions/current";
pub(crate) const CHARTER: &str = "/v1/charter";
pub(crate) const CHARTER_ACCEPTANCE: &str = "/v1/charter/acceptance";
pub(crate) const PASSWORD: &str = "/v1/password";
pub(crate) const SERVICES: &str = "/v1/services";

#[cfg(test)]
mod tests {
    use super::*;

    /// The portal's own document, generated from its code and committed.
    const DOCUMENT: &str = include_str!("../../../tests/portal/openapi.json");

    #[test]
    fn the_portal_serves_every_path_that_the_app_calls() {
        let document: serde_json::Value = serde_json::from_str(DOCUMENT).unwrap();
        for (method, path) in [
            ("get", CAPTCHA),
            ("post", PASSWORD_REQUESTS),
            ("post", SESSIONS),
            ("post", SESSION_REFRESH),
            ("delete", SESSION_CURRENT),
            ("get", CHARTER),
            ("post", CHARTER_ACCEPTANCE),
            ("put", PASSWORD),
            ("get", SERVICES),
        ] {
            assert!(document["paths"][path][method].is_object(), "{method} {path}");
        }
    }
}
