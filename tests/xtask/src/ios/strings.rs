//! The few strings that the system reads, in both languages, from the core's own files.

use anyhow::Result;

use crate::assets::strings::message;

/// The core's files and the folders in which the system looks for each language.
pub(super) const LANGUAGES: [(&str, &str); 2] =
    [("core/locales/ar.ftl", "ar.lproj"), ("core/locales/fr.ftl", "fr.lproj")];

/// Returns the files of one language: the app's display name, and the button shown when the core did not open.
pub(super) fn files(phrases: &str) -> Result<[(&'static str, String); 2]> {
    let line = |key: &str, phrase: &str| {
        let text = message(phrases, phrase)?.replace('\\', "\\\\").replace('"', "\\\"");
        anyhow::Ok(format!("\"{key}\" = \"{text}\";\n"))
    };
    Ok([
        ("InfoPlist.strings", line("CFBundleDisplayName", "app-name")?),
        ("Localizable.strings", line("try-again", "try-again")?),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_systems_strings_match_the_cores_phrases() {
        let [(_, plist), (_, localizable)] =
            files("app-name = Services «FOS»\ntry-again = Dire \"oui\"\n").unwrap();
        assert_eq!(plist, "\"CFBundleDisplayName\" = \"Services «FOS»\";\n");
        assert_eq!(localizable, "\"try-again\" = \"Dire \\\"oui\\\"\";\n");
    }

    #[test]
    fn a_missing_phrase_is_an_error_and_both_languages_are_complete() {
        assert!(files("app-name = FOS\n").is_err());
        for (phrases, _) in LANGUAGES {
            files(&crate::workspace::read(phrases)).unwrap();
        }
    }
}
