//! Compiles and links the app's resource folders `own` with those of the libraries.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use super::{
    Paths,
    cache::{Cache, files},
    maven::Dependencies,
    run,
};
use crate::progress::Progress;

/// Oldest supported Android API level: Android 8.
pub(super) const MIN_SDK: &str = "26";
/// Target API level, equal to that of the POM's framework.
pub(super) const TARGET_SDK: &str = "34";

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
    let compiled = compile_libraries(paths, dependencies, progress)?;
    let home = paths.work.join("resources");
    let mut linked = Resources {
        apk: home.join("linked.apk"),
        ids: home.join("ids.txt"),
        compiled: files(&compiled, ".zip")?,
        classes: home.join("classes"),
        key: String::new(),
    };
    linked.compiled.extend((0..own.len()).map(|number| home.join(format!("own-{number}.zip"))));
    let java = home.join("java");
    let mut cache = Cache::new(&paths.work, "resources");
    cache.add_text(&dependencies.key);
    cache.add_path(&paths.manifest())?;
    for folder in own {
        cache.add_path(folder)?;
    }
    let key = cache.run_if_stale(&[&home], || {
        progress.step("resources");
        fs::create_dir_all(&home)?;
        for (number, folder) in own.iter().enumerate() {
            let flat = home.join(format!("own-{number}.zip"));
            run(Command::new("aapt2").arg("compile").arg("--dir").arg(folder).arg("-o").arg(&flat))?;
        }
        let mut link = linker(&dependencies.android, &paths.manifest(), &linked.compiled);
        link.arg("--java").arg(&java).arg("--extra-packages").arg(packages(&dependencies.aars)?);
        link.arg("--emit-ids").arg(&linked.ids).arg("-o").arg(&linked.apk);
        run(&mut link)?;
        run(Command::new("javac")
            .args(["-nowarn", "--release", "17", "-d"])
            .arg(&linked.classes)
            .args(files(&java, ".java")?))
    })?;
    linked.key = key;
    Ok(linked)
}

/// Returns an aapt2 command that links `compiled` under this manifest.
pub(super) fn linker(android: &Path, manifest: &Path, compiled: &[PathBuf]) -> Command {
    let mut link = Command::new("aapt2");
    link.arg("link").arg("-I").arg(android).arg("--manifest").arg(manifest);
    link.args(["--auto-add-overlay", "--min-sdk-version", MIN_SDK, "--target-sdk-version", TARGET_SDK]);
    link.args(compiled);
    link
}

/// Compiles the resources of the libraries, which change with the POM only.
fn compile_libraries(paths: &Paths, dependencies: &Dependencies, progress: &Progress) -> Result<PathBuf> {
    let to = paths.work.join("library-resources");
    let mut cache = Cache::new(&paths.work, "library-resources");
    cache.add_text(&dependencies.key);
    cache.run_if_stale(&[&to], || {
        progress.step("the libraries' resources");
        fs::create_dir_all(&to)?;
        for aar in &dependencies.aars {
            let res = aar.join("res");
            if files(&res, "")?.is_empty() {
                continue;
            }
            let name = aar.file_name().context("an AAR without a name")?.to_string_lossy();
            let flat = to.join(format!("{name}.zip"));
            run(Command::new("aapt2").arg("compile").arg("--dir").arg(res).arg("-o").arg(flat))?;
        }
        Ok(())
    })?;
    Ok(to)
}

/// Returns the packages whose `R` class is used by the libraries' code, separated by colons.
fn packages(aars: &[PathBuf]) -> Result<String> {
    let mut packages = Vec::new();
    for aar in aars {
        if fs::metadata(aar.join("R.txt")).is_ok_and(|file| file.len() > 0) {
            packages.push(package_of(&aar.join("AndroidManifest.xml"))?);
        }
    }
    Ok(packages.join(":"))
}

fn package_of(manifest: &Path) -> Result<String> {
    let text = fs::read_to_string(manifest)?;
    let (_, rest) = text.split_once("package=\"").context("a manifest without a package")?;
    let (package, _) = rest.split_once('"').context("a manifest without a package")?;
    Ok(package.to_owned())
}
