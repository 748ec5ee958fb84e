//! The few phrases that the system reads, or that show when the core did not open. They come from the core's own files,
//! so that each is written once.

use std::collections::BTreeMap;

use anyhow::{Context, Result, anyhow, bail};
use fluent_syntax::{
    ast::{Entry, PatternElement},
    parser,
};

/// A language: the core's file, and the folders in which each system looks.
pub(super) struct Language {
    pub(super) phrases: &'static str,
    pub(super) android: &'static str,
    pub(super) iphone: &'static str,
}

/// Both languages. Arabic is the default for phones in any other language.
pub(super) const LANGUAGES: [Language; 2] = [
    Language { phrases: "core/locales/ar.ftl", android: "values", iphone: "ar.lproj" },
    Language { phrases: "core/locales/fr.ftl", android: "values-fr", iphone: "fr.lproj" },
];

/// Names of the phrases in the core's files.
const NAMES: [&str; 2] = ["app-name", "try-again"];

/// Returns the texts of the phrases by name.
pub(super) fn phrases(file: &str) -> Result<BTreeMap<&'static str, String>> {
    NAMES.iter().map(|name| Ok((*name, message(file, name)?))).collect()
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
    use serde_json::json;

    use super::*;
    use crate::{assets::templates::render, workspace};

    #[test]
    fn the_systems_strings_match_the_cores_phrases() {
        let file = "app-name = Services d'ici\ntry-again = \"Oui\" & voir\nother = { $n }\n";
        let phrases = phrases(file).unwrap();
        let render = |template| render(template, json!({ "phrases": phrases })).unwrap();
        let android = render("strings.xml");
        assert!(android.contains("<string name=\"app_name\">Services d\\'ici</string>"));
        assert!(android.contains("<string name=\"try_again\">\\\"Oui\\\" &amp; voir</string>"));
        assert!(!android.contains("other"));
        assert_eq!(render("InfoPlist.strings"), "\"CFBundleDisplayName\" = \"Services d'ici\";\n");
        assert_eq!(render("Localizable.strings"), "\"try-again\" = \"\\\"Oui\\\" & voir\";\n");
    }

    #[test]
    fn a_phrase_that_is_missing_or_has_an_argument_is_an_error_and_both_languages_are_complete() {
        assert!(phrases("app-name = FOS\n").is_err());
        assert!(phrases("app-name = FOS\ntry-again = again { $name }\n").is_err());
        for language in LANGUAGES {
            phrases(&workspace::read(language.phrases)).unwrap();
        }
    }
}
