//! On the iPhone a password stays as it is typed, shown or hidden: both of its fields carry `.verbatim()`, and smart quotes
//! and dashes are off for `UIKit`'s text fields, of which `SwiftUI` makes both and for which it has no modifier.

use super::{Tree, Violations, source_tree::without_comments};

const FACE: &str = "ios/Fos/";
const HIDDEN: &str = "SecureField(";
const SHOWN: &str = "TextField(";
const MODIFIER: &str = ".verbatim()";
/// Statements of which one file must have each.
const SETTINGS: [&str; 2] =
    ["UITextField.appearance().smartQuotesType = .no", "UITextField.appearance().smartDashesType = .no"];

pub(super) fn check(tree: &Tree, violations: &mut Violations) {
    let sources: Vec<_> =
        tree.sources(FACE, &["swift"]).map(|(path, text)| (path, without_comments(text))).collect();
    if !sources.iter().any(|(_, text)| text.contains(HIDDEN)) {
        return;
    }
    for setting in SETTINGS {
        if !sources.iter().any(|(_, text)| text.contains(setting)) {
            violations.in_file(FACE, format_args!("`{setting}` is missing: a password would be changed"));
        }
    }
    for (path, text) in &sources {
        for (first_line, declaration) in declarations(text) {
            if declaration.contains(HIDDEN) {
                check_fields(path, first_line, declaration, violations);
            }
        }
    }
}

/// Checks every field of a type that has a hidden one.
fn check_fields(path: &str, first_line: usize, declaration: &str, violations: &mut Violations) {
    let mut fields: Vec<usize> =
        [HIDDEN, SHOWN].iter().flat_map(|field| declaration.match_indices(field)).map(|(at, _)| at).collect();
    fields.sort_unstable();
    for at in fields {
        if !after_call(&declaration[at..]).trim_start().starts_with(MODIFIER) {
            let line = first_line + declaration[..at].matches('\n').count();
            violations.at(path, line, format_args!("add `{MODIFIER}`: the keyboard would change a password"));
        }
    }
}

/// Returns the text after the closing parenthesis of the call at the start of this text.
fn after_call(text: &str) -> &str {
    let mut depth = 0_usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' if depth == 1 => return &text[at + 1..],
            ')' => depth -= 1,
            _ => {}
        }
    }
    ""
}

/// Splits a file at the closing braces of its declarations, each with the number of its first line.
fn declarations(text: &str) -> Vec<(usize, &str)> {
    let mut line = 1;
    text.split_inclusive("\n}\n")
        .map(|declaration| {
            let first_line = line;
            line += declaration.matches('\n').count();
            (first_line, declaration)
        })
        .collect()
}
