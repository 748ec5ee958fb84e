//! Words that the project has replaced do not return as identifiers. `tests/xtask/rules/vocabulary.txt` lists each with
//! the word to use instead. Comments and string literals are not checked.

use std::collections::BTreeMap;

use super::{Tree, Violation, source_tree::without_comments_and_literals};

const WORD_LIST: &str = "tests/xtask/rules/vocabulary.txt";
/// Separator between the old words and the new one.
const ARROW: &str = " → ";

/// Sources in which a word is forbidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// Rust.
    Rust,
    /// Kotlin and Swift.
    Faces,
    /// Both.
    All,
}

impl Scope {
    fn parse(name: &str) -> Option<Self> {
        match name {
            "rust" => Some(Self::Rust),
            "faces" => Some(Self::Faces),
            "all" => Some(Self::All),
            _ => None,
        }
    }

    fn includes(self, path: &str) -> bool {
        let is_rust = path.rsplit_once('.').is_some_and(|(_, extension)| extension == "rs");
        match self {
            Self::Rust => is_rust,
            Self::Faces => !is_rust,
            Self::All => true,
        }
    }
}

/// Forbidden identifiers, each with its scope and the better word.
type Vocabulary<'a> = BTreeMap<&'a str, (Scope, &'a str)>;

pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    let Some(list) = tree.text(WORD_LIST) else {
        return vec![Violation::in_file(WORD_LIST, "the list of words is missing")];
    };
    let mut violations = Vec::new();
    let vocabulary = parse(list, &mut violations);
    for (path, text) in tree.sources("", &["rs", "kt", "kts", "swift"]) {
        for (index, line) in without_comments_and_literals(text).lines().enumerate() {
            for word in identifiers(line) {
                if let Some((_, better)) = vocabulary.get(word).filter(|(scope, _)| scope.includes(path)) {
                    violations.push(Violation::at(path, index + 1, format!("`{word}`: use {better}")));
                }
            }
        }
    }
    violations
}

/// Reads the list: `[scope]` headers, `old|old → new` lines, comments after `#`.
fn parse<'a>(list: &'a str, violations: &mut Vec<Violation>) -> Vocabulary<'a> {
    let mut vocabulary = Vocabulary::new();
    let mut scope = None;
    for (index, line) in list.lines().enumerate() {
        let mut report = |message: String| violations.push(Violation::at(WORD_LIST, index + 1, message));
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            scope = Scope::parse(name);
            if scope.is_none() {
                report(format!("unknown scope `{name}`: rust, faces or all"));
            }
            continue;
        }
        let (Some(scope), Some((old, new))) = (scope, line.split_once(ARROW)) else {
            report(format!("not a line `old|old{ARROW}new` under a scope"));
            continue;
        };
        for word in old.split('|') {
            if identifiers(word).ne([word]) {
                report(format!("`{word}` is not an identifier"));
            } else if vocabulary.insert(word, (scope, new.trim())).is_some() {
                report(format!("`{word}` is listed twice"));
            }
        }
    }
    vocabulary
}

fn identifiers(line: &str) -> impl Iterator<Item = &str> {
    line.split(|letter: char| !letter.is_alphanumeric() && letter != '_')
        .filter(|word| word.starts_with(|first: char| first.is_alphabetic() || first == '_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE_LIST: &str =
        "# Sample\n[all]\nTrouble|Mishap → Error\n[rust]\ntold → response, message\n[faces]\nDoors → Route\n";

    fn report(files: &[(&str, &str)]) -> Vec<String> {
        let files: Vec<(&str, &str)> = [(WORD_LIST, SAMPLE_LIST)].iter().chain(files).copied().collect();
        check(&Tree::from_files(&files)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn an_old_word_is_reported_with_its_line_and_the_better_word() {
        assert_eq!(
            report(&[("core/src/a.rs", "\nfn f() -> Trouble {}")]),
            ["core/src/a.rs:2: `Trouble`: use Error"]
        );
        assert_eq!(report(&[("a.rs", "Mishap")]).len(), 1);
    }

    #[test]
    fn only_whole_identifiers_count() {
        assert!(report(&[("a.rs", "let TroubleMaker = untold + told_twice;")]).is_empty());
    }

    #[test]
    fn comments_and_literals_may_contain_the_word() {
        let text = "// told\n/* Trouble */ /// told\nlet a = \"told\"; let b = r#\"Trouble\"#;";
        assert!(report(&[("a.rs", text)]).is_empty());
    }

    #[test]
    fn a_word_is_forbidden_in_its_scope_only() {
        let places = [("a.rs", "told Doors"), ("b.kt", "told Doors"), ("c.swift", "told Doors Trouble")];
        assert_eq!(
            report(&places),
            [
                "a.rs:1: `told`: use response, message",
                "b.kt:1: `Doors`: use Route",
                "c.swift:1: `Doors`: use Route",
                "c.swift:1: `Trouble`: use Error",
            ]
        );
    }

    #[test]
    fn a_malformed_list_is_reported() {
        let list = |text| check(&Tree::from_files(&[(WORD_LIST, text)])).len();
        assert_eq!(list("[rust]\na → b\n"), 0);
        assert_eq!(list("a → b\n"), 1);
        assert_eq!(list("[nowhere]\n"), 1);
        assert_eq!(list("[all]\na b → c\na|a → b\nc\n"), 3);
        assert_eq!(check(&Tree::from_files(&[])).len(), 1);
    }
}
