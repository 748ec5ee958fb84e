//! Secrets: session tokens and encryption keys (MASVS-STORAGE).
//!
//! On a phone they are in the system's key store through `keyring-core` ([`KeyringVault`]). On computers, which run the
//! tests, a folder replaces it; it is not compiled for phones.

#[cfg(not(any(target_os = "android", target_os = "ios")))]
mod folder;
#[cfg(any(test, target_os = "android", target_os = "ios"))]
mod keyring;

use std::path::Path;
use std::sync::Arc;

use zeroize::Zeroizing;

use crate::error::Error;

/// A 256-bit encryption key.
pub(crate) type Key = Zeroizing<[u8; 32]>;

/// Failure to read or write a secret.
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

impl From<VaultError> for Error {
    fn from(error: VaultError) -> Self {
        Self::Storage(error.to_string())
    }
}

/// Storage of secrets. Every implementation passes the same contract test.
pub(crate) trait Vault: Send + Sync {
    /// Returns the secret with this name.
    fn read(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError>;

    /// Stores a secret in place of one with the same name.
    fn write(&self, name: &str, secret: &[u8]) -> Result<(), VaultError>;

    /// Deletes a secret, if there is one.
    fn erase(&self, name: &str) -> Result<(), VaultError>;

    /// Returns the key with this name; generates it at the first call.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] if the stored secret has another length: it is reported, not replaced.
    fn key(&self, name: &str) -> Result<Key, VaultError> {
        if let Some(secret) = self.read(name)? {
            let key: [u8; 32] =
                secret.as_slice().try_into().map_err(|_| VaultError::Damaged(name.to_owned()))?;
            return Ok(Zeroizing::new(key));
        }
        let mut key = Zeroizing::new([0; 32]);
        getrandom::fill(key.as_mut_slice())?;
        self.write(name, key.as_slice())?;
        Ok(key)
    }
}

/// Opens this machine's vault. `folder` is the app's folder; phones ignore it.
#[cfg(not(any(target_os = "android", target_os = "ios")))]
pub(crate) fn open(folder: &Path) -> Result<Arc<dyn Vault>, VaultError> {
    Ok(Arc::new(folder::FolderVault::open(folder.join("vault"))?))
}

/// Opens this phone's vault.
#[cfg(any(target_os = "android", target_os = "ios"))]
pub(crate) fn open(_folder: &Path) -> Result<Arc<dyn Vault>, VaultError> {
    Ok(Arc::new(keyring::KeyringVault::open()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Contract of every vault.
    fn check_contract(vault: &dyn Vault) {
        assert!(vault.read("session").unwrap().is_none(), "nothing is stored at first");
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
            "a damaged key is reported, not replaced"
        );
    }

    #[test]
    fn the_folder_vault_fulfils_the_contract() {
        let folder = tempfile::tempdir().unwrap();
        check_contract(&folder::FolderVault::open(folder.path().join("vault")).unwrap());
    }

    #[test]
    fn the_keyring_vault_fulfils_the_contract() {
        check_contract(&keyring::KeyringVault::with_store(keyring_core::mock::Store::new().unwrap()));
    }
}
