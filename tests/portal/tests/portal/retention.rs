//! Retention, backup, restore and migration.

use std::path::Path;

use fos_portal::{AdminError, Portal};
use fos_support::seed::{COLLEAGUE, MEMBER, PASSWORD, WITHOUT_ADDRESS};
use rusqlite::Connection;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use crate::support::{DEADLINE, PortalFixture, password_request_of};

const DAY: i64 = 24 * 60 * 60;

fn rows(data: &Path, table: &str) -> u32 {
    let db = Connection::open(data.join("portal.sqlite")).unwrap();
    db.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
}

/// Waits until the background job has purged the table.
async fn wait_until_purged(fixture: &PortalFixture, table: &str) {
    let cleared = async {
        while rows(fixture.data.path(), table) > 0 {
            fixture.get("/v1/config", "").await.expect(200);
        }
    };
    tokio::time::timeout(DEADLINE, cleared).await.unwrap();
}

#[tokio::test]
async fn expired_rows_are_purged_and_acceptances_stay() {
    let fixture = PortalFixture::new().await;
    fixture.member(MEMBER).await;
    fixture.sign_in("999999", "pas le bon mot de passe").await.expect_problem(401, "credentials");
    for table in
        ["spent_challenges", "password_failures", "sessions", "known_devices", "access_tokens", "audit"]
    {
        assert!(rows(fixture.data.path(), table) > 0, "{table}");
    }
    fixture.advance_clock(60 * 60);
    wait_until_purged(&fixture, "spent_challenges").await;
    wait_until_purged(&fixture, "access_tokens").await;
    assert_eq!(rows(fixture.data.path(), "password_failures"), 1);
    fixture.advance_clock(DAY);
    wait_until_purged(&fixture, "password_failures").await;
    assert_eq!(rows(fixture.data.path(), "sessions"), 1);
    fixture.advance_clock(90 * DAY);
    wait_until_purged(&fixture, "sessions").await;
    assert_eq!(rows(fixture.data.path(), "refresh_tokens"), 0);
    fixture.advance_clock(365 * DAY);
    wait_until_purged(&fixture, "known_devices").await;
    assert!(rows(fixture.data.path(), "audit") > 0);
    fixture.advance_clock(2 * 365 * DAY);
    wait_until_purged(&fixture, "audit").await;
    assert_eq!(rows(fixture.data.path(), "charter_acceptances"), 1);
    assert_eq!(rows(fixture.data.path(), "passwords"), 1);
    fixture.session(MEMBER, PASSWORD).await;
}

#[tokio::test]
async fn a_proposed_address_is_purged_after_ninety_days() {
    let fixture = PortalFixture::new().await;
    fixture.request_password(&password_request_of(WITHOUT_ADDRESS)).await.expect(202);
    fixture.mailed_password(COLLEAGUE).await;
    assert_eq!(rows(fixture.data.path(), "address_proposals"), 1);
    fixture.advance_clock(91 * DAY);
    wait_until_purged(&fixture, "address_proposals").await;
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_can_read_the_data_files() {
    use std::os::unix::fs::PermissionsExt as _;
    let fixture = PortalFixture::new().await;
    fixture.member(MEMBER).await;
    fixture.run_command(&format!("backup {}", fixture.data.path().join("backup").display())).unwrap();
    for file in std::fs::read_dir(fixture.data.path()).unwrap().map(Result::unwrap) {
        let name = file.file_name().into_string().unwrap();
        let mode = file.metadata().unwrap().permissions().mode() & 0o777;
        assert!(mode == 0o600 || name == "portal.lock", "{name}: {mode:o}");
    }
}

fn restore(fixture: &PortalFixture, data: &Path, arguments: &[&str]) -> Result<String, AdminError> {
    let arguments: Vec<_> = arguments.iter().map(|word| (*word).to_owned()).collect();
    fos_portal::run_admin_command(data, fixture.clock.clone(), &arguments)
}

#[tokio::test]
async fn a_restored_portal_has_its_members_and_a_higher_serial() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let key = fixture.portal.config_key();
    let backup = fixture.operator_path("backup");
    fixture.run_command(&format!("backup {backup}")).unwrap();
    fixture.run_command(&format!("backup {backup}")).unwrap_err();
    fixture.run_command("versions set --minimum 0.1.0 --recommended 0.2.0").unwrap();
    fixture.run_command("versions set --minimum 0.1.0 --recommended 0.3.0").unwrap();
    let serial: i64 = fixture.get("/v1/config", "").await.header("fos-config").parse().unwrap();
    assert_eq!(serial, 3);

    let other_folder = TempDir::new().unwrap();
    restore(&fixture, other_folder.path(), &["restore", &backup]).unwrap();
    let mut config = fixture.config.clone();
    config.data = other_folder.path().to_owned();
    let fixture = fixture.restart_as(config).await;
    assert_eq!(fixture.portal.config_key(), key);
    let restored: i64 = fixture.get("/v1/config", "").await.header("fos-config").parse().unwrap();
    assert!(restored > serial, "{restored}");
    // Sessions and tokens of the backup's day may have been revoked since.
    fixture.refresh(session.refresh_token()).await.expect_problem(401, "session");
    fixture.get("/v1/services", session.token()).await.expect_problem(401, "session");
    assert_eq!(rows(other_folder.path(), "known_devices"), 0);
    fixture.session(MEMBER, PASSWORD).await;
    assert_eq!(rows(other_folder.path(), "charter_acceptances"), 1);
}

#[tokio::test]
async fn a_restore_over_existing_data_moves_it_aside() {
    let fixture = PortalFixture::new().await;
    fixture.member(MEMBER).await;
    let backup = fixture.operator_path("backup");
    fixture.run_command(&format!("backup {backup}")).unwrap();
    let session = fixture.session(MEMBER, PASSWORD).await;
    fixture
        .set_password(&session, &json!({ "new": "une autre phrase à retenir", "current": PASSWORD }))
        .await
        .expect(200);
    let data = fixture.data.path().to_owned();
    let running = restore(&fixture, &data, &["restore", &backup, "--over"]).unwrap_err();
    assert!(running.to_string().contains("already"), "{running}");

    let clock = fixture.clock.clone();
    let restore_over = |arguments: &[&str]| {
        let arguments: Vec<_> = arguments.iter().map(|word| (*word).to_owned()).collect();
        fos_portal::run_admin_command(&data, clock.clone(), &arguments)
    };
    let fixture = fixture
        .restart_after(|| {
            restore_over(&["restore", &backup]).unwrap_err();
            let printed = restore_over(&["restore", &backup, "--over"]).unwrap();
            assert!(printed.ends_with("whose former one is valid again: 0123456\n"), "{printed}");
        })
        .await;
    fixture.session(MEMBER, PASSWORD).await;
    assert!(data.join("set-aside-1/portal.sqlite").exists());
    assert!(data.join("set-aside-1/portal.key").exists());
}

#[tokio::test]
async fn a_damaged_backup_is_not_restored() {
    let fixture = PortalFixture::new().await;
    let backup = fixture.operator_path("backup");
    fixture.run_command(&format!("backup {backup}")).unwrap();
    let mut bytes = std::fs::read(&backup).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 4096].fill(0xFF);
    let damaged = fixture.file("spoilt", &bytes);
    let database = fixture.data.path().join("portal.sqlite").display().to_string();
    let other_folder = TempDir::new().unwrap();
    for file in [&damaged, &database] {
        restore(&fixture, other_folder.path(), &["restore", file]).unwrap_err();
    }
    let mut config = fixture.config.clone();
    config.data = other_folder.path().to_owned();
    Portal::start(config).await.unwrap().stop().await;
}

#[tokio::test]
async fn a_database_of_the_first_schema_is_migrated() {
    let fixture = PortalFixture::new().await;
    let other_folder = TempDir::new().unwrap();
    let db = Connection::open(other_folder.path().join("portal.sqlite")).unwrap();
    db.execute_batch(include_str!("../../migrations/0001_access.sql")).unwrap();
    let now = "2026-11-24T09:00:00Z".parse::<jiff::Timestamp>().unwrap().as_second();
    db.execute_batch(&format!(
        "PRAGMA user_version = 1;
         INSERT INTO members VALUES ('0123456', 'retired', 'AB123456', '90/1234', 'عضو', 'Membre');
         INSERT INTO charter_acceptances VALUES ('0123456', '2026-1', '00', {now});
         INSERT INTO sessions (ppr, device, password_due, opened_at, used_at) VALUES ('0123456', 'a', 0, {now}, {now});
         INSERT INTO sessions (ppr, device, password_due, opened_at, used_at) VALUES ('0123456', 'b', 0, {now}, {now});"
    ))
    .unwrap();
    let hash: [u8; 32] = Sha256::digest(b"token").into();
    db.execute("INSERT INTO access_tokens VALUES (?1, 1, ?2)", (hash, now + 900)).unwrap();
    drop(db);
    let mut config = fixture.config.clone();
    config.data = other_folder.path().to_owned();
    let fixture = fixture.restart_as(config).await;
    let list = fixture.get("/v1/sessions", "token").await.expect(200);
    let names: Vec<_> =
        list["sessions"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(names.len(), 2);
    assert!(names[0] != names[1] && names.iter().all(|name| name.len() == 32), "{names:?}");
    let catalogue = fixture.get("/v1/services", "token").await.expect(200);
    let services = catalogue["services"].as_array().unwrap();
    assert!(services.iter().any(|one| one["status"] == "not-for-you"), "the member stays who they were");
}

#[tokio::test]
async fn a_backup_encrypted_to_a_public_key_is_restored_by_its_private_key_alone() {
    let fixture = PortalFixture::new().await;
    fixture.member(MEMBER).await;
    let (key, other) = (age::x25519::Identity::generate(), age::x25519::Identity::generate());
    let backup = fixture.operator_path("backup.age");
    fixture.run_command(&format!("backup {backup} --recipient {}", key.to_public())).unwrap();
    let bytes = std::fs::read(&backup).unwrap();
    for clear in [&b"SQLite format 3"[..], b"AB123456", b"portal.key"] {
        assert!(
            !bytes.windows(clear.len()).any(|window| window == clear),
            "{}",
            String::from_utf8_lossy(clear)
        );
    }
    let files: Vec<_> = std::fs::read_dir(fixture.data.path()).unwrap().map(|file| file.unwrap()).collect();
    assert!(files.iter().all(|file| !file.file_name().to_string_lossy().starts_with(".tmp")), "{files:?}");
    let key_file = |name: &str, key: &age::x25519::Identity| {
        fixture.file(name, age::secrecy::ExposeSecret::expose_secret(&key.to_string()))
    };
    let folder = TempDir::new().unwrap();
    let without = restore(&fixture, folder.path(), &["restore", &backup]).unwrap_err().to_string();
    assert!(without.contains("--identity"), "{without}");
    let other = key_file("other.key", &other);
    restore(&fixture, folder.path(), &["restore", &backup, "--identity", &other]).unwrap_err();
    let key = key_file("backup.key", &key);
    restore(&fixture, folder.path(), &["restore", &backup, "--identity", &key]).unwrap();
    let shown = restore(&fixture, folder.path(), &["members", "show", MEMBER]).unwrap();
    assert!(shown.contains("Membre Essai"), "{shown}");
    let unusable = fixture.operator_path("unusable.age");
    fixture.run_command(&format!("backup {unusable} --recipient nobody")).unwrap_err();
}
