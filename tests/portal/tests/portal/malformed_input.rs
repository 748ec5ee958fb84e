//! No input gives a 5xx: every call of the document with malformed bodies, headers and ids.

use std::{fs, path::Path};

use fos_support::seed::{MEMBER, PASSWORD};
use reqwest::{Method, RequestBuilder};
use serde_json::{Map, Value, json};

use crate::support::{ApiResponse, PortalFixture};

const TEXTS: [&str; 14] = [
    "",
    " ",
    "\u{0}",
    "' OR 1=1; DROP TABLE members --",
    "\u{202E}\u{2066}\u{200F}",
    "٠١٢٣٤٥٦",
    "\u{10FFFF}\u{FEFF}",
    "-1",
    "../../portal.key",
    "%s%n%x",
    "a@b.test",
    "0123456",
    "e\u{301}\u{301}\u{301}",
    "\r\nSet-Cookie: a=b",
];

/// Values of every type, also where text is expected.
fn values() -> Vec<Value> {
    let texts = TEXTS.iter().map(|text| json!(text));
    let deep = (0..100).fold(json!(1), |inner, _| json!([inner]));
    let others = [
        json!(null),
        json!(true),
        json!(-1),
        json!(u64::MAX),
        json!(1e308),
        json!([]),
        json!({}),
        json!({ "ar": 1 }),
        json!("x".repeat(10_000)),
        deep,
    ];
    texts.chain(others).collect()
}

struct Operation {
    method: Method,
    path: String,
    body: Option<Value>,
}

fn document() -> Value {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn operations(document: &Value) -> Vec<Operation> {
    let paths = document["paths"].as_object().unwrap();
    let all = paths.iter().flat_map(|(path, item)| {
        item.as_object().unwrap().iter().map(|(method, operation)| {
            let schema = operation.pointer("/requestBody/content/application~1json/schema");
            Operation {
                method: method.to_uppercase().parse().unwrap(),
                path: path.clone(),
                body: schema.map(|schema| example(document, schema)),
            }
        })
    });
    all.collect()
}

/// Builds a body that matches `schema`.
fn example(document: &Value, schema: &Value) -> Value {
    if let Some(reference) = schema["$ref"].as_str() {
        return example(document, document.pointer(reference.trim_start_matches('#')).unwrap());
    }
    if let Some(either) = ["oneOf", "allOf"].iter().find_map(|key| schema[key].as_array()) {
        return example(document, either.last().unwrap());
    }
    if let Some(choices) = schema["enum"].as_array() {
        return choices[0].clone();
    }
    match schema["type"].as_str() {
        Some("object") => {
            let properties = schema["properties"].as_object().cloned().unwrap_or_default();
            let fields = properties.iter().map(|(name, field)| (name.clone(), example(document, field)));
            Value::Object(fields.collect::<Map<_, _>>())
        }
        Some("integer") => json!(1),
        _ => json!("0123456"),
    }
}

/// Returns every body that differs from `body` in one place, at any depth.
fn malformed_variants(body: &Value) -> Vec<Value> {
    let mut all = values();
    if let Value::Object(fields) = body {
        for (name, field) in fields {
            let mut shorter = fields.clone();
            shorter.remove(name);
            all.push(Value::Object(shorter));
            for value in malformed_variants(field) {
                let mut variant = fields.clone();
                variant.insert(name.clone(), value);
                all.push(Value::Object(variant));
            }
        }
        let mut longer = fields.clone();
        longer.insert("unknown".to_owned(), json!(1));
        all.push(Value::Object(longer));
    }
    all
}

async fn assert_no_server_error(request: RequestBuilder, what: &str) {
    let answer = ApiResponse::read(request.send().await.unwrap()).await;
    let status = answer.status.as_u16();
    assert!(status < 500, "{what}: {status} {}", String::from_utf8_lossy(&answer.bytes));
    assert!(!answer.header("fos-config").is_empty(), "{what}");
    if status >= 400 {
        assert_eq!(answer.header("content-type"), "application/problem+json", "{what}");
        let problem = answer.expect(status);
        assert!(problem["type"].as_str().unwrap().starts_with("urn:fos:problem:"), "{what}");
    }
}

fn call(fixture: &PortalFixture, operation: &Operation, path: &str, token: &str) -> RequestBuilder {
    fixture.request(operation.method.clone(), path).bearer_auth(token)
}

/// Ending the session would make the following calls unauthenticated.
fn ends_session(operation: &Operation) -> bool {
    operation.path == "/v1/sessions/current"
}

#[tokio::test]
async fn no_body_gives_a_server_error() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let mut count = 0;
    for operation in operations(&document()) {
        let Some(example) = &operation.body else { continue };
        for body in malformed_variants(example) {
            let request = call(&fixture, &operation, &operation.path, session.token()).json(&body);
            assert_no_server_error(request, &format!("{} {body:.300}", operation.path)).await;
            count += 1;
        }
    }
    assert!(count > 500, "{count}");
    fixture.sign_in(MEMBER, PASSWORD).await;
    fixture.get("/v1/services", session.token()).await.expect(200);
}

#[tokio::test]
async fn no_header_gives_a_server_error() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let long = "x".repeat(6_000);
    let unusual = ["", ",,,,", "\"", "W/", "*", "bytes=0-", "\u{e9}", "for=\"[::\"", "1e9", &long];
    let names = [
        "if-none-match",
        "authorization",
        "content-type",
        "content-encoding",
        "accept",
        "accept-encoding",
        "accept-language",
        "idempotency-key",
        "forwarded",
        "x-forwarded-for",
        "range",
        "te",
        "expect",
        "cookie",
        "if-modified-since",
        "x-http-method-override",
        "origin",
    ];
    for operation in operations(&document()).iter().filter(|operation| !ends_session(operation)) {
        for name in names {
            for value in unusual {
                let mut request = fixture.request(operation.method.clone(), &operation.path);
                if let Some(body) = &operation.body {
                    request = request.body(body.to_string());
                }
                if name != "authorization" {
                    request = request.bearer_auth(session.token());
                }
                if name != "content-type" {
                    request = request.header("content-type", "application/json");
                }
                let value = reqwest::header::HeaderValue::from_bytes(value.as_bytes()).unwrap();
                assert_no_server_error(request.header(name, value), &format!("{} {name}", operation.path))
                    .await;
            }
        }
    }
}

#[tokio::test]
async fn no_path_or_query_gives_a_server_error() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let ids =
        ["%00", "%FF%FE", "..%2f..", "%2e%2e", "%27%20OR%201=1", "{id}", "%F0%9F%98%80", "current%2f", "%"];
    let long = "9".repeat(8_000);
    for operation in operations(&document()).iter().filter(|operation| !ends_session(operation)) {
        for id in ids.into_iter().chain([long.as_str()]) {
            let path = if operation.path.contains('{') {
                operation.path.replace("{id}", id).replace("{code}", id)
            } else {
                format!("{}?{id}=1&limit=-1&limit=%00", operation.path)
            };
            assert_no_server_error(call(&fixture, operation, &path, session.token()), &path).await;
        }
    }
    fixture.get("/v1/services", session.token()).await.expect(200);
}

#[tokio::test]
async fn no_method_gives_a_server_error() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    for operation in operations(&document()).iter().filter(|operation| !ends_session(operation)) {
        for method in ["HEAD", "OPTIONS", "PATCH", "TRACE", "PROPFIND", "X"] {
            let request =
                fixture.request(method.parse().unwrap(), &operation.path).bearer_auth(session.token());
            let answer = ApiResponse::read(request.send().await.unwrap()).await;
            assert!(!answer.status.is_server_error(), "{method} {}: {}", operation.path, answer.status);
        }
    }
}
