//! Reads the state on disk: the member's database, whose keys and services are not encrypted, and the portal's audit
//! log.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context;
use fos_support::seed::MEMBER;
use rusqlite::{Connection, OpenFlags};
use sha2::{Digest, Sha256};

/// Suffixes of the files that SQLite needs; it rebuilds the others.
const SUFFIXES: [&str; 2] = ["", "-wal"];

/// State in the member's database.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LocalState {
    /// Services with a draft.
    pub drafts: Vec<String>,
    /// Idempotency keys in the outbox with the number of the reason why each is blocked; empty while it is pending.
    pub outbox: Vec<(String, String)>,
}

/// Reads the member's database from a copy, so that a write-ahead log left by a killed process is replayed in the
/// copy only.
///
/// # Errors
/// If it cannot be read.
pub fn read_local_state(data: &Path) -> anyhow::Result<LocalState> {
    let path = member_database(data)?;
    let folder = tempfile::tempdir()?;
    let copy = folder.path().join("copy.db");
    for suffix in SUFFIXES {
        let from = with_suffix(&path, suffix);
        if from.exists() {
            fs::copy(from, with_suffix(&copy, suffix))?;
        }
    }
    let database = Connection::open(&copy)?;
    // A file gets its tables of drafts and outbox at their first use.
    if !database.table_exists(None, "draft")? {
        return Ok(LocalState::default());
    }
    let mut drafts = database.prepare("SELECT service FROM draft ORDER BY service")?;
    let drafts = drafts.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut outbox =
        database.prepare("SELECT key, CAST(coalesce(blocked, '') AS TEXT) FROM outbox ORDER BY key")?;
    let outbox = outbox.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    Ok(LocalState { drafts, outbox })
}

fn member_database(data: &Path) -> anyhow::Result<PathBuf> {
    let mut candidates = fs::read_dir(data)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|suffix| suffix == "db"))
        .filter(|path| name(path).starts_with("member-"));
    candidates.next().context("the member has no database")
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    name.into()
}

/// Key of the member's database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberKey {
    /// Seals drafts, requests and receipts.
    Content,
    /// Seals the outbox.
    Delivery,
}

/// Way in which the key store fails to return a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyFailure {
    /// The entry holds five bytes.
    WrongLength,
    /// The entry cannot be read.
    Unreadable,
    /// There is no such entry.
    Gone,
}

/// Damage done to the member's database, or to its key.
#[derive(Debug)]
pub struct FileDamage {
    file: PathBuf,
    /// Path that the file is moved to when it is quarantined.
    quarantine: PathBuf,
    /// Files as the last process that had them open left them.
    last_files: Vec<Vec<u8>>,
}

impl FileDamage {
    /// Overwrites bytes of the member's database, `permille` of the way into it. No process may have it open.
    ///
    /// # Errors
    /// If the file cannot be read or written.
    pub fn apply(data: &Path, permille: u64, length: usize) -> anyhow::Result<Self> {
        let file = member_database(data)?;
        overwrite(&file, permille, length)?;
        Self::watch(file)
    }

    /// Overwrites bytes of the write-ahead log of the member's database; `None` if it has none. No process may have it open.
    ///
    /// # Errors
    /// If the log cannot be read or written.
    pub fn apply_to_log(data: &Path, permille: u64, length: usize) -> anyhow::Result<Option<Self>> {
        let file = member_database(data)?;
        let log = with_suffix(&file, "-wal");
        if fs::metadata(&log).map_or(0, |log| log.len()) == 0 {
            return Ok(None);
        }
        overwrite(&log, permille, length)?;
        Self::watch(file).map(Some)
    }

    /// Lets a key of the member's database fail. No process may have the database open.
    ///
    /// # Errors
    /// If the key cannot be replaced.
    pub fn fail_key(data: &Path, key: MemberKey, failure: KeyFailure) -> anyhow::Result<Self> {
        let file = member_database(data)?;
        let (prefix, suffix) = match key {
            MemberKey::Content => ("member-key:", "-key"),
            MemberKey::Delivery => ("delivery-key:", "-delivery-key"),
        };
        let name = file.file_stem().context("a name")?.to_string_lossy().replace("member-", prefix);
        // A key that failed before was replaced by the next entry, whose number is in this file.
        let entry = match fs::read_to_string(with_suffix(&file, suffix)) {
            Ok(number) => format!("{name}#{number}"),
            Err(_) => name,
        };
        // A computer's vault is a folder, whose files are named by hashes.
        let entry = data.join("vault").join(hex::encode(&Sha256::digest(entry)[..16]));
        fs::remove_file(&entry).context("removing the key")?;
        match failure {
            KeyFailure::WrongLength => fs::write(entry, "short")?,
            // A link to itself: a file that every reader fails to open.
            KeyFailure::Unreadable => std::os::unix::fs::symlink(&entry, &entry)?,
            KeyFailure::Gone => {}
        }
        Self::watch(file)
    }

    /// Waits for the quarantine of this database.
    fn watch(file: PathBuf) -> anyhow::Result<Self> {
        let free_path = (1..=u16::MAX)
            .map(|number| with_suffix(&file, &format!(".aside-{number}")))
            .find(|path| !path.exists());
        let quarantine = free_path.context("no free name for the quarantined file")?;
        let last_files = read_files(&file);
        Ok(Self { file, quarantine, last_files })
    }

    /// Records the files again, after a process had them open and did not quarantine them.
    pub fn record_files(&mut self) {
        self.last_files = read_files(&self.file);
    }

    /// Returns true if the file was quarantined.
    pub fn is_quarantined(&self) -> bool {
        self.quarantine.exists()
    }

    /// Returns true if the quarantined file and its write-ahead log are as the last process that had them open left
    /// them: a refused opening and the salvage change nothing.
    pub fn is_quarantine_intact(&self) -> bool {
        read_files(&self.quarantine) == self.last_files
    }
}

/// Overwrites bytes of a file, `permille` of the way into it.
fn overwrite(file: &Path, permille: u64, length: usize) -> anyhow::Result<()> {
    let mut bytes = fs::read(file)?;
    let offset = usize::try_from(bytes.len() as u64 * permille / 1_000)?;
    let end = bytes.len().min(offset + length);
    bytes[offset..end].iter_mut().for_each(|byte| *byte ^= 0xA5);
    Ok(fs::write(file, bytes)?)
}

/// Reads a database and its write-ahead log: a missing log is as good as an empty one.
fn read_files(path: &Path) -> Vec<Vec<u8>> {
    SUFFIXES.iter().map(|suffix| fs::read(with_suffix(path, suffix)).unwrap_or_default()).collect()
}

/// Filed request in the portal's audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiledRequest {
    /// Number of the request.
    pub number: String,
    /// SHA-256 of its values.
    pub sha256: String,
}

/// Reads the member's filed requests from the portal's audit log, oldest first.
///
/// # Errors
/// If it cannot be read.
pub fn read_filed_requests(portal: &Path) -> anyhow::Result<Vec<FiledRequest>> {
    let database =
        Connection::open_with_flags(portal.join("portal.sqlite"), OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let mut events = database.prepare("SELECT event FROM audit WHERE ppr = ?1 ORDER BY id")?;
    let events: Vec<String> = events.query_map([MEMBER], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(events.iter().filter_map(|event| parse_filed_event(event)).collect())
}

/// Parses `request 2026-000001 filed: hajj-grant version 1, values sha256 0123…`.
fn parse_filed_event(event: &str) -> Option<FiledRequest> {
    let (number, rest) = event.strip_prefix("request ")?.split_once(" filed: ")?;
    let (_, sha256) = rest.split_once("values sha256 ")?;
    Some(FiledRequest { number: number.to_owned(), sha256: sha256.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filing_is_parsed_from_the_audit_log() {
        let event = "request 2026-000001 filed: hajj-grant version 1, values sha256 abc";
        let filed = FiledRequest { number: "2026-000001".to_owned(), sha256: "abc".to_owned() };
        assert_eq!(parse_filed_event(event), Some(filed));
        assert_eq!(parse_filed_event("request 2026-000001 reviewed"), None);
    }
}
