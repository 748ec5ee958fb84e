//! The services space (guide step 8).

use fos_rules::fold::{fold_for_search, fold_query};
use fos_support::seed::{MEMBER, RETIREE};
use fos_wire::service::Catalogue;
use serde_json::{Value, json};

use crate::support::{ApiResponse, PortalFixture};

fn service<'a>(catalogue: &'a Value, id: &str) -> &'a Value {
    let services = catalogue["services"].as_array().unwrap();
    services.iter().find(|service| service["id"] == id).unwrap()
}

fn status<'a>(catalogue: &'a Value, id: &str) -> &'a Value {
    &service(catalogue, id)["status"]
}

#[tokio::test]
async fn services_open_and_close_by_themselves() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let november = fixture.get("/v1/services", session.token()).await.expect(200);
    assert_eq!(status(&november, "supplementary-pension"), "open");
    assert_eq!(status(&november, "hajj-grant"), "open");
    assert_eq!(status(&november, "summer-stays"), "announced");
    assert_eq!(status(&november, "social-loan"), "announced");
    assert_eq!(status(&november, "language-stays"), "closed");

    fixture.clock.set("2026-12-01T12:00:00Z".parse().unwrap());
    let refreshed = fixture.refresh(session.refresh_token()).await.expect(200);
    let token = refreshed["access_token"].as_str().unwrap();
    let december = fixture.get("/v1/services", token).await.expect(200);
    assert_eq!(status(&december, "hajj-grant"), "closed");
}

#[tokio::test]
async fn every_service_has_the_words_that_members_search_for() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let catalogue = fixture.get("/v1/services", session.token()).await.expect(200);
    for service in catalogue["services"].as_array().unwrap() {
        assert!(service["keywords"]["ar"].is_string() && service["keywords"]["fr"].is_string(), "{service}");
    }
    for (typed, id) in [
        ("hajj", "hajj-grant"),
        ("العمرة", "hajj-grant"),
        ("عطلة", "summer-stays"),
        ("vacances", "summer-stays"),
        ("colonie", "summer-stays"),
        ("l’emprunt", "social-loan"),
        ("crédit", "social-loan"),
        ("سلف", "social-loan"),
        ("prêt", "eqdom-credit"),
    ] {
        let keywords = fold_for_search(&service(&catalogue, id)["keywords"].to_string());
        assert!(keywords.contains(&fold_query(typed)), "{typed}");
    }
}

#[tokio::test]
async fn the_last_day_ends_at_midnight_in_morocco() {
    let fixture = PortalFixture::new().await;
    // An hour ahead of UTC in that month: 15 May is over in Casablanca.
    fixture.clock.set("2026-05-15T23:30:00Z".parse().unwrap());
    let session = fixture.member(MEMBER).await;
    let catalogue = fixture.get("/v1/services", session.token()).await.expect(200);
    assert_eq!(status(&catalogue, "language-stays"), "closed");
}

#[tokio::test]
async fn an_unchanged_catalogue_is_not_sent_again() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let answer = fixture.get("/v1/services", session.token()).await;
    let tag = answer.header("etag").to_owned();
    let again = |token: String| {
        let request = fixture.request(reqwest::Method::GET, "/v1/services").bearer_auth(token);
        request.header("if-none-match", &tag).send()
    };
    let unchanged = ApiResponse::read(again(session.token().to_owned()).await.unwrap()).await;
    assert_eq!(unchanged.status, 304);
    assert!(unchanged.bytes.is_empty());

    fixture.clock.set("2026-12-05T09:00:00Z".parse().unwrap());
    let refreshed = fixture.refresh(session.refresh_token()).await.expect(200);
    let token = refreshed["access_token"].as_str().unwrap().to_owned();
    let changed = ApiResponse::read(again(token).await.unwrap()).await;
    assert_eq!(status(&changed.expect(200), "summer-stays"), "open");
}

#[tokio::test]
async fn a_service_for_the_other_kind_of_member_is_not_for_you() {
    let fixture = PortalFixture::new().await;
    let active = fixture.member(MEMBER).await;
    let retired = fixture.member(RETIREE).await;
    let for_active = fixture.get("/v1/services", active.token()).await.expect(200);
    let for_retired = fixture.get("/v1/services", retired.token()).await.expect(200);
    for (id, to_active, to_retired) in [
        ("supplementary-pension", "open", "not-for-you"),
        ("retirees-day", "not-for-you", "open"),
        ("hajj-grant", "open", "open"),
    ] {
        assert_eq!(
            (status(&for_active, id), status(&for_retired, id)),
            (&json!(to_active), &json!(to_retired))
        );
    }
    assert_eq!(service(&for_active, "retirees-day")["audience"], "retired");
    assert_eq!(service(&for_active, "hajj-grant")["audience"], Value::Null);
}

async fn circular(fixture: &PortalFixture, id: &str, token: &str) -> ApiResponse {
    fixture.get(&format!("/v1/services/{id}/circular"), token).await
}

#[tokio::test]
async fn a_circular_is_the_file_that_the_catalogue_describes() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let catalogue = fixture.get("/v1/services", session.token()).await.expect(200);
    let described = &service(&catalogue, "hajj-grant")["paper"]["pdf"];
    let answer = circular(&fixture, "hajj-grant", session.token()).await;
    assert_eq!(answer.header("content-type"), "application/pdf");
    assert_eq!(answer.header("etag"), format!("\"{}\"", described["sha256"].as_str().unwrap()));
    assert_eq!(described["bytes"], answer.bytes.len());
    assert!(answer.bytes.len() < 60 * 1024 && answer.bytes.starts_with(b"%PDF-"));
    let request = fixture.request(reqwest::Method::GET, "/v1/services/hajj-grant/circular");
    let request = request.bearer_auth(session.token()).header("if-none-match", answer.header("etag"));
    assert_eq!(ApiResponse::read(request.send().await.unwrap()).await.status, 304);
    assert_eq!(service(&catalogue, "rail-travel")["paper"]["pdf"], Value::Null);
    for id in ["rail-travel", "sport", "nothing", "%00", "..%2f..%2fportal.key"] {
        circular(&fixture, id, session.token()).await.expect_problem(404, "not-found");
    }
}

#[tokio::test]
async fn a_new_circular_replaces_the_old_one() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let pdf = fixture.file("new.pdf", "%PDF-1.7 of another year");
    fixture.run_command(&format!("services open social-loan --pdf {pdf}")).unwrap_err();
    fixture.run_command(&format!("services open hajj-grant --circular 3/27 --pdf {pdf}")).unwrap();
    let answer = circular(&fixture, "hajj-grant", session.token()).await;
    assert_eq!(answer.bytes, b"%PDF-1.7 of another year");
    fixture.run_command("services open hajj-grant --circular 4/28").unwrap();
    circular(&fixture, "hajj-grant", session.token()).await.expect_problem(404, "not-found");
    let no_pdf = fixture.file("no.pdf", "<html>");
    fixture.run_command(&format!("services open hajj-grant --pdf {no_pdf}")).unwrap_err();
}

#[tokio::test]
async fn unknown_facts_are_absent_from_the_catalogue() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let catalogue = fixture.get("/v1/services", session.token()).await.expect(200);
    for service in catalogue["services"].as_array().unwrap() {
        // Null has a meaning of its own: open to all.
        let mut fields = service.as_object().unwrap().iter().filter(|(name, _)| *name != "audience");
        assert!(fields.all(|(_, value)| !value.is_null()), "{service}");
        assert!(service["documents"].is_array(), "{service}");
    }
    let read: Catalogue = serde_json::from_value(catalogue.clone()).unwrap();
    for (service, written) in read.services.iter().zip(catalogue["services"].as_array().unwrap()) {
        assert_eq!(written["id"], service.id);
        assert_eq!(written["status"], json!(service.status));
        assert_eq!(written.get("form"), service.form.map(Value::from).as_ref());
        assert_eq!(written.get("paper"), service.circular.as_ref().map(|circular| json!(circular)).as_ref());
    }
}

#[tokio::test]
async fn a_part_of_a_circular_is_served_of_the_same_file_only() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let whole = circular(&fixture, "hajj-grant", session.token()).await;
    assert_eq!(whole.header("accept-ranges"), "bytes");
    let (etag, size) = (whole.header("etag").to_owned(), whole.bytes.len());
    let get = async |headers: &[(&str, &str)]| {
        let mut request = fixture
            .request(reqwest::Method::GET, "/v1/services/hajj-grant/circular")
            .bearer_auth(session.token());
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        ApiResponse::read(request.send().await.unwrap()).await
    };
    let rest = get(&[("range", "bytes=100-"), ("if-range", &etag)]).await;
    assert_eq!((rest.status.as_u16(), rest.header("etag")), (206, etag.as_str()));
    assert_eq!(rest.header("content-range"), format!("bytes 100-{}/{size}", size - 1));
    assert_eq!(rest.bytes, whole.bytes[100..]);
    assert_eq!(get(&[("range", "bytes=0-9")]).await.bytes, whole.bytes[..10]);
    assert_eq!(get(&[("range", "bytes=-7")]).await.bytes, whole.bytes[size - 7..]);
    for headers in [
        &[("range", "bytes=100-"), ("if-range", "\"another\"")][..],
        &[("range", "bytes=0-9,20-29")],
        &[("range", "lines=1-2")],
        &[("range", "bytes=nine-")],
    ] {
        let answer = get(headers).await;
        assert_eq!((answer.status.as_u16(), answer.bytes.len()), (200, size), "{headers:?}");
    }
    let outside = get(&[("range", &format!("bytes={size}-")), ("if-range", &etag)]).await;
    assert_eq!(outside.header("content-range"), format!("bytes */{size}"));
    outside.expect_problem(416, "range");
}

#[tokio::test]
async fn a_circular_that_phones_do_not_read_is_refused_with_the_limit() {
    let fixture = PortalFixture::new().await;
    let mut pdf = b"%PDF-1.7\n".to_vec();
    pdf.resize(fos_wire::MAX_RESPONSE_BYTES + 1, b' ');
    let file = fixture.file("circular.pdf", &pdf);
    let refused = fixture.run_command(&format!("services open hajj-grant --circular 3/27 --pdf {file}"));
    let refused = refused.unwrap_err().to_string();
    assert!(refused.contains("4194305") && refused.contains("4194304"), "{refused}");
    pdf.pop();
    let file = fixture.file("circular.pdf", &pdf);
    fixture.run_command(&format!("services open hajj-grant --circular 3/27 --pdf {file}")).unwrap();
}
