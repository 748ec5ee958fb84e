//! The crates below the core depend on a few others only, and the phone carries none of the portal's schemas.

use toml::Table;

use super::{Tree, Violations};

/// Crates that the app and the portal share, with everything they may depend on: they weigh on the phone, and know neither
/// side.
const SHARED: [(&str, &[&str]); 2] = [
    ("core/rules/Cargo.toml", &["jiff", "unicode-normalization"]),
    ("core/wire/Cargo.toml", &["jiff", "serde", "serde_json", "utoipa", "zeroize"]),
];
/// Feature of `fos-wire` for the portal's document alone: the phone would carry its schemas.
const PORTAL_FEATURE: &str = "openapi";
const PORTAL: &str = "tests/portal/Cargo.toml";

pub(super) fn check(tree: &Tree, violations: &mut Violations) {
    for (file, allowed) in SHARED {
        let manifest = match tree.text(file).unwrap_or_default().parse::<Table>() {
            Ok(manifest) => manifest,
            Err(error) => {
                violations.in_file(file, error);
                continue;
            }
        };
        let dependencies = manifest.get("dependencies").and_then(|found| found.as_table());
        for name in dependencies.into_iter().flat_map(Table::keys) {
            if !allowed.contains(&name.as_str()) {
                violations
                    .in_file(file, format_args!("depends on `{name}`, which is not in SHARED of the rule"));
            }
        }
    }
    let turns_on = |line: &str| line.starts_with("fos-wire") && line.contains(PORTAL_FEATURE);
    for (file, text) in tree.sources("", &["toml"]).filter(|(file, _)| *file != PORTAL) {
        if text.lines().any(turns_on) {
            let message = format_args!("turns on `{PORTAL_FEATURE}` of fos-wire, which is for {PORTAL}");
            violations.in_file(file, message);
        }
    }
}
