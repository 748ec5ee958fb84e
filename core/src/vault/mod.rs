//! Secrets: session tokens and encryption keys (MASVS-STORAGE).
//!
//! On a phone they are in the system's key store through `keyring-core` ([`KeyringVault`]). On computers, which run the
//! tests, a folder replaces it; it is not compiled for phones.

#[cfg(test)]
pub(crate) mod faulty;
#[cfg(not(any(target_os = "android", target_os = "ios")))]
mod folder;
#[cfg(any(test, target_os = "android", target_os = "ios"))]
mod keyring;
#[cfg(any(test, target_os = "android", target_os = "ios"))]
mod store_errors;

use std::path::Path;
use std::sync::Arc;

use zeroize::Zeroizing;

use crate::error::Error;

/// Beginning of the names of the keys that only an unlocked phone returns, where its key store can hold that: with the
/// content keys goes what the member alone reads. Every other secret can be read once the phone was unlocked after its
/// start, so that what waits is sent while the app is shut. Stored.
pub(crate) const CONTENT_KEY: &str = "member-key:";

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
    #[cfg(any(test, target_os = "android", target_os = "ios"))]
    #[error("the secret {0} does not read as it was written")]
    NotStored(String),
}

impl VaultError {
    /// Returns true if the secret is there and protected for the moment: the same call works later.
    pub(crate) fn is_protected(&self) -> bool {
        match self {
            #[cfg(any(test, target_os = "android", target_os = "ios"))]
            Self::Keyring(error) => store_errors::is_protected(error),
            #[cfg(not(any(target_os = "android", target_os = "ios")))]
            Self::Folder(error) => error.kind() == std::io::ErrorKind::PermissionDenied,
            _ => false,
        }
    }

    /// Returns true if the secret is there and cannot be read, nor will it be later.
    pub(crate) fn is_lost(&self) -> bool {
        match self {
            Self::Random(_) => false,
            #[cfg(any(test, target_os = "android", target_os = "ios"))]
            Self::NotStored(_) => false,
            _ => !self.is_protected(),
        }
    }
}

impl From<VaultError> for Error {
    fn from(error: VaultError) -> Self {
        if error.is_protected() { Self::KeyStoreProtected } else { Self::Storage("vault", error.to_string()) }
    }
}

/// Storage of secrets. Every implementation passes the same contract test.
pub(crate) trait Vault: Send + Sync {
    /// Returns the secret with this name.
    fn read(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError>;

    /// Stores a secret in place of one with the same name.
    ///
    /// # Errors
    /// [`VaultError::NotStored`] if the key store does not return what it was given: what is sealed with a key that was not
    /// stored never opens again.
    fn write(&self, name: &str, secret: &[u8]) -> Result<(), VaultError>;

    /// Deletes a secret, if there is one.
    fn erase(&self, name: &str) -> Result<(), VaultError>;

    /// Returns the key with this name.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] if the stored secret has another length: it is reported, not replaced.
    fn find_key(&self, name: &str) -> Result<Option<Key>, VaultError> {
        let Some(secret) = self.read(name)? else { return Ok(None) };
        let key: [u8; 32] = secret.as_slice().try_into().map_err(|_| VaultError::Damaged(name.to_owned()))?;
        Ok(Some(Zeroizing::new(key)))
    }

    /// Generates the key with this name. It must not exist.
    fn generate_key(&self, name: &str) -> Result<Key, VaultError> {
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
        assert!(vault.find_key("file").unwrap().is_none());
        let key = vault.generate_key("file").unwrap();
        assert_eq!(vault.find_key("file").unwrap().unwrap(), key);
        assert_ne!(vault.generate_key("other file").unwrap(), key);
        vault.write("short", b"short").unwrap();
        assert!(
            matches!(vault.find_key("short"), Err(VaultError::Damaged(_))),
            "a damaged key is reported, not replaced"
        );
    }

    #[test]
    fn the_folder_vault_fulfils_the_contract() {
        let folder = tempfile::tempdir().unwrap();
        check_contract(&folder::FolderVault::open(folder.path().join("vault")).unwrap());
    }

    #[test]
    fn a_protected_secret_means_later_and_an_unreadable_one_is_lost() {
        let denied = |kind| VaultError::Folder(std::io::Error::from(kind));
        assert!(denied(std::io::ErrorKind::PermissionDenied).is_protected());
        assert!(denied(std::io::ErrorKind::IsADirectory).is_lost());
        assert!(VaultError::Damaged("short".to_owned()).is_lost());
        assert!(
            !VaultError::NotStored("full".to_owned()).is_lost(),
            "another entry would not be stored either"
        );
        let protected = VaultError::Keyring(keyring_core::Error::NoStorageAccess("locked".into()));
        assert!(matches!(Error::from(protected), Error::KeyStoreProtected));
    }

    #[test]
    fn the_keyring_vault_fulfils_the_contract() {
        check_contract(&keyring::KeyringVault::with_store(keyring_core::mock::Store::new().unwrap()));
    }
}
