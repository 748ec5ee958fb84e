use std::time::Duration;

use fos_wire::Member;

use super::*;
use crate::UnsentWork;
use crate::context::keys;
use crate::error::Error;
use crate::session::EntryOutcome;
use crate::stage::Event;
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
async fn the_number_of_who_signs_out_stands_nowhere_also_after_a_restart() {
    let phone = Phone::signed_in(NO_PORTAL).await.restart(NO_PORTAL);
    phone.fos.account().sign_out(UnsentWork::Erase).await.unwrap();
    assert_eq!(phone.fos.access().sign_in().view().fields.swap_remove(0).value, "");
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
        sessions.run_in_session("submit", |session| async move { session.submit(&entry("a")).await }).await
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

/// Names of everything in the phone's folder but the journal of the device's database.
fn stored_names(phone: &Phone) -> Vec<String> {
    let entries = std::fs::read_dir(phone.folder.path()).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| !matches!(name.as_str(), "device.db-wal" | "device.db-shm"));
    names.sort();
    names
}

/// Creates files as recoveries that were finished and killed leave them.
fn leave_recovery_files(phone: &Phone) {
    let names = stored_names(phone);
    let database =
        names.iter().find_map(|name| name.strip_suffix(".db").filter(|name| *name != "device")).unwrap();
    for suffix in [".aside-1", ".aside-1-wal", ".aside-2", ".new", ".new-wal", ".read"] {
        std::fs::write(phone.folder.path().join(format!("{database}.db{suffix}")), "x").unwrap();
    }
}

#[tokio::test]
async fn erasing_leaves_nothing_that_is_named_after_the_member() {
    let phone = Phone::signed_in(NO_PORTAL).await;
    leave_recovery_files(&phone);
    phone.session().store().pdf_cache().export_for_viewer("receipt", b"%PDF").unwrap();
    phone.fos.account().sign_out(UnsentWork::Erase).await.unwrap();
    // A computer's vault is a folder.
    assert_eq!(stored_names(&phone), ["device.db", "vault"]);
}

#[tokio::test]
async fn a_member_whose_session_ended_at_the_charter_is_erased_when_another_signs_in() {
    let due = RequiredActions { charter: true, password: true };
    for has_unsent in [false, true] {
        let phone = Phone::new(NO_PORTAL);
        let session = phone.sessions().open_session(&session_body(1)).await.unwrap();
        if has_unsent {
            session.db().queue(&entry("a")).unwrap();
        }
        phone.sessions().enter(session, due).await.unwrap();
        phone.sessions().apply(Event::SessionEnded).await.unwrap();
        assert_eq!((phone.fos.stage(), member_files(&phone)), (Stage::Welcome, 1));
        leave_recovery_files(&phone);
        let other: SessionResponse = serde_json::from_str(&session_json(2).replace(PPR, "0234567")).unwrap();
        let session = phone.sessions().open_session(&other).await.unwrap();
        phone.sessions().enter(session, RequiredActions::from(&other)).await.unwrap();
        let asides = stored_names(&phone).iter().filter(|name| name.contains("aside")).count();
        let expected = if has_unsent { (2, 3) } else { (1, 0) };
        assert_eq!((member_files(&phone), asides), expected, "unsent work: {has_unsent}");
        let context = phone.sessions().context();
        phone.clock.advance_days(31);
        context.clock().sync(context.now() + jiff::SignedDuration::from_secs(60));
        crate::session::purge_expired_accounts(context).unwrap();
        assert_eq!(member_files(&phone), 1, "retained for thirty days at most");
    }
}

#[tokio::test]
async fn a_typed_password_request_ends_after_a_day_and_when_a_member_leaves() {
    let shown = |phone: &Phone| {
        let fields = phone.fos.access().password_request().view().fields;
        fields.into_iter().find(|field| field.key == "cin").unwrap().value
    };
    let stored = |phone: &Phone| {
        let draft =
            phone.sessions().context().device_db().get::<crate::forms::Values>(keys::PASSWORD_REQUEST_DRAFT);
        draft.unwrap().and_then(|draft| draft.get("cin").cloned())
    };
    let phone = Phone::new(NO_PORTAL);
    phone.fos.access().password_request().set("cin", "AB123456");
    phone.fos.pause();
    assert_eq!(stored(&phone).unwrap(), "AB123456");
    let context = phone.sessions().context();
    phone.clock.advance_days(2);
    phone.fos.access().forget_expired_request().await.unwrap();
    assert_eq!(shown(&phone), "AB123456", "a phone's own clock deletes nothing");
    context.clock().sync(context.now() + jiff::SignedDuration::from_secs(60));
    phone.fos.access().forget_expired_request().await.unwrap();
    assert_eq!((shown(&phone), stored(&phone)), (String::new(), None));

    phone.sign_in(1).await;
    phone.fos.access().password_request().set("cin", "AB123456");
    phone.fos.pause();
    phone.fos.account().sign_out(UnsentWork::Erase).await.unwrap();
    assert_eq!((shown(&phone), stored(&phone)), (String::new(), None));
}

#[tokio::test]
async fn a_password_request_whose_mailed_password_has_expired_is_forgotten() {
    let challenge = r#"{"parameters":{"algorithm":"PBKDF2/SHA-256","keyLength":1,"cost":1,"keyPrefix":"0","nonce":"00",
        "salt":"00"},"signature":""}"#;
    let portal = FakePortal::start(|request| match request.line.as_str() {
        "POST /v1/password-requests" => Reply::Json(202, "{}".to_owned()),
        _ => Reply::Json(200, challenge.to_owned()),
    })
    .await;
    let phone = Phone::new(&portal.url);
    let form = phone.fos.access().password_request();
    for (key, value) in [("ppr", PPR), ("cin", "AB123456"), ("email", "membre.essai@finances.test")] {
        form.set(key, value);
    }
    form.submit(Vec::new()).await.unwrap();
    assert_eq!(phone.fos.stage(), Stage::PasswordSent);
    let context = phone.sessions().context();
    for (hours, stage) in [(23, Stage::PasswordSent), (2, Stage::Welcome)] {
        phone.clock.advance_seconds(hours * 3600);
        context.clock().sync(context.now() + jiff::SignedDuration::from_secs(60));
        phone.fos.access().forget_expired_request().await.unwrap();
        assert_eq!(phone.fos.stage(), stage);
    }
    assert!(phone.fos.access().password_sent().is_err());
    assert_eq!(context.device_db().get::<serde_json::Value>(keys::PASSWORD_REQUEST).unwrap(), None);
}

#[tokio::test]
async fn no_form_of_a_signed_in_member_reads_a_file_on_the_ui_thread() {
    let phone = Phone::signed_in(NO_PORTAL).await.restart(NO_PORTAL);
    let access = phone.fos.access();
    let forms = [access.sign_in(), access.sign_in_again(), access.new_password(), access.change_password()];
    let strength = std::thread::scope(|scope| {
        let typed = scope.spawn(|| {
            crate::mark_ui_thread();
            for form in &forms {
                form.view();
                form.blur("ppr");
            }
            access.new_password().set("new", &format!("{PPR}-قهوة-الصباح"))
        });
        typed.join().unwrap()
    });
    let chosen = strength.fields.into_iter().find(|field| field.key == "new").unwrap();
    assert!(
        chosen.rules.iter().any(|rule| !rule.met),
        "the payroll number is recognised: {:?}",
        chosen.rules
    );
    assert!(access.sign_in_again().view().intro.unwrap().contains(PPR));
}

#[tokio::test]
async fn an_exported_receipt_is_deleted_when_the_app_is_back_and_when_the_session_expires() {
    let phone = Phone::signed_in(NO_PORTAL).await;
    let export = || phone.session().store().pdf_cache().export_for_viewer("receipt", b"%PDF").unwrap();
    let file = export();
    phone.fos.pause();
    assert!(file.exists(), "the viewer reads it meanwhile");
    phone.fos.resume();
    let deleted = async {
        while file.exists() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_mins(1), deleted).await.unwrap();
    let file = export();
    phone.sessions().apply(Event::SessionEnded).await.unwrap();
    assert!(!file.exists());
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

#[tokio::test]
async fn a_new_password_is_compared_with_what_the_portal_has_on_file_also_after_an_answer_without_it() {
    let phone = Phone::signed_in(NO_PORTAL).await;
    let session = phone.session();
    let described = session_body(1).member;
    let on_file = Member { password_identifiers: vec!["AB123456".to_owned()], ..described.clone() };
    for member in [on_file, described] {
        session.put_member(&member).unwrap();
        assert_eq!(session.identifiers(), ["AB123456", PPR]);
    }
}
