//! Checks the manifest's settings that the system reads before the app runs: backups, languages, back navigation,
//! splash screen.

use std::{fs, path::Path};

fn read(file: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../android/app/src/main").join(file))
        .unwrap()
}

/// Returns the values of this attribute in document order.
fn attribute_values<'a>(xml: &'a str, attribute: &str) -> Vec<&'a str> {
    xml.split(&format!(" {attribute}=\"")).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

fn collapse_whitespace(xml: &str) -> String {
    xml.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Storage domains documented for `<data-extraction-rules>`; `device_` ones are readable before the phone is unlocked.
const BACKUP_DOMAINS: [&str; 9] = [
    "root",
    "file",
    "database",
    "sharedpref",
    "external",
    "device_root",
    "device_file",
    "device_database",
    "device_sharedpref",
];

#[test]
fn backups_and_device_transfers_exclude_the_members_files_and_keys() {
    let manifest = collapse_whitespace(&read("AndroidManifest.xml"));
    for line in [
        "android:allowBackup=\"false\"",
        "android:fullBackupContent=\"false\"",
        "android:dataExtractionRules=\"@xml/data_extraction\"",
    ] {
        assert!(manifest.contains(line), "{line}");
    }
    let rules = read("res/xml/data_extraction.xml");
    for part in ["cloud-backup", "device-transfer"] {
        let (_, rest) = rules.split_once(&format!("<{part}>")).unwrap();
        let (exclusions, _) = rest.split_once(&format!("</{part}>")).unwrap();
        assert_eq!(attribute_values(exclusions, "domain"), BACKUP_DOMAINS, "{part}");
        assert!(!exclusions.contains("<include"), "{part}");
    }
}

#[test]
fn the_manifest_declares_both_languages_and_back_navigation() {
    let manifest = collapse_whitespace(&read("AndroidManifest.xml"));
    for line in [
        "android:localeConfig=\"@xml/locales\"",
        "android:supportsRtl=\"true\"",
        "android:enableOnBackInvokedCallback=\"true\"",
        "android:usesCleartextTraffic=\"false\"",
    ] {
        assert!(manifest.contains(line), "{line}");
    }
    let words = read("kotlin/ma/fos/services/parts/Words.kt");
    let listed = read("res/xml/locales.xml");
    let listed = attribute_values(&listed, "android:name");
    assert_eq!(
        listed.len(),
        words.matches("Language.AR -> \"").count() + words.matches("Language.FR -> \"").count()
    );
    for tag in listed {
        assert!(words.contains(&format!("-> \"{tag}\"")), "{tag} is not a language tag of the app");
    }
}

/// Icon and splash screen for every Android version from 8 on.
#[test]
fn launcher_and_splash_screen_show_the_mark() {
    let icon = read("res/mipmap-anydpi-v26/ic_launcher.xml");
    for layer in ["background", "foreground", "monochrome"] {
        assert!(icon.contains(&format!("<{layer} ")), "{layer}");
    }
    assert!(
        collapse_whitespace(&read("AndroidManifest.xml"))
            .contains("android:theme=\"@style/Theme.Fos.Start\"")
    );
    assert!(read("res/values-v31/themes.xml").contains("android:windowSplashScreenAnimatedIcon"));
    assert!(
        read("res/values/themes.xml")
            .contains("<item name=\"android:windowBackground\">@drawable/splash</item>")
    );
}
