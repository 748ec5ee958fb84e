//! Symbols: each that a view or the portal names is in `android/assets.toml`.

use std::collections::BTreeSet;

use regex::Regex;
use toml::Table;

use crate::{files, rules::Tree};

/// Returns the names of the list, filled ones included.
fn listed() -> BTreeSet<String> {
    let list: Table = files::read("android/assets.toml").parse().unwrap();
    let filled = list["symbols"]["filled"].as_array().unwrap().iter();
    let filled = filled.map(|name| format!("{}-fill", name.as_str().unwrap()));
    list["symbols"]["names"].as_table().unwrap().keys().cloned().chain(filled).collect()
}

/// Returns the symbols that a source names: `Symbol("a")`, `symbol: "a"`, and in a choice between two,
/// `Symbol(met ? "a" : "b")`.
fn symbol_names(text: &str) -> Vec<&str> {
    let named = r#"(?:Symbol\(|symbol: )"([^"]*)"|Symbol\([^,)"]*\?\s*"([^"]*)"\s*:\s*"([^"]*)""#;
    let named = Regex::new(named).unwrap();
    let groups = named.captures_iter(text).flat_map(|found| [1, 2, 3].map(|group| found.get(group)));
    groups.flatten().map(|name| name.as_str()).collect()
}

/// Returns the symbols that are not on the list, and those that a view takes from the system, past the list.
fn unlisted(text: &str, listed: &BTreeSet<String>) -> Vec<String> {
    let unknown = symbol_names(text).into_iter().filter(|name| !listed.contains(*name)).map(str::to_owned);
    let system = Regex::new(r#"(?:systemName|systemImage): "([^"]*)"#).unwrap();
    unknown.chain(system.captures_iter(text).map(|found| found[1].to_owned())).collect()
}

#[test]
fn every_symbol_in_an_iphone_view_is_on_the_list() {
    let (tree, listed) = (Tree::read(), listed());
    let mut count = 0;
    for (file, text) in tree.sources("ios/Fos/", &["swift"]) {
        count += symbol_names(text).len();
        assert_eq!(unlisted(text, &listed), Vec::<String>::new(), "{file}");
    }
    assert!(count > 20, "only {count} symbols were found in the sources");
}

#[test]
fn a_symbol_that_is_not_on_the_list_is_reported() {
    let listed = listed();
    for (view, unlisted_names) in [
        ("Symbol(\"unheard_of\")", &["unheard_of"][..]),
        ("WayRow(action: a, symbol: \"unheard_of\")", &["unheard_of"]),
        ("Symbol(met ? \"check\" : \"unheard_of\")", &["unheard_of"]),
        ("Symbol(met ? \"unheard_of\" : \"check\")", &["unheard_of"]),
        ("Image(systemName: \"pencil\")", &["pencil"]),
        ("Symbol(\"check_circle-fill\")", &[]),
    ] {
        assert_eq!(unlisted(view, &listed), unlisted_names, "{view}");
    }
}

/// A symbol is found by its name: a missing one would show as the fallback, a sheet of paper.
#[test]
fn every_icon_of_the_portals_services_is_on_the_list() {
    let (seed, listed) = (files::read("tests/portal/seed/services.toml"), listed());
    let icons = seed.lines().filter_map(|line| line.strip_prefix("icon = \"")?.strip_suffix('"'));
    let missing: Vec<&str> = icons.filter(|icon| !listed.contains(*icon)).collect();
    assert!(seed.contains("icon = "), "the seed has icons");
    assert_eq!(missing, Vec::<&str>::new());
}
