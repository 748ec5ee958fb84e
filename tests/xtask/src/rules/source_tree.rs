//! The sources as text, held in memory.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

/// Folders of the house that hold sources.
const SOURCE_FOLDERS: [&str; 5] = ["core", "bindings", "android", "ios", "tests"];
/// Files beside them that a rule reads.
const ROOT_FILES: [&str; 2] = ["Cargo.lock", "deny.toml"];
/// Folders that hold what was built, generated or fetched.
const EXCLUDED_FOLDERS: [&str; 7] =
    ["target", "generated", "Generated", "build", ".build", ".gradle", "node_modules"];
/// What the rules read.
const EXTENSIONS: [&str; 6] = ["rs", "kt", "kts", "swift", "ftl", "txt"];

/// Sources by their path from the root of the house, with `/` on every machine.
#[derive(Debug, Default)]
pub struct Tree {
    files: BTreeMap<String, String>,
}

impl Tree {
    /// Reads the sources that stand under this root.
    ///
    /// # Errors
    /// When a folder or a file cannot be read.
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

    /// The text of one file.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Every file, by its path.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The files whose path begins so.
    pub fn under<'a>(&'a self, start: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.files().filter(move |(path, _)| path.starts_with(start))
    }

    /// The files under this folder that are written in one of these languages.
    pub(super) fn sources<'a>(
        &'a self,
        start: &'a str,
        endings: &'a [&str],
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.under(start)
            .filter(|(path, _)| extension(path).is_some_and(|extension| endings.contains(&extension)))
    }

    /// A made-up house, for planted faults.
    #[cfg(test)]
    pub(super) fn from_files(files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        Self { files }
    }
}

/// The lines of a Rust, Kotlin or Swift source with their numbers, without what stands behind `//`.
pub(super) fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(at, line)| (at + 1, without_comment(line)))
}

fn extension(path: &str) -> Option<&str> {
    path.rsplit_once('.').map(|(_, extension)| extension)
}

fn without_comment(line: &str) -> &str {
    let mut from = 0;
    while let Some(at) = line[from..].find("//").map(|found| from + found) {
        // The slashes of an address inside a text are no comment.
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
