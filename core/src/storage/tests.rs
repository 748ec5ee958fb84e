use std::sync::Arc;

use super::*;
use crate::vault;

/// Opens a member's database as the app does.
pub(super) fn open_member(folder: &Path, vault: &Arc<dyn Vault>, ppr: &str) -> MemberStore {
    let names = MemberPseudonyms::open(folder, vault.as_ref()).unwrap();
    MemberStore::open(folder, Arc::clone(vault), &names, ppr).unwrap()
}

#[test]
fn two_members_on_one_phone_have_separate_data() {
    let folder = tempfile::tempdir().unwrap();
    let vault = vault::open(folder.path()).unwrap();
    let first = open_member(folder.path(), &vault, "0123456");
    first.db().put("name", &"عضو تجربة").unwrap();
    let second = open_member(folder.path(), &vault, "0234567");
    assert_eq!(second.db().get::<String>("name").unwrap(), None);
    second.erase().unwrap();
    drop(first);
    let again = open_member(folder.path(), &vault, "0123456");
    assert_eq!(again.db().get::<String>("name").unwrap().unwrap(), "عضو تجربة");
}

#[test]
fn a_damaged_file_is_quarantined_intact_and_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let vault = vault::open(folder.path()).unwrap();
    for number in 1..=2 {
        Database::device(folder.path(), vault.as_ref()).unwrap().close().unwrap();
        std::fs::write(folder.path().join("device.db"), "spoilt".repeat(1000)).unwrap();
        let store = Database::device(folder.path(), vault.as_ref()).unwrap();
        assert!(store.was_reset());
        store.put("language", &"ar").unwrap();
        let quarantined =
            std::fs::read_to_string(folder.path().join(format!("device.db.aside-{number}"))).unwrap();
        assert_eq!(quarantined, "spoilt".repeat(1000));
    }
}

#[test]
fn a_file_refused_at_opening_is_quarantined_with_its_journal() {
    let folder = tempfile::tempdir().unwrap();
    let vault = vault::open(folder.path()).unwrap();
    let running = Database::device(folder.path(), vault.as_ref()).unwrap();
    running.put("language", &"ar").unwrap();
    running.sqlite.put_setting(KEY_CHECK, b"not sealed by us").unwrap();
    // A copy, as a killed process leaves the files: with a journal, and no connection that holds them.
    let killed = tempfile::tempdir().unwrap();
    let read = |name: &str| std::fs::read(killed.path().join(name)).unwrap();
    for name in ["device.db", "device.db-wal"] {
        std::fs::copy(folder.path().join(name), killed.path().join(name)).unwrap();
    }
    let (file, journal) = (read("device.db"), read("device.db-wal"));
    assert!(!journal.is_empty());
    assert!(Database::device(killed.path(), vault.as_ref()).unwrap().was_reset());
    assert!(read("device.db.aside-1") == file, "it was written to before it was moved");
    assert!(read("device.db.aside-1-wal") == journal);
}

#[test]
fn damage_found_in_use_is_quarantined_at_the_next_opening() {
    let folder = tempfile::tempdir().unwrap();
    let vault = vault::open(folder.path()).unwrap();
    let store = Database::device(folder.path(), vault.as_ref()).unwrap();
    store.put("language", &"ar").unwrap();
    store.sqlite.put_setting("theme", b"not sealed by us").unwrap();
    assert!(matches!(store.get::<String>("theme"), Err(StorageError::Decrypt)));
    assert_eq!(store.get::<String>("language").unwrap().unwrap(), "ar", "the rest reads until then");
    drop(store);
    assert!(Database::device(folder.path(), vault.as_ref()).unwrap().was_reset());
    assert!(folder.path().join("device.db.aside-1").exists());
    assert!(!Database::device(folder.path(), vault.as_ref()).unwrap().was_reset(), "only once");
}

#[test]
fn a_swap_killed_between_two_renames_is_finished_at_the_next_opening() {
    let folder = tempfile::tempdir().unwrap();
    let vault = vault::open(folder.path()).unwrap();
    let store = Database::device(folder.path(), vault.as_ref()).unwrap();
    store.put("language", &"ar").unwrap();
    store.close().unwrap();
    drop(store);
    let path = folder.path().join("device.db");
    std::fs::rename(&path, recovery::staging_path(&path)).unwrap();
    std::fs::write(folder.path().join("device.db.aside-1"), "spoilt").unwrap();
    std::fs::write(folder.path().join("device.db-wal"), "the old one's").unwrap();
    let store = Database::device(folder.path(), vault.as_ref()).unwrap();
    assert!(store.was_reset());
    assert_eq!(store.get::<String>("language").unwrap().unwrap(), "ar");
    let quarantined = std::fs::read_to_string(folder.path().join("device.db.aside-1-wal")).unwrap();
    assert_eq!(quarantined, "the old one's");
}

#[test]
fn a_file_of_a_newer_version_is_quarantined() {
    let folder = tempfile::tempdir().unwrap();
    let vault = vault::open(folder.path()).unwrap();
    drop(Database::device(folder.path(), vault.as_ref()).unwrap());
    let newer = rusqlite::Connection::open(folder.path().join("device.db")).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    newer.close().unwrap();
    assert!(Database::device(folder.path(), vault.as_ref()).unwrap().was_reset());
    assert!(!Database::device(folder.path(), vault.as_ref()).unwrap().was_reset(), "only once");
}

#[test]
fn no_member_data_is_stored_in_clear() {
    let folder = tempfile::tempdir().unwrap();
    let vault = vault::open(folder.path()).unwrap();
    let member = open_member(folder.path(), &vault, "0123456");
    member.db().put("cin", &"AB123456").unwrap();
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        assert!(!path.to_string_lossy().contains("0123456"));
        if path.is_file() {
            let bytes = std::fs::read(path).unwrap();
            assert!(!bytes.windows(8).any(|window| window == b"AB123456"));
        }
    }
}

#[test]
fn a_draft_tells_when_it_was_changed_without_being_opened() {
    let folder = tempfile::tempdir().unwrap();
    let store = open_member(folder.path(), &vault::open(folder.path()).unwrap(), "0123456");
    assert_eq!(store.db().draft_changed_at("hajj-grant").unwrap(), None);
    let draft = StoredDraft {
        service: "hajj-grant".to_owned(),
        key: String::new(),
        changed_at: 1_790_000_000,
        form: "{}".to_owned(),
        content: "texte",
    };
    store.db().put_draft(&draft).unwrap();
    assert_eq!(store.db().draft_changed_at("hajj-grant").unwrap(), Some(1_790_000_000));
}

#[test]
fn a_full_disk_is_distinguished_from_other_failures_of_a_file() {
    let kind = |kind| StorageError::Io(std::io::Error::from(kind)).kind();
    assert_eq!(kind(std::io::ErrorKind::StorageFull), DISK_FULL);
    assert_eq!(kind(std::io::ErrorKind::PermissionDenied), "io");
}

#[test]
fn a_full_disk_is_distinguished_from_other_failures_of_the_database() {
    let kind = |code| {
        StorageError::Database(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None)).kind()
    };
    assert_eq!(kind(rusqlite::ffi::SQLITE_FULL), DISK_FULL);
    assert_eq!(kind(rusqlite::ffi::SQLITE_BUSY), "database");
}

#[test]
fn only_what_is_the_same_for_many_members_is_cached_in_clear() {
    let folder = tempfile::tempdir().unwrap();
    let store = open_member(folder.path(), &vault::open(folder.path()).unwrap(), "0123456");
    let response = CachedResponse { etag: Some("\"1\"".to_owned()), body: "{}".to_owned() };
    for name in ["services", "form:hajj-grant", "family"] {
        store.db().cache_response(name, &response).unwrap();
        assert_eq!(store.db().cached_response(name).unwrap().as_ref(), Some(&response));
        assert_eq!(store.db().cached_etag(name).unwrap(), response.etag);
    }
    let names: Vec<String> = store
        .db()
        .sqlite
        .with(|connection| {
            let mut plain = connection.prepare("SELECT name FROM cached_response ORDER BY name")?;
            plain.query_map([], |row| row.get(0))?.collect()
        })
        .unwrap();
    assert_eq!(names, ["form:hajj-grant", "services"]);
}
