//! Vault for phones: the system's key store through `keyring-core` and a store that is named outright, since the
//! default of the `keyring` crate is a sample on iOS (DECISIONS.md, 7).

use std::collections::HashMap;
use std::sync::Arc;

use keyring_core::{CredentialStore, Entry, Error};
use zeroize::Zeroizing;

use super::{CONTENT_KEY, Vault, VaultError};

/// Service name of every secret.
const SERVICE: &str = "ma.fos.services";

pub(crate) struct KeyringVault {
    store: Arc<CredentialStore>,
    /// True if the store takes a policy of access for each secret.
    has_policies: bool,
}

impl KeyringVault {
    pub(crate) fn with_store(store: Arc<CredentialStore>) -> Self {
        Self { store, has_policies: false }
    }

    /// Opens Android's Keystore. The store makes one key for all its entries and has no option for it, so the content keys
    /// cannot be bound to an unlocked phone (`setUnlockedDeviceRequired`): all entries can be read once the phone was
    /// unlocked after its start, when the system decrypts the app's files. The face must have initialised `io.crates.keyring.Keyring` before.
    #[cfg(target_os = "android")]
    pub(crate) fn open() -> Result<Self, VaultError> {
        // A store whose settings were lost while its key was not fails once, and has written its settings by then.
        let store = android_native_keyring_store::Store::new()
            .or_else(|_| android_native_keyring_store::Store::new())?;
        Ok(Self::with_store(store))
    }

    /// Opens Apple's protected data, on this device only: a backup restored on another phone holds no secret. An entry
    /// keeps the policy under which it was first written.
    #[cfg(target_os = "ios")]
    pub(crate) fn open() -> Result<Self, VaultError> {
        Ok(Self {
            has_policies: true,
            ..Self::with_store(apple_native_keyring_store::protected::Store::new()?)
        })
    }

    fn entry(&self, name: &str) -> Result<Entry, VaultError> {
        let modifiers = HashMap::from([("access-policy", access_policy(name))]);
        Ok(self.store.build(SERVICE, name, self.has_policies.then_some(&modifiers))?)
    }
}

/// Returns Apple's access policy of the secret with this name.
fn access_policy(name: &str) -> &'static str {
    if name.starts_with(CONTENT_KEY) {
        "when-unlocked-this-device-only"
    } else {
        "after-first-unlock-this-device-only"
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
        let entry = self.entry(name)?;
        match entry.set_secret(secret) {
            // Apple's store finds no entry to replace that was written under another policy.
            Err(Error::NoEntry) => {
                entry.delete_credential()?;
                entry.set_secret(secret)?;
            }
            written => written?,
        }
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

    use parking_lot::Mutex;

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

    /// Policy and secret.
    type PolicyEntry = (String, Vec<u8>);

    /// A store with one entry that finds none to replace that was written under another policy, as Apple's does.
    #[derive(Default)]
    struct PolicyStore {
        entry: Arc<Mutex<Option<PolicyEntry>>>,
        policy: String,
    }

    impl CredentialStoreApi for PolicyStore {
        fn vendor(&self) -> String {
            String::new()
        }

        fn id(&self) -> String {
            String::new()
        }

        fn build(&self, _: &str, _: &str, modifiers: Option<&HashMap<&str, &str>>) -> Result<Entry> {
            let policy = modifiers.unwrap()["access-policy"].to_owned();
            Ok(Entry::new_with_credential(Arc::new(Self { entry: Arc::clone(&self.entry), policy })))
        }

        fn as_any(&self) -> &dyn Any {
            self
        }
    }

    impl CredentialApi for PolicyStore {
        fn set_secret(&self, secret: &[u8]) -> Result<()> {
            let mut entry = self.entry.lock();
            if entry.as_ref().is_some_and(|(policy, _)| *policy != self.policy) {
                return Err(Error::NoEntry);
            }
            *entry = Some((self.policy.clone(), secret.to_owned()));
            Ok(())
        }

        fn get_secret(&self) -> Result<Vec<u8>> {
            self.entry.lock().as_ref().map(|(_, secret)| secret.clone()).ok_or(Error::NoEntry)
        }

        fn delete_credential(&self) -> Result<()> {
            self.entry.lock().take().map(drop).ok_or(Error::NoEntry)
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
    fn only_content_keys_need_an_unlocked_phone_and_an_older_entry_is_replaced() {
        let store = Arc::new(PolicyStore::default());
        let entry = Arc::clone(&store.entry);
        let vault = KeyringVault { has_policies: true, ..KeyringVault::with_store(store) };
        vault.write(&format!("{CONTENT_KEY}name"), b"key").unwrap();
        assert_eq!(entry.lock().as_ref().unwrap().0, "when-unlocked-this-device-only");
        for name in ["device-key", "member-file-names", "delivery-key:name", "session"] {
            *entry.lock() = Some(("when-unlocked-this-device-only".to_owned(), b"older".to_vec()));
            vault.write(name, b"secret").unwrap();
            let stored = ("after-first-unlock-this-device-only".to_owned(), b"secret".to_vec());
            assert_eq!(*entry.lock(), Some(stored), "{name}");
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
