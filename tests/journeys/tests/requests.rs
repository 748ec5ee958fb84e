//! «+»: a request is filed exactly once, whatever the line does, over the core and the real portal.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use std::{net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use fos_core::{Change, Form, FosError, Observer, RequestTarget, RequestsView};
use fos_journeys::{
    on_file,
    other_phone::{Given, OtherPhone},
    road::{Condition, Road},
};
use fos_portal::{Portal, PortalConfig, SettableClock, mailbox::Mailbox};
use rusqlite::Connection;
use tokio::{sync::mpsc, time::timeout};

const MEMBER: &str = "0123456";
const PASSWORD: &str = "قهوة-الصباح-2026";
/// Longer than any of it takes on a slow machine.
const PATIENCE: Duration = Duration::from_mins(1);
const HAJJ: &str = "hajj-grant";

/// A portal, a road to it, and a phone whose member has an account.
struct Scene {
    portal: Portal,
    road: Road,
    phone: Option<OtherPhone>,
    data: PathBuf,
    mailbox: Mailbox,
    folder: tempfile::TempDir,
}

impl Scene {
    async fn begin() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mailbox = Mailbox::start().await.unwrap();
        let mut config = PortalConfig::for_tests(folder.path().join("portal"), mailbox.addr());
        config.clock = Arc::new(SettableClock::new("2026-11-24T09:00:00Z".parse().unwrap()));
        let member = on_file::named(&config.seed, MEMBER).unwrap();
        let portal = Portal::start(config).await.unwrap();
        let address: SocketAddr = portal.url().trim_start_matches("http://").parse().unwrap();
        let road = Road::open(address, None).await.unwrap();
        let data = folder.path().join("phone");
        std::fs::create_dir_all(&data).unwrap();
        let mut scene = Self { portal, road, phone: None, data, mailbox, folder };
        scene.switch_on();
        let phone = scene.phone();
        phone.ask_for_password(&member).await.unwrap();
        let mailed = scene.mailbox.next(PATIENCE).await.unwrap().password().unwrap();
        phone.sign_in(MEMBER, &mailed).await.unwrap();
        phone.accept_charter().await.unwrap();
        phone.choose_password(PASSWORD).await.unwrap();
        phone.look_at_services().await.unwrap();
        scene
    }

    fn switch_on(&mut self) {
        let portal = format!("http://{}", self.road.address());
        self.phone = Some(OtherPhone::switch_on(&self.data, Given { portal, ..Given::default() }).unwrap());
    }

    /// Killed: nothing is closed in order.
    fn kill(&mut self) {
        std::mem::forget(self.phone.take());
    }

    fn phone(&self) -> &OtherPhone {
        self.phone.as_ref().unwrap()
    }

    fn list(&self) -> RequestsView {
        self.phone().core().requests().list().unwrap()
    }

    /// How each stands, by group and state.
    fn states(&self) -> Vec<String> {
        self.list().groups.into_iter().flat_map(|group| group.cards).map(|card| card.state.text).collect()
    }

    /// Waits until the list says this.
    async fn says(&self, states: &[&str]) {
        let (sender, mut changes) = mpsc::unbounded_channel();
        let _watch = self.phone().core().observe(Arc::new(Heard(sender)));
        let waiting = async {
            while self.states() != states {
                changes.recv().await.unwrap();
            }
        };
        let seen = timeout(PATIENCE, waiting).await;
        assert!(seen.is_ok(), "expected {states:?}, and it says {:?}", self.states());
    }

    fn portal_file(&self) -> Connection {
        Connection::open(self.folder.path().join("portal/portal.sqlite")).unwrap()
    }

    /// The requests that the portal has on file for the member, by service.
    fn on_file(&self) -> Vec<String> {
        let open = self.portal_file();
        let mut statement =
            open.prepare("SELECT service FROM requests WHERE ppr = ?1 ORDER BY number").unwrap();
        statement.query_map([MEMBER], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    }
}

struct Heard(mpsc::UnboundedSender<Change>);

impl Observer for Heard {
    fn on_change(&self, change: Change) {
        // Nobody listens any more once it was seen.
        let _ = self.0.send(change);
    }
}

/// A RIB whose key is right.
const RIB: &str = "011 780 0000123456789012 ";

fn rib() -> String {
    (0..100).map(|key| format!("{RIB}{key:02}")).find(|rib| is_whole(rib)).unwrap()
}

fn is_whole(rib: &str) -> bool {
    let digits = rib.bytes().filter(u8::is_ascii_digit).take(22).chain(*b"00");
    let rest = digits.fold(0, |rest, digit| (rest * 10 + u32::from(digit - b'0')) % 97);
    rib.ends_with(&format!("{:02}", 97 - rest))
}

/// Fills in the grant for the pilgrimage.
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

/// From part to part, until it is sent.
async fn send(form: &Arc<Form>) -> Result<(), FosError> {
    while form.view().done.is_none() {
        Arc::clone(form).submit(Vec::new()).await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_filed_online_has_its_number_and_its_receipt() {
    let scene = Scene::begin().await;
    let requests = scene.phone().core().requests();
    let form = Arc::clone(&requests).form(HAJJ.to_owned()).await.unwrap();
    fill(&form);
    let problems: Vec<_> = form.view().fields.into_iter().filter_map(|field| field.problem).collect();
    assert_eq!(problems, Vec::<String>::new());
    send(&form).await.unwrap_or_else(|why| panic!("{why}: {:#?}", form.view().fields));
    assert!(form.view().done.unwrap().contains("2026-000001"));
    scene.says(&["مودع"]).await;
    assert_eq!(scene.on_file(), [HAJJ]);
    scene.portal.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_sent_offline_leaves_when_the_network_is_back_though_the_app_was_killed() {
    let mut scene = Scene::begin().await;
    let requests = scene.phone().core().requests();
    let form = requests.form(HAJJ.to_owned()).await.unwrap();
    scene.road.becomes(Condition::Down);
    fill(&form);
    send(&form).await.unwrap();
    assert_eq!(scene.states(), ["سيُرسل"]);
    scene.kill();
    scene.switch_on();
    scene.says(&["سيُرسل"]).await;
    assert_eq!(scene.on_file(), Vec::<String>::new());
    scene.road.becomes(Condition::Up);
    scene.phone().core().requests().refresh().await.unwrap();
    scene.says(&["مودع"]).await;
    assert_eq!(scene.on_file(), [HAJJ]);
    scene.portal.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_is_lost_files_nothing_twice() {
    let scene = Scene::begin().await;
    let form = scene.phone().core().requests().form(HAJJ.to_owned()).await.unwrap();
    scene.road.becomes(Condition::Silent);
    fill(&form);
    send(&form).await.unwrap();
    assert_eq!((scene.states(), scene.on_file()), (vec!["سيُرسل".to_owned()], vec![HAJJ.to_owned()]));
    scene.road.becomes(Condition::Up);
    scene.phone().core().requests().refresh().await.unwrap();
    scene.says(&["مودع"]).await;
    assert_eq!(scene.on_file(), [HAJJ]);
    scene.portal.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_filed_unheard_and_then_changed_is_not_filed_a_second_time() {
    let scene = Scene::begin().await;
    let requests = scene.phone().core().requests();
    let form = Arc::clone(&requests).form(HAJJ.to_owned()).await.unwrap();
    scene.road.becomes(Condition::Silent);
    fill(&form);
    send(&form).await.unwrap();
    let card = scene.list().groups.remove(0).cards.remove(0);
    let RequestTarget::OutboxEntry { key } = card.target else { panic!("{card:?}") };
    assert_eq!(requests.return_to_draft(&key).unwrap(), HAJJ);
    scene.road.becomes(Condition::Up);
    scene.phone().look_at_services().await.unwrap();
    let form = Arc::clone(&requests).form(HAJJ.to_owned()).await.unwrap();
    form.set("phone", "0712345678");
    send(&form).await.unwrap();
    requests.refresh().await.unwrap();
    scene.says(&["يحتاج إلى مراجعة", "مودع"]).await;
    assert_eq!(scene.on_file(), [HAJJ]);
    scene.portal.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_turns_to_another_app_while_it_is_sent_finds_no_draft_of_it() {
    let mut scene = Scene::begin().await;
    let form = scene.phone().core().requests().form(HAJJ.to_owned()).await.unwrap();
    scene.road.becomes(Condition::Silent);
    fill(&form);
    let sending = tokio::spawn(async move { send(&form).await });
    scene.says(&["سيُرسل"]).await;
    scene.phone().core().pause();
    assert_eq!(scene.states(), ["سيُرسل"], "gone on with, the draft would be filed a second time");
    scene.kill();
    sending.abort();
    scene.road.becomes(Condition::Up);
    scene.switch_on();
    scene.says(&["مودع"]).await;
    assert_eq!(scene.on_file(), [HAJJ]);
    scene.portal.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_typed_is_found_again_after_a_kill() {
    let mut scene = Scene::begin().await;
    let form = scene.phone().core().requests().form(HAJJ.to_owned()).await.unwrap();
    form.set("lottery", "agency");
    form.set("agency-name", "وكالة تجربة");
    scene.phone().core().pause();
    scene.kill();
    scene.road.becomes(Condition::Down);
    scene.switch_on();
    scene.says(&["مسودة"]).await;
    let form = scene.phone().core().requests().form(HAJJ.to_owned()).await.unwrap();
    let found = form.view().fields.into_iter().find(|field| field.key == "agency-name").unwrap();
    assert_eq!(found.value, "وكالة تجربة");
    scene.portal.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_that_this_version_does_not_understand_asks_for_an_update_and_loses_nothing() {
    let scene = Scene::begin().await;
    let requests = scene.phone().core().requests();
    let form = Arc::clone(&requests).form(HAJJ.to_owned()).await.unwrap();
    form.set("lottery", "agency");
    form.set("agency-name", "وكالة تجربة");
    // The reference portal writes forms of the first level alone: one of its followers might not.
    let newer = r#"INSERT INTO forms SELECT service, 2,
        replace(replace(form, '"version":1', '"version":2'), '"level":1', '"level":2'), published_at
        FROM forms WHERE service = ?1"#;
    scene.portal_file().execute(newer, [HAJJ]).unwrap();
    scene.phone().look_at_services().await.unwrap();
    let told = Arc::clone(&requests).form(HAJJ.to_owned()).await;
    assert!(matches!(told, Err(FosError::UpdateNeeded { .. })), "{:?}", told.err());
    assert_eq!(scene.states(), ["مسودة"]);
    scene.portal_file().execute("DELETE FROM forms WHERE service = ?1 AND version = 2", [HAJJ]).unwrap();
    scene.phone().look_at_services().await.unwrap();
    let form = requests.form(HAJJ.to_owned()).await.unwrap();
    let found = form.view().fields.into_iter().find(|field| field.key == "agency-name").unwrap();
    assert_eq!(found.value, "وكالة تجربة");
    scene.portal.stop().await;
}
