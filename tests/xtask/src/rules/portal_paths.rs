//! Portal paths are defined once in the core: routes, retries and tests use the one constant.

use std::collections::BTreeMap;

use regex::Regex;

use super::{
    Tree, Violation, assert_reports,
    source_tree::{line_at, without_comments},
};

pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    let path = Regex::new(r#""(/v1/[^"]*)""#).unwrap();
    let (mut first_uses, mut violations) = (BTreeMap::new(), Vec::new());
    for (file, text) in tree.sources("core/src/", &["rs"]) {
        let code = without_comments(text);
        for found in path.captures_iter(&code) {
            let line = line_at(&code, found.get_match().start());
            let first = first_uses.entry(found[1].to_owned()).or_insert_with(|| format!("{file}:{line}"));
            if *first != format!("{file}:{line}") {
                let message = format!("{} is already defined at {first}: use that constant", &found[1]);
                violations.push(Violation::at(file, line, message));
            }
        }
    }
    violations
}

#[test]
fn a_path_written_twice_is_reported_at_the_second_place() {
    let paths = "const A: &str = \"/v1/sessions\";\nconst B: &str = \"/v1/charter\";";
    let longer = "const A: &str = \"/v1/sessions\";\nconst B: &str = \"/v1/sessions/refresh\";";
    let retry = ("core/src/api/retry.rs", "if path == \"/v1/sessions\" {");
    assert_reports(
        check,
        &[
            (
                "twice",
                &[("core/src/api/paths.rs", paths), retry],
                &["core/src/api/retry.rs:1: /v1/sessions is"],
            ),
            ("a longer path is another", &[("core/src/api/paths.rs", longer)], &[]),
        ],
    );
}
