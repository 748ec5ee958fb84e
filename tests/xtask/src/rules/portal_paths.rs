//! Portal paths are defined once in the core: routes, retries and tests use the one constant.

use std::collections::BTreeMap;

use super::{Tree, Violation, source_tree::code_lines};

const PATH_START: &str = "\"/v1/";

pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    let mut first_uses: BTreeMap<&str, String> = BTreeMap::new();
    let mut violations = Vec::new();
    for (file, text) in tree.sources("core/src/", &["rs"]) {
        for (number, line) in code_lines(text) {
            for path in paths_in(line) {
                if let Some(first) = first_uses.get(path) {
                    violations.push(Violation::at(
                        file,
                        number,
                        format!("{path} is already defined at {first}: use that constant"),
                    ));
                } else {
                    first_uses.insert(path, format!("{file}:{number}"));
                }
            }
        }
    }
    violations
}

fn paths_in(line: &str) -> impl Iterator<Item = &str> {
    line.match_indices(PATH_START).filter_map(|(at, _)| {
        let path = &line[at + 1..];
        path.find('"').map(|end| &path[..end])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_written_twice_is_reported_at_the_second_place() {
        let tree = Tree::from_files(&[
            (
                "core/src/portal/paths.rs",
                "const A: &str = \"/v1/sessions\";\nconst B: &str = \"/v1/charter\";",
            ),
            ("core/src/portal/retry.rs", "if path == \"/v1/sessions\" {"),
        ]);
        let paths: Vec<_> = check(&tree).into_iter().map(|violation| violation.location).collect();
        assert_eq!(paths, ["core/src/portal/retry.rs:1"]);
    }

    #[test]
    fn a_longer_path_is_another_path() {
        let text = "const A: &str = \"/v1/sessions\";\nconst B: &str = \"/v1/sessions/refresh\";";
        assert!(check(&Tree::from_files(&[("core/src/portal/paths.rs", text)])).is_empty());
    }
}
