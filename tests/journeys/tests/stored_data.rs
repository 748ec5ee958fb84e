//! Data written by version 0.1.0, before columns and fields got their present names, opens with nothing lost.
//!
//! `fixtures/data-0.1.0` holds the folders of a phone and of its portal as that version left them at 09:00 on 24 November
//! 2026: member 0123456, in French, with a filed request and its receipt, a blocked entry (the service closed), a pending
//! entry, a draft, and a draft of the password request. A computer's vault is a folder, so the keys are in it.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use fos_core::{Form, Language, RequestCardView, RequestTarget, Stage};
use fos_journeys::logs::LogSearch;
use fos_portal::{Portal, PortalConfig, SettableClock};
use fos_support::{
    files::copy_folder,
    headless_client::{ClientConfig, HeadlessClient},
    mailbox::Mailbox,
};
use jiff::Timestamp;
use rusqlite::Connection;

const WRITTEN_AT: &str = "2026-11-24T09:00:00Z";
/// Nothing listens at this address.
const UNREACHABLE: &str = "http://127.0.0.1:9";

/// A copy of the fixture, with a clock that shows the fixture's day.
struct StoredData {
    folder: tempfile::TempDir,
}

impl StoredData {
    fn copy() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/data-0.1.0");
        copy_folder(&source, folder.path()).unwrap();
        let offset = WRITTEN_AT.parse::<Timestamp>().unwrap().as_second() - Timestamp::now().as_second();
        fs::write(folder.path().join("clock-offset"), offset.to_string()).unwrap();
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn open_phone(&self, portal_url: &str) -> HeadlessClient {
        let config = ClientConfig {
            portal_url: portal_url.to_owned(),
            clock_offset_file: Some(self.path("clock-offset")),
            ..ClientConfig::default()
        };
        HeadlessClient::open(&self.path("phone"), config).unwrap()
    }

    async fn start_portal(&self, mailbox: &Mailbox) -> Portal {
        let mut config = PortalConfig::for_tests(self.path("portal"), mailbox.addr());
        config.clock = Arc::new(SettableClock::new(WRITTEN_AT.parse().unwrap()));
        Portal::start(config).await.unwrap()
    }

    fn portal_database(&self) -> Connection {
        Connection::open(self.path("portal/portal.sqlite")).unwrap()
    }
}

fn cards(phone: &HeadlessClient) -> Vec<RequestCardView> {
    phone.core().requests().list().unwrap().groups.into_iter().flat_map(|group| group.cards).collect()
}

fn states(phone: &HeadlessClient) -> Vec<String> {
    cards(phone).into_iter().map(|card| card.state.text).collect()
}

fn value(form: &Form, key: &str) -> String {
    form.view().fields.into_iter().find(|field| field.key == key).unwrap().value
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phones_stored_data_opens_offline_with_nothing_reset() {
    let stored = StoredData::copy();
    let phone = stored.open_phone(UNREACHABLE);
    let core = phone.core();
    assert!(core.notices().iter().all(|notice| notice.key != "set-aside"), "{:?}", core.notices());
    assert_eq!((core.stage(), core.language()), (Stage::Space, Language::Fr));
    assert_eq!(core.account().profile().unwrap().ppr.copied, "0123456");
    assert_eq!(value(&core.access().password_request(), "ppr"), "0234567");
    assert_eq!(states(&phone), ["Brouillon", "À revoir", "Sera envoyée", "Déposée"]);
    let [_, blocked, _, filed] = cards(&phone).try_into().unwrap();
    assert!(blocked.line.starts_with("Le service n’est plus ouvert."), "{}", blocked.line);
    let loan = core.requests().form("social-loan".to_owned()).await.unwrap();
    assert_eq!(value(&loan, "amount"), "20.000");
    let RequestTarget::Request { id } = filed.target else { panic!("{:?}", filed.target) };
    let receipt = core.requests().receipt(id).await.unwrap();
    assert!(fs::read(receipt.path).unwrap().starts_with(b"%PDF"));
    let RequestTarget::OutboxEntry { key } = blocked.target else { panic!("{:?}", blocked.target) };
    assert_eq!(core.requests().return_to_draft(&key).unwrap(), "travel-certificate");
    let certificate = core.requests().form("travel-certificate".to_owned()).await.unwrap();
    assert_eq!(value(&certificate, "passport"), "AB1234567");
    let quarantined = fs::read_dir(stored.path("phone"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.contains(".aside-") || name.contains("-damaged"))
        .collect::<Vec<_>>();
    assert!(quarantined.is_empty(), "{quarantined:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phones_stored_data_keeps_no_datum_of_the_member_in_clear() {
    let stored = StoredData::copy();
    let search =
        LogSearch::begin(&PortalConfig::for_tests(stored.path("portal"), ([127, 0, 0, 1], 0).into()).seed);
    let search = search.unwrap();
    let clear = search.check_stored_files(&stored.path("phone")).unwrap_err().to_string();
    assert!(clear.contains("data of a member's family"), "version 0.1.0 stored the family in clear: {clear}");
    let phone = stored.open_phone(UNREACHABLE);
    search.check_stored_files(&stored.path("phone")).unwrap();
    drop(phone);
    search.check_stored_files(&stored.path("phone")).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn unsent_work_is_salvaged_from_a_stored_file_that_is_damaged() {
    let stored = StoredData::copy();
    let database = fs::read_dir(stored.path("phone"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.file_name().unwrap().to_string_lossy().starts_with("member-"))
        .unwrap();
    // The marker that damage found in use leaves for the next opening.
    fs::write(database.with_extension("db-damaged"), []).unwrap();
    let original = fs::read(&database).unwrap();
    let phone = stored.open_phone(UNREACHABLE);
    assert!(phone.core().notices().iter().any(|notice| notice.key == "set-aside"));
    assert_eq!(states(&phone), ["Brouillon", "À revoir", "Sera envoyée"]);
    let [_, blocked, _] = cards(&phone).try_into().unwrap();
    let RequestTarget::OutboxEntry { key } = blocked.target else { panic!("{:?}", blocked.target) };
    assert_eq!(phone.core().requests().return_to_draft(&key).unwrap(), "travel-certificate");
    assert_eq!(fs::read(database.with_extension("db.aside-1")).unwrap(), original, "quarantined unchanged");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stored_portal_serves_the_stored_phone_and_its_pending_request_is_filed_once() {
    let stored = StoredData::copy();
    let audited = |database: &Connection| -> i64 {
        database.query_row("SELECT count(*) FROM audit", [], |row| row.get(0)).unwrap()
    };
    let before = audited(&stored.portal_database());
    let mailbox = Mailbox::start().await.unwrap();
    let portal = stored.start_portal(&mailbox).await;
    let phone = stored.open_phone(&portal.url());
    phone.refresh_services().await.unwrap();
    phone.core().requests().refresh().await.unwrap();
    assert_eq!(states(&phone), ["Brouillon", "À revoir", "Déposée", "Déposée"]);
    let database = stored.portal_database();
    let numbers: Vec<String> = database
        .prepare("SELECT number FROM requests WHERE ppr = '0123456' ORDER BY number")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(numbers, ["2026-000001", "2026-000002"]);
    assert!(audited(&database) > before, "the audit log continues");
    portal.stop().await;
}
