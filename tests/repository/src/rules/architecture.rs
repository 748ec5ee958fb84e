//! The map in ARCHITECTURE.md is true: its folders exist, and the folders at the depth it covers are in it.
//!
//! The map is the fenced block of `text` under the heading `## Map`. A line names a folder with a trailing slash and then
//! describes it; two spaces of indentation a level. Other lines are not checked.

use std::{collections::BTreeSet, path::Path};

use regex::Regex;

use super::{Tree, Violations, source_tree::line_at};

const FILE: &str = "ARCHITECTURE.md";
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

pub(super) fn check(tree: &Tree, violations: &mut Violations) {
    let Some(text) = tree.text(FILE) else {
        return violations.in_file(FILE, "the file is missing");
    };
    let map = Regex::new(r"(?m)^## Map\s*\n(?:[^#`\n].*\n|\n)*```text\n((?s:.*?))^```").unwrap();
    let Some(map) = map.captures(text).and_then(|found| found.get(1)) else {
        return violations.in_file(FILE, "no block ```text under the heading «## Map»");
    };
    let mut named = BTreeSet::new();
    for (line, path) in mapped_folders(map.as_str()) {
        if !tree.folders().contains(&path) {
            let line = line_at(text, map.start()) + line;
            violations.at(FILE, line, format_args!("`{path}/` does not exist: take it off the map"));
        }
        // A line such as `app/src/main/` names the folders on the way, too.
        named.extend(Path::new(&path).ancestors().map(|path| path.display().to_string()));
    }
    for folder in tree.folders().iter().filter(|folder| is_covered(folder) && !named.contains(*folder)) {
        violations.in_file(FILE, format_args!("`{folder}/` is not on the map"));
    }
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
