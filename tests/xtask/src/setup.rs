//! Finds what the commands need on this machine, and installs what is missing where that is possible.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::bail;

use crate::{
    house::House,
    progress::{Progress, say},
    run,
};

/// The oldest JDK that the Android build runs on.
const JDK: u32 = 17;

/// Something the commands need: what it is, the Debian package that brings it, and whether it is there.
struct Need {
    what: &'static str,
    package: &'static str,
    there: fn() -> bool,
}

const JAVA: Need = Need { what: "JDK 17 or newer", package: "default-jdk-headless", there: jdk };
const MAVEN: Need = Need { what: "Maven", package: "maven", there: || has("mvn") };

const RUST: [Need; 1] = [Need { what: "a C compiler", package: "gcc libc6-dev", there: || has("cc") }];

const ANDROID: [Need; 8] = [
    JAVA,
    MAVEN,
    Need { what: "aapt2", package: "aapt", there: || has("aapt2") },
    Need { what: "unzip", package: "unzip", there: || has("unzip") },
    Need { what: "npm", package: "npm", there: || has("npm") },
    Need {
        what: "Python with fontTools and Brotli",
        package: "python3-fonttools python3-brotli",
        there: || python().is_some(),
    },
    Need { what: "OpenGL", package: "libgl1", there: || library("libGL.so.1") },
    Need {
        what: "fonts",
        package: "fontconfig fonts-dejavu-core",
        there: || Path::new("/usr/share/fonts").is_dir(),
    },
];

const BENCH: [Need; 4] = [
    Need { what: "valgrind", package: "valgrind", there: || has("valgrind") },
    JAVA,
    MAVEN,
    Need {
        what: "a C compiler for aarch64 Linux",
        package: "gcc-aarch64-linux-gnu libc6-dev-arm64-cross",
        there: || has("aarch64-linux-gnu-gcc"),
    },
];

const FAULTS: [Need; 1] = [Need { what: "Go", package: "golang-go", there: || go().is_some() }];

const APK: [Need; 1] = [Need { what: "apksigner", package: "apksigner", there: || has("apksigner") }];

const CHROMIUM: [Need; 2] = [
    Need { what: "Chromium", package: "chromium", there: || has("chromium") },
    Need { what: "chromedriver", package: "chromium-driver", there: || has("chromedriver") },
];

/// What the Rust parts need.
///
/// # Errors
/// When something is missing that cannot be installed here; the message says how.
pub fn rust(house: &House, progress: &Progress) -> anyhow::Result<()> {
    provide(house, progress, &RUST)
}

/// What the Android parts need besides.
///
/// # Errors
/// When something is missing that cannot be installed here; the message says how.
pub fn android(house: &House, progress: &Progress) -> anyhow::Result<()> {
    provide(house, progress, &RUST)?;
    provide(house, progress, &ANDROID)
}

/// What measuring needs besides.
///
/// # Errors
/// When something is missing that cannot be installed here; the message says how.
pub fn bench(house: &House, progress: &Progress) -> anyhow::Result<()> {
    provide(house, progress, &RUST)?;
    provide(house, progress, &BENCH)
}

/// What breaking things needs besides.
///
/// # Errors
/// When something is missing that cannot be installed here; the message says how.
pub fn faults(house: &House, progress: &Progress) -> anyhow::Result<()> {
    provide(house, progress, &RUST)?;
    provide(house, progress, &FAULTS)
}

/// Go, which builds the proxy that breaks lines. `Some` says why what needs it has to be skipped.
pub fn no_go(house: &House, progress: &Progress) -> Option<String> {
    unavailable(house, progress, &FAULTS)
}

/// What packing an APK needs besides.
///
/// # Errors
/// When something is missing that cannot be installed here; the message says how.
pub fn apk(house: &House, progress: &Progress) -> anyhow::Result<()> {
    android(house, progress)?;
    provide(house, progress, &APK)
}

/// The browser in which the live page is tested. `Some` says why that has to be skipped.
pub fn chromium(house: &House, progress: &Progress) -> Option<String> {
    unavailable(house, progress, &CHROMIUM)
}

fn unavailable(house: &House, progress: &Progress, needs: &[Need]) -> Option<String> {
    let why = provide(house, progress, needs).err()?.to_string();
    Some(why.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn provide(house: &House, progress: &Progress, needs: &[Need]) -> anyhow::Result<()> {
    let missing: Vec<&Need> = needs.iter().filter(|need| !(need.there)()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = missing.iter().map(|need| need.what).collect();
    let packages: Vec<&str> = missing.iter().flat_map(|need| need.package.split(' ')).collect();
    say(&format!("Missing here: {}.", names.join(", ")));
    if !has("apt-get") {
        bail!("install {} and run this again", names.join(", "));
    }
    let install = format!("apt-get install -y --no-install-recommends {}", packages.join(" "));
    if !root() {
        bail!("run this, then this command again:\n\n    sudo apt-get update && sudo {install}\n");
    }
    progress.step("apt-get update");
    run::quietly(house, "apt update", apt(["update"]))?;
    progress.step(&install);
    let mut words = vec!["install", "-y", "--no-install-recommends"];
    words.extend(packages);
    run::quietly(house, "apt install", apt(words))?;
    let still: Vec<&str> = missing.iter().filter(|need| !(need.there)()).map(|need| need.what).collect();
    if !still.is_empty() {
        bail!("installed, yet not found: {}", still.join(", "));
    }
    Ok(())
}

fn apt<'a>(words: impl IntoIterator<Item = &'a str>) -> Command {
    let mut apt = Command::new("apt-get");
    apt.env("DEBIAN_FRONTEND", "noninteractive").args(words);
    apt
}

fn has(program: &str) -> bool {
    run::on_path(program).is_some()
}

fn root() -> bool {
    run::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// Go, on the `PATH` or where its own packages put it.
pub fn go() -> Option<PathBuf> {
    let own = PathBuf::from("/usr/local/go/bin/go");
    run::on_path("go").or_else(|| own.is_file().then_some(own))
}

/// The Python that can cut fonts. Debian's own comes first: its packages go there, whatever other stands on the `PATH`.
pub fn python() -> Option<&'static str> {
    ["/usr/bin/python3", "python3"].into_iter().find(|python| {
        run::output(Command::new(python).args(["-c", "import fontTools.subset, brotli"])).is_ok()
    })
}

fn jdk() -> bool {
    run::output(Command::new("javac").arg("-version"))
        .is_ok_and(|said| major(&said).is_some_and(|n| n >= JDK))
}

/// `javac 17.0.13` → 17.
fn major(said: &str) -> Option<u32> {
    said.split_whitespace().nth(1)?.split('.').next()?.parse().ok()
}

/// Whether the loader would find this library: in its usual folders, whatever the processor.
fn library(name: &str) -> bool {
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
    fn a_jdk_says_its_version() {
        assert_eq!(major("javac 17.0.13"), Some(17));
        assert_eq!(major("javac 25"), Some(25));
        assert_eq!(major(""), None);
    }
}
