//! Links to the portal's site that open the app: the files by which Android and iOS learn of them, and the page for a browser
//! on a phone or computer without the app.

use std::sync::Arc;

use axum::{
    Extension, Json, Router,
    response::{Html, IntoResponse as _, Response},
    routing::get,
};
use fos_wire::{links, paths};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{app::App, content::PublishedContent, mail::email::escape_html};

/// Apps that links to the site open.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LinkedApps {
    #[serde(default)]
    android: Vec<AndroidApp>,
    /// Application identifiers, each of a team's prefix and a bundle identifier.
    #[serde(default)]
    ios: Vec<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AndroidApp {
    package: String,
    /// SHA-256 of the certificates that the app may be signed with, in hexadecimal with colons.
    certificates: Vec<String>,
}

impl LinkedApps {
    /// Returns a description of the first invalid app, if any.
    pub(crate) fn find_fault(&self) -> Option<String> {
        let mut certificates = self.android.iter().flat_map(|app| &app.certificates);
        if !certificates.all(|certificate| is_sha256(certificate)) {
            Some("apps: a certificate is a SHA-256, as in 0A:1B:…".to_owned())
        } else if !self.ios.iter().all(|app| is_application_identifier(app)) {
            Some("apps: an iPhone app is TEAM.bundle.identifier".to_owned())
        } else {
            None
        }
    }
}

fn is_sha256(text: &str) -> bool {
    let is_byte = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    text.split(':').count() == 32 && text.split(':').all(is_byte)
}

fn is_application_identifier(text: &str) -> bool {
    let is_team = |team: &str| team.len() == 10 && team.bytes().all(|byte| byte.is_ascii_alphanumeric());
    text.split_once('.').is_some_and(|(team, bundle)| is_team(team) && bundle.contains('.'))
}

/// Returns the apps for which Android opens links to this site and fills in its passwords. Also answered during maintenance.
#[utoipa::path(
    get, path = paths::ANDROID_LINKS, tag = "services",
    responses((status = 200, description = "Statements of Digital Asset Links", body = Vec<Value>)),
)]
pub(crate) async fn android(Extension(content): Extension<Arc<PublishedContent>>) -> Json<Vec<Value>> {
    let statement = |app: &AndroidApp| {
        json!({
            "relation": ["delegate_permission/common.handle_all_urls", "delegate_permission/common.get_login_creds"],
            "target": {
                "namespace": "android_app",
                "package_name": app.package,
                "sha256_cert_fingerprints": app.certificates,
            },
        })
    };
    Json(content.apps.android.iter().map(statement).collect())
}

/// Returns the apps for which the iPhone opens links to this site and fills in its passwords. Also answered during maintenance.
#[utoipa::path(
    get, path = paths::APPLE_LINKS, tag = "services",
    responses((status = 200, description = "Associated domains of universal links", body = Value)),
)]
pub(crate) async fn apple(Extension(content): Extension<Arc<PublishedContent>>) -> Json<Value> {
    let pages = [
        links::SERVICES.to_owned(),
        format!("{}*", links::SERVICE),
        links::REQUESTS.to_owned(),
        format!("{}*", links::REQUEST),
    ];
    let components = pages.map(|page| json!({ "/": page }));
    let details = json!([{ "appIDs": content.apps.ios, "components": components }]);
    Json(json!({ "applinks": { "details": details }, "webcredentials": { "apps": content.apps.ios } }))
}

/// Pages that open the app; not part of the API.
pub(crate) fn pages() -> Router<App> {
    Router::new()
        .route(links::SERVICES, get(page))
        .route(&format!("{}{{id}}", links::SERVICE), get(page))
        .route(links::REQUESTS, get(page))
        .route(&format!("{}{{id}}", links::REQUEST), get(page))
}

/// Returns the page of a link for a browser: the same for every service and request, so that it tells nothing about them.
async fn page(Extension(content): Extension<Arc<PublishedContent>>) -> Response {
    let stores = &content.config.stores;
    let link = |url: &Option<String>, name: &str| {
        let href = |url: &String| escape_html(url).replace('"', "&quot;");
        url.as_ref().map_or_else(String::new, |url| format!("<p><a href=\"{}\">{name}</a></p>", href(url)))
    };
    Html(format!(
        "<!doctype html><html lang=\"ar\"><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>FOS</title>\
         <p lang=\"ar\" dir=\"rtl\">تُفتح هذه الصفحة في تطبيق المؤسسة.</p>\
         <p lang=\"fr\">Cette page s’ouvre dans l’application de la Fondation.</p>{}{}</html>",
        link(&stores.android, "Android"),
        link(&stores.ios, "iPhone"),
    ))
    .into_response()
}
