//! Requests («+») are filed exactly once whatever the network does, over the core and the real portal.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use fos_core::{Change, Form, FosError, Observer, RequestTarget, RequestsView, SubmitOutcome};
use fos_portal::{Portal, PortalConfig, SettableClock};
use fos_support::{
    headless_client::{ClientConfig, HeadlessClient},
    mailbox::Mailbox,
    proxy::{NetworkCondition, NetworkProxy},
    seed::{self, MEMBER, PASSWORD, START_TIME},
};
use rusqlite::Connection;
use tokio::{sync::mpsc, time::timeout};

/// Longer than any wait takes on a slow machine.
const TIMEOUT: Duration = Duration::from_mins(1);
const HAJJ_GRANT: &str = "hajj-grant";

/// Portal, proxy, and a phone whose member has an account.
struct Fixture {
    portal: Portal,
    proxy: NetworkProxy,
    phone: Option<HeadlessClient>,
    data: PathBuf,
    mailbox: Mailbox,
    folder: tempfile::TempDir,
}

impl Fixture {
    async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mailbox = Mailbox::start().await.unwrap();
        let mut config = PortalConfig::for_tests(folder.path().join("portal"), mailbox.addr());
        config.clock = Arc::new(SettableClock::new(START_TIME.parse().unwrap()));
        let member = seed::member(&config.seed, MEMBER).unwrap();
        let portal = Portal::start(config).await.unwrap();
        let address: SocketAddr = portal.url().trim_start_matches("http://").parse().unwrap();
        let proxy = NetworkProxy::start(address, None).await.unwrap();
        let data = folder.path().join("phone");
        let mut fixture = Self { portal, proxy, phone: None, data, mailbox, folder };
        fixture.open_phone();
        let phone = fixture.phone();
        let mailed_password = fixture.mailbox.next_password_for(member.email(), TIMEOUT);
        phone.first_access(&member, mailed_password, PASSWORD).await.unwrap();
        phone.refresh_services().await.unwrap();
        fixture
    }

    fn open_phone(&mut self) {
        let portal = format!("http://{}", self.proxy.address());
        self.phone = Some(
            HeadlessClient::open(&self.data, ClientConfig { portal_url: portal, ..ClientConfig::default() })
                .unwrap(),
        );
    }

    /// Simulates a kill: the core is leaked, nothing is closed.
    fn kill(&mut self) {
        std::mem::forget(self.phone.take());
    }

    fn phone(&self) -> &HeadlessClient {
        self.phone.as_ref().unwrap()
    }

    fn list(&self) -> RequestsView {
        self.phone().core().requests().list().unwrap()
    }

    /// Returns the state of each card in the list's order.
    fn states(&self) -> Vec<String> {
        self.list().groups.into_iter().flat_map(|group| group.cards).map(|card| card.state.text).collect()
    }

    /// Waits until the list shows these states.
    async fn wait_for_states(&self, states: &[&str]) {
        let (sender, mut changes) = mpsc::unbounded_channel();
        let _observation = self.phone().core().observe(Arc::new(ChangeSender(sender)));
        let waiting = async {
            while self.states() != states {
                changes.recv().await.unwrap();
            }
        };
        let seen = timeout(TIMEOUT, waiting).await;
        assert!(seen.is_ok(), "expected {states:?}, found {:?}", self.states());
    }

    fn portal_database(&self) -> Connection {
        Connection::open(self.folder.path().join("portal/portal.sqlite")).unwrap()
    }

    /// Returns the services of the member's filed requests, by number.
    fn filed_services(&self) -> Vec<String> {
        let database = self.portal_database();
        let mut statement =
            database.prepare("SELECT service FROM requests WHERE ppr = ?1 ORDER BY number").unwrap();
        statement.query_map([MEMBER], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    }
}

struct ChangeSender(mpsc::UnboundedSender<Change>);

impl Observer for ChangeSender {
    fn on_change(&self, change: Change) {
        // The receiver is dropped once the states have matched.
        let _ = self.0.send(change);
    }
}

/// RIB without its check key.
const RIB: &str = "011 780 0000123456789012 ";

fn rib() -> String {
    (0..100).map(|key| format!("{RIB}{key:02}")).find(|rib| has_valid_key(rib)).unwrap()
}

fn has_valid_key(rib: &str) -> bool {
    let digits = rib.bytes().filter(u8::is_ascii_digit).take(22).chain(*b"00");
    let rest = digits.fold(0, |rest, digit| (rest * 10 + u32::from(digit - b'0')) % 97);
    rib.ends_with(&format!("{:02}", 97 - rest))
}

/// Fills in the form of the pilgrimage grant.
fn fill(form: &Form) {
    for (key, value) in [
        ("lottery", "local"),
        ("place", "rabat"),
        ("drawn-on", "1/10/2026"),
        ("departure", "15/05/2027"),
        ("rib", &rib()),
        ("phone", "0612345678"),
        ("first-time", "true"),
        ("honour", "true"),
    ] {
        form.set(key, value);
    }
}

/// Submits section after section until the request is sent.
async fn submit(form: &Arc<Form>) -> Result<SubmitOutcome, FosError> {
    loop {
        match Arc::clone(form).submit(Vec::new()).await? {
            SubmitOutcome::NextSection => {}
            outcome => return Ok(outcome),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_filed_online_has_its_number_and_its_receipt() {
    let fixture = Fixture::start().await;
    let requests = fixture.phone().core().requests();
    let form = Arc::clone(&requests).form(HAJJ_GRANT.to_owned()).await.unwrap();
    fill(&form);
    let problems: Vec<_> = form.view().fields.into_iter().filter_map(|field| field.problem).collect();
    assert_eq!(problems, Vec::<String>::new());
    let outcome = submit(&form).await.unwrap_or_else(|error| panic!("{error}: {:#?}", form.view().fields));
    let SubmitOutcome::Filed { message, .. } = outcome else { panic!("{outcome:?}") };
    assert!(message.contains("2026-000001"));
    fixture.wait_for_states(&["مودع"]).await;
    assert_eq!(fixture.filed_services(), [HAJJ_GRANT]);
    fixture.portal.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_queued_offline_is_sent_after_a_kill_once_the_network_is_back() {
    let mut fixture = Fixture::start().await;
    let requests = fixture.phone().core().requests();
    let form = requests.form(HAJJ_GRANT.to_owned()).await.unwrap();
    fixture.proxy.set_condition(NetworkCondition::Down);
    fill(&form);
    submit(&form).await.unwrap();
    assert_eq!(fixture.states(), ["سيُرسل"]);
    fixture.kill();
    fixture.open_phone();
    fixture.wait_for_states(&["سيُرسل"]).await;
    assert_eq!(fixture.filed_services(), Vec::<String>::new());
    fixture.proxy.set_condition(NetworkCondition::Up);
    fixture.phone().core().requests().refresh().await.unwrap();
    fixture.wait_for_states(&["مودع"]).await;
    assert_eq!(fixture.filed_services(), [HAJJ_GRANT]);
    fixture.portal.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_response_files_nothing_twice() {
    let fixture = Fixture::start().await;
    let form = fixture.phone().core().requests().form(HAJJ_GRANT.to_owned()).await.unwrap();
    fixture.proxy.set_condition(NetworkCondition::Silent);
    fill(&form);
    submit(&form).await.unwrap();
    assert_eq!(
        (fixture.states(), fixture.filed_services()),
        (vec!["سيُرسل".to_owned()], vec![HAJJ_GRANT.to_owned()])
    );
    fixture.proxy.set_condition(NetworkCondition::Up);
    fixture.phone().core().requests().refresh().await.unwrap();
    fixture.wait_for_states(&["مودع"]).await;
    assert_eq!(fixture.filed_services(), [HAJJ_GRANT]);
    fixture.portal.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_filed_without_a_response_and_then_edited_is_not_filed_twice() {
    let fixture = Fixture::start().await;
    let requests = fixture.phone().core().requests();
    let form = Arc::clone(&requests).form(HAJJ_GRANT.to_owned()).await.unwrap();
    fixture.proxy.set_condition(NetworkCondition::Silent);
    fill(&form);
    submit(&form).await.unwrap();
    let card = fixture.list().groups.remove(0).cards.remove(0);
    let RequestTarget::Queued { key } = card.target else { panic!("{card:?}") };
    assert_eq!(requests.return_to_draft(&key).unwrap(), HAJJ_GRANT);
    fixture.proxy.set_condition(NetworkCondition::Up);
    fixture.phone().refresh_services().await.unwrap();
    let form = Arc::clone(&requests).form(HAJJ_GRANT.to_owned()).await.unwrap();
    form.set("phone", "0712345678");
    submit(&form).await.unwrap();
    requests.refresh().await.unwrap();
    fixture.wait_for_states(&["يحتاج إلى مراجعة", "مودع"]).await;
    assert_eq!(fixture.filed_services(), [HAJJ_GRANT]);
    fixture.portal.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pausing_the_app_during_a_send_leaves_no_draft() {
    let mut fixture = Fixture::start().await;
    let form = fixture.phone().core().requests().form(HAJJ_GRANT.to_owned()).await.unwrap();
    fixture.proxy.set_condition(NetworkCondition::Silent);
    fill(&form);
    let sending = tokio::spawn(async move { submit(&form).await });
    fixture.wait_for_states(&["سيُرسل"]).await;
    fixture.phone().core().pause();
    assert_eq!(fixture.states(), ["سيُرسل"], "a draft left behind could be filed a second time");
    fixture.kill();
    sending.abort();
    fixture.proxy.set_condition(NetworkCondition::Up);
    fixture.open_phone();
    fixture.wait_for_states(&["مودع"]).await;
    assert_eq!(fixture.filed_services(), [HAJJ_GRANT]);
    fixture.portal.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn typed_values_survive_a_kill() {
    let mut fixture = Fixture::start().await;
    let form = fixture.phone().core().requests().form(HAJJ_GRANT.to_owned()).await.unwrap();
    form.set("lottery", "agency");
    form.set("agency-name", "وكالة تجربة");
    fixture.phone().core().pause();
    fixture.kill();
    fixture.proxy.set_condition(NetworkCondition::Down);
    fixture.open_phone();
    fixture.wait_for_states(&["مسودة"]).await;
    let form = fixture.phone().core().requests().form(HAJJ_GRANT.to_owned()).await.unwrap();
    let field = form.view().fields.into_iter().find(|field| field.key == "agency-name").unwrap();
    assert_eq!(field.value, "وكالة تجربة");
    fixture.portal.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_of_a_newer_level_asks_for_an_update_and_keeps_the_draft() {
    let fixture = Fixture::start().await;
    let requests = fixture.phone().core().requests();
    let form = Arc::clone(&requests).form(HAJJ_GRANT.to_owned()).await.unwrap();
    form.set("lottery", "agency");
    form.set("agency-name", "وكالة تجربة");
    // The reference portal publishes forms of level 1 only; another portal may publish newer ones.
    let newer_form = r#"INSERT INTO forms SELECT service, 2,
        replace(replace(form, '"version":1', '"version":2'), '"level":1', '"level":2'), published_at
        FROM forms WHERE service = ?1"#;
    fixture.portal_database().execute(newer_form, [HAJJ_GRANT]).unwrap();
    fixture.phone().refresh_services().await.unwrap();
    let response = Arc::clone(&requests).form(HAJJ_GRANT.to_owned()).await;
    assert!(matches!(response, Err(FosError::UpdateNeeded { .. })), "{:?}", response.err());
    assert_eq!(fixture.states(), ["مسودة"]);
    fixture
        .portal_database()
        .execute("DELETE FROM forms WHERE service = ?1 AND version = 2", [HAJJ_GRANT])
        .unwrap();
    fixture.phone().refresh_services().await.unwrap();
    let form = requests.form(HAJJ_GRANT.to_owned()).await.unwrap();
    let field = form.view().fields.into_iter().find(|field| field.key == "agency-name").unwrap();
    assert_eq!(field.value, "وكالة تجربة");
    fixture.portal.stop().await;
}
