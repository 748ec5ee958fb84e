//! Repository rules. Each is a pure function over the sources' text with a test for a planted violation; one more test
//! applies all of them to the repository itself.

mod architecture;
mod crates;
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

pub use source_tree::Tree;

/// A place that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Path from the repository root, with the line number where there is one.
    pub location: String,
    /// Description of the problem and of its fix.
    pub message: String,
}

impl Violation {
    fn at(file: &str, line: usize, message: impl Into<String>) -> Self {
        Self { location: format!("{file}:{line}"), message: message.into() }
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

/// A rule: its name, and the function that returns its violations.
pub type Rule = (&'static str, fn(&Tree) -> Vec<Violation>);

/// All rules, in the order in which their violations are printed.
pub const ALL: [Rule; 10] = [
    ("imports point inwards", imports::check),
    ("no logic in faces", faces::check),
    ("file length", file_length::check),
    ("phrases in both languages", phrases::check),
    ("no banned crates", crates::check),
    ("portal paths are defined once", portal_paths::check),
    ("vocabulary", vocabulary::check),
    ("openings of docs", doc_openings::check),
    ("references inside the repository", references::check),
    ("the architecture's map", architecture::check),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Workspace;

    #[test]
    fn the_repository_follows_all_rules() -> std::io::Result<()> {
        let tree = Tree::read(&Workspace::locate().root)?;
        let violations: Vec<String> = ALL
            .iter()
            .flat_map(|(rule, check)| {
                check(&tree).into_iter().map(move |violation| format!("{rule}: {violation}"))
            })
            .collect();
        assert!(violations.is_empty(), "\n{}\n", violations.join("\n"));
        Ok(())
    }

    #[test]
    fn the_rules_read_every_source_folder() -> std::io::Result<()> {
        let tree = Tree::read(&Workspace::locate().root)?;
        for place in ["core/src/", "core/locales/", "android/app/src/main/", "tests/portal/src/"] {
            assert!(tree.under(place).count() > 0, "nothing was read under {place}");
        }
        Ok(())
    }
}
