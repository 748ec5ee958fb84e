use std::sync::atomic::{AtomicU32, Ordering};

use super::*;
use crate::Stage;
use crate::error::Error;
use crate::stage::{Event, State};
use crate::testing::NO_PORTAL;
use fos_wire::paths;

const REFRESH: &str = "POST /v1/sessions/refresh";

/// A portal that accepts `access-2` only and refreshes to it.
async fn refreshing_portal() -> FakePortal {
    FakePortal::start(|request| match (request.line.as_str(), request.token()) {
        (REFRESH, _) => Reply::Json(200, session_json(2)),
        (_, "access-2") => other_reply(request),
        _ => Reply::problem(401, "session"),
    })
    .await
}

fn count(lines: &[String], line: &str) -> usize {
    lines.iter().filter(|known| *known == line).count()
}

#[tokio::test]
async fn concurrent_calls_with_a_rejected_token_refresh_it_once() {
    let mut portal = refreshing_portal().await;
    let phone = Phone::signed_in(&portal.url).await;
    let calls = (0..8).map(|_| {
        let session = phone.session();
        tokio::spawn(async move { session.get_if_changed(paths::SERVICES, None).await.map(drop) })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap().unwrap();
    }
    assert_eq!(count(&portal.lines(), REFRESH), 1);
}

#[tokio::test]
async fn a_token_is_refreshed_half_a_minute_before_it_expires() {
    let mut portal = FakePortal::start(|request| match request.line.as_str() {
        REFRESH => Reply::Json(200, session_json(2)),
        _ => other_reply(request),
    })
    .await;
    let phone = Phone::signed_in(&portal.url).await;
    let call = async || phone.session().get_if_changed(paths::SERVICES, None).await.map(drop).unwrap();
    phone.clock.advance_seconds(869);
    call().await;
    assert_eq!(count(&portal.lines(), REFRESH), 0);
    phone.clock.advance_seconds(1);
    call().await;
    let requests = portal.requests();
    assert_eq!(requests[0].line, REFRESH);
    assert!(requests[0].body.contains("refresh-1"));
    assert_eq!(requests[1].token(), "access-2");
}

#[tokio::test]
async fn a_lost_refresh_is_asked_for_again_with_the_same_token() {
    let attempts = AtomicU32::new(0);
    let mut portal = FakePortal::start(move |request| match (request.line.as_str(), request.token()) {
        (REFRESH, _) if attempts.fetch_add(1, Ordering::SeqCst) == 0 => Reply::Cut,
        (REFRESH, _) => Reply::Json(200, session_json(2)),
        (_, "access-2") => other_reply(request),
        _ => Reply::problem(401, "session"),
    })
    .await;
    let phone = Phone::signed_in(&portal.url).await;
    phone.session().get_if_changed(paths::SERVICES, None).await.map(drop).unwrap();
    let refreshes: Vec<String> = portal
        .requests()
        .into_iter()
        .filter(|request| request.line == REFRESH)
        .map(|request| request.body)
        .collect();
    assert_eq!(refreshes.len(), 2);
    assert_eq!(refreshes[0], refreshes[1]);
}

/// Present token and proposal of every refresh that the portal has received.
fn proposals(portal: &mut FakePortal) -> Vec<(String, String)> {
    let bodies = portal.requests().into_iter().filter(|request| request.line == REFRESH);
    let read = |request: PortalRequest| {
        let body: fos_wire::access::Refresh = serde_json::from_str(&request.body).unwrap();
        (body.refresh_token.clone(), body.next_refresh_token_sha256.clone())
    };
    bodies.map(read).collect()
}

async fn refresh_fails(phone: &Phone) {
    assert!(phone.session().get_if_changed(paths::SERVICES, None).await.map(drop).is_err());
}

#[tokio::test]
async fn a_phone_killed_before_the_answer_goes_on_with_the_same_successor() {
    let cutting = || {
        FakePortal::start(|request| match (request.line.as_str(), request.token()) {
            (REFRESH, _) => Reply::Cut,
            _ => Reply::problem(401, "session"),
        })
    };
    let mut first = cutting().await;
    let phone = Phone::signed_in(&first.url).await;
    refresh_fails(&phone).await;
    let drawn = proposals(&mut first);
    let mut second = cutting().await;
    let phone = phone.restart(&second.url);
    refresh_fails(&phone).await;
    let mut third = refreshing_portal().await;
    let phone = phone.restart(&third.url);
    phone.session().get_if_changed(paths::SERVICES, None).await.map(drop).unwrap();
    let all: Vec<_> = [drawn.clone(), proposals(&mut second), proposals(&mut third)].concat();
    assert!(drawn[0].0 == "refresh-1" && all.iter().all(|proposal| *proposal == drawn[0]), "{all:?}");
    // The answered one is the present token now, and has a successor of its own.
    let mut fourth = cutting().await;
    let phone = phone.restart(&fourth.url);
    refresh_fails(&phone).await;
    let (present, next) = proposals(&mut fourth).remove(0);
    assert_eq!(hex::encode(<sha2::Sha256 as sha2::Digest>::digest(present)), drawn[0].1);
    assert_ne!(next, drawn[0].1);
}

#[tokio::test]
async fn tokens_stored_without_a_successor_are_refreshed() {
    let phone = Phone::signed_in(NO_PORTAL).await;
    let vault = crate::vault::open(phone.folder.path()).unwrap();
    let stored = r#"{"access":"access-0","access_ends":0,"refresh":"refresh-0"}"#;
    let portal = refreshing_portal().await;
    let Phone { folder, clock, fos } = phone;
    drop(fos);
    vault.write("session", stored.as_bytes()).unwrap();
    let fos = open_app_at(folder.path(), &portal.url, &clock);
    let phone = Phone { folder, clock, fos };
    phone.session().get_if_changed(paths::SERVICES, None).await.map(drop).unwrap();
}

#[tokio::test]
async fn refreshed_tokens_and_profile_are_there_in_the_next_process() {
    let portal = FakePortal::start(|request| match request.line.as_str() {
        REFRESH => Reply::Json(200, session_json(2).replace("active", "retired")),
        _ if request.token() == "access-2" => other_reply(request),
        _ => Reply::problem(401, "session"),
    })
    .await;
    let phone = Phone::signed_in(&portal.url).await;
    phone.session().get_if_changed(paths::SERVICES, None).await.map(drop).unwrap();
    let mut portal = refreshing_portal().await;
    let phone = phone.restart(&portal.url);
    assert_eq!(phone.session().member().unwrap().kind, fos_wire::MemberKind::Retired);
    phone.session().get_if_changed(paths::SERVICES, None).await.map(drop).unwrap();
    assert_eq!(count(&portal.lines(), REFRESH), 0);
}

const REVOKED: &str = r#"{"type":"urn:fos:problem:session","status":401,"reason":"revoked"}"#;

#[tokio::test]
async fn a_session_that_somebody_ended_leads_to_sign_in_and_unsent_work_stays_sealed() {
    for keeps in [true, false] {
        let portal = FakePortal::start(|request| match request.token() {
            "access-3" => other_reply(request),
            _ => Reply::Json(401, REVOKED.to_owned()),
        })
        .await;
        let phone = Phone::signed_in(NO_PORTAL).await;
        if keeps {
            queue(&phone, &["a"]);
        }
        let phone = phone.restart(&portal.url);
        let session = phone.session();
        // Whatever calls first meets it: this refresh, the outbox, or the refresh at the start.
        let refused = phone.fos.services().refresh().await.map(drop);
        assert!(refused.is_err());
        while phone.fos.stage() != Stage::Welcome {
            tokio::task::yield_now().await;
        }
        assert!(phone.fos.notices().iter().any(|notice| notice.key == "session-revoked"));
        assert!(matches!(session.member(), Err(Error::SessionClosed)), "nothing can be read");
        assert!(phone.fos.requests().list().is_err());
        phone.sign_in(3).await;
        assert!(phone.fos.notices().iter().all(|notice| notice.key != "session-revoked"));
        assert_eq!(phone.outbox().len(), usize::from(keeps));
    }
}

#[tokio::test]
async fn an_expired_session_leaves_the_member_in_the_space_until_they_sign_in_again() {
    let portal = FakePortal::start(|request| match request.token() {
        "access-3" => other_reply(request),
        _ => Reply::problem(401, "session"),
    })
    .await;
    let phone = Phone::signed_in(&portal.url).await;
    let session = phone.session();
    let error = phone.fos.services().refresh().await.unwrap_err();
    assert!(matches!(error, crate::FosError::SignInAgain { .. }), "{error:?}");
    assert_eq!((phone.fos.stage(), phone.sessions().state()), (Stage::Space, State::SessionExpired));
    assert!(session.member().is_ok(), "stored data can be read");
    phone.sign_in(3).await;
    assert_eq!(phone.sessions().state(), State::Space);
    phone.fos.services().refresh().await.unwrap();
    assert!(session.member().is_ok(), "it is the same session");
}

#[tokio::test]
async fn an_answer_of_one_session_is_not_retried_with_the_token_of_the_next() {
    let rejection = Arc::new(tokio::sync::Notify::new());
    let signal = Arc::clone(&rejection);
    let mut portal = FakePortal::start(move |request| match request.token() {
        "access-1" => Reply::After(Arc::clone(&signal), Box::new(Reply::problem(401, "session"))),
        _ => other_reply(request),
    })
    .await;
    let phone = Phone::signed_in(&portal.url).await;
    let session = phone.session();
    let call = tokio::spawn(async move { session.get_if_changed(paths::SERVICES, None).await.map(drop) });
    assert_eq!(portal.next().await.token(), "access-1");
    phone.sessions().apply(Event::SessionEnded).await.unwrap();
    phone.sign_in(2).await;
    rejection.notify_one();
    let result = call.await.unwrap();
    assert!(matches!(result, Err(Error::SessionClosed)), "{result:?}");
    assert_eq!(phone.sessions().state(), State::Space, "the new session is not taken for ended");
    assert_eq!(portal.lines(), Vec::<String>::new());
}
