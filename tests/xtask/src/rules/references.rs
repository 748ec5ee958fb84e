//! References resolve inside the repository: no text names a document or a section that it does not contain.

use regex::Regex;

use super::{Tree, Violation, assert_reports};

const EXTENSIONS: [&str; 8] = ["md", "rs", "kt", "kts", "swift", "ftl", "sql", "toml"];
/// Working documents that are no part of the repository.
const DOCUMENTS: &str = "design|domain|look|guide|glossary";
/// Folder beside the repository.
const OUTSIDE: &str = concat!("..", "/shared");
/// Document that has a glossary of its own.
const MAP: &str = "ARCHITECTURE.md";

pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    // A file, a section, or a name in parentheses before a fact: neither «by design: …» nor a key of a table.
    let outside = format!(
        r"(?i)(?:^|[^\w/-])(?:({DOCUMENTS})(\.md\b|\s*§))|\(({DOCUMENTS})(:)|()({})",
        regex::escape(OUTSIDE)
    );
    let outside = Regex::new(&outside).unwrap();
    let mut violations = Vec::new();
    for (path, text) in tree.sources("", &EXTENSIONS) {
        for (index, line) in text.lines().enumerate() {
            for found in outside.captures_iter(line) {
                let (_, [document, end]) = found.extract();
                let (document, end) = (document.to_lowercase(), end.replace(char::is_whitespace, ""));
                if !(path == MAP && document == "glossary") {
                    let message = format!(
                        "`{document}{end}` is outside the repository: state the fact or its public source"
                    );
                    violations.push(Violation::at(path, index + 1, message));
                }
            }
        }
    }
    violations
}

#[test]
fn a_reference_that_leads_outside_is_reported() {
    // `{d}` stands for a document's name, so that this file contains no reference itself.
    let with = |text: &str, document| text.replace("{d}", document);
    let reported = |path, text: &str| check(&Tree::from_files(&[(path, text)])).len();
    let section = with("//! One file.\n//! Two keys ({d} §4).", "design");
    assert_reports(
        check,
        &[(
            "a section",
            &[("core/src/a.rs", &section)],
            &[&with("core/src/a.rs:2: `{d}§` is outside", "design")],
        )],
    );
    for text in
        ["see {d}.md (d)", "as the {d} §8 says", "Nothing is decided here ({d}: a face)", "[words]({d}.md)"]
    {
        for document in ["Domain", "glossary"] {
            assert_eq!(reported("README.md", &with(text, document)), 1, "{text}");
        }
    }
    for text in
        ["safe by {d}: nothing leaves", "{d} = true", "guide step 5", "re{d}.md", "RFC 8018 §5.2", "/{d}.mdx"]
    {
        assert_eq!(reported("a.toml", &with(text, "design")), 0, "{text}");
    }
    assert_eq!(reported(MAP, &with("[words]({d}.md)", "glossary")), 0);
    let setup = format!("setup={OUTSIDE}/swift");
    assert_eq!([reported("ios/README.md", &setup), reported(".ci/run", &setup)], [1, 0]);
}
