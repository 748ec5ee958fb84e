//! `cargo xtask faults`: injects faults, run after run, and counts requests that were lost or filed twice. The faults
//! and the way runs are judged are described in `tests/faults/README.md`.

use std::{path::PathBuf, process::Command};

use anyhow::{Context, Result};
use xshell::cmd;

use crate::{
    process,
    progress::Progress,
    report::StepOutcome,
    setup::{self, go},
    workspace::Workspace,
};

/// Newest version that Debian's own Go, 1.19, can build.
const TOXIPROXY_VERSION: &str = "v2.8.0";
/// Seed of the runs in `cargo xtask test`.
const SEED: &str = "2026";

/// Arguments passed on to `fos-faults`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Number of runs
    #[arg(long)]
    runs: Option<u64>,
    /// Seed of the generated scripts
    #[arg(long)]
    seed: Option<u64>,
    /// Repeat only the run of this number, with a log of every step
    #[arg(long)]
    only: Option<u64>,
}

/// Runs the faults and prints the result. Returns true if nothing was lost or filed twice.
pub(crate) fn run(workspace: &Workspace, args: &Args) -> Result<bool> {
    let progress = Progress::new();
    setup::ensure(workspace, &progress, &[setup::RUST, setup::FAULTS])?;
    let mut faults = program(workspace, &progress)?;
    for (name, value) in [("--runs", args.runs), ("--seed", args.seed), ("--only", args.only)] {
        faults.args(value.iter().flat_map(|value| [name.to_owned(), value.to_string()]));
    }
    progress.step("faults");
    Ok(faults.status().context("starting fos-faults")?.success())
}

/// Runs the faults as a step of the test command.
pub(crate) fn step(workspace: &Workspace, progress: &Progress, runs: usize) -> Result<StepOutcome> {
    if let Some(reason) = setup::unavailable(workspace, progress, setup::FAULTS) {
        return Ok(StepOutcome::Skipped(reason));
    }
    let mut faults = program(workspace, progress)?;
    faults.args(["--seed", SEED, "--runs", &runs.to_string()]);
    process::run_logged(workspace, "faults", faults).map(|()| StepOutcome::Passed)
}

fn program(workspace: &Workspace, progress: &Progress) -> Result<Command> {
    workspace.build(progress)?;
    let mut faults = Command::new(workspace.program("fos-faults"));
    faults.current_dir(&workspace.root).arg("--toxiproxy").arg(toxiproxy(workspace, progress)?);
    Ok(faults)
}

/// Returns the path of toxiproxy's server, built once under `target/tools`.
fn toxiproxy(workspace: &Workspace, progress: &Progress) -> Result<PathBuf> {
    let folder = workspace.target().join("tools").join(format!("toxiproxy-{TOXIPROXY_VERSION}"));
    let built = folder.join("server");
    if !built.is_file() {
        progress.step(&format!("toxiproxy {TOXIPROXY_VERSION}"));
        workspace.sh.create_dir(&folder)?;
        let go = go().context("no Go")?;
        let _in_folder = workspace.sh.push_dir(&folder);
        let install =
            cmd!(workspace.sh, "{go} install github.com/Shopify/toxiproxy/v2/cmd/server@{TOXIPROXY_VERSION}");
        // Go requires an absolute path.
        process::run_logged(workspace, "toxiproxy", install.env("GOBIN", folder.canonicalize()?))?;
    }
    Ok(built)
}
