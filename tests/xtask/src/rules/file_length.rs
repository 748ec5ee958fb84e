//! Source files have at most 400 lines.

use super::{Tree, Violation};

const MAX_LINES: usize = 400;

pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    tree.sources("", &["rs", "kt", "swift"])
        .filter_map(|(path, text)| {
            let lines = text.lines().count();
            (lines > MAX_LINES).then(|| {
                Violation::in_file(path, format!("{lines} lines, at most {MAX_LINES}: split it by subject"))
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_401_lines_is_reported_and_one_of_400_is_not() {
        let tree =
            Tree::from_files(&[("core/src/a.rs", &"\n".repeat(401)), ("core/src/b.rs", &"\n".repeat(400))]);
        let paths: Vec<_> = check(&tree).into_iter().map(|violation| violation.location).collect();
        assert_eq!(paths, ["core/src/a.rs"]);
    }
}
