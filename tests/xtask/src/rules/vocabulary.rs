//! Words that the project has replaced do not return as identifiers. `tests/xtask/rules/vocabulary.txt` lists each with
//! the word to use instead. Comments and string literals are not checked.

use std::collections::BTreeMap;

use regex::Regex;

use super::{Tree, Violation, assert_reports, source_tree::without_comments_and_literals};

const WORD_LIST: &str = "tests/xtask/rules/vocabulary.txt";
/// Extensions of the sources in which a word is forbidden, by the header above it.
const SCOPES: [(&str, &[&str]); 3] =
    [("[rust]", &["rs"]), ("[faces]", &["kt", "kts", "swift"]), ("[all]", &["rs", "kt", "kts", "swift"])];

/// Forbidden identifiers, each with its scope and the better word.
type Vocabulary<'a> = BTreeMap<&'a str, (&'static [&'static str], &'a str)>;

pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    let Some(list) = tree.text(WORD_LIST) else {
        return vec![Violation::in_file(WORD_LIST, "the list of words is missing")];
    };
    let identifier = Regex::new(r"\b[^\W\d]\w*").unwrap();
    let mut violations = Vec::new();
    let vocabulary = parse(list, &mut violations);
    for (path, text) in tree.sources("", SCOPES[2].1) {
        for (index, line) in without_comments_and_literals(text).lines().enumerate() {
            for word in identifier.find_iter(line).map(|word| word.as_str()) {
                let listed = vocabulary.get(word);
                if let Some((_, better)) =
                    listed.filter(|(scope, _)| scope.iter().any(|end| path.ends_with(&format!(".{end}"))))
                {
                    violations.push(Violation::at(path, index + 1, format!("`{word}`: use {better}")));
                }
            }
        }
    }
    violations
}

/// Reads the list: `[scope]` headers, `old|old → new` lines, comments after `#`.
fn parse<'a>(list: &'a str, violations: &mut Vec<Violation>) -> Vocabulary<'a> {
    let entry = Regex::new(r"^((?:[^\W\d]\w*\|)*[^\W\d]\w*) → (.+)$").unwrap();
    let mut vocabulary = Vocabulary::new();
    let mut scope = None;
    for (index, line) in list.lines().enumerate() {
        let mut report = |message: String| violations.push(Violation::at(WORD_LIST, index + 1, message));
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

#[test]
fn a_replaced_word_and_a_malformed_list_are_reported() {
    let list = (
        WORD_LIST,
        "# Sample\n[all]\nTrouble|Mishap → Error\n[rust]\ntold → response, message\n[faces]\nDoors → Route\n",
    );
    let in_comments = "// told\n/* Trouble */ /// told\nlet a = \"told\"; let b = r#\"Trouble\"#;";
    assert_reports(
        check,
        &[
            (
                "an old word",
                &[list, ("core/src/a.rs", "\nfn f() -> Trouble {}")],
                &["core/src/a.rs:2: `Trouble`: use Error"],
            ),
            ("another of the line", &[list, ("a.rs", "Mishap")], &["a.rs:1: `Mishap`: use Error"]),
            ("whole identifiers only", &[list, ("a.rs", "let TroubleMaker = untold + told_twice;")], &[]),
            ("comments and literals", &[list, ("a.rs", in_comments)], &[]),
            (
                "scopes",
                &[list, ("a.rs", "told Doors"), ("b.kt", "told Doors"), ("c.swift", "told Doors Trouble")],
                &[
                    "a.rs:1: `told`: use response, message",
                    "b.kt:1: `Doors`: use Route",
                    "c.swift:1: `Doors`: use Route",
                    "c.swift:1: `Trouble`: use Error",
                ],
            ),
            ("a good list", &[(WORD_LIST, "[rust]\na → b\n")], &[]),
            ("no scope", &[(WORD_LIST, "a → b\n")], &[&format!("{WORD_LIST}:1")]),
            ("an unknown scope", &[(WORD_LIST, "[nowhere]\n")], &[&format!("{WORD_LIST}:1")]),
            (
                "two words, one twice, no arrow",
                &[(WORD_LIST, "[all]\na b → c\na|a → b\nc\n")],
                &[&format!("{WORD_LIST}:2"), &format!("{WORD_LIST}:3"), &format!("{WORD_LIST}:4")],
            ),
            ("no list", &[], &[WORD_LIST]),
        ],
    );
}
