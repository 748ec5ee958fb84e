use std::sync::atomic::{AtomicU32, Ordering};

use super::*;
use crate::error::Error;
use crate::session::EntryOutcome;
use crate::storage::{BlockedReason, StoredDraft};
use crate::testing::NO_PORTAL;

/// Requests that filed something.
fn filings(portal: &mut FakePortal) -> Vec<PortalRequest> {
    portal.requests().into_iter().filter(is_filing).collect()
}

#[tokio::test]
async fn pending_entries_leave_oldest_first_each_under_its_own_key() {
    let mut portal = filing_portal().await;
    let phone = Phone::signed_in(&portal.url).await;
    queue(&phone, &["b", "a"]);
    phone.session().deliver_outbox().await.unwrap();
    let filed = filings(&mut portal);
    let keys: Vec<&str> = filed.iter().map(|request| request.header("idempotency-key")).collect();
    assert_eq!(keys, [entry("b").key, entry("a").key]);
    let body: serde_json::Value = serde_json::from_str(&filed[0].body).unwrap();
    let expected = serde_json::json!({"service": "service-b", "version": 3, "values": {"place": "b"}});
    assert_eq!(body, expected);
    assert_eq!(phone.outbox(), []);
    let stored = phone.session().db().requests::<serde_json::Value>(9).unwrap();
    let mut ids: Vec<&str> = stored.iter().map(|request| request.id.as_str()).collect();
    ids.sort_unstable();
    assert_eq!(ids, ["a", "b"]);
}

#[tokio::test]
async fn a_filed_request_brings_its_receipt_and_is_filed_without_it_too() {
    let portal = FakePortal::start(|request| match request.line.as_str() {
        _ if is_filing(request) => Reply::Json(201, request_json("a")),
        line if line.ends_with("/receipt") => Reply::Cut,
        _ => other_reply(request),
    })
    .await;
    let phone = Phone::signed_in(&portal.url).await;
    queue(&phone, &["a"]);
    phone.session().deliver_outbox().await.unwrap();
    assert_eq!(phone.outbox(), []);
    assert!(phone.session().db().receipt("a").unwrap().is_none());

    let portal = filing_portal().await;
    let phone = Phone::signed_in(&portal.url).await;
    queue(&phone, &["a"]);
    phone.session().deliver_outbox().await.unwrap();
    assert_eq!(phone.session().db().receipt("a").unwrap().unwrap().as_slice(), b"%PDF-1.7 receipt");
}

#[tokio::test]
async fn a_rejected_entry_is_blocked_with_its_reason_and_the_next_one_leaves() {
    for (status, problem, reason) in [
        (409, "service-closed", BlockedReason::ServiceClosed),
        (404, "not-found", BlockedReason::ServiceClosed),
        (409, "form-changed", BlockedReason::FormChanged),
        (422, "fields", BlockedReason::InvalidFields),
        (409, "already-requested", BlockedReason::AlreadyRequested),
        (422, "idempotency-reuse", BlockedReason::AlreadyFiled),
    ] {
        let portal = FakePortal::start(move |request| {
            let is_first = request.header("idempotency-key").ends_with('a');
            match is_filing(request) {
                true if is_first => Reply::problem(status, problem),
                true => Reply::Json(201, request_json("b")),
                false => other_reply(request),
            }
        })
        .await;
        let phone = Phone::signed_in(&portal.url).await;
        queue(&phone, &["a", "b"]);
        phone.session().deliver_outbox().await.unwrap();
        assert_eq!(phone.outbox(), [(entry("a").key, Some(reason))], "{problem}");
    }
}

#[tokio::test]
async fn a_submission_returns_the_request_that_leaves_it_no_room() {
    let portal = FakePortal::start(|request| match request.line.as_str() {
        _ if is_filing(request) => Reply::Json(
            409,
            r#"{"type":"urn:fos:problem:already-requested","status":409,
                "request":{"id":"first","number":"2026-000001"}}"#
                .to_owned(),
        ),
        _ => other_reply(request),
    })
    .await;
    let phone = Phone::signed_in(&portal.url).await;
    let outcome = phone.session().submit(&entry("a")).await.unwrap();
    let EntryOutcome::Blocked { existing: Some(existing), .. } = outcome else {
        panic!("no request is named")
    };
    assert_eq!((existing.id.as_str(), existing.number.as_str()), ("first", "2026-000001"));
}

#[tokio::test]
async fn a_changed_request_is_not_taken_for_the_one_that_was_under_way_under_its_key() {
    let (answer, attempts) = (Arc::new(tokio::sync::Notify::new()), AtomicU32::new(0));
    let signal = Arc::clone(&answer);
    let mut portal = FakePortal::start(move |request| match request.line.as_str() {
        _ if !is_filing(request) => other_reply(request),
        _ if attempts.fetch_add(1, Ordering::SeqCst) == 0 => {
            Reply::After(Arc::clone(&signal), Box::new(Reply::Json(201, request_json("a"))))
        }
        _ => Reply::problem(422, "idempotency-reuse"),
    })
    .await;
    let phone = Phone::signed_in(&portal.url).await;
    queue(&phone, &["a"]);
    let session = phone.session();
    let delivery = tokio::spawn(async move { session.deliver_outbox().await });
    while !is_filing(&portal.next().await) {}

    // The member takes the entry back, changes it and submits it while the first version is under way.
    let draft = StoredDraft {
        service: entry("a").service,
        key: entry("a").key,
        changed_at: 0,
        form: "{}".to_owned(),
        content: "b",
    };
    phone.session().db().return_to_draft(&entry("a").key, &draft).unwrap();
    let changed = OutboxEntry { payload: entry("b").payload, ..entry("a") };
    let session = phone.session();
    let submission = tokio::spawn(async move { session.submit(&changed).await });
    while phone.outbox().is_empty() {
        tokio::task::yield_now().await;
    }
    answer.notify_one();
    delivery.await.unwrap().unwrap();
    let outcome = submission.await.unwrap();
    let Ok(EntryOutcome::Blocked { reason, .. }) = outcome else {
        panic!("the first version is not this one")
    };
    assert_eq!(reason, BlockedReason::AlreadyFiled);
    assert_eq!(phone.outbox(), [(entry("a").key, Some(BlockedReason::AlreadyFiled))]);
}

#[tokio::test]
async fn a_blocked_entry_is_not_sent_again() {
    let mut portal = FakePortal::start(|_| Reply::problem(409, "service-closed")).await;
    let phone = Phone::signed_in(&portal.url).await;
    queue(&phone, &["a"]);
    phone.session().deliver_outbox().await.unwrap();
    assert_eq!(filings(&mut portal).len(), 1);
    phone.session().deliver_outbox().await.unwrap();
    assert_eq!(filings(&mut portal).len(), 0);
}

#[tokio::test]
async fn an_answer_to_come_later_stops_the_delivery_and_the_rest_stays_pending() {
    let mut portal = FakePortal::start(|_| Reply::problem(503, "unavailable")).await;
    let phone = Phone::signed_in(&portal.url).await;
    queue(&phone, &["a", "b"]);
    let stopped = phone.session().deliver_outbox().await;
    assert!(matches!(stopped, Err(Error::Busy { .. })), "{stopped:?}");
    // The loop may have tried as well.
    let tried: Vec<String> =
        filings(&mut portal).iter().map(|request| request.header("idempotency-key").to_owned()).collect();
    assert!(tried.contains(&entry("a").key) && !tried.contains(&entry("b").key), "{tried:?}");
    assert_eq!(phone.outbox(), [(entry("a").key, None), (entry("b").key, None)]);
}

#[tokio::test]
async fn a_lost_answer_is_asked_for_again_under_the_same_key() {
    let attempts = AtomicU32::new(0);
    let mut portal = FakePortal::start(move |request| match is_filing(request) {
        true if attempts.fetch_add(1, Ordering::SeqCst) == 0 => Reply::Cut,
        true => Reply::Json(201, request_json("a")),
        false => other_reply(request),
    })
    .await;
    let phone = Phone::signed_in(&portal.url).await;
    let outcome = phone.session().submit(&entry("a")).await.unwrap();
    assert!(matches!(outcome, EntryOutcome::Filed(request) if request.id == "a"));
    let filed = filings(&mut portal);
    assert_eq!(filed.len(), 2);
    assert_eq!(filed[0].header("idempotency-key"), filed[1].header("idempotency-key"));
    assert_eq!(filed[0].body, filed[1].body);
}

#[tokio::test]
async fn an_entry_sent_longer_ago_than_the_portals_memory_is_blocked() {
    let mut portal =
        FakePortal::start(|request| if is_filing(request) { Reply::Cut } else { other_reply(request) }).await;
    let phone = Phone::signed_in(&portal.url).await;
    let outcome = phone.session().submit(&entry("a")).await.unwrap();
    assert!(matches!(outcome, EntryOutcome::Pending(_)), "its answer was lost");
    assert!(!filings(&mut portal).is_empty());
    phone.clock.advance_days(29);
    phone.session().deliver_outbox().await.unwrap();
    assert_eq!(phone.outbox(), [(entry("a").key, Some(BlockedReason::QueuedTooLong))]);
}

#[tokio::test]
async fn an_entry_that_never_left_is_never_too_old() {
    let mut portal = FakePortal::start(|request| match request.line.as_str() {
        "POST /v1/sessions/refresh" => Reply::Json(200, session_json(2)),
        _ if is_filing(request) => Reply::Json(201, request_json("a")),
        _ => other_reply(request),
    })
    .await;
    let phone = Phone::signed_in(NO_PORTAL).await;
    queue(&phone, &["a"]);
    // Offline for long, or filed while the phone's clock was two months behind.
    phone.clock.advance_days(60);
    let phone = phone.restart(&portal.url);
    phone.session().deliver_outbox().await.unwrap();
    assert_eq!(phone.outbox(), []);
    assert_eq!(filings(&mut portal).len(), 1);
}

#[tokio::test]
async fn a_submission_returns_the_outcome_of_its_own_entry() {
    let portal = FakePortal::start(|request| {
        match (is_filing(request), request.header("idempotency-key").ends_with('a')) {
            (true, true) => Reply::problem(409, "service-closed"),
            (true, false) => Reply::Json(
                422,
                r#"{"type":"urn:fos:problem:fields","status":422,"fields":[{"field":"rib","code":"rib"}]}"#
                    .to_owned(),
            ),
            (false, _) => other_reply(request),
        }
    })
    .await;
    let phone = Phone::signed_in(&portal.url).await;
    queue(&phone, &["a"]);
    let outcome = phone.session().submit(&entry("b")).await.unwrap();
    let EntryOutcome::Blocked { reason, fields, .. } = outcome else { panic!("{outcome:?}") };
    assert_eq!((reason, &*fields[0].field), (BlockedReason::InvalidFields, "rib"));
}

#[tokio::test]
async fn a_submission_offline_stays_pending_and_its_draft_is_gone() {
    let phone = Phone::signed_in(NO_PORTAL).await;
    let draft = crate::storage::StoredDraft {
        service: "service-a".to_owned(),
        key: String::new(),
        changed_at: 1,
        form: "{}".to_owned(),
        content: serde_json::json!({"values": {"place": "a"}}),
    };
    phone.session().db().put_draft(&draft).unwrap();
    let outcome = phone.session().submit(&entry("a")).await.unwrap();
    assert!(matches!(outcome, EntryOutcome::Pending(Error::Unreachable(_))), "{outcome:?}");
    assert_eq!(phone.outbox(), [(entry("a").key, None)]);
    assert!(phone.session().db().draft::<serde_json::Value>("service-a").unwrap().is_none());
}

#[tokio::test]
async fn two_deliveries_at_once_send_each_entry_once() {
    let mut portal = filing_portal().await;
    let phone = Phone::signed_in(&portal.url).await;
    queue(&phone, &["a", "b", "c"]);
    let session = phone.session();
    let (first, second) = tokio::join!(session.deliver_outbox(), session.deliver_outbox());
    first.and(second).unwrap();
    assert_eq!(filings(&mut portal).len(), 3);
}

#[tokio::test]
async fn a_submission_gets_the_outcome_from_a_delivery_that_was_under_way() {
    let portal = filing_portal().await;
    let phone = Phone::signed_in(&portal.url).await;
    queue(&phone, &["a"]);
    let session = phone.session();
    // Polled in this order: the delivery holds the lock when the submission stores its entry.
    let entry = entry("b");
    let (delivered, outcome) = tokio::join!(session.deliver_outbox(), session.submit(&entry));
    delivered.unwrap();
    assert!(matches!(outcome.unwrap(), EntryOutcome::Filed(request) if request.id == "b"));
}

#[tokio::test]
async fn the_loop_delivers_when_the_app_is_back() {
    let mut portal = filing_portal().await;
    let phone = Phone::signed_in(&portal.url).await;
    queue(&phone, &["a"]);
    phone.fos.resume();
    while !is_filing(&portal.next().await) {}
}

#[tokio::test]
async fn the_loop_delivers_when_the_portal_can_be_reached_again() {
    let reachable = Arc::new(AtomicU32::new(0));
    let is_reachable = Arc::clone(&reachable);
    let mut portal = FakePortal::start(move |request| match is_reachable.load(Ordering::SeqCst) {
        0 => Reply::Cut,
        _ if is_filing(request) => Reply::Json(201, request_json("a")),
        _ => other_reply(request),
    })
    .await;
    let phone = Phone::signed_in(&portal.url).await;
    let session = phone.session();
    let outcome = session.submit(&entry("a")).await.unwrap();
    assert!(matches!(outcome, EntryOutcome::Pending(_)));
    reachable.store(1, Ordering::SeqCst);
    // Any call that succeeds shows that the portal is back.
    session.get::<serde_json::Value>("/v1/services").await.unwrap();
    while !(is_filing(&portal.next().await)) {}
}

#[tokio::test]
async fn an_empty_outbox_sends_nothing() {
    let mut portal = filing_portal().await;
    let phone = Phone::signed_in(&portal.url).await;
    assert!(phone.sessions().deliver_in_background(&phone.session()).await);
    assert_eq!(filings(&mut portal).len(), 0);
}

#[tokio::test]
async fn an_entry_is_delivered_by_the_next_process() {
    let phone = Phone::signed_in(NO_PORTAL).await;
    queue(&phone, &["a"]);
    let mut portal = filing_portal().await;
    let phone = phone.restart(&portal.url);
    while !is_filing(&portal.next().await) {}
    drop(phone);
}

#[tokio::test]
async fn the_clock_of_a_phone_that_has_no_portal_makes_no_entry_too_old() {
    let portal =
        FakePortal::start(|request| if is_filing(request) { Reply::Cut } else { other_reply(request) }).await;
    let phone = Phone::signed_in(&portal.url).await;
    phone.session().submit(&entry("a")).await.unwrap();
    // Sent once; then the phone's clock jumps, and no response has given the portal's time.
    phone.clock.advance_days(60);
    let phone = phone.restart(NO_PORTAL);
    let delivered = phone.session().deliver_outbox().await;
    assert!(matches!(delivered, Err(Error::Unreachable(_))), "{delivered:?}");
    assert_eq!(phone.outbox(), [(entry("a").key, None)]);
}
