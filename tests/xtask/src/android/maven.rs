//! Build dependencies: fetched by Maven, AARs unpacked.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use super::{
    Paths,
    cache::{Cache, files},
    run,
};
use crate::{assets::licences::licence_for, progress::Progress};

/// Fetched dependencies, by use.
#[derive(Debug, Clone)]
pub(super) struct Dependencies {
    /// Folder that Maven copied them to, with the group in each file name.
    pub(super) library_folder: PathBuf,
    /// Class path of the app and its tests.
    pub(super) libraries: Vec<PathBuf>,
    /// Class path of the compiler.
    pub(super) tools: Vec<PathBuf>,
    /// Android's framework, to compile and link against.
    pub(super) android: PathBuf,
    /// Folder with the framework that Robolectric runs.
    pub(super) framework: PathBuf,
    /// Unpacked AARs.
    pub(super) aars: Vec<PathBuf>,
    /// Cache key that stands for all of them in later steps.
    pub(super) key: String,
}

/// Maven groups of the compiler.
const COMPILER_GROUPS: &str =
    "org.jetbrains.kotlin,org.jetbrains,org.jetbrains.kotlinx,org.jetbrains.intellij.deps";

/// Fetches the POM's dependencies, once for each state of the POM.
pub(super) fn fetch(paths: &Paths, progress: &Progress) -> Result<Dependencies> {
    let maven = paths.work.join("maven");
    let (libraries, tools, framework) =
        (maven.join("libraries"), maven.join("tools"), maven.join("framework"));
    let aars = paths.work.join("aars");
    let mut cache = Cache::new(&paths.work, "maven");
    cache.add_path(&paths.pom())?;
    let key = cache.run_if_stale(&[&libraries, &tools, &framework, &aars], || {
        progress.step("libraries, from Maven");
        copy_dependencies(paths, &libraries, &["-Dmdep.prependGroupId=true"])?;
        copy_dependencies(paths, &tools, &["-Ptools", &format!("-DincludeGroupIds={COMPILER_GROUPS}")])?;
        copy_dependencies(
            paths,
            &framework,
            &["-Pframework", "-DincludeArtifactIds=android-all-instrumented"],
        )?;
        unpack(&libraries, &aars)
    })?;
    let library_folder = libraries.clone();
    let jars = files(&libraries, ".jar")?;
    let (android, jars): (Vec<_>, Vec<_>) =
        jars.into_iter().partition(|jar| jar.to_string_lossy().contains("android-all"));
    let mut libraries = files(&aars, "classes.jar")?;
    let mut unpacked = Vec::new();
    for entry in fs::read_dir(&aars)? {
        unpacked.push(entry?.path());
    }
    unpacked.sort();
    // Some AARs contain further jars.
    for aar in &unpacked {
        libraries.extend(files(&aar.join("libs"), ".jar")?);
    }
    libraries.extend(jars);
    Ok(Dependencies {
        library_folder,
        libraries,
        tools: files(&tools, ".jar")?,
        android: android.into_iter().next().context("the POM names no android-all")?,
        framework,
        aars: unpacked,
        key,
    })
}

impl Dependencies {
    /// Returns the jars that are shipped in the app, without those of tests.
    pub(super) fn shipped(&self) -> Vec<&Path> {
        let shipped = |path: &&Path| {
            let in_aar = self.aars.iter().find(|aar| path.starts_with(aar));
            let name = in_aar.map_or(*path, PathBuf::as_path).file_name().unwrap_or_default();
            licence_for(&name.to_string_lossy()).is_some()
        };
        self.libraries.iter().map(PathBuf::as_path).filter(shipped).collect()
    }

    /// Iterates over the unpacked AARs that are shipped in the app.
    pub(super) fn shipped_aars(&self) -> impl Iterator<Item = &Path> {
        let name = |aar: &&Path| aar.file_name().unwrap_or_default().to_string_lossy().into_owned();
        self.aars.iter().map(PathBuf::as_path).filter(move |aar| licence_for(&name(aar)).is_some())
    }

    /// Returns the library whose file name starts with `start`.
    pub(super) fn library(&self, start: &str) -> Result<&Path> {
        let named =
            |path: &&PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(start));
        Ok(self.libraries.iter().find(named).with_context(|| format!("the POM names no {start}"))?)
    }
}

/// Tools for a release build.
#[derive(Debug, Clone)]
pub(super) struct ReleaseTools {
    /// R8.
    pub(super) r8: PathBuf,
    /// Class path of the manifest merger, besides the app's own libraries.
    pub(super) merger: Vec<PathBuf>,
    /// JNA's unpacked AAR with its native libraries.
    pub(super) jna: PathBuf,
    /// Cache key for later steps.
    pub(super) key: String,
}

/// Fetches the tools for a release build.
pub(super) fn release_tools(paths: &Paths, progress: &Progress) -> Result<ReleaseTools> {
    const NAMES: &str = "r8,common,sdk-common,manifest-merger,gson,jna";
    let library_folder = paths.work.join("maven/release");
    let unpacked = paths.work.join("jna");
    let mut cache = Cache::new(&paths.work, "release-tools");
    cache.add_path(&paths.pom())?;
    let key = cache.run_if_stale(&[&library_folder, &unpacked], || {
        progress.step("R8 and the manifest merger, from Maven");
        let args = ["-Prelease", "-Dmdep.prependGroupId=true", &format!("-DincludeArtifactIds={NAMES}")];
        copy_dependencies(paths, &library_folder, &args)?;
        unpack(&library_folder, &unpacked)
    })?;
    let (r8, merger) = files(&library_folder, ".jar")?
        .into_iter()
        .filter(|jar| !jar.to_string_lossy().contains("net.java.dev.jna"))
        .partition::<Vec<_>, _>(|jar| jar.to_string_lossy().contains("com.android.tools.r8-"));
    Ok(ReleaseTools {
        r8: r8.into_iter().next().context("the POM names no R8")?,
        merger,
        jna: fs::read_dir(&unpacked)?.next().context("the POM names no AAR of JNA")??.path(),
        key,
    })
}

/// Returns ktlint as one self-contained jar.
pub(super) fn ktlint(paths: &Paths, progress: &Progress) -> Result<PathBuf> {
    let library_folder = paths.work.join("maven/lint");
    let mut cache = Cache::new(&paths.work, "lint-tool");
    cache.add_path(&paths.pom())?;
    cache.run_if_stale(&[&library_folder], || {
        progress.step("ktlint, from Maven");
        copy_dependencies(paths, &library_folder, &["-Plint", "-DincludeArtifactIds=ktlint-cli"])
    })?;
    files(&library_folder, ".jar")?.into_iter().next().context("the POM names no ktlint")
}

fn copy_dependencies(paths: &Paths, to: &Path, options: &[&str]) -> Result<()> {
    run(Command::new("mvn")
        .args(["-q", "-B", "-f"])
        .arg(paths.pom())
        .arg("dependency:copy-dependencies")
        .arg(format!("-DoutputDirectory={}", to.display()))
        .args(options))
}

/// Unpacks AARs, which are zip files of classes and resources.
fn unpack(libraries: &Path, to: &Path) -> Result<()> {
    for aar in files(libraries, ".aar")? {
        let library_folder = to.join(aar.file_stem().context("an AAR without a name")?);
        fs::create_dir_all(&library_folder)?;
        run(Command::new("unzip").arg("-qo").arg(&aar).arg("-d").arg(&library_folder))?;
    }
    Ok(())
}
