//! What callgrind writes: how many instructions ran, a file a thread.

use std::{fs, path::Path};

use anyhow::{Context, ensure};
use tokio::process::Command;

use crate::{given::Given, measured::Measured};

/// Whatever spends this part of its instructions on SHA-256 solves a challenge: nothing else of either side hashes so
/// much, and TLS has its own, in ring.
const PROOFS_PART: f64 = 0.25;

/// Instructions, in all but the proofs of work, and in those.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Counted {
    pub(super) work: f64,
    pub(super) proofs: f64,
}

/// Runs a program under callgrind, which counts every instruction of every thread. What it wrote stays in `folder`.
pub(super) async fn count(
    program: &Path,
    words: &[&str],
    given: &Given,
    folder: &Path,
) -> anyhow::Result<Counted> {
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
        .args(words);
    Measured::run(valgrind, given)?.end().await?;
    let mut counted = Counted::default();
    for entry in fs::read_dir(folder)? {
        counted.add(&fs::read_to_string(entry?.path())?)?;
    }
    ensure!(counted.proofs > 0.0, "no thread of {} solved a challenge", program.display());
    Ok(counted)
}

impl Counted {
    /// Takes in the profile of a thread. The robot check is solved on a thread of its own, which does nothing else.
    fn add(&mut self, profile: &str) -> anyhow::Result<()> {
        // The file that all threads share has no total of its own.
        let Some(total) = profile.lines().rev().find_map(|line| line.strip_prefix("totals:")) else {
            return Ok(());
        };
        let total: f64 = total.trim().parse().context("callgrind wrote a total that is no number")?;
        let is_proof = within(profile, "sha2::sha256::compress256") > total * PROOFS_PART;
        *(if is_proof { &mut self.proofs } else { &mut self.work }) += total;
        Ok(())
    }
}

/// The instructions of this function, and of all that it calls.
fn within(profile: &str, name: &str) -> f64 {
    let (mut sum, mut inside) = (0.0, false);
    for line in profile.lines() {
        if let Some(function) = line.strip_prefix("fn=") {
            inside = function.contains(name);
        } else if inside && line.starts_with(|first: char| first.is_ascii_digit()) {
            // A place and its cost; under `calls=`, the cost of all those calls.
            sum += line.split(' ').nth(1).and_then(|cost| cost.parse().ok()).unwrap_or(0.0);
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROOF: &str = "events: Ir\n\nfn=poll\n3 10\ncfn=sha2::sha256::compress256\ncalls=2 9\n4 700\n\n\
        fn=sha2::sha256::compress256\n9 100\ncfn=memcpy\ncalls=5 1\n10 600\n\nfn=memcpy\n1 600\ntotals: 1310\n";
    const WORK: &str = "fn=poll\n3 900\ncfn=sha2::sha256::compress256\ncalls=1 9\n4 100\n\n\
        fn=sha2::sha256::compress256\n9 100\n\ntotals: 1000\n";

    #[test]
    fn a_function_counts_with_what_it_calls_and_not_with_what_calls_it() {
        assert!((within(PROOF, "compress256") - 700.0).abs() < f64::EPSILON);
    }

    #[test]
    fn a_thread_that_hashes_a_little_is_work_and_one_that_hardly_does_else_a_proof() {
        let mut counted = Counted::default();
        for thread in [PROOF, WORK, "events: Ir\n"] {
            counted.add(thread).unwrap();
        }
        assert_eq!(counted, Counted { work: 1000.0, proofs: 1310.0 });
    }
}
