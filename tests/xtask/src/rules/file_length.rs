//! Source files have at most 400 lines.

use super::{Tree, Violation, assert_reports};

const MAX_LINES: usize = 400;

pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    let sources = tree.sources("", &["rs", "kt", "swift"]).map(|(path, text)| (path, text.lines().count()));
    let too_long = sources.filter(|(_, lines)| *lines > MAX_LINES);
    too_long
        .map(|(path, lines)| {
            Violation::in_file(path, format!("{lines} lines, at most {MAX_LINES}: split it by subject"))
        })
        .collect()
}

#[test]
fn a_file_of_401_lines_is_reported_and_one_of_400_is_not() {
    let [short, long] = [400, 401].map(|lines| "\n".repeat(lines));
    assert_reports(
        check,
        &[("lengths", &[("core/src/a.rs", &long), ("core/src/b.rs", &short)], &["core/src/a.rs: 401 lines"])],
    );
}
