//! Versions of Gradle's build, for Android Studio, and of the POM's, for `cargo xtask`: they are the same.

use std::collections::BTreeMap;

use regex::Regex;
use roxmltree::{Document, Node};
use toml::Table;

use crate::files;

/// Names in Gradle's catalogue whose POM property is spelled differently.
const RENAMED: [(&str, &str); 1] = [("compose-compiler", "kotlin")];
/// Names that only one of the builds has, because they work differently.
const GRADLE_ONLY: [&str; 1] = ["agp"];
const POM_ONLY: [&str; 8] = [
    "android-all",
    "android-all-instrumented-14",
    "android-all-instrumented-16",
    "android-tools",
    "ktlint",
    "r8",
    "savedstate",
    "window",
];
/// Versions that this release of the Android Gradle plugin bundles or requires, by its release notes.
const PLUGIN_VERSION: &str = "8.13.2";
const PLUGIN_R8: &str = "8.13.19";
const PLUGIN_TOOLS: &str = "31.13.2";
const PLUGIN_NDK: &str = "27.0.12077973";
const PLUGIN_GRADLE: &str = "gradle-8.13-bin.zip";

fn read(file: &str) -> String {
    files::read(format!("android/{file}"))
}

/// Returns the versions in Gradle's catalogue.
fn catalogue() -> BTreeMap<String, String> {
    let catalogue: Table = read("gradle/libs.versions.toml").parse().unwrap();
    catalogue["versions"].clone().try_into().unwrap()
}

/// Returns the value after `name =` in the app's Gradle file, without quotation marks.
fn app_setting(name: &str) -> String {
    let setting = Regex::new(&format!(r#"(?m)^\s*{name}\s*=\s*"?([^"\n]+)"#)).unwrap();
    setting.captures(&read("app/build.gradle.kts")).unwrap()[1].trim_end().to_owned()
}

/// Returns the POM's properties.
fn pom_properties() -> BTreeMap<String, String> {
    let pom = read("linux/pom.xml");
    let pom = Document::parse(&pom).unwrap();
    let properties = pom.root_element().children().find(|node| node.has_tag_name("properties")).unwrap();
    let properties = properties.children().filter(Node::is_element);
    properties.map(|node| (node.tag_name().name().to_owned(), node.text().unwrap().to_owned())).collect()
}

#[test]
fn gradle_and_the_pom_name_the_same_versions() {
    let mut properties = pom_properties();
    for name in POM_ONLY {
        properties.remove(name).unwrap();
    }
    for (name, version) in catalogue() {
        if !GRADLE_ONLY.contains(&name.as_str()) {
            let renamed = RENAMED.iter().find(|(gradle, _)| *gradle == name);
            let property = renamed.map_or(name.as_str(), |(_, property)| property);
            assert_eq!(properties.remove(property), Some(version), "{name}");
        }
    }
    assert!(properties.is_empty(), "Gradle does not name {properties:?}");
}

#[test]
fn shrinker_and_merger_are_those_of_gradles_plugin() {
    let pom = pom_properties();
    assert_eq!(catalogue()["agp"], PLUGIN_VERSION);
    assert_eq!([pom["r8"].as_str(), pom["android-tools"].as_str()], [PLUGIN_R8, PLUGIN_TOOLS]);
    assert_eq!(app_setting("ndkVersion"), PLUGIN_NDK);
    let wrapper = read("gradle/wrapper/gradle-wrapper.properties");
    assert!(wrapper.contains(&format!("/{PLUGIN_GRADLE}\n")), "Gradle is not {PLUGIN_GRADLE}");
}

#[test]
fn both_builds_give_the_app_the_same_name_and_version() {
    let manifest = read("app/src/main/AndroidManifest.xml");
    let manifest = Document::parse(&manifest).unwrap();
    let version = |name| {
        let attribute = ("http://schemas.android.com/apk/res/android", name);
        manifest.root_element().attribute(attribute).unwrap()
    };
    let package = manifest.root_element().attribute("package").unwrap();
    assert_eq!(version("versionName"), env!("CARGO_PKG_VERSION"));
    for (setting, value) in [
        ("namespace", package),
        ("applicationId", package),
        ("versionCode", version("versionCode")),
        ("versionName", version("versionName")),
    ] {
        assert_eq!(app_setting(setting), value, "{setting}");
    }
}

#[test]
fn both_builds_shrink_by_the_same_rules() {
    let app = read("app/build.gradle.kts");
    assert!(app.contains("proguardFiles(\"proguard-rules.pro\")"));
    assert!(!app.contains("getDefaultProguardFile"), "the default rules are unknown to this build");
    let rules = read("app/proguard-rules.pro");
    let silenced: Vec<_> = rules.lines().filter_map(|line| line.strip_prefix("-dontwarn ")).collect();
    assert!(silenced.iter().all(|class| !class.contains('*')), "one class at a time: {silenced:?}");
}
