//! The Kotlin peer: compiled against the app's bindings, by the compiler that its own POM names.

use std::{env, path::Path, process::Command};

use anyhow::{Context, Result};

use super::work_folder;
use crate::{
    android::{cache::Cache, jvm_flag, kotlin, maven},
    files::files,
    process,
    progress::Progress,
    workspace::Workspace,
};

/// Builds the peer and returns the command that starts it with the library in this folder.
pub(super) fn build(workspace: &Workspace, library: &Path, progress: &Progress) -> Result<Command> {
    let (sh, work) = (&workspace.sh, work_folder(workspace).join("kotlin"));
    let [libraries, tools, classes] = ["libraries", "tools", "classes"].map(|name| work.join(name));
    let [pom, source, bindings] =
        ["tests/bench/kotlin/pom.xml", "tests/bench/kotlin/src", "bindings/kotlin/generated"]
            .map(|path| workspace.root.join(path));
    let mut cache = Cache::new(&work, "maven");
    cache.add_paths([&pom, &maven::checksums(&pom)])?;
    let dependencies = cache.run_if_stale(&[&libraries, &tools], || {
        progress.step("the Kotlin peer's libraries and compiler (Maven)");
        maven::copy_dependencies(sh, &pom, &libraries, &[])?;
        maven::copy_compiler(sh, &pom, &tools)
    })?;
    let mut cache = Cache::new(&work, "classes");
    cache.add_text(&dependencies);
    cache.add_paths([&source, &bindings])?;
    let libraries = files(&libraries, ".jar")?;
    cache.run_if_stale(&[&classes], || {
        progress.step("Kotlin: the peer");
        sh.create_dir(&classes)?;
        let plugin = Some("serialization-compiler");
        let mut kotlinc = kotlin::compiler(&files(&tools, ".jar")?, "peer", plugin, &[])?;
        kotlinc.arg("-cp").arg(env::join_paths(&libraries)?);
        kotlinc.arg("-d").arg(&classes).args([&source, &bindings]);
        process::run(kotlinc).context("the Kotlin peer")
    })?;
    let mut java = Command::new("java");
    java.arg(jvm_flag("-Djna.library.path", library)).arg("-cp");
    java.arg(env::join_paths(std::iter::once(&classes).chain(&libraries))?).arg("ma.fos.bench.MainKt");
    Ok(java)
}
