//! The phone's own keystore, through `keyring-core` and a store that is named outright: the default of the `keyring`
//! crate is a sample on iOS.

use std::collections::HashMap;
use std::sync::Arc;

use keyring_core::{CredentialStore, Entry, Error};
use zeroize::Zeroizing;

use super::{Vault, VaultError};

/// One service name for every secret of the app.
const SERVICE: &str = "ma.fos.services";

pub(crate) struct KeyringVault {
    store: Arc<CredentialStore>,
    /// How the store is asked to keep each secret, in its own words.
    modifiers: HashMap<&'static str, &'static str>,
}

impl KeyringVault {
    pub(crate) fn over(store: Arc<CredentialStore>) -> Self {
        Self { store, modifiers: HashMap::new() }
    }

    /// Android's Keystore. `io.crates.keyring.Keyring` must have been initialised by the face before.
    #[cfg(target_os = "android")]
    pub(crate) fn of_this_phone() -> Result<Self, VaultError> {
        Ok(Self::over(android_native_keyring_store::Store::new()?))
    }

    /// Apple's protected data, on this device alone: a backup restored on another phone brings no secret along.
    #[cfg(target_os = "ios")]
    pub(crate) fn of_this_phone() -> Result<Self, VaultError> {
        let modifiers = HashMap::from([("access-policy", "when-unlocked-this-device-only")]);
        Ok(Self { modifiers, ..Self::over(apple_native_keyring_store::protected::Store::new()?) })
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
        Ok(self.entry(name)?.set_secret(secret)?)
    }

    fn erase(&self, name: &str) -> Result<(), VaultError> {
        match self.entry(name)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}
