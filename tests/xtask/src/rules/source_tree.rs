//! Source files as text, held in memory.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

/// Folders that contain sources.
const SOURCE_FOLDERS: [&str; 5] = ["core", "bindings", "android", "ios", "tests"];
/// Files at the repository root that a rule reads.
const ROOT_FILES: [&str; 2] = ["Cargo.lock", "deny.toml"];
/// Names of folders with built, generated or downloaded files.
const EXCLUDED_FOLDERS: [&str; 7] =
    ["target", "generated", "Generated", "build", ".build", ".gradle", "node_modules"];
/// File name extensions that the rules read.
const EXTENSIONS: [&str; 6] = ["rs", "kt", "kts", "swift", "ftl", "txt"];

/// Files by their path from the repository root, with `/` on every platform.
#[derive(Debug, Default)]
pub struct Tree {
    files: BTreeMap<String, String>,
}

impl Tree {
    /// Reads the sources under this root.
    ///
    /// # Errors
    /// Returns an error if a folder or a file cannot be read.
    pub fn read(root: &Path) -> io::Result<Self> {
        let mut tree = Self::default();
        for file in ROOT_FILES {
            tree.files.insert(file.to_owned(), fs::read_to_string(root.join(file))?);
        }
        let mut folders: Vec<PathBuf> =
            SOURCE_FOLDERS.iter().map(|place| root.join(place)).filter(|place| place.is_dir()).collect();
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder)? {
                let path = entry?.path();
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                if path.is_dir() {
                    if !EXCLUDED_FOLDERS.contains(&name.as_ref()) {
                        folders.push(path);
                    }
                } else if path
                    .extension()
                    .is_some_and(|extension| EXTENSIONS.iter().any(|allowed| extension == *allowed))
                {
                    let relative =
                        path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                    tree.files.insert(relative, fs::read_to_string(&path)?);
                }
            }
        }
        Ok(tree)
    }

    /// Returns the text of one file.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Iterates over all files: path and text.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// Iterates over the files whose path starts with `start`.
    pub fn under<'a>(&'a self, start: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.files().filter(move |(path, _)| path.starts_with(start))
    }

    /// Iterates over the files under `start` with one of these extensions.
    pub(super) fn sources<'a>(
        &'a self,
        start: &'a str,
        endings: &'a [&str],
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.under(start)
            .filter(|(path, _)| extension(path).is_some_and(|extension| endings.contains(&extension)))
    }

    /// Builds a tree from literal files, for tests with planted violations.
    #[cfg(test)]
    pub(super) fn from_files(files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        Self { files }
    }
}

/// Iterates over the lines of a Rust, Kotlin or Swift source with their numbers, without comments after `//`.
pub(super) fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(at, line)| (at + 1, without_comment(line)))
}

fn extension(path: &str) -> Option<&str> {
    path.rsplit_once('.').map(|(_, extension)| extension)
}

fn without_comment(line: &str) -> &str {
    let mut from = 0;
    while let Some(at) = line[from..].find("//").map(|found| from + found) {
        // Slashes inside a string literal, as in an address, start no comment.
        let quotes = line[..at].matches('"').count() - line[..at].matches("\\\"").count();
        if quotes.is_multiple_of(2) {
            return &line[..at];
        }
        from = at + 2;
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_is_not_code_but_an_address_in_quotes_is() {
        let lines: Vec<_> = code_lines("let a = \"http://x\"; // not this\n//! nor this").collect();
        assert_eq!(lines, [(1, "let a = \"http://x\"; "), (2, "")]);
    }
}
