//! Vault for computers: one file for each secret, readable by its owner only.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::PathBuf;

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::{Vault, VaultError};
use crate::ui_thread::assert_not_ui_thread;

pub(crate) struct FolderVault {
    folder: PathBuf,
}

impl FolderVault {
    pub(crate) fn open(folder: PathBuf) -> Result<Self, VaultError> {
        fs::create_dir_all(&folder)?;
        Ok(Self { folder })
    }

    /// Returns the secret's file, named by a hash, since a name may hold characters that a file name may not.
    fn file(&self, name: &str) -> PathBuf {
        assert_not_ui_thread();
        let hash = Sha256::digest(name.as_bytes());
        let [high, low] = [0, 8].map(|at| u64::from_be_bytes(std::array::from_fn(|byte| hash[at + byte])));
        self.folder.join(format!("{high:016x}{low:016x}"))
    }
}

impl Vault for FolderVault {
    fn read(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        match fs::read(self.file(name)) {
            Ok(secret) => Ok(Some(Zeroizing::new(secret))),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn write(&self, name: &str, secret: &[u8]) -> Result<(), VaultError> {
        let file = self.file(name);
        // Written to a temporary file and renamed: a process killed meanwhile leaves the old secret intact.
        let temporary = file.with_extension("new");
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut target = options.open(&temporary)?;
        target.write_all(secret)?;
        target.sync_all()?;
        fs::rename(temporary, file)?;
        Ok(())
    }

    fn erase(&self, name: &str) -> Result<(), VaultError> {
        match fs::remove_file(self.file(name)) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            removed => Ok(removed?),
        }
    }
}
