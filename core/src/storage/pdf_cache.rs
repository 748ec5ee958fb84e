//! PDF files beside the member's database, so that they open offline. Circulars are public and stored plain; receipts
//! are exported for viewing only. All of it is deleted with the member's data.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use parking_lot::Mutex;
use sha2::{Digest, Sha256};

use super::StorageError;
use super::recovery::ignore_not_found;
use crate::ui_thread::assert_not_ui_thread;

/// Folder of exported files. No hash has this name, which is one on members' disks: it stays as it is.
const EXPORTED: &str = "handed-out";

pub(crate) struct PdfCache {
    folder: PathBuf,
    /// Held while the folder of exported files is written or deleted: an app that comes back deletes what it exported before,
    /// and may export the next file at the same time.
    exports: Mutex<()>,
}

impl PdfCache {
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { folder, exports: Mutex::default() }
    }

    /// Returns the path of the file with this hash, under a name fit for a viewer; `None` if it is not cached.
    pub(crate) fn path_if_cached(&self, sha256: &str, name: &str) -> Option<PathBuf> {
        assert_not_ui_thread();
        Some(self.path_of(sha256, name)).filter(|path| path.is_file())
    }

    /// Stores a file completely or not at all.
    ///
    /// # Errors
    /// [`StorageError::HashMismatch`] if `bytes` have another SHA-256.
    pub(crate) fn store(&self, sha256: &str, name: &str, bytes: &[u8]) -> Result<PathBuf, StorageError> {
        if hex::encode(Sha256::digest(bytes)) != sha256 {
            return Err(StorageError::HashMismatch);
        }
        let path = self.path_of(sha256, name);
        let temporary = path.with_extension("new");
        fs::create_dir_all(path.parent().unwrap_or(&self.folder))?;
        let mut file = fs::File::create(&temporary)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&temporary, &path)?;
        Ok(path)
    }

    /// Writes a decrypted file of the member for the system's viewer. It stays readable until [`Self::clear_exports`].
    pub(crate) fn export_for_viewer(&self, name: &str, bytes: &[u8]) -> Result<PathBuf, StorageError> {
        assert_not_ui_thread();
        let path = self.path_of(EXPORTED, name);
        let _guard = self.exports.lock();
        fs::create_dir_all(path.parent().unwrap_or(&self.folder))?;
        fs::write(&path, bytes)?;
        Ok(path)
    }

    /// Deletes every exported file.
    pub(crate) fn clear_exports(&self) -> Result<(), StorageError> {
        assert_not_ui_thread();
        let _guard = self.exports.lock();
        ignore_not_found(fs::remove_dir_all(self.folder.join(EXPORTED)))
    }

    /// Deletes the folder, and the one around it with the last of its folders.
    pub(super) fn erase(&self) -> Result<(), StorageError> {
        ignore_not_found(fs::remove_dir_all(&self.folder))?;
        if let Some(parent) = self.folder.parent() {
            // It fails, and stays, while another member's files are in it.
            let _is_last = fs::remove_dir(parent);
        }
        Ok(())
    }

    /// Returns the path of a file. Neither hash nor name can lead out of the folder.
    fn path_of(&self, sha256: &str, name: &str) -> PathBuf {
        let plain = |text: &str| -> String {
            text.chars()
                .map(|c| if c.is_alphanumeric() || matches!(c, ' ' | '-') { c } else { '-' })
                .collect()
        };
        let hash: String = plain(sha256).chars().take(16).collect();
        self.folder.join(Path::new(&hash)).join(format!("{}.pdf", plain(name)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pdf_is_stored_completely_under_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let cache = PdfCache::new(folder.path().join("cache"));
        let hash = hex::encode(Sha256::digest(b"%PDF"));
        assert_eq!(cache.path_if_cached(&hash, "Circulaire 2/26"), None);
        let path = cache.store(&hash, "Circulaire 2/26", b"%PDF").unwrap();
        assert_eq!(path.file_name().unwrap(), "Circulaire 2-26.pdf");
        assert_eq!(cache.path_if_cached(&hash, "Circulaire 2/26"), Some(path));
        cache.erase().unwrap();
        assert_eq!(cache.path_if_cached(&hash, "Circulaire 2/26"), None);
    }

    #[test]
    fn a_pdf_with_another_hash_is_not_stored() {
        let folder = tempfile::tempdir().unwrap();
        let cache = PdfCache::new(folder.path().join("cache"));
        assert!(matches!(cache.store(&"0".repeat(64), "x", b"%PDF"), Err(StorageError::HashMismatch)));
        assert!(cache.path_of("../../x", "../y").starts_with(folder.path().join("cache")));
    }
}
