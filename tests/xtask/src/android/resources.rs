//! Compiles and links the app's resource folders `own` with those of the libraries.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use xshell::{Cmd, cmd};

use super::{Paths, cache::Cache, framework::NEWEST_LEVEL, maven::Dependencies};
use crate::{files::files, process, progress::Progress};

/// Oldest supported Android API level: Android 8.
pub(super) const MIN_SDK: &str = "26";
/// Target API level, that of the newest framework that the tests run on.
pub(super) const TARGET_SDK: &str = NEWEST_LEVEL;

/// Linked resources.
#[derive(Debug, Clone)]
pub(super) struct Resources {
    /// Resources as an APK without code.
    pub(super) apk: PathBuf,
    /// Resource ids, to link again with the same ones.
    pub(super) ids: PathBuf,
    /// Compiled resources of the libraries and of the app.
    pub(super) compiled: Vec<PathBuf>,
    /// Compiled `R` classes of the app and of every library.
    pub(super) classes: PathBuf,
    /// Cache key for later steps.
    pub(super) key: String,
}

/// Compiles and links `own` (the app's resource folders) with the libraries'.
pub(super) fn link(
    paths: &Paths,
    dependencies: &Dependencies,
    own: &[PathBuf],
    progress: &Progress,
) -> Result<Resources> {
    let home = paths.work.join("resources");
    let [apk, ids, classes, java] = ["linked.apk", "ids.txt", "classes", "java"].map(|name| home.join(name));
    let own_compiled: Vec<_> = (0..own.len()).map(|number| home.join(format!("own-{number}.zip"))).collect();
    let mut compiled = files(&compile_libraries(paths, dependencies, progress)?, ".zip")?;
    compiled.extend(own_compiled.iter().cloned());
    let mut cache = Cache::new(&paths.work, "resources");
    cache.add_text(&dependencies.key);
    cache.add_path(&paths.manifest())?;
    for folder in own {
        cache.add_path(folder)?;
    }
    let key = cache.run_if_stale(&[&home], || {
        progress.step("resources");
        let sh = &paths.sh;
        sh.create_dir(&home)?;
        for (folder, flat) in own.iter().zip(&own_compiled) {
            process::run(cmd!(sh, "aapt2 compile --dir {folder} -o {flat}"))?;
        }
        let packages = packages(&dependencies.aars)?;
        let link = linker(paths, &dependencies.android, &paths.manifest(), &compiled);
        let link = link.arg("--java").arg(&java).args(["--extra-packages", &packages]);
        process::run(link.arg("--emit-ids").arg(&ids).arg("-o").arg(&apk))?;
        let sources = files(&java, ".java")?;
        process::run(cmd!(sh, "javac -nowarn --release 17 -d {classes} {sources...}"))
    })?;
    Ok(Resources { apk, ids, compiled, classes, key })
}

/// Returns an aapt2 command that links `compiled` under this manifest.
pub(super) fn linker<'a>(paths: &'a Paths, android: &Path, manifest: &Path, compiled: &[PathBuf]) -> Cmd<'a> {
    cmd!(paths.sh, "aapt2 link -I {android} --manifest {manifest} --auto-add-overlay")
        .args(["--min-sdk-version", MIN_SDK, "--target-sdk-version", TARGET_SDK])
        .args(compiled)
}

/// Compiles the resources of the libraries, which change with the POM only.
fn compile_libraries(paths: &Paths, dependencies: &Dependencies, progress: &Progress) -> Result<PathBuf> {
    let to = paths.work.join("library-resources");
    let mut cache = Cache::new(&paths.work, "library-resources");
    cache.add_text(&dependencies.key);
    cache.run_if_stale(&[&to], || {
        progress.step("the libraries' resources");
        paths.sh.create_dir(&to)?;
        for aar in &dependencies.aars {
            let (res, name) = (aar.join("res"), aar.file_name().context("an AAR without a name")?);
            if !files(&res, "")?.is_empty() {
                process::run(cmd!(paths.sh, "aapt2 compile --dir {res} -o {to}/{name}.zip"))?;
            }
        }
        Ok(())
    })?;
    Ok(to)
}

/// Returns the packages whose `R` class is used by the libraries' code, separated by colons.
fn packages(aars: &[PathBuf]) -> Result<String> {
    let has_resources = |aar: &&PathBuf| fs::metadata(aar.join("R.txt")).is_ok_and(|file| file.len() > 0);
    let package = |aar: &PathBuf| {
        let text = fs::read_to_string(aar.join("AndroidManifest.xml"))?;
        let manifest = roxmltree::Document::parse(&text)?;
        let package = manifest.root_element().attribute("package");
        Ok(package.context("a manifest without a package")?.to_owned())
    };
    Ok(aars.iter().filter(has_resources).map(package).collect::<Result<Vec<_>>>()?.join(":"))
}
