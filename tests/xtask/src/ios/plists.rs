//! What the system is told of the app before any of it runs: its name, its languages, what it may do while it is away,
//! which of the phone's data it touches, and why.

use std::{collections::BTreeSet, path::Path};

use plist::{Dictionary, Value};

use super::{sources, strings};
use crate::house::House;

/// The categories of <https://developer.apple.com/documentation/bundleresources/describing-use-of-required-reason-api>:
/// what Swift calls, and the crates whose own code calls it.
const REASONED: [(&str, &[&str], &[&str]); 5] = [
    (
        "FileTimestamp",
        &["creationDate", "modificationDate", "contentModificationDateKey", "creationDateKey", "getattrlist"],
        &["libsqlite3-sys"],
    ),
    ("SystemBootTime", &["systemUptime", "mach_absolute_time"], &["tokio"]),
    (
        "DiskSpace",
        &["volumeAvailableCapacity", "systemFreeSize", "systemSize", "statfs", "statvfs"],
        &["libsqlite3-sys"],
    ),
    ("ActiveKeyboards", &["activeInputModes"], &[]),
    ("UserDefaults", &["UserDefaults", "@AppStorage", "@SceneStorage"], &[]),
];

/// What may be asked of a member only with a reason, in both languages, in `InfoPlist.strings`
/// (<https://developer.apple.com/documentation/bundleresources/protected-resources>).
const ASKED: [(&str, &[&str]); 7] = [
    ("NSCameraUsageDescription", &["AVCaptureDevice", "VNDocumentCamera", "DataScannerViewController"]),
    ("NSPhotoLibraryUsageDescription", &["PHPhotoLibrary"]),
    ("NSPhotoLibraryAddUsageDescription", &["UIImageWriteToSavedPhotosAlbum"]),
    ("NSFaceIDUsageDescription", &["LAContext", "LocalAuthentication"]),
    ("NSContactsUsageDescription", &["CNContactStore"]),
    ("NSCalendarsWriteOnlyAccessUsageDescription", &["EKEventStore"]),
    ("NSLocationWhenInUseUsageDescription", &["CLLocationManager"]),
];

fn read(file: &str) -> Dictionary {
    let path = House::here().root.join("ios/Fos/Resources").join(file);
    Value::from_file(path).unwrap().into_dictionary().unwrap()
}

fn text(file: &str) -> String {
    std::fs::read_to_string(House::here().root.join(file)).unwrap()
}

fn words<'a>(of: &'a Dictionary, key: &str) -> Vec<&'a str> {
    of[key].as_array().unwrap().iter().filter_map(Value::as_string).collect()
}

fn swift() -> String {
    sources().unwrap().into_iter().map(|(_, text)| text).collect()
}

fn calls(swift: &str, words: &[&str]) -> bool {
    words.iter().any(|word| swift.contains(word))
}

/// The categories that Swift or a crate calls.
fn due(swift: &str, lock: &str) -> BTreeSet<String> {
    REASONED
        .iter()
        .filter(|(_, words, crates)| {
            calls(swift, words) || crates.iter().any(|name| lock.contains(&format!("name = \"{name}\"")))
        })
        .map(|(category, ..)| format!("NSPrivacyAccessedAPICategory{category}"))
        .collect()
}

#[test]
fn a_call_that_needs_a_reason_is_seen_in_swift_and_in_a_crate() {
    let asks = |swift: &str, lock: &str| due(swift, lock).into_iter().collect::<Vec<_>>();
    assert_eq!(asks("let kept = UserDefaults.standard", ""), ["NSPrivacyAccessedAPICategoryUserDefaults"]);
    assert_eq!(asks("", "name = \"tokio\"\n"), ["NSPrivacyAccessedAPICategorySystemBootTime"]);
    assert!(asks("let date = Date()", "name = \"serde\"\n").is_empty());
}

#[test]
fn the_privacy_manifest_gives_a_reason_for_what_is_called_and_for_nothing_else() {
    let manifest = read("PrivacyInfo.xcprivacy");
    let given: BTreeSet<String> = manifest["NSPrivacyAccessedAPITypes"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_dictionary)
        .inspect(|kind| assert!(!words(kind, "NSPrivacyAccessedAPITypeReasons").is_empty(), "{kind:?}"))
        .map(|kind| kind["NSPrivacyAccessedAPIType"].as_string().unwrap().to_owned())
        .collect();
    assert_eq!(given, due(&swift(), &text("Cargo.lock")));
    assert_eq!(manifest["NSPrivacyTracking"].as_boolean(), Some(false));
    assert!(words(&manifest, "NSPrivacyTrackingDomains").is_empty());
}

#[test]
fn what_is_asked_of_the_member_has_its_reason_in_both_languages() {
    let (info, swift) = (read("Info.plist"), swift());
    for (key, words) in ASKED {
        assert_eq!(calls(&swift, words), info.contains_key(key), "{key}");
        if !info.contains_key(key) {
            continue;
        }
        for (phrases, folder) in strings::LANGUAGES {
            let [plist, _] = strings::files(&text(phrases)).unwrap();
            assert!(plist.1.contains(key), "{folder} gives no reason for {key}");
        }
    }
}

#[test]
fn the_system_is_told_both_languages_and_the_portal_where_android_has_it() {
    let info = read("Info.plist");
    assert_eq!(words(&info, "CFBundleLocalizations"), ["ar", "fr"]);
    assert_eq!(info["CFBundleDevelopmentRegion"].as_string(), Some("ar"));
    let manifest = text("android/app/src/main/AndroidManifest.xml");
    for (key, name) in [("FosPortal", "portal"), ("FosPortalKey", "portal-key")] {
        let value = info[key].as_string().unwrap();
        let line = format!("android:name=\"ma.fos.services.{name}\" android:value=\"{value}\"");
        assert!(manifest.contains(&line), "{key}: Android says otherwise");
    }
    let version = text("ios/project.yml");
    let android = manifest.split("android:versionName=\"").nth(1).and_then(|rest| rest.split('"').next());
    assert!(version.contains(&format!("MARKETING_VERSION: \"{}\"", android.unwrap())));
    // Nothing but TLS: no exception is asked for.
    assert!(!info.contains_key("NSAppTransportSecurity"));
}

#[test]
fn what_runs_while_the_app_is_away_is_what_the_system_permits() {
    let info = read("Info.plist");
    let permitted = words(&info, "BGTaskSchedulerPermittedIdentifiers");
    assert_eq!(words(&info, "UIBackgroundModes"), ["fetch"]);
    let refresh = text("ios/Fos/App/Refresh.swift");
    for name in &permitted {
        assert!(refresh.contains(&format!("static let name = \"{name}\"")), "{name}");
    }
    assert_eq!(permitted.len(), 1);
}

#[test]
fn the_keys_are_in_a_group_of_the_apps_own() {
    let rights = read("Fos.entitlements");
    let project = text("ios/project.yml");
    assert!(project.contains("PRODUCT_BUNDLE_IDENTIFIER: ma.fos.services\n"));
    assert_eq!(words(&rights, "keychain-access-groups"), ["$(AppIdentifierPrefix)ma.fos.services"]);
    for file in ["Info.plist", "Fos.entitlements"] {
        assert!(project.contains(&format!("Fos/Resources/{file}")), "{file}");
    }
}

/// The store takes one picture of this size, and none that is see-through.
#[test]
fn the_icon_is_as_the_store_takes_it() {
    let folder = Path::new("ios/Fos/Resources/Assets.xcassets/AppIcon.appiconset");
    let set: serde_json::Value =
        serde_json::from_str(&text(&folder.join("Contents.json").to_string_lossy())).unwrap();
    let file = set["images"][0]["filename"].as_str().unwrap();
    let png = std::fs::read(House::here().root.join(folder).join(file)).unwrap();
    let side = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    assert_eq!((&png[1..4], side(16), side(20)), (b"PNG".as_slice(), 1024, 1024));
    // https://www.w3.org/TR/png-3/#11IHDR: 4 and 6 have an alpha channel, and a palette has it in a chunk of its own.
    assert!(![4, 6].contains(&png[25]) && !png.windows(4).any(|chunk| chunk == b"tRNS"));
    assert!(png.len() < 40_000, "{} bytes", png.len());
}
