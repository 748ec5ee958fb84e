//! What the app is built from: fetched by Maven, AARs unpacked.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use super::{
    Places,
    cache::{Cache, files},
    run,
};
use crate::progress::Progress;

/// Everything fetched, by use.
pub(super) struct Fetched {
    /// Where Maven put them, under their groups' names.
    pub(super) folder: PathBuf,
    /// Classes the app and its tests stand on.
    pub(super) libraries: Vec<PathBuf>,
    /// The compiler's own class path.
    pub(super) tools: Vec<PathBuf>,
    /// Android's framework, to compile and link against.
    pub(super) android: PathBuf,
    /// Where Robolectric finds the framework it runs.
    pub(super) framework: PathBuf,
    /// Unpacked AARs.
    pub(super) aars: Vec<PathBuf>,
    /// What later steps hash instead of all this.
    pub(super) key: String,
}

/// Groups that the compiler is made of.
const COMPILER: &str = "org.jetbrains.kotlin,org.jetbrains,org.jetbrains.kotlinx,org.jetbrains.intellij.deps";

/// Fetches what the POM names, once for each state of the POM.
pub(super) fn fetch(places: &Places, progress: &Progress) -> Result<Fetched> {
    let maven = places.work.join("maven");
    let (libraries, tools, framework) =
        (maven.join("libraries"), maven.join("tools"), maven.join("framework"));
    let aars = places.work.join("aars");
    let mut cache = Cache::new(&places.work, "maven");
    cache.path(&places.pom())?;
    let key = cache.make(&[&libraries, &tools, &framework, &aars], || {
        progress.step("libraries, from Maven");
        copy(places, &libraries, &["-Dmdep.prependGroupId=true"])?;
        copy(places, &tools, &["-Ptools", &format!("-DincludeGroupIds={COMPILER}")])?;
        copy(places, &framework, &["-Pframework", "-DincludeArtifactIds=android-all-instrumented"])?;
        unpack(&libraries, &aars)
    })?;
    let folder = libraries.clone();
    let jars = files(&libraries, ".jar")?;
    let (android, jars): (Vec<_>, Vec<_>) =
        jars.into_iter().partition(|jar| jar.to_string_lossy().contains("android-all"));
    let libraries = files(&aars, "classes.jar")?.into_iter().chain(jars).collect();
    let mut unpacked = Vec::new();
    for entry in fs::read_dir(&aars)? {
        unpacked.push(entry?.path());
    }
    unpacked.sort();
    Ok(Fetched {
        folder,
        libraries,
        tools: files(&tools, ".jar")?,
        android: android.into_iter().next().context("the POM names no android-all")?,
        framework,
        aars: unpacked,
        key,
    })
}

/// The linter, whole in one jar.
pub(super) fn ktlint(places: &Places, progress: &Progress) -> Result<PathBuf> {
    let folder = places.work.join("maven/lint");
    let mut cache = Cache::new(&places.work, "lint-tool");
    cache.path(&places.pom())?;
    cache.make(&[&folder], || {
        progress.step("ktlint, from Maven");
        copy(places, &folder, &["-Plint", "-DincludeArtifactIds=ktlint-cli"])
    })?;
    files(&folder, ".jar")?.into_iter().next().context("the POM names no ktlint")
}

fn copy(places: &Places, to: &Path, options: &[&str]) -> Result<()> {
    run(Command::new("mvn")
        .args(["-q", "-B", "-f"])
        .arg(places.pom())
        .arg("dependency:copy-dependencies")
        .arg(format!("-DoutputDirectory={}", to.display()))
        .args(options))
}

/// An AAR is a zip: classes, resources, and the names of both.
fn unpack(libraries: &Path, to: &Path) -> Result<()> {
    for aar in files(libraries, ".aar")? {
        let folder = to.join(aar.file_stem().context("an AAR without a name")?);
        fs::create_dir_all(&folder)?;
        run(Command::new("unzip").arg("-qo").arg(&aar).arg("-d").arg(&folder))?;
    }
    Ok(())
}
