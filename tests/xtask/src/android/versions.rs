//! Two builds read one set of versions: Gradle's, for Android Studio, and the POM's, for here.

use std::{collections::BTreeMap, fs, path::PathBuf};

use super::{
    gradle::Gradle,
    native::ABIS,
    resources::{OLDEST, WRITTEN_FOR},
};
use crate::house::House;

/// The POM's property for each of Gradle's names that is written differently.
const SAME: [(&str, &str); 1] = [("compose-compiler", "kotlin")];
/// What only one side has, as it builds in another way.
const GRADLES_OWN: [&str; 1] = ["agp"];
const POMS_OWN: [&str; 7] =
    ["android-all", "android-all-instrumented", "android-tools", "ktlint", "r8", "savedstate", "window"];
/// What this version of Gradle's Android plugin brings and asks for, by its release notes.
const PLUGIN: &str = "8.13.2";
const ITS_R8: &str = "8.13.19";
const ITS_TOOLS: &str = "31.13.2";
const ITS_NDK: &str = "27.0.12077973";
const ITS_GRADLE: &str = "gradle-8.13-bin.zip";
/// Which Android the POM's framework is.
const FRAMEWORK: (&str, &str) = ("14-", "34");

fn android(file: &str) -> PathBuf {
    House::here().root.join("android").join(file)
}

fn read(file: &str) -> String {
    fs::read_to_string(android(file)).unwrap()
}

fn gradle() -> Gradle {
    Gradle::read(&android("")).unwrap()
}

/// The POM's properties.
fn pom() -> BTreeMap<String, String> {
    let pom = read("linux/pom.xml");
    let (_, properties) = pom.split_once("<properties>").unwrap();
    let (properties, _) = properties.split_once("</properties>").unwrap();
    properties
        .lines()
        .filter_map(|line| line.trim().strip_prefix('<')?.split_once('>'))
        .filter_map(|(name, rest)| Some((name.to_owned(), rest.split_once('<')?.0.to_owned())))
        .collect()
}

#[test]
fn gradle_and_the_pom_name_the_same_versions() {
    let catalogue: toml::Table = toml::from_str(&read("gradle/libs.versions.toml")).unwrap();
    let mut pom = pom();
    for name in POMS_OWN {
        pom.remove(name).unwrap();
    }
    for (name, version) in catalogue["versions"].as_table().unwrap() {
        if GRADLES_OWN.contains(&name.as_str()) {
            continue;
        }
        let property = SAME.iter().find(|(gradle, _)| gradle == name).map_or(name.as_str(), |(_, pom)| pom);
        assert_eq!(pom.get(property).map(String::as_str), version.as_str(), "{name}");
        pom.remove(property);
    }
    assert!(pom.is_empty(), "Gradle does not name {pom:?}");
}

#[test]
fn what_shrinks_and_merges_here_is_what_gradles_plugin_brings() {
    let pom = pom();
    assert_eq!(gradle().version("agp").unwrap(), PLUGIN);
    assert_eq!((pom["r8"].as_str(), pom["android-tools"].as_str()), (ITS_R8, ITS_TOOLS));
    assert_eq!(gradle().app("ndkVersion"), Some(ITS_NDK));
    let wrapper = read("gradle/wrapper/gradle-wrapper.properties");
    assert!(wrapper.contains(&format!("/{ITS_GRADLE}\n")), "another Gradle than {ITS_GRADLE}");
}

#[test]
fn both_builds_make_the_app_for_the_same_phones() {
    let gradle = gradle();
    assert_eq!(gradle.app("minSdk"), Some(OLDEST));
    assert_eq!(gradle.app("targetSdk"), Some(WRITTEN_FOR));
    let (release, level) = FRAMEWORK;
    assert_eq!(level, WRITTEN_FOR);
    for framework in ["android-all", "android-all-instrumented"] {
        assert!(pom()[framework].starts_with(release), "{framework} is not Android {level}");
    }
    let app = read("app/build.gradle.kts");
    let (_, abis) = app.split_once("abiFilters += listOf(").unwrap();
    let (abis, _) = abis.split_once(')').unwrap();
    let ours = ABIS.iter().map(|abi| format!("\"{}\"", abi.name)).collect::<Vec<_>>().join(", ");
    assert_eq!(abis, ours);
}

#[test]
fn both_builds_give_the_app_the_same_name_and_version() {
    let gradle = gradle();
    let manifest = read("app/src/main/AndroidManifest.xml");
    let told = |attribute: &str| {
        let (_, rest) = manifest.split_once(&format!(" {attribute}=\"")).unwrap();
        rest.split('"').next()
    };
    assert_eq!(gradle.app("namespace"), told("package"));
    assert_eq!(gradle.app("applicationId"), told("package"));
    assert_eq!(gradle.app("applicationId"), Some(super::merge::ID));
    assert_eq!(gradle.app("versionCode"), told("android:versionCode"));
    assert_eq!(gradle.app("versionName"), told("android:versionName"));
    assert_eq!(gradle.app("versionName"), Some(env!("CARGO_PKG_VERSION")));
}

#[test]
fn both_builds_shrink_by_the_same_rules() {
    let app = read("app/build.gradle.kts");
    assert!(app.contains("proguardFiles(\"proguard-rules.pro\")"));
    assert!(!app.contains("getDefaultProguardFile"), "its rules are not known here");
    let silent = read("app/proguard-rules.pro");
    let silenced: Vec<_> = silent.lines().filter_map(|line| line.strip_prefix("-dontwarn ")).collect();
    assert!(silenced.iter().all(|class| !class.contains('*')), "one class at a time: {silenced:?}");
}
