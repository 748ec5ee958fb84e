//! Imports in the core point inwards only, and a feature never imports another feature.
//!
//! Sources are read as text: the rule looks at names after `crate::` and after a `super::` that reaches the crate root.

use super::{Tree, Violation, source_tree::code_lines};

const CORE: &str = "core/src/";

/// Layers of the core, innermost first. A module may import from its own layer and from inner ones; only the features
/// must not import each other.
const LAYERS: [&[&str]; 8] = [
    // `testing` opens the whole app for the tests of any layer.
    &["clock", "error", "i18n", "observe", "runtime", "stage", "testing", "views"],
    &["api", "storage", "vault"],
    &["remote_config"],
    &["context"],
    &["forms"],
    &["session"],
    FEATURES,
    &["app", "lib", "notices"],
];
const FEATURES: &[&str] = &["access", "account", "help", "requests", "services"];

pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    let mut violations = Vec::new();
    for (path, text) in tree.sources(CORE, &["rs"]) {
        let modules = module_path(path);
        let Some(module) = modules.first() else { continue };
        let Some(layer) = layer_of(module) else {
            violations.push(Violation::in_file(
                path,
                format!("`{module}` belongs to no layer: add it to LAYERS in the rule"),
            ));
            continue;
        };
        for (line, name) in root_imports(text, modules.len()) {
            if let Some(reason) = violation_reason(module, layer, &name) {
                violations.push(Violation::at(
                    path,
                    line,
                    format!("`{module}` uses `crate::{name}`: {reason}"),
                ));
            }
        }
    }
    violations
}

/// Returns the reason why an import is forbidden; `None` if it is allowed or names no module (an item of the root).
fn violation_reason(module: &str, layer: usize, name: &str) -> Option<&'static str> {
    let used_layer = layer_of(name)?;
    if used_layer > layer {
        Some("imports point inwards only")
    } else if name != module && FEATURES.contains(&module) && FEATURES.contains(&name) {
        Some("a feature never imports another feature")
    } else {
        None
    }
}

fn layer_of(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

/// Splits a file's path into module names: `core/src/api/client.rs` → `[api, client]`. `mod.rs` stands for its
/// folder, `lib.rs` for the root.
fn module_path(path: &str) -> Vec<&str> {
    let inner = path.strip_prefix(CORE).unwrap_or(path).trim_end_matches(".rs");
    inner.split('/').filter(|part| *part != "mod").collect()
}

/// Returns the names imported from the crate root, each with its line number.
fn root_imports(text: &str, depth: usize) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let code: Vec<(usize, &str)> = code_lines(text).collect();
    for (at, (number, line)) in code.iter().enumerate() {
        for start in root_path_ends(line, depth) {
            let rest: String = std::iter::once(&line[start..])
                .chain(code[at + 1..].iter().map(|(_, line)| *line))
                .collect::<Vec<_>>()
                .join(" ");
            found.extend(first_segments(&rest).into_iter().map(|name| (*number, name)));
        }
    }
    found
}

/// Returns the positions after each path prefix that reaches the crate root: `crate::`, or enough `super::`.
fn root_path_ends(line: &str, depth: usize) -> Vec<usize> {
    let mut starts: Vec<usize> = line.match_indices("crate::").map(|(at, word)| at + word.len()).collect();
    // `$crate` in a macro is the same crate and needs no check.
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

/// Returns the first segments: `i18n::Localizer` → `i18n`; `{i18n::Localizer, storage}` → both.
fn first_segments(path: &str) -> Vec<String> {
    let Some(group) = path.strip_prefix('{') else {
        return vec![leading_identifier(path)];
    };
    let mut names = vec![leading_identifier(group.trim_start())];
    let mut depth = 1;
    for (at, letter) in group.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => names.push(leading_identifier(group[at + 1..].trim_start())),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

fn leading_identifier(path: &str) -> String {
    path.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(path: &str, text: &str) -> Vec<String> {
        check(&Tree::from_files(&[(path, text)])).into_iter().map(|violation| violation.to_string()).collect()
    }

    #[test]
    fn an_outward_import_is_reported() {
        let violations = report("core/src/storage/sqlite.rs", "use std::fs;\nuse crate::access::Access;");
        assert_eq!(
            violations,
            ["core/src/storage/sqlite.rs:2: `storage` uses `crate::access`: imports point inwards only"]
        );
    }

    #[test]
    fn an_outward_import_in_a_group_over_two_lines_is_reported() {
        let text = "use crate::{\n    i18n::{Localizer, FormatArg},\n    app::Fos,\n};";
        assert_eq!(report("core/src/forms/mod.rs", text).len(), 1);
    }

    #[test]
    fn an_outward_path_in_the_middle_of_a_line_is_reported() {
        assert_eq!(report("core/src/error.rs", "fn a() { crate::storage::open(); }").len(), 1);
    }

    #[test]
    fn an_outward_import_by_super_is_reported() {
        assert_eq!(report("core/src/vault/folder.rs", "use super::super::access::Access;").len(), 1);
        assert_eq!(report("core/src/vault/mod.rs", "use super::access::Access;").len(), 1);
        assert!(report("core/src/vault/folder.rs", "use super::access::Access;").is_empty());
    }

    #[test]
    fn a_feature_that_imports_a_feature_is_reported() {
        let violations = report("core/src/services/mod.rs", "use crate::access::session;");
        assert!(violations[0].ends_with("a feature never imports another feature"), "{violations:?}");
    }

    #[test]
    fn a_module_without_a_layer_is_reported() {
        assert_eq!(report("core/src/helpers.rs", "").len(), 1);
    }

    #[test]
    fn inward_imports_and_items_of_the_root_are_allowed() {
        let text =
            "use crate::{forms::Form, i18n::Localizer};\nuse crate::FosError;\nuse crate::access::session;";
        assert!(report("core/src/access/charter.rs", text).is_empty());
        assert!(report("core/src/app.rs", "use crate::{access::Access, stage::Stage};").is_empty());
    }
}
