//! Receipts: the PDF for the member, and the verification by code.

use fos_support::seed::MEMBER;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::{
    pdf::{PageContent, pages},
    support::{ApiResponse, EVERY_FIELD_KIND, PortalFixture, every_kind_values, travel_request},
};

#[tokio::test]
async fn a_receipt_never_changes() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let filed = fixture.file_request(session.token(), "essai-0001", &travel_request()).await.expect(201);
    let path = format!("/v1/requests/{}/receipt", filed["id"].as_str().unwrap());
    let answer = fixture.get(&path, session.token()).await;
    assert_eq!(answer.header("content-type"), "application/pdf");
    assert!(answer.bytes.starts_with(b"%PDF-"));
    assert_eq!(filed["receipt"]["bytes"], answer.bytes.len());
    assert_eq!(filed["receipt"]["sha256"], hex::encode(Sha256::digest(&answer.bytes)));
    assert_eq!(answer.header("etag"), format!("\"{}\"", filed["receipt"]["sha256"].as_str().unwrap()));
    fixture.run_command("requests decide 2026-000001 approve").unwrap();
    assert_eq!(fixture.get(&path, session.token()).await.bytes, answer.bytes);
    let request = fixture.request(reqwest::Method::GET, &path).bearer_auth(session.token());
    let again = request.header("if-none-match", answer.header("etag")).send().await.unwrap();
    assert_eq!(ApiResponse::read(again).await.status, 304);
}

#[tokio::test]
async fn a_receipt_is_verified_without_disclosing_the_member() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let filed = fixture.file_request(session.token(), "essai-0001", &travel_request()).await.expect(201);
    let path = format!("/v1/receipts/{}", filed["receipt"]["code"].as_str().unwrap());
    let verified = fixture.get(&path, "").await.expect(200);
    let mut expected = json!({ "number": "2026-000001", "filed_at": "2026-11-24T09:00:00Z", "state": "filed",
        "service": { "ar": "شهادة السفر", "fr": "Attestation d’assurance voyage" } });
    assert_eq!(verified, expected);
    fixture.run_command("requests review 2026-000001").unwrap();
    expected["state"] = json!("under-review");
    assert_eq!(fixture.get(&path, "").await.expect(200), expected);
    for code in ["", "0", &"0".repeat(32), "%00", "2026-000001"] {
        fixture.get(&format!("/v1/receipts/{code}"), "").await.expect_problem(404, "not-found");
    }
}

/// Files a request with a value for every kind of field and returns its receipt.
async fn receipt_of_every_kind(fixture: &PortalFixture, text: &str) -> (Value, Vec<u8>) {
    let file = fixture.file("form.toml", EVERY_FIELD_KIND.replace("max_length = 20", "max_length = 9000"));
    fixture.run_command(&format!("forms publish {file}")).unwrap();
    let session = fixture.member(MEMBER).await;
    let mut values = every_kind_values();
    for (key, value) in
        [("text", "نص essai 1"), ("long-text", text), ("beneficiary", "essai-2"), ("school", "École d’essai")]
    {
        values[key] = value.into();
    }
    let body = json!({ "service": "rail-travel", "version": 1, "values": values });
    let filed = fixture.file_request(session.token(), "essai-0001", &body).await.expect(201);
    let path = format!("/v1/requests/{}/receipt", filed["id"].as_str().unwrap());
    let pdf = fixture.get(&path, session.token()).await.bytes;
    (filed, pdf)
}

#[tokio::test]
async fn a_receipt_reads_correctly_in_both_languages() {
    let fixture = PortalFixture::new().await;
    let (_, pdf) = receipt_of_every_kind(&fixture, "سطر أول\nDeuxième ligne").await;
    let pages = pages(&pdf);
    let text = pages.iter().map(PageContent::text).collect::<Vec<_>>().join("\n");
    let lines: Vec<_> = text.lines().collect();
    for line in [
        "الرقم",
        "2026-000001",
        "النقل السككي",
        "عضو تجربة",
        "24 نونبر 2026",
        "23 يناير 2027",
        "نص essai 1",
        "سطر أول",
        "الرباط",
        "1,50 درهم",
        "من 1 دجنبر 2026 إلى 10 دجنبر 2026",
        "1. صاد",
        "2. سين",
        "طفل تجربة",
        "06 12 34 56 78",
        "000 000 0000000000000000 97",
        "أصرح.",
        "Numéro",
        "Transport ferroviaire ONCF",
        "Membre Essai",
        "24 novembre 2026",
        "23 janvier 2027",
        "Deuxième ligne",
        "1,50 DH",
        "du 1er décembre 2026 au 10",
        "1. Y",
        "Enfant Essai",
        "École d’essai",
    ] {
        assert!(lines.contains(&line), "«{line}» in\n{text}");
    }
    assert!(text.contains("55.19") && text.contains("55-19"), "{text}");
    assert!(text.contains("وصل إيداع طلب") && text.contains("Récépissé de dépôt de demande"), "{text}");
}

#[tokio::test]
async fn the_qr_code_of_a_receipt_holds_its_verification_url() {
    let fixture = PortalFixture::new().await;
    let mut config = fixture.config.clone();
    config.public_url = Some("https://portail.fos.test/".to_owned());
    let fixture = fixture.restart_as(config).await;
    let (filed, pdf) = receipt_of_every_kind(&fixture, "").await;
    let url = pages(&pdf)[0].qr_code();
    let code = filed["receipt"]["code"].as_str().unwrap();
    assert_eq!(url, format!("https://portail.fos.test/v1/receipts/{code}"));
    let path = url.strip_prefix("https://portail.fos.test").unwrap();
    assert_eq!(fixture.get(path, "").await.expect(200)["number"], filed["number"]);
    assert!(pages(&pdf)[0].text().replace('\n', "").contains(&url));
}

#[tokio::test]
async fn a_long_value_continues_over_several_pages() {
    let fixture = PortalFixture::new().await;
    let words = (0..600).map(|number| format!("كلمة{number}")).collect::<Vec<_>>();
    let (_, pdf) = receipt_of_every_kind(&fixture, &words.join(" ")).await;
    let pages = pages(&pdf);
    assert!(pages.len() > 2, "{}", pages.len());
    let count = pages.len();
    for (number, page) in (1..).zip(&pages) {
        assert!(page.text().ends_with(&format!("2026-000001  ·  {number}/{count}")), "{}", page.text());
    }
    let text = pages.iter().map(PageContent::text).collect::<String>();
    for word in &words {
        assert!(text.matches(word.as_str()).count() >= 2, "{word}, once in each language");
    }
}
