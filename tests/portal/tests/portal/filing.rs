//! Filing of requests: idempotency and validation.

use fos_support::seed::{COLLEAGUE, MEMBER, RETIREE};
use reqwest::Method;
use rusqlite::Connection;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::support::{
    ApiResponse, EVERY_FIELD_KIND, PortalFixture, Session, every_kind_values, travel_request,
};

const KEY: &str = "essai-0001";

/// Starts a portal with a form that has every kind of field, and signs a member in.
async fn every_kind() -> (PortalFixture, Session) {
    let fixture = PortalFixture::new().await;
    let file = fixture.file("form.toml", EVERY_FIELD_KIND);
    fixture.run_command(&format!("forms publish {file}")).unwrap();
    let session = fixture.member(MEMBER).await;
    (fixture, session)
}

fn body(values: &Value) -> Value {
    json!({ "service": "rail-travel", "version": 1, "values": values })
}

fn audit_lines(fixture: &PortalFixture, part: &str) -> usize {
    fixture.run_command("audit --limit 1000").unwrap().lines().filter(|line| line.contains(part)).count()
}

#[tokio::test]
async fn a_request_gets_a_number_a_day_and_a_receipt() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let filed = fixture.file_request(session.token(), KEY, &travel_request()).await.expect(201);
    assert_eq!(filed["number"], "2026-000001");
    assert_eq!((&filed["service"], &filed["version"]), (&json!("travel-certificate"), &json!(1)));
    assert_eq!((&filed["state"], &filed["filed_at"]), (&json!("filed"), &json!("2026-11-24T09:00:00Z")));
    assert_eq!(filed["due_by"], "2027-01-23");
    let code = filed["receipt"]["code"].as_str().unwrap();
    assert!(code.len() == 32 && filed["id"].as_str().unwrap().len() == 32);
    let second = fixture.file_request(session.token(), "essai-0002", &travel_request()).await.expect(201);
    assert_eq!(second["number"], "2026-000002");
    // Numbers restart with the year.
    fixture.clock.set("2027-01-01T09:00:00Z".parse().unwrap());
    let renewed = fixture.refresh(session.refresh_token()).await.expect(200);
    let mut advance_clock = travel_request();
    advance_clock["values"]["period"] = json!({ "from": "2027-01-01", "to": "2027-01-01" });
    let third =
        fixture.file_request(renewed["access_token"].as_str().unwrap(), "essai-0003", &advance_clock).await;
    let third = third.expect(201);
    assert_eq!((&third["number"], &third["due_by"]), (&json!("2027-000001"), &json!("2027-03-02")));
}

#[tokio::test]
async fn the_audit_log_holds_the_hash_of_the_values_but_not_the_values() {
    let (fixture, session) = every_kind().await;
    let mut values = every_kind_values();
    values["text"] = json!(" \u{200F}Essai ");
    fixture.file_request(session.token(), KEY, &body(&values)).await.expect(201);
    // Normalized values, by key, as JSON without spaces.
    let canonical = every_kind_values().to_string();
    let digest = hex::encode(Sha256::digest(canonical.as_bytes()));
    let logged = fixture.run_command("audit --limit 1").unwrap();
    let event = format!("request 2026-000001 filed: rail-travel version 1, values sha256 {digest}\n");
    assert_eq!(logged, format!("2026-11-24T09:00:00Z  {MEMBER}  {event}"));
}

#[tokio::test]
async fn the_same_key_and_body_return_the_same_response_whatever_has_changed() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let first = fixture.file_request(session.token(), KEY, &travel_request()).await;
    assert_eq!(first.header("idempotent-replayed"), "");
    fixture.run_command("services close travel-certificate").unwrap();
    fixture.run_command("requests review 2026-000001").unwrap();
    let again = fixture.file_request(session.token(), KEY, &travel_request()).await;
    assert_eq!((again.status, &again.bytes), (first.status, &first.bytes));
    assert_eq!(again.header("idempotent-replayed"), "true");
    assert_eq!(again.header("content-type"), "application/json");
    let mut other = travel_request();
    other["values"]["country"] = json!("spain");
    fixture.file_request(session.token(), KEY, &other).await.expect_problem(422, "idempotency-reuse");
    assert_eq!(audit_lines(&fixture, " filed: "), 1);
    // A key belongs to one member.
    let colleague = fixture.member(COLLEAGUE).await;
    fixture
        .file_request(colleague.token(), KEY, &travel_request())
        .await
        .expect_problem(409, "service-closed");
}

#[tokio::test]
async fn the_same_request_in_other_bytes_returns_the_first_response() {
    let (fixture, session) = every_kind().await;
    let mut values = every_kind_values();
    values["text"] = json!("été");
    let first = fixture.file_request(session.token(), KEY, &body(&values)).await;
    assert_eq!(first.status, 201);
    let composed = body(&values).to_string();
    let members: Vec<String> =
        values.as_object().unwrap().iter().rev().map(|(key, value)| format!("\"{key}\" : {value}")).collect();
    let reordered = format!(
        "{{ \"values\" : {{\n{}\n}},\t\"version\":1, \"service\":\"rail-travel\" }}\n",
        members.join(" , ")
    );
    let again = async |text: String| {
        let request = fixture.request(Method::POST, "/v1/requests").bearer_auth(session.token());
        let request = request.header("idempotency-key", KEY).header("content-type", "application/json");
        ApiResponse::read(request.body(text).send().await.unwrap()).await
    };
    for text in
        [composed.replace("été", "e\u{301}te\u{301}"), composed.replace("été", "\\u00e9t\u{e9}"), reordered]
    {
        let repeated = again(text.clone()).await;
        assert_eq!((repeated.status, &repeated.bytes), (first.status, &first.bytes), "{text}");
        assert_eq!(repeated.header("idempotent-replayed"), "true");
    }
    again(composed.replace("été", "ete")).await.expect_problem(422, "idempotency-reuse");
    assert_eq!(audit_lines(&fixture, " filed: "), 1);
}

#[tokio::test]
async fn a_stored_response_survives_a_restart_and_expires_after_thirty_days() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let first = fixture.file_request(session.token(), KEY, &travel_request()).await;
    let fixture = fixture.restart().await;
    let again = fixture.file_request(session.token(), KEY, &travel_request()).await;
    assert_eq!(again.bytes, first.bytes);
    let stored = || -> i64 {
        let db = Connection::open(fixture.data.path().join("portal.sqlite")).unwrap();
        db.query_row("SELECT count(*) FROM idempotent_responses", [], |row| row.get(0)).unwrap()
    };
    fixture.advance_clock(30 * 24 * 60 * 60);
    fixture.get("/v1/config", "").await.expect(200);
    assert_eq!(stored(), 1);
    fixture.advance_clock(60 * 60 + 1);
    let purged = async {
        while stored() > 0 {
            fixture.get("/v1/config", "").await.expect(200);
        }
    };
    tokio::time::timeout(crate::support::DEADLINE, purged).await.unwrap();
    assert!(fixture.run_command("requests list").unwrap().contains("2026-000001"));
}

#[tokio::test]
async fn concurrent_submissions_with_one_key_file_one_request() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let body = travel_request();
    let file = || fixture.file_request(session.token(), KEY, &body);
    let (one, two, three, four) = tokio::join!(file(), file(), file(), file());
    for other in [&two, &three, &four] {
        assert_eq!((other.status.as_u16(), &other.bytes), (201, &one.bytes));
    }
    let replayed = [&one, &two, &three, &four];
    assert_eq!(replayed.iter().filter(|one| one.header("idempotent-replayed") == "true").count(), 3);
    assert_eq!(audit_lines(&fixture, " filed: "), 1);
}

#[tokio::test]
async fn a_rejection_is_not_stored_so_that_a_correction_can_use_the_same_key() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let mut wrong = travel_request();
    wrong["values"]["country"] = json!("atlantis");
    let refused = fixture.file_request(session.token(), KEY, &wrong).await;
    refused.expect_fields(&[("country", "unknown-option")]);
    let filed = fixture.file_request(session.token(), KEY, &travel_request()).await.expect(201);
    assert_eq!(filed["number"], "2026-000001", "no number was lost");
}

#[tokio::test]
async fn an_idempotency_key_is_required() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let long = "x".repeat(65);
    let send = |key: Option<&str>| {
        let request = fixture.request(Method::POST, "/v1/requests").bearer_auth(session.token());
        let request = if let Some(key) = key { request.header("idempotency-key", key) } else { request };
        request.json(&travel_request()).send()
    };
    for key in [None, Some(""), Some("1234567"), Some("12345 78"), Some("clé-essai"), Some(long.as_str())] {
        let answer = ApiResponse::read(send(key).await.unwrap()).await;
        answer.expect_problem(400, "idempotency-key");
    }
    for key in ["12345678", &long[..64], "~!\"#$%&'"] {
        ApiResponse::read(send(Some(key)).await.unwrap()).await.expect(201);
    }
}

#[tokio::test]
async fn a_service_that_is_not_open_for_the_member_accepts_no_request() {
    let fixture = PortalFixture::new().await;
    let retired = fixture.member(RETIREE).await;
    for service in ["summer-stays", "social-loan", "supplementary-pension", "sport", "rail-travel", "nothing"]
    {
        let body = json!({ "service": service, "version": 1, "values": {} });
        fixture.file_request(retired.token(), KEY, &body).await.expect_problem(409, "service-closed");
    }
    fixture.run_command("services open summer-stays").unwrap();
    let body = json!({ "service": "summer-stays", "version": 1, "values": {} });
    fixture.file_request(retired.token(), KEY, &body).await.expect_problem(422, "fields");
    assert_eq!(audit_lines(&fixture, " filed: "), 0);
}

#[tokio::test]
async fn a_request_for_an_outdated_form_is_rejected_with_the_current_version() {
    let (fixture, session) = every_kind().await;
    let newer = fixture.file("form.toml", EVERY_FIELD_KIND.replace("version = 1", "version = 2"));
    fixture.run_command(&format!("forms publish {newer}")).unwrap();
    let refused = fixture.file_request(session.token(), KEY, &body(&every_kind_values())).await;
    assert_eq!(refused.expect_problem(409, "form-changed")["version"], 2);
    let mut newer = body(&every_kind_values());
    newer["version"] = json!(2);
    fixture.file_request(session.token(), KEY, &newer).await.expect(201);
}

#[tokio::test]
async fn every_value_is_validated_against_its_kind_and_limits() {
    let (fixture, session) = every_kind().await;
    let long = "x".repeat(11);
    let cases = [
        ("text", json!(null), "required"),
        ("text", json!(" \u{200F} "), "required"),
        ("text", json!(long), "too-long"),
        ("text", json!("a\nb"), "format"),
        ("text", json!(5), "format"),
        ("long-text", json!("a\u{7}"), "format"),
        ("choice", json!("c"), "unknown-option"),
        ("choice", json!(["a"]), "format"),
        ("city", json!("Rabat"), "unknown-option"),
        ("money", json!(99), "too-small"),
        ("money", json!(201), "too-large"),
        ("money", json!(u64::MAX), "too-large"),
        ("money", json!(i64::MIN), "too-small"),
        ("money", json!(150.5), "format"),
        ("money", json!("150"), "format"),
        ("integer", json!(0), "too-small"),
        ("integer", json!(10), "too-large"),
        ("date", json!("2026-11-23"), "too-early"),
        ("date", json!("2027-07-02"), "too-late"),
        ("date", json!("2026-11-31"), "format"),
        ("date", json!("20261124"), "format"),
        ("date", json!("2026-11-24T00:00"), "format"),
        ("after", json!("2026-11-24"), "too-early"),
        ("period", json!({ "from": "2026-11-23", "to": "2026-11-24" }), "too-early"),
        ("period", json!({ "from": "2026-12-20", "to": "2026-12-25" }), "too-late"),
        ("period", json!({ "from": "2026-12-01", "to": "2026-12-11" }), "too-long"),
        ("period", json!({ "from": "2026-12-02", "to": "2026-12-01" }), "format"),
        ("period", json!({ "from": "2026-12-01" }), "format"),
        ("period", json!({ "from": "2026-12-01", "to": "2026-12-01", "days": 1 }), "format"),
        ("wishes", json!([]), "too-few"),
        ("wishes", json!(["x", "y", "z"]), "too-many"),
        ("wishes", json!(["x", "x"]), "format"),
        ("wishes", json!(["x", "w"]), "unknown-option"),
        ("wishes", json!("x"), "format"),
        ("beneficiary", json!("essai-9"), "not-yours"),
        ("beneficiary", json!("essai-1"), "unknown-option"),
        ("phone", json!("0612345678"), "format"),
        ("phone", json!("+212912345678"), "format"),
        ("phone", json!("+21261234567"), "format"),
        ("rib", json!("000000000000000000000096"), "format"),
        ("rib", json!("0000000000000000000000 97"), "format"),
        ("declaration", json!(false), "required"),
        ("declaration", json!("true"), "format"),
        ("unknown", json!(1), "unexpected"),
    ];
    for (field, value, code) in cases {
        let mut values = every_kind_values();
        values[field] = value.clone();
        let answer = fixture.file_request(session.token(), KEY, &body(&values)).await;
        assert_eq!(answer.status, 422, "{field} {value}");
        answer.expect_fields(&[(field, code)]);
    }
    let missing = fixture.file_request(session.token(), KEY, &body(&json!({}))).await;
    let problem = missing.expect_problem(422, "fields");
    let fields = problem["fields"].as_array().unwrap();
    // All but the optional fields and those that depend on another value.
    assert_eq!(fields.len(), 11, "{problem}");
    assert_eq!(audit_lines(&fixture, " filed: "), 0);
}

#[tokio::test]
async fn conditions_decide_the_visible_and_required_fields() {
    let (fixture, session) = every_kind().await;
    let rejected = async |changes: Value| {
        let mut values = every_kind_values();
        for (field, value) in changes.as_object().unwrap() {
            values[field] = value.clone();
        }
        let answer = fixture.file_request(session.token(), KEY, &body(&values)).await;
        let problem = answer.expect_problem(422, "fields");
        let fields = problem["fields"].as_array().unwrap().iter();
        let all = fields.map(|one| format!("{} {}", one["field"], one["code"]).replace('"', ""));
        all.collect::<Vec<_>>().join(", ")
    };
    assert_eq!(rejected(json!({ "choice": "b" })).await, "long-text required, city unexpected");
    assert_eq!(rejected(json!({ "city": null })).await, "city required");
    assert_eq!(rejected(json!({ "school": "Essai" })).await, "school unexpected");
    assert_eq!(rejected(json!({ "beneficiary": "essai-2" })).await, "school required");
    // One fault is reported once: fields that depend on a rejected value are not validated.
    assert_eq!(rejected(json!({ "choice": "c" })).await, "choice unknown-option");
    assert_eq!(rejected(json!({ "date": "x", "after": "2020-01-01" })).await, "date format");

    let mut values = every_kind_values();
    let more = json!({ "choice": "b", "city": null, "long-text": "a\nb", "beneficiary": "essai-2", "school": "Essai",
        "after": "2026-11-25", "money": 100, "integer": 9, "wishes": ["z"] });
    for (field, value) in more.as_object().unwrap() {
        values[field] = value.clone();
    }
    fixture.file_request(session.token(), KEY, &body(&values)).await.expect(201);
}

#[tokio::test]
async fn limits_count_from_today_in_morocco_by_the_portals_clock() {
    let fixture = PortalFixture::new().await;
    let file = fixture.file("form.toml", EVERY_FIELD_KIND);
    fixture.run_command(&format!("forms publish {file}")).unwrap();
    // An hour ahead of UTC in that month: in Casablanca it is the 16th.
    fixture.clock.set("2026-05-15T23:30:00Z".parse().unwrap());
    let session = fixture.member(MEMBER).await;
    let mut values = every_kind_values();
    values["date"] = json!("2026-05-15");
    values["period"] = json!({ "from": "2026-05-16", "to": "2026-05-17" });
    let answer = fixture.file_request(session.token(), KEY, &body(&values)).await;
    answer.expect_fields(&[("date", "too-early")]);
    values["date"] = json!("2026-05-16");
    let filed = fixture.file_request(session.token(), KEY, &body(&values)).await.expect(201);
    assert_eq!(filed["due_by"], "2026-07-15");
}

#[tokio::test]
async fn no_value_gives_a_server_error() {
    let (fixture, session) = every_kind().await;
    let long = "9".repeat(9_000);
    let deep = (0..100).fold(json!(1), |inner, _| json!([inner]));
    let strange = [
        json!({}),
        json!([]),
        json!([[]]),
        deep,
        json!(true),
        json!(-1),
        json!(1e300),
        json!(""),
        json!("\u{0}"),
        json!("\u{202E}\u{2066}"),
        json!("' OR 1=1 --"),
        json!("9999-12-31"),
        json!("-9999-01-01"),
        json!("+212"),
        json!(long),
        json!({ "from": "9999-12-31", "to": "9999-12-31" }),
        json!({ "from": "0000-01-01", "to": "9999-12-31" }),
        json!({ "from": 1, "to": null }),
        json!("٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٩٧"),
    ];
    for field in every_kind_values()
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .chain(["after", "school", "\u{0}"])
    {
        for value in &strange {
            let mut values = every_kind_values();
            values[field] = value.clone();
            let answer = fixture.file_request(session.token(), "essai-hostile", &body(&values)).await;
            assert!(answer.status == 422 || answer.status == 201, "{field} {value}: {}", answer.status);
        }
    }
}
