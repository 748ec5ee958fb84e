//! The member's own requests: changes since a cursor, and one in full.

use fos_support::seed::{COLLEAGUE, MEMBER, PASSWORD};
use serde_json::{Value, json};

use crate::support::{PortalFixture, Session, travel_request};

async fn since(fixture: &PortalFixture, session: &Session, cursor: &str) -> Value {
    fixture.get(&format!("/v1/requests?since={cursor}"), session.token()).await.expect(200)
}

fn numbers(changes: &Value) -> Vec<&str> {
    let requests = changes["requests"].as_array().unwrap();
    requests.iter().map(|one| one["number"].as_str().unwrap()).collect()
}

async fn file(fixture: &PortalFixture, session: &Session, count: usize) -> Vec<Value> {
    let mut filed = Vec::new();
    for number in 0..count {
        let key = format!("essai-{number:08}");
        filed.push(fixture.file_request(session.token(), &key, &travel_request()).await.expect(201));
    }
    filed
}

#[tokio::test]
async fn a_cursor_returns_only_later_changes() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let nothing = fixture.get("/v1/requests", session.token()).await.expect(200);
    assert_eq!((&nothing["requests"], &nothing["more"]), (&json!([]), &json!(false)));
    file(&fixture, &session, 3).await;
    let all = since(&fixture, &session, nothing["cursor"].as_str().unwrap()).await;
    assert_eq!(numbers(&all), ["2026-000001", "2026-000002", "2026-000003"]);
    let cursor = all["cursor"].as_str().unwrap();
    let none = since(&fixture, &session, cursor).await;
    assert_eq!((numbers(&none).len(), &none["cursor"]), (0, &all["cursor"]));

    fixture.advance_clock(60);
    fixture.run_command("requests review 2026-000002").unwrap();
    fixture.run_command("requests decide 2026-000001 approve").unwrap();
    fixture.run_command("requests decide 2026-000002 approve").unwrap();
    let changed = since(&fixture, &session, cursor).await;
    // Each in its present state, once, in the order of its last change.
    assert_eq!(numbers(&changed), ["2026-000001", "2026-000002"]);
    for request in changed["requests"].as_array().unwrap() {
        assert_eq!(
            (&request["state"], &request["changed_at"]),
            (&json!("approved"), &json!("2026-11-24T09:01:00Z"))
        );
        assert_eq!(request["filed_at"], "2026-11-24T09:00:00Z");
        assert!(request.get("values").is_none() && request.get("refusal").is_none(), "{request}");
    }
    for unknown in ["", "nothing", "-", "-9", "0-", "0--1", "-99999999999999999999", "%00", "x-1"] {
        assert_eq!(numbers(&since(&fixture, &session, unknown).await).len(), 3, "{unknown}");
    }
    let twice = fixture.get("/v1/requests?since=a&since=b", session.token()).await;
    twice.expect_problem(400, "malformed");
}

#[tokio::test]
async fn changes_are_paginated() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    file(&fixture, &session, 101).await;
    let first = since(&fixture, &session, "").await;
    assert_eq!((numbers(&first).len(), &first["more"]), (100, &json!(true)));
    let rest = since(&fixture, &session, first["cursor"].as_str().unwrap()).await;
    assert_eq!((numbers(&rest), &rest["more"]), (vec!["2026-000101"], &json!(false)));
}

#[tokio::test]
async fn only_its_member_can_read_a_request() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let filed = file(&fixture, &session, 1).await.remove(0);
    let path = format!("/v1/requests/{}", filed["id"].as_str().unwrap());
    let shown = fixture.get(&path, session.token()).await.expect(200);
    assert_eq!(shown["values"], travel_request()["values"]);
    for field in ["id", "number", "service", "version", "state", "filed_at", "due_by", "receipt"] {
        assert_eq!(shown[field], filed[field], "{field}");
    }
    let colleague = fixture.member(COLLEAGUE).await;
    fixture.get(&path, colleague.token()).await.expect_problem(404, "not-found");
    fixture.get(&format!("{path}/receipt"), colleague.token()).await.expect_problem(404, "not-found");
    assert!(numbers(&since(&fixture, &colleague, "").await).is_empty());
    for id in ["2026-000001", "nothing", "%00"] {
        fixture.get(&format!("/v1/requests/{id}"), session.token()).await.expect_problem(404, "not-found");
    }
}

#[tokio::test]
async fn a_restore_invalidates_cursors_and_skips_numbers() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    file(&fixture, &session, 2).await;
    let backup = fixture.operator_path("backup");
    fixture.run_command(&format!("backup {backup}")).unwrap();
    let lost = fixture.file_request(session.token(), "essai-lost", &travel_request()).await.expect(201);
    assert_eq!(lost["number"], "2026-000003");
    let cursor = since(&fixture, &session, "").await["cursor"].as_str().unwrap().to_owned();
    assert!(numbers(&since(&fixture, &session, &cursor).await).is_empty());

    let (data, clock) = (fixture.data.path().to_owned(), fixture.clock.clone());
    let fixture = fixture
        .restart_after(|| {
            let words = ["restore", &backup, "--over"].map(str::to_owned);
            fos_portal::run_admin_command(&data, clock, &words).unwrap();
        })
        .await;
    // Every session of the backup's day has ended.
    let session = fixture.session(MEMBER, PASSWORD).await;
    assert_eq!(numbers(&since(&fixture, &session, &cursor).await), ["2026-000001", "2026-000002"]);
    let again = fixture.file_request(session.token(), "essai-lost", &travel_request()).await.expect(201);
    assert_eq!(again["number"], "2026-001003");
    let shown =
        fixture.get(&format!("/v1/requests/{}", again["id"].as_str().unwrap()), session.token()).await;
    assert_eq!(shown.expect(200)["values"], travel_request()["values"]);
}
