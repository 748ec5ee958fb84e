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
