//! `cargo xtask test`: everything that is checked, one step after another.

use std::process::Command;

use crate::{
    android::{self, AndroidBuild},
    bindings::{self, Language},
    faults,
    house::{EVERYTHING_ELSE, House},
    ios, journeys, phones, pictures,
    progress::Progress,
    report::{Done, Report},
    run, setup, swift,
};

const DENY: &str = "0.20.2";

/// How much is checked, and how a skip is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Every step; what the machine lacks is skipped and named.
    Usual,
    /// Every step, and a skip is a failure.
    Strict,
    /// What takes long as well, and a skip is a failure.
    Long,
}

/// Runs every step. True when all is well.
///
/// # Errors
/// When the machine lacks something that everything else builds on.
pub fn all(house: &House, extent: Extent) -> anyhow::Result<bool> {
    let progress = Progress::new();
    setup::android(house, &progress)?;
    let mut report = Report::default();
    rust(house, &mut report);
    report.step("nothing lost, nothing filed twice", || {
        faults::step(house, &progress, if extent == Extent::Long { 1_000 } else { 50 })
    });
    for target in phones::TARGETS {
        report.step(&format!("types for {target}"), || {
            Ok(phones::check(house, target)?.map_or(Done::Passed, Done::Skipped))
        });
    }
    android_steps(house, &mut report, &progress);
    swift::steps(house, &mut report, &progress);
    if extent == Extent::Long {
        long_steps(house, &mut report);
    }
    Ok(report.close(extent != Extent::Usual))
}

/// Runs the Android app's own steps, for who is at work on it: a changed line of Kotlin is tested within a minute.
///
/// # Errors
/// When the machine lacks something that the build needs.
pub fn android_alone(house: &House) -> anyhow::Result<bool> {
    let progress = Progress::new();
    setup::android(house, &progress)?;
    let mut report = Report::default();
    android_app(house, &mut report, &progress);
    Ok(report.close(false))
}

/// Checks the iPhone app's views alone, for who is at work on them: in seconds.
///
/// # Errors
/// Never: what fails is in the report.
pub fn views_alone(house: &House) -> anyhow::Result<bool> {
    let mut report = Report::default();
    report.step("the iPhone app's views", || ios::check(house, &Progress::new()));
    Ok(report.close(false))
}

fn rust(house: &House, report: &mut Report) {
    let cargo =
        |name: &str, words: &[&str]| run::quietly(house, name, house.cargo(words)).map(|()| Done::Passed);
    report.step("Rust is formatted", || cargo("fmt", &["fmt", "--all", "--check"]));
    report.step("Rust without a warning", || {
        let words = ["clippy", "--workspace", "--all-targets", "--features", "fos-bindings/development"];
        let mut clippy = house.cargo(words);
        clippy.args(["--", "-D", "warnings"]);
        run::quietly(house, "clippy", clippy).map(|()| Done::Passed)
    });
    report.step("rules of the house", || cargo("rules", &["test", "--package", "xtask"]));
    report.step("core, portal and its OpenAPI document, journeys over the core", || {
        let mut test = house.cargo(["test", "--no-fail-fast"]);
        test.args(EVERYTHING_ELSE);
        run::quietly(house, "cargo test", test).map(|()| Done::Passed)
    });
    report.step("documentation without a warning", || {
        let mut doc = house.cargo(["doc", "--workspace", "--no-deps"]);
        doc.env("RUSTDOCFLAGS", "-D warnings");
        run::quietly(house, "doc", doc).map(|()| Done::Passed)
    });
    // The workspace's tests turn `development` on; what a member carries is built without it.
    report.step("the core as a release has it", || {
        cargo("release", &["test", "--package", "fos-core", "--lib"])
    });
    report.step("licences, sources, one TLS", || {
        let mut deny = Command::new(run::cargo_tool(house, "cargo-deny", DENY)?);
        deny.current_dir(&house.root).args(["check", "licenses", "bans", "sources"]);
        run::quietly(house, "deny", deny).map(|()| Done::Passed)
    });
}

/// The app, unless it does not build.
fn android_app(house: &House, report: &mut Report, progress: &Progress) -> Option<AndroidBuild> {
    report.step("Kotlin is formatted", || android::lint(house, progress).map(|()| Done::Passed));
    let mut built: Option<AndroidBuild> = None;
    report.step("the Android app", || {
        bindings::generate(house, Language::Kotlin, progress)?;
        built = Some(android::build(house, progress)?);
        Ok(Done::Passed)
    });
    let app = built?;
    report.step("Android screens on the real framework", || {
        run::quietly(house, "android tests", app.test_command()).map(|()| Done::Passed)
    });
    report.step("pictures of the screens are current", || pictures::current(house));
    Some(app)
}

/// Draws the screens and keeps the pictures of their main states.
///
/// # Errors
/// When something is missing or does not build, or a screen fails its checks.
pub fn keep_pictures(house: &House) -> anyhow::Result<()> {
    let progress = Progress::new();
    let build = journeys::prepare_android(house, &progress)?;
    run::quietly(house, "screens", build.screens_command())?;
    pictures::keep(house, &progress)
}

fn android_steps(house: &House, report: &mut Report, progress: &Progress) {
    let Some(app) = android_app(house, report, progress) else { return };
    report.step("the Android app, shrunk as a release is", || {
        android::apk::shrink(house, &app, progress).map(|()| Done::Passed)
    });
    report.step("journeys over Android", || {
        let face = journeys::write_face_command(house, &app)?;
        let face = face.display().to_string();
        // A journey waits more than it works: three keep two cores busy.
        let words = ["walk", "--face", "android", "--face-command", &face, "--jobs", "3"];
        run::quietly(house, "journeys over Android", journeys::runner(house, words))?;
        let words = ["fault", "--face", "android", "--face-command", &face];
        run::quietly(house, "a wrong journey over Android", journeys::runner(house, words))?;
        Ok(Done::Passed)
    });
    report.step("the live page in Chromium", || live_page(house, &app, progress));
}

/// A first access through the page, by mouse and by keyboard.
fn live_page(house: &House, app: &AndroidBuild, progress: &Progress) -> anyhow::Result<Done> {
    if let Some(why) = setup::chromium(house, progress) {
        return Ok(Done::Skipped(why));
    }
    let mut test = house.cargo(["test", "--test", "live_page"]);
    test.args(EVERYTHING_ELSE).args(["--", "--ignored", "--test-threads=1"]);
    test.env("FOS_FACE_COMMAND", journeys::write_face_command(house, app)?);
    run::quietly(house, "the live page", test).map(|()| Done::Passed)
}

fn long_steps(house: &House, report: &mut Report) {
    report.step("the line cut after every byte", || {
        let mut test = house.cargo(["test", "--package", "fos-journeys", "--test", "network"]);
        test.env("FOS_EVERY_BYTE", "1");
        run::quietly(house, "every byte", test).map(|()| Done::Passed)
    });
    report.step("schemathesis over the portal", || {
        let mut tool = Command::new("sh");
        tool.current_dir(&house.root).arg("tests/portal/schemathesis");
        run::quietly(house, "schemathesis", tool).map(|()| Done::Passed)
    });
}
