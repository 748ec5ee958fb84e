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
/// Sample of `cargo xtask test --long`, and the number of samples: one of ten has about 150 mutants.
const SEED: u64 = 7;
const SAMPLES: u64 = 10;
/// Share of mutants that may survive.
const MAX_SURVIVORS_PERCENT: usize = 10;
/// Exit codes with which cargo-mutants reports that mutants survived, or ran into the time limit.
const FOUND_SOME: [i32; 2] = [2, 3];

/// Sample of all mutants.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Selects the sample
    #[arg(long, default_value_t = SEED)]
    seed: u64,
    /// Number of samples that all mutants are divided into; one of ten has about 150
    #[arg(long, default_value_t = SAMPLES, value_parser = clap::value_parser!(u64).range(1..))]
    samples: u64,
}

impl Default for Args {
    fn default() -> Self {
        Self { seed: SEED, samples: SAMPLES }
    }
}

/// Tests the mutants of a sample, and prints those that survive.
///
/// # Errors
/// If too many survive, or a tool is missing.
pub(crate) fn run(workspace: &Workspace, args: &Args, progress: &Progress) -> Result<()> {
    setup::ensure(workspace, progress, &[setup::RUST])?;
    let shard = format!("{}/{}", args.seed % args.samples, args.samples);
    progress.step("mutants, by the tests of their crate");
    let sample = ["--shard", &shard, "--sharding", "round-robin", "--timeout", "120"];
    let tested = test(workspace, &sample.map(str::to_owned))?;
    let viable = tested.caught + tested.missed.len();
    progress.step(&format!("{} of {viable} mutants, by the journeys", tested.missed.len()));
    let mut by_journeys: Vec<String> =
        tested.missed.iter().map(|name| format!("--re=^{}$", escape(name))).collect();
    by_journeys.extend(
        ["--timeout", "300", "--test-package", "fos-journeys", "--", "--test", "core_face"]
            .map(str::to_owned),
    );
    let survivors = if tested.missed.is_empty() { Vec::new() } else { test(workspace, &by_journeys)?.missed };
    print_line(&survivors.join("\n"));
    print_line(&format!("{} of {viable} mutants survive", survivors.len()));
    ensure!(survivors.len() * 100 < viable * MAX_SURVIVORS_PERCENT, "too many mutants survive");
    Ok(())
}

/// Result of cargo-mutants; a mutant that does not compile counts as none.
struct Tested {
    /// Number of mutants that a test or the time limit noticed.
    caught: usize,
    missed: Vec<String>,
}

fn test(workspace: &Workspace, args: &[String]) -> Result<Tested> {
    let folder = workspace.sh.create_dir(workspace.target().join("mutants"))?;
    let mut mutants = Command::new(process::cargo_tool(workspace, "cargo-mutants", VERSION)?);
    mutants.current_dir(&workspace.root).args(["mutants", "--workspace", "--baseline", "skip", "--output"]);
    mutants
        .arg(&folder)
        .args(args)
        .env("CARGO_TARGET_DIR", folder.join("build"))
        .env("CARGO_INCREMENTAL", "1")
        // Nobody debugs a mutant: most of the time goes into linking.
        .env("CARGO_PROFILE_DEV_DEBUG", "0");
    let status = mutants.status().context("starting cargo-mutants")?;
    let is_expected = status.success() || status.code().is_some_and(|code| FOUND_SOME.contains(&code));
    ensure!(is_expected, "cargo-mutants: {status}");
    let read = |name: &str| -> Result<Vec<String>> {
        let text = fs::read_to_string(folder.join("mutants.out").join(name))?;
        Ok(text.lines().map(str::to_owned).collect())
    };
    Ok(Tested { caught: read("caught.txt")?.len() + read("timeout.txt")?.len(), missed: read("missed.txt")? })
}

/// Returns a regular expression that matches this text alone.
fn escape(text: &str) -> String {
    // Escaped angle brackets would be the ends of words.
    let is_plain = |c: char| c.is_alphanumeric() || "<>".contains(c);
    text.chars().flat_map(|c| (!is_plain(c)).then_some('\\').into_iter().chain([c])).collect()
}
