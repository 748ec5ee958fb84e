//! Instruction counts from callgrind, one file per thread.

use std::{fs, path::Path};

use anyhow::{Context, ensure};
use fos_bench_programs::Args;
use tokio::process::Command;

use crate::bench_process::BenchProcess;

/// Share of SHA-256 above which a thread counts as solving a captcha: nothing else on either side hashes so much, and
/// TLS uses ring's own code.
const PROOF_SHARE: f64 = 0.25;

/// Instructions for the proofs of work, and for everything else.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct InstructionCounts {
    pub(super) work: f64,
    pub(super) proofs: f64,
}

/// Runs a program under callgrind, which counts every instruction of every thread. Its output stays in `folder`.
pub(super) async fn count_instructions(
    program: &Path,
    arguments: &[&str],
    args: &Args,
    folder: &Path,
) -> anyhow::Result<InstructionCounts> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("emptying {}", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    let mut valgrind = Command::new("valgrind");
    valgrind
        .args([
            "-q",
            "--tool=callgrind",
            "--separate-threads=yes",
            "--compress-strings=no",
            "--compress-pos=no",
        ])
        .arg(format!("--callgrind-out-file={}", folder.join("thread").display()))
        .arg(program)
        .args(arguments);
    BenchProcess::spawn(valgrind, args)?.finish().await?;
    let mut counts = InstructionCounts::default();
    for entry in fs::read_dir(folder)? {
        counts.add(&fs::read_to_string(entry?.path())?)?;
    }
    ensure!(counts.proofs > 0.0, "no thread of {} solved a challenge", program.display());
    Ok(counts)
}

impl InstructionCounts {
    /// Adds the profile of a thread. Captchas are solved on a thread that does nothing else.
    fn add(&mut self, profile: &str) -> anyhow::Result<()> {
        // The file shared by all threads has no total.
        let Some(total) = profile.lines().rev().find_map(|line| line.strip_prefix("totals:")) else {
            return Ok(());
        };
        let total: f64 = total.trim().parse().context("callgrind's total is not a number")?;
        let is_proof = inclusive_cost(profile, "sha2::sha256::compress256") > total * PROOF_SHARE;
        *(if is_proof { &mut self.proofs } else { &mut self.work }) += total;
        Ok(())
    }
}

/// Returns the instructions of this function and of everything it calls.
fn inclusive_cost(profile: &str, name: &str) -> f64 {
    let (mut total_cost, mut inside) = (0.0, false);
    for line in profile.lines() {
        if let Some(function) = line.strip_prefix("fn=") {
            inside = function.contains(name);
        } else if inside && line.starts_with(|first: char| first.is_ascii_digit()) {
            // A position and its cost; under `calls=`, the cost of all those calls.
            total_cost += line.split(' ').nth(1).and_then(|cost| cost.parse().ok()).unwrap_or(0.0);
        }
    }
    total_cost
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROOF_PROFILE: &str = "events: Ir\n\nfn=poll\n3 10\ncfn=sha2::sha256::compress256\ncalls=2 9\n4 700\n\n\
        fn=sha2::sha256::compress256\n9 100\ncfn=memcpy\ncalls=5 1\n10 600\n\nfn=memcpy\n1 600\ntotals: 1310\n";
    const WORK_PROFILE: &str = "fn=poll\n3 900\ncfn=sha2::sha256::compress256\ncalls=1 9\n4 100\n\n\
        fn=sha2::sha256::compress256\n9 100\n\ntotals: 1000\n";

    #[test]
    fn a_functions_cost_includes_its_callees_and_not_its_callers() {
        assert!((inclusive_cost(PROOF_PROFILE, "compress256") - 700.0).abs() < f64::EPSILON);
    }

    #[test]
    fn a_thread_is_a_proof_only_if_it_mostly_hashes() {
        let mut counts = InstructionCounts::default();
        for thread in [PROOF_PROFILE, WORK_PROFILE, "events: Ir\n"] {
            counts.add(thread).unwrap();
        }
        assert_eq!(counts, InstructionCounts { work: 1000.0, proofs: 1310.0 });
    }
}
