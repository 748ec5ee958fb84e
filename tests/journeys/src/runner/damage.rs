//! Damages the phone's files between a kill and the next start.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, ensure};
use rusqlite::Connection;

use crate::journey::{Damage, DataFile};

/// Schema version that no current app knows.
const FUTURE_SCHEMA_VERSION: u32 = 99;

/// Applies the damage to the files in the phone's data folder.
pub(super) fn apply_damage(data_dir: &Path, damage: Damage) -> anyhow::Result<()> {
    match damage {
        Damage::None => Ok(()),
        Damage::Corrupted(file) => files(data_dir, file)?.iter().try_for_each(|file| corrupt(file)),
        Damage::KeysLost => {
            let keys = data_dir.join("vault");
            fs::remove_dir_all(&keys).with_context(|| format!("removing {}", keys.display()))
        }
        Damage::NewerVersion(file) => {
            files(data_dir, file)?.iter().try_for_each(|file| raise_schema_version(file))
        }
    }
}

/// Returns the SQLite files of this kind: `device.db`, or one file per member.
fn files(data_dir: &Path, which: DataFile) -> anyhow::Result<Vec<PathBuf>> {
    let matches = |name: &str| match which {
        DataFile::Device => name == "device",
        DataFile::Member => name.starts_with("member-"),
    };
    let mut found = Vec::new();
    for entry in fs::read_dir(data_dir).with_context(|| format!("reading {}", data_dir.display()))? {
        let path = entry?.path();
        let is_database = path.extension().is_some_and(|ending| ending == "db");
        if is_database && path.file_stem().is_some_and(|name| matches(&name.to_string_lossy())) {
            found.push(path);
        }
    }
    ensure!(!found.is_empty(), "the phone has no such file in {}", data_dir.display());
    Ok(found)
}

/// Overwrites every byte of the file and of its write-ahead log.
fn corrupt(file: &Path) -> anyhow::Result<()> {
    let mut log_file = file.as_os_str().to_owned();
    log_file.push("-wal");
    for part in [file, Path::new(&log_file)] {
        if let Ok(metadata) = fs::metadata(part) {
            let length = usize::try_from(metadata.len()).context("a file's length")?;
            fs::write(part, vec![0x5a; length]).with_context(|| format!("spoiling {}", part.display()))?;
        }
    }
    Ok(())
}

fn raise_schema_version(file: &Path) -> anyhow::Result<()> {
    let database = Connection::open(file).with_context(|| format!("opening {}", file.display()))?;
    database.pragma_update(None, "user_version", FUTURE_SCHEMA_VERSION).context("giving it another version")
}
