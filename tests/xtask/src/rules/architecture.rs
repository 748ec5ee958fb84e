//! The map in ARCHITECTURE.md is true: its folders exist, and the folders at the depth it covers are in it.
//!
//! The map is the fenced block of `text` under the heading `## Map`. A line names a folder with a trailing slash and then
//! describes it; two spaces of indentation a level. Other lines are not checked.

use std::{collections::BTreeSet, path::Path};

use regex::Regex;

use super::{Tree, Violation, assert_reports, source_tree::line_at};

const FILE: &str = "ARCHITECTURE.md";
const INDENTATION: usize = 2;
/// Folders whose direct subfolders must all be in the map; the empty path is the repository root.
const COVERED: [&str; 7] =
    ["", "core/src", "tests", "android", "android/app/src/main/kotlin/ma/fos/services", "ios", "ios/Fos"];

pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    let Some(text) = tree.text(FILE) else {
        return vec![Violation::in_file(FILE, "the file is missing")];
    };
    let map = Regex::new(r"(?m)^## Map\s*\n(?:[^#`\n].*\n|\n)*```text\n((?s:.*?))^```").unwrap();
    let Some(map) = map.captures(text).and_then(|found| found.get(1)) else {
        return vec![Violation::in_file(FILE, "no block ```text under the heading «## Map»")];
    };
    let mut violations = Vec::new();
    let mut named = BTreeSet::new();
    for (line, path) in mapped_folders(map.as_str()) {
        if !tree.folders().contains(&path) {
            let line = line_at(text, map.start()) + line;
            violations.push(Violation::at(
                FILE,
                line,
                format!("`{path}/` does not exist: take it off the map"),
            ));
        }
        // A line such as `app/src/main/` names the folders on the way, too.
        named.extend(Path::new(&path).ancestors().map(|path| path.display().to_string()));
    }
    let missing = tree.folders().iter().filter(|folder| is_covered(folder) && !named.contains(*folder));
    violations
        .extend(missing.map(|folder| Violation::in_file(FILE, format!("`{folder}/` is not on the map"))));
    violations
}

/// Returns the paths of the folders in the map with the number of lines before each.
fn mapped_folders(map: &str) -> Vec<(usize, String)> {
    let mut folders = Vec::new();
    let mut parents: Vec<&str> = Vec::new();
    for (number, line) in map.lines().enumerate() {
        let name = line.trim_start();
        parents.truncate((line.len() - name.len()) / INDENTATION);
        if let Some(name) = name.split_whitespace().next().and_then(|name| name.strip_suffix('/')) {
            parents.push(name);
            folders.push((number, parents.join("/")));
        }
    }
    folders
}

/// Returns true if the map must name this folder. Hidden folders at the root hold settings of tools.
fn is_covered(folder: &str) -> bool {
    let (parent, name) = folder.rsplit_once('/').unwrap_or(("", folder));
    COVERED.contains(&parent) && !name.starts_with('.')
}

#[test]
fn a_map_that_differs_from_the_folders_is_reported() {
    const MAP: (&str, &str) = (
        FILE,
        "# Architecture\n\n## Map\n\n```text\ncore/           the core\n  src/\n    forms/      forms/ of every kind\n\
                         values\ntests/\n  bench/\n  README.md\n```\n\n```text\nelsewhere/\n```\n",
    );
    let on_one_line = (FILE, "## Map\n```text\nandroid/\n  app/src/main/   the app\n```\n");
    let without_map = (FILE, "# Architecture\n\n## Map\n\n## Words\n\n```text\ncore/\n```\n");
    let forms = ("core/src/forms/a.rs", "");
    let bench = ("tests/bench/a.rs", "");
    assert_reports(
        check,
        &[
            ("a true map", &[MAP, ("core/src/forms/deeper/a.rs", ""), bench, (".github/a.rs", "")], &[]),
            (
                "folders missing from the map",
                &[MAP, forms, ("core/src/vault/a.rs", ""), bench, ("ios/a.rs", "")],
                &["ARCHITECTURE.md: `core/src/vault/` is not on", "ARCHITECTURE.md: `ios/` is not on"],
            ),
            (
                "a folder that is gone",
                &[MAP, ("core/src/a.rs", ""), bench],
                &["ARCHITECTURE.md:8: `core/src/forms/`"],
            ),
            ("several folders on a line", &[on_one_line, ("android/app/src/main/a.rs", "")], &[]),
            ("no file", &[], &["ARCHITECTURE.md: the file is missing"]),
            ("no map", &[without_map], &["ARCHITECTURE.md: no block"]),
        ],
    );
}
