//! Faces contain no logic of their own: words listed in `tests/repository/words/forbidden-in-faces.txt` do not occur in
//! their sources.

use super::{Tree, Violations, source_tree::without_comments};

const WORD_LIST: &str = "tests/repository/words/forbidden-in-faces.txt";
const FACES: [&str; 2] = ["android/app/src/main/", "ios/"];
/// Tests and previews may use any of the words: no member runs them.
const NOT_IN_THE_APP: [&str; 2] = ["/Tests/", "ios/Fos/Preview/"];
/// Files that may use a word because it is the only API of the platform for the purpose.
const SYSTEM_EXCEPTIONS: [(&str, &str); 1] = [
    // iOS stores the app's language from its Settings there.
    ("ios/Fos/App/SettingsLanguage.swift", "UserDefaults"),
];

pub(super) fn check(tree: &Tree, violations: &mut Violations) {
    let Some(list) = tree.text(WORD_LIST) else {
        return violations.in_file(WORD_LIST, "the list of words is missing");
    };
    let words = || list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let sources = FACES.iter().flat_map(|face| tree.sources(face, &["kt", "swift"]));
    for (path, text) in sources.filter(|(path, _)| !NOT_IN_THE_APP.iter().any(|folder| path.contains(folder)))
    {
        for (index, line) in without_comments(text).lines().enumerate() {
            let is_forbidden =
                |word: &&str| line.contains(word) && !SYSTEM_EXCEPTIONS.contains(&(path, *word));
            for word in words().filter(is_forbidden) {
                let message =
                    format_args!("`{word}` belongs to logic of the core: provide the result in a view");
                violations.at(path, index + 1, message);
            }
        }
    }
}
