//! Every journey over the core, and what a face may do wrong.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

use std::{
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpStream},
    sync::Mutex,
    thread,
    time::Duration,
};

use fos_journeys::{
    face::{Alive, FaceCommand, Launcher, Surroundings},
    journey::{self, Act, Journey},
    shelf,
    walk::{Walking, walk},
};
use futures_util::stream::{self, StreamExt};

/// Most of a journey's time is spent waiting for what broke.
const AT_ONCE: usize = 4;

fn core() -> FaceCommand {
    FaceCommand {
        program: env!("CARGO_BIN_EXE_fos-face-core").to_owned(),
        arguments: Vec::new(),
        surroundings: Vec::new(),
        folder: None,
    }
}

fn short(lines: &str) -> Journey {
    journey::read("short", &format!("title ar تجربة\ntitle fr Essai\nstep 1 x\n{lines}"), &|_| None).unwrap()
}

async fn failure(launcher: &dyn Launcher, lines: &str) -> String {
    let how = Walking { launcher, patience: Duration::from_millis(300), pictures: None, say: &|_| {} };
    walk(&short(lines), &how).await.expect_err("the journey should have failed").to_string()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_journey_reaches_its_end_over_the_core() {
    let journeys = shelf::all().unwrap();
    assert!(journeys.len() >= 30, "a journey got lost: {}", journeys.len());
    let steps = |journey: &Journey| journey.steps.len();
    let walks = stream::iter(&journeys).map(|journey| async move {
        let printed = Mutex::new(Vec::new());
        let say = |line: &str| printed.lock().unwrap().push(line.to_owned());
        let how = Walking { launcher: &core(), patience: Duration::from_secs(20), pictures: None, say: &say };
        if let Err(failure) = walk(journey, &how).await {
            panic!("\n{}\n{failure}", printed.lock().unwrap().join("\n"));
        }
        let well = printed.lock().unwrap().iter().filter(|line| line.starts_with('✓')).count();
        assert_eq!(well, steps(journey), "{}", journey.name);
    });
    walks.buffer_unordered(AT_ONCE).collect::<Vec<()>>().await;
}

#[test]
fn the_readme_lists_every_journey_and_no_other() {
    let readme = include_str!("../README.md");
    let listed: Vec<&str> =
        readme.lines().filter(|line| line.starts_with("| `") && line.ends_with(" |")).collect();
    let journeys = shelf::all().unwrap();
    for journey in &journeys {
        let row = format!("| `{}` | {} |", journey.name, journey.french);
        assert!(listed.contains(&row.as_str()), "the README has no row:\n{row}");
    }
    let section = readme.split("## The journeys").nth(1).and_then(|rest| rest.split("## ").next()).unwrap();
    assert_eq!(
        section.matches("\n| `").count(),
        journeys.len(),
        "the README lists a journey that is no more"
    );
}

#[test]
fn both_languages_and_both_kinds_of_member_are_walked() {
    let journeys = shelf::all().unwrap();
    let french = journeys.iter().filter(|journey| journey.phone == "fr-MA").count();
    assert!(french >= 15 && journeys.len() - french >= 15, "{french} of {} in French", journeys.len());
    let steps =
        |journey: &Journey| journey.steps.iter().flat_map(|step| step.lines.clone()).collect::<Vec<_>>();
    let acts = |wanted: &dyn Fn(&Act) -> bool| {
        journeys.iter().filter(|journey| steps(journey).iter().any(|line| wanted(&line.act))).count()
    };
    assert!(acts(&|act| *act == Act::Tap("kind:retired".to_owned())) >= 4);
    assert!(acts(&|act| matches!(act, Act::Kill(_))) >= 2);
    assert_eq!(journeys.iter().filter(|journey| journey.tls).count(), 3);
}

#[tokio::test]
async fn a_button_that_is_not_there_is_told_with_what_is() {
    let told = failure(&core(), "tap accept").await;
    assert!(told.contains("line 4: tap accept"), "{told}");
    assert!(told.contains("there is no `accept` on `sign-in`"), "{told}");
    assert!(told.contains("ask-password"), "{told}");
}

#[tokio::test]
async fn a_wrong_screen_text_or_field_is_told_with_what_the_screen_showed() {
    for line in ["see services", "read «ليس هنا»", "holds ppr «0123456»"] {
        let told = failure(&core(), line).await;
        assert!(told.contains(line) && told.contains("the screen was `sign-in`"), "{told}");
    }
    assert!(failure(&core(), "type cin AB1").await.contains("no field `cin`"));
    assert!(failure(&core(), "back").await.contains("leave the app"));
}

#[tokio::test]
async fn a_password_that_no_mail_brought_cannot_be_typed() {
    assert!(failure(&core(), "type password {mailed}").await.contains("no mail has come yet"));
}

#[tokio::test]
async fn a_mail_that_was_sent_is_caught_by_no_mail() {
    let asked = "tap ask-password\ntap kind:active\ntype ppr 0123456\ntype cin AB123456\n\
                 type email membre.essai@finances.test\ntap send\nno mail";
    let told = failure(&core(), asked).await;
    assert!(told.contains("a mail was sent to membre.essai@finances.test"), "{told}");
}

#[tokio::test]
async fn a_program_that_ends_at_once_is_told_with_its_last_words() {
    let mut face = core();
    face.program = "sh".to_owned();
    face.arguments = vec!["-c".to_owned(), "echo no display >&2; exit 3".to_owned()];
    let told = failure(&face, "see sign-in").await;
    assert!(told.contains("exit status: 3") && told.contains("no display"), "{told}");
}

/// A face that says these lines, one to each that it hears.
struct Scripted(&'static [&'static str]);

struct Thread;

impl Alive for Thread {
    fn kill(&mut self) {}

    fn ended(&mut self) -> Option<String> {
        None
    }
}

impl Launcher for Scripted {
    fn launch(&self, runner: SocketAddr, _around: &Surroundings) -> std::io::Result<Box<dyn Alive>> {
        let lines = self.0;
        thread::spawn(move || -> std::io::Result<()> {
            let mut stream = TcpStream::connect(runner)?;
            let mut heard = BufReader::new(stream.try_clone()?).lines();
            for line in lines {
                writeln!(stream, "{line}")?;
                if heard.next().is_none() {
                    break;
                }
            }
            Ok(())
        });
        Ok(Box::new(Thread))
    }
}

const SKIPS: &str = r#"{"ok":true,"skipped":true}"#;
const RESTS: &str = r#"{"ok":true,"screen":"services","texts":[],"fields":{},"busy":false}"#;
const REFUSAL: &str = r#"{"ok":false,"why":"the screen is locked"}"#;
const HELLO: &str = r#"{"face":"fake"}"#;

#[tokio::test]
async fn a_face_that_talks_nonsense_is_told_in_its_own_words() {
    assert!(failure(&Scripted(&["ready!"]), "see sign-in").await.contains("first words were ready!"));
    assert!(failure(&Scripted(&[HELLO, "yes"]), "see sign-in").await.contains("not an answer: yes"));
    let silent = failure(&Scripted(&[HELLO, r#"{"ok":true}"#, "-"]), "see sign-in").await;
    assert!(silent.contains("without saying what it shows"), "{silent}");
}

#[tokio::test]
async fn a_face_that_leaves_or_refuses_is_told() {
    assert!(failure(&Scripted(&[HELLO]), "see sign-in").await.contains("the face has gone"));
    assert!(failure(&Scripted(&[HELLO, REFUSAL, "-"]), "see sign-in").await.contains("the screen is locked"));
}

#[tokio::test]
async fn a_face_that_skips_what_it_is_asked_fails_its_journey() {
    let told = failure(&Scripted(&[HELLO, RESTS, SKIPS, "-"]), "pull").await;
    assert!(told.contains("the face skipped what it was asked"), "{told}");
}

#[tokio::test]
async fn what_happens_around_a_phone_is_told_when_it_cannot_happen() {
    for (line, why) in [
        ("portal starts", "the portal runs already"),
        ("mail server up", "the mail server is up already"),
        ("operator services open no-such-service", "no service no-such-service"),
        ("answered «nothing of the kind»", "the desk's command printed"),
        ("elsewhere ended", "nobody signed in elsewhere"),
        ("kill spoiling member", "the phone has no such file"),
    ] {
        let told = failure(&core(), line).await;
        assert!(told.contains(why), "{line}: {told}");
    }
}

#[tokio::test]
async fn a_sealed_journey_in_which_nobody_speaks_http2_fails_at_its_end() {
    let text = "title ar أ\ntitle fr b\ntls\nstep 1 x\nsee services";
    let journey = journey::read("short", text, &|_| None).unwrap();
    // A face that never asks the portal for anything.
    let how = Walking {
        launcher: &Scripted(&[HELLO, RESTS, "-"]),
        patience: Duration::from_secs(5),
        pictures: None,
        say: &|_| {},
    };
    let told = walk(&journey, &how).await.expect_err("no HTTP/2 was spoken").to_string();
    assert!(told.contains("no request came over HTTP/2"), "{told}");
}

#[tokio::test]
async fn a_face_that_never_stops_being_busy_is_told() {
    const BUSY: &str = r#"{"ok":true,"screen":"sign-in","texts":[],"fields":{},"busy":true}"#;
    let told =
        failure(&Scripted(&[HELLO, BUSY, BUSY, BUSY, BUSY, BUSY, BUSY, BUSY, BUSY, BUSY]), "back").await;
    assert!(told.contains("stays busy") || told.contains("has gone"), "{told}");
}
