//! Charter: reading and acceptance (guide step 6).

use fos_support::seed::MEMBER;
use serde_json::json;

use crate::support::{ApiResponse, PortalFixture};

#[tokio::test]
async fn the_charter_comes_in_both_languages_and_is_not_sent_twice() {
    let fixture = PortalFixture::new().await;
    let password = fixture.mailed_password(MEMBER).await;
    let session = fixture.session(MEMBER, &password).await;
    let answer = fixture.get("/v1/charter", session.token()).await;
    let tag = answer.header("etag").to_owned();
    assert!(tag.starts_with('"') && tag.ends_with('"'), "{tag}");
    let charter = answer.expect(200);
    assert_eq!(charter["version"], "2026-1");
    assert_eq!(charter["published"], "2026-01-05");
    assert_eq!(charter["texts"]["ar"]["title"], "ميثاق الاستعمال");
    assert_eq!(charter["texts"]["fr"]["title"], "Charte d’utilisation");

    for known in [tag.clone(), format!("\"other\", W/{tag}"), "*".to_owned()] {
        let request = fixture.request(reqwest::Method::GET, "/v1/charter").bearer_auth(session.token());
        let answer = ApiResponse::read(request.header("if-none-match", known).send().await.unwrap()).await;
        assert_eq!(answer.header("etag"), tag);
        assert_eq!(answer.expect(304), serde_json::Value::Null);
    }
}

#[tokio::test]
async fn accepting_twice_keeps_the_first_time() {
    let fixture = PortalFixture::new().await;
    let password = fixture.mailed_password(MEMBER).await;
    let session = fixture.session(MEMBER, &password).await;
    let first = fixture.accept(&session).await.expect(200);
    fixture.advance_clock(60);
    assert_eq!(fixture.accept(&session).await.expect(200), first);
}

#[tokio::test]
async fn another_version_or_another_text_cannot_be_accepted() {
    let fixture = PortalFixture::new().await;
    let password = fixture.mailed_password(MEMBER).await;
    let session = fixture.session(MEMBER, &password).await;
    let charter = fixture.get("/v1/charter", session.token()).await.expect(200);
    let text = &charter["texts"]["fr"]["sha256"];
    for body in [
        json!({ "version": "2025-1", "sha256": text }),
        json!({ "version": "2026-1", "sha256": "00" }),
        json!({ "version": "2026-1", "sha256": "" }),
    ] {
        fixture.acceptance(&session, &body).await.expect_problem(409, "charter-version");
    }
    fixture.acceptance(&session, &json!({ "version": "2026-1", "sha256": text })).await.expect(200);
}

#[tokio::test]
async fn a_new_version_is_due_in_sessions_already_open() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let folder = fixture.edited_seed("charter/charter.toml", |text| text.replace("2026-1", "2027-1"));
    let publish = format!("charter publish {}/charter", folder.path().display());
    fixture.run_command(&publish).unwrap();
    fixture.get("/v1/services", session.token()).await.expect_problem(403, "restricted");
    fixture.accept(&session).await.expect(200);
    fixture.get("/v1/services", session.token()).await.expect(200);
    fixture.run_command(&publish).unwrap_err();
}

#[tokio::test]
async fn a_charter_version_never_changes_its_text() {
    let fixture = PortalFixture::new().await;
    let folder = fixture.edited_seed("charter/fr.md", |text| text.replace("## 7. A", "## 7. L’a"));
    let refusal =
        fixture.run_command(&format!("charter publish {}/charter", folder.path().display())).unwrap_err();
    assert!(refusal.to_string().contains("2026-1"), "{refusal}");
}

#[tokio::test]
async fn the_day_of_acceptance_can_be_read_later() {
    let fixture = PortalFixture::new().await;
    let password = fixture.mailed_password(MEMBER).await;
    let session = fixture.session(MEMBER, &password).await;
    let before = fixture.get("/v1/charter", session.token()).await;
    let tag = before.header("etag").to_owned();
    assert_eq!(before.expect(200)["accepted_at"], serde_json::Value::Null);
    fixture.accept(&session).await.expect(200);
    fixture.advance_clock(60);
    let after = fixture.get("/v1/charter", session.token()).await;
    assert_ne!(after.header("etag"), tag);
    assert_eq!(after.expect(200)["accepted_at"], "2026-11-24T09:00:00Z");
}
