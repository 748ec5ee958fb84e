//! SF Symbols by the names in the core's views: `android/assets.toml` maps them.

use std::fmt::Write as _;

use anyhow::Result;

use crate::assets::manifest::Symbols;

/// Returns the text of `Symbols.swift`.
pub(super) fn swift(symbols: &Symbols) -> Result<String> {
    let mut table = String::new();
    for (name, symbol) in pairs(symbols) {
        writeln!(table, "    \"{name}\": \"{symbol}\",")?;
    }
    let fallback = symbols.names.get(&symbols.fallback).map_or("doc.text", String::as_str);
    Ok(format!(
        "// Generated from android/assets.toml.\n\n\
         /// The system's symbols by the names that views give them.\n\
         enum Symbols {{\n  \
           /// The symbol of this name; a page of text for a name that this version does not know.\n  \
           static func of(_ name: String) -> String {{ names[name, default: \"{fallback}\"] }}\n\n  \
           private static let names = [\n{table}  ]\n\
         }}\n"
    ))
}

/// Iterates over all names with their symbols, filled ones included.
fn pairs(symbols: &Symbols) -> impl Iterator<Item = (String, String)> {
    let plain = symbols.names.iter().map(|(name, symbol)| (name.clone(), symbol.clone()));
    let filled = symbols.filled.iter().filter_map(|name| {
        let symbol = symbols.names.get(name)?;
        // Only the sand of the hourglass is filled.
        let end = if symbol == "hourglass" { "tophalf.filled" } else { "fill" };
        Some((format!("{name}-fill"), format!("{symbol}.{end}")))
    });
    plain.chain(filled)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{assets::manifest::AssetManifest, ios::sources, workspace::Workspace};

    /// Prefixes with which a view names a symbol of the list.
    const LIST_PREFIXES: [&str; 2] = ["Symbol(\"", "symbol: \""];
    /// Prefixes with which a view would bypass the list.
    const SYSTEM_PREFIXES: [&str; 2] = ["systemName: \"", "systemImage: \""];

    fn list() -> AssetManifest {
        let text = std::fs::read_to_string(Workspace::locate().root.join("android/assets.toml")).unwrap();
        toml::from_str(&text).unwrap()
    }

    /// Iterates over the quoted texts after each prefix.
    fn quoted_after<'a>(text: &'a str, word: &str) -> impl Iterator<Item = &'a str> {
        text.match_indices(word).filter_map(move |(at, word)| text[at + word.len()..].split('"').next())
    }

    /// Returns the symbols that a source names: after a prefix, and in a choice between two, `Symbol(met ? "a" : "b")`.
    fn symbol_names(text: &str) -> Vec<&str> {
        let choices = text.split("Symbol(").skip(1).filter_map(|rest| rest.split([',', ')']).next());
        let chosen = choices.filter(|choice| choice.contains('?'));
        let chosen = chosen.flat_map(|choice| choice.split('"').skip(1).step_by(2));
        LIST_PREFIXES.iter().flat_map(|word| quoted_after(text, word)).chain(chosen).collect()
    }

    /// Returns the symbols that are not on the list or bypass it.
    fn unlisted(text: &str) -> Vec<String> {
        let known: Vec<String> = pairs(&list().symbols).map(|(name, _)| name).collect();
        let unknown = symbol_names(text).into_iter().filter(|name| !known.iter().any(|known| known == name));
        let system_names = SYSTEM_PREFIXES.iter().flat_map(|word| quoted_after(text, word));
        unknown.chain(system_names).map(str::to_owned).collect()
    }

    #[test]
    fn every_symbol_in_a_view_is_on_the_list() {
        let sources = sources().unwrap();
        let count: usize = sources.iter().map(|(_, text)| symbol_names(text).len()).sum();
        assert!(count > 20, "only {count} symbols were found in the sources");
        for (file, text) in sources {
            assert_eq!(unlisted(&text), Vec::<String>::new(), "{}", file.display());
        }
    }

    #[test]
    fn a_symbol_that_is_not_on_the_list_is_reported() {
        assert_eq!(unlisted("Symbol(\"unheard_of\")"), ["unheard_of"]);
        assert_eq!(unlisted("WayRow(action: a, symbol: \"unheard_of\")"), ["unheard_of"]);
        assert_eq!(unlisted("Symbol(met ? \"check\" : \"unheard_of\")"), ["unheard_of"]);
        assert_eq!(unlisted("Image(systemName: \"pencil\")"), ["pencil"]);
        assert!(unlisted("Symbol(\"check_circle-fill\")").is_empty());
    }

    #[test]
    fn a_filled_symbol_has_apples_name() {
        let swift = swift(&list().symbols).unwrap();
        assert!(swift.contains("\"check_circle-fill\": \"checkmark.circle.fill\""));
        assert!(swift.contains("default: \"doc.text\""));
    }
}
