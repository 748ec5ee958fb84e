//! SF Symbols by the names that the core's views give: the pairs stand in `android/assets.toml`.

use std::fmt::Write as _;

use anyhow::Result;

use crate::assets::list::Symbols;

/// The text of `Symbols.swift`.
pub(super) fn swift(symbols: &Symbols) -> Result<String> {
    let mut table = String::new();
    for (name, symbol) in pairs(symbols) {
        writeln!(table, "    \"{name}\": \"{symbol}\",")?;
    }
    let fallback = symbols.names.get(&symbols.fallback).map_or("doc.text", String::as_str);
    Ok(format!(
        "// Made from android/assets.toml.\n\n\
         /// The system's symbols by the names that views give them.\n\
         enum Symbols {{\n  \
           /// The symbol of this name; a page of text for a name that this version does not know.\n  \
           static func of(_ name: String) -> String {{ names[name, default: \"{fallback}\"] }}\n\n  \
           private static let names = [\n{table}  ]\n\
         }}\n"
    ))
}

/// Every name with its symbol, the filled ones too.
fn pairs(symbols: &Symbols) -> impl Iterator<Item = (String, String)> {
    let plain = symbols.names.iter().map(|(name, symbol)| (name.clone(), symbol.clone()));
    let filled = symbols.filled.iter().filter_map(|name| {
        let symbol = symbols.names.get(name)?;
        // Of the hourglass it is the sand that is filled.
        let end = if symbol == "hourglass" { "tophalf.filled" } else { "fill" };
        Some((format!("{name}-fill"), format!("{symbol}.{end}")))
    });
    plain.chain(filled)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{assets::list::List, house::House, ios::sources};

    /// How a view names a symbol of the list.
    const NAMED: [&str; 2] = ["Symbol(\"", "symbol: \""];
    /// How it would name one that is not on it.
    const PAST: [&str; 2] = ["systemName: \"", "systemImage: \""];

    fn list() -> List {
        let text = std::fs::read_to_string(House::here().root.join("android/assets.toml")).unwrap();
        toml::from_str(&text).unwrap()
    }

    /// The text in quotes after each of these words.
    fn after<'a>(text: &'a str, word: &str) -> impl Iterator<Item = &'a str> {
        text.match_indices(word).filter_map(move |(at, word)| text[at + word.len()..].split('"').next())
    }

    #[test]
    fn every_symbol_that_a_view_names_stands_in_the_list() {
        let known: Vec<String> = pairs(&list().symbols).map(|(name, _)| name).collect();
        let mut named = 0;
        for (file, text) in sources().unwrap() {
            for word in NAMED {
                for name in after(&text, word) {
                    named += 1;
                    assert!(known.iter().any(|known| known == name), "{}: no symbol {name}", file.display());
                }
            }
            // A choice between two: `Symbol(met ? "a" : "b")`.
            for choice in text.split("Symbol(").skip(1) {
                let choice = choice.split([',', ')']).next().unwrap_or_default();
                for name in choice.split('"').skip(1).step_by(2).filter(|_| choice.contains('?')) {
                    named += 1;
                    assert!(known.iter().any(|known| known == name), "{}: no symbol {name}", file.display());
                }
            }
        }
        assert!(named > 20, "only {named} symbols were found in the sources");
    }

    #[test]
    fn no_view_goes_past_the_list() {
        for (file, text) in sources().unwrap() {
            for word in PAST {
                let past: Vec<&str> = after(&text, word).collect();
                assert_eq!(past, Vec::<&str>::new(), "{}: {word}", file.display());
            }
        }
    }

    #[test]
    fn a_filled_symbol_is_called_as_apple_calls_it() {
        let swift = swift(&list().symbols).unwrap();
        assert!(swift.contains("\"check_circle-fill\": \"checkmark.circle.fill\""));
        assert!(swift.contains("default: \"doc.text\""));
    }
}
