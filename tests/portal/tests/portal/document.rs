//! What the portal answers is what its document says.

use reqwest::Method;
use serde_json::{Map, Value, json};

use crate::support::{Answer, CHOSEN, MEMBER, World, journey};

/// The schemas an answer must fit: what a reference or an `allOf` stands for, or the one of two that is not null.
fn parts<'a>(document: &'a Value, schema: &'a Value, value: &Value) -> Vec<&'a Value> {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = document.pointer(reference.trim_start_matches('#')).unwrap();
        parts(document, target, value)
    } else if let Some(all) = schema["allOf"].as_array() {
        all.iter().flat_map(|part| parts(document, part, value)).collect()
    } else if let Some(either) = schema["oneOf"].as_array() {
        let given = either.iter().filter(|part| part["type"] != "null");
        let all: Vec<_> = given.map(|part| parts(document, part, value)).collect();
        let fitting: Vec<_> =
            all.iter().filter(|parts| parts.iter().all(|part| is_meant(document, part, value))).collect();
        assert!(fitting.len() == 1, "{} of {schema} are meant by {value}", fitting.len());
        fitting[0].clone()
    } else {
        vec![schema]
    }
}

/// Whether `value` names this alternative by what it must have: its fields, or the one word that a field may be.
fn is_meant(document: &Value, schema: &Value, value: &Value) -> bool {
    let has = |name: &Value| {
        let name = name.as_str().unwrap();
        let property = &schema["properties"][name];
        let reference = property["$ref"].as_str().map(|reference| reference.trim_start_matches('#'));
        let property = reference.map_or(property, |reference| document.pointer(reference).unwrap());
        let words = property["enum"].as_array();
        value.get(name).is_some_and(|value| words.is_none_or(|words| words.contains(value)))
    };
    schema["required"].as_array().is_none_or(|required| !value.is_object() || required.iter().all(has))
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
    let parts = parts(document, schema, value);
    // A request's values are a form's to describe.
    if parts.iter().any(|part| part["properties"].is_null() && is_of_type(part, "object")) {
        return;
    }
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
    for id in crate::forms::WITH_FORMS {
        let form = world.get(&format!("/v1/services/{id}/form"), token).await;
        is_documented(&document, "get", "/v1/services/{id}/form", form);
    }
    is_documented(&document, "get", "/v1/family", world.get("/v1/family", token).await);
    for token in [session.refresh_token(), "unknown"] {
        is_documented(&document, "post", "/v1/sessions/refresh", world.refresh(token).await);
    }
    let sign_out = world.request(Method::DELETE, "/v1/sessions/current").bearer_auth(token);
    let signed_out = Answer::read(sign_out.send().await.unwrap()).await;
    is_documented(&document, "delete", "/v1/sessions/current", signed_out);
}

#[tokio::test]
async fn every_answer_about_a_request_is_documented() {
    let document: Value = serde_json::from_str(&fos_portal::openapi_document()).unwrap();
    let world = World::new().await;
    let session = world.member(MEMBER).await;
    let token = session.token();
    let filed = world.file_request(token, "essai-0001", &journey()).await;
    let body: Value = serde_json::from_slice(&filed.bytes).unwrap();
    is_documented(&document, "post", "/v1/requests", filed);
    let mut wrong = journey();
    wrong["values"] = json!({});
    let mut other = journey();
    other["version"] = json!(2);
    for (key, body) in [("essai-0002", &wrong), ("essai-0002", &other), ("essai-0001", &wrong), ("", &other)]
    {
        is_documented(&document, "post", "/v1/requests", world.file_request(token, key, body).await);
    }
    let reason = ["--reason-ar", "سبب", "--reason-fr", "Motif"];
    world.operate_with("requests decide 2026-000001 refuse", &reason).unwrap();
    is_documented(&document, "get", "/v1/requests", world.get("/v1/requests", token).await);
    let shown = world.get(&format!("/v1/requests/{}", body["id"].as_str().unwrap()), token).await;
    is_documented(&document, "get", "/v1/requests/{id}", shown);
    let verified =
        world.get(&format!("/v1/receipts/{}", body["receipt"]["code"].as_str().unwrap()), "").await;
    is_documented(&document, "get", "/v1/receipts/{code}", verified);
}
