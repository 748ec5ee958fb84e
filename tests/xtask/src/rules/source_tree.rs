//! Source files as text, held in memory.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
};

/// Names of folders with built, generated or downloaded files, and git's own.
const EXCLUDED_FOLDERS: [&str; 9] =
    [".git", "target", "generated", "Generated", "build", ".build", ".gradle", ".idea", "node_modules"];
/// Extensions of the text files that the rules read; `lock` is Cargo's.
const EXTENSIONS: [&str; 12] =
    ["rs", "kt", "kts", "swift", "ftl", "sql", "md", "toml", "txt", "yml", "yaml", "lock"];

/// Text files and folders by their path from the repository root, with `/` on every platform.
#[derive(Debug, Default)]
pub struct Tree {
    files: BTreeMap<String, String>,
    folders: BTreeSet<String>,
}

impl Tree {
    /// Reads the text files under this root.
    ///
    /// # Errors
    /// Returns an error if a folder or a file cannot be read.
    pub fn read(root: &Path) -> io::Result<Self> {
        let mut tree = Self::default();
        let mut folders: Vec<PathBuf> = vec![root.to_path_buf()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder)? {
                let path = entry?.path();
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let relative = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                if path.is_dir() {
                    if !EXCLUDED_FOLDERS.contains(&name.as_ref()) {
                        tree.folders.insert(relative);
                        folders.push(path);
                    }
                } else if extension(&name).is_some_and(|extension| EXTENSIONS.contains(&extension)) {
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

    /// Returns the paths of all folders, without a trailing slash.
    pub(super) fn folders(&self) -> &BTreeSet<String> {
        &self.folders
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
        let folders = files.iter().flat_map(|(path, _)| {
            path.match_indices('/').map(|(at, _)| path[..at].to_owned()).collect::<Vec<_>>()
        });
        let folders = folders.collect();
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        Self { files, folders }
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

/// Returns a Rust, Kotlin or Swift source with comments and the contents of literals replaced by spaces. Line breaks
/// stay, so that positions keep their lines.
pub(super) fn without_comments_and_literals(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let skipped = comment_length(rest).or_else(|| literal_length(rest, code.chars().next_back()));
        if let Some(length) = skipped {
            code.extend(rest[..length].chars().map(|letter| if letter == '\n' { '\n' } else { ' ' }));
            rest = &rest[length..];
        } else {
            code.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    code
}

/// Returns the length of the comment at the start of `text`, if there is one. Block comments may be nested.
fn comment_length(text: &str) -> Option<usize> {
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    if !text.starts_with("/*") {
        return None;
    }
    let (mut depth, mut at) = (0_usize, 0);
    while at < text.len() {
        let rest = &text.as_bytes()[at..];
        if rest.starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return Some(at);
            }
        } else {
            at += 1;
        }
    }
    Some(text.len())
}

/// Returns the length of the string or character literal at the start of `text`, if there is one. `before` is the
/// character before it: `r` begins a raw string of Rust only where it is no part of a name.
fn literal_length(text: &str, before: Option<char>) -> Option<usize> {
    let in_name = before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
    let prefix = if in_name {
        0
    } else {
        ["br", "cr", "r"].iter().find_map(|p| text.strip_prefix(p).map(|_| p.len())).unwrap_or(0)
    };
    let body = &text[prefix..];
    let hashes = body.len() - body.trim_start_matches('#').len();
    let quoted = &body[hashes..];
    if quoted.starts_with('"') && (prefix > 0 || hashes > 0) {
        let end = format!("\"{}", "#".repeat(hashes));
        let length = quoted[1..].find(&end).map_or(quoted.len(), |at| 1 + at + end.len());
        return Some(prefix + hashes + length);
    }
    if let Some(rest) = text.strip_prefix("\"\"\"") {
        return Some(rest.find("\"\"\"").map_or(text.len(), |at| at + 6));
    }
    if text.starts_with('"') {
        return Some(escaped_length(text, '"').unwrap_or(text.len()));
    }
    // A quote that is not closed after one character begins a lifetime.
    let mut letters = text.strip_prefix('\'')?.chars();
    match (letters.next()?, letters.next()?) {
        ('\\', _) => escaped_length(text, '\''),
        (letter, '\'') => Some(2 + letter.len_utf8()),
        _ => None,
    }
}

/// Returns the length of a literal with escapes, up to its closing quote.
fn escaped_length(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if letter == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_is_not_code_but_an_address_in_quotes_is() {
        let lines: Vec<_> = code_lines("let a = \"http://x\"; // not this\n//! nor this").collect();
        assert_eq!(lines, [(1, "let a = \"http://x\"; "), (2, "")]);
    }

    #[test]
    fn comments_and_literals_are_blanked_and_lines_are_kept() {
        let code =
            |text| without_comments_and_literals(text).split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(code("let a = \"b \\\" c\"; // d"), "let a = ;");
        assert_eq!(code("a(r#\"b \"c\" d\"#, br\"e\")"), "a( , )");
        assert_eq!(code("/* a /* b */ c */ d"), "d");
        assert_eq!(code("val a = \"\"\"b \"c\" d\"\"\" + e"), "val a = + e");
        assert_eq!(code("fn a<'b>(c: &'b str) { d('e', '\\'') }"), "fn a<'b>(c: &'b str) { d( , ) }");
        assert_eq!(without_comments_and_literals("\"a\nb\"\nc").lines().count(), 3);
    }
}
