//! The few phrases that the system reads, or that show when the core did not open. They come from the core's own files,
//! so that each is written once.

use anyhow::{Context, Result, anyhow, bail};
use fluent_syntax::{
    ast::{Entry, PatternElement},
    parser,
};
use serde_json::{Map, Value, json};

/// A language: its code, the core's file, and the folder in which Android looks.
pub(super) struct Language {
    pub(super) code: &'static str,
    pub(super) phrases: &'static str,
    pub(super) android: &'static str,
}

/// Both languages. Arabic is the default for phones in any other language.
pub(super) const LANGUAGES: [Language; 2] = [
    Language { code: "ar", phrases: "core/locales/ar.ftl", android: "values" },
    Language { code: "fr", phrases: "core/locales/fr.ftl", android: "values-fr" },
];

/// Names of the phrases in the core's files.
const NAMES: [&str; 15] = [
    "app-name",
    "try-again",
    "close",
    "copy",
    "about-code",
    "title-opening-failed",
    "error-app-incomplete",
    "opening-check-restart",
    "opening-check-update",
    "opening-check-call",
    "action-set-aside",
    "question-set-aside",
    "question-set-aside-text",
    "action-set-aside-confirm",
    "action-set-aside-cancel",
];
/// Phrases that the iPhone's system reads by a key of `Info.plist`: key, and name in the core's files.
const INFO_PLIST: [(&str, &str); 1] = [("CFBundleDisplayName", "app-name")];

/// Returns what Android's template is filled in with: the language's code and the phrases, each as a `resource` and its
/// `text`.
pub(super) fn context(language: &Language, file: &str) -> Result<Value> {
    let mut phrases = Vec::new();
    for name in NAMES {
        let resource = name.replace('-', "_");
        phrases.push(json!({ "resource": resource, "text": message(file, name)? }));
    }
    Ok(json!({ "language": language.code, "phrases": phrases }))
}

/// Returns the iPhone's String Catalogs, each with its file's name. `files` are those of [`LANGUAGES`].
pub(super) fn catalogs(files: &[String; 2]) -> Result<[(&'static str, Value); 2]> {
    Ok([
        ("Localizable.xcstrings", catalog(&NAMES.map(|name| (name, name)), files)?),
        ("InfoPlist.xcstrings", catalog(&INFO_PLIST, files)?),
    ])
}

/// Returns one catalog: the texts of all languages by key.
fn catalog(keys: &[(&str, &str)], files: &[String; 2]) -> Result<Value> {
    let mut strings = Map::new();
    for (key, name) in keys {
        let mut localizations = Map::new();
        for (language, file) in LANGUAGES.iter().zip(files) {
            let unit = json!({ "state": "translated", "value": message(file, name)? });
            localizations.insert(language.code.to_owned(), json!({ "stringUnit": unit }));
        }
        let entry = json!({ "extractionState": "manual", "localizations": localizations });
        strings.insert((*key).to_owned(), entry);
    }
    Ok(json!({ "sourceLanguage": LANGUAGES[0].code, "strings": strings, "version": "1.0" }))
}

/// Returns the text of a message without arguments.
fn message(phrases: &str, name: &str) -> Result<String> {
    let resource = parser::parse(phrases).map_err(|(_, errors)| anyhow!("{errors:?}"))?;
    let message = resource.body.iter().find_map(|entry| match entry {
        Entry::Message(message) if message.id.name == name => message.value.as_ref(),
        _ => None,
    });
    match message.with_context(|| format!("no phrase `{name}`"))?.elements.as_slice() {
        [PatternElement::TextElement { value }] => Ok((*value).to_owned()),
        _ => bail!("`{name}` is more than plain text"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{assets::templates::render, workspace};

    /// Every phrase, with a text that both systems have to escape.
    fn file() -> String {
        NAMES.map(|name| format!("{name} = \"Oui\" & l'autre\n")).concat() + "other = { $n }\n"
    }

    #[test]
    fn the_systems_strings_match_the_cores_phrases() {
        let context = context(&LANGUAGES[1], &file()).unwrap();
        let render = |template| render(template, context.clone()).unwrap();
        let android = render("strings.xml");
        assert!(
            android.contains("<string name=\"app_name\">\\\"Oui\\\" &amp; l\\'autre</string>"),
            "{android}"
        );
        assert!(android.contains("<string name=\"about_code\">"));
        assert!(android.contains("<string name=\"language\">fr</string>"));
        assert!(!android.contains("other"));
        let [(_, localizable), (_, info_plist)] = catalogs(&[file(), file()]).unwrap();
        for (catalog, key, count) in
            [(&localizable, "about-code", NAMES.len()), (&info_plist, "CFBundleDisplayName", 1)]
        {
            let strings = catalog["strings"].as_object().unwrap();
            assert_eq!(strings.len(), count);
            for language in LANGUAGES {
                let unit = &strings[key]["localizations"][language.code]["stringUnit"];
                assert_eq!(unit["value"], "\"Oui\" & l'autre");
            }
        }
    }

    #[test]
    fn a_phrase_that_is_missing_or_has_an_argument_is_an_error_and_both_languages_are_complete() {
        let arabic = &LANGUAGES[0];
        assert!(context(arabic, "app-name = FOS\n").is_err());
        assert!(context(arabic, &file().replace("l'autre", "{ $name }")).is_err());
        for language in LANGUAGES {
            context(&language, &workspace::read(language.phrases)).unwrap();
        }
    }
}
