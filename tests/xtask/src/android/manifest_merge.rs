//! Merges the manifest of a release: the app's own and those of its libraries, with the merger of Gradle's Android
//! plugin. The resources are then linked again under it with unchanged ids.

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};

use super::{
    CompiledApp,
    cache::Cache,
    java, join,
    maven::ReleaseTools,
    resources::{MIN_SDK, TARGET_SDK, linker},
};
use crate::{process, progress::Progress};

/// Application id, which libraries insert into names of their own.
pub(super) const APPLICATION_ID: &str = "ma.fos.services";

/// Namespace of the attributes.
pub(super) const ANDROID: &str = "http://schemas.android.com/apk/res/android";

/// Permissions of the app with all of its libraries. The second is the app's own, with which `AndroidX` keeps others from
/// calling its receivers.
const PERMISSIONS: [&str; 2] =
    ["android.permission.INTERNET", "ma.fos.services.DYNAMIC_RECEIVER_NOT_EXPORTED_PERMISSION"];

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
    let (paths, dependencies) = (&main.paths, &main.dependencies);
    let home = paths.work.join("release/resources");
    let [merged, apk, rules] = ["AndroidManifest.xml", "linked.apk", "rules.pro"].map(|name| home.join(name));
    let mut cache = Cache::new(&paths.work, "release-resources");
    cache.add_text(&main.resources.key);
    cache.add_text(&tools.key);
    let key = cache.run_if_stale(&[&home], || {
        progress.step("the manifest of a release");
        paths.sh.create_dir(&home)?;
        let mut class_path = tools.merger.clone();
        for library in ["com.google.guava.guava-", "org.jetbrains.kotlin.kotlin-stdlib-"] {
            class_path.push(dependencies.library(library)?.to_path_buf());
        }
        let manifests: Vec<_> =
            dependencies.shipped_aars().map(|aar| aar.join("AndroidManifest.xml")).collect();
        let mut merge = java(&["-cp"]);
        merge.arg(join(&class_path)?).arg("com.android.manifmerger.Merger");
        merge.arg("--main").arg(paths.manifest()).arg("--libs").arg(join(&manifests)?);
        merge.args([
            "--remove-tools-declarations",
            "--placeholder",
            &format!("applicationId={APPLICATION_ID}"),
        ]);
        for property in [format!("MIN_SDK_VERSION={MIN_SDK}"), format!("TARGET_SDK_VERSION={TARGET_SDK}")] {
            merge.args(["--property", &property]);
        }
        merge.arg("--out").arg(&merged);
        process::run(merge).context("merging the manifests")?;
        let asked = permissions(&paths.sh.read_file(&merged)?)?;
        ensure!(
            asked == PERMISSIONS,
            "the app with its libraries asks for {asked:?}, not for {PERMISSIONS:?}"
        );
        let link = linker(paths, &dependencies.android, &merged, &main.resources.compiled);
        let link = link.arg("--stable-ids").arg(&main.resources.ids).arg("--proguard").arg(&rules);
        process::run(link.arg("-o").arg(&apk))
    })?;
    Ok(LinkedResources { apk, rules, key })
}

/// Returns the permissions that a merged manifest asks for.
fn permissions(manifest: &str) -> Result<Vec<String>> {
    let document = roxmltree::Document::parse(manifest)?;
    let elements =
        document.descendants().filter(|element| element.tag_name().name().starts_with("uses-permission"));
    Ok(elements.filter_map(|element| Some(element.attribute((ANDROID, "name"))?.to_owned())).collect())
}

#[test]
fn every_permission_of_a_merged_manifest_is_listed() {
    let elements =
        "<uses-permission a:name='a' /><x><uses-permission-sdk-23 a:name='b' /></x><y a:name='c' />";
    let manifest = format!("<manifest xmlns:a='{ANDROID}'>{elements}</manifest>");
    assert_eq!(permissions(&manifest).unwrap(), ["a", "b"]);
}
