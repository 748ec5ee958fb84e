//! What stands on disk: in the phone's file, whose keys and services are plain, and in the portal's audit log.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, ensure};
use rusqlite::{Connection, OpenFlags};

use crate::MEMBER;

/// What SQLite keeps in its files, but for what it makes anew.
const ENDINGS: [&str; 2] = ["", "-wal"];

/// What the member's file holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shelf {
    /// The services with a draft.
    pub drafts: Vec<String>,
    /// The keys in the outbox, and why each waits; nothing while it waits for the network.
    pub outbox: Vec<(String, String)>,
}

impl Shelf {
    /// Whether this key waits in the outbox.
    pub fn waits(&self, key: &str) -> bool {
        self.outbox.iter().any(|(waiting, _)| waiting == key)
    }
}

/// Reads the member's file as it stands on disk, from a copy: nothing is disturbed, and a journal that a killed process
/// left is rolled forward in the copy only.
///
/// # Errors
/// When it does not read.
pub fn shelf(data: &Path) -> anyhow::Result<Shelf> {
    read(&member_file(data)?, None)
}

fn member_file(data: &Path) -> anyhow::Result<PathBuf> {
    let mut found = fs::read_dir(data)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "db"))
        .filter(|path| name(path).starts_with("member-"));
    found.next().context("the member has no file")
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    name.into()
}

/// `mended` is written into the copy before it is read.
fn read(path: &Path, mended: Option<&Damage>) -> anyhow::Result<Shelf> {
    let folder = tempfile::tempdir()?;
    let copy = folder.path().join("copy.db");
    for ending in ENDINGS {
        let from = with_ending(path, ending);
        if from.exists() {
            fs::copy(from, with_ending(&copy, ending))?;
        }
    }
    if let Some(damage) = mended {
        let mut bytes = fs::read(&copy)?;
        let end = damage.at + damage.was.len();
        ensure!(end <= bytes.len(), "the file is shorter than it was");
        bytes[damage.at..end].copy_from_slice(&damage.was);
        fs::write(&copy, bytes)?;
    }
    let open = Connection::open(&copy)?;
    if mended.is_some() {
        let sound: String = open.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
        ensure!(sound == "ok", "not whole: {sound}");
    }
    let mut drafts = open.prepare("SELECT service FROM draft ORDER BY service")?;
    let drafts = drafts.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut outbox = open.prepare("SELECT key, held FROM outbox ORDER BY key")?;
    let outbox = outbox.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    Ok(Shelf { drafts, outbox })
}

/// What was done to the member's file.
#[derive(Debug)]
pub struct Damage {
    file: PathBuf,
    at: usize,
    was: Vec<u8>,
    held: Shelf,
    /// The name that it gets when it is set aside.
    aside: PathBuf,
    /// Its files as the process that had them open last left them.
    left: Vec<Option<Vec<u8>>>,
}

impl Damage {
    /// Overwrites some bytes of the member's file, `thousandths` of the way into it. Nobody may have it open.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn done(data: &Path, thousandths: u64, count: usize) -> anyhow::Result<Self> {
        let file = member_file(data)?;
        let held = read(&file, None)?;
        let mut bytes = fs::read(&file)?;
        let at = usize::try_from(bytes.len() as u64 * thousandths / 1_000)?;
        let end = bytes.len().min(at + count);
        let was = bytes[at..end].to_vec();
        bytes[at..end].iter_mut().for_each(|byte| *byte ^= 0xA5);
        fs::write(&file, bytes)?;
        let free = (1..=u16::MAX)
            .map(|number| with_ending(&file, &format!(".aside-{number}")))
            .find(|path| !path.exists());
        let aside = free.context("no name is free")?;
        let left = files(&file);
        Ok(Self { file, at, was, held, aside, left })
    }

    /// Takes note of the files once more: a process had them open and noticed nothing, or did not say so yet.
    pub fn note(&mut self) {
        self.left = files(&self.file);
    }

    /// The file was set aside.
    pub fn set_aside(&self) -> bool {
        self.aside.exists()
    }

    /// Whether what was set aside is whole but for the damage: as it was left; or, when it was opened for a moment and its
    /// journal rolled forward, it holds what it held once it is mended.
    pub fn is_kept_whole(&self) -> bool {
        files(&self.aside) == self.left || read(&self.aside, Some(self)).is_ok_and(|shelf| shelf == self.held)
    }
}

fn files(path: &Path) -> Vec<Option<Vec<u8>>> {
    ENDINGS.iter().map(|ending| fs::read(with_ending(path, ending)).ok()).collect()
}

/// A request by the portal's audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filed {
    /// Its number.
    pub number: String,
    /// The SHA-256 of what was filled in.
    pub sha256: String,
}

/// What the portal's audit log says was filed for the member, the first first.
///
/// # Errors
/// When it does not read.
pub fn filed(portal: &Path) -> anyhow::Result<Vec<Filed>> {
    let open = Connection::open_with_flags(portal.join("portal.sqlite"), OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let mut events = open.prepare("SELECT event FROM audit WHERE ppr = ?1 ORDER BY id")?;
    let events: Vec<String> = events.query_map([MEMBER], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(events.iter().filter_map(|event| filed_by(event)).collect())
}

/// `request 2026-000001 filed: hajj-grant version 1, values sha256 0123…`
fn filed_by(event: &str) -> Option<Filed> {
    let (number, rest) = event.strip_prefix("request ")?.split_once(" filed: ")?;
    let (_, sha256) = rest.split_once("values sha256 ")?;
    Some(Filed { number: number.to_owned(), sha256: sha256.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filing_is_read_from_the_log() {
        let event = "request 2026-000001 filed: hajj-grant version 1, values sha256 abc";
        let filed = Filed { number: "2026-000001".to_owned(), sha256: "abc".to_owned() };
        assert_eq!(filed_by(event), Some(filed));
        assert_eq!(filed_by("request 2026-000001 reviewed"), None);
    }
}
