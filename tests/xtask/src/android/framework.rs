//! Android's frameworks that Robolectric runs, and the JVM for each.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use super::jvm;
use crate::setup;

/// Framework of one Android version.
#[derive(Debug, Clone)]
pub(crate) struct Framework {
    /// Version of Android.
    pub(crate) release: &'static str,
    /// API level.
    level: &'static str,
    java: PathBuf,
}

/// Memory, with room from the start: growing to it would take two seconds of collections.
const MEMORY: [&str; 4] = ["-Xmx1g", "-Xms400m", "-Xmn200m", "-XX:MetaspaceSize=256m"];
/// API level of the newest framework, which the app targets.
pub(super) const NEWEST_LEVEL: &str = "36";
/// Oldest JDK that runs it.
const NEWEST_NEEDS_JDK: u32 = 21;

impl Framework {
    /// Returns Android 14, which every JDK runs.
    pub(crate) fn android14() -> Self {
        Self { release: "14", level: "34", java: PathBuf::from("java") }
    }

    /// Returns Android 16.
    ///
    /// # Errors
    /// The reason for which this machine cannot run it.
    pub(crate) fn android16() -> Result<Self, String> {
        let java = find_jdk(NEWEST_NEEDS_JDK)
            .ok_or_else(|| format!("Android 16 needs a JDK {NEWEST_NEEDS_JDK} or newer"))?;
        Ok(Self { release: "16", level: NEWEST_LEVEL, java })
    }

    /// Returns a JVM that runs this framework.
    pub(super) fn java(&self) -> Command {
        let mut command = jvm(&self.java, &MEMORY);
        command.arg(format!("-Drobolectric.enabledSdks={}", self.level));
        if self.level == NEWEST_LEVEL {
            // Newer JDKs warn at each native library.
            command.arg("--enable-native-access=ALL-UNNAMED");
        }
        command
    }

    /// Returns true for the jar that holds this framework.
    pub(super) fn is_in(&self, jar: &Path) -> bool {
        jar.to_string_lossy().contains(&format!("android-all-instrumented-{}-", self.release))
    }
}

/// Returns a `java` of this version or a newer one: of `JAVA_HOME`, of the `PATH`, or where Linux installs them.
fn find_jdk(version: u32) -> Option<PathBuf> {
    let home = env::var_os("JAVA_HOME").map(PathBuf::from);
    let installed =
        std::fs::read_dir("/usr/lib/jvm").into_iter().flatten().flatten().map(|entry| entry.path());
    let homes = home.into_iter().chain(installed).map(|home| home.join("bin/java"));
    let is_new_enough = |java: &PathBuf| setup::java_version(java) >= Some(version);
    [PathBuf::from("java")].into_iter().chain(homes).find(is_new_enough)
}
