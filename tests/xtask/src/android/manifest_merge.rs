//! Merges the manifest of a release: the app's own and those of its libraries, with the merger of Gradle's Android
//! plugin. The resources are then linked again under it with unchanged ids.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result};

use super::{
    CompiledApp,
    cache::Cache,
    java, join,
    maven::ReleaseTools,
    resources::{MIN_SDK, TARGET_SDK, linker},
    run,
};
use crate::progress::Progress;

/// Application id, which libraries insert into names of their own.
pub(super) const APPLICATION_ID: &str = "ma.fos.services";

/// Manifest and resources of a release.
pub(super) struct LinkedResources {
    /// Manifest and resources as an APK without code.
    pub(super) apk: PathBuf,
    /// Shrinker rules that keep the classes named in the manifest and the resources.
    pub(super) rules: PathBuf,
    /// Cache key for later steps.
    pub(super) key: String,
}

/// Merges the manifests and links the resources.
pub(super) fn link(main: &CompiledApp, tools: &ReleaseTools, progress: &Progress) -> Result<LinkedResources> {
    let home = main.paths.work.join("release/resources");
    let merged = home.join("AndroidManifest.xml");
    let (apk, rules) = (home.join("linked.apk"), home.join("rules.pro"));
    let mut cache = Cache::new(&main.paths.work, "release-resources");
    cache.add_text(&main.resources.key);
    cache.add_text(&tools.key);
    let key = cache.run_if_stale(&[&home], || {
        progress.step("the manifest of a release");
        fs::create_dir_all(&home)?;
        let mut command = java(&[]);
        command.arg("-cp").arg(join(&class_path(main, tools)?)?).arg("com.android.manifmerger.Merger");
        command.arg("--main").arg(main.paths.manifest()).arg("--libs").arg(join(&manifests(main))?);
        command.args([
            "--placeholder",
            &format!("applicationId={APPLICATION_ID}"),
            "--remove-tools-declarations",
        ]);
        for property in [format!("MIN_SDK_VERSION={MIN_SDK}"), format!("TARGET_SDK_VERSION={TARGET_SDK}")] {
            command.args(["--property", &property]);
        }
        run(command.arg("--out").arg(&merged)).context("merging the manifests")?;
        let mut link = linker(&main.dependencies.android, &merged, &main.resources.compiled);
        link.arg("--stable-ids").arg(&main.resources.ids).arg("--proguard").arg(&rules);
        run(link.arg("-o").arg(&apk))
    })?;
    Ok(LinkedResources { apk, rules, key })
}

fn class_path(main: &CompiledApp, tools: &ReleaseTools) -> Result<Vec<PathBuf>> {
    let mut path = tools.merger.clone();
    for library in ["com.google.guava.guava-", "org.jetbrains.kotlin.kotlin-stdlib-"] {
        path.push(main.dependencies.library(library)?.to_path_buf());
    }
    Ok(path)
}

fn manifests(main: &CompiledApp) -> Vec<PathBuf> {
    main.dependencies.shipped_aars().map(|aar| aar.join("AndroidManifest.xml")).collect()
}
