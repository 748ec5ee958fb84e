//! Sessions: refresh, lost responses, stolen tokens, sign-out.

use fos_support::seed::{MEMBER, PASSWORD};
use reqwest::Method;

use crate::support::{ApiResponse, Session, World};

const DAY: i64 = 24 * 60 * 60;

#[tokio::test]
async fn an_access_token_lasts_a_quarter_of_an_hour_and_is_renewed() {
    let world = World::new().await;
    let session = world.member(MEMBER).await;
    world.advance_clock(899);
    world.get("/v1/services", session.token()).await.expect(200);
    world.advance_clock(1);
    world.get("/v1/services", session.token()).await.expect_problem(401, "session");
    let renewed = Session { body: world.refresh(session.refresh_token()).await.expect(200) };
    assert_ne!(renewed.refresh_token(), session.refresh_token());
    assert_eq!(renewed.body["member"], session.body["member"]);
    assert_eq!(renewed.body["charter_due"], false);
    assert_eq!(renewed.body["password_due"], false);
    world.get("/v1/services", renewed.token()).await.expect(200);
}

#[tokio::test]
async fn a_refresh_whose_response_was_lost_can_be_repeated() {
    let world = World::new().await;
    let session = world.member(MEMBER).await;
    let lost = Session { body: world.refresh(session.refresh_token()).await.expect(200) };
    let world = world.restart().await;
    let again = Session { body: world.refresh(session.refresh_token()).await.expect(200) };
    assert_eq!(again.refresh_token(), lost.refresh_token());
    world.get("/v1/services", again.token()).await.expect(200);
    world.refresh(again.refresh_token()).await.expect(200);
}

#[tokio::test]
async fn a_refresh_token_reused_after_its_successor_ends_the_session() {
    let world = World::new().await;
    let first = world.member(MEMBER).await;
    let second = Session { body: world.refresh(first.refresh_token()).await.expect(200) };
    let third = Session { body: world.refresh(second.refresh_token()).await.expect(200) };
    world.refresh(first.refresh_token()).await.expect_problem(401, "session");
    for token in [&first, &second, &third] {
        world.get("/v1/services", token.token()).await.expect_problem(401, "session");
        world.refresh(token.refresh_token()).await.expect_problem(401, "session");
    }
}

#[tokio::test]
async fn a_session_idle_for_90_days_ends() {
    let world = World::new().await;
    let session = world.member(MEMBER).await;
    world.advance_clock(90 * DAY);
    let renewed = Session { body: world.refresh(session.refresh_token()).await.expect(200) };
    world.advance_clock(90 * DAY + 1);
    world.refresh(renewed.refresh_token()).await.expect_problem(401, "session");
}

#[tokio::test]
async fn a_session_ends_after_a_year_however_much_it_is_used() {
    let world = World::new().await;
    let mut session = world.member(MEMBER).await;
    for _ in 0..12 {
        world.advance_clock(30 * DAY);
        session = Session { body: world.refresh(session.refresh_token()).await.expect(200) };
    }
    world.advance_clock(6 * DAY);
    world.refresh(session.refresh_token()).await.expect_problem(401, "session");
}

#[tokio::test]
async fn signing_out_ends_this_session_and_no_other() {
    let world = World::new().await;
    let here = world.member(MEMBER).await;
    let there = world.session(MEMBER, PASSWORD).await;
    let sign_out = world.request(Method::DELETE, "/v1/sessions/current").bearer_auth(here.token());
    ApiResponse::read(sign_out.send().await.unwrap()).await.expect(204);
    world.get("/v1/services", here.token()).await.expect_problem(401, "session");
    world.refresh(here.refresh_token()).await.expect_problem(401, "session");
    world.get("/v1/services", there.token()).await.expect(200);
}

#[tokio::test]
async fn a_restricted_session_may_be_renewed_and_stays_restricted() {
    let world = World::new().await;
    let password = world.mailed_password(MEMBER).await;
    let session = world.session(MEMBER, &password).await;
    let renewed = Session { body: world.refresh(session.refresh_token()).await.expect(200) };
    assert_eq!(renewed.body["password_due"], true);
    assert_eq!(renewed.body["charter_due"], true);
    world.get("/v1/services", renewed.token()).await.expect_problem(403, "restricted");
}

#[tokio::test]
async fn tokens_are_not_stored_in_clear() {
    let world = World::new().await;
    let session = world.member(MEMBER).await;
    let renewed = Session { body: world.refresh(session.refresh_token()).await.expect(200) };
    let disk = world.stored_bytes();
    for token in [session.token(), session.refresh_token(), renewed.token(), renewed.refresh_token()] {
        assert!(!disk.windows(token.len()).any(|bytes| bytes == token.as_bytes()));
    }
}
