//! Commit and machine that a run was measured on.

use std::{fs, path::PathBuf};

use anyhow::Result;
use serde_json::json;
use xshell::cmd;

use super::{table::Row, work_folder};
use crate::{process, workspace::Workspace};

/// Saves the rows as `target/bench/<commit>.json`, with the commit and the machine.
pub(super) fn save(workspace: &Workspace, rows: &[Row]) -> Result<PathBuf> {
    let sh = &workspace.sh;
    let line = |command| process::output(command).map(|text: String| text.trim().to_owned());
    let commit = line(cmd!(sh, "git rev-parse HEAD"))?;
    let run = json!({
        "commit": commit,
        // True if the checkout differs from the commit.
        "dirty": !line(cmd!(sh, "git status --porcelain"))?.is_empty(),
        "date": line(cmd!(sh, "date -u +%Y-%m-%dT%H:%M:%SZ"))?,
        "machine": {
            "processor": value_of("/proc/cpuinfo", "model name"),
            "cores": std::thread::available_parallelism()?,
            "memory": value_of("/proc/meminfo", "MemTotal"),
            "kernel": line(cmd!(sh, "uname -sr"))?,
            "rustc": line(cmd!(sh, "rustc --version"))?,
        },
        "rows": rows,
    });
    let file = work_folder(workspace).join(commit + ".json");
    sh.write_file(&file, serde_json::to_vec_pretty(&run)?)?;
    Ok(file)
}

/// Returns a value from a file under `/proc`; empty if there is no such file.
fn value_of(file: &str, name: &str) -> String {
    let text = fs::read_to_string(file).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|rest| rest.split_once(':')).map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
}
