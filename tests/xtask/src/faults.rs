//! `cargo xtask faults`: injects faults, run after run, and counts requests that were lost or filed twice. The faults
//! and the way runs are judged are described in `tests/faults/README.md`.

use std::{fs, path::PathBuf, process::Command};

use anyhow::{Context, bail};

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
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Args {
    values: Vec<String>,
}

impl Args {
    /// Parses the command line.
    ///
    /// # Errors
    /// Returns an error if an argument is unknown or not a number.
    pub fn parse(values: &[&str]) -> anyhow::Result<Self> {
        let mut args = Self::default();
        for pair in values.chunks(2) {
            match pair {
                [name @ ("--runs" | "--seed" | "--only"), value] if value.parse::<u64>().is_ok() => {
                    args.values.extend([(*name).to_owned(), (*value).to_owned()]);
                }
                _ => bail!("cargo xtask faults [--runs N] [--seed S] [--only K]"),
            }
        }
        Ok(args)
    }
}

/// Runs the faults and prints the result. Returns true if nothing was lost or filed twice.
///
/// # Errors
/// Returns an error if a tool is missing or something does not build.
pub fn run(workspace: &Workspace, args: &Args) -> anyhow::Result<bool> {
    let progress = Progress::new();
    setup::faults(workspace, &progress)?;
    let mut faults = program(workspace, &progress)?;
    faults.args(&args.values);
    progress.step("faults");
    Ok(faults.status().context("starting fos-faults")?.success())
}

/// Runs the faults as a step of the test command.
///
/// # Errors
/// Returns an error if something was lost or filed twice, or does not build.
pub fn step(workspace: &Workspace, progress: &Progress, runs: usize) -> anyhow::Result<StepOutcome> {
    if let Some(reason) = setup::go_unavailable(workspace, progress) {
        return Ok(StepOutcome::Skipped(reason));
    }
    let mut faults = program(workspace, progress)?;
    faults.args(["--seed", SEED, "--runs", &runs.to_string()]);
    process::run_logged(workspace, "faults", faults).map(|()| StepOutcome::Passed)
}

fn program(workspace: &Workspace, progress: &Progress) -> anyhow::Result<Command> {
    workspace.build(progress)?;
    let mut faults = Command::new(workspace.program("fos-faults"));
    faults.current_dir(&workspace.root).arg("--toxiproxy").arg(toxiproxy(workspace, progress)?);
    Ok(faults)
}

/// Returns the path of toxiproxy's server, built once under `target/tools`.
fn toxiproxy(workspace: &Workspace, progress: &Progress) -> anyhow::Result<PathBuf> {
    let folder = workspace.target().join("tools").join(format!("toxiproxy-{TOXIPROXY_VERSION}"));
    let built = folder.join("server");
    if !built.is_file() {
        progress.step(&format!("toxiproxy {TOXIPROXY_VERSION}"));
        fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
        let mut install = Command::new(go().context("no Go")?);
        // Go requires an absolute path.
        install.env("GOBIN", folder.canonicalize()?).current_dir(&folder);
        install.args(["install", &format!("github.com/Shopify/toxiproxy/v2/cmd/server@{TOXIPROXY_VERSION}")]);
        process::run_logged(workspace, "toxiproxy", install)?;
    }
    Ok(built)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn valid_arguments_are_passed_on_and_unknown_ones_are_rejected() {
        let args = Args::parse(&["--runs", "1000", "--seed", "7"]).unwrap();
        assert_eq!(args.values, ["--runs", "1000", "--seed", "7"]);
        assert_eq!(Args::parse(&[]).unwrap(), Args::default());
        assert!(Args::parse(&["--runs"]).is_err());
        assert!(Args::parse(&["--runs", "many"]).is_err());
        assert!(Args::parse(&["--luck", "7"]).is_err());
    }
}
