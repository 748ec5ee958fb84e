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
    use std::collections::BTreeSet;

    use regex::Regex;

    use super::*;
    use crate::{assets::manifest::AssetManifest, ios::sources, workspace};

    fn list() -> AssetManifest {
        toml::from_str(&workspace::read("android/assets.toml")).unwrap()
    }

    /// Returns the symbols that a source names: `Symbol("a")`, `symbol: "a"`, and in a choice between two,
    /// `Symbol(met ? "a" : "b")`.
    fn symbol_names(text: &str) -> Vec<&str> {
        let named =
            Regex::new(r#"(?:Symbol\(|symbol: )"([^"]*)"|Symbol\([^,)"]*\?\s*"([^"]*)"\s*:\s*"([^"]*)""#);
        let groups = |found: regex::Captures<'_>| found.iter().skip(1).flatten().map(|m| m.range()).collect();
        let ranges = named.unwrap().captures_iter(text).flat_map::<Vec<_>, _>(groups).collect::<Vec<_>>();
        ranges.into_iter().map(|range| &text[range]).collect()
    }

    /// Returns the symbols that are not on the list, and those that a view takes from the system, past the list.
    fn unlisted(text: &str) -> Vec<String> {
        let known: BTreeSet<String> = pairs(&list().symbols).map(|(name, _)| name).collect();
        let unknown = symbol_names(text).into_iter().filter(|name| !known.contains(*name)).map(str::to_owned);
        let system = Regex::new(r#"(?:systemName|systemImage): "([^"]*)"#).unwrap();
        unknown.chain(system.captures_iter(text).map(|found| found[1].to_owned())).collect()
    }

    #[test]
    fn every_symbol_in_a_view_is_on_the_list() {
        let sources = sources();
        let count: usize = sources.iter().map(|(_, text)| symbol_names(text).len()).sum();
        assert!(count > 20, "only {count} symbols were found in the sources");
        for (file, text) in sources {
            assert_eq!(unlisted(&text), Vec::<String>::new(), "{}", file.display());
        }
    }

    #[test]
    fn a_symbol_that_is_not_on_the_list_is_reported() {
        for (view, unlisted_names) in [
            ("Symbol(\"unheard_of\")", &["unheard_of"][..]),
            ("WayRow(action: a, symbol: \"unheard_of\")", &["unheard_of"]),
            ("Symbol(met ? \"check\" : \"unheard_of\")", &["unheard_of"]),
            ("Symbol(met ? \"unheard_of\" : \"check\")", &["unheard_of"]),
            ("Image(systemName: \"pencil\")", &["pencil"]),
            ("Symbol(\"check_circle-fill\")", &[]),
        ] {
            assert_eq!(unlisted(view), unlisted_names, "{view}");
        }
    }

    #[test]
    fn a_filled_symbol_has_apples_name() {
        let swift = swift(&list().symbols).unwrap();
        assert!(swift.contains("\"check_circle-fill\": \"checkmark.circle.fill\""));
        assert!(swift.contains("default: \"doc.text\""));
    }
}
