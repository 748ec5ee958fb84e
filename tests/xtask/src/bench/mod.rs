//! `cargo xtask bench`: what the core costs, beside its peers, in the profile that phones get. The rows and how each
//! is measured stand in `tests/bench/README.md`.

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

/// What can be measured, in the order of the table. `fos-bench` measures all but the last.
const MEASUREMENTS: [&str; 9] =
    ["instructions", "journey", "warm", "open", "sync", "search", "kotlin", "page", "library"];

/// What is measured, and how a missed bar is taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Args {
    /// Only this; all otherwise.
    pub only: Option<String>,
    /// A missed bar is a failure.
    pub strict: bool,
}

impl Args {
    /// What these words wish for.
    ///
    /// # Errors
    /// When they are not understood.
    pub fn parse(words: &[&str]) -> anyhow::Result<Self> {
        match words {
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

/// Measures, prints the table and keeps it in `target/bench`. True unless a strict reader finds a bar missed.
///
/// # Errors
/// When something is missing, does not build, or cannot be measured.
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
        print_line(&format!("Kept in {}.", workspace.relative(&saved).display()));
    }
    Ok(!args.strict || !rows.iter().any(table::Row::is_missed))
}

fn measure_with_program(
    workspace: &Workspace,
    names: &[&str],
    progress: &Progress,
) -> anyhow::Result<Vec<Measurement>> {
    progress.step("the measured programs and the library, as a release");
    let mut cargo = release_build(workspace);
    // The library is loaded by a JVM that speaks to a portal on this machine.
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
        .map(|line| serde_json::from_str(line).with_context(|| format!("fos-bench said «{line}»")))
        .collect()
}

/// Where this command builds and writes.
fn work_folder(workspace: &Workspace) -> PathBuf {
    workspace.target().join("bench")
}

/// A release build of its own: as phones get it, but for the names of functions, by which costs are told apart. They
/// are stripped off before the library is weighed.
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
    fn a_wish_is_read_in_any_order_and_a_row_that_nobody_knows_is_refused() {
        let args = Args { only: Some("search".to_owned()), strict: true };
        assert_eq!(Args::parse(&["--only", "search", "--strict"]).unwrap(), args);
        assert_eq!(Args::parse(&["--strict", "--only", "search"]).unwrap(), args);
        assert!(Args::parse(&["--only", "weather"]).is_err());
        assert!(Args::parse(&[]).unwrap().includes("library"));
        assert!(!args.includes("library"));
    }
}
