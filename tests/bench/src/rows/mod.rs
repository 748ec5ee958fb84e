//! Measurements, one module for each kind.

mod callgrind;
mod first_frame;
mod first_screen;
mod instructions;
mod journey;
mod kotlin;
mod page;
mod requests;
mod search;

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use fos_bench_programs::Args;
use fos_journeys::face::FaceCommand;

use crate::{bench_process::BenchProcess, measurement::Measurement};

/// Names of the measurements, in the order of the table.
pub const NAMES: [&str; 9] =
    ["instructions", "journey", "warm", "open", "sync", "search", "kotlin", "frame", "page"];

/// Options of a measurement.
#[derive(Debug, Clone, clap::Args)]
pub struct Options {
    /// Folder of the measured programs [default: the folder of this program]
    #[arg(long)]
    pub programs: Option<PathBuf>,
    /// Folder for files that are useful after the run
    #[arg(long, default_value = ".")]
    pub folder: PathBuf,
    /// File with the start command of the Kotlin peer (see `FaceCommand`)
    #[arg(long)]
    pub kotlin: Option<PathBuf>,
    /// File with the start command of the Android app as a face
    #[arg(long)]
    pub android: Option<PathBuf>,
}

/// Runs the measurement of this name.
///
/// # Errors
/// Returns an error if there is no such measurement or one of its sides fails.
pub async fn measure(name: &str, options: &Options) -> anyhow::Result<Vec<Measurement>> {
    let (core, bare) = programs(options)?;
    match name {
        "instructions" => instructions::measure(&options.folder, &core, &bare).await,
        "journey" => journey::measure_first_journey(&core).await,
        "warm" => journey::measure_warm_start(&core).await,
        "open" => Ok([first_screen::measure(&core).await?, requests::measure_open(&core).await?].concat()),
        "sync" => requests::measure_sync(&core).await,
        "search" => search::measure(&core, &bare).await,
        "kotlin" => kotlin::measure(options.kotlin.as_deref()).await,
        "frame" => first_frame::measure(&core, options.android.as_deref()).await,
        "page" => page::measure(options.android.as_deref()).await,
        other => bail!("unknown measurement `{other}`: {}", NAMES.join(", ")),
    }
}

/// Returns the programs of both sides: core and peer.
fn programs(options: &Options) -> anyhow::Result<(PathBuf, PathBuf)> {
    let beside = std::env::current_exe().context("locating this program")?;
    let program = |name| match &options.programs {
        Some(folder) => folder.join(name),
        None => beside.with_file_name(name),
    };
    Ok((program("fos-bench-core"), program("fos-bench-bare")))
}

/// Reads the start command of a program in another language, as `cargo xtask bench` wrote it.
fn read_face_command(file: Option<&Path>) -> anyhow::Result<FaceCommand> {
    FaceCommand::read(file.context("its start command is missing: run cargo xtask bench")?)
}

/// Parses lines of a label and nanoseconds into milliseconds.
fn parse_milliseconds(lines: &[String]) -> Vec<(&str, f64)> {
    lines
        .iter()
        .filter_map(|line| line.rsplit_once(' '))
        .filter_map(|(word, nanoseconds)| Some((word, nanoseconds.parse::<f64>().ok()? / 1e6)))
        .collect()
}

/// Runs a program to completion and returns its output.
async fn run_program(program: &Path, arguments: &[&str], args: &Args) -> anyhow::Result<Vec<String>> {
    BenchProcess::start(program, arguments, args)?.finish().await
}
