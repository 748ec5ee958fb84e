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
use crate::{assets::licences::licence_of, progress::Progress};

/// Everything fetched, by use.
#[derive(Debug, Clone)]
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
    let mut libraries = files(&aars, "classes.jar")?;
    let mut unpacked = Vec::new();
    for entry in fs::read_dir(&aars)? {
        unpacked.push(entry?.path());
    }
    unpacked.sort();
    // A few bring further classes beside their own.
    for aar in &unpacked {
        libraries.extend(files(&aar.join("libs"), ".jar")?);
    }
    libraries.extend(jars);
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

impl Fetched {
    /// The classes that a member carries: what only tests stays here.
    pub(super) fn carried(&self) -> Vec<&Path> {
        let carried = |path: &&Path| {
            let in_aar = self.aars.iter().find(|aar| path.starts_with(aar));
            let name = in_aar.map_or(*path, PathBuf::as_path).file_name().unwrap_or_default();
            licence_of(&name.to_string_lossy()).is_some()
        };
        self.libraries.iter().map(PathBuf::as_path).filter(carried).collect()
    }

    /// The unpacked AARs that a member carries.
    pub(super) fn carried_aars(&self) -> impl Iterator<Item = &Path> {
        let name = |aar: &&Path| aar.file_name().unwrap_or_default().to_string_lossy().into_owned();
        self.aars.iter().map(PathBuf::as_path).filter(move |aar| licence_of(&name(aar)).is_some())
    }

    /// The library whose file's name begins so.
    pub(super) fn library(&self, start: &str) -> Result<&Path> {
        let named =
            |path: &&PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(start));
        Ok(self.libraries.iter().find(named).with_context(|| format!("the POM names no {start}"))?)
    }
}

/// What makes a release of the app.
#[derive(Debug, Clone)]
pub(super) struct ReleaseTools {
    /// R8.
    pub(super) r8: PathBuf,
    /// The merger of manifests, with what it stands on besides the app's own libraries.
    pub(super) merger: Vec<PathBuf>,
    /// JNA's AAR, unpacked: its libraries for phones.
    pub(super) jna: PathBuf,
    /// What later steps hash instead of all this.
    pub(super) key: String,
}

/// Fetches what makes a release.
pub(super) fn release_tools(places: &Places, progress: &Progress) -> Result<ReleaseTools> {
    const NAMES: &str = "r8,common,sdk-common,manifest-merger,gson,jna";
    let folder = places.work.join("maven/release");
    let unpacked = places.work.join("jna");
    let mut cache = Cache::new(&places.work, "release-tools");
    cache.path(&places.pom())?;
    let key = cache.make(&[&folder, &unpacked], || {
        progress.step("R8 and the merger of manifests, from Maven");
        let words = ["-Prelease", "-Dmdep.prependGroupId=true", &format!("-DincludeArtifactIds={NAMES}")];
        copy(places, &folder, &words)?;
        unpack(&folder, &unpacked)
    })?;
    let (r8, merger) = files(&folder, ".jar")?
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
