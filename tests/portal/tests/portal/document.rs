//! What the portal answers is what its document says.

use reqwest::Method;
use serde_json::{Map, Value, json};

use crate::support::{Answer, CHOSEN, MEMBER, World};

/// The schemas an answer must fit: what a reference or an `allOf` stands for, or the one of two that is not null.
fn parts<'a>(document: &'a Value, schema: &'a Value) -> Vec<&'a Value> {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = document.pointer(reference.trim_start_matches('#')).unwrap();
        parts(document, target)
    } else if let Some(all) = schema["allOf"].as_array() {
        all.iter().flat_map(|part| parts(document, part)).collect()
    } else if let Some(either) = schema["oneOf"].as_array() {
        let given = either.iter().filter(|part| part["type"] != "null");
        given.flat_map(|part| parts(document, part)).collect()
    } else {
        vec![schema]
    }
}

fn may_be_null(schema: &Value) -> bool {
    let of_type = |schema: &Value| match &schema["type"] {
        Value::Array(types) => types.contains(&json!("null")),
        one => one == "null",
    };
    of_type(schema) || schema["oneOf"].as_array().is_some_and(|either| either.iter().any(of_type))
}

fn is_of_type(schema: &Value, name: &str) -> bool {
    match &schema["type"] {
        Value::Array(types) => types.contains(&json!(name)),
        one => one == name,
    }
}

/// Every field the document promises is there, and no field it does not know.
fn fits(document: &Value, schema: &Value, value: &Value, at: &str) {
    if value.is_null() {
        assert!(may_be_null(schema), "{at} is null");
        return;
    }
    let parts = parts(document, schema);
    match value {
        Value::Object(object) => {
            let properties: Map<String, Value> = parts
                .iter()
                .filter_map(|part| part["properties"].as_object())
                .flat_map(Clone::clone)
                .collect();
            for required in parts.iter().filter_map(|part| part["required"].as_array()).flatten() {
                assert!(object.contains_key(required.as_str().unwrap()), "{at}: {required} is missing");
            }
            for (name, value) in object {
                let schema = properties.get(name);
                assert!(schema.is_some(), "{at}: the document does not know {name}");
                fits(document, schema.unwrap(), value, &format!("{at}/{name}"));
            }
        }
        Value::Array(items) => {
            assert!(is_of_type(parts[0], "array"), "{at}");
            for item in items {
                fits(document, &parts[0]["items"], item, at);
            }
        }
        Value::String(_) => {
            assert!(is_of_type(parts[0], "string"), "{at}");
            if let Some(choices) = parts[0]["enum"].as_array() {
                assert!(choices.contains(value), "{at}: {value}");
            }
        }
        Value::Bool(_) => assert!(is_of_type(parts[0], "boolean"), "{at}"),
        Value::Number(_) => assert!(is_of_type(parts[0], "integer"), "{at}"),
        Value::Null => {}
    }
}

/// The answer is one the document has for this call.
fn is_documented(document: &Value, method: &str, path: &str, answer: Answer) {
    let at = format!("{method} {path} {}", answer.status);
    let responses = &document["paths"][path][method]["responses"];
    let response = responses.get(answer.status.as_str()).unwrap_or(&responses["default"]);
    let kind = answer.header("content-type").to_owned();
    let status = answer.status.as_u16();
    let body = answer.expect(status);
    if body.is_null() {
        assert!(response.get("content").is_none(), "{at} has no body");
    } else {
        fits(document, &response["content"][&kind]["schema"], &body, &at);
    }
}

#[tokio::test]
async fn every_answer_on_the_way_to_the_services_is_documented() {
    let document: Value = serde_json::from_str(&fos_portal::openapi_document()).unwrap();
    let world = World::new().await;
    let captcha = Answer::read(world.request(Method::GET, "/v1/captcha").send().await.unwrap()).await;
    is_documented(&document, "get", "/v1/captcha", captcha);
    is_documented(&document, "get", "/v1/config", world.get("/v1/config", "").await);
    is_documented(&document, "post", "/v1/password-requests", world.ask(&json!({})).await);
    let password = world.mailed_password(MEMBER).await;
    is_documented(&document, "post", "/v1/sessions", world.sign_in(MEMBER, "wrong").await);
    is_documented(&document, "post", "/v1/sessions", world.sign_in(MEMBER, &password).await);
    let session = world.session(MEMBER, &password).await;
    let token = session.token();
    is_documented(&document, "get", "/v1/charter", world.get("/v1/charter", token).await);
    is_documented(&document, "get", "/v1/services", world.get("/v1/services", token).await);
    let acceptance = world.acceptance(&session, &json!({ "version": "", "sha256": "" })).await;
    is_documented(&document, "post", "/v1/charter/acceptance", acceptance);
    is_documented(&document, "post", "/v1/charter/acceptance", world.accept(&session).await);
    for new in ["short", CHOSEN] {
        let changed = world.set_password(&session, &json!({ "new": new })).await;
        is_documented(&document, "put", "/v1/password", changed);
    }
    is_documented(&document, "get", "/v1/services", world.get("/v1/services", token).await);
    is_documented(&document, "get", "/v1/sessions", world.get("/v1/sessions", token).await);
    for token in [session.refresh_token(), "unknown"] {
        is_documented(&document, "post", "/v1/sessions/refresh", world.refresh(token).await);
    }
    let sign_out = world.request(Method::DELETE, "/v1/sessions/current").bearer_auth(token);
    let signed_out = Answer::read(sign_out.send().await.unwrap()).await;
    is_documented(&document, "delete", "/v1/sessions/current", signed_out);
}
