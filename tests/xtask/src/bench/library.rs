//! Size of the library, in total and by crate.
//!
//! Linking the library for a phone needs the phone's SDK. aarch64 Linux stands in for it: the same processor, another C
//! library, and no Java bridge for the keystore.

use std::{path::Path, process::Command};

use anyhow::{Context, Result};
use xshell::cmd;

use super::{release_build, table::Measurement, use_bench_profile, work_folder};
use crate::{mobile, process, progress::Progress, workspace::Workspace};

const CROSS_TARGET: &str = "aarch64-unknown-linux-gnu";
const CARGO_BLOAT_VERSION: &str = "0.12.1";
/// Number of crates listed.
const MAX_CRATES: &str = "12";

pub(super) fn measure(workspace: &Workspace, progress: &Progress) -> Result<Vec<Measurement>> {
    mobile::install_target(workspace, CROSS_TARGET)?;
    progress.step("the library, as a release, for this machine");
    let mut host = release_build(workspace);
    host.args(["--package", "fos-bindings"]);
    process::run_logged(workspace, "bench library", host)?;
    let host = stripped_megabytes(workspace, "release/libfos.so", "strip")?;
    progress.step(&format!("the library, as a release, for {CROSS_TARGET}"));
    let mut cross = release_build(workspace);
    cross.args(["--package", "fos-bindings", "--target", CROSS_TARGET]);
    process::run_logged(workspace, "bench library cross", cross_compile(cross))?;
    let built = Path::new(CROSS_TARGET).join("release/libfos.so");
    let cross = stripped_megabytes(workspace, built, "aarch64-linux-gnu-strip")?;
    let crates = size_by_crate(workspace, progress)?;
    Ok(vec![
        measurement("library-aarch64", cross, "MB", vec!["stripped; a stand-in for Android's".to_owned()]),
        measurement("library-here", host, "MB", Vec::new()),
        crates,
    ])
}

fn measurement(row: &str, ours: f64, unit: &str, notes: Vec<String>) -> Measurement {
    Measurement { row: row.to_owned(), ours, peer: None, unit: unit.to_owned(), notes }
}

/// Uses Debian's cross compiler, linker and archiver.
fn cross_compile(mut cargo: Command) -> Command {
    cargo.envs(mobile::compiler_env(CROSS_TARGET, "aarch64-linux-gnu-gcc", "aarch64-linux-gnu-ar"));
    cargo
}

/// Strips a library below the work folder and returns its size in megabytes.
fn stripped_megabytes(workspace: &Workspace, library: impl AsRef<Path>, strip: &str) -> Result<f64> {
    let library = work_folder(workspace).join(library);
    let stripped = library.with_extension("so.stripped");
    process::output(cmd!(workspace.sh, "{strip} -o {stripped} {library}"))?;
    let bytes = stripped.metadata().with_context(|| format!("weighing {}", stripped.display()))?.len();
    Ok(f64::from(u32::try_from(bytes)?) / 1e6)
}

/// Measures the code size by crate with cargo-bloat: inlined code counts for its caller, and C code has no crate.
fn size_by_crate(workspace: &Workspace, progress: &Progress) -> Result<Measurement> {
    progress.step("the library's code by crate");
    let bloat = process::cargo_tool(workspace, "cargo-bloat", CARGO_BLOAT_VERSION)?;
    let mut bloat = Command::from(cmd!(
        workspace.sh,
        "{bloat} bloat --release --crates -n {MAX_CRATES} --package fos-bindings --target {CROSS_TARGET} --message-format json"
    ));
    use_bench_profile(workspace, &mut bloat);
    let report: serde_json::Value = serde_json::from_str(&process::output(cross_compile(bloat))?)?;
    let code = report["text-section-size"].as_f64().context("cargo-bloat reports no size")?;
    let crates = report["crates"].as_array().context("cargo-bloat reports no crates")?;
    let named = crates.iter().filter_map(|part| {
        Some(format!("{} {:.0} KB", part["name"].as_str()?, part["size"].as_f64()? / 1e3))
    });
    let named = named.collect::<Vec<_>>().join(", ");
    Ok(measurement("library-crates", code / 1e6, "MB", vec![named]))
}
