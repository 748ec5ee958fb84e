//! Type checks for the mobile targets, which compile the code behind `cfg(target_os)`.
//!
//! Nothing is linked, so no mobile SDK is needed: a stub C compiler writes empty files.

use std::path::{Path, PathBuf};

use anyhow::Result;
use xshell::cmd;

use crate::{process, workspace::Workspace};

/// Targets of the phones that members use.
pub(crate) const TARGETS: [&str; 2] = ["aarch64-linux-android", "aarch64-apple-ios"];

/// C compiler that creates its output file empty.
const STUB_COMPILER: &str =
    "#!/bin/sh\nwhile [ $# -gt 0 ]; do if [ \"$1\" = -o ]; then : > \"$2\"; fi; shift; done\nexit 0\n";
/// Archiver that writes an empty archive.
const STUB_ARCHIVER: &str =
    "#!/bin/sh\nfor a in \"$@\"; do case \"$a\" in *.a) printf '!<arch>\\n' > \"$a\";; esac; done\nexit 0\n";

/// Type-checks the library for this target. `Some` holds the reason why the check had to be skipped.
pub(crate) fn check(workspace: &Workspace, target: &str) -> Result<Option<String>> {
    if let Err(error) = install_target(workspace, target) {
        let error = error.to_string();
        return Ok(Some(format!("rustup cannot add {target}: {}", error.lines().last().unwrap_or_default())));
    }
    let folder = workspace.target().join("xtask/phones");
    let [compiler, archiver] = [("cc", STUB_COMPILER), ("ar", STUB_ARCHIVER)]
        .map(|(name, script)| write_script(workspace, folder.join(name), script));
    let mut cargo = workspace.cargo(["check", "--package", "fos-bindings", "--target", target]);
    cargo
        .envs(compiler_env(target, &compiler?.to_string_lossy(), &archiver?.to_string_lossy()))
        .env("SDKROOT", &folder);
    process::run_logged(workspace, target, cargo)?;
    Ok(None)
}

/// Adds a target by rustup unless it is installed.
pub(crate) fn install_target(workspace: &Workspace, target: &str) -> Result<()> {
    let sh = &workspace.sh;
    let installed = process::output(cmd!(sh, "rustup target list --installed"))?;
    if !installed.lines().any(|line| line.trim() == target) {
        process::output(cmd!(sh, "rustup target add {target}"))?;
    }
    Ok(())
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

fn write_script(workspace: &Workspace, path: PathBuf, script: &str) -> Result<PathBuf> {
    workspace.sh.write_file(&path, script)?;
    make_executable(&path)?;
    Ok(path)
}

#[cfg(unix)]
fn make_executable(path: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    Ok(std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755))?)
}

#[cfg(not(unix))]
fn make_executable(path: &Path) -> Result<()> {
    anyhow::bail!("{}: the mobile targets are checked on Linux and macOS only", path.display())
}
