//! Decisions of the operator on requests.

use fos_support::seed::MEMBER;
use serde_json::{Value, json};

use crate::support::{PortalFixture, Session, travel_request};

const REASON: [&str; 4] =
    ["--reason-ar", "الوثائق لا تطابق الطلب.", "--reason-fr", "Les pièces ne correspondent pas."];

async fn file_request() -> (PortalFixture, Session, String) {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let filed = fixture.file_request(session.token(), "essai-0001", &travel_request()).await.expect(201);
    let path = format!("/v1/requests/{}", filed["id"].as_str().unwrap());
    (fixture, session, path)
}

async fn get(fixture: &PortalFixture, session: &Session, path: &str) -> Value {
    fixture.get(path, session.token()).await.expect(200)
}

#[tokio::test]
async fn a_refusal_gives_its_reason_and_the_appeal_deadline() {
    let (fixture, session, path) = file_request().await;
    fixture.run_command("requests decide 2026-000001 refuse").unwrap_err();
    fixture.run_command_with("requests decide 2026-000001 refuse", &REASON[..2]).unwrap_err();
    let blank = ["--reason-ar", " ", "--reason-fr", " "];
    fixture.run_command_with("requests decide 2026-000001 refuse", &blank).unwrap_err();
    assert_eq!(get(&fixture, &session, &path).await["state"], "filed");
    let done = fixture.run_command_with("requests decide 2026-000001 refuse", &REASON).unwrap();
    assert_eq!(done, "2026-000001 is refused\n");
    let refused = get(&fixture, &session, &path).await;
    assert_eq!(refused["state"], "refused");
    let refusal = json!({ "reason": { "ar": REASON[1], "fr": REASON[3] }, "appeal_until": "2026-12-24" });
    assert_eq!(refused["refusal"], refusal);
    let list = fixture.get("/v1/requests", session.token()).await.expect(200);
    assert_eq!(list["requests"][0]["refusal"], refusal);
    let output = fixture.run_command("requests show 2026-000001").unwrap();
    assert!(output.contains(REASON[3]) && output.contains("appeal until 2026-12-24"), "{output}");
}

#[tokio::test]
async fn a_decision_is_final() {
    let (fixture, session, path) = file_request().await;
    fixture.run_command_with("requests decide 2026-000001 approve", &REASON).unwrap_err();
    fixture.run_command("requests review 2026-000001").unwrap();
    assert_eq!(get(&fixture, &session, &path).await["state"], "under-review");
    fixture.run_command("requests review 2026-000001").unwrap_err();
    fixture.run_command("requests decide 2026-000001 approve").unwrap();
    for arguments in ["review 2026-000001", "decide 2026-000001 approve", "review 2026-000002"] {
        let refusal = fixture.run_command(&format!("requests {arguments}")).unwrap_err();
        assert!(refusal.to_string().contains("2026-00000"), "{refusal}");
    }
    fixture.run_command_with("requests decide 2026-000001 refuse", &REASON).unwrap_err();
    let approved = get(&fixture, &session, &path).await;
    assert_eq!(approved["state"], "approved");
    assert!(approved.get("refusal").is_none());
}

#[tokio::test]
async fn the_operator_lists_and_reads_requests() {
    let (fixture, session, _) = file_request().await;
    fixture.advance_clock(24 * 60 * 60);
    let token = fixture.refresh(session.refresh_token()).await.expect(200);
    let token = token["access_token"].as_str().unwrap();
    fixture.file_request(token, "essai-0002", &travel_request()).await.expect(201);
    fixture.run_command("requests review 2026-000002").unwrap();
    let all = fixture.run_command("requests list").unwrap();
    let line =
        "2026-000001  filed         travel-certificate  0123456  filed 2026-11-24T09:00:00Z  due 2027-01-23";
    assert_eq!(all.lines().next().unwrap(), line);
    assert_eq!((all.lines().count(), all.lines().last().unwrap()), (3, "2 requests"));
    for (arguments, found) in [
        ("--state filed", "2026-000001"),
        ("--state under-review", "2026-000002"),
        ("--limit 1", "2026-000001"),
        ("--service travel-certificate --state under-review", "2026-000002"),
    ] {
        let text = fixture.run_command(&format!("requests list {arguments}")).unwrap();
        assert!(text.starts_with(found) && text.ends_with("\n1 request\n"), "{arguments}: {text}");
    }
    assert_eq!(fixture.run_command("requests list --state refused").unwrap(), "0 requests\n");
    assert_eq!(fixture.run_command("requests list --service hajj-grant").unwrap(), "0 requests\n");
    fixture.run_command("requests list --state lost").unwrap_err();
    let text = fixture.run_command("requests show 2026-000001").unwrap();
    for line in [
        "Qui voyage: Enfant Essai",
        "Pays de destination: France",
        "De l’aller au retour: du 1er décembre 2026 au 10 décembre 2026",
        "Numéro du passeport: EE0000001",
    ] {
        assert!(text.lines().any(|one| one == line), "{line} in {text}");
    }
    fixture.run_command("requests show 2026-000009").unwrap_err();
}

#[tokio::test]
async fn every_command_on_a_request_is_in_the_audit_log() {
    let (fixture, _, _) = file_request().await;
    for (arguments, event) in [
        ("requests list", "-  operator: requests listed"),
        ("requests show 2026-000001", "0123456  operator: request 2026-000001 shown"),
        ("requests review 2026-000001", "0123456  operator: request 2026-000001 under-review"),
        ("requests decide 2026-000001 approve", "0123456  operator: request 2026-000001 approved"),
    ] {
        fixture.run_command(arguments).unwrap();
        let newest = fixture.run_command("audit --limit 1").unwrap();
        assert!(newest.starts_with("2026-11-24T09:00:00Z  "), "{newest}");
        assert!(newest.ends_with(&format!("  {event}\n")), "{newest}");
    }
    assert!(!fixture.run_command("audit").unwrap().contains("EE0000001"));
    assert!(fixture.run_command("members show 0123456").unwrap().contains("requests          1\n"));
}
