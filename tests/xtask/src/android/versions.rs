//! Checks that Gradle's build, for Android Studio, and the POM's, for `cargo xtask`, use the same versions.

use std::collections::BTreeMap;

use roxmltree::{Document, Node};

use super::{
    gradle::Gradle,
    native::ABIS,
    resources::{MIN_SDK, TARGET_SDK},
};
use crate::workspace;

/// Names in Gradle's catalogue whose POM property is spelled differently.
const RENAMED: [(&str, &str); 1] = [("compose-compiler", "kotlin")];
/// Names that only one of the builds has, because they work differently.
const GRADLE_ONLY: [&str; 1] = ["agp"];
const POM_ONLY: [&str; 7] =
    ["android-all", "android-all-instrumented", "android-tools", "ktlint", "r8", "savedstate", "window"];
/// Versions that this release of the Android Gradle plugin bundles or requires, by its release notes.
const PLUGIN_VERSION: &str = "8.13.2";
const PLUGIN_R8: &str = "8.13.19";
const PLUGIN_TOOLS: &str = "31.13.2";
const PLUGIN_NDK: &str = "27.0.12077973";
const PLUGIN_GRADLE: &str = "gradle-8.13-bin.zip";
/// Android release and API level of the POM's framework.
const FRAMEWORK: (&str, &str) = ("14-", "34");

fn read(file: &str) -> String {
    workspace::read(format!("android/{file}"))
}

fn gradle() -> Gradle {
    Gradle::read(&workspace::root().join("android")).unwrap()
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
    let catalogue: toml::Table = toml::from_str(&read("gradle/libs.versions.toml")).unwrap();
    let mut properties = pom_properties();
    for name in POM_ONLY {
        properties.remove(name).unwrap();
    }
    for (name, version) in catalogue["versions"].as_table().unwrap() {
        if !GRADLE_ONLY.contains(&name.as_str()) {
            let renamed = RENAMED.iter().find(|(gradle, _)| gradle == name);
            let property = renamed.map_or(name.as_str(), |(_, property)| property);
            assert_eq!(properties.get(property).map(String::as_str), version.as_str(), "{name}");
            properties.remove(property);
        }
    }
    assert!(properties.is_empty(), "Gradle does not name {properties:?}");
}

#[test]
fn shrinker_and_merger_are_those_of_gradles_plugin() {
    let (gradle, pom) = (gradle(), pom_properties());
    assert_eq!(gradle.version("agp").unwrap(), PLUGIN_VERSION);
    assert_eq!([pom["r8"].as_str(), pom["android-tools"].as_str()], [PLUGIN_R8, PLUGIN_TOOLS]);
    assert_eq!(gradle.app_setting("ndkVersion"), Some(PLUGIN_NDK));
    let wrapper = read("gradle/wrapper/gradle-wrapper.properties");
    assert!(wrapper.contains(&format!("/{PLUGIN_GRADLE}\n")), "Gradle is not {PLUGIN_GRADLE}");
}

#[test]
fn both_builds_target_the_same_android_versions_and_abis() {
    let gradle = gradle();
    assert_eq!(gradle.app_setting("minSdk"), Some(MIN_SDK));
    assert_eq!(gradle.app_setting("targetSdk"), Some(TARGET_SDK));
    let (release, level) = FRAMEWORK;
    assert_eq!(level, TARGET_SDK);
    for framework in ["android-all", "android-all-instrumented"] {
        assert!(pom_properties()[framework].starts_with(release), "{framework} is not Android {level}");
    }
    let abis = ABIS.map(|abi| format!("\"{}\"", abi.name)).join(", ");
    assert!(read("app/build.gradle.kts").contains(&format!("abiFilters += listOf({abis})")), "{abis}");
}

#[test]
fn both_builds_give_the_app_the_same_name_and_version() {
    let (gradle, manifest) = (gradle(), read("app/src/main/AndroidManifest.xml"));
    let manifest = Document::parse(&manifest).unwrap();
    let version = |name| {
        let attribute = ("http://schemas.android.com/apk/res/android", name);
        manifest.root_element().attribute(attribute)
    };
    let package = manifest.root_element().attribute("package");
    assert_eq!(package, Some(super::manifest_merge::APPLICATION_ID));
    assert_eq!(version("versionName"), Some(env!("CARGO_PKG_VERSION")));
    for (setting, value) in [
        ("namespace", package),
        ("applicationId", package),
        ("versionCode", version("versionCode")),
        ("versionName", version("versionName")),
    ] {
        assert_eq!(gradle.app_setting(setting), value, "{setting}");
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
