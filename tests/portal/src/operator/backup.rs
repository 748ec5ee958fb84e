//! Backup and restore. A backup is one file: a copy of the database, in which a table holds the keys.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, OpenFlags, OptionalExtension as _};

use super::{Done, Office, OperatorError};
use crate::{
    gate, portal, requests,
    secrets::{CONFIG_KEY_FILE, KEY_FILE, hex, random, write_private},
    store::{self, StoreError, audit},
};

const KEYS: [&str; 2] = [KEY_FILE, CONFIG_KEY_FILE];

/// The serial leaps at a restore, and so do requests' numbers. What was published since the backup may be lost, and a
/// phone takes no config with a serial that is not larger than the one it holds; a number given since stands on a
/// receipt.
const LEAP: i64 = 1_000;

/// Copies database and keys, of one moment, while the portal runs.
pub(super) fn write(office: &mut Office, file: &Path) -> Result<String, OperatorError> {
    write_private(file, &[]).map_err(OperatorError::io(file))?;
    let name = file.to_str().ok_or_else(|| OperatorError::refused("the file's name is not UTF-8"))?;
    office.act(|_, _, _| Ok(((), Done::desk("backup"))))?;
    office.db.execute("VACUUM INTO ?1", [name])?;
    let copy = Connection::open(file)?;
    copy.execute_batch("CREATE TABLE backup_keys (name TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT")?;
    for key in KEYS {
        let path = office.data.join(key);
        let bytes = fs::read(&path).map_err(OperatorError::io(&path))?;
        copy.execute("INSERT INTO backup_keys (name, bytes) VALUES (?1, ?2)", (key, bytes))?;
    }
    copy.close().map_err(|(_, error)| error)?;
    Ok(format!("backup written to {name}: it holds the keys, keep it as carefully\n"))
}

/// Brings a backup into `data`, which is empty, or whose portal is set aside.
pub(super) fn restore(data: &Path, file: &Path, over: bool, now: i64) -> Result<String, OperatorError> {
    let keys = keys_of(file)?;
    fs::create_dir_all(data).map_err(OperatorError::io(data))?;
    let _lock = portal::lock(data)?;
    let database = data.join(store::FILE);
    let mut serial = 0;
    if database.exists() {
        if !over {
            return Err(OperatorError::refused("there is a portal's data already: --over puts it aside"));
        }
        // A database too damaged to say it is one more reason to restore: the leap stands in for its serial.
        serial = serial_of(&database).unwrap_or_default();
        set_aside(data)?;
    }
    let bytes = fs::read(file).map_err(OperatorError::io(file))?;
    write_private(&database, &bytes).map_err(OperatorError::io(&database))?;
    for (name, bytes) in keys {
        let path = data.join(name);
        write_private(&path, &bytes).map_err(OperatorError::io(&path))?;
    }
    let mut db = store::connect(&database)?;
    store::in_transaction(&mut db, |db| {
        db.execute_batch("DROP TABLE backup_keys")?;
        db.execute("UPDATE published_config SET serial = max(serial, ?1) + ?2", (serial, LEAP))?;
        requests::leap(db, LEAP)?;
        gate::set_epoch(db, &hex(&random::<4>()?))?;
        audit(db, now, "", "operator: restored from a backup")?;
        Ok::<_, OperatorError>(())
    })?;
    Ok("restored\n".to_owned())
}

/// The keys in a backup whose every page is whole, and that no newer portal wrote.
fn keys_of(file: &Path) -> Result<Vec<(String, Vec<u8>)>, OperatorError> {
    let backup = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let state: String = backup.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
    if state != "ok" {
        return Err(OperatorError::Refused(format!("the backup is damaged: {state}")));
    }
    store::version(&backup)?;
    let mut query = backup.prepare("SELECT name, bytes FROM backup_keys")?;
    let keys: Vec<(String, Vec<u8>)> =
        query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    let is_whole = keys.len() == KEYS.len() && keys.iter().all(|(name, _)| KEYS.contains(&name.as_str()));
    if is_whole { Ok(keys) } else { Err(OperatorError::refused("the backup has not the portal's keys")) }
}

fn serial_of(database: &Path) -> Result<i64, StoreError> {
    let db = store::connect(database)?;
    let found = db.query_row("SELECT serial FROM published_config", [], |row| row.get(0)).optional()?;
    Ok(found.unwrap_or_default())
}

/// Moves a portal's files out of the way, into a folder of their own.
fn set_aside(data: &Path) -> Result<(), OperatorError> {
    let aside = unused(data);
    fs::create_dir(&aside).map_err(OperatorError::io(&aside))?;
    let log = ["portal.sqlite-wal", "portal.sqlite-shm"];
    for name in [store::FILE].into_iter().chain(log).chain(KEYS) {
        match fs::rename(data.join(name), aside.join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(OperatorError::io(&data.join(name))(error));
            }
            _ => {}
        }
    }
    Ok(())
}

fn unused(data: &Path) -> PathBuf {
    let mut number = 1;
    loop {
        let folder = data.join(format!("set-aside-{number}"));
        if !folder.exists() {
            return folder;
        }
        number += 1;
    }
}
