//! Sessions: refresh, lost responses, stolen tokens, sign-out.

use fos_support::seed::{MEMBER, PASSWORD};
use reqwest::Method;

use crate::support::{ApiResponse, PortalFixture, Session};

const DAY: i64 = 24 * 60 * 60;

#[tokio::test]
async fn an_access_token_lasts_a_quarter_of_an_hour_and_is_renewed() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    fixture.advance_clock(899);
    fixture.get("/v1/services", session.token()).await.expect(200);
    fixture.advance_clock(1);
    fixture.get("/v1/services", session.token()).await.expect_problem(401, "session");
    let renewed = Session { body: fixture.refresh(session.refresh_token()).await.expect(200) };
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
    let lost = Session { body: fixture.refresh(session.refresh_token()).await.expect(200) };
    let fixture = fixture.restart().await;
    let again = Session { body: fixture.refresh(session.refresh_token()).await.expect(200) };
    assert_eq!(again.refresh_token(), lost.refresh_token());
    fixture.get("/v1/services", again.token()).await.expect(200);
    fixture.refresh(again.refresh_token()).await.expect(200);
}

#[tokio::test]
async fn a_refresh_token_reused_after_its_successor_ends_the_session() {
    let fixture = PortalFixture::new().await;
    let first = fixture.member(MEMBER).await;
    let second = Session { body: fixture.refresh(first.refresh_token()).await.expect(200) };
    let third = Session { body: fixture.refresh(second.refresh_token()).await.expect(200) };
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
    let renewed = Session { body: fixture.refresh(session.refresh_token()).await.expect(200) };
    fixture.advance_clock(90 * DAY + 1);
    fixture.refresh(renewed.refresh_token()).await.expect_problem(401, "session");
}

#[tokio::test]
async fn a_session_ends_after_a_year_however_much_it_is_used() {
    let fixture = PortalFixture::new().await;
    let mut session = fixture.member(MEMBER).await;
    for _ in 0..12 {
        fixture.advance_clock(30 * DAY);
        session = Session { body: fixture.refresh(session.refresh_token()).await.expect(200) };
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
    let renewed = Session { body: fixture.refresh(session.refresh_token()).await.expect(200) };
    assert_eq!(renewed.body["password_due"], true);
    assert_eq!(renewed.body["charter_due"], true);
    fixture.get("/v1/services", renewed.token()).await.expect_problem(403, "restricted");
}

#[tokio::test]
async fn tokens_are_not_stored_in_clear() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let renewed = Session { body: fixture.refresh(session.refresh_token()).await.expect(200) };
    let disk = fixture.stored_bytes();
    for token in [session.token(), session.refresh_token(), renewed.token(), renewed.refresh_token()] {
        assert!(!disk.windows(token.len()).any(|bytes| bytes == token.as_bytes()));
    }
}
