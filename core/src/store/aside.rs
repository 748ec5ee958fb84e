//! A file that does not open is set aside, never deleted: whoever can read it one day finds it whole (design §4).

use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use super::StoreError;

/// What SQLite keeps in its files, beside the first, and our own note. Set aside in this order: the note goes last.
const ENDINGS: [&str; 4] = ["", "-wal", "-shm", NOTE];

/// An empty file that says: it opened, and something in it did not read.
const NOTE: &str = "-damaged";

/// What a copy that is read is called.
const COPY: &str = ".read";

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

/// Whether something that was written does not read as it was written. What reads and makes no sense is no damage: another
/// version may have written it.
fn is_damage(error: &StoreError) -> bool {
    use rusqlite::Error;
    match error {
        StoreError::Sealed
        | StoreError::Database(
            Error::FromSqlConversionFailure(..) | Error::InvalidColumnType(..) | Error::Utf8Error(..),
        ) => true,
        StoreError::Database(_) => is_the_files_fault(error),
        _ => false,
    }
}

/// Takes note of damage that shows in use. The next to open the file sets it aside: its readers go on with what does read
/// until then.
pub(super) fn note(path: &Path, error: &StoreError) {
    if is_damage(error) {
        // Without room even for this it shows again, and is noted then.
        let _noted = std::fs::write(with_ending(path, NOTE), []);
    }
}

/// Whether damage was noted.
pub(super) fn is_noted(path: &Path) -> bool {
    with_ending(path, NOTE).exists()
}

/// Where the new file is made ready, until the old one is out of its way.
pub(super) fn successor(path: &Path) -> PathBuf {
    with_ending(path, ".new")
}

/// Gives the file the first free name beside its own (`device.db` becomes `device.db.aside-1`), and its own name to the
/// successor. Killed in the midst of it, the next to open the file goes on ([`go_on`]).
pub(super) fn give_way(path: &Path) -> Result<(), StoreError> {
    let free = (1..=u16::MAX).map(|number| named(path, number)).find(|aside| !aside.exists());
    let free = free.ok_or_else(|| std::io::Error::from(ErrorKind::AlreadyExists))?;
    move_all(path, &free)?;
    Ok(std::fs::rename(successor(path), path)?)
}

/// Ends what was begun, and says whether something was. What SQLite kept beside the old file must not be taken for the new one's.
pub(super) fn go_on(path: &Path) -> Result<bool, StoreError> {
    if path.exists() || !successor(path).exists() {
        return Ok(false);
    }
    if let Some(last) =
        (1..=u16::MAX).map(|number| named(path, number)).take_while(|aside| aside.exists()).last()
    {
        move_all(path, &last)?;
    }
    std::fs::rename(successor(path), path)?;
    Ok(true)
}

/// Forgets a successor that was not made ready.
pub(super) fn forget_successor(path: &Path) -> Result<(), StoreError> {
    remove_all(&successor(path))
}

/// A copy of the file and its journal, to be read.
pub(super) fn copy(path: &Path) -> Result<PathBuf, StoreError> {
    let copy = with_ending(path, COPY);
    for ending in ["", "-wal"] {
        unless_absent(std::fs::copy(with_ending(path, ending), with_ending(&copy, ending)))?;
    }
    Ok(copy)
}

/// Forgets the copy.
pub(super) fn forget_copy(path: &Path) -> Result<(), StoreError> {
    remove_all(&with_ending(path, COPY))
}

/// Removes the file, and what SQLite keeps beside it.
pub(super) fn remove_all(path: &Path) -> Result<(), StoreError> {
    for ending in ENDINGS {
        unless_absent(std::fs::remove_file(with_ending(path, ending)))?;
    }
    Ok(())
}

fn named(path: &Path, number: u16) -> PathBuf {
    with_ending(path, &format!(".aside-{number}"))
}

fn move_all(from: &Path, to: &Path) -> Result<(), StoreError> {
    for ending in ENDINGS {
        unless_absent(std::fs::rename(with_ending(from, ending), with_ending(to, ending)))?;
    }
    Ok(())
}

/// What is not there needs nothing done to it.
pub(super) fn unless_absent<T>(done: std::io::Result<T>) -> Result<(), StoreError> {
    match done {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// `device.db` and `-wal` make `device.db-wal`.
pub(super) fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    name.into()
}
