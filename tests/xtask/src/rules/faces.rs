//! A face decides nothing: the words that would decide do not stand in its sources (design: "A face decides nothing").

use super::{Tree, Violation, source_tree::code_lines};

const WORD_LIST: &str = "tests/xtask/rules/forbidden-in-faces.txt";
const FACES: [&str; 2] = ["android/app/src/main/", "ios/"];
/// What a face's tests may do is not the member's business.
const TEST_FOLDERS: [&str; 1] = ["/Tests/"];
/// Where a word is the only way to speak with the system, whose own it is.
const SYSTEM_EXCEPTIONS: [(&str, &str); 1] = [
    // iOS keeps there which language its Settings give the app.
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
                    format!("`{word}` decides something: let the core say it in a view"),
                )
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE_LIST: (&str, &str) = (WORD_LIST, "# Validation\nRegex(\n\nsortedBy\n");

    fn caught(path: &str, text: &str) -> Vec<String> {
        check(&Tree::from_files(&[SAMPLE_LIST, (path, text)]))
            .into_iter()
            .map(|violation| violation.location)
            .collect()
    }

    #[test]
    fn a_rule_in_kotlin_is_caught_at_its_line() {
        let kotlin = "val a = 1\nval cin = Regex(\"[A-Z]+\")\n";
        assert_eq!(
            caught("android/app/src/main/kotlin/A.kt", kotlin),
            ["android/app/src/main/kotlin/A.kt:2"]
        );
    }

    #[test]
    fn a_rule_in_swift_is_caught_too() {
        assert_eq!(caught("ios/Fos/A.swift", "list.sortedBy { }"), ["ios/Fos/A.swift:1"]);
    }

    #[test]
    fn a_comment_a_test_and_the_core_may_say_the_word() {
        assert!(caught("android/app/src/main/kotlin/A.kt", "// no Regex( here").is_empty());
        assert!(caught("android/app/src/test/kotlin/A.kt", "Regex(\"a\")").is_empty());
        assert!(caught("core/src/a.rs", "Regex(").is_empty());
    }

    #[test]
    fn what_is_the_systems_is_so_in_its_own_file_only() {
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
    fn a_house_without_the_list_is_at_fault() {
        assert_eq!(check(&Tree::from_files(&[])).len(), 1);
    }
}
