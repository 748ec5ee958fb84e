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
mod outbox;
mod pdf_cache;
mod recovery;
mod requests;
mod salvage;
mod sqlite;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use tracing::warn;
use zeroize::Zeroizing;

use crate::error::Error;
use crate::vault::{Key, Vault, VaultError};
pub(crate) use cached_responses::CachedResponse;
use cipher::Cipher;
pub(crate) use drafts::StoredDraft;
pub(crate) use outbox::{BlockedReason, OutboxEntry, UnsentCounts};
use pdf_cache::PdfCache;
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
    ],
};
/// Tables that a new member file gets at their first use: a sign-in, which needs none of them, would cost a sixth more.
const REQUEST_TABLES: &str = include_str!("../../migrations/requests.sql");
/// Name of the device's key in the vault.
const DEVICE_KEY: &str = "device-key";
/// Length of a [`pseudonym`].
const PSEUDONYM_BYTES: usize = 12;
/// Setting written first into every file: it tells if the vault still has the file's key.
const KEY_CHECK: &str = "seal";

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
            error => Self::Storage(error.to_string()),
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
        Self::open(&folder.join("device.db"), &DEVICE_SCHEMA, &vault.key(DEVICE_KEY)?)
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
        let file = Sqlite::open(path, schema)?;
        let store = Self {
            sqlite: file,
            cipher: Cipher::new(key.clone()),
            was_reset: false,
            has_request_tables: AtomicBool::new(false),
        };
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

/// Returns the name that stands for a payroll number in file names, which show in backups and listings, and in lists of
/// members. A plain hash of so few digits could be reversed by trial; this one needs a secret of the vault.
pub(crate) fn pseudonym(vault: &dyn Vault, ppr: &str) -> Result<String, StorageError> {
    let salt = vault.key("member-file-names")?;
    let hash = Sha256::new().chain_update(salt.as_slice()).chain_update(ppr).finalize();
    Ok(hex::encode(&hash[..PSEUDONYM_BYTES]))
}

/// Database and files of one member.
pub(crate) struct MemberStore {
    db: Database,
    pdf_cache: PdfCache,
    path: PathBuf,
    key_name: String,
    vault: Arc<dyn Vault>,
}

impl MemberStore {
    /// Opens the member's database, creating it at the first sign-in.
    pub(crate) fn open(folder: &Path, vault: Arc<dyn Vault>, ppr: &str) -> Result<Self, StorageError> {
        let name = pseudonym(vault.as_ref(), ppr)?;
        let path = folder.join(format!("member-{name}.db"));
        let key_name = format!("member-key:{name}");
        let store = Database::open(&path, &MEMBER_SCHEMA, &vault.key(&key_name)?)?;
        let pdf_cache = PdfCache::new(folder.join("papers").join(&name));
        pdf_cache.clear_exports()?;
        Ok(Self { db: store, pdf_cache, path, key_name, vault })
    }

    /// Returns the member's database.
    pub(crate) fn db(&self) -> &Database {
        &self.db
    }

    /// Returns the cached PDF files.
    pub(crate) fn pdf_cache(&self) -> &PdfCache {
        &self.pdf_cache
    }

    /// Deletes key, file, and what recovery left beside it. The key goes first: without it the rest is unreadable.
    pub(crate) fn erase(&self) -> Result<(), StorageError> {
        self.vault.erase(&self.key_name)?;
        self.pdf_cache.erase()?;
        recovery::erase(&self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault;

    #[test]
    fn two_members_on_one_phone_have_separate_data() {
        let folder = tempfile::tempdir().unwrap();
        let vault = vault::open(folder.path()).unwrap();
        let first = MemberStore::open(folder.path(), vault.clone(), "0123456").unwrap();
        first.db().put("name", &"عضو تجربة").unwrap();
        let second = MemberStore::open(folder.path(), vault.clone(), "0234567").unwrap();
        assert_eq!(second.db().get::<String>("name").unwrap(), None);
        second.erase().unwrap();
        drop(first);
        let again = MemberStore::open(folder.path(), vault, "0123456").unwrap();
        assert_eq!(again.db().get::<String>("name").unwrap().unwrap(), "عضو تجربة");
    }

    #[test]
    fn a_damaged_file_is_quarantined_intact_and_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let vault = vault::open(folder.path()).unwrap();
        for number in 1..=2 {
            Database::device(folder.path(), vault.as_ref()).unwrap().close().unwrap();
            std::fs::write(folder.path().join("device.db"), "spoilt".repeat(1000)).unwrap();
            let store = Database::device(folder.path(), vault.as_ref()).unwrap();
            assert!(store.was_reset());
            store.put("language", &"ar").unwrap();
            let quarantined =
                std::fs::read_to_string(folder.path().join(format!("device.db.aside-{number}"))).unwrap();
            assert_eq!(quarantined, "spoilt".repeat(1000));
        }
    }

    #[test]
    fn a_file_refused_at_opening_is_quarantined_with_its_journal() {
        let folder = tempfile::tempdir().unwrap();
        let vault = vault::open(folder.path()).unwrap();
        let running = Database::device(folder.path(), vault.as_ref()).unwrap();
        running.put("language", &"ar").unwrap();
        running.sqlite.put_setting(KEY_CHECK, b"not sealed by us").unwrap();
        // A copy, as a killed process leaves the files: with a journal, and no connection that holds them.
        let killed = tempfile::tempdir().unwrap();
        let read = |name: &str| std::fs::read(killed.path().join(name)).unwrap();
        for name in ["device.db", "device.db-wal"] {
            std::fs::copy(folder.path().join(name), killed.path().join(name)).unwrap();
        }
        let (file, journal) = (read("device.db"), read("device.db-wal"));
        assert!(!journal.is_empty());
        assert!(Database::device(killed.path(), vault.as_ref()).unwrap().was_reset());
        assert!(read("device.db.aside-1") == file, "it was written to before it was moved");
        assert!(read("device.db.aside-1-wal") == journal);
    }

    #[test]
    fn damage_found_in_use_is_quarantined_at_the_next_opening() {
        let folder = tempfile::tempdir().unwrap();
        let vault = vault::open(folder.path()).unwrap();
        let store = Database::device(folder.path(), vault.as_ref()).unwrap();
        store.put("language", &"ar").unwrap();
        store.sqlite.put_setting("theme", b"not sealed by us").unwrap();
        assert!(matches!(store.get::<String>("theme"), Err(StorageError::Decrypt)));
        assert_eq!(store.get::<String>("language").unwrap().unwrap(), "ar", "the rest reads until then");
        drop(store);
        assert!(Database::device(folder.path(), vault.as_ref()).unwrap().was_reset());
        assert!(folder.path().join("device.db.aside-1").exists());
        assert!(!Database::device(folder.path(), vault.as_ref()).unwrap().was_reset(), "only once");
    }

    #[test]
    fn a_swap_killed_between_two_renames_is_finished_at_the_next_opening() {
        let folder = tempfile::tempdir().unwrap();
        let vault = vault::open(folder.path()).unwrap();
        let store = Database::device(folder.path(), vault.as_ref()).unwrap();
        store.put("language", &"ar").unwrap();
        store.close().unwrap();
        drop(store);
        let path = folder.path().join("device.db");
        std::fs::rename(&path, recovery::staging_path(&path)).unwrap();
        std::fs::write(folder.path().join("device.db.aside-1"), "spoilt").unwrap();
        std::fs::write(folder.path().join("device.db-wal"), "the old one's").unwrap();
        let store = Database::device(folder.path(), vault.as_ref()).unwrap();
        assert!(store.was_reset());
        assert_eq!(store.get::<String>("language").unwrap().unwrap(), "ar");
        let quarantined = std::fs::read_to_string(folder.path().join("device.db.aside-1-wal")).unwrap();
        assert_eq!(quarantined, "the old one's");
    }

    #[test]
    fn a_file_of_a_newer_version_is_quarantined() {
        let folder = tempfile::tempdir().unwrap();
        let vault = vault::open(folder.path()).unwrap();
        drop(Database::device(folder.path(), vault.as_ref()).unwrap());
        let newer = rusqlite::Connection::open(folder.path().join("device.db")).unwrap();
        newer.pragma_update(None, "user_version", 99).unwrap();
        newer.close().unwrap();
        assert!(Database::device(folder.path(), vault.as_ref()).unwrap().was_reset());
        assert!(!Database::device(folder.path(), vault.as_ref()).unwrap().was_reset(), "only once");
    }

    #[test]
    fn a_lost_key_leads_to_a_new_file_and_the_old_one_stays() {
        let folder = tempfile::tempdir().unwrap();
        let vault = vault::open(folder.path()).unwrap();
        let member = MemberStore::open(folder.path(), vault.clone(), "0123456").unwrap();
        member.db().put("name", &"عضو تجربة").unwrap();
        vault.erase(&member.key_name).unwrap();
        drop(member);
        let member = MemberStore::open(folder.path(), vault, "0123456").unwrap();
        assert!(member.db().was_reset());
        assert_eq!(member.db().get::<String>("name").unwrap(), None);
        assert!(recovery::with_suffix(&member.path, ".aside-1").exists());
    }

    #[test]
    fn no_member_data_is_stored_in_clear() {
        let folder = tempfile::tempdir().unwrap();
        let vault = vault::open(folder.path()).unwrap();
        let member = MemberStore::open(folder.path(), vault, "0123456").unwrap();
        member.db().put("cin", &"AB123456").unwrap();
        for entry in std::fs::read_dir(folder.path()).unwrap() {
            let path = entry.unwrap().path();
            assert!(!path.to_string_lossy().contains("0123456"));
            if path.is_file() {
                let bytes = std::fs::read(path).unwrap();
                assert!(!bytes.windows(8).any(|window| window == b"AB123456"));
            }
        }
    }
}
