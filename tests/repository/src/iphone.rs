//! The iPhone app's property lists: name, languages, background modes, privacy manifest, and the reasons for accessing the
//! phone's data.

use std::collections::BTreeSet;

use plist::{Dictionary, Value};

use crate::{files, rules::Tree};

/// Names of the strings that the system reads; their catalog is generated for all languages.
const STRINGS: &str = "tests/xtask/src/assets/strings.rs";

/// Categories of <https://developer.apple.com/documentation/bundleresources/describing-use-of-required-reason-api>: the
/// Swift names, and the crates that call such an API.
const REQUIRED_REASON_APIS: [(&str, &[&str], &[&str]); 5] = [
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

/// Usage descriptions that `InfoPlist.xcstrings` must contain in both languages if Swift uses these APIs
/// (<https://developer.apple.com/documentation/bundleresources/protected-resources>).
const USAGE_DESCRIPTIONS: [(&str, &[&str]); 7] = [
    ("NSCameraUsageDescription", &["AVCaptureDevice", "VNDocumentCamera", "DataScannerViewController"]),
    ("NSPhotoLibraryUsageDescription", &["PHPhotoLibrary"]),
    ("NSPhotoLibraryAddUsageDescription", &["UIImageWriteToSavedPhotosAlbum"]),
    ("NSFaceIDUsageDescription", &["LAContext", "LocalAuthentication"]),
    ("NSContactsUsageDescription", &["CNContactStore"]),
    ("NSCalendarsWriteOnlyAccessUsageDescription", &["EKEventStore"]),
    ("NSLocationWhenInUseUsageDescription", &["CLLocationManager"]),
];

pub(crate) fn read(file: &str) -> Dictionary {
    let path = files::root().join("ios/Fos/Resources").join(file);
    Value::from_file(path).unwrap().into_dictionary().unwrap()
}

pub(crate) fn string_array<'a>(dictionary: &'a Dictionary, key: &str) -> Vec<&'a str> {
    dictionary[key].as_array().unwrap().iter().filter_map(Value::as_string).collect()
}

fn swift() -> String {
    Tree::read().sources("ios/Fos/", &["swift"]).map(|(_, text)| text).collect()
}

fn calls_any(swift: &str, apis: &[&str]) -> bool {
    apis.iter().any(|word| swift.contains(word))
}

/// Returns the categories that Swift or a crate uses.
fn required_reasons(swift: &str, lock: &str) -> BTreeSet<String> {
    REQUIRED_REASON_APIS
        .iter()
        .filter(|(_, apis, crates)| {
            calls_any(swift, apis) || crates.iter().any(|name| lock.contains(&format!("name = \"{name}\"")))
        })
        .map(|(category, ..)| format!("NSPrivacyAccessedAPICategory{category}"))
        .collect()
}

#[test]
fn required_reason_apis_are_found_in_swift_and_in_crates() {
    let reasons_for = |swift: &str, lock: &str| required_reasons(swift, lock).into_iter().collect::<Vec<_>>();
    assert_eq!(
        reasons_for("let kept = UserDefaults.standard", ""),
        ["NSPrivacyAccessedAPICategoryUserDefaults"]
    );
    assert_eq!(reasons_for("", "name = \"tokio\"\n"), ["NSPrivacyAccessedAPICategorySystemBootTime"]);
    assert!(reasons_for("let date = Date()", "name = \"serde\"\n").is_empty());
}

#[test]
fn the_privacy_manifest_lists_exactly_the_used_apis() {
    let manifest = read("PrivacyInfo.xcprivacy");
    let declared: BTreeSet<String> = manifest["NSPrivacyAccessedAPITypes"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_dictionary)
        .inspect(|kind| {
            assert!(!string_array(kind, "NSPrivacyAccessedAPITypeReasons").is_empty(), "{kind:?}");
        })
        .map(|kind| kind["NSPrivacyAccessedAPIType"].as_string().unwrap().to_owned())
        .collect();
    assert_eq!(declared, required_reasons(&swift(), &files::read("Cargo.lock")));
    assert_eq!(manifest["NSPrivacyTracking"].as_boolean(), Some(false));
    assert!(string_array(&manifest, "NSPrivacyTrackingDomains").is_empty());
}

#[test]
fn every_permission_has_its_reason_in_both_languages() {
    let (info, swift, strings) = (read("Info.plist"), swift(), files::read(STRINGS));
    for (key, apis) in USAGE_DESCRIPTIONS {
        assert_eq!(calls_any(&swift, apis), info.contains_key(key), "{key}");
        assert_eq!(strings.contains(key), info.contains_key(key), "{STRINGS}: {key}");
    }
}

#[test]
fn languages_portal_and_version_match_androids() {
    let info = read("Info.plist");
    assert_eq!(string_array(&info, "CFBundleLocalizations"), ["ar", "fr"]);
    assert_eq!(info["CFBundleDevelopmentRegion"].as_string(), Some("ar"));
    let manifest = files::read("android/app/src/main/AndroidManifest.xml");
    let project = files::read("ios/project.yml");
    let setting = |name: &str| {
        let line = project.lines().find_map(|line| line.trim().strip_prefix(&format!("{name}: ")));
        line.unwrap_or_else(|| panic!("{name} is not in project.yml")).to_owned()
    };
    for (key, name) in [("FosPortal", "portal"), ("FosPortalKey", "portal-key")] {
        let value = info[key].as_string().unwrap();
        let value = value.replace("$(FOS_PORTAL_HOST)", &setting("FOS_PORTAL_HOST"));
        let line = format!("android:name=\"ma.fos.services.{name}\" android:value=\"{value}\"");
        assert!(manifest.contains(&line), "{key} differs from Android's");
    }
    let android = manifest.split("android:versionName=\"").nth(1).and_then(|rest| rest.split('"').next());
    assert!(project.contains(&format!("MARKETING_VERSION: \"{}\"", android.unwrap())));
    // Only TLS: no exception is requested.
    assert!(!info.contains_key("NSAppTransportSecurity"));
}

#[test]
fn background_tasks_match_the_permitted_identifiers() {
    let info = read("Info.plist");
    let permitted = string_array(&info, "BGTaskSchedulerPermittedIdentifiers");
    assert_eq!(string_array(&info, "UIBackgroundModes"), ["fetch"]);
    let refresh = files::read("ios/Fos/App/Refresh.swift");
    for name in &permitted {
        assert!(refresh.contains(&format!("static let name = \"{name}\"")), "{name}");
    }
    assert_eq!(permitted.len(), 1);
}

#[test]
fn the_keychain_group_is_the_apps_own() {
    let rights = read("Fos.entitlements");
    let project = files::read("ios/project.yml");
    assert!(project.contains("PRODUCT_BUNDLE_IDENTIFIER: ma.fos.services\n"));
    assert_eq!(string_array(&rights, "keychain-access-groups"), ["$(AppIdentifierPrefix)ma.fos.services"]);
    for file in ["Info.plist", "Fos.entitlements"] {
        assert!(project.contains(&format!("Fos/Resources/{file}")), "{file}");
    }
}

/// The App Store requires one opaque picture of this size.
#[test]
fn the_icon_meets_the_stores_requirements() {
    let folder = "ios/Fos/Resources/Assets.xcassets/AppIcon.appiconset";
    let set = files::read_json(format!("{folder}/Contents.json"));
    let file = files::root().join(folder).join(set["images"][0]["filename"].as_str().unwrap());
    let icon = image::open(&file).unwrap();
    assert_eq!((icon.width(), icon.height(), icon.color().has_alpha()), (1024, 1024, false));
    assert!(file.metadata().unwrap().len() < 40_000);
}
