//! Vault for phones: the system's key store through `keyring-core` and a store that is named outright, since the
//! default of the `keyring` crate is a sample on iOS (DECISIONS.md, 7).

use std::collections::HashMap;
use std::sync::Arc;

use keyring_core::{CredentialStore, Entry, Error};
use zeroize::Zeroizing;

use super::{Vault, VaultError};

/// Service name of every secret.
const SERVICE: &str = "ma.fos.services";

pub(crate) struct KeyringVault {
    store: Arc<CredentialStore>,
    /// Options of the store for each secret.
    modifiers: HashMap<&'static str, &'static str>,
}

impl KeyringVault {
    pub(crate) fn with_store(store: Arc<CredentialStore>) -> Self {
        Self { store, modifiers: HashMap::new() }
    }

    /// Opens Android's Keystore. The face must have initialised `io.crates.keyring.Keyring` before.
    #[cfg(target_os = "android")]
    pub(crate) fn open() -> Result<Self, VaultError> {
        // A store whose settings were lost while its key was not fails once, and has written its settings by then.
        let store = android_native_keyring_store::Store::new()
            .or_else(|_| android_native_keyring_store::Store::new())?;
        Ok(Self::with_store(store))
    }

    /// Opens Apple's protected data, on this device only: a backup restored on another phone holds no secret.
    #[cfg(target_os = "ios")]
    pub(crate) fn open() -> Result<Self, VaultError> {
        let modifiers = HashMap::from([("access-policy", "when-unlocked-this-device-only")]);
        Ok(Self { modifiers, ..Self::with_store(apple_native_keyring_store::protected::Store::new()?) })
    }

    fn entry(&self, name: &str) -> Result<Entry, VaultError> {
        let modifiers = Some(&self.modifiers).filter(|modifiers| !modifiers.is_empty());
        Ok(self.store.build(SERVICE, name, modifiers)?)
    }
}

impl Vault for KeyringVault {
    fn read(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        match self.entry(name)?.get_secret() {
            Ok(secret) => Ok(Some(Zeroizing::new(secret))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn write(&self, name: &str, secret: &[u8]) -> Result<(), VaultError> {
        self.entry(name)?.set_secret(secret)?;
        // Android's store does not report an entry that was not committed.
        match self.read(name)? {
            Some(stored) if stored.as_slice() == secret => Ok(()),
            _ => Err(VaultError::NotStored(name.to_owned())),
        }
    }

    fn erase(&self, name: &str) -> Result<(), VaultError> {
        match self.entry(name)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::any::Any;

    use keyring_core::api::{CredentialApi, CredentialStoreApi};
    use keyring_core::{Credential, Result};

    use super::*;

    /// A store that reports success and stores nothing, as Android's does when its file cannot be written.
    struct ForgetfulStore;

    impl CredentialStoreApi for ForgetfulStore {
        fn vendor(&self) -> String {
            String::new()
        }

        fn id(&self) -> String {
            String::new()
        }

        fn build(&self, _: &str, _: &str, _: Option<&HashMap<&str, &str>>) -> Result<Entry> {
            Ok(Entry::new_with_credential(Arc::new(Self)))
        }

        fn as_any(&self) -> &dyn Any {
            self
        }
    }

    impl CredentialApi for ForgetfulStore {
        fn set_secret(&self, _: &[u8]) -> Result<()> {
            Ok(())
        }

        fn get_secret(&self) -> Result<Vec<u8>> {
            Err(Error::NoEntry)
        }

        fn delete_credential(&self) -> Result<()> {
            Ok(())
        }

        fn get_credential(&self) -> Result<Option<Arc<Credential>>> {
            Ok(None)
        }

        fn get_specifiers(&self) -> Option<(String, String)> {
            None
        }

        fn as_any(&self) -> &dyn Any {
            self
        }
    }

    #[test]
    fn a_secret_that_was_not_stored_is_reported() {
        let vault = KeyringVault::with_store(Arc::new(ForgetfulStore));
        assert!(matches!(vault.write("session", b"secret"), Err(VaultError::NotStored(_))));
        assert!(matches!(vault.generate_key("file"), Err(VaultError::NotStored(_))));
    }

    #[test]
    fn apples_store_is_one_that_keeps_secrets_out_of_backups() {
        let line = |text: &str| {
            let manifest = text.lines().find(|line| line.starts_with("apple-native-keyring-store")).unwrap();
            manifest.split('"').nth(1).unwrap().to_owned()
        };
        let least = line(include_str!("../../../Cargo.toml"));
        let number: Vec<u32> = least.split('.').map(|part| part.parse().unwrap()).collect();
        assert!(number >= vec![1, 0, 3], "{least} admits a version that lets secrets into backups");
    }
}
