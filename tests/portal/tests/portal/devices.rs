//! Sessions and known devices of a member.

use fos_support::seed::{COLLEAGUE, MEMBER, PASSWORD};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{ApiResponse, PortalFixture, Session};

const WRONG: &str = "pas le bon mot de passe";

async fn end(fixture: &PortalFixture, session: &Session, id: &str) -> ApiResponse {
    let request = fixture.request(Method::DELETE, &format!("/v1/sessions/{id}")).bearer_auth(session.token());
    ApiResponse::read(request.send().await.unwrap()).await
}

async fn sessions(fixture: &PortalFixture, session: &Session) -> Vec<Value> {
    let list = fixture.get("/v1/sessions", session.token()).await.expect(200);
    list["sessions"].as_array().unwrap().clone()
}

async fn sign_in_known(fixture: &PortalFixture, password: &str, device_token: &Value) -> ApiResponse {
    let body = json!({ "ppr": MEMBER, "password": password, "captcha": fixture.captcha().await, "device": "",
        "device_token": device_token });
    fixture.post("/v1/sessions", &body).await
}

#[tokio::test]
async fn a_member_lists_their_sessions_and_ends_one() {
    let fixture = PortalFixture::new().await;
    let there = fixture.member(MEMBER).await;
    fixture.advance_clock(60);
    let here = fixture.session(MEMBER, PASSWORD).await;
    let open = sessions(&fixture, &here).await;
    assert_eq!(open.len(), 2);
    assert_eq!(open[0]["current"], true);
    assert_eq!(open[0]["opened_at"], "2026-11-24T09:01:00Z");
    assert_eq!(open[1]["current"], false);
    assert_eq!(open[1]["device"], "Téléphone d’essai");
    assert_eq!(open[1]["used_at"], "2026-11-24T09:00:00Z");
    end(&fixture, &here, open[1]["id"].as_str().unwrap()).await.expect(204);
    fixture.get("/v1/services", there.token()).await.expect_problem(401, "session");
    fixture.refresh(there.refresh_token()).await.expect_problem(401, "session");
    assert_eq!(sessions(&fixture, &here).await.len(), 1);
    end(&fixture, &here, open[0]["id"].as_str().unwrap()).await.expect(204);
    fixture.get("/v1/services", here.token()).await.expect_problem(401, "session");
}

#[tokio::test]
async fn a_session_of_another_member_cannot_be_ended() {
    let fixture = PortalFixture::new().await;
    let mine = fixture.member(MEMBER).await;
    let theirs = fixture.member(COLLEAGUE).await;
    let id = sessions(&fixture, &theirs).await[0]["id"].as_str().unwrap().to_owned();
    for id in [id.as_str(), "1", "nothing", "%00", "' OR 1=1 --"] {
        end(&fixture, &mine, id).await.expect_problem(404, "not-found");
    }
    fixture.get("/v1/services", theirs.token()).await.expect(200);
}

#[tokio::test]
async fn an_expired_session_is_not_listed() {
    let fixture = PortalFixture::new().await;
    fixture.member(MEMBER).await;
    fixture.advance_clock(91 * 24 * 60 * 60);
    let here = fixture.session(MEMBER, PASSWORD).await;
    assert_eq!(sessions(&fixture, &here).await.len(), 1);
}

#[tokio::test]
async fn a_known_device_signs_in_despite_guesses_from_elsewhere() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let known = &session.body["device_token"];
    for _ in 0..5 {
        fixture.sign_in(MEMBER, WRONG).await.expect_problem(401, "credentials");
    }
    fixture.sign_in(MEMBER, PASSWORD).await.expect_problem(429, "too-many");
    let again = sign_in_known(&fixture, PASSWORD, known).await.expect(201);
    assert_ne!(&again["device_token"], known, "a token is given once for each sign-in");
    // The account is still blocked for unknown devices.
    fixture.sign_in(MEMBER, PASSWORD).await.expect_problem(429, "too-many");
    // A known device is blocked by its own wrong passwords.
    for _ in 0..5 {
        sign_in_known(&fixture, WRONG, &again["device_token"]).await.expect_problem(401, "credentials");
    }
    let held = sign_in_known(&fixture, PASSWORD, &again["device_token"]).await;
    assert_eq!(held.header("retry-after"), "30");
    held.expect_problem(429, "too-many");
}

#[tokio::test]
async fn a_mailed_password_signs_in_despite_guesses_from_elsewhere() {
    let fixture = PortalFixture::new().await;
    let mailed = fixture.mailed_password(MEMBER).await;
    for _ in 0..5 {
        fixture.sign_in(MEMBER, WRONG).await.expect_problem(401, "credentials");
    }
    fixture.sign_in(MEMBER, WRONG).await.expect_problem(429, "too-many");
    fixture.sign_in(MEMBER, "bcdfg-hjkmn-pqrst").await.expect_problem(429, "too-many");
    let shown = fixture.run_command("members show 0123456").unwrap();
    assert!(shown.contains("waits until       2026-11-24T09:00:30Z, a mailed password signs in"), "{shown}");
    fixture.session(MEMBER, &mailed).await;
}

#[tokio::test]
async fn a_mailed_password_is_not_stored_in_clear() {
    let fixture = PortalFixture::new().await;
    let mailed = fixture.mailed_password(MEMBER).await;
    let disk = fixture.stored_bytes();
    for form in [mailed.clone(), mailed.replace('-', "")] {
        assert!(!disk.windows(form.len()).any(|bytes| bytes == form.as_bytes()));
    }
}

#[tokio::test]
async fn a_device_name_with_control_characters_is_rejected() {
    let fixture = PortalFixture::new().await;
    fixture.member(MEMBER).await;
    for name in [
        "\u{1b}]0;titre\u{7}",
        "\u{1b}[2J",
        "un\ndeux",
        "\u{9b}31m",
        "\0",
        "\u{7f}",
        "a\u{202e}b",
        "\u{2066}a",
        "a\u{200f}",
        "un\u{2028}deux",
    ] {
        let body = json!({ "ppr": MEMBER, "password": PASSWORD, "captcha": fixture.captcha().await, "device": name });
        fixture.post("/v1/sessions", &body).await.expect_fields(&[("device", "format")]);
    }
    let body = json!({ "ppr": MEMBER, "password": PASSWORD, "captcha": fixture.captcha().await,
        "device": "Téléphone d’essai 📱 هاتف" });
    fixture.post("/v1/sessions", &body).await.expect(201);
}

#[tokio::test]
async fn a_device_token_is_valid_for_its_own_member_until_it_expires() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let theirs = fixture.member(COLLEAGUE).await;
    assert!(fixture.refresh(session.refresh_token()).await.expect(200).get("device_token").is_none());
    for _ in 0..5 {
        fixture.sign_in(MEMBER, WRONG).await.expect_problem(401, "credentials");
    }
    for unknown in [&theirs.body["device_token"], &json!("nothing"), &json!("")] {
        sign_in_known(&fixture, PASSWORD, unknown).await.expect_problem(429, "too-many");
    }
    let disk = fixture.stored_bytes();
    let token = session.body["device_token"].as_str().unwrap();
    assert!(!disk.windows(token.len()).any(|bytes| bytes == token.as_bytes()));
}

#[tokio::test]
async fn a_device_whose_session_was_ended_is_no_longer_known() {
    let fixture = PortalFixture::new().await;
    let lost = fixture.member(MEMBER).await;
    fixture.advance_clock(60);
    let here = fixture.session(MEMBER, PASSWORD).await;
    let id = sessions(&fixture, &here).await[1]["id"].as_str().unwrap().to_owned();
    end(&fixture, &here, &id).await.expect(204);
    for _ in 0..5 {
        fixture.sign_in(MEMBER, WRONG).await.expect_problem(401, "credentials");
    }
    sign_in_known(&fixture, PASSWORD, &lost.body["device_token"]).await.expect_problem(429, "too-many");
    sign_in_known(&fixture, PASSWORD, &here.body["device_token"]).await.expect(201);
}

#[tokio::test]
async fn guesses_from_elsewhere_do_not_block_a_password_change() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    for _ in 0..5 {
        fixture.sign_in(MEMBER, WRONG).await.expect_problem(401, "credentials");
    }
    fixture.sign_in(MEMBER, PASSWORD).await.expect_problem(429, "too-many");
    let change = json!({ "new": "une autre phrase à retenir", "current": PASSWORD });
    fixture.set_password(&session, &change).await.expect(200);
}

#[tokio::test]
async fn a_changed_password_leaves_only_this_device_known() {
    let fixture = PortalFixture::new().await;
    let there = fixture.member(MEMBER).await;
    let here = fixture.session(MEMBER, PASSWORD).await;
    let new = "une autre phrase à retenir";
    fixture.set_password(&here, &json!({ "new": new, "current": PASSWORD })).await.expect(200);
    for _ in 0..5 {
        fixture.sign_in(MEMBER, WRONG).await.expect_problem(401, "credentials");
    }
    sign_in_known(&fixture, new, &there.body["device_token"]).await.expect_problem(429, "too-many");
    sign_in_known(&fixture, new, &here.body["device_token"]).await.expect(201);
}
