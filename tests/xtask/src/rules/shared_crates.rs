//! The crates below the core depend on a few others only, and the phone carries none of the portal's schemas.

use toml::Table;

use super::{Tree, Violation, assert_reports};

/// Crates that the app and the portal share, with everything they may depend on: they weigh on the phone, and know neither
/// side.
const SHARED: [(&str, &[&str]); 2] = [
    ("core/rules/Cargo.toml", &["jiff", "unicode-normalization"]),
    ("core/wire/Cargo.toml", &["jiff", "serde", "serde_json", "utoipa", "zeroize"]),
];
/// Feature of `fos-wire` for the portal's document alone: the phone would carry its schemas.
const PORTAL_FEATURE: &str = "openapi";
const PORTAL: &str = "tests/portal/Cargo.toml";

pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    let mut violations: Vec<Violation> =
        SHARED.iter().flat_map(|(file, allowed)| other_dependencies(tree, file, allowed)).collect();
    let turns_on = |line: &str| line.starts_with("fos-wire") && line.contains(PORTAL_FEATURE);
    for (file, text) in tree.sources("", &["toml"]).filter(|(file, _)| *file != PORTAL) {
        if text.lines().any(turns_on) {
            let message = format!("turns on `{PORTAL_FEATURE}` of fos-wire, which is for {PORTAL}");
            violations.push(Violation::in_file(file, message));
        }
    }
    violations
}

fn other_dependencies(tree: &Tree, file: &str, allowed: &[&str]) -> Vec<Violation> {
    let manifest: Table = match tree.text(file).unwrap_or_default().parse() {
        Ok(manifest) => manifest,
        Err(error) => return vec![Violation::in_file(file, error.to_string())],
    };
    let dependencies = manifest.get("dependencies").and_then(|found| found.as_table());
    let others =
        dependencies.into_iter().flat_map(Table::keys).filter(|name| !allowed.contains(&name.as_str()));
    others
        .map(|name| {
            Violation::in_file(file, format!("depends on `{name}`, which is not in SHARED of the rule"))
        })
        .collect()
}

#[test]
fn a_shared_crate_that_knows_a_side_and_schemas_on_the_phone_are_reported() {
    let on_core = "[dependencies]\njiff.workspace = true\nfos-core.workspace = true\n";
    let schemas = "[dependencies]\nfos-wire = { workspace = true, features = [\"openapi\"] }\n";
    assert_reports(
        check,
        &[
            (
                "a shared crate depends on the core",
                &[("core/rules/Cargo.toml", on_core)],
                &["core/rules/Cargo.toml: depends on `fos-core`"],
            ),
            (
                "schemas on the phone",
                &[("core/Cargo.toml", schemas)],
                &["core/Cargo.toml: turns on `openapi`"],
            ),
            ("schemas in the portal", &[(PORTAL, schemas)], &[]),
        ],
    );
}
