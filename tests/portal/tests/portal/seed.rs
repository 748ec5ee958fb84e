//! Content of the seed folder.

use std::{fs, path::Path};

use fos_support::seed::{MEMBER, PASSWORD};
use serde_json::{Value, json};

use crate::support::{PortalFixture, password_request_of};

fn is_arabic(text: &str) -> bool {
    text.chars().any(|c| ('\u{0621}'..='\u{064A}').contains(&c))
}

/// Visits every `{ar, fr}` text of `value`.
fn each_text(value: &Value, visit: &mut impl FnMut(&str, &str)) {
    match value {
        Value::Object(object) => {
            if let (Some(Value::String(ar)), Some(Value::String(fr))) = (object.get("ar"), object.get("fr")) {
                visit(ar, fr);
            }
            object.values().for_each(|value| each_text(value, visit));
        }
        Value::Array(array) => array.iter().for_each(|value| each_text(value, visit)),
        _ => {}
    }
}

#[tokio::test]
async fn every_text_of_the_catalogue_is_in_both_languages() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let catalogue = fixture.get("/v1/services", session.token()).await.expect(200);
    let mut texts = 0;
    each_text(&catalogue, &mut |ar, fr| {
        assert!(is_arabic(ar), "{ar}");
        assert!(!fr.is_empty() && !is_arabic(fr), "{fr}");
        texts += 1;
    });
    assert!(texts > 40, "{texts}");
    for id in crate::forms::WITH_FORMS {
        let form = fixture.get(&format!("/v1/services/{id}/form"), session.token()).await.expect(200);
        texts = 0;
        each_text(&form, &mut |ar, fr| {
            assert!(is_arabic(ar), "{ar}");
            assert!(!fr.is_empty() && !is_arabic(fr), "{fr}");
            texts += 1;
        });
        assert!(texts > 20, "{id}: {texts}");
    }
}

#[tokio::test]
async fn the_charter_has_the_same_articles_in_both_languages() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let charter = fixture.get("/v1/charter", session.token()).await.expect(200);
    let articles = |language: &str| charter["texts"][language]["articles"].as_array().unwrap().clone();
    let (ar, fr) = (articles("ar"), articles("fr"));
    assert!((6..=8).contains(&ar.len()));
    assert_eq!(ar.len(), fr.len());
    for (number, (ar, fr)) in (1..).zip(ar.iter().zip(&fr)) {
        let (ar_heading, fr_heading) = (ar["heading"].as_str().unwrap(), fr["heading"].as_str().unwrap());
        assert!(ar_heading.starts_with(&format!("{number}. ")) && is_arabic(ar_heading), "{ar_heading}");
        assert!(fr_heading.starts_with(&format!("{number}. ")) && !is_arabic(fr_heading), "{fr_heading}");
        assert_eq!(ar["paragraphs"].as_array().unwrap().len(), fr["paragraphs"].as_array().unwrap().len());
    }
}

/// RFC 2606: nothing under `.test` is ever delivered.
fn is_undeliverable(address: &toml::Value) -> bool {
    address.as_str().unwrap().rsplit('.').next() == Some("test")
}

#[test]
fn members_of_the_seed_are_fictitious_with_undeliverable_addresses() {
    let seed = Path::new(env!("CARGO_MANIFEST_DIR")).join("seed");
    let members = fs::read_to_string(seed.join("members.toml")).unwrap();
    let members: toml::Table = members.parse().unwrap();
    for member in members["member"].as_array().unwrap() {
        assert!(member["name"]["fr"].as_str().unwrap().contains("Essai"));
        assert!(member["name"]["ar"].as_str().unwrap().contains("تجربة"));
        for email in member["emails"].as_array().unwrap() {
            assert!(is_undeliverable(email));
        }
        for person in member.get("family").and_then(toml::Value::as_array).into_iter().flatten() {
            assert!(person["name"]["fr"].as_str().unwrap().contains("Essai"));
            assert!(person["name"]["ar"].as_str().unwrap().contains("تجربة"));
        }
    }
    let domains: toml::Table =
        fs::read_to_string(seed.join("professional-domains.toml")).unwrap().parse().unwrap();
    let domains = domains["domains"].as_array().unwrap();
    assert!(domains.iter().all(is_undeliverable));
}

#[tokio::test]
async fn the_seed_inserts_new_entries_and_reverts_no_change() {
    let fixture = PortalFixture::new().await;
    fixture.run_command("members address set 0123456 nouvelle.essai@finances.test").unwrap();
    fixture.run_command("services close medical-assistance").unwrap();
    fixture.run_command("versions set --minimum 0.2.0 --recommended 0.3.0").unwrap();
    let seed = fixture.edited_seed("members.toml", |text| {
        let known = text.replace("AB123456", "AB999999");
        format!("{known}\n[[member]]\nppr = \"0999999\"\nkind = \"active\"\ncin = \"A999999\"\n\
            name = {{ ar = \"عضو تجربة\", fr = \"Nouveau Essai\" }}\nemails = [\"nouveau.essai@finances.test\"]\n")
    });
    let mut config = fixture.config.clone();
    config.seed = seed.path().to_owned();
    let fixture = fixture.restart_as(config).await;
    assert_eq!(fixture.mail().await.to, ["membre.essai@finances.test"], "the old address is notified");

    let mut request = password_request_of(MEMBER);
    request["email"] = "nouvelle.essai@finances.test".into();
    fixture.request_password(&request).await.expect(202);
    let password = fixture.mail().await.password().unwrap();
    let session = fixture.session(MEMBER, &password).await;
    fixture.accept(&session).await.expect(200);
    fixture.set_password(&session, &json!({ "new": PASSWORD })).await.expect(200);
    let services = fixture.get("/v1/services", session.token()).await.expect(200);
    let services = services["services"].as_array().unwrap();
    assert!(services.iter().any(|one| one["id"] == "medical-assistance" && one["status"] == "closed"));
    let config = fixture.get("/v1/config", "").await.expect(200);
    assert!(config["payload"].as_str().unwrap().contains("\"minimum_version\":\"0.2.0\""));

    let new = json!({ "kind": "active", "ppr": "0999999", "cin": "A999999",
        "email": "nouveau.essai@finances.test" });
    fixture.request_password(&new).await.expect(202);
    assert_eq!(fixture.mail().await.to, ["nouveau.essai@finances.test"]);
}

#[tokio::test]
async fn an_invalid_seed_file_prevents_the_start() {
    let fixture = PortalFixture::new().await;
    for (file, from, to) in [
        ("members.toml", "AB123456", "123456"),
        ("members.toml", "pension_number = ", "number = "),
        ("members.toml", "retraite.essai@mail.test", "retraite.essai"),
        ("services.toml", "id = \"hajj-grant\"", "id = \"sport\""),
        ("services.toml", "circulars/2-26.pdf", "circulars/3-26.pdf"),
        ("services.toml", "circulars/2-26.pdf", "services.toml"),
        ("services.toml", "opens = \"2026-01-12\"", "opens = \"12/01/2026\""),
        ("config.toml", "+212500000000", "0500000000"),
        ("config.toml", "minimum = \"0.1.0\"", "minimum = \"0.1\""),
        ("charter/ar.md", "## 1. ", "# 1. "),
        ("charter/fr.md", "## 7. ", ""),
        ("charter/charter.toml", "version = ", "edition = "),
        ("members.toml", "id = \"essai-2\"", "id = \"essai-1\""),
        ("members.toml", "relation = \"child\"", "relation = \"cousin\""),
        ("members.toml", "2014-09-21", "21/09/2014"),
        ("forms/hajj-grant.toml", "service = \"hajj-grant\"", "service = \"sport\""),
        ("forms/hajj-grant.toml", "kind = \"rib\"", "kind = \"iban\""),
        ("forms/social-loan.toml", "rate = \"0.02\"", "rate = \"2\""),
    ] {
        let seed = fixture.edited_seed(file, |text| text.replacen(from, to, 1));
        let data = tempfile::TempDir::new().unwrap();
        let mut config = fos_portal::PortalConfig::for_tests(data.path(), fixture.mailbox.addr());
        config.seed = seed.path().to_owned();
        let Err(fos_portal::PortalError::Seed(error)) = fos_portal::Portal::start(config).await else {
            panic!("it started with {to} in {file}");
        };
        assert!(error.to_string().starts_with(file.split('/').next().unwrap()), "{error}");
    }
}
