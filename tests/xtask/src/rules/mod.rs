//! Repository rules. Each is a pure function over the sources' text with a table of planted violations; one more test
//! applies all of them to the repository itself. Crates banned in `deny.toml` are found by cargo-deny.

mod architecture;
mod doc_openings;
mod faces;
mod file_length;
mod imports;
mod phrases;
mod portal_paths;
mod references;
mod source_tree;
mod vocabulary;

use std::fmt;

pub(crate) use self::{phrases::kebab, source_tree::Tree};

/// A place that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Violation {
    /// Path from the repository root, with the line number where there is one.
    location: String,
    /// Description of the problem and of its fix.
    message: String,
}

impl Violation {
    fn at(file: &str, line: usize, message: impl Into<String>) -> Self {
        Self::in_file(&format!("{file}:{line}"), message)
    }

    fn in_file(file: &str, message: impl Into<String>) -> Self {
        Self { location: file.to_owned(), message: message.into() }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.location, self.message)
    }
}

/// A function that returns the violations of a rule.
type Check = fn(&Tree) -> Vec<Violation>;

/// All rules, in the order in which their violations are printed.
const ALL: [(&str, Check); 9] = [
    ("imports point inwards", imports::check),
    ("no logic in faces", faces::check),
    ("file length", file_length::check),
    ("phrases in both languages", phrases::check),
    ("portal paths are defined once", portal_paths::check),
    ("vocabulary", vocabulary::check),
    ("openings of docs", doc_openings::check),
    ("references inside the repository", references::check),
    ("the architecture's map", architecture::check),
];

/// A planted case: its description, the files, and the beginnings of exactly the violations that must be reported.
type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a [&'a str]);

/// Checks that a rule reports what was planted, and nothing else.
fn assert_reports(check: Check, cases: &[Case<'_>]) {
    for (description, files, expected) in cases {
        let found: Vec<String> = check(&Tree::from_files(files)).iter().map(ToString::to_string).collect();
        let matches = found.len() == expected.len()
            && found.iter().zip(*expected).all(|(found, expected)| found.starts_with(expected));
        assert!(matches, "{description}: expected {expected:#?}, found {found:#?}");
    }
}

#[test]
fn the_repository_follows_all_rules() {
    let tree = Tree::read();
    for place in ["core/src/", "core/locales/", "android/app/src/main/", "tests/portal/src/"] {
        assert!(tree.under(place).count() > 0, "nothing was read under {place}");
    }
    let violations = |(rule, check): &(&str, Check)| {
        check(&tree).iter().map(|violation| format!("{rule}: {violation}")).collect::<Vec<_>>()
    };
    let violations: Vec<_> = ALL.iter().flat_map(violations).collect();
    assert!(violations.is_empty(), "\n{}\n", violations.join("\n"));
}
