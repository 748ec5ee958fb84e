//! Faces contain no logic of their own: words listed in `tests/xtask/rules/forbidden-in-faces.txt` do not occur in
//! their sources.

use super::{Tree, Violation, assert_reports, source_tree::without_comments};

const WORD_LIST: &str = "tests/xtask/rules/forbidden-in-faces.txt";
const FACES: [&str; 2] = ["android/app/src/main/", "ios/"];
/// Tests may use any of the words: no member runs them.
const TEST_FOLDER: &str = "/Tests/";
/// Files that may use a word because it is the only API of the platform for the purpose.
const SYSTEM_EXCEPTIONS: [(&str, &str); 1] = [
    // iOS stores the app's language from its Settings there.
    ("ios/Fos/App/SettingsLanguage.swift", "UserDefaults"),
];

pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    let Some(list) = tree.text(WORD_LIST) else {
        return vec![Violation::in_file(WORD_LIST, "the list of words is missing")];
    };
    let words = || list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut violations = Vec::new();
    let sources = FACES.iter().flat_map(|face| tree.sources(face, &["kt", "swift"]));
    for (path, text) in sources.filter(|(path, _)| !path.contains(TEST_FOLDER)) {
        for (index, line) in without_comments(text).lines().enumerate() {
            for word in
                words().filter(|word| line.contains(word) && !SYSTEM_EXCEPTIONS.contains(&(path, word)))
            {
                let message = format!("`{word}` belongs to logic of the core: provide the result in a view");
                violations.push(Violation::at(path, index + 1, message));
            }
        }
    }
    violations
}

#[test]
fn a_forbidden_word_in_a_face_is_reported() {
    let list = (WORD_LIST, "# Validation\nRegex(\n\nsortedBy\nUserDefaults\n");
    let kotlin = "android/app/src/main/kotlin/A.kt";
    let defaults = "UserDefaults.standard\nRegex(\n";
    assert_reports(
        check,
        &[
            (
                "Kotlin",
                &[list, (kotlin, "val a = 1\nval cin = Regex(\"[A-Z]+\")\n")],
                &[&format!("{kotlin}:2: `Regex(`")],
            ),
            ("Swift", &[list, ("ios/Fos/A.swift", "list.sortedBy { }")], &["ios/Fos/A.swift:1"]),
            ("a comment", &[list, (kotlin, "// no Regex( here")], &[]),
            ("a test of Android's", &[list, ("android/app/src/test/kotlin/A.kt", "Regex(\"a\")")], &[]),
            ("a test of the iPhone's", &[list, ("ios/FosKit/Tests/A.swift", "Regex(\"a\")")], &[]),
            ("the core", &[list, ("core/src/a.rs", "Regex(")], &[]),
            (
                "an exception",
                &[list, ("ios/Fos/App/SettingsLanguage.swift", defaults)],
                &["ios/Fos/App/SettingsLanguage.swift:2"],
            ),
            (
                "another file",
                &[list, ("ios/Fos/App/Phone.swift", defaults)],
                &["ios/Fos/App/Phone.swift:1", "ios/Fos/App/Phone.swift:2"],
            ),
            ("no list", &[], &[WORD_LIST]),
        ],
    );
}
