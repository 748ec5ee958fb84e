//! Storage on the phone: one SQLite file for the device and one for each member, each with its own key. Another member
//! on the same phone opens another file.
//!
//! | data | table | form |
//! |---|---|---|
//! | settings, tokens of known devices, profile | `setting` | sealed |
//! | the portal's texts: catalogue, charter, forms | `cached_response` | plain: they are public ([`PUBLIC_RESPONSES`]) |
//! | every other response of the portal: the family | `setting` | sealed |
//! | drafts, outbox, requests, receipts | `draft`, `outbox`, `request`, `receipt` | sealed; service, state and days
//! plain |
//! | circulars (PDF) | files of the [`PdfCache`] | plain: they are public |
//!
//! «Sealed» is XChaCha20-Poly1305 over whole values ([`cipher`]). A file that cannot be opened is quarantined
//! ([`recovery`]) and its unsent work salvaged.

mod cached_responses;
mod cipher;
mod drafts;
mod keys;
mod member_store;
mod outbox;
mod pdf_cache;
mod recovery;
mod requests;
mod salvage;
mod sqlite;
#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::{Connection, ErrorCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tracing::warn;
use zeroize::Zeroizing;

use crate::error::Error;
use crate::vault::{Key, Vault, VaultError};
pub(crate) use cached_responses::CachedResponse;
use cached_responses::{SEALED_RESPONSES, seal_private_responses};
use cipher::Cipher;
pub(crate) use drafts::StoredDraft;
pub(crate) use member_store::{MemberNames, MemberStore};
pub(crate) use outbox::{BlockedReason, OutboxEntry, UnsentCounts};
pub(crate) use recovery::quarantine_all;
pub(crate) use requests::{StoredRequest, StoredState};
use sqlite::{Schema, Sqlite};

const DEVICE_TABLES: &str = include_str!("../../migrations/device.sql");
const DEVICE_SCHEMA: Schema = Schema { current: DEVICE_TABLES, migrations: &[DEVICE_TABLES] };
const MEMBER_SCHEMA: Schema = Schema {
    current: include_str!("../../migrations/member.sql"),
    migrations: &[
        include_str!("../../migrations/0001_member.sql"),
        include_str!("../../migrations/0002_member_requests.sql"),
        include_str!("../../migrations/0003_member_names.sql"),
        include_str!("../../migrations/0004_member_codes.sql"),
        include_str!("../../migrations/0005_member_sealed_responses.sql"),
        include_str!("../../migrations/0006_member_first_try.sql"),
    ],
};
/// Tables that a new member file gets at their first use: a sign-in, which needs none of them, would cost a sixth more.
const REQUEST_TABLES: &str = include_str!("../../migrations/requests.sql");
/// Name of the device's key in the vault.
const DEVICE_KEY: &str = "device-key";
/// Setting written first into every file: it tells if the vault still has the file's key.
const KEY_CHECK: &str = "seal";

/// Kind of the errors for which the member can make room.
pub(crate) const DISK_FULL: &str = "disk-full";

/// Failure to store or read data.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StorageError {
    #[error("database: {0}")]
    Database(#[from] rusqlite::Error),
    #[error("folder: {0}")]
    Io(#[from] std::io::Error),
    #[error("vault: {0}")]
    Vault(#[from] VaultError),
    #[error("no randomness: {0}")]
    Random(#[from] getrandom::Error),
    #[error("the file was written by a newer version ({found}, this one knows {known})")]
    NewerVersion { found: u32, known: u32 },
    #[error("a sealed value cannot be decrypted")]
    Decrypt,
    #[error("a stored value cannot be decoded: {0}")]
    Decode(#[from] serde_json::Error),
    #[error("a PDF has another hash than announced")]
    HashMismatch,
    #[error("the member's session is closed")]
    Closed,
}

impl StorageError {
    /// Returns its kind for the diagnostic log: the text of a database error may quote data.
    fn kind(&self) -> &'static str {
        match self {
            Self::Database(error) if error.sqlite_error_code() == Some(ErrorCode::DiskFull) => DISK_FULL,
            Self::Io(error) if error.kind() == std::io::ErrorKind::StorageFull => DISK_FULL,
            Self::Database(_) => "database",
            Self::Io(_) => "io",
            Self::Vault(_) => "vault",
            Self::Random(_) => "random",
            Self::NewerVersion { .. } => "newer-version",
            Self::Decrypt => "decrypt",
            Self::Decode(_) => "decode",
            Self::HashMismatch => "hash-mismatch",
            Self::Closed => "closed",
        }
    }
}

impl From<StorageError> for Error {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Closed => Self::SessionClosed,
            StorageError::Vault(error) => error.into(),
            error => Self::Storage(error.kind(), error.to_string()),
        }
    }
}

/// A SQLite file whose values are sealed with a key of the vault.
pub(crate) struct Database {
    sqlite: Sqlite,
    cipher: Cipher,
    /// True if the file could not be opened and this is a new one.
    was_reset: bool,
    /// True once [`REQUEST_TABLES`] are known to exist.
    has_request_tables: AtomicBool,
}

impl Database {
    /// Opens the device's database.
    pub(crate) fn device(folder: &Path, vault: &dyn Vault) -> Result<Self, StorageError> {
        std::fs::create_dir_all(folder)?;
        let path = folder.join("device.db");
        Self::open(&path, &DEVICE_SCHEMA, &keys::open(vault, DEVICE_KEY, &path)?.key)
    }

    /// Opens a file. If it is damaged, newer than this version, or its key is lost, quarantines it and opens a new one.
    fn open(path: &Path, schema: &Schema, key: &Key) -> Result<Self, StorageError> {
        let was_reset = recovery::finish_swap_in(path)?;
        let result = if recovery::is_marked_damaged(path) {
            Err(StorageError::Decrypt)
        } else {
            Self::open_existing(path, schema, key)
        };
        match result {
            Err(error) if recovery::is_file_damaged(&error) => {
                warn!(reason = error.kind(), "file quarantined");
                Self::reset(path, schema, key)?;
                Ok(Self { was_reset: true, ..Self::open_existing(path, schema, key)? })
            }
            result => Ok(Self { was_reset, ..result? }),
        }
    }

    /// Creates a new file with the unsent work of the old one, then swaps it in.
    fn reset(path: &Path, schema: &Schema, key: &Key) -> Result<(), StorageError> {
        recovery::remove_staging(path)?;
        let new_file = Self::open_existing(&recovery::staging_path(path), schema, key)?;
        new_file.salvage_unsent_work(path, schema)?;
        new_file.close()?;
        recovery::quarantine_and_swap_in(path)
    }

    fn open_existing(path: &Path, schema: &Schema, key: &Key) -> Result<Self, StorageError> {
        let cipher = Cipher::new(key.clone());
        let seal = |connection: &Connection, version| {
            if version == SEALED_RESPONSES { seal_private_responses(connection, &cipher) } else { Ok(()) }
        };
        let sqlite = Sqlite::open(path, schema, Some(&seal))?;
        let store = Self { sqlite, cipher, was_reset: false, has_request_tables: AtomicBool::new(false) };
        // Sealed once and opened at every start: it fails if the key is another one.
        if store.get::<String>(KEY_CHECK)?.is_none() {
            store.put(KEY_CHECK, &KEY_CHECK)?;
        }
        Ok(store)
    }

    /// Returns the file after its tables of drafts, outbox and requests have been created, unless it had them.
    fn request_tables(&self) -> Result<&Sqlite, StorageError> {
        if !self.has_request_tables()? {
            self.sqlite.transaction(|connection| connection.execute_batch(REQUEST_TABLES))?;
            self.has_request_tables.store(true, Ordering::Relaxed);
        }
        Ok(&self.sqlite)
    }

    fn has_request_tables(&self) -> Result<bool, StorageError> {
        if !self.has_request_tables.load(Ordering::Relaxed) {
            let exist = self.sqlite.with(|connection| connection.table_exists(None, "outbox"))?;
            self.has_request_tables.store(exist, Ordering::Relaxed);
        }
        Ok(self.has_request_tables.load(Ordering::Relaxed))
    }

    /// Returns true if the file could not be opened and was quarantined.
    pub(crate) fn was_reset(&self) -> bool {
        self.was_reset
    }

    /// Releases the file while the app is off the screen; the next use opens it again.
    pub(crate) fn suspend(&self) -> Result<(), StorageError> {
        self.sqlite.suspend()
    }

    /// Closes the file for good: later use fails with [`StorageError::Closed`].
    pub(crate) fn close(&self) -> Result<(), StorageError> {
        self.sqlite.close()
    }

    /// Stores a value, encrypted, under this setting name.
    pub(crate) fn put<T: Serialize>(&self, name: &str, value: &T) -> Result<(), StorageError> {
        self.sqlite.put_setting(name, &self.encrypt_json(name, value)?)
    }

    /// Returns the value of this setting.
    pub(crate) fn get<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, StorageError> {
        let Some(sealed) = self.sqlite.setting(name)? else { return Ok(None) };
        Ok(Some(self.decrypt_json(name, &sealed)?))
    }

    fn encrypt_json<T: Serialize>(&self, aad: &str, value: &T) -> Result<Vec<u8>, StorageError> {
        self.cipher.seal(aad, &Zeroizing::new(serde_json::to_vec(value)?))
    }

    fn decrypt_json<T: DeserializeOwned>(&self, aad: &str, sealed: &[u8]) -> Result<T, StorageError> {
        Ok(fos_wire::parse_json(&self.decrypt(aad, sealed)?)?)
    }

    /// Opens a sealed value. A value that does not open marks the file as damaged.
    fn decrypt(&self, aad: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, StorageError> {
        self.cipher.open(aad, sealed).map_err(|error| self.sqlite.mark_if_damaged(error))
    }

    /// Deletes a setting, if there is one.
    pub(crate) fn remove(&self, name: &str) -> Result<(), StorageError> {
        self.sqlite.remove_setting(name)
    }
}
