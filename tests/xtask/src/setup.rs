//! Finds the tools that the commands need and installs missing ones where that is possible.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use xshell::cmd;

use crate::{
    process,
    progress::{Progress, print_line},
    workspace::Workspace,
};

/// Oldest JDK that the Android build supports.
const MIN_JDK_VERSION: u32 = 17;

/// A tool that a command needs: its name, the Debian packages that provide it, and a check whether it is installed.
pub(crate) struct Tool {
    name: &'static str,
    packages: &'static str,
    is_present: fn() -> bool,
}

const fn tool(name: &'static str, packages: &'static str, is_present: fn() -> bool) -> Tool {
    Tool { name, packages, is_present }
}

const JAVA: Tool = tool("JDK 17 or newer", "default-jdk-headless", has_jdk);
const MAVEN: Tool = tool("Maven", "maven", || has_program("mvn"));

/// Tools for the Rust crates.
pub(crate) const RUST: &[Tool] = &[tool("a C compiler", "gcc libc6-dev", || has_program("cc"))];
/// Tools for the Android app.
pub(crate) const ANDROID: &[Tool] = &[
    JAVA,
    MAVEN,
    tool("aapt2", "aapt", || has_program("aapt2")),
    tool("unzip", "unzip", || has_program("unzip")),
    tool("npm", "npm", || has_program("npm")),
    tool("Python with fontTools and Brotli", "python3-fonttools python3-brotli", || python().is_some()),
    tool("OpenGL", "libgl1", || has_library("libGL.so.1")),
    tool("fonts", "fontconfig fonts-dejavu-core", || Path::new("/usr/share/fonts").is_dir()),
];
const VALGRIND: Tool = tool("valgrind", "valgrind", || has_program("valgrind"));
const CROSS_COMPILER: Tool =
    tool("a C compiler for aarch64 Linux", "gcc-aarch64-linux-gnu libc6-dev-arm64-cross", || {
        has_program("aarch64-linux-gnu-gcc")
    });
/// Tools for the benchmarks.
pub(crate) const BENCH: &[Tool] = &[VALGRIND, JAVA, MAVEN, CROSS_COMPILER];
/// Tools for those that do not depend on time.
pub(crate) const COUNTS: &[Tool] = &[VALGRIND, CROSS_COMPILER];
/// Go, which builds the fault-injecting proxy.
pub(crate) const FAULTS: &[Tool] = &[tool("Go", "golang-go", || go().is_some())];
/// Tools for signing an APK.
pub(crate) const APK: &[Tool] = &[tool("apksigner", "apksigner", || has_program("apksigner"))];
/// The browser that the live page is tested in.
pub(crate) const CHROMIUM: &[Tool] = &[
    tool("Chromium", "chromium", || has_program("chromium")),
    tool("chromedriver", "chromium-driver", || has_program("chromedriver")),
];

/// Ensures these tools. An error says how to install what is missing and cannot be installed here.
pub(crate) fn ensure(workspace: &Workspace, progress: &Progress, tools: &[&[Tool]]) -> Result<()> {
    tools.iter().try_for_each(|tools| ensure_installed(workspace, progress, tools))
}

/// Ensures these tools. Returns the reason if they are unavailable.
pub(crate) fn unavailable(workspace: &Workspace, progress: &Progress, tools: &[Tool]) -> Option<String> {
    let reason = ensure_installed(workspace, progress, tools).err()?.to_string();
    Some(reason.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn ensure_installed(workspace: &Workspace, progress: &Progress, tools: &[Tool]) -> Result<()> {
    let missing = || tools.iter().filter(|tool| !(tool.is_present)());
    let names = || missing().map(|tool| tool.name).collect::<Vec<_>>().join(", ");
    let packages: Vec<&str> = missing().flat_map(|tool| tool.packages.split(' ')).collect();
    if packages.is_empty() {
        return Ok(());
    }
    print_line(&format!("Missing here: {}.", names()));
    if !has_program("apt-get") {
        bail!("install {} and run this again", names());
    }
    let install = format!("apt-get install -y --no-install-recommends {}", packages.join(" "));
    let sh = &workspace.sh;
    if process::output(cmd!(sh, "id -u"))?.trim() != "0" {
        bail!("run this, then this command again:\n\n    sudo apt-get update && sudo {install}\n");
    }
    let _unattended = sh.push_env("DEBIAN_FRONTEND", "noninteractive");
    progress.step("apt-get update");
    process::run_logged(workspace, "apt update", cmd!(sh, "apt-get update"))?;
    progress.step(&install);
    let install = cmd!(sh, "apt-get install -y --no-install-recommends {packages...}");
    process::run_logged(workspace, "apt install", install)?;
    if missing().next().is_some() {
        bail!("installed, but not found: {}", names());
    }
    Ok(())
}

fn has_program(program: &str) -> bool {
    process::find_on_path(program).is_some()
}

/// Returns the path of Go, from the `PATH` or from its default install location.
pub(crate) fn go() -> Option<PathBuf> {
    let go_home = PathBuf::from("/usr/local/go/bin/go");
    process::find_on_path("go").or_else(|| go_home.is_file().then_some(go_home))
}

/// Returns a Python that has fontTools and Brotli. Debian's own comes first: its packages are installed there, whatever
/// other Python the `PATH` finds.
pub(crate) fn python() -> Option<&'static str> {
    ["/usr/bin/python3", "python3"]
        .into_iter()
        .find(|python| probe(python, &["-c", "import fontTools.subset, brotli"]).is_some())
}

fn has_jdk() -> bool {
    probe("javac", &["-version"]).is_some_and(|output| major_version(&output) >= Some(MIN_JDK_VERSION))
}

/// Returns the major version of this `java`.
pub(crate) fn java_version(java: &Path) -> Option<u32> {
    major_version(&probe(&java.to_string_lossy(), &["--version"])?)
}

/// Returns the output of a program that may be missing.
fn probe(program: &str, args: &[&str]) -> Option<String> {
    let mut command = std::process::Command::new(program);
    command.args(args);
    process::output(command).ok()
}

/// Parses the major version: `javac 17.0.13` → 17.
fn major_version(output: &str) -> Option<u32> {
    output.split_whitespace().nth(1)?.split('.').next()?.parse().ok()
}

/// Returns true if the dynamic loader would find this library in its usual folders, for any architecture.
fn has_library(name: &str) -> bool {
    ["/usr/lib", "/usr/lib64", "/lib"].into_iter().any(|folder| {
        let subfolders = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
        Path::new(folder).join(name).exists()
            || subfolders
                .filter(|path| path.to_string_lossy().ends_with("-linux-gnu"))
                .any(|path| path.join(name).exists())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_parsed_from_javacs_output() {
        for (output, version) in [("javac 17.0.13", Some(17)), ("javac 25", Some(25)), ("", None)] {
            assert_eq!(major_version(output), version);
        }
    }
}
