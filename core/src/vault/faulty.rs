//! Vault of the tests whose entries fail one by one, each in one of the ways in which phones' key stores do.

use std::sync::Arc;

use keyring_core::Error as StoreError;
use parking_lot::Mutex;
use zeroize::Zeroizing;

use super::{Vault, VaultError};

/// Way in which an entry fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EntryFailure {
    /// The entry is there and its secret does not decrypt.
    Unreadable,
    /// The secret has five bytes.
    WrongLength,
    /// The system answers every use of the entry with an exception.
    Refused,
    /// The entry is locked until the phone is unlocked.
    Protected,
    /// There is no such entry any more.
    Gone,
}

impl EntryFailure {
    pub(crate) const ALL: [Self; 5] =
        [Self::Unreadable, Self::WrongLength, Self::Refused, Self::Protected, Self::Gone];

    fn error(self) -> VaultError {
        let reason = || format!("planted: {self:?}").into();
        VaultError::Keyring(match self {
            Self::Protected => StoreError::NoStorageAccess(reason()),
            Self::Refused => StoreError::PlatformFailure(reason()),
            Self::Unreadable | Self::WrongLength | Self::Gone => {
                StoreError::BadDataFormat(Vec::new(), reason())
            }
        })
    }
}

/// A vault over another one.
pub(crate) struct FaultyVault {
    inner: Arc<dyn Vault>,
    /// Beginning of an entry's name, and how it fails.
    failing: Mutex<Option<(&'static str, EntryFailure)>>,
}

impl FaultyVault {
    pub(crate) fn new(inner: Arc<dyn Vault>, entry: &'static str, failure: EntryFailure) -> Arc<Self> {
        Arc::new(Self { inner, failing: Mutex::new(Some((entry, failure))) })
    }

    /// Lets every entry work again.
    pub(crate) fn heal(&self) {
        *self.failing.lock() = None;
    }

    fn failure_of(&self, name: &str) -> Option<EntryFailure> {
        let failing = *self.failing.lock();
        // Another number is another entry.
        failing
            .filter(|(entry, _)| name.starts_with(entry) && !name.contains('#'))
            .map(|(_, failure)| failure)
    }

    /// Fails for an entry that can be neither written nor erased; heals one whose secret is replaced.
    fn before_change(&self, name: &str) -> Result<(), VaultError> {
        match self.failure_of(name) {
            Some(failure @ (EntryFailure::Refused | EntryFailure::Protected)) => Err(failure.error()),
            Some(_) => {
                self.heal();
                Ok(())
            }
            None => Ok(()),
        }
    }
}

impl Vault for FaultyVault {
    fn read(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        match self.failure_of(name) {
            None => self.inner.read(name),
            Some(EntryFailure::Gone) => Ok(None),
            Some(EntryFailure::WrongLength) => Ok(Some(Zeroizing::new(b"short".to_vec()))),
            Some(failure) => Err(failure.error()),
        }
    }

    fn write(&self, name: &str, secret: &[u8]) -> Result<(), VaultError> {
        self.before_change(name)?;
        self.inner.write(name, secret)
    }

    fn erase(&self, name: &str) -> Result<(), VaultError> {
        self.before_change(name)?;
        self.inner.erase(name)
    }
}
