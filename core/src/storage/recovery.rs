//! Recovery of a file that cannot be opened: it is quarantined, never deleted.
//!
//! ```text
//!  device.db ── damaged, newer, or key lost ──▶ device.db.new is created, unsent work is copied into it (salvage)
//!      │                                              │
//!      ▼ quarantine                                   ▼ swap in
//!  device.db.aside-1 (with -wal, -shm)             device.db
//! ```
//!
//! Damage found in use (a value that does not decrypt) only marks the file (`device.db-damaged`): readers go on with
//! what is readable, and the next opening quarantines. Killed between the two renames, the next opening finishes the
//! swap ([`finish_swap_in`]). The suffixes are names on members' disks: they stay as they are.

use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use super::{Database, StorageError};
use crate::vault::Vault;

/// Suffixes of SQLite's files and of our marker, in the order in which they are moved: the marker goes last.
const SUFFIXES: [&str; 4] = ["", "-wal", "-shm", DAMAGE_MARKER];

/// Suffix of an empty file that marks the database as damaged.
const DAMAGE_MARKER: &str = "-damaged";

/// Beginning of the names of folders with everything that was stored before [`quarantine_all`].
const QUARANTINE_FOLDER: &str = "set-aside";
/// Folder of a trial database.
const PROBE_FOLDER: &str = "set-aside-probe";

/// Suffix of the copy that is read during salvage.
const COPY_SUFFIX: &str = ".read";

/// Returns true if the file itself is the cause, not the disk or the vault.
pub(super) fn is_file_damaged(error: &StorageError) -> bool {
    match error {
        StorageError::NewerVersion { .. }
        | StorageError::Decrypt
        | StorageError::DeliveryKeyLost
        | StorageError::Decode(_) => true,
        StorageError::Database(error) => {
            matches!(error.sqlite_error_code(), Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt))
        }
        _ => false,
    }
}

/// Returns true if stored bytes do not read as they were written. A value that reads but makes no sense may be another
/// version's: no damage.
fn is_damage(error: &StorageError) -> bool {
    use rusqlite::Error;
    match error {
        StorageError::Decrypt
        | StorageError::Database(
            Error::FromSqlConversionFailure(..) | Error::InvalidColumnType(..) | Error::Utf8Error(..),
        ) => true,
        StorageError::Database(_) => is_file_damaged(error),
        _ => false,
    }
}

/// Marks the file as damaged if the error says so; the next opening quarantines it.
pub(super) fn mark_damaged(path: &Path, error: &StorageError) {
    if is_damage(error) {
        // Without space even for this, the damage is found and marked at the next use.
        let _ignored = std::fs::write(with_suffix(path, DAMAGE_MARKER), []);
    }
}

/// Returns true if the file is marked as damaged.
pub(super) fn is_marked_damaged(path: &Path) -> bool {
    with_suffix(path, DAMAGE_MARKER).exists()
}

/// Returns the path of the new file until it is swapped in.
pub(super) fn staging_path(path: &Path) -> PathBuf {
    with_suffix(path, ".new")
}

/// Moves the file to the first free name beside its own (`device.db.aside-1`) and the new file into its place. Killed
/// in between, the next opening calls [`finish_swap_in`].
pub(super) fn quarantine_and_swap_in(path: &Path) -> Result<(), StorageError> {
    let target =
        (1..=u16::MAX).map(|number| quarantine_path(path, number)).find(|candidate| !candidate.exists());
    let target = target.ok_or_else(|| std::io::Error::from(ErrorKind::AlreadyExists))?;
    move_all(path, &target)?;
    Ok(std::fs::rename(staging_path(path), path)?)
}

/// Finishes an interrupted swap and returns true if there was one. SQLite's journal of the old file is moved too, so
/// that it is not taken for the new one's.
pub(super) fn finish_swap_in(path: &Path) -> Result<bool, StorageError> {
    if path.exists() || !staging_path(path).exists() {
        return Ok(false);
    }
    if let Some(quarantined) = (1..=u16::MAX)
        .map(|number| quarantine_path(path, number))
        .take_while(|candidate| candidate.exists())
        .last()
    {
        move_all(path, &quarantined)?;
    }
    std::fs::rename(staging_path(path), path)?;
    Ok(true)
}

/// Moves everything stored in the app's folder into a new folder in it, but for earlier such folders and the keys. Moves
/// nothing unless a new file opens: a disk or a key store that fails does not justify moving the files.
pub(crate) fn quarantine_all(folder: &Path, vault: &dyn Vault) -> Result<(), StorageError> {
    let probe = folder.join(PROBE_FOLDER);
    let opened = Database::device(&probe, vault).map(drop);
    remove_folder(&probe)?;
    opened?;
    let name = |number: u16| folder.join(format!("{QUARANTINE_FOLDER}-{number}"));
    let target = (1..=u16::MAX).map(name).find(|target| !target.exists());
    let target = target.ok_or_else(|| std::io::Error::from(ErrorKind::AlreadyExists))?;
    std::fs::create_dir_all(&target)?;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let stays = name.as_encoded_bytes().starts_with(QUARANTINE_FOLDER.as_bytes()) || name == "vault";
        if !stays {
            std::fs::rename(entry.path(), target.join(name))?;
        }
    }
    Ok(())
}

fn remove_folder(path: &Path) -> Result<(), StorageError> {
    match std::fs::remove_dir_all(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// Deletes a new file that was not completed.
pub(super) fn remove_staging(path: &Path) -> Result<(), StorageError> {
    remove_all(&staging_path(path))
}

/// Copies the file and its journal.
pub(super) fn copy(path: &Path, copy: &Path) -> Result<(), StorageError> {
    for suffix in ["", "-wal"] {
        ignore_not_found(std::fs::copy(with_suffix(path, suffix), with_suffix(copy, suffix)))?;
    }
    Ok(())
}

/// Returns the path of the copy that is read during salvage.
pub(super) fn copy_path(path: &Path) -> PathBuf {
    with_suffix(path, COPY_SUFFIX)
}

/// Deletes the copy.
pub(super) fn remove_copy(path: &Path) -> Result<(), StorageError> {
    remove_all(&copy_path(path))
}

/// Deletes every file that is named after the database: itself, its journal, and everything that recovery left beside it.
pub(super) fn erase(path: &Path) -> Result<(), StorageError> {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return Ok(()) };
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().as_encoded_bytes().starts_with(name.as_encoded_bytes()) {
            ignore_not_found(std::fs::remove_file(entry.path()))?;
        }
    }
    Ok(())
}

/// Deletes the file and SQLite's files beside it.
fn remove_all(path: &Path) -> Result<(), StorageError> {
    for suffix in SUFFIXES {
        ignore_not_found(std::fs::remove_file(with_suffix(path, suffix)))?;
    }
    Ok(())
}

fn quarantine_path(path: &Path, number: u16) -> PathBuf {
    with_suffix(path, &format!(".aside-{number}"))
}

fn move_all(from: &Path, to: &Path) -> Result<(), StorageError> {
    for suffix in SUFFIXES {
        ignore_not_found(std::fs::rename(with_suffix(from, suffix), with_suffix(to, suffix)))?;
    }
    Ok(())
}

/// Treats a missing file as success.
pub(super) fn ignore_not_found<T>(result: std::io::Result<T>) -> Result<(), StorageError> {
    match result {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// Appends a suffix to the file name: `device.db` and `-wal` make `device.db-wal`.
pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    name.into()
}
