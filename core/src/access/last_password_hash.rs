//! Salted hash of the last sign-in's password, in memory only: enough to tell that a new password is the same.

use parking_lot::Mutex;
use sha2::{Digest, Sha256};

use crate::error::Error;

#[derive(Default)]
pub(super) struct LastPasswordHash {
    last: Mutex<Option<Hashed>>,
}

struct Hashed {
    salt: [u8; 16],
    hash: [u8; 32],
}

impl LastPasswordHash {
    pub(super) fn set(&self, password: &str) -> Result<(), Error> {
        let mut salt = [0; 16];
        getrandom::fill(&mut salt).map_err(|error| Error::Bug(error.to_string()))?;
        let hashed = Hashed { salt, hash: hash(&salt, password) };
        *self.last.lock() = Some(hashed);
        Ok(())
    }

    pub(super) fn matches(&self, password: &str) -> bool {
        let last = self.last.lock();
        last.as_ref().is_some_and(|last| hash(&last.salt, password) == last.hash)
    }
}

fn hash(salt: &[u8], password: &str) -> [u8; 32] {
    Sha256::new().chain_update(salt).chain_update(password).finalize().into()
}
