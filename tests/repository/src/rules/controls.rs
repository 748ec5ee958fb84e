//! The map of security controls in `SECURITY.md`: a control that is met names tests that exist, another says why not.

use std::{collections::BTreeSet, sync::LazyLock};

use regex::Regex;

use super::{Tree, Violations};

const MAP: &str = "SECURITY.md";

/// Controls of the OWASP MASVS 2.1, all of which the map contains: `MASVS-<group>-1` to `MASVS-<group>-<number>`.
const MASVS: [(&str, u32); 8] = [
    ("STORAGE", 2),
    ("CRYPTO", 2),
    ("AUTH", 3),
    ("NETWORK", 2),
    ("PLATFORM", 3),
    ("CODE", 4),
    ("RESILIENCE", 4),
    ("PRIVACY", 4),
];

/// Declarations of tests in Rust, Kotlin and Swift.
static TESTS: LazyLock<[([&str; 1], Regex); 3]> = LazyLock::new(|| {
    [
        ("rs", r"#\[(?:tokio::)?test[^\]]*\]\s*(?:#\[[^\]]*\]\s*)*(?:async )?fn (\w+)"),
        ("kt", r"@Test\s+(?:@\w+(?:\([^)]*\))?\s+)*fun (\w+)"),
        ("swift", r"@Test(?:\([^)]*\))?\s+(?:@\w+\s+)*func (\w+)|func (test\w+)"),
    ]
    .map(|(extension, declaration)| ([extension], Regex::new(declaration).unwrap()))
});

static NAMES: LazyLock<Regex> = LazyLock::new(|| Regex::new("`([^`]+)`").unwrap());

pub(super) fn check(tree: &Tree, violations: &mut Violations) {
    let Some(map) = tree.text(MAP) else { return };
    let (tests, mut controls) = (test_names(tree), BTreeSet::new());
    for (index, line) in map.lines().enumerate() {
        let row = line.strip_prefix("| MASVS-").or_else(|| line.strip_prefix("| ASVS "));
        if row.is_none() {
            continue;
        }
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [control, state, reason, named] = cells[..] else {
            violations.at(MAP, index + 1, "a control has four cells: itself, state, how or why not, tests");
            continue;
        };
        controls.insert(control);
        let named: Vec<&str> = NAMES.captures_iter(named).map(|name| name.extract::<1>().1[0]).collect();
        let problem = match state {
            "met" if named.is_empty() => "a control that is met names its tests",
            "not met" if reason.is_empty() => "say why the control is not met",
            "met" | "not met" => "",
            _ => "the state is neither «met» nor «not met»",
        };
        if !problem.is_empty() {
            violations.at(MAP, index + 1, problem);
        }
        for name in named.iter().filter(|name| !tests.contains(**name)) {
            violations.at(MAP, index + 1, format_args!("no test is named `{name}`"));
        }
    }
    for (group, last) in MASVS {
        for control in (1..=last).map(|number| format!("MASVS-{group}-{number}")) {
            if !controls.contains(control.as_str()) {
                violations.in_file(MAP, format_args!("{control} is missing"));
            }
        }
    }
}

/// Returns the names of all tests, a journey's with its extension.
fn test_names(tree: &Tree) -> BTreeSet<&str> {
    let mut names: BTreeSet<&str> = tree
        .sources("tests/journeys/journeys/", &["journey"])
        .filter_map(|(path, _)| path.rsplit('/').next())
        .collect();
    for (extensions, declaration) in &*TESTS {
        for (_, text) in tree.sources("", extensions) {
            let declared = declaration.captures_iter(text);
            names.extend(
                declared.filter_map(|found| found.iter().skip(1).flatten().next()).map(|name| name.as_str()),
            );
        }
    }
    names
}
