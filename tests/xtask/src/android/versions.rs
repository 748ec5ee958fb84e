//! Two builds read one set of versions: Gradle's, for Android Studio, and the POM, for here.

use std::{collections::BTreeMap, fs, path::Path};

/// The POM's property for each of Gradle's names that is written differently.
const SAME: [(&str, &str); 1] = [("compose-compiler", "kotlin")];

#[test]
fn gradle_and_the_pom_name_the_same_versions() {
    let android = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../android");
    let pom = fs::read_to_string(android.join("linux/pom.xml")).unwrap();
    let (_, properties) = pom.split_once("<properties>").unwrap();
    let (properties, _) = properties.split_once("</properties>").unwrap();
    let pom: BTreeMap<_, _> = properties
        .lines()
        .filter_map(|line| line.trim().strip_prefix('<')?.split_once('>'))
        .filter_map(|(name, rest)| Some((name, rest.split_once('<')?.0)))
        .collect();

    let catalogue = fs::read_to_string(android.join("gradle/libs.versions.toml")).unwrap();
    let catalogue: toml::Table = toml::from_str(&catalogue).unwrap();
    let versions = catalogue["versions"].as_table().unwrap();
    let mut compared = 0;
    for (name, version) in versions.iter().filter(|(name, _)| *name != "agp") {
        let property = SAME.iter().find(|(gradle, _)| gradle == name).map_or(name.as_str(), |(_, pom)| pom);
        assert_eq!(pom.get(property).copied(), version.as_str(), "{name}");
        compared += 1;
    }
    assert!(compared >= 8, "only {compared} versions compared");
}
