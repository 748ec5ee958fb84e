//! Sign-in: payroll number, password and captcha (guide step 5).

use fos_support::seed::{MEMBER, PASSWORD, RETIREE};
use serde_json::{Value, json};

use crate::support::PortalFixture;

fn sign_in(captcha: &Value) -> Value {
    json!({ "ppr": MEMBER, "password": PASSWORD, "captcha": captcha, "device": "Téléphone d’essai" })
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_number_get_the_same_response() {
    let fixture = PortalFixture::new().await;
    fixture.member(MEMBER).await;
    let wrong = fixture.sign_in(MEMBER, "pas le bon mot de passe").await;
    let unknown = fixture.sign_in("999999", PASSWORD).await;
    assert_eq!(wrong.bytes, unknown.bytes);
    wrong.expect_problem(401, "credentials");
    unknown.expect_problem(401, "credentials");
}

#[tokio::test]
async fn a_solved_captcha_is_accepted_once() {
    let fixture = PortalFixture::new().await;
    fixture.member(MEMBER).await;
    let captcha = fixture.captcha().await;
    fixture.post("/v1/sessions", &sign_in(&captcha)).await.expect(201);
    fixture.post("/v1/sessions", &sign_in(&captcha)).await.expect_problem(422, "captcha");
}

#[tokio::test]
async fn a_solved_captcha_is_spent_by_a_wrong_password_too() {
    let fixture = PortalFixture::new().await;
    fixture.member(MEMBER).await;
    let captcha = fixture.captcha().await;
    let mut wrong = sign_in(&captcha);
    wrong["password"] = "pas le bon mot de passe".into();
    fixture.post("/v1/sessions", &wrong).await.expect_problem(401, "credentials");
    fixture.post("/v1/sessions", &sign_in(&captcha)).await.expect_problem(422, "captcha");
}

#[tokio::test]
async fn a_missing_wrong_or_forged_captcha_is_rejected() {
    let fixture = PortalFixture::new().await;
    fixture.member(MEMBER).await;
    let body = json!({ "ppr": MEMBER, "password": PASSWORD, "device": "" });
    fixture.post("/v1/sessions", &body).await.expect_problem(422, "captcha");
    let solved = fixture.captcha().await;
    let malformed_variants = [
        ("/solution/derivedKey", json!("00")),
        ("/solution/derivedKey", json!("not hexadecimal")),
        ("/challenge/parameters/cost", json!(u32::MAX)),
        ("/challenge/parameters/keyPrefix", json!("")),
        ("/challenge/parameters/expiresAt", json!(i64::MAX)),
        ("/challenge/parameters/algorithm", json!("SHA-1")),
        ("/challenge/parameters/keyLength", json!(u64::MAX)),
        ("/challenge/signature", json!("00")),
    ];
    for (at, value) in malformed_variants {
        let mut captcha = solved.clone();
        *captcha.pointer_mut(at).unwrap() = value;
        fixture.post("/v1/sessions", &sign_in(&captcha)).await.expect_problem(422, "captcha");
    }
    fixture.post("/v1/sessions", &sign_in(&solved)).await.expect(201);
}

#[tokio::test]
async fn a_captcha_expires() {
    let fixture = PortalFixture::new().await;
    fixture.member(MEMBER).await;
    let captcha = fixture.captcha().await;
    fixture.advance_clock(20 * 60 + 1);
    fixture.post("/v1/sessions", &sign_in(&captcha)).await.expect_problem(422, "captcha");
}

#[tokio::test]
async fn wrong_passwords_are_throttled_with_a_growing_delay() {
    let fixture = PortalFixture::new().await;
    fixture.member(MEMBER).await;
    for ppr in [MEMBER, "999999"] {
        for _ in 0..5 {
            fixture.sign_in(ppr, "pas le bon mot de passe").await.expect_problem(401, "credentials");
        }
        let held = fixture.sign_in(ppr, PASSWORD).await;
        assert_eq!(held.header("retry-after"), "30");
        held.expect_problem(429, "too-many");
        fixture.advance_clock(30);
        fixture.sign_in(ppr, "pas le bon mot de passe").await.expect_problem(401, "credentials");
        assert_eq!(fixture.sign_in(ppr, PASSWORD).await.header("retry-after"), "60");
    }
    fixture.advance_clock(60);
    fixture.session(MEMBER, PASSWORD).await;
    fixture.sign_in(MEMBER, "pas le bon mot de passe").await.expect_problem(401, "credentials");
    fixture.session(MEMBER, PASSWORD).await;
}

#[tokio::test]
async fn zeros_before_a_number_give_no_more_attempts_whether_or_not_it_belongs_to_anybody() {
    let fixture = PortalFixture::new().await;
    fixture.member(MEMBER).await;
    for spellings in [["0123456", "123456", "00123456"], ["0999999", "999999", "00999999"]] {
        for ppr in spellings.iter().cycle().take(5) {
            fixture.sign_in(ppr, "pas le bon mot de passe").await.expect_problem(401, "credentials");
        }
        for ppr in spellings {
            fixture.sign_in(ppr, PASSWORD).await.expect_problem(429, "too-many");
        }
    }
}

#[tokio::test]
async fn a_member_signs_in_without_the_zero_before_their_number() {
    let fixture = PortalFixture::new().await;
    fixture.member(MEMBER).await;
    for ppr in ["123456", "00123456", "012-3456", "١٢٣٤٥٦"] {
        assert_eq!(fixture.session(ppr, PASSWORD).await.body["member"]["ppr"], MEMBER, "{ppr}");
    }
}

#[tokio::test]
async fn a_session_says_what_a_password_must_not_contain() {
    let fixture = PortalFixture::new().await;
    fixture.member(MEMBER).await;
    let session = fixture.session(MEMBER, PASSWORD).await;
    assert_eq!(session.body["member"]["password_identifiers"], json!(["AB123456", "membre.essai"]));
    let refreshed = fixture.refresh(session.refresh_token()).await.expect(200);
    assert_eq!(refreshed["member"], session.body["member"]);
    let mailed = fixture.mailed_password(RETIREE).await;
    let retired = fixture.session(RETIREE, &mailed).await;
    assert_eq!(
        retired.body["member"]["password_identifiers"],
        json!(["J345678", "88/4521", "retraite.essai"])
    );
}

#[tokio::test]
async fn missing_fields_are_named() {
    let fixture = PortalFixture::new().await;
    let body = json!({ "ppr": "", "device": "x".repeat(101) });
    fixture.post("/v1/sessions", &body).await.expect_fields(&[
        ("ppr", "required"),
        ("password", "required"),
        ("device", "too-long"),
    ]);
}

#[tokio::test]
async fn a_chosen_password_is_compared_as_typed_but_for_unicode_forms_and_spaces_at_its_ends() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let body = json!({ "current": PASSWORD, "new": "Mot d\u{2019}e\u{301}te\u{301} 2026" });
    fixture.set_password(&session, &body).await.expect(200);
    for same in ["Mot d\u{2019}\u{e9}t\u{e9} 2026", " Mot d\u{2019}\u{e9}t\u{e9} 2026\u{a0}"] {
        fixture.session(MEMBER, same).await;
    }
    for other in [
        "mot d\u{2019}\u{e9}t\u{e9} 2026",
        "Mot d\u{2019}\u{e9}t\u{e9} ٢٠٢٦",
        "Mot  d\u{2019}\u{e9}t\u{e9} 2026",
    ] {
        fixture.sign_in(MEMBER, other).await.expect_problem(401, "credentials");
    }
}
