//! Kotlin: the bindings, the app and its tests, each compiled only when something of its own changed.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use super::{Places, cache::Cache, cache::files, java, join, maven::Fetched};
use crate::progress::Progress;

/// One compilation.
pub(super) struct Unit<'a> {
    /// Its name, and the name of its output folder.
    pub(super) name: &'a str,
    /// Source folders.
    pub(super) sources: Vec<PathBuf>,
    /// Classes it stands on, besides the libraries.
    pub(super) on: Vec<PathBuf>,
    /// Classes whose internals it may see.
    pub(super) friend: Option<PathBuf>,
    /// The keys of the steps it stands on.
    pub(super) keys: Vec<String>,
    /// Whether it holds composables.
    pub(super) compose: bool,
}

impl Unit<'_> {
    /// Compiles into a folder of classes; answers it with its key.
    pub(super) fn compile(
        &self,
        places: &Places,
        fetched: &Fetched,
        progress: &Progress,
    ) -> Result<(PathBuf, String)> {
        let to = places.work.join("classes").join(self.name);
        let mut cache = Cache::new(&places.work, self.name);
        cache.text(&fetched.key);
        for key in &self.keys {
            cache.text(key);
        }
        for folder in &self.sources {
            cache.path(folder)?;
        }
        let key = cache.make(&[&to], || {
            progress.step(&format!("Kotlin: {}", self.name));
            fs::create_dir_all(&to)?;
            self.kotlinc(places, fetched, &to)?;
            self.javac(fetched, &to)
        })?;
        Ok((to, key))
    }

    fn kotlinc(&self, places: &Places, fetched: &Fetched, to: &Path) -> Result<()> {
        let mut kotlinc = java(&["-Xmx1500m"]);
        kotlinc.arg(places.scratch.flag()).arg("-cp").arg(join(&fetched.tools)?);
        kotlinc.arg("org.jetbrains.kotlin.cli.jvm.K2JVMCompiler");
        kotlinc.args(["-no-stdlib", "-no-reflect", "-jvm-target", "17", "-module-name", self.name]);
        if self.compose {
            let plugin = fetched.tools.iter().find(|jar| jar.to_string_lossy().contains("compose-compiler"));
            kotlinc.arg(format!("-Xplugin={}", plugin.context("no Compose plugin")?.display()));
        }
        if let Some(friend) = &self.friend {
            kotlinc.arg(format!("-Xfriend-paths={}", friend.display()));
        }
        kotlinc.arg("-cp").arg(join(&self.class_path(fetched))?).arg("-d").arg(to);
        for folder in &self.sources {
            kotlinc.args(files(folder, ".kt")?);
        }
        let out = kotlinc.output().context("starting java")?;
        let said = String::from_utf8_lossy(&out.stderr);
        if !out.status.success() {
            bail!("Kotlin: {}\n{said}", self.name);
        }
        if !said.trim().is_empty() {
            eprintln!("{}", said.trim_end());
        }
        Ok(())
    }

    /// A source folder may hold Java as well.
    fn javac(&self, fetched: &Fetched, to: &Path) -> Result<()> {
        let mut sources = Vec::new();
        for folder in &self.sources {
            sources.extend(files(folder, ".java")?);
        }
        if sources.is_empty() {
            return Ok(());
        }
        super::run(
            Command::new("javac")
                .args(["-nowarn", "--release", "17", "-cp"])
                .arg(join(&self.class_path(fetched))?)
                .arg("-d")
                .arg(to)
                .args(sources),
        )
    }

    fn class_path(&self, fetched: &Fetched) -> Vec<PathBuf> {
        let mut path = self.on.clone();
        path.extend(fetched.libraries.iter().cloned());
        path.push(fetched.android.clone());
        path
    }
}
