//! Rules over the text of all sources. Each is a function of a tree of files, and has a table of planted violations in
//! `tests/repository/planted`. Crates banned in `deny.toml` are found by cargo-deny.

mod architecture;
mod controls;
mod doc_openings;
mod faces;
mod feature_folders;
mod file_length;
mod imports;
mod phrases;
mod portal_paths;
mod references;
mod secret_fields;
mod shared_crates;
mod source_tree;
mod vocabulary;

use std::{collections::BTreeMap, fmt::Display};

use serde::Deserialize;

pub(crate) use self::{phrases::kebab, source_tree::Tree};

/// Places that break a rule, each with a description of the problem and of its fix.
#[derive(Debug, Default)]
struct Violations(Vec<String>);

impl Violations {
    fn at(&mut self, file: &str, line: usize, message: impl Display) {
        self.0.push(format!("{file}:{line}: {message}"));
    }

    fn in_file(&mut self, file: &str, message: impl Display) {
        self.0.push(format!("{file}: {message}"));
    }
}

/// A rule: its name, the function that finds violations, and the planted ones as a [`PlantedCases`] file; `None` if a
/// test beside the function plants them.
type Rule = (&'static str, fn(&Tree, &mut Violations), Option<&'static str>);

/// All rules, in the order in which their violations are printed.
const ALL: [Rule; 13] = [
    ("imports point inwards", imports::check, Some(include_str!("../../planted/imports.toml"))),
    (
        "features are called the same",
        feature_folders::check,
        Some(include_str!("../../planted/feature_folders.toml")),
    ),
    ("no logic in faces", faces::check, Some(include_str!("../../planted/faces.toml"))),
    ("secret fields", secret_fields::check, Some(include_str!("../../planted/secret_fields.toml"))),
    ("file length", file_length::check, None),
    ("phrases in both languages", phrases::check, Some(include_str!("../../planted/phrases.toml"))),
    (
        "portal paths are defined once",
        portal_paths::check,
        Some(include_str!("../../planted/portal_paths.toml")),
    ),
    ("shared crates", shared_crates::check, Some(include_str!("../../planted/shared_crates.toml"))),
    ("vocabulary", vocabulary::check, Some(include_str!("../../planted/vocabulary.toml"))),
    ("openings of docs", doc_openings::check, Some(include_str!("../../planted/doc_openings.toml"))),
    (
        "references inside the repository",
        references::check,
        Some(include_str!("../../planted/references.toml")),
    ),
    ("the map of controls", controls::check, Some(include_str!("../../planted/controls.toml"))),
    ("the architecture's map", architecture::check, Some(include_str!("../../planted/architecture.toml"))),
];

/// Planted violations of one rule.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlantedCases {
    /// Files of every case that does not replace them.
    #[serde(default)]
    files: BTreeMap<String, String>,
    case: Vec<PlantedCase>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlantedCase {
    name: String,
    #[serde(default)]
    files: BTreeMap<String, String>,
    /// True if the case consists of its own files only.
    #[serde(default)]
    without_shared_files: bool,
    /// Beginnings of exactly the violations that must be reported, in this order.
    reports: Vec<String>,
}

#[test]
fn every_rule_reports_its_planted_violations_and_nothing_else() {
    for (rule, check, planted) in ALL {
        let Some(planted) = planted else { continue };
        let PlantedCases { files: shared, case: cases } = toml::from_str(planted).unwrap();
        assert!(cases.iter().any(|case| !case.reports.is_empty()), "{rule}: nothing is planted");
        assert!(cases.iter().any(|case| case.reports.is_empty()), "{rule}: nothing follows the rule");
        for PlantedCase { name, files, without_shared_files, reports } in cases {
            let mut all = if without_shared_files { BTreeMap::new() } else { shared.clone() };
            all.extend(files);
            let mut found = Violations::default();
            check(&Tree::from_files(all), &mut found);
            let is_expected = found.0.len() == reports.len()
                && found.0.iter().zip(&reports).all(|(found, expected)| found.starts_with(expected));
            assert!(is_expected, "{rule}, {name}: expected {reports:#?}, found {:#?}", found.0);
        }
    }
}

#[test]
fn the_repository_follows_all_rules() {
    let tree = Tree::read();
    for place in ["core/src/", "core/locales/", "android/app/src/main/", "tests/portal/src/"] {
        assert!(tree.under(place).count() > 0, "nothing was read under {place}");
    }
    let mut violations = Vec::new();
    for (rule, check, _) in ALL {
        let mut found = Violations::default();
        check(&tree, &mut found);
        violations.extend(found.0.into_iter().map(|violation| format!("{rule}: {violation}")));
    }
    assert!(violations.is_empty(), "\n{}\n", violations.join("\n"));
}
