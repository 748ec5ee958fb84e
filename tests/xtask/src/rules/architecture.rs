//! The map in ARCHITECTURE.md is true: its folders exist, and the folders at the depth it covers are in it.
//!
//! The map is the fenced block of `text` under the heading `## Map`. A line names a folder with a trailing slash and then
//! describes it; two spaces of indentation a level. Other lines are not checked.

use std::collections::BTreeSet;

use super::{Tree, Violation};

const FILE: &str = "ARCHITECTURE.md";
const HEADING: &str = "## Map";
const FENCE: &str = "```";
const INDENTATION: usize = 2;
/// Folders whose direct subfolders must all be in the map; the empty path is the repository root.
const COVERED: [&str; 8] = [
    "",
    "core",
    "core/src",
    "tests",
    "android",
    "android/app/src/main/kotlin/ma/fos/services",
    "ios",
    "ios/Fos",
];

pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    let Some(text) = tree.text(FILE) else {
        return vec![Violation::in_file(FILE, "the file is missing")];
    };
    let Some(map) = map_lines(text) else {
        return vec![Violation::in_file(FILE, format!("no block {FENCE}text under the heading «{HEADING}»"))];
    };
    let mut violations = Vec::new();
    let mut named = BTreeSet::new();
    for (line, path) in mapped_folders(&map) {
        if !tree.folders().contains(&path) {
            violations.push(Violation::at(
                FILE,
                line,
                format!("`{path}/` does not exist: take it off the map"),
            ));
        }
        // A line such as `app/src/main/` names the folders on the way, too.
        named.extend(path.match_indices('/').map(|(at, _)| path[..at].to_owned()));
        named.insert(path);
    }
    let missing = tree.folders().iter().filter(|folder| is_covered(folder) && !named.contains(*folder));
    violations
        .extend(missing.map(|folder| Violation::in_file(FILE, format!("`{folder}/` is not on the map"))));
    violations
}

/// Returns the numbered lines of the map's block.
fn map_lines(text: &str) -> Option<Vec<(usize, &str)>> {
    let mut lines = text.lines().enumerate().map(|(index, line)| (index + 1, line));
    lines.find(|(_, line)| line.trim_end() == HEADING)?;
    lines
        .find(|(_, line)| line.starts_with(FENCE) || line.starts_with("## "))
        .filter(|(_, line)| line.trim_end().strip_prefix(FENCE) == Some("text"))?;
    Some(lines.take_while(|(_, line)| !line.starts_with(FENCE)).collect())
}

/// Returns the paths of the folders in the map with their line numbers.
fn mapped_folders(map: &[(usize, &str)]) -> Vec<(usize, String)> {
    let mut folders = Vec::new();
    let mut parents: Vec<&str> = Vec::new();
    for (number, line) in map {
        let name = line.trim_start();
        let depth = (line.len() - name.len()) / INDENTATION;
        let Some(name) = name.split_whitespace().next().and_then(|name| name.strip_suffix('/')) else {
            continue;
        };
        parents.truncate(depth);
        parents.push(name);
        folders.push((*number, parents.join("/")));
    }
    folders
}

/// Returns true if the map must name this folder. Hidden folders at the root hold settings of tools.
fn is_covered(folder: &str) -> bool {
    let (parent, name) = folder.rsplit_once('/').unwrap_or(("", folder));
    COVERED.contains(&parent) && !name.starts_with('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAP: &str = "# Architecture\n\n## Map\n\n```text\ncore/           the core\n  src/\n    forms/      forms/ of \
                       every kind\n                values\ntests/\n  bench/\n  README.md\n```\n\n```text\nelsewhere/\n```\n";

    fn report(map: &str, folders: &[&str]) -> Vec<String> {
        let files: Vec<String> = folders.iter().map(|folder| format!("{folder}/a.rs")).collect();
        let files = files.iter().map(|file| (file.as_str(), ""));
        let files: Vec<(&str, &str)> = files.chain([(FILE, map)]).collect();
        check(&Tree::from_files(&files)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_true_map_passes() {
        assert!(
            report(MAP, &["core/src/forms", "core/src/forms/deeper", "tests/bench", ".github"]).is_empty()
        );
    }

    #[test]
    fn a_folder_missing_from_the_map_is_reported() {
        let folders = ["core/src/forms", "core/src/vault", "tests/bench", "ios"];
        assert_eq!(
            report(MAP, &folders),
            [
                "ARCHITECTURE.md: `core/src/vault/` is not on the map",
                "ARCHITECTURE.md: `ios/` is not on the map",
            ]
        );
    }

    #[test]
    fn a_folder_on_the_map_that_is_gone_is_reported_with_its_line() {
        assert_eq!(
            report(MAP, &["core/src", "tests/bench"]),
            ["ARCHITECTURE.md:8: `core/src/forms/` does not exist: take it off the map"]
        );
    }

    #[test]
    fn a_line_of_several_folders_names_all_of_them() {
        let map = "## Map\n```text\nandroid/\n  app/src/main/   the app\n```\n";
        assert!(report(map, &["android/app/src/main"]).is_empty());
    }

    #[test]
    fn a_missing_file_or_map_is_reported() {
        assert_eq!(check(&Tree::from_files(&[])).len(), 1);
        assert_eq!(report("# Architecture\n\n## Map\n\n## Words\n\n```text\ncore/\n```\n", &[]).len(), 1);
    }
}
