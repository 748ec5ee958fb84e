//! Words that the project has replaced do not return as identifiers. `tests/repository/words/vocabulary.txt` lists each with
//! the word to use instead. Comments and string literals are not checked.

use std::collections::BTreeMap;

use regex::Regex;

use super::{Tree, Violations, source_tree::without_comments_and_literals};

const WORD_LIST: &str = "tests/repository/words/vocabulary.txt";
/// Extensions of the sources in which a word is forbidden, by the header above it.
const SCOPES: [(&str, &[&str]); 3] =
    [("[rust]", &["rs"]), ("[faces]", &["kt", "kts", "swift"]), ("[all]", &["rs", "kt", "kts", "swift"])];

/// Forbidden identifiers, each with its scope and the better word.
type Vocabulary<'a> = BTreeMap<&'a str, (&'static [&'static str], &'a str)>;

pub(super) fn check(tree: &Tree, violations: &mut Violations) {
    let Some(list) = tree.text(WORD_LIST) else {
        return violations.in_file(WORD_LIST, "the list of words is missing");
    };
    let identifier = Regex::new(r"\b[^\W\d]\w*").unwrap();
    let vocabulary = parse(list, violations);
    for (path, text) in tree.sources("", SCOPES[2].1) {
        for (index, line) in without_comments_and_literals(text).lines().enumerate() {
            for word in identifier.find_iter(line).map(|word| word.as_str()) {
                let listed = vocabulary.get(word);
                if let Some((_, better)) =
                    listed.filter(|(scope, _)| scope.iter().any(|end| path.ends_with(&format!(".{end}"))))
                {
                    violations.at(path, index + 1, format_args!("`{word}`: use {better}"));
                }
            }
        }
    }
}

/// Reads the list: `[scope]` headers, `old|old → new` lines, comments after `#`.
fn parse<'a>(list: &'a str, violations: &mut Violations) -> Vocabulary<'a> {
    let entry = Regex::new(r"^((?:[^\W\d]\w*\|)*[^\W\d]\w*) → (.+)$").unwrap();
    let mut vocabulary = Vocabulary::new();
    let mut scope = None;
    for (index, line) in list.lines().enumerate() {
        let mut report = |message: String| violations.at(WORD_LIST, index + 1, message);
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if line.starts_with('[') {
            scope = SCOPES.iter().find(|(header, _)| *header == line).map(|(_, endings)| *endings);
            if scope.is_none() {
                report(format!("unknown scope {line}: [rust], [faces] or [all]"));
            }
            continue;
        }
        let (Some(scope), Some(found)) = (scope, entry.captures(line)) else {
            report("not a line `old|old → new` of identifiers under a scope".to_owned());
            continue;
        };
        let (_, [old, new]) = found.extract();
        for word in old.split('|') {
            if vocabulary.insert(word, (scope, new)).is_some() {
                report(format!("`{word}` is listed twice"));
            }
        }
    }
    vocabulary
}
