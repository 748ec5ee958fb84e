//! What the phone keeps: one SQLite file for the device and one for each member, with a key of its own (design §4).
//! Another member on the same phone opens another file and never sees the first.

mod aside;
mod file;
mod filed;
mod papers;
mod rescue;
mod seal;
mod work;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::error::Trouble;
use crate::vault::{Key, Vault, VaultError};
use file::File;
pub(crate) use file::StoredDocument;
pub(crate) use filed::StoredRequest;
use papers::Papers;
use seal::Sealer;
pub(crate) use work::{StoredDraft, StoredOutbox};

const DEVICE: &[&str] = &[include_str!("../../migrations/0001_device.sql")];
const MEMBER: &[&str] = &[
    include_str!("../../migrations/0001_member.sql"),
    include_str!("../../migrations/0002_member_requests.sql"),
];
/// The vault's name for the key of the device's file.
const DEVICE_KEY: &str = "device-key";
/// The first value of every file.
const SEAL: &str = "seal";

/// Why something could not be kept or found.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StoreError {
    #[error("database: {0}")]
    Database(#[from] rusqlite::Error),
    #[error("folder: {0}")]
    Folder(#[from] std::io::Error),
    #[error("vault: {0}")]
    Vault(#[from] VaultError),
    #[error("no randomness: {0}")]
    Random(#[from] getrandom::Error),
    #[error("the file was written by a newer version ({found}, this one knows {known})")]
    Newer { found: u32, known: u32 },
    #[error("a sealed value does not open")]
    Sealed,
    #[error("a stored value does not read: {0}")]
    Unreadable(#[from] serde_json::Error),
    #[error("a paper is not the one that was announced")]
    Mangled,
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::Storage(error.to_string())
    }
}

/// A file whose values are sealed by a key from the vault.
pub(crate) struct Store {
    file: File,
    sealer: Sealer,
    /// The file that stood here did not open: this is a new one.
    began_anew: bool,
}

impl Store {
    /// The device's own file.
    pub(crate) fn device(folder: &Path, vault: &dyn Vault) -> Result<Self, StoreError> {
        std::fs::create_dir_all(folder)?;
        Self::open(&folder.join("device.db"), DEVICE, &vault.key(DEVICE_KEY)?)
    }

    /// Opens the file; one that is damaged, newer, or sealed by a key that is lost is set aside for a new one.
    fn open(path: &Path, migrations: &[&str], key: &Key) -> Result<Self, StoreError> {
        let began_anew = aside::go_on(path)?;
        let opened = if aside::is_noted(path) {
            Err(StoreError::Sealed)
        } else {
            Self::open_as_it_is(path, migrations, key)
        };
        match opened {
            Err(error) if aside::is_the_files_fault(&error) => {
                Self::begin_anew(path, migrations, key)?;
                Ok(Self { began_anew: true, ..Self::open_as_it_is(path, migrations, key)? })
            }
            opened => Ok(Self { began_anew, ..opened? }),
        }
    }

    /// Makes a new file ready, with the unsent work of the old one, and only then puts it in the old one's place.
    fn begin_anew(path: &Path, migrations: &[&str], key: &Key) -> Result<(), StoreError> {
        aside::forget_successor(path)?;
        let successor = Self::open_as_it_is(&aside::successor(path), migrations, key)?;
        successor.rescue_work(path)?;
        successor.rest()?;
        aside::give_way(path)
    }

    fn open_as_it_is(path: &Path, migrations: &[&str], key: &Key) -> Result<Self, StoreError> {
        let file = File::open(path, migrations)?;
        let store = Self { file, sealer: Sealer::new(key.clone()), began_anew: false };
        // A value that is sealed at first and opened ever after: it tells whether this is still the key.
        if store.get::<String>(SEAL)?.is_none() {
            store.put(SEAL, &SEAL)?;
        }
        Ok(store)
    }

    /// Whether the file that stood here did not open and was set aside.
    pub(crate) fn began_anew(&self) -> bool {
        self.began_anew
    }

    /// Closes the file until something is asked of it again.
    pub(crate) fn rest(&self) -> Result<(), StoreError> {
        self.file.rest()
    }

    /// Keeps a value sealed under this name.
    pub(crate) fn put<T: Serialize>(&self, name: &str, value: &T) -> Result<(), StoreError> {
        let plain = Zeroizing::new(serde_json::to_vec(value)?);
        self.file.put_setting(name, &self.sealer.seal(name, &plain)?)
    }

    /// The value of this name.
    pub(crate) fn get<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, StoreError> {
        let Some(sealed) = self.file.setting(name)? else { return Ok(None) };
        Ok(Some(serde_json::from_slice(&self.opened(name, &sealed)?)?))
    }

    /// What was sealed under this name.
    fn opened(&self, name: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        self.sealer.open(name, sealed).map_err(|error| self.file.noted(error))
    }

    /// Forgets the value of this name.
    pub(crate) fn remove(&self, name: &str) -> Result<(), StoreError> {
        self.file.remove_setting(name)
    }
}

/// The file of one member.
pub(crate) struct MemberStore {
    store: Store,
    papers: Papers,
    path: PathBuf,
    key_name: String,
    vault: Arc<dyn Vault>,
}

impl MemberStore {
    /// Opens the member's file, making it on the first visit.
    pub(crate) fn open(folder: &Path, vault: Arc<dyn Vault>, ppr: &str) -> Result<Self, StoreError> {
        // The name of a file shows in backups and listings: it must not be the payroll number, nor a plain hash of
        // so few digits, which anyone could undo.
        let salt = vault.key("member-file-names")?;
        let name = Sha256::new().chain_update(salt.as_slice()).chain_update(ppr).finalize();
        let name = hex::encode(&name[..12]);
        let path = folder.join(format!("member-{name}.db"));
        let key_name = format!("member-key:{name}");
        let store = Store::open(&path, MEMBER, &vault.key(&key_name)?)?;
        let papers = Papers::new(folder.join("papers").join(&name));
        papers.take_back()?;
        Ok(Self { store, papers, path, key_name, vault })
    }

    /// The sealed values of this member.
    pub(crate) fn sealed(&self) -> &Store {
        &self.store
    }

    /// A text of the portal's as it was last fetched.
    pub(crate) fn document(&self, name: &str) -> Result<Option<StoredDocument>, StoreError> {
        self.store.file.document(name)
    }

    /// Keeps a text of the portal's.
    pub(crate) fn put_document(&self, name: &str, document: &StoredDocument) -> Result<(), StoreError> {
        self.store.file.put_document(name, document)
    }

    /// The portal's papers that this member opened.
    pub(crate) fn papers(&self) -> &Papers {
        &self.papers
    }

    /// Erases file and key. The key goes first: without it, whatever remains of the file stays shut.
    pub(crate) fn erase(&self) -> Result<(), StoreError> {
        self.vault.erase(&self.key_name)?;
        self.papers.erase()?;
        aside::remove_all(&self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault;

    #[test]
    fn two_members_on_one_phone_do_not_see_each_other() {
        let folder = tempfile::tempdir().unwrap();
        let vault = vault::of_this_machine(folder.path()).unwrap();
        let first = MemberStore::open(folder.path(), vault.clone(), "0123456").unwrap();
        first.sealed().put("name", &"عضو تجربة").unwrap();
        let second = MemberStore::open(folder.path(), vault.clone(), "0234567").unwrap();
        assert_eq!(second.sealed().get::<String>("name").unwrap(), None);
        second.erase().unwrap();
        drop(first);
        let again = MemberStore::open(folder.path(), vault, "0123456").unwrap();
        assert_eq!(again.sealed().get::<String>("name").unwrap().unwrap(), "عضو تجربة");
    }

    #[test]
    fn a_damaged_file_is_set_aside_whole_and_a_new_one_begun() {
        let folder = tempfile::tempdir().unwrap();
        let vault = vault::of_this_machine(folder.path()).unwrap();
        for time in 1..=2 {
            drop(Store::device(folder.path(), vault.as_ref()).unwrap());
            std::fs::write(folder.path().join("device.db"), "spoilt".repeat(1000)).unwrap();
            let store = Store::device(folder.path(), vault.as_ref()).unwrap();
            assert!(store.began_anew());
            store.put("language", &"ar").unwrap();
            let kept =
                std::fs::read_to_string(folder.path().join(format!("device.db.aside-{time}"))).unwrap();
            assert_eq!(kept, "spoilt".repeat(1000));
        }
    }

    #[test]
    fn damage_that_shows_in_use_is_set_aside_when_the_file_is_opened_next() {
        let folder = tempfile::tempdir().unwrap();
        let vault = vault::of_this_machine(folder.path()).unwrap();
        let store = Store::device(folder.path(), vault.as_ref()).unwrap();
        store.put("language", &"ar").unwrap();
        store.file.put_setting("theme", b"not sealed by us").unwrap();
        assert!(matches!(store.get::<String>("theme"), Err(StoreError::Sealed)));
        assert_eq!(store.get::<String>("language").unwrap().unwrap(), "ar", "the rest reads until then");
        drop(store);
        assert!(Store::device(folder.path(), vault.as_ref()).unwrap().began_anew());
        assert!(folder.path().join("device.db.aside-1").exists());
        assert!(!Store::device(folder.path(), vault.as_ref()).unwrap().began_anew(), "only once");
    }

    #[test]
    fn killed_between_two_names_the_new_file_takes_its_place_at_the_next_opening() {
        let folder = tempfile::tempdir().unwrap();
        let vault = vault::of_this_machine(folder.path()).unwrap();
        let store = Store::device(folder.path(), vault.as_ref()).unwrap();
        store.put("language", &"ar").unwrap();
        store.rest().unwrap();
        drop(store);
        let path = folder.path().join("device.db");
        std::fs::rename(&path, aside::successor(&path)).unwrap();
        std::fs::write(folder.path().join("device.db.aside-1"), "spoilt").unwrap();
        std::fs::write(folder.path().join("device.db-wal"), "the old one's").unwrap();
        let store = Store::device(folder.path(), vault.as_ref()).unwrap();
        assert!(store.began_anew());
        assert_eq!(store.get::<String>("language").unwrap().unwrap(), "ar");
        let kept = std::fs::read_to_string(folder.path().join("device.db.aside-1-wal")).unwrap();
        assert_eq!(kept, "the old one's");
    }

    #[test]
    fn a_file_from_a_newer_version_is_set_aside() {
        let folder = tempfile::tempdir().unwrap();
        let vault = vault::of_this_machine(folder.path()).unwrap();
        drop(Store::device(folder.path(), vault.as_ref()).unwrap());
        let newer = rusqlite::Connection::open(folder.path().join("device.db")).unwrap();
        newer.pragma_update(None, "user_version", 99).unwrap();
        newer.close().unwrap();
        assert!(Store::device(folder.path(), vault.as_ref()).unwrap().began_anew());
        assert!(!Store::device(folder.path(), vault.as_ref()).unwrap().began_anew(), "only once");
    }

    #[test]
    fn a_member_whose_key_is_lost_gets_a_new_file_and_the_old_one_stays() {
        let folder = tempfile::tempdir().unwrap();
        let vault = vault::of_this_machine(folder.path()).unwrap();
        let member = MemberStore::open(folder.path(), vault.clone(), "0123456").unwrap();
        member.sealed().put("name", &"عضو تجربة").unwrap();
        vault.erase(&member.key_name).unwrap();
        drop(member);
        let member = MemberStore::open(folder.path(), vault, "0123456").unwrap();
        assert!(member.sealed().began_anew());
        assert_eq!(member.sealed().get::<String>("name").unwrap(), None);
        assert!(aside::with_ending(&member.path, ".aside-1").exists());
    }

    #[test]
    fn nothing_about_the_member_stands_in_clear_on_the_disk() {
        let folder = tempfile::tempdir().unwrap();
        let vault = vault::of_this_machine(folder.path()).unwrap();
        let member = MemberStore::open(folder.path(), vault, "0123456").unwrap();
        member.sealed().put("cin", &"AB123456").unwrap();
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
