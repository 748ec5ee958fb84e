//! Portal paths are defined once, for the app, the portal and the tools: everything else uses the constant. The tests of a
//! crate from outside (`tests/*/tests`) write them out on purpose, and so may unit tests of the core.

use regex::Regex;

use super::{
    Tree, Violations,
    source_tree::{line_at, without_comments},
};

/// File that defines the paths.
const DEFINITIONS: &str = "core/wire/src/paths.rs";

pub(super) fn check(tree: &Tree, violations: &mut Violations) {
    // A string that begins with a path, or continues an address with one.
    let path = Regex::new(r#"["}]/v1/"#).unwrap();
    for (file, text) in tree.sources("", &["rs"]).filter(|(file, _)| is_checked(file)) {
        let code = without_comments(text);
        for found in path.find_iter(&code) {
            let message = format_args!("a path of the portal: use the constant of {DEFINITIONS}");
            violations.at(file, line_at(&code, found.start()), message);
        }
    }
}

fn is_checked(file: &str) -> bool {
    let in_crate = file.strip_prefix("tests/").and_then(|rest| rest.split_once('/'));
    file != DEFINITIONS
        && in_crate.map_or(file.starts_with("core/") && !file.contains("/tests/"), |(krate, rest)| {
            krate != "xtask" && krate != "repository" && rest.starts_with("src/")
        })
}
