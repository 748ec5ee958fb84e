//! References resolve inside the repository: no text names a document or a section that it does not contain.

use super::{Tree, Violation};

const EXTENSIONS: [&str; 8] = ["md", "rs", "kt", "kts", "swift", "ftl", "sql", "toml"];
/// Working documents that are no part of the repository.
const DOCUMENTS: [&str; 5] = ["design", "domain", "look", "guide", "glossary"];
/// Folder beside the repository.
const OUTSIDE: &str = concat!("..", "/shared");
/// Document that has a glossary of its own.
const MAP: &str = "ARCHITECTURE.md";

pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    let mut violations = Vec::new();
    for (path, text) in tree.sources("", &EXTENSIONS) {
        for (index, line) in text.lines().enumerate() {
            for found in references(line) {
                if !(path == MAP && found.starts_with("glossary")) {
                    let message =
                        format!("`{found}` is outside the repository: state the fact or its public source");
                    violations.push(Violation::at(path, index + 1, message));
                }
            }
        }
    }
    violations
}

/// Returns the references in this line that lead out of the repository.
fn references(line: &str) -> Vec<String> {
    let lower = line.to_lowercase();
    let mut found = Vec::new();
    for document in DOCUMENTS {
        for (at, _) in lower.match_indices(document) {
            let (before, after) = (&lower[..at], &lower[at + document.len()..]);
            if before.ends_with(|letter: char| letter.is_alphanumeric() || "_-/".contains(letter)) {
                continue;
            }
            let is_file =
                after.strip_prefix(".md").is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
            let is_section = after.trim_start().starts_with('§');
            // A name in parentheses before a fact, but neither «by design: …» nor a key of a table.
            let is_pointer = after.starts_with(':') && before.ends_with('(');
            if is_file || is_section || is_pointer {
                let end = if is_file {
                    ".md"
                } else if is_section {
                    " §"
                } else {
                    ":"
                };
                found.push(format!("{document}{end}"));
            }
        }
    }
    if line.contains(OUTSIDE) {
        found.push(OUTSIDE.to_owned());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(path: &str, text: &str) -> Vec<String> {
        check(&Tree::from_files(&[(path, text)])).iter().map(ToString::to_string).collect()
    }

    /// Builds a text in which `{d}` stands for a document's name, so that this file contains no reference itself.
    fn with(text: &str, document: &str) -> String {
        text.replace("{d}", document)
    }

    #[test]
    fn a_section_or_a_file_outside_is_reported_with_its_line() {
        assert_eq!(
            report("core/src/a.rs", &with("//! One file.\n//! Two keys ({d} §4).", "design")),
            [with(
                "core/src/a.rs:2: `{d} §` is outside the repository: state the fact or its public source",
                "design"
            )]
        );
        for text in ["see {d}.md (d)", "as the {d} §8 says", "Nothing is decided here ({d}: a face)"] {
            assert_eq!(report("README.md", &with(text, "Domain")).len(), 1, "{text}");
        }
    }

    #[test]
    fn a_folder_beside_the_repository_is_reported() {
        assert_eq!(report("ios/README.md", &format!("setup={OUTSIDE}/swift")).len(), 1);
        assert!(report(".ci/run", &format!("setup={OUTSIDE}/swift")).is_empty());
    }

    #[test]
    fn plain_words_and_files_inside_are_allowed() {
        for text in [
            "safe by {d}: nothing leaves",
            "{d} = true",
            "guide step 5",
            "re{d}.md",
            "RFC 8018 §5.2",
            "/{d}.mdx",
        ] {
            assert!(report("a.toml", &with(text, "design")).is_empty(), "{text}");
        }
    }

    #[test]
    fn the_architecture_may_refer_to_its_own_glossary() {
        let text = with("[words]({d}.md)", "glossary");
        assert!(report(MAP, &text).is_empty());
        assert_eq!(report("README.md", &text).len(), 1);
    }
}
