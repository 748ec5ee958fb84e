//! Paths inside the checkout, and the cargo commands run in it.

use std::{
    env,
    ffi::OsStr,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Result;
use xshell::Shell;

use crate::{process, progress::Progress};

/// Cargo arguments that select every crate except `xtask`, which is running and must not be rebuilt, and those that
/// need none of the others: the repository's rules, and the generator of the bindings, which has a profile of its own.
pub(crate) const ALL_EXCEPT_XTASK: [&str; 9] = [
    "--workspace",
    "--exclude",
    "xtask",
    "--exclude",
    "fos-repository-rules",
    "--exclude",
    "bindings-generate",
    "--features",
    "fos-bindings/development",
];

/// The checkout that this command was started from.
#[derive(Debug, Clone)]
pub struct Workspace {
    /// Folder that holds the workspace's `Cargo.toml`.
    pub root: PathBuf,
    /// Shell in that folder: relative paths and commands start there.
    pub sh: Shell,
    /// True if builds include the tests.
    builds_tests: bool,
}

impl Workspace {
    /// Returns the workspace that contains this crate.
    pub(crate) fn locate() -> Result<Self> {
        let (root, sh) = (root(), Shell::new()?);
        sh.change_dir(&root);
        Ok(Self { root, sh, builds_tests: false })
    }

    /// Returns the same workspace, whose builds include the tests: with them crates in common have the features that they
    /// have in `cargo test`, and are not built a second time.
    pub(crate) fn with_tests(&self) -> Self {
        Self { builds_tests: true, ..self.clone() }
    }

    /// Returns cargo's target folder.
    pub(crate) fn target(&self) -> PathBuf {
        self.root.join(env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
    }

    /// Returns the debug build of the library that Kotlin and Swift load.
    pub(crate) fn library(&self) -> PathBuf {
        self.program(if cfg!(target_os = "macos") { "libfos.dylib" } else { "libfos.so" })
    }

    /// Returns the path of a file that [`Workspace::build`] has built.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.target().join("debug").join(name)
    }

    /// Returns a command for the cargo that started this process, run at the workspace root.
    pub(crate) fn cargo<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Command {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.current_dir(&self.root).args(args);
        cargo
    }

    /// Builds all other crates: the core as a library with `development` (which allows plain HTTP to this machine), the
    /// portal, the journeys and their runner.
    ///
    /// Always builds all of them at once: crates built alone would resolve shared dependencies with other features and
    /// rebuild them.
    pub(crate) fn build(&self, progress: &Progress) -> Result<()> {
        progress.step("the core, the portal, the journeys and their runner");
        let mut cargo = self.cargo(["build"].iter().chain(&ALL_EXCEPT_XTASK));
        if self.builds_tests {
            cargo.arg("--all-targets");
        }
        process::run_logged(self, "build", cargo)
    }

    /// Builds only what walks journeys: their runner with the portal and the core's face, and with `library` also the
    /// library. The features of shared dependencies are nearly those of
    /// [`Workspace::build`]: either builds little again after the other.
    pub(crate) fn build_journeys(&self, library: bool, progress: &Progress) -> Result<()> {
        progress.step("the core, the portal, the journeys and their runner");
        let mut cargo = self.cargo(["build", "--package", "fos-journeys"]);
        if library {
            cargo.args(["--package", "fos-bindings", "--features", "fos-bindings/development"]);
        }
        process::run_logged(self, "build", cargo)
    }

    /// Returns a path relative to the root, for messages that are the same on every machine.
    pub(crate) fn relative<'a>(&self, path: &'a Path) -> &'a Path {
        path.strip_prefix(&self.root).unwrap_or(path)
    }
}

/// Returns the folder that holds the workspace's `Cargo.toml`.
pub(crate) fn root() -> PathBuf {
    let manifest_folder =
        env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    Path::new(&manifest_folder).ancestors().nth(2).unwrap_or(Path::new(".")).to_path_buf()
}

/// Returns the text of a file of the repository.
#[cfg(test)]
pub(crate) fn read(path: impl AsRef<Path>) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}
