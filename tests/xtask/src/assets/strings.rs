//! Android string resources for the few phrases that the system reads, or that show when the core did not open. They
//! come from the core's own files, so that each is written once.

use std::fmt::Write as _;

use anyhow::{Context, Result, anyhow, bail};
use fluent_syntax::{
    ast::{Entry, PatternElement},
    parser,
};

/// Message names in the core's files; Android's names have underscores.
const NAMES: [&str; 2] = ["app-name", "try-again"];

/// The core's files and Android's folders. Arabic is the default for phones in any other language.
pub(super) const FILES: [(&str, &str); 2] =
    [("core/locales/ar.ftl", "values"), ("core/locales/fr.ftl", "values-fr")];

/// Returns Android's `strings.xml` of one language.
pub(super) fn xml(phrases: &str) -> Result<String> {
    let mut lines = String::from("<resources>\n");
    for name in NAMES {
        let message = escaped(&message(phrases, name)?);
        writeln!(lines, "  <string name=\"{}\">{message}</string>", name.replace('-', "_"))?;
    }
    Ok(lines + "</resources>\n")
}

/// Returns the text of a message without arguments.
pub(crate) fn message(phrases: &str, name: &str) -> Result<String> {
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

/// Escapes characters with a meaning in XML or in Android's resource syntax.
fn escaped(text: &str) -> String {
    [("&", "&amp;"), ("<", "&lt;"), ("\\", "\\\\"), ("'", "\\'"), ("\"", "\\\"")]
        .iter()
        .fold(text.to_owned(), |text, (letter, escape)| text.replace(letter, escape))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn androids_strings_match_the_cores_phrases() {
        let text = xml("app-name = Services d'ici\ntry-again = Réessayer & voir\nother = { $n }\n").unwrap();
        assert!(text.contains("<string name=\"app_name\">Services d\\'ici</string>"));
        assert!(text.contains("<string name=\"try_again\">Réessayer &amp; voir</string>"));
        assert!(!text.contains("other"));
    }

    #[test]
    fn a_phrase_that_is_missing_or_has_an_argument_is_rejected() {
        assert!(xml("app-name = FOS\n").is_err());
        assert!(xml("app-name = FOS\ntry-again = again { $name }\n").is_err());
    }
}
