use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::json;

use super::*;
use crate::Language;
use crate::i18n::Localizer;
use crate::stage::Event;
use crate::testing::NO_PORTAL;
use crate::{Form, FosError, RequestTarget, SubmitOutcome};

/// Form of one text, served for every service.
fn form_json() -> String {
    let text = json!({ "ar": "نص", "fr": "Texte" });
    let field = json!({ "key": "place", "label": text, "kind": "text", "max_length": 40, "required": true });
    let section = json!({ "key": "part", "title": text, "fields": [field] });
    json!({ "service": "hajj-grant", "version": 3, "level": 1, "sections": [section] }).to_string()
}

/// Catalogue with one service, whose form has this version.
fn catalogue_json(form: u32) -> String {
    let text = json!({ "ar": "منحة الحج", "fr": "Allocation de pèlerinage" });
    let service = json!({
        "id": "hajj-grant", "category": "family", "icon": "mosque", "status": "open", "title": text, "summary": text,
        "documents": [], "form": form,
    });
    json!({ "services": [service] }).to_string()
}

/// A portal that answers a filing with this, and all else as usual.
async fn portal_that_answers(filing: impl Fn() -> Reply + Send + Sync + 'static) -> FakePortal {
    FakePortal::start(move |request| match request.line.as_str() {
        "POST /v1/requests" => filing(),
        "GET /v1/services/hajj-grant/form" => Reply::Json(200, form_json()),
        "GET /v1/family" => Reply::Json(200, r#"{"persons":[]}"#.to_owned()),
        line if line.starts_with("GET /v1/requests?") || line == "GET /v1/requests" => {
            Reply::Json(200, r#"{"requests":[],"cursor":"1","more":false}"#.to_owned())
        }
        _ => other_reply(request),
    })
    .await
}

async fn submit(phone: &Phone) -> Result<SubmitOutcome, FosError> {
    reviewed_form(phone).await.submit(Vec::new()).await
}

/// Returns the form with its answer, on the page that reviews it.
async fn reviewed_form(phone: &Phone) -> Arc<Form> {
    let form = phone.fos.requests().form("hajj-grant".to_owned()).await.unwrap();
    form.set("place", "الرباط");
    assert_eq!(Arc::clone(&form).submit(Vec::new()).await.unwrap(), SubmitOutcome::NextSection);
    form
}

/// Returns the only card of the list.
fn card(phone: &Phone) -> crate::RequestCardView {
    let list = phone.fos.requests().list().unwrap();
    let mut cards = list.groups.into_iter().flat_map(|group| group.cards);
    let card = cards.next().unwrap();
    assert_eq!(cards.next(), None);
    card
}

#[tokio::test]
async fn a_form_that_is_submitted_is_filed_and_listed_under_its_number() {
    let portal = portal_that_answers(|| Reply::Json(201, request_json("first"))).await;
    let phone = Phone::signed_in(&portal.url).await;
    let Ok(SubmitOutcome::Filed { id, message }) = submit(&phone).await else { panic!("not filed") };
    assert_eq!(id, "first");
    assert!(message.contains("2026-000001"), "{message}");
    let card = card(&phone);
    assert_eq!(card.number.unwrap().copied, "2026-000001");
    assert!(!card.needs_action);
}

#[tokio::test]
async fn answers_that_the_portal_rejects_return_to_the_form() {
    let portal = portal_that_answers(|| {
        let body = r#"{"type":"urn:fos:problem:fields","status":422,"fields":[{"field":"place","code":"too-long"}]}"#;
        Reply::Json(422, body.to_owned())
    })
    .await;
    let phone = Phone::signed_in(&portal.url).await;
    assert!(matches!(submit(&phone).await, Err(FosError::InvalidFields { .. })));
    let form = phone.fos.requests().form("hajj-grant".to_owned()).await.unwrap();
    assert_eq!(form.view().fields[0].value, "الرباط");
    assert_eq!(phone.outbox(), []);
    assert!(matches!(card(&phone).target, RequestTarget::Form { .. }));
}

#[tokio::test]
async fn a_request_that_the_portal_refuses_stays_in_the_list_with_what_to_do() {
    let portal = portal_that_answers(|| Reply::problem(409, "service-closed")).await;
    let phone = Phone::signed_in(&portal.url).await;
    let Ok(SubmitOutcome::Queued { message }) = submit(&phone).await else { panic!("not queued") };
    let card = card(&phone);
    assert!(card.needs_action);
    assert_eq!(card.line, message);
    assert_eq!(message, Localizer::for_language(Language::Ar).message("blocked-service-closed"));
    assert!(matches!(card.target, RequestTarget::OutboxEntry { .. }));
}

#[tokio::test]
async fn a_request_that_waits_for_the_network_asks_nothing_of_the_member() {
    let portal = portal_that_answers(|| Reply::Cut).await;
    let phone = Phone::signed_in(&portal.url).await;
    let Ok(SubmitOutcome::Queued { message }) = submit(&phone).await else { panic!("not queued") };
    assert_eq!(message, Localizer::for_language(Language::Ar).message("request-waits"));
    let card = card(&phone);
    assert!(!card.needs_action);
    assert!(matches!(card.target, RequestTarget::Queued { .. }));
}

#[tokio::test]
async fn a_request_that_waits_for_a_sign_in_says_so() {
    let portal = portal_that_answers(|| Reply::problem(401, "session")).await;
    let phone = Phone::signed_in(&portal.url).await;
    let form = reviewed_form(&phone).await;
    phone.sessions().apply(Event::SessionEnded).await.unwrap();
    let Ok(SubmitOutcome::Queued { message }) = form.submit(Vec::new()).await else { panic!("not queued") };
    assert_eq!(message, Localizer::for_language(Language::Ar).message("request-waits-sign-in"));
}

#[tokio::test]
async fn answers_survive_the_end_of_the_process_and_open_offline() {
    let portal = portal_that_answers(|| Reply::Cut).await;
    let phone = Phone::signed_in(&portal.url).await;
    let form = phone.fos.requests().form("hajj-grant".to_owned()).await.unwrap();
    form.set("place", "الرباط");
    phone.fos.pause();
    drop(form);
    let phone = phone.restart(NO_PORTAL);
    assert!(matches!(card(&phone).target, RequestTarget::Form { .. }));
    let form = phone.fos.requests().form("hajj-grant".to_owned()).await.unwrap();
    let field = form.view().fields.remove(0);
    assert_eq!((field.label.as_str(), field.value.as_str()), ("نص", "الرباط"));
}

#[tokio::test]
async fn a_form_that_is_open_is_not_fetched_again() {
    let mut portal = portal_that_answers(|| Reply::Cut).await;
    let phone = Phone::signed_in(&portal.url).await;
    phone.fos.requests().form("hajj-grant".to_owned()).await.unwrap();
    assert!(portal.lines().contains(&"GET /v1/services/hajj-grant/form".to_owned()));
    phone.fos.requests().form("hajj-grant".to_owned()).await.unwrap();
    assert!(!portal.lines().contains(&"GET /v1/services/hajj-grant/form".to_owned()));
}

#[tokio::test]
async fn an_open_form_is_fetched_again_once_the_portal_has_a_newer_one() {
    let version = Arc::new(AtomicU32::new(2));
    let published = Arc::clone(&version);
    let mut portal = FakePortal::start(move |request| match request.line.as_str() {
        "GET /v1/services" => Reply::Json(200, catalogue_json(published.load(Ordering::SeqCst))),
        "GET /v1/services/hajj-grant/form" => Reply::Json(200, form_json()),
        _ => Reply::Json(200, r#"{"persons":[]}"#.to_owned()),
    })
    .await;
    let phone = Phone::signed_in(&portal.url).await;
    let open = async || phone.fos.requests().form("hajj-grant".to_owned()).await.unwrap();
    open().await;
    // The open form is version 3.
    for (newest, is_fetched) in [(2, false), (3, false), (4, true)] {
        version.store(newest, Ordering::SeqCst);
        phone.fos.services().refresh().await.unwrap();
        portal.lines();
        open().await;
        let fetched = portal.lines().contains(&"GET /v1/services/hajj-grant/form".to_owned());
        assert_eq!(fetched, is_fetched, "version {newest}");
    }
}

#[tokio::test]
async fn a_refresh_delivers_what_waits_and_then_asks_for_changes() {
    let mut portal = portal_that_answers(|| Reply::Json(201, request_json("a"))).await;
    let phone = Phone::signed_in(&portal.url).await;
    queue(&phone, &["a"]);
    phone.fos.requests().refresh().await.unwrap();
    assert_eq!(phone.outbox(), []);
    assert!(portal.lines().iter().any(|line| line.starts_with("GET /v1/requests")));
}

#[tokio::test]
async fn a_refresh_without_a_network_asks_for_nothing_more() {
    let mut portal = portal_that_answers(|| Reply::Cut).await;
    let phone = Phone::signed_in(&portal.url).await;
    queue(&phone, &["a"]);
    let offline = phone.fos.requests().refresh().await;
    assert!(matches!(offline, Err(FosError::Offline { .. })), "{offline:?}");
    assert!(!portal.lines().iter().any(|line| line.starts_with("GET /v1/requests")));
}

#[tokio::test]
async fn a_list_that_was_fetched_stays_without_a_network_and_the_notice_alone_says_so() {
    let portal = portal_that_answers(|| Reply::Cut).await;
    let phone = Phone::signed_in(&portal.url).await;
    phone.fos.requests().refresh().await.unwrap();
    let phone = phone.restart(NO_PORTAL);
    phone.fos.requests().refresh().await.unwrap();
    assert!(phone.fos.notices().iter().any(|notice| notice.key == "offline"));
}

#[tokio::test]
async fn a_list_is_empty_and_readable_without_a_portal() {
    let phone = Phone::signed_in(NO_PORTAL).await;
    let list = phone.fos.requests().list().unwrap();
    assert!(list.groups.is_empty() && list.empty.is_some());
}

#[tokio::test]
async fn a_request_that_leaves_no_room_for_another_is_fetched_to_be_shown() {
    let portal = FakePortal::start(|request| match request.line.as_str() {
        "POST /v1/requests" => Reply::Json(
            409,
            r#"{"type":"urn:fos:problem:already-requested","status":409,
                "request":{"id":"first","number":"2026-000001"}}"#
                .to_owned(),
        ),
        "GET /v1/services/hajj-grant/form" => Reply::Json(200, form_json()),
        "GET /v1/family" => Reply::Json(200, r#"{"persons":[]}"#.to_owned()),
        line if line.starts_with("GET /v1/requests") => Reply::Json(
            200,
            format!(r#"{{"requests":[{}],"cursor":"1","more":false}}"#, request_json("first")),
        ),
        _ => other_reply(request),
    })
    .await;
    let phone = Phone::signed_in(&portal.url).await;
    let Ok(SubmitOutcome::Filed { id, .. }) = submit(&phone).await else { panic!("no request is named") };
    assert_eq!(phone.fos.requests().request(&id).unwrap().number.copied, "2026-000001");
}

#[tokio::test]
async fn nothing_typed_while_a_form_is_filed_comes_back_as_a_draft() {
    let answer = Arc::new(tokio::sync::Notify::new());
    let signal = Arc::clone(&answer);
    let mut portal = portal_that_answers(move || {
        Reply::After(Arc::clone(&signal), Box::new(Reply::Json(201, request_json("first"))))
    })
    .await;
    let phone = Phone::signed_in(&portal.url).await;
    let form = reviewed_form(&phone).await;
    let submission = tokio::spawn(Arc::clone(&form).submit(Vec::new()));
    while !is_filing(&portal.next().await) {}
    form.set("place", "طنجة");
    form.flush_draft();
    answer.notify_one();
    assert!(matches!(submission.await.unwrap(), Ok(SubmitOutcome::Filed { .. })));
    assert!(phone.session().db().draft::<serde_json::Value>("hajj-grant").unwrap().is_none());
}

#[tokio::test]
async fn a_service_for_which_there_is_a_draft_or_a_request_says_so_in_the_list() {
    let portal = FakePortal::start(|request| match request.line.as_str() {
        "GET /v1/services" => Reply::Json(200, catalogue_json(3)),
        "GET /v1/services/hajj-grant/form" => Reply::Json(200, form_json()),
        "GET /v1/family" => Reply::Json(200, r#"{"persons":[]}"#.to_owned()),
        _ => Reply::Cut,
    })
    .await;
    let phone = Phone::signed_in(&portal.url).await;
    phone.fos.services().refresh().await.unwrap();
    let chip = || {
        let list = phone.fos.services().list("", "").unwrap();
        list.groups[0].services[0].chip.as_ref().map(|chip| chip.text.clone())
    };
    let state = |name: &str| Some(Localizer::for_language(Language::Ar).message(name));
    assert_eq!(chip(), None);
    let form = phone.fos.requests().form("hajj-grant".to_owned()).await.unwrap();
    form.set("place", "الرباط");
    assert_eq!(chip(), state("state-draft"));
    let entry = OutboxEntry { service: "hajj-grant".to_owned(), ..entry("a") };
    phone.session().db().queue(&entry).unwrap();
    assert_eq!(chip(), state("state-waiting"));
    let filed = serde_json::from_str::<fos_wire::request::FiledRequest>(&request_json("first")).unwrap();
    phone.session().db().put_requests(&[crate::session::to_stored(filed.into())], "1").unwrap();
    assert_eq!(chip(), state("state-filed"));
}
