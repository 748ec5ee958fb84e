//! Build dependencies: fetched by Maven, AARs unpacked.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use xshell::{Shell, cmd};

use super::{Paths, cache::Cache};
use crate::{assets::licences::licence_for, files::files, process, progress::Progress};

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
    /// Folder with the frameworks that Robolectric runs.
    pub(super) frameworks: PathBuf,
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
    let (sh, pom, maven) = (&paths.sh, paths.pom(), paths.work.join("maven"));
    let [library_folder, tools, frameworks] =
        ["libraries", "tools", "frameworks"].map(|name| maven.join(name));
    let aars = paths.work.join("aars");
    let key = run_once(paths, "maven", &[&library_folder, &tools, &frameworks, &aars], || {
        progress.step("libraries, from Maven");
        copy_dependencies(sh, &pom, &library_folder, &["-Dmdep.prependGroupId=true"])?;
        copy_compiler(sh, &pom, &tools)?;
        for profile in ["-Pframework-14", "-Pframework-16"] {
            let options = [profile, "-DincludeArtifactIds=android-all-instrumented"];
            copy_dependencies(sh, &pom, &frameworks, &options)?;
        }
        unpack(paths, &library_folder, &aars)
    })?;
    let (android, jars): (Vec<_>, Vec<_>) = files(&library_folder, ".jar")?
        .into_iter()
        .partition(|jar| jar.to_string_lossy().contains("android-all"));
    let mut libraries = files(&aars, "classes.jar")?;
    let aars = paths.sh.read_dir(&aars)?;
    // Some AARs contain further jars.
    for aar in &aars {
        libraries.extend(files(&aar.join("libs"), ".jar")?);
    }
    libraries.extend(jars);
    let android = android.into_iter().next().context("the POM names no android-all")?;
    let tools = files(&tools, ".jar")?;
    Ok(Dependencies { library_folder, libraries, tools, android, frameworks, aars, key })
}

impl Dependencies {
    /// Returns the jars that are shipped in the app, without those of tests.
    pub(super) fn shipped(&self) -> Vec<&Path> {
        let of = |path: &&Path| {
            is_shipped(self.aars.iter().find(|aar| path.starts_with(aar)).map_or(*path, |aar| aar))
        };
        self.libraries.iter().map(PathBuf::as_path).filter(of).collect()
    }

    /// Iterates over the unpacked AARs that are shipped in the app.
    pub(super) fn shipped_aars(&self) -> impl Iterator<Item = &Path> {
        self.aars.iter().map(PathBuf::as_path).filter(|aar| is_shipped(aar))
    }

    /// Returns the library whose file name starts with `start`.
    pub(super) fn library(&self, start: &str) -> Result<&Path> {
        let named = |path: &&PathBuf| file_name(path).starts_with(start);
        Ok(self.libraries.iter().find(named).with_context(|| format!("the POM names no {start}"))?)
    }
}

fn is_shipped(library: &Path) -> bool {
    licence_for(&file_name(library)).is_some()
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
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
    const NAMES: &str = "-DincludeArtifactIds=r8,common,sdk-common,manifest-merger,gson,jna";
    let (library_folder, unpacked) = (paths.work.join("maven/release"), paths.work.join("jna"));
    let key = run_once(paths, "release-tools", &[&library_folder, &unpacked], || {
        progress.step("R8 and the manifest merger, from Maven");
        copy_dependencies(
            &paths.sh,
            &paths.pom(),
            &library_folder,
            &["-Prelease", "-Dmdep.prependGroupId=true", NAMES],
        )?;
        unpack(paths, &library_folder, &unpacked)
    })?;
    let (r8, merger) = files(&library_folder, ".jar")?
        .into_iter()
        .filter(|jar| !jar.to_string_lossy().contains("net.java.dev.jna"))
        .partition::<Vec<_>, _>(|jar| jar.to_string_lossy().contains("com.android.tools.r8-"));
    let r8 = r8.into_iter().next().context("the POM names no R8")?;
    let jna = paths.sh.read_dir(&unpacked)?.into_iter().next().context("the POM names no AAR of JNA")?;
    Ok(ReleaseTools { r8, merger, jna, key })
}

/// Returns ktlint as one self-contained jar.
pub(super) fn ktlint(paths: &Paths, progress: &Progress) -> Result<PathBuf> {
    let library_folder = paths.work.join("maven/lint");
    run_once(paths, "lint-tool", &[&library_folder], || {
        progress.step("ktlint, from Maven");
        copy_dependencies(
            &paths.sh,
            &paths.pom(),
            &library_folder,
            &["-Plint", "-DincludeArtifactIds=ktlint-cli"],
        )
    })?;
    files(&library_folder, ".jar")?.into_iter().next().context("the POM names no ktlint")
}

/// Runs a step once for each state of the POM.
fn run_once(
    paths: &Paths,
    name: &str,
    outputs: &[&Path],
    make: impl FnOnce() -> Result<()>,
) -> Result<String> {
    let mut cache = Cache::new(&paths.work, name);
    cache.add_paths([&paths.pom(), &checksums(&paths.pom())])?;
    cache.run_if_stale(outputs, make)
}

/// Copies the dependencies of a POM into a folder, and checks each against `sha256sums.txt` beside the POM.
pub(crate) fn copy_dependencies(sh: &Shell, pom: &Path, to: &Path, options: &[&str]) -> Result<()> {
    process::run(cmd!(
        sh,
        "mvn -q -B -f {pom} dependency:copy-dependencies -DoutputDirectory={to} {options...}"
    ))?;
    let pinned = sh.read_file(checksums(pom))?;
    let names: Vec<_> = files(to, "")?.iter().map(|file| file_name(file)).collect();
    let found = process::output(cmd!(sh, "env --chdir={to} sha256sum {names...}"))?;
    ensure_pinned(&pinned, &found)
}

/// Returns the file that pins the checksums of a POM's dependencies.
pub(crate) fn checksums(pom: &Path) -> PathBuf {
    pom.with_file_name("sha256sums.txt")
}

/// Returns an error that names the files whose line of `sha256sum` is not among the pinned ones.
fn ensure_pinned(pinned: &str, found: &str) -> Result<()> {
    let unknown: Vec<&str> = found.lines().filter(|line| !pinned.lines().any(|pin| pin == *line)).collect();
    ensure!(
        unknown.is_empty(),
        "these files of Maven are not those of sha256sums.txt:\n{}",
        unknown.join("\n")
    );
    Ok(())
}

/// Copies the Kotlin compiler that a POM names into a folder.
pub(crate) fn copy_compiler(sh: &Shell, pom: &Path, to: &Path) -> Result<()> {
    copy_dependencies(sh, pom, to, &["-Ptools", &format!("-DincludeGroupIds={COMPILER_GROUPS}")])
}

/// Unpacks AARs, which are zip files of classes and resources.
fn unpack(paths: &Paths, libraries: &Path, to: &Path) -> Result<()> {
    for aar in files(libraries, ".aar")? {
        let folder = paths.sh.create_dir(to.join(aar.file_stem().context("an AAR without a name")?))?;
        process::run(cmd!(paths.sh, "unzip -qo {aar} -d {folder}"))?;
    }
    Ok(())
}

#[test]
fn a_file_of_another_checksum_or_name_is_not_accepted() {
    let pinned = "aa  a.jar\nbb  b.jar\n";
    assert!(ensure_pinned(pinned, "bb  b.jar\n").is_ok());
    for found in ["bb  a.jar", "aa  a.jar\naa  c.jar", "a  a.jar"] {
        assert!(ensure_pinned(pinned, found).is_err(), "{found}");
    }
}
