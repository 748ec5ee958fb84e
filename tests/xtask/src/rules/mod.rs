//! The rules of the house (README, "What is checked where"): each a pure function over the sources' text, so that a
//! planted fault is a test of the rule itself, and all of them read over the real house by one more test.

mod crates;
mod faces;
mod file_length;
mod imports;
mod phrases;
mod portal_paths;
mod source_tree;

use std::fmt;

pub use source_tree::Tree;

/// A place that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The file, from the root of the house, with the line where there is one.
    pub location: String,
    /// What is wrong there, and what to do instead.
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

/// A rule: its name, and what breaks it in a tree of sources.
pub type Rule = (&'static str, fn(&Tree) -> Vec<Violation>);

/// Every rule, in the order in which a reader meets them.
pub const ALL: [Rule; 6] = [
    ("imports go inwards", imports::check),
    ("a face decides nothing", faces::check),
    ("files stay short", file_length::check),
    ("every phrase in both languages", phrases::check),
    ("no banned crate", crates::check),
    ("a portal path stands once", portal_paths::check),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Workspace;

    #[test]
    fn the_house_keeps_its_rules() -> std::io::Result<()> {
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
    fn the_rules_have_the_house_to_read() -> std::io::Result<()> {
        let tree = Tree::read(&Workspace::locate().root)?;
        for place in ["core/src/", "core/locales/", "android/app/src/main/", "tests/portal/src/"] {
            assert!(tree.under(place).count() > 0, "nothing was read under {place}");
        }
        Ok(())
    }
}
