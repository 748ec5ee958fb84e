//! What befalls the phone's files between a kill and the next start.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, ensure};
use rusqlite::Connection;

use crate::journey::{Damage, DataFile};

/// A version that no app of today knows.
const FROM_TOMORROW: u32 = 99;

/// Lets it befall the files in the phone's folder.
pub(super) fn befall(data: &Path, damage: Damage) -> anyhow::Result<()> {
    match damage {
        Damage::None => Ok(()),
        Damage::Spoilt(file) => files(data, file)?.iter().try_for_each(|file| spoil(file)),
        Damage::KeysLost => {
            let keys = data.join("vault");
            fs::remove_dir_all(&keys).with_context(|| format!("removing {}", keys.display()))
        }
        Damage::Newer(file) => files(data, file)?.iter().try_for_each(|file| renew(file)),
    }
}

/// The SQLite files of this kind: `device.db`, or each member's.
fn files(data: &Path, which: DataFile) -> anyhow::Result<Vec<PathBuf>> {
    let wanted = |name: &str| match which {
        DataFile::Device => name == "device",
        DataFile::Member => name.starts_with("member-"),
    };
    let mut found = Vec::new();
    for entry in fs::read_dir(data).with_context(|| format!("reading {}", data.display()))? {
        let path = entry?.path();
        let is_database = path.extension().is_some_and(|ending| ending == "db");
        if is_database && path.file_stem().is_some_and(|name| wanted(&name.to_string_lossy())) {
            found.push(path);
        }
    }
    ensure!(!found.is_empty(), "the phone has no such file in {}", data.display());
    Ok(found)
}

/// Noise over every byte, and over what SQLite had not yet written into the file itself.
fn spoil(file: &Path) -> anyhow::Result<()> {
    let mut log = file.as_os_str().to_owned();
    log.push("-wal");
    for part in [file, Path::new(&log)] {
        if let Ok(there) = fs::metadata(part) {
            let length = usize::try_from(there.len()).context("a file's length")?;
            fs::write(part, vec![0x5a; length]).with_context(|| format!("spoiling {}", part.display()))?;
        }
    }
    Ok(())
}

fn renew(file: &Path) -> anyhow::Result<()> {
    let database = Connection::open(file).with_context(|| format!("opening {}", file.display()))?;
    database.pragma_update(None, "user_version", FROM_TOMORROW).context("giving it another version")
}
