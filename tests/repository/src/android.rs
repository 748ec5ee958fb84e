//! Settings of the Android app's manifest that the system reads before the app runs: backups, languages, back navigation,
//! splash screen.

use roxmltree::{Document, Node};

use crate::files;

/// Namespace of Android's attributes.
const ANDROID: &str = "http://schemas.android.com/apk/res/android";
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
/// Settings of the app in its manifest.
const SETTINGS: [(&str, &str); 8] = [
    ("allowBackup", "false"),
    ("fullBackupContent", "false"),
    ("dataExtractionRules", "@xml/data_extraction"),
    ("localeConfig", "@xml/locales"),
    ("supportsRtl", "true"),
    ("enableOnBackInvokedCallback", "true"),
    ("usesCleartextTraffic", "false"),
    ("theme", "@style/Theme.Fos.Start"),
];

fn read(file: &str) -> String {
    files::read(format!("android/app/src/main/{file}"))
}

/// Returns the element of this name, which must be in the document once.
fn element<'a>(xml: &'a Document<'_>, name: &str) -> Node<'a, 'a> {
    let mut named = xml.descendants().filter(|node| node.has_tag_name(name));
    named.next().filter(|_| named.next().is_none()).unwrap_or_else(|| panic!("not one <{name}>"))
}

#[test]
fn the_manifest_forbids_backups_and_clear_text_and_declares_languages_back_navigation_and_splash_screen() {
    let manifest = read("AndroidManifest.xml");
    let manifest = Document::parse(&manifest).unwrap();
    for (name, value) in SETTINGS {
        let set: Vec<_> = manifest.descendants().filter_map(|node| node.attribute((ANDROID, name))).collect();
        assert!(set.contains(&value), "{name}: {set:?}");
    }
}

#[test]
fn backups_and_device_transfers_exclude_the_members_files_and_keys() {
    let rules = read("res/xml/data_extraction.xml");
    let rules = Document::parse(&rules).unwrap();
    for part in ["cloud-backup", "device-transfer"] {
        let excluded = element(&rules, part).children().filter(Node::is_element).map(|node| {
            assert!(node.has_tag_name("exclude"), "{part}: <{}>", node.tag_name().name());
            node.attribute("domain").unwrap()
        });
        assert_eq!(excluded.collect::<Vec<_>>(), BACKUP_DOMAINS, "{part}");
    }
}

#[test]
fn the_system_lists_the_apps_languages() {
    let words = read("kotlin/ma/fos/services/ui/components/Phrases.kt");
    let listed = read("res/xml/locales.xml");
    let listed = Document::parse(&listed).unwrap();
    let listed: Vec<_> = listed.descendants().filter_map(|node| node.attribute((ANDROID, "name"))).collect();
    let tags = ["AR", "FR"].map(|language| words.matches(&format!("Language.{language} -> \"")).count());
    assert_eq!(listed.len(), tags.into_iter().sum::<usize>());
    for tag in listed {
        assert!(words.contains(&format!("-> \"{tag}\"")), "{tag} is not a language tag of the app");
    }
}

/// Icon and splash screen for every Android version from 8 on.
#[test]
fn launcher_and_splash_screen_show_the_mark() {
    let icon = read("res/mipmap-anydpi-v26/ic_launcher.xml");
    let icon = Document::parse(&icon).unwrap();
    for layer in ["background", "foreground", "monochrome"] {
        element(&icon, layer);
    }
    for (folder, name, drawable) in [
        ("values-v31", "android:windowSplashScreenAnimatedIcon", "@drawable/launcher_mark"),
        ("values", "android:windowBackground", "@drawable/splash"),
    ] {
        let themes = read(&format!("res/{folder}/themes.xml"));
        let themes = Document::parse(&themes).unwrap();
        let mut items = themes.descendants().filter(|node| node.attribute("name") == Some(name));
        assert!(items.any(|item| item.text() == Some(drawable)), "{name}");
    }
}
