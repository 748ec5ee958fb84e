//! The member's own requests, on any of their phones.

use serde_json::{Value, json};

use crate::support::{MEMBER, Session, World, journey};

async fn since(world: &World, session: &Session, cursor: &str) -> Value {
    world.get(&format!("/v1/requests?since={cursor}"), session.token()).await.expect(200)
}

fn numbers(changes: &Value) -> Vec<&str> {
    let requests = changes["requests"].as_array().unwrap();
    requests.iter().map(|one| one["number"].as_str().unwrap()).collect()
}

async fn file(world: &World, session: &Session, count: usize) -> Vec<Value> {
    let mut filed = Vec::new();
    for number in 0..count {
        let key = format!("essai-{number:08}");
        filed.push(world.file_request(session.token(), &key, &journey()).await.expect(201));
    }
    filed
}

#[tokio::test]
async fn a_phone_learns_what_changed_and_no_more() {
    let world = World::new().await;
    let session = world.member(MEMBER).await;
    let nothing = world.get("/v1/requests", session.token()).await.expect(200);
    assert_eq!((&nothing["requests"], &nothing["more"]), (&json!([]), &json!(false)));
    file(&world, &session, 3).await;
    let all = since(&world, &session, nothing["cursor"].as_str().unwrap()).await;
    assert_eq!(numbers(&all), ["2026-000001", "2026-000002", "2026-000003"]);
    let cursor = all["cursor"].as_str().unwrap();
    let none = since(&world, &session, cursor).await;
    assert_eq!((numbers(&none).len(), &none["cursor"]), (0, &all["cursor"]));

    world.later(60);
    world.operate("requests review 2026-000002").unwrap();
    world.operate("requests decide 2026-000001 approve").unwrap();
    world.operate("requests decide 2026-000002 approve").unwrap();
    let changed = since(&world, &session, cursor).await;
    // Each as it stands now, once, in the order of the last change.
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
        assert_eq!(numbers(&since(&world, &session, unknown).await).len(), 3, "{unknown}");
    }
    let twice = world.get("/v1/requests?since=a&since=b", session.token()).await;
    twice.expect_problem(400, "malformed");
}

#[tokio::test]
async fn many_come_in_pages() {
    let world = World::new().await;
    let session = world.member(MEMBER).await;
    file(&world, &session, 101).await;
    let first = since(&world, &session, "").await;
    assert_eq!((numbers(&first).len(), &first["more"]), (100, &json!(true)));
    let rest = since(&world, &session, first["cursor"].as_str().unwrap()).await;
    assert_eq!((numbers(&rest), &rest["more"]), (vec!["2026-000101"], &json!(false)));
}

#[tokio::test]
async fn a_request_is_read_by_its_member_alone() {
    let world = World::new().await;
    let session = world.member(MEMBER).await;
    let filed = file(&world, &session, 1).await.remove(0);
    let path = format!("/v1/requests/{}", filed["id"].as_str().unwrap());
    let shown = world.get(&path, session.token()).await.expect(200);
    assert_eq!(shown["values"], journey()["values"]);
    for field in ["id", "number", "service", "version", "state", "filed_at", "due_by", "receipt"] {
        assert_eq!(shown[field], filed[field], "{field}");
    }
    let colleague = world.member("0234567").await;
    world.get(&path, colleague.token()).await.expect_problem(404, "not-found");
    world.get(&format!("{path}/receipt"), colleague.token()).await.expect_problem(404, "not-found");
    assert!(numbers(&since(&world, &colleague, "").await).is_empty());
    for id in ["2026-000001", "nothing", "%00"] {
        world.get(&format!("/v1/requests/{id}"), session.token()).await.expect_problem(404, "not-found");
    }
}

#[tokio::test]
async fn after_a_restore_phones_ask_anew_and_no_number_is_given_twice() {
    let world = World::new().await;
    let session = world.member(MEMBER).await;
    file(&world, &session, 2).await;
    let backup = world.desk_path("backup");
    world.operate(&format!("backup {backup}")).unwrap();
    let lost = world.file_request(session.token(), "essai-lost", &journey()).await.expect(201);
    assert_eq!(lost["number"], "2026-000003");
    let cursor = since(&world, &session, "").await["cursor"].as_str().unwrap().to_owned();
    assert!(numbers(&since(&world, &session, &cursor).await).is_empty());

    let (data, clock) = (world.data.path().to_owned(), world.clock.clone());
    let world = world
        .restart_after(|| {
            let words = ["restore", &backup, "--over"].map(str::to_owned);
            fos_portal::operate(&data, clock, &words).unwrap();
        })
        .await;
    assert_eq!(numbers(&since(&world, &session, &cursor).await), ["2026-000001", "2026-000002"]);
    let again = world.file_request(session.token(), "essai-lost", &journey()).await.expect(201);
    assert_eq!(again["number"], "2026-001003");
    let shown = world.get(&format!("/v1/requests/{}", again["id"].as_str().unwrap()), session.token()).await;
    assert_eq!(shown.expect(200)["values"], journey()["values"]);
}
