//! Imports in the core point inwards only, and a feature never imports another feature.
//!
//! Sources are read as text: the rule looks at names after `crate::` and after a `super::` that reaches the crate root.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    Tree, Violations,
    source_tree::{line_at, without_comments_and_literals},
};

const CORE: &str = "core/src/";

/// Layers of the core, innermost first. A module may import from its own layer and from inner ones; only the features
/// must not import each other.
const LAYERS: [&[&str]; 8] = [
    // `testing` opens the whole app for the tests of any layer.
    &[
        "clock",
        "deep_link",
        "diagnostics",
        "error",
        "i18n",
        "observe",
        "planted_fault",
        "runtime",
        "stage",
        "tap_guard",
        "testing",
        "ui_thread",
        "views",
    ],
    &["api", "storage", "vault"],
    &["remote_config"],
    &["context"],
    &["forms"],
    &["session"],
    FEATURES,
    &["app", "lib", "notices", "open_error"],
];
pub(super) const FEATURES: &[&str] = &["access", "account", "help", "requests", "services"];

pub(super) fn check(tree: &Tree, violations: &mut Violations) {
    for (path, text) in tree.sources(CORE, &["rs"]) {
        let modules = module_path(path);
        let Some(module) = modules.first() else { continue };
        let Some(layer) = layer_of(module) else {
            let message = format_args!("`{module}` belongs to no layer: add it to LAYERS in the rule");
            violations.in_file(path, message);
            continue;
        };
        for (line, name) in root_imports(text, modules.len()) {
            if let Some(reason) = violation_reason(module, layer, &name) {
                violations.at(path, line, format_args!("`{module}` uses `crate::{name}`: {reason}"));
            }
        }
    }
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

/// Returns the names imported from the crate root by `crate::` or enough `super::`, each with its line number.
fn root_imports(text: &str, depth: usize) -> Vec<(usize, String)> {
    static PREFIX: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\b(?:crate::|(?:super::)+)").unwrap());
    let code = without_comments_and_literals(text);
    let prefixes = PREFIX.find_iter(&code);
    let reaches_root = |prefix: &str| prefix == "crate::" || prefix.matches("super").count() >= depth;
    let imports = prefixes.filter(|prefix| reaches_root(prefix.as_str())).flat_map(|prefix| {
        let line = line_at(&code, prefix.start());
        first_segments(&code[prefix.end()..]).into_iter().map(move |name| (line, name))
    });
    imports.collect()
}

/// Returns the first segments: `i18n::Localizer` → `i18n`; `{i18n::{Localizer, FormatArg}, storage}` → both.
fn first_segments(path: &str) -> Vec<String> {
    static NESTED: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"::\{[^{}]*\}").unwrap());
    let identifier = |path: &str| {
        let path = path.trim_start();
        let end = path.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
        path[..end.unwrap_or(path.len())].to_owned()
    };
    let Some(group) = path.strip_prefix('{') else { return vec![identifier(path)] };
    let mut group = group.split(';').next().unwrap_or_default().to_owned();
    while NESTED.is_match(&group) {
        group = NESTED.replace_all(&group, "").into_owned();
    }
    let names = group.split('}').next().unwrap_or_default().split(',').map(identifier);
    names.filter(|name| !name.is_empty()).collect()
}
