//! Limits of a member who is signed in.

use fos_support::seed::{MEMBER, PASSWORD};
use serde_json::json;

use crate::support::{PortalFixture, travel_request};

#[tokio::test]
async fn a_password_that_is_the_same_as_before_is_compared_a_few_times_only() {
    let fixture = PortalFixture::new().await;
    let mailed = fixture.mailed_password(MEMBER).await;
    let session = fixture.session(MEMBER, &mailed).await;
    for _ in 0..10 {
        let answer = fixture.set_password(&session, &json!({ "new": mailed })).await;
        answer.expect_fields(&[("new", "same-as-before")]);
    }
    for _ in 10..20 {
        let refused = fixture.set_password(&session, &json!({ "new": mailed })).await;
        assert_eq!(refused.header("retry-after"), "60");
        refused.expect_problem(429, "too-many");
    }
    fixture.advance_clock(60);
    fixture.set_password(&session, &json!({ "new": PASSWORD })).await.expect(200);
}

#[tokio::test]
async fn the_right_present_password_is_compared_a_few_times_only() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let same = json!({ "new": PASSWORD, "current": PASSWORD });
    for _ in 0..9 {
        fixture.set_password(&session, &same).await.expect_fields(&[("new", "same-as-before")]);
    }
    fixture.set_password(&session, &same).await.expect_problem(429, "too-many");
}

#[tokio::test]
async fn a_session_makes_as_many_calls_as_its_limit_allows() {
    let fixture = PortalFixture::new().await;
    let first = fixture.member(MEMBER).await;
    let mut config = fixture.config.clone();
    config.session_calls_at_once = 3;
    let fixture = fixture.restart_as(config).await;
    for _ in 0..3 {
        fixture.get("/v1/services", first.token()).await.expect(200);
    }
    let refused = fixture.get("/v1/services", first.token()).await;
    assert_eq!(refused.header("retry-after"), "1");
    refused.expect_problem(429, "too-many");
    let other = fixture.session(MEMBER, PASSWORD).await;
    fixture.get("/v1/services", other.token()).await.expect(200);
    fixture.advance_clock(1);
    fixture.get("/v1/services", first.token()).await.expect(200);
}

#[tokio::test]
async fn a_member_files_as_many_requests_a_day_as_the_operator_allows() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let config = std::fs::read_to_string(fixture.config.seed.join("config.toml")).unwrap();
    let edited = config.replace("requests_a_day = 120", "requests_a_day = 2");
    assert_ne!(edited, config);
    fixture.run_command(&format!("config publish {}", fixture.file("config.toml", edited))).unwrap();
    let file = async |key: &str| fixture.file_request(session.token(), key, &travel_request()).await;
    file("essai-0001").await.expect(201);
    file("essai-0002").await.expect(201);
    let refused = file("essai-0003").await;
    // It is 9 h; the next day begins at midnight.
    assert_eq!(refused.header("retry-after"), (15 * 60 * 60).to_string());
    refused.expect_problem(409, "day-limit");
    let again = file("essai-0002").await;
    assert_eq!(again.header("idempotent-replayed"), "true");
    fixture.advance_clock(15 * 60 * 60);
    let tomorrow = fixture.session(MEMBER, PASSWORD).await;
    fixture.file_request(tomorrow.token(), "essai-0003", &travel_request()).await.expect(201);
}
