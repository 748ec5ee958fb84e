//! Checks that Gradle's build, for Android Studio, and the POM's, for `cargo xtask`, use the same versions.

use std::{collections::BTreeMap, fs, path::PathBuf};

use super::{
    gradle::Gradle,
    native::ABIS,
    resources::{MIN_SDK, TARGET_SDK},
};
use crate::workspace::Workspace;

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

fn android_file(file: &str) -> PathBuf {
    Workspace::locate().root.join("android").join(file)
}

fn read_file(file: &str) -> String {
    fs::read_to_string(android_file(file)).unwrap()
}

fn gradle() -> Gradle {
    Gradle::read(&android_file("")).unwrap()
}

/// Returns the POM's properties.
fn pom_properties() -> BTreeMap<String, String> {
    let pom_properties = read_file("linux/pom.xml");
    let (_, properties) = pom_properties.split_once("<properties>").unwrap();
    let (properties, _) = properties.split_once("</properties>").unwrap();
    properties
        .lines()
        .filter_map(|line| line.trim().strip_prefix('<')?.split_once('>'))
        .filter_map(|(name, rest)| Some((name.to_owned(), rest.split_once('<')?.0.to_owned())))
        .collect()
}

#[test]
fn gradle_and_the_pom_name_the_same_versions() {
    let catalogue: toml::Table = toml::from_str(&read_file("gradle/libs.versions.toml")).unwrap();
    let mut pom_properties = pom_properties();
    for name in POM_ONLY {
        pom_properties.remove(name).unwrap();
    }
    for (name, version) in catalogue["versions"].as_table().unwrap() {
        if GRADLE_ONLY.contains(&name.as_str()) {
            continue;
        }
        let property = RENAMED
            .iter()
            .find(|(gradle, _)| gradle == name)
            .map_or(name.as_str(), |(_, pom_properties)| pom_properties);
        assert_eq!(pom_properties.get(property).map(String::as_str), version.as_str(), "{name}");
        pom_properties.remove(property);
    }
    assert!(pom_properties.is_empty(), "Gradle does not name {pom_properties:?}");
}

#[test]
fn shrinker_and_merger_are_those_of_gradles_plugin() {
    let pom_properties = pom_properties();
    assert_eq!(gradle().version("agp").unwrap(), PLUGIN_VERSION);
    assert_eq!(
        (pom_properties["r8"].as_str(), pom_properties["android-tools"].as_str()),
        (PLUGIN_R8, PLUGIN_TOOLS)
    );
    assert_eq!(gradle().app_setting("ndkVersion"), Some(PLUGIN_NDK));
    let wrapper = read_file("gradle/wrapper/gradle-wrapper.properties");
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
    let app = read_file("app/build.gradle.kts");
    let (_, abis) = app.split_once("abiFilters += listOf(").unwrap();
    let (abis, _) = abis.split_once(')').unwrap();
    let ours = ABIS.iter().map(|abi| format!("\"{}\"", abi.name)).collect::<Vec<_>>().join(", ");
    assert_eq!(abis, ours);
}

#[test]
fn both_builds_give_the_app_the_same_name_and_version() {
    let gradle = gradle();
    let manifest = read_file("app/src/main/AndroidManifest.xml");
    let manifest_value = |attribute: &str| {
        let (_, rest) = manifest.split_once(&format!(" {attribute}=\"")).unwrap();
        rest.split('"').next()
    };
    assert_eq!(gradle.app_setting("namespace"), manifest_value("package"));
    assert_eq!(gradle.app_setting("applicationId"), manifest_value("package"));
    assert_eq!(gradle.app_setting("applicationId"), Some(super::manifest_merge::APPLICATION_ID));
    assert_eq!(gradle.app_setting("versionCode"), manifest_value("android:versionCode"));
    assert_eq!(gradle.app_setting("versionName"), manifest_value("android:versionName"));
    assert_eq!(gradle.app_setting("versionName"), Some(env!("CARGO_PKG_VERSION")));
}

#[test]
fn both_builds_shrink_by_the_same_rules() {
    let app = read_file("app/build.gradle.kts");
    assert!(app.contains("proguardFiles(\"proguard-rules.pro\")"));
    assert!(!app.contains("getDefaultProguardFile"), "the default rules are unknown to this build");
    let silent = read_file("app/proguard-rules.pro");
    let silenced: Vec<_> = silent.lines().filter_map(|line| line.strip_prefix("-dontwarn ")).collect();
    assert!(silenced.iter().all(|class| !class.contains('*')), "one class at a time: {silenced:?}");
}
