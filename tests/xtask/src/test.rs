//! `cargo xtask test`: runs every check, one step after another.

use std::process::Command;

use clap::ValueEnum;

use crate::{
    android::{self, AndroidBuild, framework::Framework},
    bench,
    bindings::{self, Language},
    faults, ios, journeys, mobile, mutants, pictures,
    process::{self, side_by_side},
    progress::Progress,
    report::{Report, StepOutcome},
    setup, states, swift,
    workspace::{ALL_EXCEPT_XTASK, Workspace},
};

const CARGO_DENY_VERSION: &str = "0.20.2";

/// Cargo arguments that leave out the forty lines that call the bindings' generator: the compiler takes two minutes to check
/// what those depend on, and has to build it anyway. The long checks lint them too.
const WITHOUT_GENERATOR: [&str; 2] = ["--exclude", "bindings-generate"];

/// Scope of a test run: its checks, and the way a skip counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Every step; steps that this machine cannot run are skipped and listed.
    Standard,
    /// Every step, and a skip is a failure.
    Strict,
    /// The slow checks as well, and a skip is a failure.
    Long,
}

/// Part of the checks, run alone.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Part {
    /// Build and check the Android app
    Android,
    /// Check the iPhone app's views
    Ios,
    /// Walk every journey over the Android app
    Journeys,
}

/// Runs every step and returns true if all of them passed.
///
/// # Errors
/// Returns an error if a tool that every step needs is missing.
pub fn run_all(workspace: &Workspace, scope: Scope) -> anyhow::Result<bool> {
    let progress = &Progress::new();
    setup::ensure(workspace, progress, &[setup::RUST, setup::ANDROID])?;
    let (workspace, report) = (&workspace.with_tests(), &Report::default());
    let app_workspace = workspace.clone();
    // Downloads leave a core idle; so do Kotlin's compiler and R8 below.
    side_by_side(
        || rust_steps(workspace, report, progress),
        move || {
            report.step("the bindings' generator", || {
                bindings::build_generator(&app_workspace).map(|_| StepOutcome::Passed)
            });
            android_source_steps(&app_workspace, report, progress);
        },
    );
    let app_workspace = workspace.clone();
    let ((), build) = side_by_side(
        || remaining_rust_steps(workspace, report, progress, scope),
        move || android_build_steps(&app_workspace, report, progress),
    );
    if let Some(build) = build {
        android_walk_steps(workspace, &build, report, progress, scope);
    }
    swift::steps(workspace, report, progress, scope);
    if scope == Scope::Long {
        long_steps(workspace, report);
    }
    Ok(report.finish(scope != Scope::Standard))
}

/// Runs the steps of one face alone: a changed line of Kotlin is tested within a minute, one of Swift in seconds.
///
/// # Errors
/// Returns an error if a tool that the build needs is missing, or the app that the journeys need does not build.
pub fn run_part(workspace: &Workspace, part: Part) -> anyhow::Result<bool> {
    let (report, progress) = (Report::default(), Progress::new());
    match part {
        Part::Android => {
            setup::ensure(workspace, &progress, &[setup::RUST, setup::ANDROID])?;
            bindings::generate(workspace, Language::Kotlin, &progress)?;
            states::generate(workspace, &progress)?;
            android_source_steps(workspace, &report, &progress);
            android_app_steps(workspace, &report, &progress);
        }
        Part::Ios => {
            report.step("the iPhone app's views", || ios::check(workspace, &progress));
        }
        Part::Journeys => {
            let build = journeys::prepare_android(workspace, &progress)?;
            report.step("journeys over Android", || journeys_over_android(workspace, &build, &progress));
        }
    }
    Ok(report.finish(false))
}

/// Runs the steps that build what all others use.
fn rust_steps(workspace: &Workspace, report: &Report, progress: &Progress) {
    report.step("Rust is formatted", || cargo(workspace, "fmt", &["fmt", "--all", "--check"]));
    report.step("Rust without a warning", || {
        let mut clippy = workspace.cargo(["clippy", "--workspace", "--all-targets"]);
        clippy.args(WITHOUT_GENERATOR).args(["--features", "fos-bindings/development"]);
        clippy.args(["--", "-D", "warnings"]);
        process::run_logged(workspace, "clippy", clippy).map(|()| StepOutcome::Passed)
    });
    report.step("repository rules", || {
        cargo(workspace, "rules", &["test", "--package", "fos-repository-rules", "--package", "xtask"])
    });
    report.step("core, portal and its OpenAPI document, journeys over the core", || {
        let mut test = workspace.cargo(["test", "--no-fail-fast"]);
        test.args(ALL_EXCEPT_XTASK);
        process::run_logged(workspace, "cargo test", test).map(|()| StepOutcome::Passed)
    });
    report.step("the bindings, and the named states of all screens", || {
        workspace.build(progress)?;
        let beside = workspace.clone();
        let (bindings, states) = side_by_side(
            || {
                bindings::generate_built(workspace, Language::Kotlin, progress)?;
                bindings::generate_built(workspace, Language::Swift, progress)
            },
            move || states::generate(&beside, progress),
        );
        bindings.and(states).map(|()| StepOutcome::Passed)
    });
}

/// Runs the steps that only need Rust, and of which no other needs a result.
fn remaining_rust_steps(workspace: &Workspace, report: &Report, progress: &Progress, scope: Scope) {
    report.step("nothing lost, nothing filed twice", || {
        faults::step(workspace, progress, if scope == Scope::Long { 1_000 } else { 50 })
    });
    report.step("clumsy walks over the core", || journeys::clumsy_walks(workspace, &["core"], 200, scope));
    report.step("instructions, requests, bytes, memory, the library's size", || {
        bench::step(workspace, progress)
    });
    report.step("documentation without a warning", || {
        // With `--examples`, of which there are none, cargo chooses the features that it chose for clippy, and checks no
        // dependency again.
        let mut doc = workspace.cargo(["doc", "--workspace", "--no-deps", "--lib", "--bins", "--examples"]);
        doc.args(WITHOUT_GENERATOR).args(["--features", "fos-bindings/development"]);
        doc.env("RUSTDOCFLAGS", "-D warnings");
        process::run_logged(workspace, "doc", doc).map(|()| StepOutcome::Passed)
    });
    // All other tests enable `development`; the app that members install is built without it.
    report.step("the core as built for a release", || {
        cargo(workspace, "release", &["test", "--package", "fos-bindings"])
    });
    report.step("licences, sources, only one TLS library", || {
        let mut deny = Command::new(process::cargo_tool(workspace, "cargo-deny", CARGO_DENY_VERSION)?);
        deny.current_dir(&workspace.root).args(["check", "licenses", "bans", "sources"]);
        process::run_logged(workspace, "deny", deny).map(|()| StepOutcome::Passed)
    });
    for target in mobile::TARGETS {
        report.step(&format!("types for {target}"), || {
            Ok(mobile::check(workspace, target)?.map_or(StepOutcome::Passed, StepOutcome::Skipped))
        });
    }
}

fn cargo(workspace: &Workspace, name: &str, args: &[&str]) -> anyhow::Result<StepOutcome> {
    process::run_logged(workspace, name, workspace.cargo(args)).map(|()| StepOutcome::Passed)
}

/// Runs the Android steps that need nothing of the core.
fn android_source_steps(workspace: &Workspace, report: &Report, progress: &Progress) {
    report.step("Kotlin is formatted", || android::lint(workspace, progress).map(|()| StepOutcome::Passed));
    report.step("the Android app's libraries and resources", || {
        android::fetch(workspace, progress).map(|()| StepOutcome::Passed)
    });
}

/// Builds and tests the Android app. Returns the build, or `None` if it does not compile.
fn android_app_steps(workspace: &Workspace, report: &Report, progress: &Progress) -> Option<AndroidBuild> {
    let mut compiled: Option<AndroidBuild> = None;
    report.step("the Android app", || {
        compiled = Some(android::build(workspace, progress)?);
        Ok(StepOutcome::Passed)
    });
    let build = compiled?;
    report.step("Android screens on the real framework", || {
        process::run_logged(workspace, "android tests", build.test_command()?).map(|()| StepOutcome::Passed)
    });
    report.step("Android screens on Android 14 as well", || {
        if let Err(reason) = Framework::android16() {
            return Ok(StepOutcome::Skipped(format!("the step before ran there: {reason}")));
        }
        let screens = build.on(Framework::android14()).screens_command()?;
        process::run_logged(workspace, "android 14", screens).map(|()| StepOutcome::Passed)
    });
    report.step("pictures of the screens are current", || pictures::check_current(workspace));
    Some(build)
}

/// Draws all screens and updates the committed pictures of their main states.
///
/// # Errors
/// Returns an error if a tool is missing, the app does not build, or a screen fails its checks.
pub fn update_pictures(workspace: &Workspace) -> anyhow::Result<()> {
    let progress = Progress::new();
    let build = journeys::prepare_android(workspace, &progress)?;
    states::generate(workspace, &progress)?;
    process::run_logged(workspace, "screens", build.screens_command()?)?;
    pictures::update(workspace, &progress)
}

/// Runs the Android steps that need no portal. Returns the build, or `None` if it does not compile.
fn android_build_steps(workspace: &Workspace, report: &Report, progress: &Progress) -> Option<AndroidBuild> {
    let build = android_app_steps(workspace, report, progress)?;
    report.step("the Android app, shrunk as for a release", || {
        android::apk::check_shrunk(workspace, &build, progress).map(|()| StepOutcome::Passed)
    });
    Some(build)
}

fn android_walk_steps(
    workspace: &Workspace,
    build: &AndroidBuild,
    report: &Report,
    progress: &Progress,
    scope: Scope,
) {
    report.step("journeys over Android", || journeys_over_android(workspace, build, progress));
    if scope == Scope::Long {
        report.step("clumsy walks over Android", || {
            let command = journeys::write_fast_android_face_command(workspace, build, progress)?;
            let face = ["android", "--face-command", &command.display().to_string()];
            journeys::clumsy_walks(workspace, &face, 20, scope)
        });
    }
    report.step("the live page in Chromium", || live_page(workspace, build, progress));
}

/// Journeys that are walked on Android 14 as well: what its framework does otherwise is rotation, keyboard, files and links.
const ON_ANDROID_14: [&str; 12] = [
    "circular-offline",
    "double-tap-files-nothing",
    "first-access",
    "first-access-rotated",
    "language-persists",
    "other-device-ended",
    "request-filed",
    "request-killed-filling",
    "request-offline",
    "retired-in-french",
    "session-expired",
    "summer-stay",
];

/// Walks every journey in a random order, then some twice in one process, then a wrong one that must fail.
fn journeys_over_android(
    workspace: &Workspace,
    build: &AndroidBuild,
    progress: &Progress,
) -> anyhow::Result<StepOutcome> {
    let face = journeys::write_fast_android_face_command(workspace, build, progress)?.display().to_string();
    // A journey waits more than it works: three keep two cores busy.
    let walks: [(&str, &[&str]); 3] = [
        ("journeys over Android", &["walk", "--jobs", "3", "--shuffle"]),
        ("journeys twice in one process", &["isolation"]),
        ("a wrong journey over Android", &["fault"]),
    ];
    for (name, args) in walks {
        let args = args.iter().copied().chain(["--face", "android", "--face-command", &face]);
        process::run_logged(workspace, name, journeys::runner(workspace, args))?;
    }
    if Framework::android16().is_ok() {
        let build = build.on(Framework::android14());
        let face = journeys::write_android_face_command(workspace, &build)?.display().to_string();
        let only = ON_ANDROID_14.iter().flat_map(|name| ["--only", name]);
        let args =
            ["walk", "--jobs", "3", "--face", "android", "--face-command", &face].into_iter().chain(only);
        process::run_logged(workspace, "journeys on Android 14", journeys::runner(workspace, args))?;
    }
    Ok(StepOutcome::Passed)
}

/// Walks a first access through the live page, by mouse and by keyboard.
fn live_page(
    workspace: &Workspace,
    build: &AndroidBuild,
    progress: &Progress,
) -> anyhow::Result<StepOutcome> {
    if let Some(reason) = setup::unavailable(workspace, progress, setup::CHROMIUM) {
        return Ok(StepOutcome::Skipped(reason));
    }
    let mut test = workspace.cargo(["test", "--test", "live_page"]);
    test.args(ALL_EXCEPT_XTASK).args(["--", "--ignored", "--test-threads=1"]);
    test.env("FOS_FACE_COMMAND", journeys::write_android_face_command(workspace, build)?);
    process::run_logged(workspace, "the live page", test).map(|()| StepOutcome::Passed)
}

fn long_steps(workspace: &Workspace, report: &Report) {
    report.step("the bindings' generator without a warning", || {
        let args = ["clippy", "--package", "bindings-generate", "--", "-D", "warnings"];
        cargo(workspace, "clippy generator", &args)
    });
    report.step("the connection cut after every byte", || {
        let mut test = workspace.cargo(["test", "--package", "fos-journeys", "--test", "network"]);
        test.env("FOS_EVERY_BYTE", "1");
        process::run_logged(workspace, "every byte", test).map(|()| StepOutcome::Passed)
    });
    report.step("faults that clumsy walks must find", || {
        let clumsy = journeys::runner(workspace, ["clumsy", "--planted", "--face", "core"]);
        process::run_logged(workspace, "clumsy faults", clumsy).map(|()| StepOutcome::Passed)
    });
    report.step("the fuzz targets, a minute each", || {
        let mut test = workspace.cargo(["test"]);
        test.args(ALL_EXCEPT_XTASK).args(["--", "fuzzed"]);
        test.env("BOLERO_RANDOM_ITERATIONS", "1000000000").env("BOLERO_RANDOM_TEST_TIME_MS", "60000");
        process::run_logged(workspace, "fuzz", test).map(|()| StepOutcome::Passed)
    });
    report.step("mutants", || {
        mutants::run(workspace, &mutants::Args::default(), &Progress::new()).map(|()| StepOutcome::Passed)
    });
    report.step("schemathesis over the portal", || {
        let mut tool = Command::new("sh");
        tool.current_dir(&workspace.root).arg("tests/portal/schemathesis");
        process::run_logged(workspace, "schemathesis", tool).map(|()| StepOutcome::Passed)
    });
}
