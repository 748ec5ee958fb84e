//! Portal paths are defined once, for the app, the portal and the tools: everything else uses the constant. The tests of a
//! crate from outside (`tests/*/tests`) write them out on purpose, and so may unit tests of the core.

use regex::Regex;

use super::{
    Tree, Violation, assert_reports,
    source_tree::{line_at, without_comments},
};

/// File that defines the paths.
const DEFINITIONS: &str = "core/wire/src/paths.rs";

pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    // A string that begins with a path, or continues an address with one.
    let path = Regex::new(r#"["}]/v1/"#).unwrap();
    let mut violations = Vec::new();
    for (file, text) in tree.sources("", &["rs"]).filter(|(file, _)| is_checked(file)) {
        let code = without_comments(text);
        for found in path.find_iter(&code) {
            let message = format!("a path of the portal: use the constant of {DEFINITIONS}");
            violations.push(Violation::at(file, line_at(&code, found.start()), message));
        }
    }
    violations
}

fn is_checked(file: &str) -> bool {
    let in_crate = file.strip_prefix("tests/").and_then(|rest| rest.split_once('/'));
    file != DEFINITIONS
        && in_crate.map_or(file.starts_with("core/") && !file.contains("/tests/"), |(krate, rest)| {
            krate != "xtask" && rest.starts_with("src/")
        })
}

#[test]
fn a_path_outside_its_file_is_reported() {
    let use_of_path = "x();\nif path == \"/v1/sessions\" {";
    assert_reports(
        check,
        &[
            ("in the core", &[("core/src/api/retry.rs", use_of_path)], &["core/src/api/retry.rs:2: a path"]),
            (
                "in the portal",
                &[("tests/portal/src/captcha.rs", use_of_path)],
                &["tests/portal/src/captcha.rs:2: a path"],
            ),
            (
                "after an address",
                &[("tests/faults/src/bin/phone.rs", "format!(\"{}/v1/requests\", url)")],
                &["tests/faults/src/bin/phone.rs:1: a path"],
            ),
            ("its definition", &[(DEFINITIONS, "const A: &str = \"/v1/sessions\";")], &[]),
            ("tests from outside", &[("tests/portal/tests/portal/api.rs", use_of_path)], &[]),
            ("a comment", &[("core/src/api/client.rs", "/// Calls \"/v1/sessions\".")], &[]),
        ],
    );
}
