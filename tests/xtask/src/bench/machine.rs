//! Commit and machine that a run was measured on.

use std::{fs, path::PathBuf, process::Command};

use anyhow::Context;
use serde::Serialize;

use super::{table::Row, work_folder};
use crate::{process, workspace::Workspace};

/// One run of the benchmarks.
#[derive(Serialize)]
struct Run<'a> {
    commit: &'a str,
    /// True if the checkout differs from the commit.
    dirty: bool,
    date: String,
    machine: Machine,
    rows: &'a [Row],
}

#[derive(Serialize)]
struct Machine {
    processor: String,
    cores: usize,
    memory: String,
    kernel: String,
    rustc: String,
}

/// Saves the rows as `target/bench/<commit>.json`.
pub(super) fn save(workspace: &Workspace, rows: &[Row]) -> anyhow::Result<PathBuf> {
    let git = |words: &[&str]| process::output(Command::new("git").current_dir(&workspace.root).args(words));
    let commit = git(&["rev-parse", "HEAD"])?;
    let commit = commit.trim();
    let run = Run {
        commit,
        dirty: !git(&["status", "--porcelain"])?.trim().is_empty(),
        date: process::output(Command::new("date").args(["-u", "+%Y-%m-%dT%H:%M:%SZ"]))?.trim().to_owned(),
        machine: Machine::detect()?,
        rows,
    };
    let file = work_folder(workspace).join(commit).with_extension("json");
    fs::write(&file, serde_json::to_vec_pretty(&run)?)
        .with_context(|| format!("writing {}", file.display()))?;
    Ok(file)
}

impl Machine {
    fn detect() -> anyhow::Result<Self> {
        Ok(Self {
            processor: value_of("/proc/cpuinfo", "model name"),
            cores: std::thread::available_parallelism()?.get(),
            memory: value_of("/proc/meminfo", "MemTotal"),
            kernel: process::output(Command::new("uname").arg("-sr"))?.trim().to_owned(),
            rustc: process::output(Command::new("rustc").arg("--version"))?.trim().to_owned(),
        })
    }
}

/// Returns a value from a file under `/proc`; empty if there is no such file.
fn value_of(file: &str, name: &str) -> String {
    let text = fs::read_to_string(file).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|rest| rest.split_once(':')).map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
}
