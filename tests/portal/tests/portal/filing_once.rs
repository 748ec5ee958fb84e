//! Services that take one request of a member: in a life, in a year, at a time.

use fos_support::seed::{COLLEAGUE, MEMBER};
use serde_json::json;

use crate::support::{PortalFixture, Session, travel_request};

const LIMIT: &str = "services limit travel-certificate";

async fn access_token(fixture: &PortalFixture, session: &mut Session) -> String {
    *session = fixture.renew(session).await;
    session.token().to_owned()
}

#[tokio::test]
async fn a_second_request_is_refused_with_the_first() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    fixture.run_command(&format!("{LIMIT} life")).unwrap();
    let first = fixture.file_request(session.token(), "essai-0001", &travel_request()).await.expect(201);
    let refused = fixture.file_request(session.token(), "essai-0002", &travel_request()).await;
    let problem = refused.expect_problem(409, "already-requested");
    assert_eq!(problem["request"], json!({ "id": first["id"], "number": first["number"] }));
    // Before its values are judged, and before a number is given to it.
    let mut invalid = travel_request();
    invalid["values"] = json!({});
    fixture
        .file_request(session.token(), "essai-0003", &invalid)
        .await
        .expect_problem(409, "already-requested");
    let again = fixture.file_request(session.token(), "essai-0001", &travel_request()).await.expect(201);
    assert_eq!(again, first, "a lost response is none");
    let colleague = fixture.member(COLLEAGUE).await;
    let mut other = travel_request();
    other["values"]["traveller"] = "self".into();
    let other = fixture.file_request(colleague.token(), "essai-0004", &other).await.expect(201);
    assert_eq!(other["number"], "2026-000002");
}

#[tokio::test]
async fn two_at_once_are_filed_once() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    fixture.run_command(&format!("{LIMIT} open")).unwrap();
    let body = travel_request();
    let file = |key: &'static str| fixture.file_request(session.token(), key, &body);
    let answers = tokio::join!(file("essai-0001"), file("essai-0002"), file("essai-0003"));
    let mut status = [answers.0, answers.1, answers.2].map(|answer| answer.status.as_u16());
    status.sort_unstable();
    assert_eq!(status, [201, 409, 409]);
}

#[tokio::test]
async fn a_refused_request_does_not_count_and_a_decided_one_leaves_room_where_one_is_open_at_a_time() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let file =
        async |key: &str| fixture.file_request(session.token(), key, &travel_request()).await.status.as_u16();
    let reason = ["--reason-ar", "سبب", "--reason-fr", "Motif"];
    fixture.run_command(&format!("{LIMIT} life")).unwrap();
    assert_eq!((file("essai-0001").await, file("essai-0002").await), (201, 409));
    fixture.run_command_with("requests decide 2026-000001 refuse", &reason).unwrap();
    assert_eq!((file("essai-0002").await, file("essai-0003").await), (201, 409));
    fixture.run_command("requests decide 2026-000002 approve").unwrap();
    assert_eq!(file("essai-0003").await, 409);
    fixture.run_command(&format!("{LIMIT} open")).unwrap();
    assert_eq!((file("essai-0003").await, file("essai-0004").await), (201, 409));
    fixture.run_command(&format!("{LIMIT} any")).unwrap();
    assert_eq!(file("essai-0004").await, 201);
}

#[tokio::test]
async fn a_new_year_leaves_room_where_one_a_year_is_taken() {
    let fixture = PortalFixture::new().await;
    let mut session = fixture.member(MEMBER).await;
    fixture.run_command(&format!("{LIMIT} year")).unwrap();
    fixture.file_request(session.token(), "essai-0001", &travel_request()).await.expect(201);
    let refused = fixture.file_request(session.token(), "essai-0002", &travel_request()).await;
    refused.expect_problem(409, "already-requested");
    fixture.clock.set("2027-01-01T09:00:00Z".parse().unwrap());
    let token = access_token(&fixture, &mut session).await;
    let mut next_year = travel_request();
    next_year["values"]["period"] = json!({ "from": "2027-01-02", "to": "2027-01-03" });
    fixture.file_request(&token, "essai-0002", &next_year).await.expect(201);
}

#[tokio::test]
async fn the_catalogue_names_the_limit_and_the_operator_sets_no_other() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    fixture.run_command(&format!("{LIMIT} decade")).unwrap_err();
    fixture.run_command(&format!("{LIMIT} year")).unwrap();
    let catalogue = fixture.get("/v1/services", session.token()).await.expect(200);
    let once = |id: &str| {
        let services = catalogue["services"].as_array().unwrap();
        services.iter().find(|service| service["id"] == id).unwrap()["once"].as_str().map(str::to_owned)
    };
    assert_eq!(once("travel-certificate").as_deref(), Some("year"));
    assert_eq!(once("hajj-grant").as_deref(), Some("life"));
    assert_eq!(once("social-loan").as_deref(), Some("open"));
    assert_eq!(once("ascendants-assistance"), None);
}
