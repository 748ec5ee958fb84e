//! References resolve inside the repository: no text names a document or a section that it does not contain.

use regex::Regex;

use super::{Tree, Violations};

const EXTENSIONS: [&str; 8] = ["md", "rs", "kt", "kts", "swift", "ftl", "sql", "toml"];
/// Working documents that are no part of the repository.
const DOCUMENTS: &str = "design|domain|look|guide|glossary";
/// Folder beside the repository.
const OUTSIDE: &str = concat!("..", "/shared");
/// Document that has a glossary of its own.
const MAP: &str = "ARCHITECTURE.md";

pub(super) fn check(tree: &Tree, violations: &mut Violations) {
    // A file, a section, or a name in parentheses before a fact: neither «by design: …» nor a key of a table.
    let outside = format!(
        r"(?i)(?:^|[^\w/-])(?:({DOCUMENTS})(\.md\b|\s*§))|\(({DOCUMENTS})(:)|()({})",
        regex::escape(OUTSIDE)
    );
    let outside = Regex::new(&outside).unwrap();
    for (path, text) in tree.sources("", &EXTENSIONS) {
        for (index, line) in text.lines().enumerate() {
            for found in outside.captures_iter(line) {
                let (_, [document, end]) = found.extract();
                let (document, end) = (document.to_lowercase(), end.replace(char::is_whitespace, ""));
                if !(path == MAP && document == "glossary") {
                    let message = "is outside the repository: state the fact or its public source";
                    violations.at(path, index + 1, format_args!("`{document}{end}` {message}"));
                }
            }
        }
    }
}
