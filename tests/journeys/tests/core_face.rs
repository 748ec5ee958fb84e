//! Runs every journey over the core's face, and the runner over misbehaving faces.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

use std::{
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpStream},
    sync::Mutex,
    thread,
    time::Duration,
};

use fos_journeys::{
    face::{FaceCommand, LaunchEnv, Launcher, RunningProcess},
    journey::{self, Action, Journey},
    loader,
    runner::{RunOptions, run_journey},
};
use futures_util::stream::{self, StreamExt};

/// Number of journeys at a time; most of their time is spent waiting.
const CONCURRENCY: usize = 4;

fn core_face() -> FaceCommand {
    FaceCommand {
        program: env!("CARGO_BIN_EXE_fos-face-core").to_owned(),
        arguments: Vec::new(),
        environment: Vec::new(),
        working_dir: None,
        reusable: false,
    }
}

fn journey_of(lines: &str) -> Journey {
    journey::parse("short", &format!("title ar تجربة\ntitle fr Essai\nstep 1 x\n{lines}"), &|_| None).unwrap()
}

/// Returns the failure of a journey whose last line waits in vain: for a moment only.
async fn failure_of(launcher: &dyn Launcher, lines: &str) -> String {
    failure_within(Duration::from_millis(300), launcher, lines).await
}

/// Returns the failure of a journey over the core whose last line fails at once, as soon as the app is idle: on a machine that
/// may be busy.
async fn refusal_of(lines: &str) -> String {
    failure_within(Duration::from_secs(20), &core_face(), lines).await
}

async fn failure_within(timeout: Duration, launcher: &dyn Launcher, lines: &str) -> String {
    let options = RunOptions { launcher, timeout, pictures: None, print: &|_| {} };
    run_journey(&journey_of(lines), &options).await.expect_err("the journey should have failed").to_string()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_journey_passes_over_the_core() {
    let journeys = loader::load_all().unwrap();
    assert!(journeys.len() >= 30, "a journey is missing: {}", journeys.len());
    let steps = |journey: &Journey| journey.steps.len();
    let runs = stream::iter(&journeys).map(|journey| async move {
        let printed = Mutex::new(Vec::new());
        let print = |line: &str| printed.lock().unwrap().push(line.to_owned());
        let options = RunOptions {
            launcher: &core_face(),
            timeout: Duration::from_secs(20),
            pictures: None,
            print: &print,
        };
        if let Err(failure) = run_journey(journey, &options).await {
            panic!("\n{}\n{failure}", printed.lock().unwrap().join("\n"));
        }
        let passed = printed.lock().unwrap().iter().filter(|line| line.starts_with('✓')).count();
        assert_eq!(passed, steps(journey), "{}", journey.name);
    });
    runs.buffer_unordered(CONCURRENCY).collect::<Vec<()>>().await;
}

#[test]
fn the_readme_lists_exactly_the_existing_journeys() {
    let readme = include_str!("../README.md");
    let listed: Vec<&str> =
        readme.lines().filter(|line| line.starts_with("| `") && line.ends_with(" |")).collect();
    let journeys = loader::load_all().unwrap();
    for journey in &journeys {
        let row = format!("| `{}` | {} |", journey.name, journey.title_fr);
        assert!(listed.contains(&row.as_str()), "the README has no row:\n{row}");
    }
    let section = readme.split("## The journeys").nth(1).and_then(|rest| rest.split("## ").next()).unwrap();
    assert_eq!(
        section.matches("\n| `").count(),
        journeys.len(),
        "the README lists a journey that does not exist"
    );
}

#[test]
fn journeys_cover_both_languages_and_both_kinds_of_member() {
    let journeys = loader::load_all().unwrap();
    let french = journeys.iter().filter(|journey| journey.language == "fr-MA").count();
    assert!(french >= 15 && journeys.len() - french >= 15, "{french} of {} in French", journeys.len());
    let steps =
        |journey: &Journey| journey.steps.iter().flat_map(|step| step.lines.clone()).collect::<Vec<_>>();
    let journeys_with = |matches: &dyn Fn(&Action) -> bool| {
        journeys.iter().filter(|journey| steps(journey).iter().any(|line| matches(&line.action))).count()
    };
    assert!(journeys_with(&|action| *action == Action::Tap("kind:retired".to_owned())) >= 4);
    assert!(journeys_with(&|action| matches!(action, Action::Kill(_))) >= 2);
    assert_eq!(journeys.iter().filter(|journey| journey.tls).count(), 3);
}

#[tokio::test]
async fn tapping_an_absent_button_reports_the_present_ones() {
    let failure = refusal_of("tap accept").await;
    assert!(failure.contains("line 4: tap accept"), "{failure}");
    assert!(failure.contains("there is no `accept` on `sign-in`"), "{failure}");
    assert!(failure.contains("ask-password"), "{failure}");
}

#[tokio::test]
async fn a_failed_expectation_reports_the_screen() {
    for line in ["see services", "read «ليس هنا»", "holds ppr «0123456»"] {
        let failure = failure_of(&core_face(), line).await;
        assert!(failure.contains(line) && failure.contains("the screen was `sign-in`"), "{failure}");
    }
    assert!(refusal_of("type cin AB1").await.contains("no field `cin`"));
    assert!(refusal_of("back").await.contains("leave the app"));
}

#[tokio::test]
async fn the_mailed_password_cannot_be_typed_before_a_mail_arrives() {
    assert!(refusal_of("type password {mailed}").await.contains("no mail has come yet"));
}

#[tokio::test]
async fn no_mail_fails_if_a_mail_was_sent() {
    let lines = "tap ask-password\ntap kind:active\ntype ppr 0123456\ntype cin AB123456\n\
                 type email membre.essai@finances.test\ntap send\nno mail";
    let failure = refusal_of(lines).await;
    assert!(failure.contains("a mail was sent to membre.essai@finances.test"), "{failure}");
}

#[tokio::test]
async fn a_face_that_exits_at_once_is_reported_with_its_log() {
    let mut face = core_face();
    face.program = "sh".to_owned();
    face.arguments = vec!["-c".to_owned(), "echo no display >&2; exit 3".to_owned()];
    let failure = failure_of(&face, "see sign-in").await;
    assert!(failure.contains("exit status: 3") && failure.contains("no display"), "{failure}");
}

/// Face that sends these lines, one per line received.
struct ScriptedFace(&'static [&'static str]);

struct NoProcess;

impl RunningProcess for NoProcess {
    fn kill(&mut self) {}

    fn exit_status(&mut self) -> Option<String> {
        None
    }

    fn release(self: Box<Self>) {}
}

impl Launcher for ScriptedFace {
    fn launch(
        &self,
        runner: SocketAddr,
        _launch_env: &LaunchEnv,
    ) -> std::io::Result<Box<dyn RunningProcess>> {
        let lines = self.0;
        thread::spawn(move || -> std::io::Result<()> {
            let mut stream = TcpStream::connect(runner)?;
            let mut requests = BufReader::new(stream.try_clone()?).lines();
            for line in lines {
                writeln!(stream, "{line}")?;
                if requests.next().is_none() {
                    break;
                }
            }
            Ok(())
        });
        Ok(Box::new(NoProcess))
    }
}

const SKIPPED: &str = r#"{"ok":true,"skipped":true}"#;
const IDLE: &str = r#"{"ok":true,"screen":"services","texts":[],"fields":{},"busy":false}"#;
const REFUSAL: &str = r#"{"ok":false,"why":"the screen is locked"}"#;
const HELLO: &str = r#"{"face":"fake"}"#;

#[tokio::test]
async fn invalid_lines_from_a_face_are_quoted_in_the_failure() {
    assert!(failure_of(&ScriptedFace(&["ready!"]), "see sign-in").await.contains("first line was ready!"));
    assert!(failure_of(&ScriptedFace(&[HELLO, "yes"]), "see sign-in").await.contains("not a response: yes"));
    let silent = failure_of(&ScriptedFace(&[HELLO, r#"{"ok":true}"#, "-"]), "see sign-in").await;
    assert!(silent.contains("has no screen"), "{silent}");
}

#[tokio::test]
async fn a_face_that_exits_or_refuses_fails_the_journey() {
    assert!(failure_of(&ScriptedFace(&[HELLO]), "see sign-in").await.contains("the face is gone"));
    assert!(
        failure_of(&ScriptedFace(&[HELLO, REFUSAL, "-"]), "see sign-in")
            .await
            .contains("the screen is locked")
    );
}

#[tokio::test]
async fn a_face_that_skips_a_verb_fails_the_journey() {
    let failure = failure_of(&ScriptedFace(&[HELLO, IDLE, SKIPPED, "-"]), "pull").await;
    assert!(failure.contains("the face skipped the verb"), "{failure}");
}

#[tokio::test]
async fn a_face_whose_second_touch_acts_fails_the_journey() {
    const DONE: &str = r#"{"ok":true}"#;
    const FORM: &str = r#"{"ok":true,"screen":"request-form","texts":[],"fields":{},"busy":false}"#;
    const FILED: &str = r#"{"ok":true,"screen":"request","texts":[],"fields":{},"busy":false}"#;
    // Idle, touched, idle; the second touch files.
    let filing =
        ScriptedFace(&[HELLO, FORM, DONE, FORM, DONE, FILED, FILED, FILED, FILED, FILED, FILED, "-"]);
    let failure = failure_of(&filing, "double tap next\nsee request-form").await;
    assert!(failure.contains("see request-form"), "{failure}");
    let refusing = ScriptedFace(&[HELLO, FORM, DONE, FORM, REFUSAL, "-"]);
    let failure = failure_of(&refusing, "double tap next").await;
    assert!(failure.contains("double tap next") && failure.contains("the screen is locked"), "{failure}");
}

#[tokio::test]
async fn an_impossible_environment_change_fails_the_journey() {
    for (line, reason) in [
        ("portal starts", "the portal runs already"),
        ("mail server up", "the mail server is up already"),
        ("operator services open no-such-service", "no service no-such-service"),
        ("printed «nothing of the kind»", "the operator's command printed"),
        ("second-device signed-out", "nobody signed in on a second device"),
        ("kill corrupting member", "the phone has no such file"),
    ] {
        let failure = refusal_of(line).await;
        assert!(failure.contains(reason), "{line}: {failure}");
    }
}

#[tokio::test]
async fn a_tls_journey_without_http2_requests_fails_at_its_end() {
    let text = "title ar أ\ntitle fr b\ntls\nstep 1 x\nsee services";
    let journey = journey::parse("short", text, &|_| None).unwrap();
    // This face never sends a request to the portal.
    let options = RunOptions {
        launcher: &ScriptedFace(&[HELLO, IDLE, "-"]),
        timeout: Duration::from_secs(5),
        pictures: None,
        print: &|_| {},
    };
    let failure = run_journey(&journey, &options).await.expect_err("no HTTP/2 was spoken").to_string();
    assert!(failure.contains("no request came over HTTP/2"), "{failure}");
}

#[tokio::test]
async fn a_face_that_stays_busy_fails_the_journey() {
    const BUSY: &str = r#"{"ok":true,"screen":"sign-in","texts":[],"fields":{},"busy":true}"#;
    let failure =
        failure_of(&ScriptedFace(&[HELLO, BUSY, BUSY, BUSY, BUSY, BUSY, BUSY, BUSY, BUSY, BUSY]), "back")
            .await;
    assert!(failure.contains("stays busy") || failure.contains("is gone"), "{failure}");
}
