//! The few phrases that the system reads, or that show when the core did not open. They come from the core's own files,
//! so that each is written once.

use anyhow::{Context, Result, anyhow, bail};
use fluent_syntax::{
    ast::{Entry, PatternElement},
    parser,
};
use serde_json::{Value, json};

/// A language: its code, the core's file, and the folders in which each system looks.
pub(super) struct Language {
    pub(super) code: &'static str,
    pub(super) phrases: &'static str,
    pub(super) android: &'static str,
    pub(super) iphone: &'static str,
}

/// Both languages. Arabic is the default for phones in any other language.
pub(super) const LANGUAGES: [Language; 2] = [
    Language { code: "ar", phrases: "core/locales/ar.ftl", android: "values", iphone: "ar.lproj" },
    Language { code: "fr", phrases: "core/locales/fr.ftl", android: "values-fr", iphone: "fr.lproj" },
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
/// The phrase that the system reads as the app's name, elsewhere than the others.
const APP_NAME: &str = "app-name";

/// Returns what the templates of the strings are filled in with: the language's code, the app's name, the other phrases,
/// each with its name in the core (`name`), as an Android resource (`resource`) and its `text`.
pub(super) fn context(language: &Language, file: &str) -> Result<Value> {
    let mut phrases = Vec::new();
    for name in NAMES {
        let resource = name.replace('-', "_");
        phrases.push(json!({ "name": name, "resource": resource, "text": message(file, name)? }));
    }
    let app_name = message(file, APP_NAME)?;
    Ok(json!({ "language": language.code, "app_name": app_name, "phrases": phrases }))
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
        let text = "\"\\\"Oui\\\" & l'autre\"";
        assert_eq!(render("InfoPlist.strings"), format!("\"CFBundleDisplayName\" = {text};\n"));
        let iphone = render("Localizable.strings");
        assert!(iphone.contains(&format!("\"about-code\" = {text};\n")), "{iphone}");
        assert_eq!(iphone.lines().count(), NAMES.len());
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
