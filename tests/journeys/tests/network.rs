//! Cuts responses after any number of bytes: a first access continues once the network is back, loses nothing and
//! repeats nothing.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use fos_core::{FosError, Stage};
use fos_portal::{Portal, PortalConfig, SettableClock};
use fos_support::{
    files::copy_folder,
    headless_client::{ClientConfig, HeadlessClient},
    mailbox::Mailbox,
    proxy::{NetworkCondition, NetworkProxy},
    seed::{self, PASSWORD, START_TIME, SeedMember},
};
use fos_wire::LocalizedText;
use jiff::SignedDuration;
use rusqlite::Connection;
use tokio::task::JoinSet;

/// Longer than every response, head and body together, except those of the charter and the services; asserted below.
const LONGEST_ACTION_RESPONSE: usize = 1_200;
/// Distance of two cuts within a response. A prime, so that no regularity of the responses hides from it.
const STRIDE: usize = 13;
/// Longer than every response.
const BEYOND_EVERY_RESPONSE: usize = 200_000;
/// Number of phones at the same time.
const CONCURRENCY: usize = 48;

/// Returns the lengths after which responses are cut; every single one with `FOS_EVERY_BYTE=1`.
fn cut_positions() -> Vec<usize> {
    let stride = if std::env::var_os("FOS_EVERY_BYTE").is_some() { 1 } else { STRIDE };
    let within_actions = (0..LONGEST_ACTION_RESPONSE).step_by(stride);
    let within_texts = (LONGEST_ACTION_RESPONSE..40_000).step_by(3_001);
    within_actions.chain(within_texts).chain([BEYOND_EVERY_RESPONSE]).collect()
}

/// Member of one cut position, with a phone and a proxy of their own.
struct CutMember {
    cut_after: usize,
    member: SeedMember,
    phone: HeadlessClient,
    proxy: NetworkProxy,
    /// Steps that failed because of the cut.
    interrupted: Vec<Step>,
    mailed_password: String,
}

fn member(number: usize) -> SeedMember {
    SeedMember {
        kind: "active".to_owned(),
        ppr: format!("1{number:06}"),
        cin: format!("AB{number:06}"),
        pension_number: None,
        emails: vec![format!("membre.{number}@finances.test")],
        name: LocalizedText { ar: "عضو تجربة".to_owned(), fr: "Membre Essai".to_owned() },
        family: Vec::new(),
    }
}

/// Writes a copy of the portal's seed with these members instead of its own.
fn write_seed(folder: &Path, count: usize) -> PathBuf {
    let seed = folder.join("seed");
    copy_folder(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../portal/seed")), &seed).unwrap();
    seed::write_members(&seed, (0..count).map(member).collect()).unwrap();
    seed
}

/// Portal, clock, mailbox, and the passwords mailed so far.
struct TestPortal {
    portal: Portal,
    address: SocketAddr,
    clock: Arc<SettableClock>,
    mailbox: Mailbox,
    passwords: BTreeMap<String, Vec<String>>,
    folder: tempfile::TempDir,
}

impl TestPortal {
    async fn start(count: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mailbox = Mailbox::start().await.unwrap();
        let clock = Arc::new(SettableClock::new(START_TIME.parse().unwrap()));
        let mut config = PortalConfig::for_tests(folder.path().join("portal"), mailbox.addr());
        config.seed = write_seed(folder.path(), count);
        config.clock = clock.clone();
        let portal = Portal::start(config).await.unwrap();
        let address = portal.url().trim_start_matches("http://").parse().unwrap();
        Self { portal, address, clock, mailbox, passwords: BTreeMap::new(), folder }
    }

    async fn cut_member(&self, number: usize, cut_after: usize) -> CutMember {
        let proxy = NetworkProxy::start(self.address, None).await.unwrap();
        let data = self.folder.path().join(format!("phone-{number}"));
        let phone = HeadlessClient::open(
            &data,
            ClientConfig { portal_url: format!("http://{}", proxy.address()), ..ClientConfig::default() },
        )
        .unwrap();
        CutMember {
            cut_after,
            member: member(number),
            phone,
            proxy,
            interrupted: Vec::new(),
            mailed_password: String::new(),
        }
    }

    async fn password_mailed_to(&mut self, address: &str) -> String {
        while !self.passwords.contains_key(address) {
            let mail = self.mailbox.next_beside_notices(Duration::from_mins(1)).await.unwrap();
            self.passwords.entry(mail.to[0].clone()).or_default().push(mail.password().unwrap());
        }
        self.passwords[address][0].clone()
    }
}

/// Steps of each member, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    RequestPassword,
    SignIn,
    ReadCharter,
    AcceptCharter,
    SetPassword,
    RefreshServices,
}

impl CutMember {
    async fn attempt(&self, step: Step) -> Result<(), FosError> {
        match step {
            Step::RequestPassword => self.phone.request_password(&self.member).await,
            Step::SignIn => self.phone.sign_in(&self.member.ppr, &self.mailed_password).await,
            Step::ReadCharter => self.phone.core().access().charter().await.map(|_| ()),
            Step::AcceptCharter => self.phone.accept_charter().await,
            Step::SetPassword => self.phone.set_password(PASSWORD).await,
            Step::RefreshServices => self.phone.refresh_services().await,
        }
    }

    /// Runs a step over the cut network, and again over the restored one if it failed.
    async fn run_through_cut(mut self, step: Step) -> Self {
        if matches!(step, Step::SignIn) {
            // Otherwise the captcha's request would be cut, and the sign-in never sent.
            self.phone.solve_captcha().await.unwrap();
        }
        self.proxy.set_condition(NetworkCondition::Cut(self.cut_after));
        let first_attempt = self.attempt(step).await;
        self.proxy.set_condition(NetworkCondition::Up);
        match first_attempt {
            Ok(()) => {}
            Err(FosError::Offline { .. }) => {
                self.interrupted.push(step);
                if let Err(error) = self.attempt(step).await {
                    panic!("cut after {} bytes, then restored, {step:?}: {error:?}", self.cut_after);
                }
            }
            Err(error) => panic!("cut after {} bytes, {step:?}: {error:?}", self.cut_after),
        }
        self
    }
}

async fn run_on_all(members: Vec<CutMember>, step: Step) -> Vec<CutMember> {
    let running: JoinSet<CutMember> =
        members.into_iter().map(|cut_member| cut_member.run_through_cut(step)).collect();
    let mut done = running.join_all().await;
    done.sort_by_key(|cut_member| cut_member.cut_after);
    done
}

async fn run_batch(test_portal: &mut TestPortal, batch: &[(usize, usize)]) {
    let mut members = Vec::new();
    for (number, cut_after) in batch {
        members.push(test_portal.cut_member(*number, *cut_after).await);
    }
    members = run_on_all(members, Step::RequestPassword).await;
    for cut_member in &mut members {
        cut_member.mailed_password = test_portal.password_mailed_to(&cut_member.member.emails[0]).await;
    }
    for step in [Step::SignIn, Step::ReadCharter, Step::AcceptCharter, Step::SetPassword] {
        members = run_on_all(members, step).await;
    }
    // The access token expires: the next refresh of the services renews the session first.
    test_portal.clock.advance(SignedDuration::from_mins(16));
    for _ in ["with a renewal", "without"] {
        members = run_on_all(members, Step::RefreshServices).await;
    }
    for cut_member in &members {
        assert_eq!(cut_member.phone.core().stage(), Stage::Space, "cut after {} bytes", cut_member.cut_after);
        let list = cut_member.phone.core().services().list("", "all").unwrap();
        assert!(!list.groups.is_empty(), "cut after {} bytes, no service is stored", cut_member.cut_after);
        let texts = [Step::ReadCharter, Step::RefreshServices];
        let in_an_action = cut_member.interrupted.iter().any(|step| !texts.contains(step));
        assert!(
            cut_member.cut_after < LONGEST_ACTION_RESPONSE || !in_an_action,
            "an action's response is longer than assumed"
        );
        assert!(
            cut_member.cut_after < BEYOND_EVERY_RESPONSE || cut_member.interrupted.is_empty(),
            "a response is longer than assumed"
        );
        assert!(
            cut_member.cut_after >= 40 || cut_member.interrupted.len() >= 6,
            "cut after {} bytes interrupted too few steps",
            cut_member.cut_after
        );
    }
}

/// Asserts by the portal's audit log that each step took effect exactly once.
fn assert_audited_once(data: &Path, ppr: &str, cut_after: usize) {
    let database = Connection::open(data.join("portal.sqlite")).unwrap();
    let count = |event: &str| -> i64 {
        let mut query =
            database.prepare("SELECT count(*) FROM audit WHERE ppr = ?1 AND event LIKE ?2").unwrap();
        query.query_row([ppr, event], |row| row.get(0)).unwrap()
    };
    assert_eq!(count("charter % accepted"), 1, "acceptances of the member cut after {cut_after} bytes");
    assert_eq!(count("password set%"), 1, "passwords of the member cut after {cut_after} bytes");
    assert_eq!(count("password mailed"), 1, "mails to the member cut after {cut_after} bytes");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn first_access_completes_exactly_once_wherever_a_response_is_cut() {
    let cut_positions: Vec<(usize, usize)> = cut_positions().into_iter().enumerate().collect();
    let mut test_portal = TestPortal::start(cut_positions.len()).await;
    for batch in cut_positions.chunks(CONCURRENCY) {
        run_batch(&mut test_portal, batch).await;
    }
    test_portal.portal.stop().await;
    for (number, cut_after) in cut_positions {
        assert_audited_once(&test_portal.folder.path().join("portal"), &member(number).ppr, cut_after);
    }
}
