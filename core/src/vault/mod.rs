//! Secrets, and nothing else: session tokens and the keys that seal what the store keeps (design §5, MASVS-STORAGE).
//!
//! On a phone they live in the phone's own keystore through `keyring-core` ([`KeyringVault`]). A computer that runs
//! the tests has none: there a folder stands in, and it is not compiled for phones.

#[cfg(not(any(target_os = "android", target_os = "ios")))]
mod folder;
#[cfg(any(test, target_os = "android", target_os = "ios"))]
mod keyring;

use std::path::Path;
use std::sync::Arc;

use zeroize::Zeroizing;

use crate::error::Trouble;

/// A 256-bit key for sealing.
pub(crate) type Key = Zeroizing<[u8; 32]>;

/// Why a secret could not be had.
#[derive(Debug, thiserror::Error)]
pub(crate) enum VaultError {
    #[cfg(any(test, target_os = "android", target_os = "ios"))]
    #[error("keystore: {0}")]
    Keyring(#[from] keyring_core::Error),
    #[cfg(not(any(target_os = "android", target_os = "ios")))]
    #[error("folder: {0}")]
    Folder(#[from] std::io::Error),
    #[error("no randomness: {0}")]
    Random(#[from] getrandom::Error),
    #[error("the secret {0} has not the length of a key")]
    Damaged(String),
}

impl From<VaultError> for Trouble {
    fn from(error: VaultError) -> Self {
        Self::Storage(error.to_string())
    }
}

/// Where secrets are kept. Four methods, one contract suite for every keeper.
pub(crate) trait Vault: Send + Sync {
    /// The secret of this name, if one is kept.
    fn read(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError>;

    /// Keeps a secret, in place of any of the same name.
    fn write(&self, name: &str, secret: &[u8]) -> Result<(), VaultError>;

    /// Forgets a secret; one that is not there is forgotten already.
    fn erase(&self, name: &str) -> Result<(), VaultError>;

    /// The key of this name, made on first use.
    fn key(&self, name: &str) -> Result<Key, VaultError> {
        if let Some(kept) = self.read(name)? {
            let key: [u8; 32] =
                kept.as_slice().try_into().map_err(|_| VaultError::Damaged(name.to_owned()))?;
            return Ok(Zeroizing::new(key));
        }
        let mut key = Zeroizing::new([0; 32]);
        getrandom::fill(key.as_mut_slice())?;
        self.write(name, key.as_slice())?;
        Ok(key)
    }
}

/// This machine's vault. `folder` is used by computers only.
#[cfg(not(any(target_os = "android", target_os = "ios")))]
pub(crate) fn of_this_machine(folder: &Path) -> Result<Arc<dyn Vault>, VaultError> {
    Ok(Arc::new(folder::FolderVault::open(folder.join("vault"))?))
}

/// This phone's vault.
#[cfg(any(target_os = "android", target_os = "ios"))]
pub(crate) fn of_this_machine(_folder: &Path) -> Result<Arc<dyn Vault>, VaultError> {
    Ok(Arc::new(keyring::KeyringVault::of_this_phone()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What every keeper must do.
    fn keeps_its_contract(vault: &dyn Vault) {
        assert!(vault.read("session").unwrap().is_none(), "nothing is kept at first");
        vault.write("session", b"first").unwrap();
        vault.write("session", b"second \0 \xff").unwrap();
        assert_eq!(vault.read("session").unwrap().unwrap().as_slice(), b"second \0 \xff");
        assert!(vault.read("other").unwrap().is_none(), "names are apart");
        vault.erase("session").unwrap();
        vault.erase("session").unwrap();
        assert!(vault.read("session").unwrap().is_none());
        let key = vault.key("file").unwrap();
        assert_eq!(vault.key("file").unwrap(), key, "a key is made once");
        assert_ne!(vault.key("other file").unwrap(), key);
        vault.write("short", b"short").unwrap();
        assert!(
            matches!(vault.key("short"), Err(VaultError::Damaged(_))),
            "a damaged key is told, not replaced"
        );
    }

    #[test]
    fn the_folder_keeps_the_contract() {
        let folder = tempfile::tempdir().unwrap();
        keeps_its_contract(&folder::FolderVault::open(folder.path().join("vault")).unwrap());
    }

    #[test]
    fn the_keyring_keeps_the_contract() {
        keeps_its_contract(&keyring::KeyringVault::over(keyring_core::mock::Store::new().unwrap()));
    }
}
