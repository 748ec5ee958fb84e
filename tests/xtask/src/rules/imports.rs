//! Imports in the core go inwards only, and a feature never imports another feature.
//!
//! The sources are read as text: what counts is a name after `crate::` or after a `super::` that reaches the root.

use super::{Fault, Tree, tree::code_lines};

const CORE: &str = "core/src/";

/// The rings of the core, from the inside out. A module may use its own ring and those further in; the ring of the
/// features alone is parted: each feature stands by itself.
const RINGS: [&[&str]; 7] = [
    // `testing` opens the whole app for the tests of any ring.
    &["clock", "error", "language", "sending", "stage", "testing", "views", "watch"],
    &["portal", "store", "vault"],
    &["gate"],
    &["context"],
    &["forms"],
    FEATURES,
    &["app", "lib", "notices"],
];
const FEATURES: &[&str] = &["access", "account", "help", "inbox", "requests", "services"];

pub(super) fn faults(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in tree.under(CORE) {
        let modules = module_path(path);
        let Some(own) = modules.first() else { continue };
        let Some(ring) = ring_of(own) else {
            faults.push(Fault::in_file(
                path,
                format!("`{own}` stands in no ring: give it one in the rule's RINGS"),
            ));
            continue;
        };
        for (line, name) in roots_used(text, modules.len()) {
            if let Some(why) = refusal(own, ring, &name) {
                faults.push(Fault::at(path, line, format!("`{own}` uses `crate::{name}`: {why}")));
            }
        }
    }
    faults
}

/// Why this use is not allowed; `None` when it is, or when the name is no module (an item of the root itself).
fn refusal(own: &str, ring: usize, name: &str) -> Option<&'static str> {
    let used = ring_of(name)?;
    if used > ring {
        Some("imports go inwards only")
    } else if name != own && FEATURES.contains(&own) && FEATURES.contains(&name) {
        Some("a feature never imports another feature")
    } else {
        None
    }
}

fn ring_of(module: &str) -> Option<usize> {
    RINGS.iter().position(|ring| ring.contains(&module))
}

/// `core/src/portal/client.rs` → `[portal, client]`; `mod.rs` is its folder, `lib.rs` is the root and named so.
fn module_path(path: &str) -> Vec<&str> {
    let inner = path.strip_prefix(CORE).unwrap_or(path).trim_end_matches(".rs");
    inner.split('/').filter(|part| *part != "mod").collect()
}

/// The names used from the crate's root, with the line where each stands.
fn roots_used(text: &str, depth: usize) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let code: Vec<(usize, &str)> = code_lines(text).collect();
    for (at, (number, line)) in code.iter().enumerate() {
        for start in paths_to_root(line, depth) {
            let rest: String = std::iter::once(&line[start..])
                .chain(code[at + 1..].iter().map(|(_, line)| *line))
                .collect::<Vec<_>>()
                .join(" ");
            found.extend(first_names(&rest).into_iter().map(|name| (*number, name)));
        }
    }
    found
}

/// Where in the line a path from the root goes on: behind `crate::`, and behind enough `super::` to get there.
fn paths_to_root(line: &str, depth: usize) -> Vec<usize> {
    let mut starts: Vec<usize> = line.match_indices("crate::").map(|(at, word)| at + word.len()).collect();
    // A macro's own crate is the same crate.
    starts.retain(|at| !line[..*at].ends_with("_crate::"));
    let mut from = 0;
    while let Some(at) = line[from..].find("super::").map(|found| from + found) {
        let mut end = at;
        let mut steps = 0;
        while line[end..].starts_with("super::") {
            end += "super::".len();
            steps += 1;
        }
        if steps >= depth {
            starts.push(end);
        }
        from = end;
    }
    starts
}

/// `language::Words` → `language`; `{language::Words, store}` → both.
fn first_names(path: &str) -> Vec<String> {
    let Some(group) = path.strip_prefix('{') else {
        return vec![name_at(path)];
    };
    let mut names = vec![name_at(group.trim_start())];
    let mut depth = 1;
    for (at, letter) in group.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => names.push(name_at(group[at + 1..].trim_start())),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

fn name_at(path: &str) -> String {
    path.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caught(path: &str, text: &str) -> Vec<String> {
        faults(&Tree::of(&[(path, text)])).into_iter().map(|fault| fault.to_string()).collect()
    }

    #[test]
    fn an_outward_import_is_caught() {
        let faults = caught("core/src/store/file.rs", "use std::fs;\nuse crate::access::Access;");
        assert_eq!(
            faults,
            ["core/src/store/file.rs:2: `store` uses `crate::access`: imports go inwards only"]
        );
    }

    #[test]
    fn an_outward_import_hidden_in_a_group_over_two_lines_is_caught() {
        let text = "use crate::{\n    language::{Words, Told},\n    app::Fos,\n};";
        assert_eq!(caught("core/src/forms/mod.rs", text).len(), 1);
    }

    #[test]
    fn an_outward_path_in_the_middle_of_a_line_is_caught() {
        assert_eq!(caught("core/src/error.rs", "fn a() { crate::store::open(); }").len(), 1);
    }

    #[test]
    fn an_outward_import_by_super_is_caught() {
        assert_eq!(caught("core/src/vault/folder.rs", "use super::super::access::Access;").len(), 1);
        assert_eq!(caught("core/src/vault/mod.rs", "use super::access::Access;").len(), 1);
        assert!(caught("core/src/vault/folder.rs", "use super::access::Access;").is_empty());
    }

    #[test]
    fn a_feature_that_imports_a_feature_is_caught() {
        let faults = caught("core/src/services/mod.rs", "use crate::access::session;");
        assert!(faults[0].ends_with("a feature never imports another feature"), "{faults:?}");
    }

    #[test]
    fn a_module_that_nobody_gave_a_ring_is_caught() {
        assert_eq!(caught("core/src/helpers.rs", "").len(), 1);
    }

    #[test]
    fn inward_imports_and_items_of_the_root_are_allowed() {
        let text =
            "use crate::{forms::Form, language::Words};\nuse crate::FosError;\nuse crate::access::session;";
        assert!(caught("core/src/access/charter.rs", text).is_empty());
        assert!(caught("core/src/app.rs", "use crate::{access::Access, stage::Stage};").is_empty());
    }
}
