//! Configuration of a package for members: the portal's address and the key of its remote config, in the app's manifest.

use anyhow::{Context, Result, ensure};

use super::manifest_merge::ANDROID;

/// Returns an error unless a package with this manifest may go to members.
pub(super) fn check(manifest: &str) -> Result<()> {
    let document = roxmltree::Document::parse(manifest)?;
    let value = |name: &str| {
        let element =
            document.descendants().find(|element| element.attribute((ANDROID, "name")) == Some(name));
        let value = element.and_then(|element| element.attribute((ANDROID, "value")));
        value.with_context(|| format!("the manifest names no {name}"))
    };
    let portal = value("ma.fos.services.portal")?.to_lowercase();
    let host =
        portal.strip_prefix("https://").unwrap_or_default().split(['/', ':']).next().unwrap_or_default();
    ensure!(!host.is_empty(), "the portal is {portal:?}: a release needs an https address");
    let is_reserved = host.rsplit('.').next() == Some("test");
    ensure!(!is_reserved, "the portal is {portal:?}: no release may use a host under .test (RFC 6761)");
    let key = value("ma.fos.services.portal-key")?;
    ensure!(!key.is_empty(), "the key is empty: without it no maintenance and no forced update is believed");
    Ok(())
}

#[test]
fn a_release_needs_a_real_portal_and_a_key() {
    // The real portal is set by who releases the app.
    let committed = include_str!("../../../../android/app/src/main/AndroidManifest.xml");
    let error = |manifest: &str| check(manifest).expect_err(manifest).to_string();
    assert!(error(committed).contains("under .test"));
    assert!(error("<manifest/>").contains("names no ma.fos.services.portal"));
    let item = |name: &str, value: &str| format!("<x a:name='ma.fos.services.{name}' a:value='{value}'/>");
    let manifest = |portal: &str, key: &str| {
        format!("<m xmlns:a='{ANDROID}'>{}{}</m>", item("portal", portal), item("portal-key", key))
    };
    assert!(check(&manifest("https://portal.example.ma", "00ff")).is_ok());
    for (portal, key, reason) in [
        ("https://portal.fos.TEST:8443/v1", "00ff", "under .test"),
        ("http://portal.example.ma", "00ff", "https"),
        ("", "00ff", "https"),
        ("https://portal.example.ma", "", "key is empty"),
    ] {
        assert!(error(&manifest(portal, key)).contains(reason), "{portal}");
    }
}
