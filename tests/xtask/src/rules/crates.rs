//! What `deny.toml` bans is not in the lock file. cargo-deny checks this and more; this much is checked without it.

use serde::Deserialize;

use super::{Fault, Tree};

const BANS: &str = "deny.toml";
const LOCK: &str = "Cargo.lock";

#[derive(Deserialize)]
struct Deny {
    bans: Bans,
}

#[derive(Deserialize)]
struct Bans {
    deny: Vec<Named>,
}

#[derive(Deserialize)]
struct Lock {
    package: Vec<Named>,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

pub(super) fn faults(tree: &Tree) -> Vec<Fault> {
    let read = |path| tree.text(path).unwrap_or_default();
    let bans = match toml::from_str::<Deny>(read(BANS)) {
        Ok(deny) => deny.bans.deny,
        Err(error) => return vec![Fault::in_file(BANS, error.to_string())],
    };
    match toml::from_str::<Lock>(read(LOCK)) {
        Ok(lock) => lock
            .package
            .iter()
            .filter(|package| bans.iter().any(|ban| ban.name == package.name))
            .map(|package| Fault::in_file(LOCK, format!("`{}` is banned by {BANS}", package.name)))
            .collect(),
        Err(error) => vec![Fault::in_file(LOCK, error.to_string())],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DENY: (&str, &str) = (BANS, "[[bans.deny]]\nname = \"openssl-sys\"\n");

    #[test]
    fn a_banned_crate_in_the_lock_file_is_caught() {
        let lock = (LOCK, "[[package]]\nname = \"openssl-sys\"\n[[package]]\nname = \"ring\"\n");
        let faults: Vec<_> = faults(&Tree::of(&[DENY, lock])).iter().map(ToString::to_string).collect();
        assert_eq!(faults, ["Cargo.lock: `openssl-sys` is banned by deny.toml"]);
    }

    #[test]
    fn a_house_without_bans_or_lock_is_at_fault() {
        assert_eq!(faults(&Tree::of(&[])).len(), 1);
        assert_eq!(faults(&Tree::of(&[DENY])).len(), 1);
    }
}
