//! Compiles Kotlin: the bindings, the app and its tests, each only when its sources changed.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use super::{Paths, cache::Cache, java, join, maven::Dependencies};
use crate::{files::files, process, progress::Progress};

/// One run of the compiler.
#[derive(Default)]
pub(super) struct CompilationUnit<'a> {
    /// Name of the module and of its output folder.
    pub(super) name: &'a str,
    /// Source folders.
    pub(super) sources: Vec<PathBuf>,
    /// Class folders it depends on, besides the libraries.
    pub(super) classes: Vec<PathBuf>,
    /// Class folder whose internal declarations are visible.
    pub(super) friend: Option<PathBuf>,
    /// Cache keys of the steps it depends on.
    pub(super) cache_keys: Vec<String>,
    /// True if it contains composables.
    pub(super) compose: bool,
}

/// Returns the compiler in these jars, for a module and with the plugin whose jar contains this name.
pub(crate) fn compiler(
    jars: &[PathBuf],
    module: &str,
    plugin: Option<&str>,
    jvm_flags: &[OsString],
) -> Result<Command> {
    let mut kotlinc = java(&["-Xmx1500m"]);
    kotlinc.args(jvm_flags).arg("-cp").arg(join(jars)?).arg("org.jetbrains.kotlin.cli.jvm.K2JVMCompiler");
    kotlinc.args(["-no-stdlib", "-no-reflect", "-jvm-target", "17", "-module-name", module]);
    if let Some(plugin) = plugin {
        let jar = jars.iter().find(|jar| jar.to_string_lossy().contains(plugin));
        kotlinc.arg(format!("-Xplugin={}", jar.with_context(|| format!("no {plugin}"))?.display()));
    }
    Ok(kotlinc)
}

impl CompilationUnit<'_> {
    /// Compiles into a folder of classes; returns the folder and its cache key.
    pub(super) fn compile(
        &self,
        paths: &Paths,
        dependencies: &Dependencies,
        progress: &Progress,
    ) -> Result<(PathBuf, String)> {
        let to = paths.work.join("classes").join(self.name);
        let mut cache = Cache::new(&paths.work, self.name);
        cache.add_text(&dependencies.key);
        self.cache_keys.iter().for_each(|key| cache.add_text(key));
        cache.add_paths(&self.sources)?;
        let key = cache.run_if_stale(&[&to], || {
            progress.step(&format!("Kotlin: {}", self.name));
            fs::create_dir_all(&to)?;
            self.kotlinc(paths, dependencies, &to)?;
            self.javac(dependencies, &to)
        })?;
        Ok((to, key))
    }

    fn kotlinc(&self, paths: &Paths, dependencies: &Dependencies, to: &Path) -> Result<()> {
        let plugin = self.compose.then_some("compose-compiler");
        let mut kotlinc = compiler(&dependencies.tools, self.name, plugin, &[paths.temp_folder_flag()])?;
        if let Some(friend) = &self.friend {
            kotlinc.arg(format!("-Xfriend-paths={}", friend.display()));
        }
        kotlinc.arg("-cp").arg(join(&self.class_path(dependencies))?).arg("-d").arg(to);
        for folder in &self.sources {
            kotlinc.args(files(folder, ".kt")?);
        }
        let out = kotlinc.output().context("starting java")?;
        let stderr = String::from_utf8_lossy(&out.stderr);
        if !out.status.success() {
            bail!("Kotlin: {}\n{stderr}", self.name);
        }
        if !stderr.trim().is_empty() {
            eprintln!("{}", stderr.trim_end());
        }
        Ok(())
    }

    /// Compiles the Java files of the source folders, if any.
    fn javac(&self, dependencies: &Dependencies, to: &Path) -> Result<()> {
        let mut sources = Vec::new();
        for folder in &self.sources {
            sources.extend(files(folder, ".java")?);
        }
        if sources.is_empty() {
            return Ok(());
        }
        let mut javac = Command::new("javac");
        javac.args(["-nowarn", "--release", "17", "-cp"]).arg(join(&self.class_path(dependencies))?);
        javac.arg("-d").arg(to).args(sources);
        process::run(javac)
    }

    fn class_path(&self, dependencies: &Dependencies) -> Vec<PathBuf> {
        let mut path = self.classes.clone();
        path.extend(dependencies.libraries.iter().cloned());
        path.push(dependencies.android.clone());
        path
    }
}
