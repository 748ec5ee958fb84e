//! Commands of the operator on a running portal: the next call shows the change.

use fos_support::seed::{COLLEAGUE, MEMBER, PASSWORD, WITHOUT_ADDRESS};
use serde_json::Value;

use crate::support::{PortalFixture, password_request_of, travel_request};

async fn service(fixture: &PortalFixture, token: &str, id: &str) -> Value {
    let catalogue = fixture.get("/v1/services", token).await.expect(200);
    let services = catalogue["services"].as_array().unwrap();
    services.iter().find(|service| service["id"] == id).unwrap().clone()
}

#[tokio::test]
async fn a_service_opens_and_closes_on_a_running_portal() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let tag = fixture.get("/v1/services", session.token()).await.header("etag").to_owned();
    assert_eq!(service(&fixture, session.token(), "social-loan").await["status"], "announced");
    fixture.run_command("services open social-loan --closes 2026-12-31 --circular 9/26").unwrap();
    let logged = fixture.run_command("audit --limit 1").unwrap();
    assert!(logged.ends_with("service social-loan open until 2026-12-31, paper 9/26\n"), "{logged}");
    let open = service(&fixture, session.token(), "social-loan").await;
    assert_eq!(open["status"], "open");
    assert_eq!(open["opens"], "2026-11-24");
    assert_eq!(open["closes"], "2026-12-31");
    assert_eq!(open["paper"]["number"], "9/26");
    assert_ne!(fixture.get("/v1/services", session.token()).await.header("etag"), tag);
    fixture.run_command("services close social-loan").unwrap();
    assert_eq!(service(&fixture, session.token(), "social-loan").await["status"], "closed");
    fixture.run_command("services open social-loan").unwrap();
    assert_eq!(service(&fixture, session.token(), "social-loan").await["status"], "open");
    fixture.run_command("services announce social-loan --opens 2027-01-04").unwrap();
    let announced = service(&fixture, session.token(), "social-loan").await;
    assert_eq!(announced["status"], "announced");
    assert_eq!(announced["opens"], "2027-01-04");
}

#[tokio::test]
async fn an_invalid_command_changes_nothing() {
    let fixture = PortalFixture::new().await;
    for arguments in [
        "services open nothing-of-the-kind",
        "services open social-loan --closes 2026-11-23",
        "services announce social-loan --opens 2026-11-24",
        "versions set --minimum 2.0.0 --recommended 1.0.0",
        "maintenance on --reason-ar فقط",
        "members address set 0999999 a@finances.test",
        "members address set 0123456 a",
        "sessions revoke 0123456 --id nothing",
        "members import nothing.csv",
        "restore nothing",
        "dance",
    ] {
        let refusal = fixture.run_command(arguments).unwrap_err();
        assert!(!refusal.to_string().is_empty());
    }
    assert!(!fixture.run_command("audit").unwrap().contains("operator"));
    assert_eq!(fixture.get("/v1/config", "").await.header("fos-config"), "1");
}

#[tokio::test]
async fn every_command_is_in_the_audit_log() {
    let fixture = PortalFixture::new().await;
    for arguments in [
        "services close social-loan",
        "maintenance on",
        "maintenance off",
        "versions set --minimum 0.1.0 --recommended 0.2.0",
        "members show 0123456",
        "members address list",
        "members address set 0123456 nouvelle.essai@finances.test",
        "sessions list 0123456",
        "sessions revoke 0123456",
    ] {
        fixture.run_command(arguments).unwrap();
        let newest = fixture.run_command("audit --limit 1").unwrap();
        assert!(newest.starts_with("2026-11-24T09:00:00Z  "), "{newest}");
        assert!(newest.contains("operator: "), "{arguments}: {newest}");
    }
    let member_lines = fixture.run_command("audit --ppr 0123456").unwrap();
    assert!(
        member_lines.lines().count() >= 4 && member_lines.lines().all(|line| line.contains("  0123456  "))
    );
    assert!(!fixture.run_command("audit").unwrap().contains("nouvelle.essai"));
}

/// Runs every command that prints stored texts, after each stored text was replaced by `text`.
fn print_everything(fixture: &PortalFixture, text: &str) -> String {
    let db = rusqlite::Connection::open(fixture.data.path().join("portal.sqlite")).unwrap();
    db.pragma_update(None, "foreign_keys", false).unwrap();
    let spoilt = format!("fin{text}suite");
    for sql in [
        "UPDATE sessions SET device_name = ?1",
        "UPDATE members SET name_ar = ?1, name_fr = ?1",
        "UPDATE audit SET event = ?1 WHERE event NOT LIKE 'email %'",
        "UPDATE audit SET event = 'email ' || ?1 WHERE event LIKE 'email %'",
        "UPDATE address_proposals SET email = ?1",
        "UPDATE charter_acceptances SET version = ?1",
        "UPDATE requests SET reason_ar = ?1, reason_fr = ?1, appeal_until = '2026-12-31'",
        "UPDATE family SET name_ar = ?1, name_fr = ?1",
    ] {
        db.execute(sql, [&spoilt]).unwrap();
    }
    let mut values = travel_request()["values"].clone();
    values["passport"] = spoilt.into();
    db.execute("UPDATE requests SET field_values = ?1", [values.to_string()]).unwrap();
    [
        "sessions list 0123456",
        "members show 0123456",
        "members address list",
        "requests list",
        "requests show 2026-000001",
        "audit",
    ]
    .map(|command| fixture.run_command(command).unwrap())
    .concat()
}

#[tokio::test]
async fn no_stored_text_reaches_the_terminal_as_a_control_sequence() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    fixture.file_request(session.token(), "essai-0001", &travel_request()).await.expect(201);
    fixture.request_password(&password_request_of(WITHOUT_ADDRESS)).await.expect(202);
    fixture.mailed_password(COLLEAGUE).await;
    for text in
        ["\u{1b}]0;titre\u{7}", "\u{1b}[2J", "\u{9b}2J", "\r", "\u{202e}", "\u{2066}", "\n0123456  signed in"]
    {
        let printed = print_everything(&fixture, text);
        let unprintable = |c: char| {
            (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        assert!(!printed.contains(unprintable), "{printed:?}");
        assert!(!printed.lines().any(|line| line.starts_with("0123456  signed in")), "{printed:?}");
        assert!(printed.matches("fin").count() >= 8, "{printed:?}");
    }
}

#[tokio::test]
async fn a_session_revoked_by_the_operator_ends_at_once() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    fixture.advance_clock(1);
    let other = fixture.session(MEMBER, PASSWORD).await;
    let text = fixture.run_command("sessions list 0123456").unwrap();
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(lines[0].contains("used 2026-11-24T09:00:01Z") && lines[0].ends_with("Téléphone d’essai"));
    let id = lines[1].split(' ').next().unwrap();
    fixture.run_command(&format!("sessions revoke 0123456 --id {id}")).unwrap();
    // Told apart from a session that expired, by either token.
    let refused = fixture.get("/v1/services", session.token()).await;
    assert_eq!(refused.expect_problem(401, "session")["reason"], "revoked");
    let refused = fixture.refresh(session.refresh_token()).await;
    assert_eq!(refused.expect_problem(401, "session")["reason"], "revoked");
    let unknown = fixture.refresh("0000").await;
    assert!(unknown.expect_problem(401, "session").get("reason").is_none());
    fixture.get("/v1/services", other.token()).await.expect(200);
    fixture.run_command("sessions revoke 0123456").unwrap();
    fixture.get("/v1/services", other.token()).await.expect_problem(401, "session");
}
