//! From nothing to the services space (guide steps 2 to 8).

use fos_support::seed::{MEMBER, PASSWORD, RETIREE};
use serde_json::json;

use crate::support::{PortalFixture, password_request_of};

#[tokio::test]
async fn a_member_goes_from_nothing_to_the_services() {
    let fixture = PortalFixture::new().await;
    fixture.request_password(&password_request_of(MEMBER)).await.expect(202);
    let mail = fixture.mail().await;
    assert_eq!(mail.to, ["membre.essai@finances.test"]);

    let session = fixture.session(MEMBER, &mail.password().unwrap()).await;
    assert_eq!(session.body["access_expires_in"], 900);
    assert_eq!(session.body["charter_due"], true);
    assert_eq!(session.body["password_due"], true);
    assert_eq!(
        session.body["member"],
        json!({
            "ppr": MEMBER,
            "kind": "active",
            "name": { "ar": "عضو تجربة", "fr": "Membre Essai" },
            "password_identifiers": ["AB123456", "membre.essai"],
        })
    );

    let accepted = fixture.accept(&session).await.expect(200);
    assert_eq!(accepted, json!({ "version": "2026-1", "accepted_at": "2026-11-24T09:00:00Z" }));
    let changed = fixture.set_password(&session, &json!({ "new": PASSWORD })).await.expect(200);
    assert_eq!(changed, json!({ "charter_due": false, "password_due": false }));

    let services = fixture.get("/v1/services", session.token()).await.expect(200);
    assert!(!services["services"].as_array().unwrap().is_empty());

    let again = fixture.session(MEMBER, PASSWORD).await;
    assert_eq!(again.body["charter_due"], false);
    assert_eq!(again.body["password_due"], false);
    fixture.get("/v1/services", again.token()).await.expect(200);
}

#[tokio::test]
async fn a_retiree_signs_in_with_the_pension_number() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(RETIREE).await;
    assert_eq!(session.body["member"]["kind"], "retired");
    fixture.get("/v1/services", session.token()).await.expect(200);
}

#[tokio::test]
async fn identifiers_typed_on_an_arabic_keyboard_are_understood() {
    let fixture = PortalFixture::new().await;
    let typed = json!({ "kind": "active", "ppr": "\u{200F}٠١٢٣٤٥٦", "cin": "ab 123-456",
        "email": " Membre.Essai@Finances.test " });
    fixture.request_password(&typed).await.expect(202);
    let password = fixture.mail().await.password().unwrap();
    let copied = format!("\u{2068} {password} \u{2069}\n");
    fixture.sign_in("٠١٢٣٤٥٦", &copied).await.expect(201);
}
