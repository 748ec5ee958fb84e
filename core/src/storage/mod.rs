//! Storage on the phone: one SQLite file for the device and one for each member, each with its own keys. Another member
//! on the same phone opens another file.
//!
//! | data | table | form |
//! |---|---|---|
//! | settings, tokens of known devices, profile | `setting` | sealed |
//! | the portal's texts: catalogue, charter, forms | `cached_response` | plain: they are public ([`PUBLIC_RESPONSES`]) |
//! | every other response of the portal: the family | `setting` | sealed |
//! | drafts, requests, receipts | `draft`, `request`, `receipt` | sealed; service, state and days plain |
//! | outbox, cursor of requests | `outbox`, `setting` | sealed by the member's second key ([`keys`]); service and days plain |
//! | circulars (PDF) | files of the [`PdfCache`] | plain: they are public |
//!
//! «Sealed» is XChaCha20-Poly1305 over whole values ([`cipher`]). A file that cannot be opened is quarantined
//! ([`recovery`]) and its unsent work salvaged.

mod cached_responses;
mod cipher;
mod drafts;
#[cfg(test)]
mod key_tests;
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
use std::sync::OnceLock;
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
pub(crate) use drafts::{BegunState, StoredDraft};
use keys::{Content, ContentKey, DELIVERY_CHECK, seal_for_delivery};
pub(crate) use member_store::{MemberPseudonyms, MemberStore};
pub(crate) use outbox::{BlockedReason, OutboxEntry, UnsentCounts};
pub(crate) use recovery::quarantine_all;
pub(crate) use requests::{REQUESTS_CURSOR, StoredRequest, StoredState};
use sqlite::{Schema, Sqlite, put_setting, setting_names};

const DEVICE_TABLES: &str = embedded!("device.sql");
const DEVICE_SCHEMA: Schema = Schema { current: DEVICE_TABLES, migrations: &[DEVICE_TABLES] };
const MEMBER_SCHEMA: Schema = Schema {
    current: embedded!("member.sql"),
    migrations: &[
        embedded!("0001_member.sql"),
        embedded!("0002_member_requests.sql"),
        embedded!("0003_member_names.sql"),
        embedded!("0004_member_codes.sql"),
        embedded!("0005_member_sealed_responses.sql"),
        embedded!("0006_member_first_try.sql"),
        embedded!("0007_member_two_keys.sql"),
    ],
};
/// Tables that a new member file gets at their first use: a sign-in, which needs none of them, would cost a sixth more.
const REQUEST_TABLES: &str = embedded!("requests.sql");
/// Name of the device's key in the vault.
const DEVICE_KEY: &str = "device-key";
/// Version of a member's file from which on a second key seals what is for delivery.
const TWO_KEYS: u32 = 7;
/// Setting written first into every file: it tells if the vault still has the file's key, in a member's file the content
/// key.
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
    #[error("the key of what is for delivery is lost")]
    DeliveryKeyLost,
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
            Self::DeliveryKeyLost => "delivery-key-lost",
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

/// A SQLite file whose values are sealed with keys of the vault.
pub(crate) struct Database {
    sqlite: Sqlite,
    /// Seals all of the device's file, and of a member's what is for delivery.
    cipher: Cipher,
    /// Seals the rest of a member's file.
    content: Option<Content>,
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
        Self::open(&path, &DEVICE_SCHEMA, &keys::open(vault, DEVICE_KEY, &path)?.key, None)
    }

    /// Opens a file. If it is damaged, newer than this version, or a key of it is lost, quarantines it and opens a new one
    /// with what can be read.
    fn open(
        path: &Path,
        schema: &Schema,
        key: &Key,
        content: Option<&ContentKey>,
    ) -> Result<Self, StorageError> {
        let connect = |path: &Path| Self::connect(path, schema, key, content);
        let was_reset = recovery::finish_swap_in(path)?;
        let result = if recovery::is_marked_damaged(path) {
            Err(StorageError::Decrypt)
        } else {
            connect(path).and_then(Self::check_keys)
        };
        match result {
            Err(error) if recovery::is_file_damaged(&error) => {
                warn!(reason = error.kind(), "file quarantined");
                Self::reset(path, schema, &error, connect)?;
                Ok(Self { was_reset: true, ..connect(path)?.check_keys()? })
            }
            result => Ok(Self { was_reset, ..result? }),
        }
    }

    /// Creates a new file with what can be read of the old one, then swaps it in. While the content key is protected, fails
    /// and changes nothing.
    fn reset(
        path: &Path,
        schema: &Schema,
        reason: &StorageError,
        connect: impl Fn(&Path) -> Result<Self, StorageError>,
    ) -> Result<(), StorageError> {
        recovery::remove_staging(path)?;
        let staging = recovery::staging_path(path);
        let new_file = if let StorageError::DeliveryKeyLost = reason {
            recovery::copy(path, &staging)?;
            let copy = connect(&staging)?;
            copy.remove_delivery_values()?;
            copy.check_keys()?
        } else {
            let new_file = connect(&staging)?.check_keys()?;
            new_file.salvage_unsent_work(path, schema)?;
            new_file
        };
        new_file.close()?;
        recovery::quarantine_and_swap_in(path)
    }

    /// Opens the file and migrates it, or creates it.
    fn connect(
        path: &Path,
        schema: &Schema,
        key: &Key,
        content: Option<&ContentKey>,
    ) -> Result<Self, StorageError> {
        let cipher = Cipher::new(key.clone());
        let seal = |connection: &Connection, version| match (version, content) {
            (SEALED_RESPONSES, Some(content)) => seal_private_responses(connection, &content.read()?),
            (TWO_KEYS, Some(content)) => seal_for_delivery(connection, &content.read()?, &cipher),
            _ => Ok(()),
        };
        let sqlite = Sqlite::open(path, schema, Some(&seal))?;
        let content = content.cloned().map(|key| Content {
            key,
            cipher: OnceLock::new(),
            may_have_filed: AtomicBool::new(true),
        });
        Ok(Self { sqlite, cipher, content, was_reset: false, has_request_tables: AtomicBool::new(false) })
    }

    /// Verifies that the vault still has the file's keys. A content key that is protected for the moment is verified at its
    /// first use, if the file has been sealed by it before.
    fn check_keys(self) -> Result<Self, StorageError> {
        let Some(content) = &self.content else {
            return self.check_key(KEY_CHECK, &self.cipher).map(|()| self);
        };
        if self.sqlite.setting(KEY_CHECK)?.is_none() {
            self.seal_checks(content)?;
            return Ok(self);
        }
        let content = self.read_content_key(content).map(drop);
        match (content, self.check_key(DELIVERY_CHECK, &self.cipher)) {
            (Err(StorageError::Vault(error)), Ok(())) if error.is_protected() => Ok(self),
            (Err(error), _) => Err(error),
            (Ok(()), Err(StorageError::Decrypt)) => Err(StorageError::DeliveryKeyLost),
            (Ok(()), checked) => checked.map(|()| self),
        }
    }

    /// Seals the first value of each key in a new file, in one transaction.
    fn seal_checks(&self, content: &Content) -> Result<(), StorageError> {
        let cipher = content.key.read()?;
        let seal = |name: &str, cipher: &Cipher| cipher.seal(name, &serde_json::to_vec(name)?);
        let sealed =
            [(KEY_CHECK, seal(KEY_CHECK, &cipher)?), (DELIVERY_CHECK, seal(DELIVERY_CHECK, &self.cipher)?)];
        content.cipher.get_or_init(|| cipher);
        content.may_have_filed.store(false, Ordering::Relaxed);
        self.sqlite.transaction(|connection| {
            sealed.iter().try_for_each(|(name, value)| put_setting(connection, name, value).map(drop))
        })
    }

    /// Opens the value that this key sealed first: it fails if the key is another one. Seals it in a new file.
    fn check_key(&self, name: &str, cipher: &Cipher) -> Result<(), StorageError> {
        match self.sqlite.setting(name)? {
            Some(sealed) => cipher.open(name, &sealed).map(drop),
            None => self.sqlite.put_setting(name, &cipher.seal(name, &serde_json::to_vec(name)?)?),
        }
    }

    fn read_content_key<'a>(&self, content: &'a Content) -> Result<&'a Cipher, StorageError> {
        let cipher = content.key.read()?;
        self.check_key(KEY_CHECK, &cipher).map_err(|error| self.sqlite.mark_if_damaged(error))?;
        Ok(content.cipher.get_or_init(|| cipher))
    }

    /// Returns the cipher of a value, by its name.
    ///
    /// # Errors
    /// [`StorageError::Vault`] while the content key is protected, if that seals the value.
    fn cipher_of(&self, aad: &str) -> Result<&Cipher, StorageError> {
        match &self.content {
            Some(content) if !keys::is_for_delivery(aad) => {
                let cipher = match content.cipher.get() {
                    Some(cipher) => cipher,
                    None => self.read_content_key(content)?,
                };
                self.import_filed(content, cipher);
                Ok(cipher)
            }
            _ => Ok(&self.cipher),
        }
    }

    /// Imports the requests that were filed while the content key was protected. Where that fails, as on a full disk, the
    /// next use of the key tries again.
    fn import_filed(&self, content: &Content, cipher: &Cipher) {
        if content.may_have_filed.load(Ordering::Relaxed) {
            match self.take_filed(cipher) {
                Ok(()) => content.may_have_filed.store(false, Ordering::Relaxed),
                Err(error) => warn!(%error, "requests filed while the phone was locked are not listed yet"),
            }
        }
    }

    /// Deletes everything that a lost delivery key has sealed.
    fn remove_delivery_values(&self) -> Result<(), StorageError> {
        let has_outbox = self.has_request_tables()?;
        self.sqlite.transaction(|connection| {
            if has_outbox {
                connection.execute("DELETE FROM outbox", [])?;
            }
            for name in setting_names(connection)?.iter().filter(|name| keys::is_for_delivery(name)) {
                connection.execute("DELETE FROM setting WHERE name = ?1", [name])?;
            }
            Ok(())
        })
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
        self.cipher_of(aad)?.seal(aad, &Zeroizing::new(serde_json::to_vec(value)?))
    }

    fn decrypt_json<T: DeserializeOwned>(&self, aad: &str, sealed: &[u8]) -> Result<T, StorageError> {
        Ok(fos_wire::parse_json(&self.decrypt(aad, sealed)?)?)
    }

    /// Opens a sealed value. A value that does not open marks the file as damaged.
    fn decrypt(&self, aad: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, StorageError> {
        self.cipher_of(aad)?.open(aad, sealed).map_err(|error| self.sqlite.mark_if_damaged(error))
    }

    /// Deletes a setting, if there is one.
    pub(crate) fn remove(&self, name: &str) -> Result<(), StorageError> {
        self.sqlite.remove_setting(name)
    }
}
