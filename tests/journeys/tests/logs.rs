//! Proves that the logs of a journey have lines, and that a line with a member's data fails it, as does a file of the phone
//! with such data in clear.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

use std::{
    fs::File,
    io::Write,
    path::{Path, PathBuf},
    time::Duration,
};

use fos_journeys::{
    face::FaceCommand,
    loader,
    logs::LogFolder,
    runner::{FinishedRun, RunOptions, run_journey_and_keep_open},
};

async fn run(name: &str) -> FinishedRun {
    let face = FaceCommand {
        program: env!("CARGO_BIN_EXE_fos-face-core").to_owned(),
        reusable: false,
        arguments: Vec::new(),
        environment: Vec::new(),
        working_dir: None,
    };
    let options =
        RunOptions { launcher: &face, timeout: Duration::from_secs(20), pictures: None, print: &|_| {} };
    run_journey_and_keep_open(&loader::load(name).unwrap(), &options)
        .await
        .unwrap_or_else(|failure| panic!("{failure}"))
}

/// Appends this line to the log while the journey `request-filed` runs, and returns the failure.
async fn failure_with(log: impl FnOnce(&LogFolder) -> PathBuf, text: &str) -> String {
    let mut finished = run("request-filed").await;
    let file = log(finished.environment.log_search().folder());
    append(&file, &format!("2026-11-24T09:00:00Z INFO  planted: {text}"));
    // Other journeys' lines would not matter: this is the last one with the text.
    let number = std::fs::read_to_string(&file).unwrap().lines().count();
    let journey = loader::load("request-filed").unwrap();
    let failure = finished.stop_and_search_logs(&journey).await.expect_err("the planted line was not found");
    let failure = failure.to_string();
    assert!(failure.contains(&format!("in line {number}")), "{number}: {failure}");
    failure
}

fn append(file: &Path, line: &str) {
    writeln!(File::options().append(true).open(file).unwrap(), "{line}").unwrap();
}

/// Writes this text into a file of the phone's folder while the journey `request-filed` runs, and returns the failure.
async fn failure_with_file(name: &str, text: &str) -> String {
    let finished = run("request-filed").await;
    let file = finished.launch_env.data_dir.join(name);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(file, [b"SQLite\0\xff".as_slice(), text.as_bytes(), b"\0"].concat()).unwrap();
    let journey = loader::load("request-filed").unwrap();
    let failure = finished.stop_and_search_logs(&journey).await.expect_err("the planted file was not found");
    failure.to_string()
}

// One test: all journeys of a process share the logs.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_journey_writes_logs_and_fails_if_they_contain_data_of_a_member() {
    let finished = run("request-filed").await;
    let search = finished.environment.completed_log_search().unwrap();
    search.check_not_empty().unwrap();
    let journey = loader::load("request-filed").unwrap();
    if let Err(failure) = finished.stop_and_search_logs(&journey).await {
        panic!("{failure}");
    }
    for (text, kind) in [
        ("ppr=0123456", "a payroll number (PPR)"),
        ("to=membre.essai@finances.test", "an e-mail address"),
        ("password=قهوة-الصباح-2026", "a password"),
        ("field=0612345678", "a typed text"),
    ] {
        let failure = failure_with(LogFolder::core_log, text).await;
        assert!(failure.contains("core.log contains") && failure.contains(kind), "{failure}");
        assert!(!failure.contains(text), "{failure}");
    }
    let failure = failure_with(LogFolder::portal_log, "token=00112233445566778899aabbccddeeff").await;
    assert!(failure.contains("portal.log contains a token"), "{failure}");
    for (name, text, kind) in [
        ("member-00.db-wal", "Conjointe Essai", "data of a member's family"),
        ("member-00.db.aside-1", "1984-03-09", "data of a member's family"),
        ("papers/00/00/file.pdf", "0612345678", "a typed text"),
        ("0123456.db", "", "a payroll number (PPR)"),
    ] {
        let failure = failure_with_file(name, text).await;
        assert!(failure.contains("the phone's file") && failure.contains(kind), "{name}: {failure}");
    }
}
