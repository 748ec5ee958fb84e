//! Statements about personal data: every datum of `core/locales/personal-data.toml` has its words in both privacy texts
//! and its type in Apple's manifest, and every kind of form field asks for a datum of that table.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::files;

/// Personal data that the app asks for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PersonalData {
    datum: Vec<Datum>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Datum {
    name: String,
    /// Kinds of form fields that ask for it.
    kinds: Vec<String>,
    /// Words of the French text.
    fr: String,
    /// Words of the Arabic text.
    ar: String,
    /// Type in Apple's manifest, without its prefix.
    apple: String,
}

fn personal_data() -> Vec<Datum> {
    toml::from_str::<PersonalData>(&files::read("core/locales/personal-data.toml")).unwrap().datum
}

#[test]
fn the_privacy_texts_name_every_datum_that_is_asked_for() {
    let [french, arabic] =
        ["fr", "ar"].map(|language| files::read(format!("core/locales/privacy.{language}.md")));
    for Datum { name, fr, ar, .. } in personal_data() {
        assert!(french.contains(&fr), "{name}: «{fr}» is not in the French text");
        assert!(arabic.contains(&ar), "{name}: «{ar}» is not in the Arabic text");
    }
}

#[test]
fn every_kind_of_field_asks_for_a_datum_of_the_table() {
    let document = files::read_json("tests/portal/openapi.json");
    let kinds = document["components"]["schemas"]["FieldKind"]["oneOf"].as_array().unwrap();
    let name = |kind: &serde_json::Value| kind["properties"]["kind"]["enum"][0].as_str().unwrap().to_owned();
    let asked: BTreeSet<String> = kinds.iter().map(name).collect();
    let named: BTreeSet<String> = personal_data().into_iter().flat_map(|datum| datum.kinds).collect();
    assert_eq!(asked, named);
}

#[test]
fn apples_manifest_declares_the_types_of_the_table_each_linked_and_for_no_other_purpose() {
    let manifest = crate::iphone::read("PrivacyInfo.xcprivacy");
    let declared = manifest["NSPrivacyCollectedDataTypes"].as_array().unwrap();
    let mut types = BTreeSet::new();
    for declared in declared.iter().filter_map(plist::Value::as_dictionary) {
        let purposes = crate::iphone::string_array(declared, "NSPrivacyCollectedDataTypePurposes");
        assert_eq!(purposes, ["NSPrivacyCollectedDataTypePurposeAppFunctionality"]);
        assert_eq!(declared["NSPrivacyCollectedDataTypeLinked"].as_boolean(), Some(true));
        assert_eq!(declared["NSPrivacyCollectedDataTypeTracking"].as_boolean(), Some(false));
        types.insert(declared["NSPrivacyCollectedDataType"].as_string().unwrap().to_owned());
    }
    let prefix = "NSPrivacyCollectedDataType";
    let of_table: BTreeSet<String> =
        personal_data().iter().map(|datum| format!("{prefix}{}", datum.apple)).collect();
    assert_eq!(types, of_table);
}
