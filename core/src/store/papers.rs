//! Papers that the portal publishes, kept beside the member's file so that they open without a network. They are public:
//! they stand as they are, and go with the member.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::StoreError;
use super::aside::unless_absent;

/// The folder of what was opened in clear. No hash is called so.
const HANDED_OUT: &str = "handed-out";

pub(crate) struct Papers {
    folder: PathBuf,
}

impl Papers {
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Where the paper of this hash lies, under a name that a reader shows; `None` when it is not kept.
    pub(crate) fn kept(&self, sha256: &str, name: &str) -> Option<PathBuf> {
        Some(self.place(sha256, name)).filter(|path| path.is_file())
    }

    /// Keeps a paper whole, or not at all.
    pub(crate) fn keep(&self, sha256: &str, name: &str, bytes: &[u8]) -> Result<PathBuf, StoreError> {
        if hex::encode(Sha256::digest(bytes)) != sha256 {
            return Err(StoreError::Mangled);
        }
        let path = self.place(sha256, name);
        let beside = path.with_extension("new");
        fs::create_dir_all(path.parent().unwrap_or(&self.folder))?;
        let mut file = fs::File::create(&beside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&beside, &path)?;
        Ok(path)
    }

    /// A paper of the member's own, opened for the system's reader: it stands in clear until the app opens again.
    pub(crate) fn hand_out(&self, name: &str, bytes: &[u8]) -> Result<PathBuf, StoreError> {
        let path = self.place(HANDED_OUT, name);
        fs::create_dir_all(path.parent().unwrap_or(&self.folder))?;
        fs::write(&path, bytes)?;
        Ok(path)
    }

    /// Takes back whatever was handed out.
    pub(crate) fn take_back(&self) -> Result<(), StoreError> {
        unless_absent(fs::remove_dir_all(self.folder.join(HANDED_OUT)))
    }

    pub(super) fn erase(&self) -> Result<(), StoreError> {
        unless_absent(fs::remove_dir_all(&self.folder))
    }

    /// Neither hash nor name reaches out of the folder, whatever the portal told.
    fn place(&self, sha256: &str, name: &str) -> PathBuf {
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
    fn a_paper_is_kept_whole_and_opens_under_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let papers = Papers::new(folder.path().join("papers"));
        let hash = hex::encode(Sha256::digest(b"%PDF"));
        assert_eq!(papers.kept(&hash, "Circulaire 2/26"), None);
        let path = papers.keep(&hash, "Circulaire 2/26", b"%PDF").unwrap();
        assert_eq!(path.file_name().unwrap(), "Circulaire 2-26.pdf");
        assert_eq!(papers.kept(&hash, "Circulaire 2/26"), Some(path));
        papers.erase().unwrap();
        assert_eq!(papers.kept(&hash, "Circulaire 2/26"), None);
    }

    #[test]
    fn a_paper_that_is_not_the_one_announced_is_not_kept() {
        let folder = tempfile::tempdir().unwrap();
        let papers = Papers::new(folder.path().join("papers"));
        assert!(matches!(papers.keep(&"0".repeat(64), "x", b"%PDF"), Err(StoreError::Mangled)));
        assert!(papers.place("../../x", "../y").starts_with(folder.path().join("papers")));
    }
}
