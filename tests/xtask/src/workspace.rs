//! Paths inside the checkout, and the cargo commands run in it.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{process, progress::Progress};

/// Cargo arguments that select every crate except `xtask`, which is running and must not be rebuilt.
pub const ALL_EXCEPT_XTASK: [&str; 5] =
    ["--workspace", "--exclude", "xtask", "--features", "fos-bindings/development"];

/// The checkout that this command was started from.
#[derive(Debug, Clone)]
pub struct Workspace {
    /// Folder that holds the workspace's `Cargo.toml`.
    pub root: PathBuf,
}

impl Workspace {
    /// Returns the workspace that contains this crate.
    pub fn locate() -> Self {
        let manifest_folder = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root =
            manifest_folder.ancestors().nth(2).map_or_else(|| manifest_folder.clone(), Path::to_path_buf);
        Self { root }
    }

    /// Returns cargo's target folder.
    pub fn target(&self) -> PathBuf {
        env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| self.root.join("target"), |folder| self.root.join(PathBuf::from(folder)))
    }

    /// Returns the debug build of the library that Kotlin and Swift load.
    pub fn library(&self) -> PathBuf {
        let name = if cfg!(target_os = "macos") { "libfos.dylib" } else { "libfos.so" };
        self.target().join("debug").join(name)
    }

    /// Returns a command for the cargo that started this process, run at the workspace root.
    pub fn cargo<S: AsRef<std::ffi::OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Command {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.current_dir(&self.root).args(args);
        cargo
    }

    /// Builds all other crates: the core as a library with `development` (which allows plain HTTP to this machine), the
    /// bindings generator, the portal, the journeys and their runner.
    ///
    /// Always builds all of them at once: crates built alone would resolve shared dependencies with other features and
    /// rebuild them.
    ///
    /// # Errors
    /// Returns an error if a crate does not build.
    pub fn build(&self, progress: &Progress) -> anyhow::Result<()> {
        progress.step("the core, the portal, the journeys and their runner");
        let mut cargo = self.cargo(["build"]);
        cargo.args(ALL_EXCEPT_XTASK);
        process::run_logged(self, "build", cargo)
    }

    /// Returns the path of a program that [`Workspace::build`] has built.
    pub fn program(&self, name: &str) -> PathBuf {
        self.target().join("debug").join(name)
    }

    /// Returns a path relative to the root, for messages that are the same on every machine.
    pub fn relative<'a>(&self, path: &'a Path) -> &'a Path {
        path.strip_prefix(&self.root).unwrap_or(path)
    }
}
