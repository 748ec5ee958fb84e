//! Runs launches in processes that are kept, and plants faults in them.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

use std::time::Duration;

use fos_journeys::{
    face::FaceCommand,
    isolation,
    journey::{self, Journey},
    loader,
    runner::{RunOptions, run_journey},
    workers::WorkerPool,
};

const TIMEOUT: Duration = Duration::from_secs(20);

/// The core's face; `before` is a shell command that runs in front of every process of it.
fn reusable_face(before: &str) -> FaceCommand {
    FaceCommand {
        program: "sh".to_owned(),
        arguments: ["-c", &format!("{before}; exec \"$0\""), env!("CARGO_BIN_EXE_fos-face-core")]
            .map(str::to_owned)
            .to_vec(),
        environment: Vec::new(),
        working_dir: None,
        reusable: true,
    }
}

fn journey_of(lines: &str) -> Journey {
    journey::parse("short", &format!("title ar تجربة\ntitle fr Essai\nstep 1 x\n{lines}"), &|_| None).unwrap()
}

async fn run(pool: &WorkerPool, journey: &Journey) -> Result<(), String> {
    let options = RunOptions { launcher: pool, timeout: TIMEOUT, pictures: None, print: &|_| {} };
    run_journey(journey, &options).await.map_err(|failure| failure.to_string())
}

#[tokio::test]
async fn a_process_is_used_again_and_a_killed_one_is_replaced_by_one_started_ahead() {
    let pool = WorkerPool::new(reusable_face(":"), 1);
    run(&pool, &journey_of("see sign-in")).await.unwrap();
    assert_eq!((pool.launched(), pool.started()), (1, 2), "one in use, one ahead of the kill");
    run(&pool, &journey_of("see sign-in\nkill\nsee sign-in")).await.unwrap();
    assert_eq!((pool.launched(), pool.started()), (3, 2));
    for _ in 0..3 {
        run(&pool, &journey_of("see sign-in")).await.unwrap();
    }
    assert_eq!((pool.launched(), pool.started()), (6, 2), "no further kill is to come");
}

#[tokio::test]
async fn a_failed_journey_leaves_a_process_that_serves_the_next() {
    let pool = WorkerPool::new(reusable_face(":"), 0);
    run(&pool, &journey_of("see sign-in")).await.unwrap();
    let failure = run(&pool, &journey_of("tap no-such-button")).await.unwrap_err();
    assert!(failure.contains("no-such-button"), "{failure}");
    run(&pool, &journey_of("see sign-in")).await.unwrap();
    assert_eq!(pool.started(), 1);
}

#[tokio::test]
async fn a_failure_shows_what_every_process_of_the_journey_printed_and_nothing_older() {
    let folder = tempfile::tempdir().unwrap();
    let count = folder.path().join("count").display().to_string();
    let pool =
        WorkerPool::new(reusable_face(&format!("echo x >> {count}; echo start $(wc -l < {count})")), 0);
    let failure = run(&pool, &journey_of("see sign-in\nkill\ntap no-such-button")).await.unwrap_err();
    assert!(failure.contains("start 1") && failure.contains("start 2"), "{failure}");
    let failure = run(&pool, &journey_of("tap no-such-button")).await.unwrap_err();
    assert!(!failure.contains("start"), "{failure}");
}

#[tokio::test]
async fn a_process_that_ends_after_a_launch_is_reported() {
    // Printed after the second launch was given to it, since the log of the first is emptied once that has ended.
    let ends_at_second_launch = "read -r line; echo \"$line\" | \"$0\"; read -r line; echo spent; exit 3";
    let pool = WorkerPool::new(reusable_face(ends_at_second_launch), 0);
    run(&pool, &journey_of("see sign-in")).await.unwrap();
    let failure = run(&pool, &journey_of("see sign-in")).await.unwrap_err();
    assert!(failure.contains("spent") && failure.contains("exit status: 3"), "{failure}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_launch_in_one_process_starts_like_the_first() {
    let pool = WorkerPool::new(reusable_face(":"), 0);
    isolation::check(&pool, TIMEOUT, &|_| {}).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_launch_that_finds_what_another_left_is_caught() {
    // This face gives each launch the language of the launch before it.
    let leak = "f=$(mktemp -u); mkfifo \"$f\"; \"$0\" < \"$f\" & exec 3> \"$f\"; tag=ar-MA; while read -r line; do \
                echo \"$line\" | sed \"s/ar-MA/$tag/\" >&3; case $line in *fr-MA*) tag=fr-MA;; esac; done";
    let pool = WorkerPool::new(reusable_face(leak), 0);
    let error = isolation::check(&pool, TIMEOUT, &|_| {}).await.unwrap_err();
    assert!(format!("{error:#}").contains("a new phone shows"), "{error:#}");
}

#[test]
fn kills_are_counted_with_those_after_each_step() {
    assert_eq!(loader::load("first-access").unwrap().kills(), 0);
    let killed = loader::load("first-access-killed").unwrap();
    assert_eq!(killed.kills(), killed.steps.len());
}
