//! Crates banned in `deny.toml` do not appear in `Cargo.lock` (cargo-deny checks this and more; this part is checked without
//! it), and the crates below the core depend on a few others only.

use serde::Deserialize;
use toml::Table;

use super::{Tree, Violation};

const DENY_FILE: &str = "deny.toml";
const LOCK_FILE: &str = "Cargo.lock";
/// Crates that the app and the portal share, with everything they may depend on: they weigh on the phone, and know neither
/// side.
const SHARED: [(&str, &[&str]); 2] = [
    ("core/rules/Cargo.toml", &["jiff", "unicode-normalization"]),
    ("core/wire/Cargo.toml", &["jiff", "serde", "serde_json", "utoipa", "zeroize"]),
];
/// Feature of `fos-wire` for the portal's document alone: the phone would carry its schemas.
const PORTAL_FEATURE: &str = "openapi";
const PORTAL: &str = "tests/portal/Cargo.toml";

#[derive(Deserialize)]
struct DenyConfig {
    bans: Bans,
}

#[derive(Deserialize)]
struct Bans {
    deny: Vec<Package>,
}

#[derive(Deserialize)]
struct LockFile {
    package: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
}

pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    let mut violations = banned(tree);
    violations.extend(shared_dependencies(tree));
    violations.extend(portal_feature(tree));
    violations
}

fn shared_dependencies(tree: &Tree) -> Vec<Violation> {
    let mut violations = Vec::new();
    for (file, allowed) in SHARED {
        match tree.text(file).unwrap_or_default().parse::<Table>() {
            Ok(manifest) => {
                let names = manifest.get("dependencies").and_then(|found| found.as_table());
                let names = names.into_iter().flat_map(Table::keys);
                violations.extend(names.filter(|name| !allowed.contains(&name.as_str())).map(|name| {
                    Violation::in_file(
                        file,
                        format!("depends on `{name}`, which is not in SHARED of the rule"),
                    )
                }));
            }
            Err(error) => violations.push(Violation::in_file(file, error.to_string())),
        }
    }
    violations
}

fn portal_feature(tree: &Tree) -> Vec<Violation> {
    let turns_on = |line: &str| line.starts_with("fos-wire") && line.contains(PORTAL_FEATURE);
    let manifests = tree.sources("", &["toml"]).filter(|(file, _)| *file != PORTAL);
    manifests
        .filter(|(_, text)| text.lines().any(turns_on))
        .map(|(file, _)| {
            Violation::in_file(
                file,
                format!("turns on `{PORTAL_FEATURE}` of fos-wire, which is for {PORTAL}"),
            )
        })
        .collect()
}

fn banned(tree: &Tree) -> Vec<Violation> {
    let read = |path| tree.text(path).unwrap_or_default();
    let banned = match toml::from_str::<DenyConfig>(read(DENY_FILE)) {
        Ok(config) => config.bans.deny,
        Err(error) => return vec![Violation::in_file(DENY_FILE, error.to_string())],
    };
    match toml::from_str::<LockFile>(read(LOCK_FILE)) {
        Ok(lock) => lock
            .package
            .iter()
            .filter(|package| banned.iter().any(|ban| ban.name == package.name))
            .map(|package| {
                Violation::in_file(LOCK_FILE, format!("`{}` is banned by {DENY_FILE}", package.name))
            })
            .collect(),
        Err(error) => vec![Violation::in_file(LOCK_FILE, error.to_string())],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONFIG: (&str, &str) = (DENY_FILE, "[[bans.deny]]\nname = \"openssl-sys\"\n");

    #[test]
    fn a_banned_crate_in_the_lock_file_is_reported() {
        let lock = (LOCK_FILE, "[[package]]\nname = \"openssl-sys\"\n[[package]]\nname = \"ring\"\n");
        let violations: Vec<_> =
            check(&Tree::from_files(&[CONFIG, lock])).iter().map(ToString::to_string).collect();
        assert_eq!(violations, ["Cargo.lock: `openssl-sys` is banned by deny.toml"]);
    }

    #[test]
    fn a_shared_crate_that_depends_on_the_core_is_reported() {
        let manifest = "[dependencies]\njiff.workspace = true\nfos-core.workspace = true\n";
        let violations: Vec<_> =
            shared_dependencies(&Tree::from_files(&[("core/rules/Cargo.toml", manifest)]));
        assert_eq!(
            violations.iter().map(ToString::to_string).collect::<Vec<_>>(),
            ["core/rules/Cargo.toml: depends on `fos-core`, which is not in SHARED of the rule"]
        );
    }

    #[test]
    fn schemas_on_the_phone_are_reported() {
        let on = "[dependencies]\nfos-wire = { workspace = true, features = [\"openapi\"] }\n";
        assert_eq!(portal_feature(&Tree::from_files(&[("core/Cargo.toml", on)])).len(), 1);
        assert!(portal_feature(&Tree::from_files(&[(PORTAL, on)])).is_empty());
    }

    #[test]
    fn a_missing_deny_file_or_lock_file_is_a_violation() {
        assert_eq!(check(&Tree::from_files(&[])).len(), 1);
        assert_eq!(check(&Tree::from_files(&[CONFIG])).len(), 1);
    }
}
