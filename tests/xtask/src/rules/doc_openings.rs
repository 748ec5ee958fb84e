//! Rust docs open with a verb or a noun, not with a relative clause.

use regex::Regex;

use super::{Tree, Violation, assert_reports};

pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    // The marker of a line of docs, and the word that must not open a block. `////` and `/***` begin plain comments.
    let doc = r"^\s*(///|//!|/\*[*!])(?:\s*(What|Who|Whom|Whose|Whether|Where|How|Which)\b|[^/*]|$)";
    let doc = Regex::new(doc).unwrap();
    let mut violations = Vec::new();
    for (path, text) in tree.sources("", &["rs"]) {
        let mut previous = None;
        for (index, line) in text.lines().enumerate() {
            let parts =
                doc.captures(line).map(|parts| [1, 2].map(|part| parts.get(part).map(|part| part.as_str())));
            let [marker, word] = parts.unwrap_or_default();
            if let Some(word) = word.filter(|_| marker != previous) {
                let message = format!("a doc opens with «{word}»: begin with a verb or a noun");
                violations.push(Violation::at(path, index + 1, message));
            }
            previous = marker;
        }
    }
    violations
}

#[test]
fn a_relative_clause_that_opens_a_block_is_reported() {
    assert_reports(
        check,
        &[
            (
                "a clause",
                &[("a.rs", "use a;\n\n    /// What is sent.\n    struct A;")],
                &["a.rs:3: a doc opens with «What»: begin with a verb or a noun"],
            ),
            (
                "every marker",
                &[("a.rs", "//! Where it lies.\n\n/// Whether it's open.\n/** How. */\n")],
                &["a.rs:1", "a.rs:3", "a.rs:4"],
            ),
            (
                "only the first line",
                &[("a.rs", "/// Returns the address\n/// Where it lies.\n///\n/// Which one.\n")],
                &[],
            ),
            ("a block after another", &[("a.rs", "//! Module.\n/// How.\nfn a() {}")], &["a.rs:2"]),
            (
                "other words and plain comments",
                &[("a.rs", "/// Whole numbers.\n// What this is for.\n//// What.\n")],
                &[],
            ),
            ("other languages", &[("a.kt", "/// What.\n"), ("a.md", "/// What.\n")], &[]),
        ],
    );
}
