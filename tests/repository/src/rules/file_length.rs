//! Source files have at most 400 lines.

use super::{Tree, Violations};

const MAX_LINES: usize = 400;

pub(super) fn check(tree: &Tree, violations: &mut Violations) {
    for (path, text) in tree.sources("", &["rs", "kt", "swift"]) {
        let lines = text.lines().count();
        if lines > MAX_LINES {
            violations.in_file(path, format_args!("{lines} lines, at most {MAX_LINES}: split it by subject"));
        }
    }
}

#[test]
fn a_file_of_401_lines_is_reported_and_one_of_400_is_not() {
    let files = [("a.rs", 401), ("b.rs", 400)].map(|(path, lines)| (path.to_owned(), "\n".repeat(lines)));
    let mut violations = Violations::default();
    check(&Tree::from_files(files.into()), &mut violations);
    assert_eq!(violations.0, ["a.rs: 401 lines, at most 400: split it by subject"]);
}
