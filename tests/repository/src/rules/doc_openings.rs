//! Rust docs open with a verb or a noun, not with a relative clause.

use regex::Regex;

use super::{Tree, Violations};

pub(super) fn check(tree: &Tree, violations: &mut Violations) {
    // The marker of a line of docs, and the word that must not open a block. `////` and `/***` begin plain comments.
    let doc = r"^\s*(///|//!|/\*[*!])(?:\s*(What|Who|Whom|Whose|Whether|Where|How|Which)\b|[^/*]|$)";
    let doc = Regex::new(doc).unwrap();
    for (path, text) in tree.sources("", &["rs"]) {
        let mut previous = None;
        for (index, line) in text.lines().enumerate() {
            let parts =
                doc.captures(line).map(|parts| [1, 2].map(|part| parts.get(part).map(|part| part.as_str())));
            let [marker, word] = parts.unwrap_or_default();
            if let Some(word) = word.filter(|_| marker != previous) {
                let message = format_args!("a doc opens with «{word}»: begin with a verb or a noun");
                violations.at(path, index + 1, message);
            }
            previous = marker;
        }
    }
}
