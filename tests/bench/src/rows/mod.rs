//! The measurements, a module a kind.

mod callgrind;
mod first_screen;
mod instructions;
mod journey;
mod kotlin;
mod page;
mod requests;
mod search;

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use fos_journeys::face::FaceCommand;

use crate::figure::Figure;

/// The measurements' names, in the order of the table.
pub const NAMES: [&str; 8] = ["instructions", "journey", "warm", "open", "sync", "search", "kotlin", "page"];

/// What measuring needs besides this program.
#[derive(Debug, Clone, Default)]
pub struct Tools {
    /// Where files may be written that a reader may want to see afterwards.
    pub folder: PathBuf,
    /// The file that says how the Kotlin peer is started (see `FaceCommand`).
    pub kotlin: Option<PathBuf>,
    /// The file that says how the Android app is started as a face.
    pub android: Option<PathBuf>,
}

/// Measures what has this name.
///
/// # Errors
/// When there is no such measurement, or a side of it fails.
pub async fn measure(name: &str, tools: &Tools) -> anyhow::Result<Vec<Figure>> {
    match name {
        "instructions" => instructions::measure(&tools.folder).await,
        "journey" => journey::first().await,
        "warm" => journey::warm().await,
        "open" => Ok([first_screen::measure().await?, requests::open().await?].concat()),
        "sync" => requests::sync().await,
        "search" => search::measure().await,
        "kotlin" => kotlin::measure(tools.kotlin.as_deref()).await,
        "page" => page::measure(tools.android.as_deref()).await,
        other => bail!("nothing measures `{other}`: {}", NAMES.join(", ")),
    }
}

/// The programs of both sides.
fn sides() -> anyhow::Result<(PathBuf, PathBuf)> {
    use crate::measured::beside;
    Ok((beside("fos-bench-core")?, beside("fos-bench-bare")?))
}

/// How a program of another language is started, as `cargo xtask bench` wrote it down.
fn face_command(file: Option<&Path>) -> anyhow::Result<FaceCommand> {
    FaceCommand::read(file.context("nobody says how it is started: cargo xtask bench does")?)
}

/// Lines of a word and nanoseconds, as milliseconds.
fn milliseconds(lines: &[String]) -> Vec<(&str, f64)> {
    lines
        .iter()
        .filter_map(|line| line.rsplit_once(' '))
        .filter_map(|(word, nanoseconds)| Some((word, nanoseconds.parse::<f64>().ok()? / 1e6)))
        .collect()
}

/// Runs a side to its end and gives what it said.
async fn run_to_end(
    program: &Path,
    words: &[&str],
    given: &crate::given::Given,
) -> anyhow::Result<Vec<String>> {
    crate::measured::Measured::start(program, words, given)?.end().await
}
