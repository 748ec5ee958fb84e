use super::*;
use crate::UnsentWork;
use crate::error::Error;
use crate::session::EntryOutcome;
use crate::testing::NO_PORTAL;
use crate::{FosError, Stage};

fn member_files(phone: &Phone) -> usize {
    let is_database = |path: &std::path::Path| {
        path.extension().is_some_and(|extension| extension == "db") && !path.ends_with("device.db")
    };
    std::fs::read_dir(phone.folder.path())
        .unwrap()
        .filter(|entry| is_database(&entry.as_ref().unwrap().path()))
        .count()
}

#[tokio::test]
async fn signing_out_closes_the_session_for_whoever_still_holds_it() {
    let phone = Phone::signed_in(NO_PORTAL).await;
    let session = phone.session();
    phone.fos.account().sign_out(UnsentWork::Erase).await.unwrap();
    assert_eq!(phone.fos.stage(), Stage::Welcome);
    assert!(matches!(session.member(), Err(Error::SessionClosed)));
    assert!(matches!(session.deliver_outbox().await, Err(Error::SessionClosed)));
    assert!(matches!(phone.fos.requests().list(), Err(FosError::SignInAgain { .. })));
    assert_eq!(member_files(&phone), 0);
}

#[tokio::test]
async fn signing_out_ends_a_submission_under_way_which_stays_in_the_outbox() {
    let mut portal = FakePortal::start(|request| match request.line.as_str() {
        "POST /v1/requests" => Reply::Silence,
        _ => other_reply(request),
    })
    .await;
    let phone = Phone::signed_in(&portal.url).await;
    let sessions = Arc::clone(phone.sessions());
    let submission = tokio::spawn(async move {
        sessions.run_in_session(|session| async move { session.submit(&entry("a")).await }).await
    });
    while !is_filing(&portal.next().await) {}
    phone.fos.account().sign_out(UnsentWork::Keep).await.unwrap();
    let outcome = submission.await.unwrap();
    assert!(matches!(outcome, Err(FosError::Cancelled { .. })), "{outcome:?}");
    phone.sign_in(2).await;
    assert_eq!(phone.outbox(), [(entry("a").key, None)]);
}

#[tokio::test]
async fn unsent_work_is_retained_for_thirty_days_and_then_purged() {
    let phone = Phone::signed_in(NO_PORTAL).await;
    queue(&phone, &["a"]);
    phone.fos.account().sign_out(UnsentWork::Keep).await.unwrap();
    assert_eq!(member_files(&phone), 1);
    phone.clock.advance_days(29);
    phone.sign_in(2).await;
    let keys: Vec<String> = phone.outbox().into_iter().map(|(key, _)| key).collect();
    assert_eq!(keys, [entry("a").key], "the same member finds it again");
    phone.fos.account().sign_out(UnsentWork::Keep).await.unwrap();

    let context = phone.sessions().context();
    phone.clock.advance_days(31);
    crate::session::purge_expired_accounts(context).unwrap();
    assert_eq!(member_files(&phone), 1, "a phone's own clock deletes nothing");
    context.clock().sync(context.now() + jiff::SignedDuration::from_secs(60));
    crate::session::purge_expired_accounts(context).unwrap();
    assert_eq!(member_files(&phone), 0);
}

#[tokio::test]
async fn another_member_cannot_sign_in_before_this_one_has_signed_out() {
    let phone = Phone::signed_in(NO_PORTAL).await;
    let other = serde_json::from_str(&session_json(2).replace(PPR, "0234567")).unwrap();
    let refused = phone.sessions().open_session(&other).await.map(drop);
    assert!(matches!(refused, Err(Error::NotAllowed(_))));
    assert!(phone.session().member().is_ok());
}

#[tokio::test]
async fn a_state_without_its_member_starts_at_the_welcome_screen() {
    let phone = Phone::signed_in(NO_PORTAL).await;
    phone.sessions().context().device_db().remove(crate::context::keys::LAST_MEMBER).unwrap();
    let phone = phone.restart(NO_PORTAL);
    assert_eq!(phone.fos.stage(), Stage::Welcome);
}

#[tokio::test]
async fn a_pause_releases_the_files_and_the_session_goes_on() {
    let phone = Phone::signed_in(NO_PORTAL).await;
    phone.fos.pause();
    let locked = std::fs::read_dir(phone.folder.path())
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().ends_with("-wal"))
        .count();
    assert_eq!(locked, 0);
    let outcome = phone.session().submit(&entry("a")).await.unwrap();
    assert!(matches!(outcome, EntryOutcome::Pending(_)));
}
