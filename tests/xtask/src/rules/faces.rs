//! Faces contain no logic of their own: words listed in `tests/xtask/rules/forbidden-in-faces.txt` do not occur in
//! their sources.

use super::{Tree, Violation, source_tree::code_lines};

const WORD_LIST: &str = "tests/xtask/rules/forbidden-in-faces.txt";
const FACES: [&str; 2] = ["android/app/src/main/", "ios/"];
/// Tests may use any of the words: no member runs them.
const TEST_FOLDERS: [&str; 1] = ["/Tests/"];
/// Files that may use a word because it is the only API of the platform for the purpose.
const SYSTEM_EXCEPTIONS: [(&str, &str); 1] = [
    // iOS stores the app's language from its Settings there.
    ("ios/Fos/App/SettingsLanguage.swift", "UserDefaults"),
];

pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    let Some(list) = tree.text(WORD_LIST) else {
        return vec![Violation::in_file(WORD_LIST, "the list of words is missing")];
    };
    let words: Vec<&str> =
        list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    FACES
        .iter()
        .flat_map(|face| tree.sources(face, &["kt", "swift"]))
        .filter(|(path, _)| !TEST_FOLDERS.iter().any(|part| path.contains(part)))
        .flat_map(|(path, text)| code_lines(text).map(move |(number, line)| (path, number, line)))
        .flat_map(|(path, number, line)| {
            let is_forbidden =
                move |word: &&&str| line.contains(**word) && !SYSTEM_EXCEPTIONS.contains(&(path, **word));
            words.iter().filter(is_forbidden).map(move |word| {
                Violation::at(
                    path,
                    number,
                    format!("`{word}` belongs to logic of the core: provide the result in a view"),
                )
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE_LIST: (&str, &str) = (WORD_LIST, "# Validation\nRegex(\n\nsortedBy\n");

    fn report(path: &str, text: &str) -> Vec<String> {
        check(&Tree::from_files(&[SAMPLE_LIST, (path, text)]))
            .into_iter()
            .map(|violation| violation.location)
            .collect()
    }

    #[test]
    fn a_forbidden_word_in_kotlin_is_reported_with_its_line() {
        let kotlin = "val a = 1\nval cin = Regex(\"[A-Z]+\")\n";
        assert_eq!(
            report("android/app/src/main/kotlin/A.kt", kotlin),
            ["android/app/src/main/kotlin/A.kt:2"]
        );
    }

    #[test]
    fn a_forbidden_word_in_swift_is_reported() {
        assert_eq!(report("ios/Fos/A.swift", "list.sortedBy { }"), ["ios/Fos/A.swift:1"]);
    }

    #[test]
    fn comments_tests_and_the_core_may_use_the_word() {
        assert!(report("android/app/src/main/kotlin/A.kt", "// no Regex( here").is_empty());
        assert!(report("android/app/src/test/kotlin/A.kt", "Regex(\"a\")").is_empty());
        assert!(report("core/src/a.rs", "Regex(").is_empty());
    }

    #[test]
    fn a_system_exception_applies_to_its_own_file_only() {
        let tree = |path| {
            Tree::from_files(&[
                (WORD_LIST, "UserDefaults\nRegex(\n"),
                (path, "UserDefaults.standard\nRegex(\n"),
            ])
        };
        let in_its_file = check(&tree("ios/Fos/App/SettingsLanguage.swift"));
        assert_eq!(in_its_file.len(), 1);
        assert_eq!(check(&tree("ios/Fos/App/Phone.swift")).len(), 2);
    }

    #[test]
    fn a_missing_word_list_is_a_violation() {
        assert_eq!(check(&Tree::from_files(&[])).len(), 1);
    }
}
