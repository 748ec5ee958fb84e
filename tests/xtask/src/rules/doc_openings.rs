//! Rust docs open with a verb or a noun, not with a relative clause.

use super::{Tree, Violation};

/// First words that a block of docs must not have.
const FORBIDDEN: [&str; 8] = ["What", "Who", "Whom", "Whose", "Whether", "Where", "How", "Which"];

pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    tree.sources("", &["rs"])
        .flat_map(|(path, text)| openings(text).map(move |(line, opening)| (path, line, opening)))
        .filter_map(|(path, line, opening)| {
            let word = opening.split(|letter: char| !letter.is_alphabetic()).next()?;
            FORBIDDEN.contains(&word).then(|| {
                Violation::at(path, line, format!("a doc opens with «{word}»: begin with a verb or a noun"))
            })
        })
        .collect()
}

/// Returns the first line of each block of docs, with its number.
fn openings(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut previous = None;
    text.lines().enumerate().filter_map(move |(index, line)| {
        let doc = doc_line(line);
        let marker = doc.map(|(marker, _)| marker);
        let continues = marker.is_some() && marker == previous;
        previous = marker;
        doc.filter(|_| !continues).map(|(_, content)| (index + 1, content))
    })
}

/// Splits a line of docs into its marker and its text.
fn doc_line(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start();
    // `////` and `/***` begin plain comments.
    if line.starts_with("////") || line.starts_with("/***") {
        return None;
    }
    let marker = ["///", "//!", "/**", "/*!"].into_iter().find(|marker| line.starts_with(marker))?;
    Some((marker, line[marker.len()..].trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(text: &str) -> Vec<String> {
        check(&Tree::from_files(&[("a.rs", text)])).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_relative_clause_is_reported_with_its_line() {
        assert_eq!(
            report("use a;\n\n    /// What is sent.\n    struct A;"),
            ["a.rs:3: a doc opens with «What»: begin with a verb or a noun"]
        );
        assert_eq!(report("//! Where it lies.\n\n/// Whether it's open.\n/** How. */\n").len(), 3);
    }

    #[test]
    fn only_the_first_line_of_a_block_counts() {
        assert!(
            report("/// Returns the address\n/// Where it lies.\n///\n/// Which one.\nfn a() {}").is_empty()
        );
        assert_eq!(report("//! Module.\n/// How.\nfn a() {}").len(), 1);
    }

    #[test]
    fn other_words_and_plain_comments_are_allowed() {
        assert!(report("/// Whole numbers.\n// What this is for.\n//// What.\nfn a() {}").is_empty());
        assert!(check(&Tree::from_files(&[("a.kt", "/// What.\n"), ("a.md", "/// What.\n")])).is_empty());
    }
}
