//! The rules of the house (README, "What is checked where"): each a pure function over the sources' text, so that a
//! planted fault is a test of the rule itself, and all of them read over the real house by one more test.

mod crates;
mod faces;
mod imports;
mod length;
mod paths;
mod phrases;
mod tree;

use std::fmt;

pub use tree::Tree;

/// A place that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file, from the root of the house, with the line where there is one.
    pub place: String,
    /// What is wrong there, and what to do instead.
    pub what: String,
}

impl Fault {
    fn at(file: &str, line: usize, what: impl Into<String>) -> Self {
        Self { place: format!("{file}:{line}"), what: what.into() }
    }

    fn in_file(file: &str, what: impl Into<String>) -> Self {
        Self { place: file.to_owned(), what: what.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.place, self.what)
    }
}

/// A rule: its name, and what breaks it in a tree of sources.
pub type Rule = (&'static str, fn(&Tree) -> Vec<Fault>);

/// Every rule, in the order in which a reader meets them.
pub const ALL: [Rule; 6] = [
    ("imports go inwards", imports::faults),
    ("a face decides nothing", faces::faults),
    ("files stay short", length::faults),
    ("every phrase in both languages", phrases::faults),
    ("no banned crate", crates::faults),
    ("a portal path stands once", paths::faults),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::house::House;

    #[test]
    fn the_house_keeps_its_rules() -> std::io::Result<()> {
        let tree = Tree::read(&House::here().root)?;
        let faults: Vec<String> = ALL
            .iter()
            .flat_map(|(rule, faults)| faults(&tree).into_iter().map(move |fault| format!("{rule}: {fault}")))
            .collect();
        assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
        Ok(())
    }

    #[test]
    fn the_rules_have_the_house_to_read() -> std::io::Result<()> {
        let tree = Tree::read(&House::here().root)?;
        for place in ["core/src/", "core/locales/", "android/app/src/main/", "tests/portal/src/"] {
            assert!(tree.under(place).count() > 0, "nothing was read under {place}");
        }
        Ok(())
    }
}
