//! Finds the tools that the commands need and installs missing ones where that is possible.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::bail;

use crate::{
    process,
    progress::{Progress, print_line},
    workspace::Workspace,
};

/// Oldest JDK that the Android build supports.
const MIN_JDK_VERSION: u32 = 17;

/// A tool that a command needs: its name, the Debian packages that provide it, and a check whether it is installed.
struct Prerequisite {
    name: &'static str,
    package: &'static str,
    is_present: fn() -> bool,
}

const JAVA: Prerequisite =
    Prerequisite { name: "JDK 17 or newer", package: "default-jdk-headless", is_present: has_jdk };
const MAVEN: Prerequisite =
    Prerequisite { name: "Maven", package: "maven", is_present: || has_program("mvn") };

const RUST: [Prerequisite; 1] =
    [Prerequisite { name: "a C compiler", package: "gcc libc6-dev", is_present: || has_program("cc") }];

const ANDROID: [Prerequisite; 8] = [
    JAVA,
    MAVEN,
    Prerequisite { name: "aapt2", package: "aapt", is_present: || has_program("aapt2") },
    Prerequisite { name: "unzip", package: "unzip", is_present: || has_program("unzip") },
    Prerequisite { name: "npm", package: "npm", is_present: || has_program("npm") },
    Prerequisite {
        name: "Python with fontTools and Brotli",
        package: "python3-fonttools python3-brotli",
        is_present: || python().is_some(),
    },
    Prerequisite { name: "OpenGL", package: "libgl1", is_present: || has_library("libGL.so.1") },
    Prerequisite {
        name: "fonts",
        package: "fontconfig fonts-dejavu-core",
        is_present: || Path::new("/usr/share/fonts").is_dir(),
    },
];

const BENCH: [Prerequisite; 4] = [
    Prerequisite { name: "valgrind", package: "valgrind", is_present: || has_program("valgrind") },
    JAVA,
    MAVEN,
    Prerequisite {
        name: "a C compiler for aarch64 Linux",
        package: "gcc-aarch64-linux-gnu libc6-dev-arm64-cross",
        is_present: || has_program("aarch64-linux-gnu-gcc"),
    },
];

const FAULTS: [Prerequisite; 1] =
    [Prerequisite { name: "Go", package: "golang-go", is_present: || go().is_some() }];

const APK: [Prerequisite; 1] =
    [Prerequisite { name: "apksigner", package: "apksigner", is_present: || has_program("apksigner") }];

const CHROMIUM: [Prerequisite; 2] = [
    Prerequisite { name: "Chromium", package: "chromium", is_present: || has_program("chromium") },
    Prerequisite {
        name: "chromedriver",
        package: "chromium-driver",
        is_present: || has_program("chromedriver"),
    },
];

/// Ensures the tools for the Rust crates.
///
/// # Errors
/// Returns an error if a tool is missing and cannot be installed here; the message says how to install it.
pub fn rust(workspace: &Workspace, progress: &Progress) -> anyhow::Result<()> {
    ensure_installed(workspace, progress, &RUST)
}

/// Ensures the tools for Rust and Android.
///
/// # Errors
/// Returns an error if a tool is missing and cannot be installed here; the message says how to install it.
pub fn android(workspace: &Workspace, progress: &Progress) -> anyhow::Result<()> {
    ensure_installed(workspace, progress, &RUST)?;
    ensure_installed(workspace, progress, &ANDROID)
}

/// Ensures the tools for Rust and the benchmarks.
///
/// # Errors
/// Returns an error if a tool is missing and cannot be installed here; the message says how to install it.
pub fn bench(workspace: &Workspace, progress: &Progress) -> anyhow::Result<()> {
    ensure_installed(workspace, progress, &RUST)?;
    ensure_installed(workspace, progress, &BENCH)
}

/// Ensures the tools for Rust and fault injection.
///
/// # Errors
/// Returns an error if a tool is missing and cannot be installed here; the message says how to install it.
pub fn faults(workspace: &Workspace, progress: &Progress) -> anyhow::Result<()> {
    ensure_installed(workspace, progress, &RUST)?;
    ensure_installed(workspace, progress, &FAULTS)
}

/// Ensures Go, which builds the fault-injecting proxy. Returns the reason if it is unavailable.
pub fn go_unavailable(workspace: &Workspace, progress: &Progress) -> Option<String> {
    unavailable_reason(workspace, progress, &FAULTS)
}

/// Ensures the tools for Android and for signing an APK.
///
/// # Errors
/// Returns an error if a tool is missing and cannot be installed here; the message says how to install it.
pub fn apk(workspace: &Workspace, progress: &Progress) -> anyhow::Result<()> {
    android(workspace, progress)?;
    ensure_installed(workspace, progress, &APK)
}

/// Ensures the browser that the live page is tested in. Returns the reason if it is unavailable.
pub fn chromium_unavailable(workspace: &Workspace, progress: &Progress) -> Option<String> {
    unavailable_reason(workspace, progress, &CHROMIUM)
}

fn unavailable_reason(
    workspace: &Workspace,
    progress: &Progress,
    prerequisites: &[Prerequisite],
) -> Option<String> {
    let reason = ensure_installed(workspace, progress, prerequisites).err()?.to_string();
    Some(reason.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn ensure_installed(
    workspace: &Workspace,
    progress: &Progress,
    prerequisites: &[Prerequisite],
) -> anyhow::Result<()> {
    let missing: Vec<&Prerequisite> =
        prerequisites.iter().filter(|prerequisite| !(prerequisite.is_present)()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = missing.iter().map(|prerequisite| prerequisite.name).collect();
    let packages: Vec<&str> =
        missing.iter().flat_map(|prerequisite| prerequisite.package.split(' ')).collect();
    print_line(&format!("Missing here: {}.", names.join(", ")));
    if !has_program("apt-get") {
        bail!("install {} and run this again", names.join(", "));
    }
    let install = format!("apt-get install -y --no-install-recommends {}", packages.join(" "));
    if !is_root() {
        bail!("run this, then this command again:\n\n    sudo apt-get update && sudo {install}\n");
    }
    progress.step("apt-get update");
    process::run_logged(workspace, "apt update", apt(["update"]))?;
    progress.step(&install);
    let mut args = vec!["install", "-y", "--no-install-recommends"];
    args.extend(packages);
    process::run_logged(workspace, "apt install", apt(args))?;
    let still_missing: Vec<&str> = missing
        .iter()
        .filter(|prerequisite| !(prerequisite.is_present)())
        .map(|prerequisite| prerequisite.name)
        .collect();
    if !still_missing.is_empty() {
        bail!("installed, but not found: {}", still_missing.join(", "));
    }
    Ok(())
}

fn apt<'a>(args: impl IntoIterator<Item = &'a str>) -> Command {
    let mut apt = Command::new("apt-get");
    apt.env("DEBIAN_FRONTEND", "noninteractive").args(args);
    apt
}

fn has_program(program: &str) -> bool {
    process::find_on_path(program).is_some()
}

fn is_root() -> bool {
    process::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// Returns the path of Go, from the `PATH` or from its default install location.
pub fn go() -> Option<PathBuf> {
    let go_home = PathBuf::from("/usr/local/go/bin/go");
    process::find_on_path("go").or_else(|| go_home.is_file().then_some(go_home))
}

/// Returns a Python that has fontTools and Brotli. Debian's own comes first: its packages are installed there, whatever
/// other Python the `PATH` finds.
pub fn python() -> Option<&'static str> {
    ["/usr/bin/python3", "python3"].into_iter().find(|python| {
        process::output(Command::new(python).args(["-c", "import fontTools.subset, brotli"])).is_ok()
    })
}

fn has_jdk() -> bool {
    process::output(Command::new("javac").arg("-version"))
        .is_ok_and(|output| major_version(&output).is_some_and(|n| n >= MIN_JDK_VERSION))
}

/// Parses the major version: `javac 17.0.13` → 17.
fn major_version(output: &str) -> Option<u32> {
    output.split_whitespace().nth(1)?.split('.').next()?.parse().ok()
}

/// Returns true if the dynamic loader would find this library in its usual folders, for any architecture.
fn has_library(name: &str) -> bool {
    let folders = ["/usr/lib", "/usr/lib64", "/lib"];
    folders.iter().any(|folder| {
        Path::new(folder).join(name).exists()
            || fs::read_dir(folder).into_iter().flatten().flatten().any(|entry| {
                entry.file_name().to_string_lossy().ends_with("-linux-gnu")
                    && entry.path().join(name).exists()
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_parsed_from_javacs_output() {
        assert_eq!(major_version("javac 17.0.13"), Some(17));
        assert_eq!(major_version("javac 25"), Some(25));
        assert_eq!(major_version(""), None);
    }
}
