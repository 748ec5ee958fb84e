//! Sessions: refresh, lost responses, stolen tokens, sign-out.

use fos_support::seed::{MEMBER, PASSWORD};
use reqwest::Method;
use serde_json::json;

use crate::support::{ApiResponse, PortalFixture};

const DAY: i64 = 24 * 60 * 60;

#[tokio::test]
async fn an_access_token_lasts_a_quarter_of_an_hour_and_is_renewed() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    fixture.advance_clock(899);
    fixture.get("/v1/services", session.token()).await.expect(200);
    fixture.advance_clock(1);
    fixture.get("/v1/services", session.token()).await.expect_problem(401, "session");
    let renewed = fixture.renew(&session).await;
    assert_ne!(renewed.refresh_token(), session.refresh_token());
    assert_eq!(renewed.body["member"], session.body["member"]);
    assert_eq!(renewed.body["charter_due"], false);
    assert_eq!(renewed.body["password_due"], false);
    fixture.get("/v1/services", renewed.token()).await.expect(200);
}

#[tokio::test]
async fn a_refresh_whose_response_was_lost_can_be_repeated() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let lost = fixture.renew(&session).await;
    let fixture = fixture.restart().await;
    let again = fixture.renew(&session).await;
    assert_eq!(again.refresh_token(), lost.refresh_token());
    fixture.get("/v1/services", again.token()).await.expect(200);
    fixture.refresh(again.refresh_token()).await.expect(200);
}

#[tokio::test]
async fn two_successors_of_one_refresh_token_end_the_session() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let owner = fixture.propose(session.refresh_token(), "the owner's").await.expect(200);
    let other = fixture.session(MEMBER, PASSWORD).await;
    let refused =
        fixture.propose(session.refresh_token(), "the thief's").await.expect_problem(401, "session");
    assert_eq!(refused["reason"], "revoked");
    for token in [session.token(), owner["access_token"].as_str().unwrap()] {
        fixture.get("/v1/services", token).await.expect_problem(401, "session");
    }
    for token in ["the owner's", "the thief's"] {
        fixture.propose(token, "next").await.expect_problem(401, "session");
    }
    fixture.get("/v1/services", other.token()).await.expect(200);
    let log = fixture.run_command("audit --ppr 0123456").unwrap();
    assert!(log.contains("session revoked: a refresh token came with a second successor"), "{log}");
}

/// Owner and thief refresh one after the other, as a thief does who reads `used_at` in the list of sessions.
#[tokio::test]
async fn a_thief_who_keeps_step_with_the_owner_ends_the_session() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    fixture.propose(session.refresh_token(), "the thief's").await.expect(200);
    fixture.propose(session.refresh_token(), "the thief's").await.expect(200);
    fixture.propose(session.refresh_token(), "the owner's").await.expect_problem(401, "session");
    fixture.propose("the thief's", "next").await.expect_problem(401, "session");
}

#[tokio::test]
async fn a_proposal_must_be_a_hash_of_a_new_token() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let token = session.refresh_token();
    let field = [("next_refresh_token_sha256", "format")];
    fixture.propose(token, token).await.expect_fields(&field);
    for hash in ["", "00", &"g".repeat(64), &"0".repeat(65)] {
        let body = json!({ "refresh_token": token, "next_refresh_token_sha256": hash });
        fixture.post("/v1/sessions/refresh", &body).await.expect_fields(&field);
    }
    fixture.refresh(token).await.expect(200);
}

#[tokio::test]
async fn a_refresh_token_reused_after_its_successor_ends_the_session() {
    let fixture = PortalFixture::new().await;
    let first = fixture.member(MEMBER).await;
    let second = fixture.renew(&first).await;
    let third = fixture.renew(&second).await;
    fixture.refresh(first.refresh_token()).await.expect_problem(401, "session");
    for token in [&first, &second, &third] {
        fixture.get("/v1/services", token.token()).await.expect_problem(401, "session");
        fixture.refresh(token.refresh_token()).await.expect_problem(401, "session");
    }
}

#[tokio::test]
async fn a_session_idle_for_90_days_ends() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    fixture.advance_clock(90 * DAY);
    let renewed = fixture.renew(&session).await;
    fixture.advance_clock(90 * DAY + 1);
    fixture.refresh(renewed.refresh_token()).await.expect_problem(401, "session");
}

#[tokio::test]
async fn a_session_ends_after_a_year_however_much_it_is_used() {
    let fixture = PortalFixture::new().await;
    let mut session = fixture.member(MEMBER).await;
    for _ in 0..12 {
        fixture.advance_clock(30 * DAY);
        session = fixture.renew(&session).await;
    }
    fixture.advance_clock(6 * DAY);
    fixture.refresh(session.refresh_token()).await.expect_problem(401, "session");
}

#[tokio::test]
async fn signing_out_ends_this_session_and_no_other() {
    let fixture = PortalFixture::new().await;
    let here = fixture.member(MEMBER).await;
    let there = fixture.session(MEMBER, PASSWORD).await;
    let sign_out = fixture.request(Method::DELETE, "/v1/sessions/current").bearer_auth(here.token());
    ApiResponse::read(sign_out.send().await.unwrap()).await.expect(204);
    fixture.get("/v1/services", here.token()).await.expect_problem(401, "session");
    fixture.refresh(here.refresh_token()).await.expect_problem(401, "session");
    fixture.get("/v1/services", there.token()).await.expect(200);
}

#[tokio::test]
async fn a_restricted_session_may_be_renewed_and_stays_restricted() {
    let fixture = PortalFixture::new().await;
    let password = fixture.mailed_password(MEMBER).await;
    let session = fixture.session(MEMBER, &password).await;
    let renewed = fixture.renew(&session).await;
    assert_eq!(renewed.body["password_due"], true);
    assert_eq!(renewed.body["charter_due"], true);
    fixture.get("/v1/services", renewed.token()).await.expect_problem(403, "restricted");
}

#[tokio::test]
async fn tokens_are_not_stored_in_clear() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let renewed = fixture.renew(&session).await;
    let disk = fixture.stored_bytes();
    for token in [session.token(), session.refresh_token(), renewed.token(), renewed.refresh_token()] {
        assert!(!disk.windows(token.len()).any(|bytes| bytes == token.as_bytes()));
    }
}
