//! Source files as text, held in memory.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::LazyLock,
};

use regex::{Captures, Regex};
use walkdir::WalkDir;

/// Names of folders with built, generated or downloaded files, git's own, and planted violations.
const EXCLUDED_FOLDERS: [&str; 10] = [
    ".git",
    "target",
    "generated",
    "Generated",
    "build",
    ".build",
    ".gradle",
    ".idea",
    "node_modules",
    "planted",
];
/// Extensions of the text files that the rules read.
const EXTENSIONS: [&str; 12] =
    ["rs", "kt", "kts", "swift", "ftl", "sql", "md", "toml", "txt", "yml", "yaml", "journey"];

/// Text files and folders by their path from the repository root.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    files: BTreeMap<String, String>,
    folders: BTreeSet<String>,
}

impl Tree {
    /// Reads the text files of the repository.
    pub(crate) fn read() -> Self {
        let (mut tree, root) = (Self::default(), crate::files::root());
        let entries = WalkDir::new(&root).min_depth(1).into_iter();
        let is_source = |name: &str| !EXCLUDED_FOLDERS.contains(&name);
        for entry in entries.filter_entry(|entry| is_source(&entry.file_name().to_string_lossy())) {
            let path = entry.unwrap().into_path();
            let relative = path.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                tree.folders.insert(relative);
            } else if EXTENSIONS.contains(&extension(&relative)) {
                tree.files.insert(relative, std::fs::read_to_string(&path).unwrap());
            }
        }
        tree
    }

    /// Builds a tree from literal files, for planted violations.
    pub(super) fn from_files(files: BTreeMap<String, String>) -> Self {
        let ancestors = |path| Path::new(path).ancestors().skip(1).map(|path| path.display().to_string());
        let mut folders: BTreeSet<_> = files.keys().flat_map(ancestors).collect();
        folders.remove("");
        Self { files, folders }
    }

    /// Returns the text of one file.
    pub(super) fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Iterates over the files whose path starts with `start`: path and text.
    pub(crate) fn under<'a>(&'a self, start: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let files = self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        files.filter(move |(path, _)| path.starts_with(start))
    }

    /// Iterates over the files under `start` with one of these extensions.
    pub(crate) fn sources<'a>(
        &'a self,
        start: &'a str,
        endings: &'a [&str],
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.under(start).filter(|(path, _)| endings.contains(&extension(path)))
    }

    /// Returns the paths of all folders, without a trailing slash.
    pub(super) fn folders(&self) -> &BTreeSet<String> {
        &self.folders
    }
}

fn extension(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// Comments and literals of Rust, Kotlin and Swift. A quote that is not closed after one character begins a lifetime.
static SKIPPED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#"(?xs)
        (?<comment> //[^\n]* | /\*(?: /\*.*?\*/ | . )*?\*/ )
        | (?: \b[bc]?r )? (?: \#\#".*?"\#\# | \#".*?"\# )
        | \b[bc]?r"[^"]*"
        | """.*?""" | "(?: \\. | [^"\\] )*"
        | '(?: \\. [^']* | [^'\\] )'
        "#,
    )
    .unwrap()
});

/// Returns a source with its comments replaced by spaces, and the contents of its literals too unless they are `kept`.
/// Line breaks stay, so that positions keep their lines.
fn blank(text: &str, literals_kept: bool) -> String {
    let replacement = |found: &Captures<'_>| {
        if literals_kept && found.name("comment").is_none() {
            return found[0].to_owned();
        }
        found[0].chars().map(|letter| if letter == '\n' { '\n' } else { ' ' }).collect()
    };
    SKIPPED.replace_all(text, replacement).into_owned()
}

/// Returns a source without its comments.
pub(super) fn without_comments(text: &str) -> String {
    blank(text, true)
}

/// Returns a source without its comments and the contents of its literals.
pub(super) fn without_comments_and_literals(text: &str) -> String {
    blank(text, false)
}

/// Returns the number of the line at this position.
pub(super) fn line_at(text: &str, position: usize) -> usize {
    text[..position].matches('\n').count() + 1
}

#[test]
fn comments_and_literals_are_blanked_and_lines_are_kept() {
    let code = |text| without_comments_and_literals(text).split_whitespace().collect::<Vec<_>>().join(" ");
    for (text, expected) in [
        ("let a = \"b \\\" c\"; // d", "let a = ;"),
        ("a(r#\"b \"c\" d\"#, br\"e\")", "a( , )"),
        ("/* a /* b */ c */ d", "d"),
        ("val a = \"\"\"b \"c\" d\"\"\" + e", "val a = + e"),
        ("fn a<'b>(c: &'b str) { d('e', '\\'') }", "fn a<'b>(c: &'b str) { d( , ) }"),
    ] {
        assert_eq!(code(text), expected);
    }
    assert_eq!(without_comments_and_literals("\"a\nb\"\nc").lines().count(), 3);
    assert_eq!(without_comments("let a = \"http://x\"; // d").trim_end(), "let a = \"http://x\";");
}
