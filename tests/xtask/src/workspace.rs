//! Where things stand in the checkout, and how its own cargo is called.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{process, progress::Progress};

/// Everything but this very command, in the words of cargo.
pub const ALL_EXCEPT_XTASK: [&str; 5] =
    ["--workspace", "--exclude", "xtask", "--features", "fos-bindings/development"];

/// The checkout this command was started from.
#[derive(Debug, Clone)]
pub struct Workspace {
    /// The folder that holds the workspace's `Cargo.toml`.
    pub root: PathBuf,
}

impl Workspace {
    /// The house this command belongs to.
    pub fn locate() -> Self {
        let manifest_folder = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root =
            manifest_folder.ancestors().nth(2).map_or_else(|| manifest_folder.clone(), Path::to_path_buf);
        Self { root }
    }

    /// Where builds go: cargo's target folder.
    pub fn target(&self) -> PathBuf {
        env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| self.root.join("target"), |folder| self.root.join(PathBuf::from(folder)))
    }

    /// The library that Kotlin and Swift load, as a debug build writes it.
    pub fn library(&self) -> PathBuf {
        let name = if cfg!(target_os = "macos") { "libfos.dylib" } else { "libfos.so" };
        self.target().join("debug").join(name)
    }

    /// The cargo that started this command, at the root of the house.
    pub fn cargo<S: AsRef<std::ffi::OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Command {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.current_dir(&self.root).args(args);
        cargo
    }

    /// Builds what stands beside this command: the core as a library with `development` (which allows plain HTTP to
    /// this very machine), the generator of its bindings, the portal, the journeys and their runner.
    ///
    /// Always all of it in one go: parts built alone would share dependencies with other features, and build them anew.
    ///
    /// # Errors
    /// When it does not build.
    pub fn build(&self, progress: &Progress) -> anyhow::Result<()> {
        progress.step("the core, the portal, the journeys and their runner");
        let mut cargo = self.cargo(["build"]);
        cargo.args(ALL_EXCEPT_XTASK);
        process::run_logged(self, "build", cargo)
    }

    /// A program that [`House::build`] has made.
    pub fn program(&self, name: &str) -> PathBuf {
        self.target().join("debug").join(name)
    }

    /// A path under the root, for messages: short and the same on every machine.
    pub fn relative<'a>(&self, path: &'a Path) -> &'a Path {
        path.strip_prefix(&self.root).unwrap_or(path)
    }
}
