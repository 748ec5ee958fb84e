//! Portal paths are defined once, for the app, the portal and the tools: everything else uses the constant. The tests of a
//! crate from outside (`tests/*/tests`) write them out on purpose.

use super::{Tree, Violation, source_tree::code_lines};

/// File that defines the paths.
const DEFINITIONS: &str = "core/wire/src/paths.rs";
const PATH_START: &str = "/v1/";

pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    let sources = tree.sources("", &["rs"]).filter(|(file, _)| *file != DEFINITIONS && is_checked(file));
    sources
        .flat_map(|(file, text)| {
            code_lines(text).filter(|(_, line)| writes_path(line)).map(move |(number, _)| {
                let message = format!("a path of the portal: use the constant of {DEFINITIONS}");
                Violation::at(file, number, message)
            })
        })
        .collect()
}

fn is_checked(file: &str) -> bool {
    let in_crate = file.strip_prefix("tests/").and_then(|rest| rest.split_once('/'));
    in_crate.map_or(file.starts_with("core/"), |(krate, rest)| krate != "xtask" && rest.starts_with("src/"))
}

/// Returns true if a string of the line begins with a path, or continues an address with one.
fn writes_path(line: &str) -> bool {
    line.match_indices(PATH_START).any(|(at, _)| line[..at].ends_with(['"', '}']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(file: &str, text: &str) -> Vec<String> {
        check(&Tree::from_files(&[(file, text)])).into_iter().map(|violation| violation.location).collect()
    }

    #[test]
    fn a_path_outside_its_file_is_reported() {
        for file in ["core/src/api/retry.rs", "tests/portal/src/captcha.rs", "tests/faults/src/bin/phone.rs"]
        {
            assert_eq!(report(file, "x();\nif path == \"/v1/sessions\" {"), [format!("{file}:2")]);
            assert_eq!(report(file, "format!(\"{}/v1/requests\", url)").len(), 1);
        }
    }

    #[test]
    fn definitions_comments_and_tests_from_outside_may_name_a_path() {
        let text = "const A: &str = \"/v1/sessions\";";
        assert!(report(DEFINITIONS, text).is_empty());
        assert!(report("tests/portal/tests/portal/api.rs", text).is_empty());
        assert!(report("core/src/api/client.rs", "/// Calls \"/v1/sessions\".").is_empty());
    }
}
