//! A file that a reader can find their way in has at most 400 lines.

use super::{Fault, Tree};

const MOST: usize = 400;

pub(super) fn faults(tree: &Tree) -> Vec<Fault> {
    tree.sources("", &["rs", "kt", "swift"])
        .filter_map(|(path, text)| {
            let lines = text.lines().count();
            (lines > MOST)
                .then(|| Fault::in_file(path, format!("{lines} lines, at most {MOST}: part it by subject")))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_401_lines_is_caught_and_one_of_400_is_not() {
        let tree = Tree::of(&[("core/src/a.rs", &"\n".repeat(401)), ("core/src/b.rs", &"\n".repeat(400))]);
        let places: Vec<_> = faults(&tree).into_iter().map(|fault| fault.place).collect();
        assert_eq!(places, ["core/src/a.rs"]);
    }
}
