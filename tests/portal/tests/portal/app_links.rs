//! Links to the portal's site: the files that lead Android and iOS to the app, and the page of a browser.

use serde_json::json;

use crate::support::PortalFixture;

#[tokio::test]
async fn android_finds_the_app_and_its_certificate() {
    let fixture = PortalFixture::new().await;
    let statements = fixture.get("/.well-known/assetlinks.json", "").await;
    assert_eq!(statements.header("content-type"), "application/json");
    let statements = statements.expect(200);
    assert_eq!(
        statements[0]["relation"],
        json!(["delegate_permission/common.handle_all_urls", "delegate_permission/common.get_login_creds"])
    );
    assert_eq!(statements[0]["target"]["namespace"], "android_app");
    assert_eq!(statements[0]["target"]["package_name"], "ma.fos.services");
    let certificates = statements[0]["target"]["sha256_cert_fingerprints"].as_array().unwrap();
    assert_eq!(certificates[0].as_str().unwrap().split(':').count(), 32);
}

#[tokio::test]
async fn the_iphone_finds_the_app_and_the_pages_that_open_it() {
    let fixture = PortalFixture::new().await;
    let domains = fixture.get("/.well-known/apple-app-site-association", "").await;
    assert_eq!(domains.header("content-type"), "application/json");
    assert_eq!(
        domains.expect(200),
        json!({
            "applinks": { "details": [{
                "appIDs": ["FOSTEST000.ma.fos.services"],
                "components": [
                    { "/": "/services" }, { "/": "/service/*" }, { "/": "/requests" }, { "/": "/request/*" },
                ],
            }] },
            "webcredentials": { "apps": ["FOSTEST000.ma.fos.services"] },
        })
    );
}

#[tokio::test]
async fn both_files_are_answered_during_maintenance_and_a_page_is_not() {
    let fixture = PortalFixture::new().await;
    fixture.run_command("maintenance on").unwrap();
    fixture.get("/.well-known/assetlinks.json", "").await.expect(200);
    fixture.get("/.well-known/apple-app-site-association", "").await.expect(200);
    assert_eq!(fixture.get("/services", "").await.status, 503);
}

#[tokio::test]
async fn a_browser_without_the_app_is_led_to_the_stores_and_told_nothing_else() {
    let fixture = PortalFixture::new().await;
    let page = async |path: &str| {
        let response = reqwest::get(format!("{}{path}", fixture.portal.url())).await.unwrap();
        assert_eq!(response.status(), 200, "{path}");
        assert_eq!(response.headers()["content-type"], "text/html; charset=utf-8");
        response.text().await.unwrap()
    };
    let services = page("/services").await;
    assert!(services.contains("https://fos.test/android") && services.contains("https://fos.test/ios"));
    for path in ["/requests", "/service/hajj-grant", "/service/none", "/request/0192"] {
        assert_eq!(page(path).await, services, "{path}: the same whether it exists or not");
    }
}

#[tokio::test]
async fn apps_that_no_phone_would_accept_are_refused_with_a_reason() {
    let fixture = PortalFixture::new().await;
    let publish = |apps: &str| {
        let versions = "[versions]\nminimum = \"0.1.0\"\nrecommended = \"0.1.0\"\n";
        let file = fixture.file("config.toml", format!("{versions}[apps]\n{apps}"));
        fixture.run_command(&format!("config publish {file}")).map_err(|error| error.to_string())
    };
    let refused = publish("ios = [\"ma.fos.services\"]").unwrap_err();
    assert!(refused.contains("TEAM.bundle.identifier"), "{refused}");
    let refused =
        publish("android = [{ package = \"ma.fos.services\", certificates = [\"AB:CD\"] }]").unwrap_err();
    assert!(refused.contains("SHA-256"), "{refused}");
    publish("").unwrap();
    assert_eq!(fixture.get("/.well-known/assetlinks.json", "").await.expect(200), json!([]));
}
