//! Type checks for the mobile targets, which compile the code behind `cfg(target_os)`.
//!
//! Nothing is linked, so no mobile SDK is needed: a stub C compiler writes empty files.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context;

use crate::{process, workspace::Workspace};

/// Targets of the phones that members use.
pub const TARGETS: [&str; 2] = ["aarch64-linux-android", "aarch64-apple-ios"];

/// Type-checks the library for this target. `Some` holds the reason why the check had to be skipped.
///
/// # Errors
/// Returns an error if the library does not compile for the target.
pub fn check(workspace: &Workspace, target: &str) -> anyhow::Result<Option<String>> {
    if let Err(error) = install_target(target) {
        let error = error.to_string();
        return Ok(Some(format!("rustup cannot add {target}: {}", error.lines().last().unwrap_or_default())));
    }
    let folder = workspace.target().join("xtask/phones");
    let (compiler, archiver) = write_stub_tools(&folder)?;
    let mut cargo = workspace.cargo(["check", "--package", "fos-bindings", "--target", target]);
    cargo
        .envs(compiler_env(target, &compiler.to_string_lossy(), &archiver.to_string_lossy()))
        .env("SDKROOT", &folder)
        // A separate folder: `cargo check` for a phone must neither wait for the workspace's builds nor block them.
        .env("CARGO_TARGET_DIR", workspace.target().join("phones"));
    process::run_logged(workspace, target, cargo)?;
    Ok(None)
}

pub(crate) fn install_target(target: &str) -> anyhow::Result<()> {
    let installed = process::output(Command::new("rustup").args(["target", "list", "--installed"]))?;
    if installed.lines().any(|line| line.trim() == target) {
        return Ok(());
    }
    process::output(Command::new("rustup").args(["target", "add", target])).map(|_| ())
}

/// Returns the environment variables that make cargo link and compile C for this target with these tools.
pub(crate) fn compiler_env(target: &str, compiler: &str, archiver: &str) -> [(String, String); 3] {
    let key = target.replace('-', "_");
    [
        (format!("CARGO_TARGET_{}_LINKER", key.to_uppercase()), compiler.to_owned()),
        (format!("CC_{key}"), compiler.to_owned()),
        (format!("AR_{key}"), archiver.to_owned()),
    ]
}

/// Writes a C compiler that creates its output file empty, and an archiver that writes an empty archive.
fn write_stub_tools(folder: &Path) -> anyhow::Result<(PathBuf, PathBuf)> {
    fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    let compiler = folder.join("cc");
    let archiver = folder.join("ar");
    write_script(&compiler, "while [ $# -gt 0 ]; do if [ \"$1\" = -o ]; then : > \"$2\"; fi; shift; done\n")?;
    write_script(
        &archiver,
        "for a in \"$@\"; do case \"$a\" in *.a) printf '!<arch>\\n' > \"$a\";; esac; done\n",
    )?;
    Ok((compiler, archiver))
}

#[cfg(unix)]
fn write_script(path: &Path, body: &str) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::write(path, format!("#!/bin/sh\n{body}exit 0\n"))
        .with_context(|| format!("writing {}", path.display()))?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).context("making it executable")
}

#[cfg(not(unix))]
fn write_script(path: &Path, _body: &str) -> anyhow::Result<()> {
    anyhow::bail!("{}: the mobile targets are checked on Linux and macOS only", path.display())
}
