//! A file that does not open is set aside, never deleted: whoever can read it one day finds it whole (design §4).

use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use super::StoreError;

/// What SQLite keeps in its files, beside the first.
pub(super) const ENDINGS: [&str; 3] = ["", "-wal", "-shm"];

/// Whether the file itself is at fault, and not the disk or the vault.
pub(super) fn is_the_files_fault(error: &StoreError) -> bool {
    match error {
        StoreError::Newer { .. } | StoreError::Sealed | StoreError::Unreadable(_) => true,
        StoreError::Database(error) => {
            matches!(error.sqlite_error_code(), Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt))
        }
        _ => false,
    }
}

/// Gives the file the first free name beside its own: `device.db` becomes `device.db.aside-1`.
pub(super) fn set_aside(path: &Path) -> Result<PathBuf, StoreError> {
    let named = |number: u16| with_ending(path, &format!(".aside-{number}"));
    let free = (1..=u16::MAX).map(named).find(|aside| !aside.exists());
    let free = free.ok_or_else(|| std::io::Error::from(ErrorKind::AlreadyExists))?;
    for ending in ENDINGS {
        match std::fs::rename(with_ending(path, ending), with_ending(&free, ending)) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Ok(free)
}

/// `device.db` and `-wal` make `device.db-wal`.
pub(super) fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    name.into()
}
