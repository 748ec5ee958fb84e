//! The API as a whole: its document, restricted sessions, error responses.

use std::{fs, path::Path};

use fos_support::seed::{MEMBER, PASSWORD};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{ApiResponse, PortalFixture, Session, travel_request};

/// Calls allowed while a charter or a password is due: only those that serve to do the required action, and sign-out.
const ALLOWED_WHEN_RESTRICTED: [(&str, &str); 4] = [
    ("delete", "/v1/sessions/current"),
    ("get", "/v1/charter"),
    ("post", "/v1/charter/acceptance"),
    ("put", "/v1/password"),
];

/// Calls that need no session.
const PUBLIC: [(&str, &str); 8] = [
    ("get", "/.well-known/apple-app-site-association"),
    ("get", "/.well-known/assetlinks.json"),
    ("get", "/v1/captcha"),
    ("get", "/v1/config"),
    ("get", "/v1/receipts/{code}"),
    ("post", "/v1/password-requests"),
    ("post", "/v1/sessions"),
    ("post", "/v1/sessions/refresh"),
];

struct Operation {
    method: String,
    path: String,
    needs_session: bool,
    takes_body: bool,
}

impl Operation {
    fn is_in(&self, list: &[(&str, &str)]) -> bool {
        list.contains(&(&self.method, &self.path))
    }

    fn method(&self) -> Method {
        self.method.to_uppercase().parse().unwrap()
    }
}

fn committed() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi.json")).unwrap()
}

fn operations() -> Vec<Operation> {
    let document: Value = serde_json::from_str(&committed()).unwrap();
    let paths = document["paths"].as_object().unwrap();
    let all = paths.iter().flat_map(|(path, item)| {
        item.as_object().unwrap().iter().map(|(method, operation)| Operation {
            method: method.clone(),
            path: path.clone(),
            needs_session: operation.get("security").is_some(),
            takes_body: operation.get("requestBody").is_some(),
        })
    });
    all.collect()
}

async fn call(fixture: &PortalFixture, operation: &Operation, token: Option<&str>) -> ApiResponse {
    let request = fixture.request(operation.method(), &operation.path);
    let request = if operation.takes_body { request.json(&json!({})) } else { request };
    let request = if let Some(token) = token { request.bearer_auth(token) } else { request };
    ApiResponse::read(request.send().await.unwrap()).await
}

#[test]
fn the_committed_document_is_current() {
    assert!(
        committed() == fos_portal::openapi_document(),
        "tests/portal/openapi.json is not current; renew it with: \
         target/debug/fos-portal openapi > tests/portal/openapi.json"
    );
}

#[test]
fn the_document_tells_which_calls_need_a_session() {
    for operation in operations() {
        assert_eq!(
            operation.needs_session,
            !operation.is_in(&PUBLIC),
            "{} {}",
            operation.method,
            operation.path
        );
    }
}

/// Asserts that `session` is refused every call of the document but the four.
async fn assert_restricted(fixture: &PortalFixture, session: &Session) {
    let mut refused = 0;
    for operation in operations() {
        if operation.is_in(&PUBLIC) || operation.is_in(&ALLOWED_WHEN_RESTRICTED) {
            continue;
        }
        call(fixture, &operation, Some(session.token())).await.expect_problem(403, "restricted");
        refused += 1;
    }
    assert!(refused > 0);
    // Signing out comes last: it ends the session.
    for (method, path) in ALLOWED_WHEN_RESTRICTED.iter().rev() {
        let operation = Operation {
            method: (*method).to_owned(),
            path: (*path).to_owned(),
            needs_session: true,
            takes_body: matches!(*method, "post" | "put"),
        };
        let status = call(fixture, &operation, Some(session.token())).await.status;
        assert!(status != 401 && status != 403, "{method} {path}: {status}");
    }
}

#[tokio::test]
async fn a_session_opened_with_a_mailed_password_may_only_do_the_required_actions() {
    let fixture = PortalFixture::new().await;
    let password = fixture.mailed_password(MEMBER).await;
    let session = fixture.session(MEMBER, &password).await;
    fixture.accept(&session).await.expect(200);
    assert_restricted(&fixture, &session).await;
}

#[tokio::test]
async fn a_session_without_the_charter_may_only_do_the_required_actions() {
    let fixture = PortalFixture::new().await;
    let password = fixture.mailed_password(MEMBER).await;
    let session = fixture.session(MEMBER, &password).await;
    fixture.set_password(&session, &json!({ "new": PASSWORD })).await.expect(200);
    assert_restricted(&fixture, &session).await;
    let advance_clock = fixture.session(MEMBER, PASSWORD).await;
    assert_restricted(&fixture, &advance_clock).await;
}

#[tokio::test]
async fn only_public_calls_answer_without_a_session() {
    let fixture = PortalFixture::new().await;
    for operation in operations().iter().filter(|operation| operation.needs_session) {
        for token in [None, Some(""), Some("00")] {
            let answer = call(&fixture, operation, token).await;
            assert_eq!(answer.header("www-authenticate"), "Bearer");
            answer.expect_problem(401, "session");
        }
    }
}

#[tokio::test]
async fn unreadable_bodies_are_rejected_with_a_problem() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let deep = "[".repeat(10_000);
    for operation in operations().iter().filter(|operation| operation.takes_body) {
        let send = |kind: &'static str, body: String| {
            let request = fixture.request(operation.method(), &operation.path).bearer_auth(session.token());
            request.header("content-type", kind).body(body).send()
        };
        for body in
            ["", "{", "[]", "null", "\"\"", "{\"unknown\":1}", "{\"ppr\":1,\"new\":1}", "\u{0}", &deep]
        {
            let answer = ApiResponse::read(send("application/json", body.to_owned()).await.unwrap()).await;
            answer.expect_problem(400, "malformed");
        }
        let answer = ApiResponse::read(send("text/plain", "{}".to_owned()).await.unwrap()).await;
        answer.expect_problem(415, "media-type");
        let large = format!("{{\"new\":\"{}\"}}", "x".repeat(17 * 1024));
        let answer = ApiResponse::read(send("application/json", large).await.unwrap()).await;
        answer.expect_problem(413, "too-large");
    }
}

#[tokio::test]
async fn an_unknown_path_or_method_gives_a_problem() {
    let fixture = PortalFixture::new().await;
    for path in ["/", "/v1", "/v2/captcha", "/v1/captcha/", "/v1/%00", "/v1/../etc/passwd"] {
        let answer = ApiResponse::read(fixture.request(Method::GET, path).send().await.unwrap()).await;
        answer.expect_problem(404, "not-found");
    }
    let answer =
        ApiResponse::read(fixture.request(Method::DELETE, "/v1/captcha").send().await.unwrap()).await;
    assert!(answer.header("allow").contains("GET"), "{:?}", answer.headers);
    answer.expect_problem(405, "method");
}

#[tokio::test]
async fn responses_about_access_are_not_cached() {
    let fixture = PortalFixture::new().await;
    let captcha = ApiResponse::read(fixture.request(Method::GET, "/v1/captcha").send().await.unwrap()).await;
    assert_eq!(captcha.header("cache-control"), "no-store");
    let password = fixture.mailed_password(MEMBER).await;
    let signed_in = fixture.sign_in(MEMBER, &password).await;
    assert_eq!(signed_in.header("cache-control"), "no-store");
    let session = Session { body: signed_in.expect(201) };
    let charter = fixture.get("/v1/charter", session.token()).await;
    assert_eq!(charter.header("cache-control"), "private, no-cache");
}

#[tokio::test]
async fn every_response_protects_whoever_opens_it_in_a_browser() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let mut answers = Vec::new();
    for operation in operations() {
        answers.push((operation.path.clone(), call(&fixture, &operation, None).await));
        if operation.path != "/v1/sessions/current" {
            answers.push((operation.path.clone(), call(&fixture, &operation, Some(session.token())).await));
        }
    }
    for (path, answer) in &answers {
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("strict-transport-security"), "max-age=31536000", "{path}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
    }
}

#[tokio::test]
async fn family_and_receipts_are_kept_by_no_cache() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let filed = fixture.file_request(session.token(), "essai-0001", &travel_request()).await.expect(201);
    let receipt = format!("/v1/requests/{}/receipt", filed["id"].as_str().unwrap());
    for path in ["/v1/family", &receipt] {
        let answer = fixture.get(path, session.token()).await;
        assert_eq!((answer.status.as_u16(), answer.header("cache-control")), (200, "no-store"), "{path}");
        let request = fixture.request(Method::GET, path).bearer_auth(session.token());
        let again = request.header("if-none-match", answer.header("etag")).send().await.unwrap();
        assert_eq!(again.status(), 304, "{path}");
    }
}

#[tokio::test]
async fn unusual_values_never_give_a_server_error() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let long = "9".repeat(15_000);
    let unusual =
        ["", " ", "\u{0}", "' OR 1=1 --", "\u{202E}\u{2066}", "٠", "\u{10FFFF}", "-1", "../..", &long];
    for operation in operations().iter().filter(|operation| operation.takes_body) {
        for value in unusual {
            for body in [
                json!({ "kind": "active", "ppr": value, "cin": value, "email": format!("{value}@finances.test") }),
                json!({ "kind": "retired", "ppr": "0345678", "cin": "J345678", "email": value,
                    "pension_number": value }),
                json!({ "ppr": value, "password": value, "device": value }),
                json!({ "refresh_token": value, "next_refresh_token_sha256": value }),
                json!({ "version": value, "sha256": value }),
                json!({ "new": value }),
            ] {
                let request =
                    fixture.request(operation.method(), &operation.path).bearer_auth(session.token());
                let answer = ApiResponse::read(request.json(&body).send().await.unwrap()).await;
                assert!(!answer.status.is_server_error(), "{} {body}: {}", operation.path, answer.status);
            }
        }
    }
}

#[tokio::test]
async fn every_response_is_dated_by_the_portals_clock() {
    let fixture = PortalFixture::new().await;
    fixture.clock.set("2026-11-24T09:00:00Z".parse().unwrap());
    for path in ["/v1/captcha", "/v1/nothing"] {
        assert_eq!(fixture.get(path, "").await.header("date"), "Tue, 24 Nov 2026 09:00:00 GMT");
    }
}
