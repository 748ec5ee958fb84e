//! `cargo xtask bench`: measures the core's costs beside its peers, in the profile of a release. The rows and how each
//! is measured are described in `tests/bench/README.md`.

mod library;
mod machine;
mod peer;
mod table;

use std::{path::PathBuf, process::Command};

use anyhow::{Context, Result, ensure};
use clap::builder::PossibleValuesParser;

use crate::{
    bindings::{self, Language},
    journeys, process,
    progress::{Progress, print_line},
    report::StepOutcome,
    setup,
    workspace::Workspace,
};
use table::Measurement;

/// Measurements in the order of the table. `fos-bench` runs all but the last.
const MEASUREMENTS: [&str; 10] =
    ["instructions", "journey", "warm", "open", "sync", "search", "kotlin", "frame", "page", "library"];

/// Measurements that do not depend on time.
const COUNTS: [&str; 3] = ["instructions", "journey", "warm"];

/// Arguments of the command.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Run only this measurement
    #[arg(long, value_name = "WHAT", value_parser = PossibleValuesParser::new(MEASUREMENTS))]
    only: Option<String>,
    /// Count a missed threshold as a failure
    #[arg(long)]
    strict: bool,
}

/// Runs the measurements, prints the table and saves it under `target/bench`. Returns false if `strict` is set and a
/// threshold is missed.
pub(crate) fn run(workspace: &Workspace, args: &Args) -> Result<bool> {
    let progress = Progress::new();
    setup::ensure(workspace, &progress, &[setup::RUST, setup::BENCH])?;
    let mut wanted = MEASUREMENTS.to_vec();
    wanted.retain(|name| args.only.as_deref().is_none_or(|only| only == *name));
    let program_rows: Vec<&str> = wanted.iter().copied().filter(|name| *name != "library").collect();
    let mut measurements = Vec::new();
    if !program_rows.is_empty() {
        measurements.extend(measure_with_program(workspace, &program_rows, &progress)?);
    }
    if wanted.contains(&"library") {
        measurements.extend(library::measure(workspace, &progress)?);
    }
    let rows = table::build_rows(&measurements, args.only.is_none())?;
    print_line(&table::render(&rows));
    if args.only.is_none() {
        let saved = machine::save(workspace, &rows)?;
        print_line(&format!("Saved as {}.", workspace.relative(&saved).display()));
    }
    Ok(!args.strict || !rows.iter().any(table::Row::is_missed))
}

/// Measures what does not depend on time, as a step of the test command; fails if a threshold is missed. The portal is a
/// debug build, which the step before has built.
pub(crate) fn step(workspace: &Workspace, progress: &Progress) -> Result<StepOutcome> {
    if let Some(reason) = setup::unavailable(workspace, progress, setup::COUNTS) {
        return Ok(StepOutcome::Skipped(reason));
    }
    let mut build = release_build(workspace);
    build.args(["--package", "fos-bench-programs"]);
    process::run_logged(workspace, "bench programs", build)?;
    let driver = Command::new(workspace.program("fos-bench"));
    let mut measurements = run_driver(workspace, driver, &COUNTS, progress)?;
    measurements.push(library::measure_cross(workspace, progress)?);
    let rows = table::build_rows(&measurements, false)?;
    let table = table::render(&rows);
    ensure!(!rows.iter().any(table::Row::is_missed), "{table}");
    print_line(&table);
    Ok(StepOutcome::Passed)
}

fn measure_with_program(
    workspace: &Workspace,
    names: &[&str],
    progress: &Progress,
) -> Result<Vec<Measurement>> {
    progress.step("the measured programs and the library, release build");
    // The library is loaded by a JVM that connects to a portal on this machine. Without the portal beside them, crates
    // in common have the features that the app has.
    let mut measured = release_build(workspace);
    measured.args(["--package", "fos-bench-programs", "--package", "fos-bindings"]);
    measured.args(["--features", "fos-bindings/development"]);
    process::run_logged(workspace, "bench programs", measured)?;
    let mut driver = release_build(workspace);
    driver.args(["--package", "fos-bench"]);
    process::run_logged(workspace, "bench build", driver)?;
    let built = work_folder(workspace).join("release");
    let mut bench = Command::new(built.join("fos-bench"));
    if names.contains(&"kotlin") {
        bindings::generate(workspace, Language::Kotlin, progress)?;
        let peer = peer::build(workspace, &built, progress)?;
        bench.arg("--kotlin").arg(journeys::write_face_command(workspace, "bench-peer", &peer)?);
    }
    if names.contains(&"page") || names.contains(&"frame") {
        let app = journeys::prepare_android(workspace, progress)?;
        bench.arg("--android").arg(journeys::write_android_face_command(workspace, &app)?);
    }
    run_driver(workspace, bench, names, progress)
}

/// Runs `fos-bench` on the programs in the work folder.
fn run_driver(
    workspace: &Workspace,
    mut driver: Command,
    names: &[&str],
    progress: &Progress,
) -> Result<Vec<Measurement>> {
    progress.step(&format!("measuring: {}", names.join(", ")));
    let work = work_folder(workspace);
    driver.arg("--programs").arg(work.join("release")).arg("--folder").arg(work).args(names);
    let parse = |line| {
        serde_json::from_str(line).with_context(|| format!("unexpected output of fos-bench: «{line}»"))
    };
    process::output(driver)?.lines().map(parse).collect()
}

/// Returns the folder of the builds and results.
fn work_folder(workspace: &Workspace) -> PathBuf {
    workspace.target().join("bench")
}

/// Returns a release build with the app's profile, but with function names, by which costs are attributed. They are
/// stripped before the library's size is measured.
fn release_build(workspace: &Workspace) -> Command {
    let mut cargo = workspace.cargo(["build", "--release"]);
    use_bench_profile(workspace, &mut cargo);
    cargo
}

fn use_bench_profile(workspace: &Workspace, cargo: &mut Command) {
    cargo.env("CARGO_PROFILE_RELEASE_STRIP", "none").env("CARGO_TARGET_DIR", work_folder(workspace));
}
