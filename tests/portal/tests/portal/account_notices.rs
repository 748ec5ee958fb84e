//! Emails about the account: a password was set, an unknown device signed in.

use fos_support::seed::{COLLEAGUE, MEMBER, PASSWORD};
use serde_json::json;

use crate::support::{PortalFixture, password_request_of};

const TWO_ADDRESSES: &str = "ppr,kind,cin,pension_number,name_ar,name_fr,emails\n\
    0123456,active,AB123456,,عضو تجربة,Membre Essai,membre.essai@finances.test membre.essai@mail.test\n";

#[tokio::test]
async fn every_address_on_file_is_told_of_a_new_password() {
    let fixture = PortalFixture::new().await;
    fixture.run_command(&format!("members import {}", fixture.file("members.csv", TWO_ADDRESSES))).unwrap();
    assert_eq!(fixture.mail().await.password(), None, "the address on file is notified of the other");
    let session = fixture.member(MEMBER).await;
    let mut recipients = Vec::new();
    for _ in 0..2 {
        let notice = fixture.notice().await;
        for body in [&notice.text, &notice.html] {
            assert!(body.contains("السلام عليكم") && body.contains("Bonjour"), "{body}");
            assert!(body.contains("24 novembre 2026 à 09:00") && body.contains("24 نونبر 2026"), "{body}");
            assert!(body.contains("+212500000000"), "whom to call: {body}");
            assert_eq!(body.matches("456").count(), 2, "once in each language: {body}");
            assert!(!body.contains(MEMBER) && !body.contains(PASSWORD), "{body}");
        }
        recipients.extend(notice.to);
    }
    recipients.sort();
    assert_eq!(recipients, ["membre.essai@finances.test", "membre.essai@mail.test"]);
    let change = json!({ "new": "une autre phrase longue", "current": PASSWORD });
    fixture.set_password(&session, &change).await.expect(200);
    assert!(fixture.notice().await.text.contains("Un nouveau mot de passe"));
}

#[tokio::test]
async fn a_sign_in_on_an_unknown_device_is_told_but_the_first_and_one_on_a_known_device_are_not() {
    let fixture = PortalFixture::new().await;
    let first = fixture.member(MEMBER).await;
    assert!(fixture.notice().await.text.contains("Un nouveau mot de passe"));
    let known = json!({ "ppr": MEMBER, "password": PASSWORD, "captcha": fixture.captcha().await,
        "device": "Téléphone connu", "device_token": first.body["device_token"] });
    fixture.post("/v1/sessions", &known).await.expect(201);
    fixture.session(MEMBER, PASSWORD).await;
    let notice = fixture.notice().await;
    assert_eq!(notice.to, ["membre.essai@finances.test"]);
    for body in [&notice.text, &notice.html] {
        assert!(body.contains("Un nouvel appareil") && body.contains("جهاز جديد"), "{body}");
        assert_eq!(body.matches("Téléphone d’essai").count(), 2, "{body}");
        assert!(body.contains("à 09:00, heure du Maroc"), "{body}");
    }
    assert_eq!(fixture.mailbox.messages().iter().filter(|mail| mail.is_account_notice()).count(), 2);
}

#[tokio::test]
async fn a_notice_that_waits_for_an_address_off_the_file_is_not_sent() {
    let fixture = PortalFixture::new().await;
    fixture.member(MEMBER).await;
    fixture.notice().await;
    let (fixture, outage) = fixture.without_mail_server().await;
    fixture.session(MEMBER, PASSWORD).await;
    outage.wait_for_call().await;
    fixture.run_command("members address set 0123456 nouvelle.essai@finances.test").unwrap();
    let fixture = fixture.restart_as(outage.end()).await;
    assert_eq!(fixture.mail().await.to, ["membre.essai@finances.test"], "notified of the change");
    fixture.mailed_password(COLLEAGUE).await;
    assert_eq!(fixture.mailbox.messages().iter().filter(|mail| mail.is_account_notice()).count(), 1);
}

#[tokio::test]
async fn a_notice_stays_a_week_at_most() {
    let fixture = PortalFixture::new().await;
    fixture.member(MEMBER).await;
    fixture.notice().await;
    let (fixture, outage) = fixture.without_mail_server().await;
    fixture.session(MEMBER, PASSWORD).await;
    outage.wait_for_call().await;
    fixture.advance_clock(7 * 24 * 60 * 60);
    let fixture = fixture.restart_as(outage.end()).await;
    let mut request = password_request_of(MEMBER);
    request["email"] = "membre.essai@finances.test".into();
    fixture.request_password(&request).await.expect(202);
    assert!(fixture.mail().await.password().is_some());
    assert_eq!(fixture.mailbox.messages().iter().filter(|mail| mail.is_account_notice()).count(), 1);
}
