//! `cargo xtask bench`: measures the core's costs beside its peers, in the profile of a release. The rows and how each
//! is measured are described in `tests/bench/README.md`.

mod library;
mod machine;
mod peer;
mod table;

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, bail};

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
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Args {
    /// Name of the only measurement to run; all of them if `None`.
    pub only: Option<String>,
    /// True if a missed threshold is a failure.
    pub strict: bool,
}

impl Args {
    /// Parses the command line.
    ///
    /// # Errors
    /// Returns an error if an argument or a measurement's name is unknown.
    pub fn parse(args: &[&str]) -> anyhow::Result<Self> {
        match args {
            [] => Ok(Self::default()),
            ["--strict", rest @ ..] => Ok(Self { strict: true, ..Self::parse(rest)? }),
            ["--only", name, rest @ ..] if MEASUREMENTS.contains(name) => {
                Ok(Self { only: Some((*name).to_owned()), ..Self::parse(rest)? })
            }
            _ => bail!("cargo xtask bench [--strict] [--only {}]", MEASUREMENTS.join("|")),
        }
    }

    fn includes(&self, name: &str) -> bool {
        self.only.as_deref().is_none_or(|only| only == name)
    }
}

/// Runs the measurements, prints the table and saves it under `target/bench`. Returns false if `strict` is set and a
/// threshold is missed.
///
/// # Errors
/// Returns an error if a tool is missing, something does not build, or a measurement fails.
pub fn run(workspace: &Workspace, args: &Args) -> anyhow::Result<bool> {
    let progress = Progress::new();
    setup::bench(workspace, &progress)?;
    let mut measurements = Vec::new();
    let program_rows: Vec<&str> =
        MEASUREMENTS.into_iter().filter(|name| *name != "library" && args.includes(name)).collect();
    if !program_rows.is_empty() {
        measurements.extend(measure_with_program(workspace, &program_rows, &progress)?);
    }
    if args.includes("library") {
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
) -> anyhow::Result<Vec<Measurement>> {
    progress.step("the measured programs and the library, release build");
    let mut cargo = release_build(workspace);
    // The library is loaded by a JVM that connects to a portal on this machine.
    cargo.args(["--package", "fos-bench", "--package", "fos-bindings"]);
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
    let output = process::output(bench.args(names))?;
    output
        .lines()
        .map(|line| {
            serde_json::from_str(line).with_context(|| format!("unexpected output of fos-bench: «{line}»"))
        })
        .collect()
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

fn megabytes(file: &Path) -> anyhow::Result<f64> {
    let bytes = file.metadata().with_context(|| format!("weighing {}", file.display()))?.len();
    Ok(f64::from(u32::try_from(bytes)?) / 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_parsed_in_any_order_and_an_unknown_measurement_is_rejected() {
        let args = Args { only: Some("search".to_owned()), strict: true };
        assert_eq!(Args::parse(&["--only", "search", "--strict"]).unwrap(), args);
        assert_eq!(Args::parse(&["--strict", "--only", "search"]).unwrap(), args);
        assert!(Args::parse(&["--only", "weather"]).is_err());
        assert!(Args::parse(&[]).unwrap().includes("library"));
        assert!(!args.includes("library"));
    }
}
