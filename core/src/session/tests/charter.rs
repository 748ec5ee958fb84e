//! The place at which a member stopped reading the charter.

use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::json;

use super::*;
use crate::UnsentWork;

fn charter_json(edition: u32) -> String {
    let article = json!({ "heading": "1", "paragraphs": ["…"] });
    let text = json!({ "title": "…", "articles": vec![article; 5], "sha256": "00" });
    let texts = json!({ "ar": text, "fr": text });
    json!({ "version": format!("2026-{edition}"), "published": "2026-11-01", "texts": texts, "accepted_at": null })
        .to_string()
}

async fn place(phone: &Phone) -> u32 {
    phone.sessions().session().unwrap().charter().invalidate();
    phone.fos.access().charter().await.unwrap().place
}

#[tokio::test]
async fn the_charter_opens_where_this_member_stopped_reading_this_edition() {
    let edition = Arc::new(AtomicU32::new(1));
    let current = Arc::clone(&edition);
    let portal = FakePortal::start(move |request| match request.line.as_str() {
        "GET /v1/charter" => Reply::Json(200, charter_json(current.load(Ordering::SeqCst))),
        _ => other_reply(request),
    })
    .await;
    let phone = Phone::signed_in(&portal.url).await;
    assert_eq!(place(&phone).await, 0);
    phone.fos.access().keep_charter_place("2026-1".to_owned(), 3);
    // Written in the background.
    while place(&phone).await != 3 {
        tokio::task::yield_now().await;
    }

    let phone = phone.restart(&portal.url);
    assert_eq!(place(&phone).await, 3, "after a killed app");
    phone.fos.account().sign_out(UnsentWork::Erase).await.unwrap();
    phone.sign_in(2).await;
    assert_eq!(place(&phone).await, 3, "after a sign-out, as a refusal is one");

    edition.store(2, Ordering::SeqCst);
    assert_eq!(place(&phone).await, 0, "in another edition");
    edition.store(1, Ordering::SeqCst);

    phone.fos.account().sign_out(UnsentWork::Erase).await.unwrap();
    let other: SessionResponse = serde_json::from_str(&session_json(3).replace(PPR, "0234567")).unwrap();
    let session = phone.sessions().open_session(&other).await.unwrap();
    phone.sessions().enter(session, RequiredActions::from(&other)).await.unwrap();
    assert_eq!(place(&phone).await, 0, "for another member");
}
