//! `cargo xtask faults`: breaks what a member relies on, a run after another, and counts what was lost or filed twice.
//! What is broken and how it is judged stands in `tests/faults/README.md`.

use std::{fs, path::PathBuf, process::Command};

use anyhow::{Context, bail};

use crate::{
    house::House,
    progress::Progress,
    report::Done,
    run,
    setup::{self, go},
};

/// The newest that Debian's own Go, 1.19, can build.
const TOXIPROXY: &str = "v2.8.0";
/// What the test command draws its runs from.
const SEED: &str = "2026";

/// What is run: the words that `fos-faults` is given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wish {
    words: Vec<String>,
}

impl Wish {
    /// What these words wish for.
    ///
    /// # Errors
    /// When they are not understood.
    pub fn read(words: &[&str]) -> anyhow::Result<Self> {
        let mut wish = Self::default();
        for pair in words.chunks(2) {
            match pair {
                [name @ ("--runs" | "--seed" | "--only"), value] if value.parse::<u64>().is_ok() => {
                    wish.words.extend([(*name).to_owned(), (*value).to_owned()]);
                }
                _ => bail!("cargo xtask faults [--runs N] [--seed S] [--only K]"),
            }
        }
        Ok(wish)
    }
}

/// Breaks, and prints what came of it. True when nothing was lost and nothing doubled.
///
/// # Errors
/// When something is missing or does not build.
pub fn prove(house: &House, wish: &Wish) -> anyhow::Result<bool> {
    let progress = Progress::new();
    setup::faults(house, &progress)?;
    let mut faults = program(house, &progress)?;
    faults.args(&wish.words);
    progress.step("faults");
    Ok(faults.status().context("starting fos-faults")?.success())
}

/// The same as a step of the test command.
///
/// # Errors
/// When something was lost or doubled, or it does not build.
pub fn step(house: &House, progress: &Progress, runs: usize) -> anyhow::Result<Done> {
    if let Some(why) = setup::no_go(house, progress) {
        return Ok(Done::Skipped(why));
    }
    let mut faults = program(house, progress)?;
    faults.args(["--seed", SEED, "--runs", &runs.to_string()]);
    run::quietly(house, "faults", faults).map(|()| Done::Passed)
}

fn program(house: &House, progress: &Progress) -> anyhow::Result<Command> {
    house.build(progress)?;
    let mut faults = Command::new(house.program("fos-faults"));
    faults.current_dir(&house.root).arg("--toxiproxy").arg(toxiproxy(house, progress)?);
    Ok(faults)
}

/// Built once, under `target/tools`.
fn toxiproxy(house: &House, progress: &Progress) -> anyhow::Result<PathBuf> {
    let folder = house.target().join("tools").join(format!("toxiproxy-{TOXIPROXY}"));
    let built = folder.join("server");
    if !built.is_file() {
        progress.step(&format!("toxiproxy {TOXIPROXY}"));
        fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
        let mut install = Command::new(go().context("no Go")?);
        // Go wants the folder's whole path.
        install.env("GOBIN", folder.canonicalize()?).current_dir(&folder);
        install.args(["install", &format!("github.com/Shopify/toxiproxy/v2/cmd/server@{TOXIPROXY}")]);
        run::quietly(house, "toxiproxy", install)?;
    }
    Ok(built)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_is_handed_on_and_a_word_that_nobody_knows_is_refused() {
        let wish = Wish::read(&["--runs", "1000", "--seed", "7"]).unwrap();
        assert_eq!(wish.words, ["--runs", "1000", "--seed", "7"]);
        assert_eq!(Wish::read(&[]).unwrap(), Wish::default());
        assert!(Wish::read(&["--runs"]).is_err());
        assert!(Wish::read(&["--runs", "many"]).is_err());
        assert!(Wish::read(&["--luck", "7"]).is_err());
    }
}
