//! `cargo xtask mutants`: changes the code at one point after the other, and expects a test to fail each time. First the
//! tests of the changed crate run, then for what survives them the journeys over the core. `.cargo/mutants.toml` says where.

use std::{fs, process::Command};

use anyhow::{Context, Result, ensure};

use crate::{
    process,
    progress::{Progress, print_line},
    setup,
    workspace::Workspace,
};

const VERSION: &str = "27.1.0";
/// Share of mutants that may survive.
const MAX_SURVIVORS_PERCENT: usize = 10;
/// Exit codes with which cargo-mutants reports that mutants survived, or ran into the time limit.
const FOUND_SOME: [i32; 2] = [2, 3];

/// Sample of all mutants.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Selects the sample
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Number of samples that all mutants are divided into; one of ten has about 150
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..))]
    samples: u64,
}

impl Default for Args {
    fn default() -> Self {
        Self { seed: 7, samples: 10 }
    }
}

/// Tests the mutants of a sample, and prints those that survive.
///
/// # Errors
/// If too many survive, or a tool is missing.
pub(crate) fn run(workspace: &Workspace, args: &Args, progress: &Progress) -> Result<()> {
    setup::ensure(workspace, progress, &[setup::RUST])?;
    let folder = workspace.target().join("mutants");
    workspace.sh.remove_path(folder.join("mutants.out"))?;
    workspace.sh.create_dir(&folder)?;
    let tool = process::cargo_tool(workspace, "cargo-mutants", VERSION)?;
    let shard = format!("{}/{}", args.seed % args.samples, args.samples);
    let crate_tests: &[&str] = &["--timeout", "120"];
    let journeys: &[&str] =
        &["--timeout", "300", "--iterate", "--test-package", "fos-journeys", "--", "--test", "core_face"];
    for (name, tests) in [("mutants", crate_tests), ("surviving mutants", journeys)] {
        progress.step(name);
        let mut mutants = Command::new(&tool);
        mutants.current_dir(&workspace.root).args(["mutants", "--workspace", "--baseline", "skip"]);
        mutants.args(["--shard", &shard, "--sharding", "round-robin", "--output"]).arg(&folder).args(tests);
        mutants.env("CARGO_TARGET_DIR", folder.join("build")).env("CARGO_INCREMENTAL", "1");
        let status = mutants.status().context("starting cargo-mutants")?;
        ensure!(
            status.success() || status.code().is_some_and(|code| FOUND_SOME.contains(&code)),
            "{name}: {status}"
        );
    }
    let read = |name: &str| fs::read_to_string(folder.join("mutants.out").join(name));
    let tested = serde_json::from_str::<Vec<serde_json::Value>>(&read("mutants.json")?)?.len();
    let survivors = read("missed.txt")?;
    print_line(&survivors);
    let count = survivors.lines().count();
    print_line(&format!("{count} of {tested} mutants survive"));
    ensure!(count * 100 < tested * MAX_SURVIVORS_PERCENT, "too many mutants survive: {count} of {tested}");
    Ok(())
}
