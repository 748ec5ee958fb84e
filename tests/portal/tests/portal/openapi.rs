//! Responses match the `OpenAPI` document.

use fos_support::seed::{MEMBER, PASSWORD};
use reqwest::Method;
use serde_json::{Map, Value, json};

use crate::support::{ApiResponse, PortalFixture, travel_request};

/// Resolves the schemas that a value must match: references, every part of an `allOf`, and the alternative of a `oneOf`
/// that applies.
fn subschemas<'a>(document: &'a Value, schema: &'a Value, value: &Value) -> Vec<&'a Value> {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = document.pointer(reference.trim_start_matches('#')).unwrap();
        subschemas(document, target, value)
    } else if let Some(all) = schema["allOf"].as_array() {
        all.iter().flat_map(|subschema| subschemas(document, subschema, value)).collect()
    } else if let Some(either) = schema["oneOf"].as_array() {
        let given = either.iter().filter(|subschema| subschema["type"] != "null");
        let all: Vec<_> = given.map(|subschema| subschemas(document, subschema, value)).collect();
        let fitting: Vec<_> = all
            .iter()
            .filter(|subschemas| {
                subschemas.iter().all(|subschema| matches_alternative(document, subschema, value))
            })
            .collect();
        assert!(fitting.len() == 1, "{} of {schema} are meant by {value}", fitting.len());
        fitting[0].clone()
    } else {
        vec![schema]
    }
}

/// True if `value` has the required fields of this alternative, with an allowed constant where there is one.
fn matches_alternative(document: &Value, schema: &Value, value: &Value) -> bool {
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

/// Asserts that every required field is present and none is undocumented.
fn assert_matches(document: &Value, schema: &Value, value: &Value, location: &str) {
    if value.is_null() {
        assert!(may_be_null(schema), "{location} is null");
        return;
    }
    let subschemas = subschemas(document, schema, value);
    // The values of a request are described by its form.
    if subschemas.iter().any(|subschema| subschema["properties"].is_null() && is_of_type(subschema, "object"))
    {
        return;
    }
    match value {
        Value::Object(object) => {
            let properties: Map<String, Value> = subschemas
                .iter()
                .filter_map(|subschema| subschema["properties"].as_object())
                .flat_map(Clone::clone)
                .collect();
            for required in
                subschemas.iter().filter_map(|subschema| subschema["required"].as_array()).flatten()
            {
                assert!(object.contains_key(required.as_str().unwrap()), "{location}: {required} is missing");
            }
            for (name, value) in object {
                let schema = properties.get(name);
                assert!(schema.is_some(), "{location}: the document does not know {name}");
                assert_matches(document, schema.unwrap(), value, &format!("{location}/{name}"));
            }
        }
        Value::Array(items) => {
            assert!(is_of_type(subschemas[0], "array"), "{location}");
            for item in items {
                assert_matches(document, &subschemas[0]["items"], item, location);
            }
        }
        Value::String(_) => {
            assert!(is_of_type(subschemas[0], "string"), "{location}");
            if let Some(choices) = subschemas[0]["enum"].as_array() {
                assert!(choices.contains(value), "{location}: {value}");
            }
        }
        Value::Bool(_) => assert!(is_of_type(subschemas[0], "boolean"), "{location}"),
        Value::Number(_) => assert!(is_of_type(subschemas[0], "integer"), "{location}"),
        Value::Null => {}
    }
}

/// Asserts that the response is documented for this call.
fn assert_documented(document: &Value, method: &str, path: &str, answer: ApiResponse) {
    let location = format!("{method} {path} {}", answer.status);
    let responses = &document["paths"][path][method]["responses"];
    let response = responses.get(answer.status.as_str()).unwrap_or(&responses["default"]);
    let content_type = answer.header("content-type").to_owned();
    let status = answer.status.as_u16();
    let body = answer.expect(status);
    if body.is_null() {
        assert!(response.get("content").is_none(), "{location} has no body");
    } else {
        assert_matches(document, &response["content"][&content_type]["schema"], &body, &location);
    }
}

#[tokio::test]
async fn every_response_up_to_the_services_is_documented() {
    let document: Value = serde_json::from_str(&fos_portal::openapi_document()).unwrap();
    let fixture = PortalFixture::new().await;
    let captcha = ApiResponse::read(fixture.request(Method::GET, "/v1/captcha").send().await.unwrap()).await;
    assert_documented(&document, "get", "/v1/captcha", captcha);
    assert_documented(&document, "get", "/v1/config", fixture.get("/v1/config", "").await);
    assert_documented(&document, "post", "/v1/password-requests", fixture.request_password(&json!({})).await);
    let password = fixture.mailed_password(MEMBER).await;
    assert_documented(&document, "post", "/v1/sessions", fixture.sign_in(MEMBER, "wrong").await);
    assert_documented(&document, "post", "/v1/sessions", fixture.sign_in(MEMBER, &password).await);
    let session = fixture.session(MEMBER, &password).await;
    let token = session.token();
    assert_documented(&document, "get", "/v1/charter", fixture.get("/v1/charter", token).await);
    assert_documented(&document, "get", "/v1/services", fixture.get("/v1/services", token).await);
    let acceptance = fixture.acceptance(&session, &json!({ "version": "", "sha256": "" })).await;
    assert_documented(&document, "post", "/v1/charter/acceptance", acceptance);
    assert_documented(&document, "post", "/v1/charter/acceptance", fixture.accept(&session).await);
    for new in ["short", PASSWORD] {
        let changed = fixture.set_password(&session, &json!({ "new": new })).await;
        assert_documented(&document, "put", "/v1/password", changed);
    }
    assert_documented(&document, "get", "/v1/services", fixture.get("/v1/services", token).await);
    assert_documented(&document, "get", "/v1/sessions", fixture.get("/v1/sessions", token).await);
    for id in crate::forms::WITH_FORMS {
        let form = fixture.get(&format!("/v1/services/{id}/form"), token).await;
        assert_documented(&document, "get", "/v1/services/{id}/form", form);
    }
    assert_documented(&document, "get", "/v1/family", fixture.get("/v1/family", token).await);
    for token in [session.refresh_token(), "unknown"] {
        assert_documented(&document, "post", "/v1/sessions/refresh", fixture.refresh(token).await);
    }
    let sign_out = fixture.request(Method::DELETE, "/v1/sessions/current").bearer_auth(token);
    let signed_out = ApiResponse::read(sign_out.send().await.unwrap()).await;
    assert_documented(&document, "delete", "/v1/sessions/current", signed_out);
}

#[tokio::test]
async fn every_response_about_a_request_is_documented() {
    let document: Value = serde_json::from_str(&fos_portal::openapi_document()).unwrap();
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let token = session.token();
    let filed = fixture.file_request(token, "essai-0001", &travel_request()).await;
    let body: Value = serde_json::from_slice(&filed.bytes).unwrap();
    assert_documented(&document, "post", "/v1/requests", filed);
    let mut wrong = travel_request();
    wrong["values"] = json!({});
    let mut other = travel_request();
    other["version"] = json!(2);
    for (key, body) in [("essai-0002", &wrong), ("essai-0002", &other), ("essai-0001", &wrong), ("", &other)]
    {
        assert_documented(&document, "post", "/v1/requests", fixture.file_request(token, key, body).await);
    }
    fixture.run_command("services limit travel-certificate life").unwrap();
    let second = fixture.file_request(token, "essai-0003", &travel_request()).await;
    assert_eq!(second.status, 409);
    assert_documented(&document, "post", "/v1/requests", second);
    let reason = ["--reason-ar", "سبب", "--reason-fr", "Motif"];
    fixture.run_command_with("requests decide 2026-000001 refuse", &reason).unwrap();
    assert_documented(&document, "get", "/v1/requests", fixture.get("/v1/requests", token).await);
    let shown = fixture.get(&format!("/v1/requests/{}", body["id"].as_str().unwrap()), token).await;
    assert_documented(&document, "get", "/v1/requests/{id}", shown);
    let verified =
        fixture.get(&format!("/v1/receipts/{}", body["receipt"]["code"].as_str().unwrap()), "").await;
    assert_documented(&document, "get", "/v1/receipts/{code}", verified);
}
