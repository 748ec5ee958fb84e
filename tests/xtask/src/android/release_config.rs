//! Configuration of a package for members: the portal's address and the key of its remote config, in the app's manifest.

use std::{fs, path::Path};

use anyhow::{Result, bail, ensure};

const PORTAL: &str = "ma.fos.services.portal";
const KEY: &str = "ma.fos.services.portal-key";

/// Returns an error unless a package with this manifest may go to members.
pub(super) fn check(manifest: &Path) -> Result<()> {
    check_text(&fs::read_to_string(manifest)?)
}

fn check_text(manifest: &str) -> Result<()> {
    let portal = value(manifest, PORTAL)?;
    let host =
        portal.strip_prefix("https://").unwrap_or_default().split(['/', ':']).next().unwrap_or_default();
    ensure!(!host.is_empty(), "{PORTAL} is {portal:?}: a release needs an https address");
    ensure!(
        !host.ends_with(".test"),
        "{PORTAL} is {portal:?}: no release may use a host under .test (RFC 6761)"
    );
    let key = value(manifest, KEY)?;
    ensure!(!key.is_empty(), "{KEY} is empty: without it no maintenance and no forced update is believed");
    Ok(())
}

/// Returns the value of a `meta-data` element.
fn value<'a>(manifest: &'a str, name: &str) -> Result<&'a str> {
    let element = manifest
        .split("<meta-data")
        .skip(1)
        .find(|element| element.contains(&format!("android:name=\"{name}\"")))
        .and_then(|element| element.split("android:value=\"").nth(1)?.split('"').next());
    let Some(value) = element else { bail!("the manifest names no {name}") };
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(portal: &str, key: &str) -> String {
        format!(
            "<meta-data android:name=\"{PORTAL}\" android:value=\"{portal}\" />\n\
             <meta-data android:name=\"{KEY}\" android:value=\"{key}\" />"
        )
    }

    #[test]
    fn a_release_needs_a_real_portal_and_a_key() {
        assert!(check_text(&manifest("https://portal.example.ma", "00ff")).is_ok());
        for (portal, key, reason) in [
            ("https://portal.fos.test", "00ff", "under .test"),
            ("https://portal.fos.test:8443/v1", "00ff", "under .test"),
            ("http://portal.example.ma", "00ff", "https"),
            ("", "00ff", "https"),
            ("https://portal.example.ma", "", "is empty"),
        ] {
            let error = check_text(&manifest(portal, key)).expect_err(portal).to_string();
            assert!(error.contains(reason), "{error}");
        }
        assert!(check_text("<manifest/>").is_err());
    }

    #[test]
    fn the_committed_manifest_is_none_of_a_release() {
        let manifest = include_str!("../../../../android/app/src/main/AndroidManifest.xml");
        assert!(check_text(manifest).is_err(), "the real portal is set by who releases the app");
    }
}
