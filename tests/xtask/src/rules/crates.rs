//! Crates banned in `deny.toml` do not appear in `Cargo.lock`. cargo-deny checks this and more; this part is checked
//! without it.

use serde::Deserialize;

use super::{Tree, Violation};

const DENY_FILE: &str = "deny.toml";
const LOCK_FILE: &str = "Cargo.lock";

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
    fn a_missing_deny_file_or_lock_file_is_a_violation() {
        assert_eq!(check(&Tree::from_files(&[])).len(), 1);
        assert_eq!(check(&Tree::from_files(&[CONFIG])).len(), 1);
    }
}
