//! Signed config and maintenance.

use fos_support::seed::MEMBER;
use reqwest::Method;
use ring::signature::{ED25519, UnparsedPublicKey};
use serde_json::{Value, json};

use crate::support::{ApiResponse, PortalFixture};

async fn config(fixture: &PortalFixture) -> Value {
    let config = fixture.get("/v1/config", "").await.expect(200);
    let payload = config["payload"].as_str().unwrap();
    let signature = hex::decode(config["signature"].as_str().unwrap()).unwrap();
    let key = hex::decode(fixture.portal.config_key()).unwrap();
    UnparsedPublicKey::new(&ED25519, key).verify(payload.as_bytes(), &signature).unwrap();
    serde_json::from_str(payload).unwrap()
}

#[tokio::test]
async fn the_config_is_signed_and_complete() {
    let fixture = PortalFixture::new().await;
    assert_eq!(
        config(&fixture).await,
        json!({
            "serial": 1, "minimum_version": "0.1.0", "recommended_version": "0.1.0", "maintenance": null,
            "charter_version": "2026-1", "mail_again_after_seconds": 120,
            "contacts": {
                "phone": "+212500000000", "email": "aide@fos.test",
                "hours": { "ar": "من الاثنين إلى الجمعة، من 9:00 إلى 16:00",
                    "fr": "Du lundi au vendredi, de 9 h à 16 h" },
                "address": { "ar": "شارع المثال، الرباط", "fr": "Avenue de l’Exemple, Rabat" },
            },
            "authorisation": null,
            "stores": { "android": "https://fos.test/android", "ios": "https://fos.test/ios" },
        })
    );
    let key = fos_portal::config_key(fixture.data.path()).unwrap();
    assert_eq!(key, fixture.portal.config_key());
    assert_eq!(key.len(), 64);
}

#[tokio::test]
async fn an_unchanged_config_is_not_sent_again() {
    let fixture = PortalFixture::new().await;
    let tag = fixture.get("/v1/config", "").await.header("etag").to_owned();
    let request = fixture.request(Method::GET, "/v1/config").header("if-none-match", &tag);
    let unchanged = ApiResponse::read(request.send().await.unwrap()).await;
    assert_eq!(unchanged.status, 304);
    assert_eq!(unchanged.header("fos-config"), "1");
    fixture.run_command("versions set --minimum 0.1.0 --recommended 0.2.0").unwrap();
    let request = fixture.request(Method::GET, "/v1/config").header("if-none-match", &tag);
    let changed = ApiResponse::read(request.send().await.unwrap()).await;
    assert_eq!(changed.header("fos-config"), "2");
    changed.expect(200);
}

#[tokio::test]
async fn every_response_carries_the_serial_which_grows_with_every_change() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    for (path, status) in
        [("/v1/captcha", 200), ("/v1/services", 200), ("/v1/charter", 200), ("/v1/nothing", 404)]
    {
        let answer = fixture.get(path, session.token()).await;
        assert_eq!((answer.status.as_u16(), answer.header("fos-config")), (status, "1"), "{path}");
    }
    let refused = fixture.get("/v1/services", "").await;
    assert_eq!((refused.status.as_u16(), refused.header("fos-config")), (401, "1"));
    let unknown =
        ApiResponse::read(fixture.request(Method::PATCH, "/v1/captcha").send().await.unwrap()).await;
    assert_eq!((unknown.status.as_u16(), unknown.header("fos-config")), (405, "1"));

    fixture.run_command("versions set --minimum 0.1.0 --recommended 0.2.0").unwrap();
    assert_eq!(config(&fixture).await["serial"], 2);
    fixture.run_command("versions set --minimum 0.1.0 --recommended 0.2.0").unwrap();
    fixture.run_command("services close social-loan").unwrap();
    assert_eq!(config(&fixture).await["serial"], 2, "nothing an app must know has changed");
    let folder = fixture.edited_seed("charter/charter.toml", |text| text.replace("2026-1", "2027-1"));
    fixture.run_command(&format!("charter publish {}/charter", folder.path().display())).unwrap();
    let now = config(&fixture).await;
    assert_eq!((&now["serial"], &now["charter_version"]), (&json!(3), &json!("2027-1")));
    let fixture = fixture.restart().await;
    assert_eq!(config(&fixture).await, now);
}

#[tokio::test]
async fn contacts_and_stores_are_published_from_a_file() {
    let fixture = PortalFixture::new().await;
    let file = fixture.file(
        "config.toml",
        "authorisation = \"A-0/0000\"\n[versions]\nminimum = \"1.0.0\"\nrecommended = \"1.2.0\"\n\
         [contacts]\nemail = \"autre@fos.test\"\n",
    );
    fixture.run_command(&format!("config publish {file}")).unwrap();
    let now = config(&fixture).await;
    assert_eq!(
        now["contacts"],
        json!({ "phone": null, "email": "autre@fos.test", "hours": null, "address": null })
    );
    assert_eq!(now["authorisation"], "A-0/0000");
    assert_eq!(now["stores"], json!({ "android": null, "ios": null }));
    assert_eq!(now["recommended_version"], "1.2.0");
}

#[tokio::test]
async fn maintenance_rejects_every_call_but_the_config_with_retry_after() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    fixture
        .run_command("maintenance on --until 2026-11-24T10:00:00Z --reason-ar صيانة --reason-fr Travaux")
        .unwrap();
    let now = config(&fixture).await;
    assert_eq!(
        now["maintenance"],
        json!({ "until": "2026-11-24T10:00:00Z", "reason": { "ar": "صيانة", "fr": "Travaux" } })
    );
    for path in ["/v1/services", "/v1/captcha", "/v1/charter", "/v1/nothing"] {
        let answer = fixture.get(path, session.token()).await;
        assert_eq!(answer.header("retry-after"), "3600");
        assert_eq!(answer.header("fos-config"), "2");
        answer.expect_problem(503, "maintenance");
    }
    fixture
        .post("/v1/password-requests", &crate::support::password_request_of(MEMBER))
        .await
        .expect_problem(503, "maintenance");
    fixture.advance_clock(3_600);
    assert_eq!(fixture.get("/v1/captcha", "").await.header("retry-after"), "300");
    fixture.run_command("maintenance off").unwrap();
    fixture.run_command("maintenance on").unwrap();
    assert_eq!(fixture.get("/v1/captcha", "").await.header("retry-after"), "300");
    assert_eq!(config(&fixture).await["maintenance"], json!({ "until": null, "reason": null }));
    fixture.run_command("maintenance off").unwrap();
    fixture.get("/v1/captcha", "").await.expect(200);
    assert_eq!(config(&fixture).await["maintenance"], Value::Null);
}
