//! A portal path stands once in the core: the route, its retries and its tests all name the one constant.

use std::collections::BTreeMap;

use super::{Fault, Tree, tree::code_lines};

const START: &str = "\"/v1/";

pub(super) fn faults(tree: &Tree) -> Vec<Fault> {
    let mut seen: BTreeMap<&str, String> = BTreeMap::new();
    let mut faults = Vec::new();
    for (file, text) in tree.under("core/src/") {
        for (number, line) in code_lines(text) {
            for path in paths_in(line) {
                if let Some(first) = seen.get(path) {
                    faults.push(Fault::at(
                        file,
                        number,
                        format!("{path} already stands at {first}: use that one"),
                    ));
                } else {
                    seen.insert(path, format!("{file}:{number}"));
                }
            }
        }
    }
    faults
}

fn paths_in(line: &str) -> impl Iterator<Item = &str> {
    line.match_indices(START).filter_map(|(at, _)| {
        let path = &line[at + 1..];
        path.find('"').map(|end| &path[..end])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_written_twice_is_caught_at_the_second_place() {
        let tree = Tree::of(&[
            (
                "core/src/portal/paths.rs",
                "const A: &str = \"/v1/sessions\";\nconst B: &str = \"/v1/charter\";",
            ),
            ("core/src/portal/retry.rs", "if path == \"/v1/sessions\" {"),
        ]);
        let places: Vec<_> = faults(&tree).into_iter().map(|fault| fault.place).collect();
        assert_eq!(places, ["core/src/portal/retry.rs:1"]);
    }

    #[test]
    fn a_longer_path_is_another_path() {
        let text = "const A: &str = \"/v1/sessions\";\nconst B: &str = \"/v1/sessions/refresh\";";
        assert!(faults(&Tree::of(&[("core/src/portal/paths.rs", text)])).is_empty());
    }
}
