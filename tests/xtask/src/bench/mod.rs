//! `cargo xtask bench`: measures the core's costs beside its peers, in the profile of a release. The rows and how each
//! is measured are described in `tests/bench/README.md`.

mod library;
mod machine;
mod peer;
mod table;

use std::{path::PathBuf, process::Command};

use anyhow::{Context, Result};
use clap::builder::PossibleValuesParser;

use crate::{
    bindings::{self, Language},
    journeys, process,
    progress::{Progress, print_line},
    setup,
    workspace::Workspace,
};
use table::Measurement;

/// Measurements in the order of the table. `fos-bench` runs all but the last.
const MEASUREMENTS: [&str; 9] =
    ["instructions", "journey", "warm", "open", "sync", "search", "kotlin", "page", "library"];

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
    let rows = table::build_rows(&measurements, args.only.is_none());
    print_line(&table::render(&rows));
    if args.only.is_none() {
        let saved = machine::save(workspace, &rows)?;
        print_line(&format!("Saved as {}.", workspace.relative(&saved).display()));
    }
    Ok(!args.strict || !rows.iter().any(table::Row::is_missed))
}

fn measure_with_program(
    workspace: &Workspace,
    names: &[&str],
    progress: &Progress,
) -> Result<Vec<Measurement>> {
    progress.step("the measured programs and the library, release build");
    let mut cargo = release_build(workspace);
    // The library is loaded by a JVM that connects to a portal on this machine.
    cargo.args(["--package", "fos-bench", "--package", "fos-bench-programs", "--package", "fos-bindings"]);
    cargo.args(["--features", "fos-bindings/development"]);
    process::run_logged(workspace, "bench build", cargo)?;
    let built = work_folder(workspace).join("release");
    let mut bench = Command::new(built.join("fos-bench"));
    bench.arg("--folder").arg(work_folder(workspace));
    if names.contains(&"kotlin") {
        bindings::generate(workspace, Language::Kotlin, progress)?;
        let peer = peer::build(workspace, &built, progress)?;
        bench.arg("--kotlin").arg(journeys::write_face_command(workspace, "bench-peer", &peer)?);
    }
    if names.contains(&"page") {
        let app = journeys::prepare_android(workspace, progress)?;
        bench.arg("--android").arg(journeys::write_android_face_command(workspace, &app)?);
    }
    progress.step(&format!("measuring: {}", names.join(", ")));
    bench.args(names);
    let parse = |line| {
        serde_json::from_str(line).with_context(|| format!("unexpected output of fos-bench: «{line}»"))
    };
    process::output(bench)?.lines().map(parse).collect()
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
