//! `cargo xtask bench`: what the core costs, beside its peers, in the profile that phones get. The rows and how each
//! is measured stand in `tests/bench/README.md`.

mod library;
mod machine;
mod peer;
mod table;

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, bail};

use crate::{
    bindings::{self, Language},
    house::House,
    journeys,
    progress::{Progress, say},
    run, setup,
};
use table::Figure;

/// What can be measured, in the order of the table. `fos-bench` measures all but the last.
const MEASUREMENTS: [&str; 9] =
    ["instructions", "journey", "warm", "open", "sync", "search", "kotlin", "page", "library"];

/// What is measured, and how a missed bar is taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wish {
    /// Only this; all otherwise.
    pub only: Option<String>,
    /// A missed bar is a failure.
    pub strict: bool,
}

impl Wish {
    /// What these words wish for.
    ///
    /// # Errors
    /// When they are not understood.
    pub fn read(words: &[&str]) -> anyhow::Result<Self> {
        match words {
            [] => Ok(Self::default()),
            ["--strict", rest @ ..] => Ok(Self { strict: true, ..Self::read(rest)? }),
            ["--only", name, rest @ ..] if MEASUREMENTS.contains(name) => {
                Ok(Self { only: Some((*name).to_owned()), ..Self::read(rest)? })
            }
            _ => bail!("cargo xtask bench [--strict] [--only {}]", MEASUREMENTS.join("|")),
        }
    }

    fn wants(&self, name: &str) -> bool {
        self.only.as_deref().is_none_or(|only| only == name)
    }
}

/// Measures, prints the table and keeps it in `target/bench`. True unless a strict reader finds a bar missed.
///
/// # Errors
/// When something is missing, does not build, or cannot be measured.
pub fn measure(house: &House, wish: &Wish) -> anyhow::Result<bool> {
    let progress = Progress::new();
    setup::bench(house, &progress)?;
    let mut figures = Vec::new();
    let by_program: Vec<&str> =
        MEASUREMENTS.into_iter().filter(|name| *name != "library" && wish.wants(name)).collect();
    if !by_program.is_empty() {
        figures.extend(by_the_program(house, &by_program, &progress)?);
    }
    if wish.wants("library") {
        figures.extend(library::measure(house, &progress)?);
    }
    let rows = table::judge(&figures, wish.only.is_none());
    say(&table::print(&rows));
    if wish.only.is_none() {
        let kept = machine::keep(house, &rows)?;
        say(&format!("Kept in {}.", house.short(&kept).display()));
    }
    Ok(!wish.strict || !rows.iter().any(table::Row::missed))
}

fn by_the_program(house: &House, names: &[&str], progress: &Progress) -> anyhow::Result<Vec<Figure>> {
    progress.step("the measured programs and the library, as a release");
    let mut cargo = release(house);
    // The library is loaded by a JVM that speaks to a portal on this machine.
    cargo.args(["--package", "fos-bench", "--package", "fos-bindings"]);
    cargo.args(["--features", "fos-bindings/development"]);
    run::quietly(house, "bench build", cargo)?;
    let built = folder(house).join("release");
    let mut bench = Command::new(built.join("fos-bench"));
    bench.arg("--folder").arg(folder(house));
    if names.contains(&"kotlin") {
        bindings::generate(house, Language::Kotlin, progress)?;
        let peer = peer::build(house, &built, progress)?;
        bench.arg("--kotlin").arg(journeys::write_face(house, "bench-peer", &peer)?);
    }
    if names.contains(&"page") {
        let app = journeys::prepare_android(house, progress)?;
        bench.arg("--android").arg(journeys::write_face_command(house, &app)?);
    }
    progress.step(&format!("measuring: {}", names.join(", ")));
    let said = run::output(bench.args(names))?;
    said.lines()
        .map(|line| serde_json::from_str(line).with_context(|| format!("fos-bench said «{line}»")))
        .collect()
}

/// Where this command builds and writes.
fn folder(house: &House) -> PathBuf {
    house.target().join("bench")
}

/// A release build of its own: as phones get it, but for the names of functions, by which costs are told apart. They
/// are stripped off before the library is weighed.
fn release(house: &House) -> Command {
    let mut cargo = house.cargo(["build", "--release"]);
    as_measured(house, &mut cargo);
    cargo
}

fn as_measured(house: &House, cargo: &mut Command) {
    cargo.env("CARGO_PROFILE_RELEASE_STRIP", "none").env("CARGO_TARGET_DIR", folder(house));
}

fn megabytes(file: &Path) -> anyhow::Result<f64> {
    let bytes = file.metadata().with_context(|| format!("weighing {}", file.display()))?.len();
    Ok(f64::from(u32::try_from(bytes)?) / 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_is_read_in_any_order_and_a_row_that_nobody_knows_is_refused() {
        let wish = Wish { only: Some("search".to_owned()), strict: true };
        assert_eq!(Wish::read(&["--only", "search", "--strict"]).unwrap(), wish);
        assert_eq!(Wish::read(&["--strict", "--only", "search"]).unwrap(), wish);
        assert!(Wish::read(&["--only", "weather"]).is_err());
        assert!(Wish::read(&[]).unwrap().wants("library"));
        assert!(!wish.wants("library"));
    }
}
