//! What the library weighs, and which crates its code comes from.
//!
//! A phone's library needs a phone's SDK to be linked. aarch64 Linux stands in for it: the same processor, another
//! system's C library, and none of the keystore's Java bridge.

use std::{path::Path, process::Command};

use anyhow::Context;

use super::{as_measured, folder, megabytes, release, table::Figure};
use crate::{house::House, phones, progress::Progress, run};

const STAND_IN: &str = "aarch64-unknown-linux-gnu";
const BLOAT: &str = "0.12.1";
/// How many crates are named.
const NAMED: &str = "12";

pub(super) fn measure(house: &House, progress: &Progress) -> anyhow::Result<Vec<Figure>> {
    phones::add(STAND_IN)?;
    progress.step("the library, as a release, for this machine");
    let mut here = release(house);
    here.args(["--package", "fos-bindings"]);
    run::quietly(house, "bench library", here)?;
    let here = weigh(&folder(house).join("release/libfos.so"), "strip")?;
    progress.step(&format!("the library, as a release, for {STAND_IN}"));
    let mut there = release(house);
    there.args(["--package", "fos-bindings", "--target", STAND_IN]);
    run::quietly(house, "bench library cross", across(there))?;
    let built = folder(house).join(STAND_IN).join("release/libfos.so");
    let there = weigh(&built, "aarch64-linux-gnu-strip")?;
    let crates = by_crate(house, progress)?;
    Ok(vec![
        figure("library-aarch64", there, "MB", vec!["stripped; a stand-in for Android's".to_owned()]),
        figure("library-here", here, "MB", Vec::new()),
        crates,
    ])
}

fn figure(row: &str, ours: f64, unit: &str, notes: Vec<String>) -> Figure {
    Figure { row: row.to_owned(), ours, peer: None, unit: unit.to_owned(), notes }
}

/// Debian's cross compiler, linker and archiver.
fn across(mut cargo: Command) -> Command {
    cargo.envs(phones::compilers(STAND_IN, "aarch64-linux-gnu-gcc", "aarch64-linux-gnu-ar"));
    cargo
}

/// Megabytes once its names are stripped off.
fn weigh(library: &Path, strip: &str) -> anyhow::Result<f64> {
    let stripped = library.with_extension("so.stripped");
    run::output(Command::new(strip).arg("-o").arg(&stripped).arg(library))?;
    megabytes(&stripped)
}

/// The code by crate, by cargo-bloat's reckoning: what is written into its callers counts as theirs, and C has no
/// crate.
fn by_crate(house: &House, progress: &Progress) -> anyhow::Result<Figure> {
    progress.step("the library's code by crate");
    let tool = run::cargo_tool(house, "cargo-bloat", BLOAT)?;
    let mut bloat = Command::new(tool);
    bloat.current_dir(&house.root).args(["bloat", "--release", "--crates", "-n", NAMED]);
    bloat.args(["--package", "fos-bindings", "--target", STAND_IN, "--message-format", "json"]);
    as_measured(house, &mut bloat);
    let said: serde_json::Value = serde_json::from_str(&run::output(&mut across(bloat))?)?;
    let code = said["text-section-size"].as_f64().context("cargo-bloat tells no size")?;
    let crates = said["crates"].as_array().context("cargo-bloat tells no crates")?;
    let named = crates.iter().filter_map(|part| {
        Some(format!("{} {:.0} KB", part["name"].as_str()?, part["size"].as_f64()? / 1e3))
    });
    let named = named.collect::<Vec<_>>().join(", ");
    Ok(figure("library-crates", code / 1e6, "MB", vec![named]))
}
