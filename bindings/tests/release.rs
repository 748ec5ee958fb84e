//! Tests the core as the bindings link it: in a release without the feature `development`, which the core's own tests
//! enable.

use std::{fs, path::Path};

use fos_core::{Config, Fos, OpenError, Platform, Stage};

/// Self-signed root for `localhost`, made for this test; it signs nothing else.
const ROOT: &str = include_str!("../../core/src/api/test-root.pem");

/// Opens the app in this folder, towards a portal that does not answer.
fn open(folder: &Path, portal: &str, extra_root: Option<&Path>) -> Result<Stage, OpenError> {
    let config = Config {
        data_dir: folder.display().to_string(),
        portal: portal.to_owned(),
        app_version: "1.0.0".to_owned(),
        portal_key: String::new(),
        extra_root: extra_root.map(|file| file.display().to_string()),
        clock_file: None,
    };
    let platform =
        Platform { device: "test".to_owned(), language: "fr".to_owned(), system: "linux".to_owned() };
    Ok(Fos::open(config, platform)?.stage())
}

#[test]
fn a_release_refuses_plain_http_even_to_the_machine_itself() {
    let folder = tempfile::tempdir().unwrap();
    for portal in ["http://127.0.0.1:9", "http://[::1]:9"] {
        assert_eq!(open(folder.path(), portal, None).is_ok(), cfg!(feature = "development"), "{portal}");
    }
    for portal in ["http://localhost:9", "http://192.0.2.1", "ftp://127.0.0.1:9"] {
        assert!(open(folder.path(), portal, None).is_err(), "{portal}");
    }
}

#[test]
fn a_release_refuses_any_root_but_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("root.pem");
    fs::write(&root, ROOT).unwrap();
    let opened = open(folder.path(), "https://127.0.0.1:9", Some(&root));
    assert_eq!(opened.is_ok(), cfg!(feature = "development"));
}

#[test]
fn a_release_opens_on_a_new_phone_without_a_network() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(open(folder.path(), "https://127.0.0.1:9", None).unwrap(), Stage::Welcome);
}
