//! `backup` and `restore`. A backup is one file: a copy of the database with the keys in a table of their own.

use std::{
    collections::HashMap,
    fs, io,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, OpenFlags, OptionalExtension as _};
use tempfile::NamedTempFile;
use tracing::info;

use super::{AdminContext, AdminError, AuditEntry, backup_encryption, printable_line, user};
use crate::{
    portal, remote_config, requests,
    secrets::{CONFIG_KEY_FILE, KEY_FILE, hex, random, write_private},
    storage::{self, StorageError, audit_by},
};

const KEYS: [&str; 2] = [KEY_FILE, CONFIG_KEY_FILE];

/// Gap left in serials and request numbers by a restore. Whatever was published since the backup is unknown: a phone
/// accepts no config whose serial is not larger than the one it holds, and a number issued since may be printed on a
/// receipt.
const RESTORE_GAP: i64 = 1_000;

/// Copies database and keys at one moment, while the portal runs; encrypted if there is a recipient, a public key of age.
pub(super) fn write(
    context: &mut AdminContext,
    file: &Path,
    recipient: Option<&str>,
) -> Result<String, AdminError> {
    let recipient = recipient.map(backup_encryption::parse_recipient).transpose()?;
    write_private(file, &[]).map_err(AdminError::io(file))?;
    context.run_audited(|_, _, _| Ok(((), AuditEntry::general("backup"))))?;
    let safety = if let Some(recipient) = &recipient {
        // Beside the database, which holds the same.
        let plain = NamedTempFile::new_in(context.data).map_err(AdminError::io(context.data))?;
        copy(context, plain.path())?;
        backup_encryption::encrypt(plain.path(), recipient, file)?;
        "it is encrypted, keep the private key elsewhere"
    } else {
        copy(context, file)?;
        "it holds the keys, keep it as safe as them"
    };
    info!(is_encrypted = recipient.is_some(), "backup written");
    Ok(format!("backup written to {}: {safety}\n", file.display()))
}

/// Copies database and keys into an empty file.
fn copy(context: &AdminContext, file: &Path) -> Result<(), AdminError> {
    let name = file.to_str().ok_or_else(|| AdminError::refused("the file's name is not UTF-8"))?;
    context.db.execute("VACUUM INTO ?1", [name])?;
    let copy = Connection::open(file)?;
    copy.execute_batch("CREATE TABLE backup_keys (name TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT")?;
    for key in KEYS {
        let path = context.data.join(key);
        let bytes = fs::read(&path).map_err(AdminError::io(&path))?;
        copy.execute("INSERT INTO backup_keys (name, bytes) VALUES (?1, ?2)", (key, bytes))?;
    }
    copy.close().map_err(|(_, error)| error)?;
    Ok(())
}

/// Restores a backup as [`restore`], decrypted by the private key in the file `identity` if there is one.
pub(super) fn restore_from(
    data: &Path,
    file: &Path,
    identity: Option<&Path>,
    over: bool,
    now: i64,
) -> Result<String, AdminError> {
    let Some(identity) = identity else {
        if backup_encryption::is_encrypted(file)? {
            return Err(AdminError::refused(
                "the backup is encrypted: --identity names the private key's file",
            ));
        }
        return restore(data, file, over, now);
    };
    fs::create_dir_all(data).map_err(AdminError::io(data))?;
    let mut plain = NamedTempFile::new_in(data).map_err(AdminError::io(data))?;
    backup_encryption::decrypt(file, identity, plain.as_file_mut())?;
    restore(data, plain.path(), over, now)
}

/// Restores a backup into `data`, which is empty, or whose files are moved aside.
fn restore(data: &Path, file: &Path, over: bool, now: i64) -> Result<String, AdminError> {
    let keys = read_keys(file)?;
    fs::create_dir_all(data).map_err(AdminError::io(data))?;
    let _lock = portal::lock(data)?;
    let database = data.join(storage::FILE);
    let (mut serial, mut aside) = (0, None);
    if database.exists() {
        if !over {
            return Err(AdminError::refused("there is a portal's data already: --over moves it aside"));
        }
        // A database too damaged to be read is one more reason to restore: the gap makes up for its unknown serial.
        serial = read_serial(&database).unwrap_or_default();
        aside = Some(move_existing_files(data)?);
    }
    let bytes = fs::read(file).map_err(AdminError::io(file))?;
    write_private(&database, &bytes).map_err(AdminError::io(&database))?;
    for (name, bytes) in keys {
        let path = data.join(name);
        write_private(&path, &bytes).map_err(AdminError::io(&path))?;
    }
    let mut db = storage::connect(&database)?;
    storage::in_transaction(&mut db, |db| {
        db.execute_batch("DROP TABLE backup_keys")?;
        db.execute("UPDATE published_config SET serial = max(serial, ?1) + ?2", (serial, RESTORE_GAP))?;
        requests::skip_numbers(db, RESTORE_GAP)?;
        remote_config::set_epoch(db, &hex(&random::<4>()?))?;
        db.execute_batch(END_ACCESS)?;
        audit_by(db, now, "", "operator: restored from a backup, every session ended", &user::current())?;
        Ok::<_, AdminError>(())
    })?;
    info!("backup restored");
    let since = aside.map(|folder| describe_passwords_set_since(&db, &folder.join(storage::FILE)));
    Ok(format!("restored: every member signs in again\n{}", since.unwrap_or_default()))
}

/// Ends whatever gave access on the day of the backup and may have been revoked since. Chosen passwords stay.
const END_ACCESS: &str = "DELETE FROM access_tokens; DELETE FROM refresh_tokens; DELETE FROM sessions;
    DELETE FROM known_devices; DELETE FROM mailed_passwords; DELETE FROM last_mailings;
    DELETE FROM emails WHERE kind = 'password'; DELETE FROM password_requests;";

/// Lists the members who have set a password since the backup, by the database that was moved aside. `None` when that
/// cannot be read.
fn passwords_set_since(db: &Connection, previous: &Path) -> Option<Vec<String>> {
    let read = |db: &Connection| -> rusqlite::Result<HashMap<String, String>> {
        let mut query = db.prepare("SELECT ppr, hash FROM passwords")?;
        query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
    };
    let previous = Connection::open(previous).and_then(|previous| read(&previous)).ok()?;
    let restored = read(db).ok()?;
    let mut members: Vec<_> = previous
        .into_iter()
        .filter(|(ppr, hash)| restored.get(ppr) != Some(hash))
        .map(|(ppr, _)| ppr)
        .collect();
    members.sort();
    Some(members)
}

fn describe_passwords_set_since(db: &Connection, previous: &Path) -> String {
    match passwords_set_since(db, previous) {
        None => {
            "the database moved aside cannot be read: passwords set since the backup are unknown\n".to_owned()
        }
        Some(members) if members.is_empty() => "no member has set a password since the backup\n".to_owned(),
        Some(members) => {
            let members = printable_line(&members.join(" "));
            format!("members who set a password since the backup, whose former one is valid again: {members}")
        }
    }
}

/// Reads the keys of a backup after an integrity check. Fails when a newer portal has written it.
fn read_keys(file: &Path) -> Result<Vec<(String, Vec<u8>)>, AdminError> {
    let backup = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let state: String = backup.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
    if state != "ok" {
        return Err(AdminError::Refused(format!("the backup is damaged: {state}")));
    }
    storage::schema_version(&backup)?;
    let mut query = backup.prepare("SELECT name, bytes FROM backup_keys")?;
    let keys: Vec<(String, Vec<u8>)> =
        query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    let is_complete = keys.len() == KEYS.len() && keys.iter().all(|(name, _)| KEYS.contains(&name.as_str()));
    if is_complete {
        Ok(keys)
    } else {
        Err(AdminError::refused("the backup does not hold the portal's keys"))
    }
}

fn read_serial(database: &Path) -> Result<i64, StorageError> {
    let db = storage::connect(database)?;
    let found = db.query_row("SELECT serial FROM published_config", [], |row| row.get(0)).optional()?;
    Ok(found.unwrap_or_default())
}

/// Moves the files of a portal into a folder of their own, which is returned.
fn move_existing_files(data: &Path) -> Result<PathBuf, AdminError> {
    let folder = unused_folder(data);
    fs::create_dir(&folder).map_err(AdminError::io(&folder))?;
    let log = ["portal.sqlite-wal", "portal.sqlite-shm"];
    for name in [storage::FILE].into_iter().chain(log).chain(KEYS) {
        match fs::rename(data.join(name), folder.join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(AdminError::io(&data.join(name))(error));
            }
            _ => {}
        }
    }
    Ok(folder)
}

fn unused_folder(data: &Path) -> PathBuf {
    let mut number = 1;
    loop {
        let folder = data.join(format!("set-aside-{number}"));
        if !folder.exists() {
            return folder;
        }
        number += 1;
    }
}
