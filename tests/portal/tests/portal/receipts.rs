//! Receipts: a PDF for the member, and a code by which anyone can verify it.

use serde_json::json;
use sha2::{Digest as _, Sha256};

use crate::support::{Answer, MEMBER, World, journey};

#[tokio::test]
async fn a_receipt_is_kept_as_it_was_made() {
    let world = World::new().await;
    let session = world.member(MEMBER).await;
    let filed = world.file_request(session.token(), "essai-0001", &journey()).await.expect(201);
    let path = format!("/v1/requests/{}/receipt", filed["id"].as_str().unwrap());
    let answer = world.get(&path, session.token()).await;
    assert_eq!(answer.header("content-type"), "application/pdf");
    assert!(answer.bytes.starts_with(b"%PDF-"));
    assert_eq!(filed["receipt"]["bytes"], answer.bytes.len());
    assert_eq!(filed["receipt"]["sha256"], hex::encode(Sha256::digest(&answer.bytes)));
    assert_eq!(answer.header("etag"), format!("\"{}\"", filed["receipt"]["sha256"].as_str().unwrap()));
    world.operate("requests decide 2026-000001 approve").unwrap();
    assert_eq!(world.get(&path, session.token()).await.bytes, answer.bytes);
    let request = world.request(reqwest::Method::GET, &path).bearer_auth(session.token());
    let again = request.header("if-none-match", answer.header("etag")).send().await.unwrap();
    assert_eq!(Answer::read(again).await.status, 304);
}

#[tokio::test]
async fn whoever_holds_a_receipt_can_verify_it_and_learns_nothing_of_the_member() {
    let world = World::new().await;
    let session = world.member(MEMBER).await;
    let filed = world.file_request(session.token(), "essai-0001", &journey()).await.expect(201);
    let path = format!("/v1/receipts/{}", filed["receipt"]["code"].as_str().unwrap());
    let verified = world.get(&path, "").await.expect(200);
    let mut expected = json!({ "number": "2026-000001", "filed_at": "2026-11-24T09:00:00Z", "state": "filed",
        "service": { "ar": "شهادة السفر", "fr": "Attestation d’assurance voyage" } });
    assert_eq!(verified, expected);
    world.operate("requests review 2026-000001").unwrap();
    expected["state"] = json!("under-review");
    assert_eq!(world.get(&path, "").await.expect(200), expected);
    for code in ["", "0", &"0".repeat(32), "%00", "2026-000001"] {
        world.get(&format!("/v1/receipts/{code}"), "").await.expect_problem(404, "not-found");
    }
}
