//! Database and files of one member, under a name that does not tell whose they are.

use std::path::Path;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::keys::{ContentKey, DELIVERY_SUFFIX};
use super::pdf_cache::PdfCache;
use super::recovery::with_suffix;
use super::{Database, MEMBER_SCHEMA, StorageError, keys, recovery};
use crate::vault::{CONTENT_KEY, Key, Vault};

/// Length of a name's hash.
const NAME_BYTES: usize = 12;
/// Entry of the vault with the secret of the names.
const NAMES_SECRET: &str = "member-file-names";
/// File name that stands for the names where keys are numbered.
const NAMES_MARKER: &str = "names";

/// Names that stand for payroll numbers in file names, which show in backups and listings, and in lists of members. A plain
/// hash of so few digits could be reversed by trial; these need a secret of the vault.
pub(crate) struct MemberPseudonyms {
    secret: Key,
    were_lost: bool,
}

impl MemberPseudonyms {
    /// Reads the secret, or generates it.
    ///
    /// # Errors
    /// [`StorageError::Vault`] while the key store is protected.
    pub(crate) fn open(folder: &Path, vault: &dyn Vault) -> Result<Self, StorageError> {
        let secret = keys::open(vault, NAMES_SECRET, &folder.join(NAMES_MARKER))?;
        let were_lost = secret.is_new && has_member_files(folder)?;
        Ok(Self { secret: secret.key, were_lost })
    }

    /// Returns the name of a member.
    pub(crate) fn name(&self, ppr: &str) -> String {
        let hash = Sha256::new().chain_update(self.secret.as_slice()).chain_update(ppr).finalize();
        hex::encode(&hash[..NAME_BYTES])
    }

    /// Returns true if there are files of members that no payroll number leads to any more. They stay.
    pub(crate) fn were_lost(&self) -> bool {
        self.were_lost
    }
}

fn has_member_files(folder: &Path) -> Result<bool, StorageError> {
    for entry in std::fs::read_dir(folder)? {
        if entry?.file_name().as_encoded_bytes().starts_with(b"member-") {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Database and files of one member.
pub(crate) struct MemberStore {
    db: Database,
    pdf_cache: PdfCache,
    pub(super) content_key: ContentKey,
    pub(super) delivery_key_name: String,
}

impl MemberStore {
    /// Opens the member's database, creating it at the first sign-in.
    ///
    /// # Errors
    /// [`StorageError`] if it cannot be opened for a reason that lies outside it.
    pub(crate) fn open(
        folder: &Path,
        vault: Arc<dyn Vault>,
        names: &MemberPseudonyms,
        ppr: &str,
    ) -> Result<Self, StorageError> {
        let name = names.name(ppr);
        let path = folder.join(format!("member-{name}.db"));
        let delivery_key_name = format!("delivery-key:{name}");
        let key = keys::open(vault.as_ref(), &delivery_key_name, &with_suffix(&path, DELIVERY_SUFFIX))?.key;
        let content_key = ContentKey { vault, name: format!("{CONTENT_KEY}{name}"), path };
        let store = Database::open(&content_key.path, &MEMBER_SCHEMA, &key, Some(&content_key))?;
        let pdf_cache = PdfCache::new(folder.join("papers").join(&name));
        pdf_cache.clear_exports()?;
        Ok(Self { db: store, pdf_cache, content_key, delivery_key_name })
    }

    /// Returns the member's database.
    pub(crate) fn db(&self) -> &Database {
        &self.db
    }

    /// Returns the cached PDF files.
    pub(crate) fn pdf_cache(&self) -> &PdfCache {
        &self.pdf_cache
    }

    /// Deletes both keys, the file, and what recovery left beside it. The keys go first: without them the rest is
    /// unreadable.
    pub(crate) fn erase(&self) -> Result<(), StorageError> {
        let ContentKey { vault, name, path } = &self.content_key;
        keys::erase(vault.as_ref(), name, path)?;
        keys::erase(vault.as_ref(), &self.delivery_key_name, &with_suffix(path, DELIVERY_SUFFIX))?;
        self.pdf_cache.erase()?;
        recovery::erase(path)
    }
}
