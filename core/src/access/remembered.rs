//! The password of the last sign-in, as a salted hash and in memory only: enough to tell who types it again that the
//! new one must be another.

use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

use crate::error::Trouble;

#[derive(Default)]
pub(super) struct Remembered {
    last: Mutex<Option<Hashed>>,
}

struct Hashed {
    salt: [u8; 16],
    hash: [u8; 32],
}

impl Remembered {
    pub(super) fn remember(&self, password: &str) -> Result<(), Trouble> {
        let mut salt = [0; 16];
        getrandom::fill(&mut salt).map_err(|error| Trouble::Bug(error.to_string()))?;
        let hashed = Hashed { salt, hash: hash(&salt, password) };
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(hashed);
        Ok(())
    }

    pub(super) fn is(&self, password: &str) -> bool {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.as_ref().is_some_and(|last| hash(&last.salt, password) == last.hash)
    }
}

fn hash(salt: &[u8], password: &str) -> [u8; 32] {
    Sha256::new().chain_update(salt).chain_update(password).finalize().into()
}
