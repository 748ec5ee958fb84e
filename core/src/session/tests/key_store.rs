//! A key store that fails, entry by entry: the app opens, tells the member, and loses nothing that the portal has.

use std::path::Path;

use super::*;
use crate::error::Error;
use crate::stage::{Stage, State};
use crate::testing::{NO_PORTAL, config, platform};
use crate::vault::faulty::{EntryFailure, FaultyVault};
use crate::vault::{self, CONTENT_KEY, Vault};

/// Beginnings of the entries' names.
const ENTRIES: [&str; 5] = ["device-key", "member-file-names", CONTENT_KEY, "delivery-key:", "session"];

/// Databases in the phone's folder, quarantined ones included.
fn databases(folder: &Path) -> Vec<Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let is_database = |name: &str| name.contains(".db") && !name.ends_with("-wal") && !name.ends_with("-shm");
    entries
        .filter(|entry| is_database(&entry.file_name().to_string_lossy()))
        .map(|entry| std::fs::read(entry.path()).unwrap())
        .collect()
}

/// Opens the app over this vault, with a portal address at which nothing listens.
fn open_with(folder: &Path, clock: &TestClock, vault: Arc<dyn Vault>) -> Result<Arc<Fos>, Error> {
    Fos::with_vault(config(folder, NO_PORTAL), platform(), Box::new(clock.clone()), vault)
}

fn is_told(fos: &Fos) -> bool {
    fos.notices().iter().any(|notice| notice.key == "set-aside")
}

/// A folder whose member is signed in, with a pending request.
async fn signed_in_folder() -> (TempDir, TestClock) {
    let phone = Phone::signed_in(NO_PORTAL).await;
    queue(&phone, &["a"]);
    phone.fos.pause();
    let Phone { folder, clock, fos } = phone;
    drop(fos);
    (folder, clock)
}

async fn sign_in(fos: &Fos, number: u32) {
    let body = session_body(number);
    let session = fos.sessions().open_session(&body).await.unwrap();
    fos.sessions().enter(session, RequiredActions::from(&body)).await.unwrap();
}

fn pending(fos: &Fos) -> usize {
    let session = fos.sessions().session().unwrap();
    let entries: Vec<OutboxEntry<OutboxPayload>> = session.db().outbox().unwrap();
    entries.len()
}

#[tokio::test]
async fn the_app_opens_whatever_entry_of_the_key_store_fails_and_however() {
    for entry in ENTRIES {
        for failure in EntryFailure::ALL {
            if failure == EntryFailure::Protected {
                continue;
            }
            let case = format!("{entry}: {failure:?}");
            let (folder, clock) = signed_in_folder().await;
            let before = databases(folder.path());
            let vault = FaultyVault::new(vault::open(folder.path()).unwrap(), entry, failure);
            let open = || open_with(folder.path(), &clock, vault.clone()).unwrap();
            let fos = open();
            assert_eq!(is_told(&fos), entry != "session", "{case}");
            let stage = if entry == "device-key" { Stage::Welcome } else { Stage::Space };
            assert_eq!(fos.stage(), stage, "{case}");
            if entry == "session" {
                // No more than a session that ended.
                let refused = fos.services().refresh().await.unwrap_err();
                assert!(matches!(refused, crate::FosError::SignInAgain { .. }), "{case}: {refused:?}");
                assert_eq!(fos.sessions().state(), State::SessionExpired, "{case}");
            }
            let after = databases(folder.path());
            let is_kept = |old: &Vec<u8>| after.contains(old);
            assert!(
                before.iter().all(is_kept) || entry == "session",
                "{case}: an old file is not there as it was"
            );
            if fos.sessions().state() != State::Space {
                sign_in(&fos, 2).await;
            }
            // What the key for delivery opens still leaves if the content key is lost.
            let keeps_work = matches!(entry, "device-key" | CONTENT_KEY | "session");
            assert_eq!(pending(&fos), usize::from(keeps_work), "{case}");
            drop(fos);
            let fos = open();
            assert!(!is_told(&fos), "{case}: only once");
            assert_eq!((fos.stage(), pending(&fos)), (Stage::Space, usize::from(keeps_work)), "{case}");
        }
    }
}

#[tokio::test]
async fn an_entry_that_is_protected_for_the_moment_means_later_and_changes_nothing() {
    for entry in ENTRIES.into_iter().filter(|entry| *entry != CONTENT_KEY) {
        let (folder, clock) = signed_in_folder().await;
        let before = databases(folder.path());
        let vault = FaultyVault::new(vault::open(folder.path()).unwrap(), entry, EntryFailure::Protected);
        let open = || open_with(folder.path(), &clock, vault.clone());
        for _ in 0..2 {
            let refused = open().map(drop).unwrap_err();
            assert!(matches!(refused, Error::KeyStoreProtected), "{entry}: {refused}");
            let shown = refused.localize(&crate::i18n::Localizer::for_language(crate::Language::Fr));
            assert!(matches!(shown, crate::FosError::TryLater { .. }), "{entry}: {shown:?}");
        }
        assert!(databases(folder.path()) == before, "{entry}: nothing is quarantined");
        vault.heal();
        let fos = open().unwrap();
        assert!(!is_told(&fos), "{entry}");
        assert_eq!((fos.stage(), pending(&fos)), (Stage::Space, 1), "{entry}");
        assert!(fos.account().profile().is_ok(), "{entry}");
    }
}

#[tokio::test]
async fn what_waits_is_sent_while_the_content_key_is_protected() {
    let mut portal = filing_portal().await;
    let (folder, clock) = signed_in_folder().await;
    let vault = FaultyVault::new(vault::open(folder.path()).unwrap(), CONTENT_KEY, EntryFailure::Protected);
    let config = config(folder.path(), &portal.url);
    let fos = Fos::with_vault(config, platform(), Box::new(clock.clone()), vault.clone()).unwrap();
    assert_eq!(fos.stage(), Stage::Space);
    let session = fos.sessions().session().unwrap();
    session.deliver_outbox().await.unwrap();
    let sent = portal.lines();
    assert!(sent.iter().any(|line| line == "POST /v1/requests"), "{sent:?}");
    assert!(!sent.iter().any(|line| line.ends_with("/receipt")), "it could not be stored: {sent:?}");
    assert_eq!(pending(&fos), 0);
    let refused = fos.requests().list().map(drop).unwrap_err();
    assert!(matches!(refused, crate::FosError::TryLater { .. }), "{refused:?}");
    vault.heal();
    let list = fos.requests().list().unwrap();
    assert_eq!(list.groups.iter().map(|group| group.cards.len()).sum::<usize>(), 1);
    assert!(!is_told(&fos));
}

#[test]
fn an_opening_that_fails_says_why_and_a_new_beginning_keeps_the_old_files() {
    let folder = tempfile::tempdir().unwrap();
    let config = config(folder.path(), NO_PORTAL);
    // A folder in the database's place: no damage, and no lack of room.
    std::fs::create_dir(folder.path().join("device.db")).unwrap();
    let refused = Fos::open(config.clone(), platform()).map(drop).unwrap_err();
    let crate::OpenError::Storage { text, code } = refused else { panic!("{refused:?}") };
    assert!(code == "0.1.0-L-O-DATABASE" && text.contains("لم يُحذف شيء"), "{code}: {text}");
    for number in 1..=2 {
        let fos = Fos::open_with_new_files(config.clone(), platform()).unwrap();
        assert_eq!(fos.stage(), Stage::Welcome);
        drop(fos);
        assert!(folder.path().join(format!("set-aside-{number}/device.db")).exists());
    }
    assert!(!folder.path().join("set-aside-probe").exists());
}

#[test]
fn a_new_beginning_moves_nothing_while_the_key_store_fails() {
    let folder = tempfile::tempdir().unwrap();
    let config = config(folder.path(), NO_PORTAL);
    drop(Fos::open(config.clone(), platform()).unwrap());
    let vault = folder.path().join("vault");
    let away = folder.path().join("away");
    std::fs::rename(&vault, &away).unwrap();
    std::fs::write(&vault, []).unwrap();
    for open in [Fos::open, Fos::open_with_new_files] {
        let refused = open(config.clone(), platform()).map(drop).unwrap_err();
        assert!(
            matches!(&refused, crate::OpenError::Storage { code, .. } if code.ends_with("-VAULT")),
            "{refused:?}"
        );
    }
    assert!(!folder.path().join("set-aside-1").exists());
    std::fs::remove_file(&vault).unwrap();
    std::fs::rename(&away, &vault).unwrap();
    assert!(!is_told(&Fos::open(config, platform()).unwrap()));
}

#[test]
fn a_file_whose_key_is_replaced_keeps_the_old_entry() {
    let folder = tempfile::tempdir().unwrap();
    let inner = vault::open(folder.path()).unwrap();
    inner.write("device-key", b"short").unwrap();
    let vault: Arc<dyn Vault> = inner.clone();
    let db = crate::storage::Database::device(folder.path(), vault.as_ref()).unwrap();
    db.put("language", &"ar").unwrap();
    drop(db);
    assert_eq!(inner.read("device-key").unwrap().unwrap().as_slice(), b"short");
    let db = crate::storage::Database::device(folder.path(), vault.as_ref()).unwrap();
    assert_eq!(db.get::<String>("language").unwrap().unwrap(), "ar");
}
