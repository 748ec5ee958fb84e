//! The line breaks at any byte of any answer: the member goes on once it is back, nothing is lost, nothing is twice.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop where it stands")]

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use fos_core::{FosError, Stage};
use fos_journeys::{
    on_file::{self, OnFile},
    other_phone::{Given, OtherPhone},
    road::{Condition, Road},
};
use fos_portal::{Portal, PortalConfig, SettableClock, mailbox::Mailbox};
use jiff::SignedDuration;
use rusqlite::Connection;
use tokio::task::JoinSet;

/// No answer but the charter's and the services' is longer, head and body together; the last of the positions shows it.
const LONGEST_ACT: usize = 1_200;
/// Between two positions within an act's answer. Prime, so that no rhythm of the answers hides from it.
const STRIDE: usize = 13;
/// Past every answer there is.
const PAST_ALL: usize = 200_000;
/// As many phones as are in hands at once.
const AT_ONCE: usize = 48;

const OWN_PASSWORD: &str = "قهوة-الصباح-2026";

/// Where the line is cut: `FOS_EVERY_BYTE=1` leaves out none.
fn positions() -> Vec<usize> {
    let stride = if std::env::var_os("FOS_EVERY_BYTE").is_some() { 1 } else { STRIDE };
    let within_acts = (0..LONGEST_ACT).step_by(stride);
    let within_texts = (LONGEST_ACT..40_000).step_by(3_001);
    within_acts.chain(within_texts).chain([PAST_ALL]).collect()
}

/// One member for each position, with a phone and a road of their own.
struct Walker {
    at: usize,
    member: OnFile,
    phone: OtherPhone,
    road: Road,
    /// Where the cut was felt.
    felt: Vec<Thing>,
    mailed: String,
}

fn member(number: usize) -> OnFile {
    OnFile {
        kind: "active".to_owned(),
        ppr: format!("1{number:06}"),
        cin: format!("AB{number:06}"),
        pension_number: None,
        emails: vec![format!("membre.{number}@finances.test")],
    }
}

/// The portal's own seed, with these members in place of its own.
fn seed_with(folder: &Path, count: usize) -> PathBuf {
    let seed = folder.join("seed");
    on_file::copy(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../portal/seed")), &seed).unwrap();
    let mut members = String::new();
    for OnFile { ppr, cin, emails, .. } in (0..count).map(member) {
        let email = &emails[0];
        writeln!(
            members,
            "[[member]]\nppr = \"{ppr}\"\nkind = \"active\"\ncin = \"{cin}\"\n\
             name = {{ ar = \"عضو تجربة\", fr = \"Membre Essai\" }}\nemails = [\"{email}\"]\n"
        )
        .unwrap();
    }
    fs::write(seed.join("members.toml"), members).unwrap();
    seed
}

/// The portal, its clock, its mailbox, and the letters read so far.
struct Around {
    portal: Portal,
    address: SocketAddr,
    clock: Arc<SettableClock>,
    mailbox: Mailbox,
    letters: BTreeMap<String, Vec<String>>,
    folder: tempfile::TempDir,
}

impl Around {
    async fn begin(count: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mailbox = Mailbox::start().await.unwrap();
        let clock = Arc::new(SettableClock::new("2026-11-24T09:00:00Z".parse().unwrap()));
        let mut config = PortalConfig::for_tests(folder.path().join("portal"), mailbox.addr());
        config.seed = seed_with(folder.path(), count);
        config.clock = clock.clone();
        let portal = Portal::start(config).await.unwrap();
        let address = portal.url().trim_start_matches("http://").parse().unwrap();
        Self { portal, address, clock, mailbox, letters: BTreeMap::new(), folder }
    }

    async fn walker(&self, number: usize, at: usize) -> Walker {
        let road = Road::open(self.address, None).await.unwrap();
        let data = self.folder.path().join(format!("phone-{number}"));
        fs::create_dir_all(&data).unwrap();
        let phone = OtherPhone::switch_on(
            &data,
            Given { portal: format!("http://{}", road.address()), ..Given::default() },
        )
        .unwrap();
        Walker { at, member: member(number), phone, road, felt: Vec::new(), mailed: String::new() }
    }

    async fn password_for(&mut self, address: &str) -> String {
        while !self.letters.contains_key(address) {
            let mail = self.mailbox.next(Duration::from_mins(1)).await.unwrap();
            self.letters.entry(mail.to[0].clone()).or_default().push(mail.password().unwrap());
        }
        self.letters[address][0].clone()
    }
}

/// What each member does, one thing after another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Thing {
    Ask,
    SignIn,
    ReadCharter,
    Accept,
    ChoosePassword,
    LookAtServices,
}

impl Walker {
    async fn attempt(&self, thing: Thing) -> Result<(), FosError> {
        match thing {
            Thing::Ask => self.phone.ask_for_password(&self.member).await,
            Thing::SignIn => self.phone.sign_in(&self.member.ppr, &self.mailed).await,
            Thing::ReadCharter => self.phone.core().access().charter().await.map(|_| ()),
            Thing::Accept => self.phone.accept_charter().await,
            Thing::ChoosePassword => self.phone.choose_password(OWN_PASSWORD).await,
            Thing::LookAtServices => self.phone.look_at_services().await,
        }
    }

    /// Tries it over a line that breaks, and once more when the line is back.
    async fn through_the_cut(mut self, thing: Thing) -> Self {
        if matches!(thing, Thing::SignIn) {
            // Else the robot box's own question would be cut, and the sign-in never asked.
            self.phone.prove_no_robot().await.unwrap();
        }
        self.road.becomes(Condition::Cut(self.at));
        let first = self.attempt(thing).await;
        self.road.becomes(Condition::Up);
        match first {
            Ok(()) => {}
            Err(FosError::Offline { .. }) => {
                self.felt.push(thing);
                if let Err(error) = self.attempt(thing).await {
                    panic!("cut after {} bytes, then back, {thing:?}: {error:?}", self.at);
                }
            }
            Err(error) => panic!("cut after {} bytes, {thing:?}: {error:?}", self.at),
        }
        self
    }
}

async fn all(walkers: Vec<Walker>, thing: Thing) -> Vec<Walker> {
    let walking: JoinSet<Walker> = walkers.into_iter().map(|walker| walker.through_the_cut(thing)).collect();
    let mut done = walking.join_all().await;
    done.sort_by_key(|walker| walker.at);
    done
}

async fn one_batch(around: &mut Around, batch: &[(usize, usize)]) {
    let mut walkers = Vec::new();
    for (number, at) in batch {
        walkers.push(around.walker(*number, *at).await);
    }
    walkers = all(walkers, Thing::Ask).await;
    for walker in &mut walkers {
        walker.mailed = around.password_for(&walker.member.emails[0]).await;
    }
    for thing in [Thing::SignIn, Thing::ReadCharter, Thing::Accept, Thing::ChoosePassword] {
        walkers = all(walkers, thing).await;
    }
    // The access token dies: the next look at the services renews it first.
    around.clock.advance(SignedDuration::from_mins(16));
    for _ in ["with a renewal", "without"] {
        walkers = all(walkers, Thing::LookAtServices).await;
    }
    for walker in &walkers {
        assert_eq!(walker.phone.core().stage(), Stage::Space, "cut after {} bytes", walker.at);
        let list = walker.phone.core().services().list("", "all").unwrap();
        assert!(!list.groups.is_empty(), "cut after {} bytes, no service is kept", walker.at);
        let texts = [Thing::ReadCharter, Thing::LookAtServices];
        let in_an_act = walker.felt.iter().any(|thing| !texts.contains(thing));
        assert!(walker.at < LONGEST_ACT || !in_an_act, "an act's answer is longer than was thought");
        assert!(walker.at < PAST_ALL || walker.felt.is_empty(), "an answer is longer than was thought");
        assert!(walker.at >= 40 || walker.felt.len() >= 6, "cut after {} bytes was hardly felt", walker.at);
    }
}

/// By the portal's own log (design §4).
fn assert_once_each(data: &Path, ppr: &str, at: usize) {
    let database = Connection::open(data.join("portal.sqlite")).unwrap();
    let count = |event: &str| -> i64 {
        let mut query =
            database.prepare("SELECT count(*) FROM audit WHERE ppr = ?1 AND event LIKE ?2").unwrap();
        query.query_row([ppr, event], |row| row.get(0)).unwrap()
    };
    assert_eq!(count("charter % accepted"), 1, "acceptances of who was cut after {at} bytes");
    assert_eq!(count("password set%"), 1, "passwords of who was cut after {at} bytes");
    assert_eq!(count("password mailed"), 1, "letters to who was cut after {at} bytes");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cut_at_any_byte_the_member_goes_on_and_nothing_is_lost_or_twice() {
    let positions: Vec<(usize, usize)> = positions().into_iter().enumerate().collect();
    let mut around = Around::begin(positions.len()).await;
    for batch in positions.chunks(AT_ONCE) {
        one_batch(&mut around, batch).await;
    }
    around.portal.stop().await;
    for (number, at) in positions {
        assert_once_each(&around.folder.path().join("portal"), &member(number).ppr, at);
    }
}
