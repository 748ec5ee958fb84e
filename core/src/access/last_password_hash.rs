//! Salted hash of the last sign-in's password, in memory only: enough to tell that a new password is the same.

use fos_rules::password::normalize_mailed;
use parking_lot::Mutex;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::error::Error;

/// Origin of a password, which decides what counts as the same one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PasswordKind {
    /// Chosen by the member: the same characters.
    Chosen,
    /// Mailed by the portal: the same letters and digits, however they are typed.
    Mailed,
}

impl PasswordKind {
    fn comparison_key(self, password: &str) -> Zeroizing<String> {
        Zeroizing::new(match self {
            Self::Chosen => password.to_owned(),
            Self::Mailed => normalize_mailed(password),
        })
    }
}

#[derive(Default)]
pub(super) struct LastPasswordHash {
    last: Mutex<Option<Hashed>>,
}

struct Hashed {
    kind: PasswordKind,
    salt: [u8; 16],
    hash: [u8; 32],
}

impl LastPasswordHash {
    pub(super) fn set(&self, password: &str, kind: PasswordKind) -> Result<(), Error> {
        let mut salt = [0; 16];
        getrandom::fill(&mut salt).map_err(|error| Error::Bug(error.to_string()))?;
        let hashed = Hashed { kind, salt, hash: hash(&salt, &kind.comparison_key(password)) };
        *self.last.lock() = Some(hashed);
        Ok(())
    }

    pub(super) fn matches(&self, password: &str) -> bool {
        let last = self.last.lock();
        last.as_ref().is_some_and(|last| hash(&last.salt, &last.kind.comparison_key(password)) == last.hash)
    }
}

fn hash(salt: &[u8], password: &str) -> [u8; 32] {
    Sha256::new().chain_update(salt).chain_update(password).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mailed_password_is_the_same_however_it_is_typed_and_a_chosen_one_is_not() {
        let last = LastPasswordHash::default();
        assert!(!last.matches(""));
        last.set("BCDFG 2hjkm 34npq", PasswordKind::Mailed).unwrap();
        assert!(last.matches("bcdfg-2hjkm-34npq") && !last.matches("bcdfg-2hjkm-34npr"));
        last.set("Mot d’été", PasswordKind::Chosen).unwrap();
        assert!(last.matches("Mot d’été") && !last.matches("mot d’été"));
    }
}
