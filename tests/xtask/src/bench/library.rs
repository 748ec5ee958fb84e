//! Size of the library, in total and by crate.
//!
//! Linking the library for a phone needs the phone's SDK. aarch64 Linux stands in for it: the same processor and the same
//! linker, another C library, and no Java bridge for the keystore.

use std::{path::Path, process::Command};

use anyhow::{Context, Result, ensure};
use xshell::cmd;

use super::{release_build, table::Measurement, use_bench_profile, work_folder};
use crate::{android::native::size_flags, mobile, process, progress::Progress, workspace::Workspace};

const CROSS_TARGET: &str = "aarch64-unknown-linux-gnu";
const CARGO_BLOAT_VERSION: &str = "0.12.1";
/// Number of crates listed.
const MAX_CRATES: &str = "12";

/// Measures the library for phones, for this machine, and by crate.
pub(super) fn measure(workspace: &Workspace, progress: &Progress) -> Result<Vec<Measurement>> {
    let cross = measure_cross(workspace, progress)?;
    progress.step("the library, as a release, for this machine");
    let mut host = release_build(workspace);
    host.args(["--package", "fos-bindings"]);
    process::run_logged(workspace, "bench library", host)?;
    let host = stripped_megabytes(workspace, "release/libfos.so", "strip")?;
    let crates = size_by_crate(workspace, progress)?;
    Ok(vec![cross, measurement("library-here", host, "MB", Vec::new()), crates])
}

/// Measures the library for phones alone.
pub(super) fn measure_cross(workspace: &Workspace, progress: &Progress) -> Result<Measurement> {
    mobile::install_target(workspace, CROSS_TARGET)?;
    progress.step(&format!("the library, as a release, for {CROSS_TARGET}"));
    let mut cargo = workspace.cargo(["rustc", "--release", "--package", "fos-bindings", "--lib"]);
    // Without the static library, which is Apple's.
    cargo.args(["--crate-type", "cdylib", "--target", CROSS_TARGET]);
    use_bench_profile(workspace, &mut cargo);
    process::run_logged(workspace, "bench library cross", cross_compile(workspace, cargo)?)?;
    let built = Path::new(CROSS_TARGET).join("release/libfos.so");
    let cross = stripped_megabytes(workspace, built, "aarch64-linux-gnu-strip")?;
    Ok(measurement("library-aarch64", cross, "MB", vec!["stripped; a stand-in for Android's".to_owned()]))
}

fn measurement(row: &str, ours: f64, unit: &str, notes: Vec<String>) -> Measurement {
    Measurement { row: row.to_owned(), ours, peer: None, unit: unit.to_owned(), notes }
}

/// Uses Debian's cross compiler and archiver, and Rust's copy of the linker that Android's NDK has.
fn cross_compile(workspace: &Workspace, mut cargo: Command) -> Result<Command> {
    let libraries = process::output(cmd!(workspace.sh, "rustc --print target-libdir"))?;
    let tools = Path::new(libraries.trim()).parent().context("rustc's libraries have no folder")?;
    let linker = tools.join("bin/gcc-ld");
    ensure!(linker.join("ld.lld").is_file(), "no linker in {}", linker.display());
    let flags =
        format!("-Clink-arg=-fuse-ld=lld -Clink-arg=-B{} {}", linker.display(), size_flags(workspace)?);
    cargo
        .envs(mobile::compiler_env(CROSS_TARGET, "aarch64-linux-gnu-gcc", "aarch64-linux-gnu-ar"))
        .env("CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_RUSTFLAGS", flags);
    Ok(cargo)
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
    let report: serde_json::Value =
        serde_json::from_str(&process::output(cross_compile(workspace, bloat)?)?)?;
    let code = report["text-section-size"].as_f64().context("cargo-bloat reports no size")?;
    let crates = report["crates"].as_array().context("cargo-bloat reports no crates")?;
    let named = crates.iter().filter_map(|part| {
        Some(format!("{} {:.0} KB", part["name"].as_str()?, part["size"].as_f64()? / 1e3))
    });
    let named = named.collect::<Vec<_>>().join(", ");
    Ok(measurement("library-crates", code / 1e6, "MB", vec![named]))
}
