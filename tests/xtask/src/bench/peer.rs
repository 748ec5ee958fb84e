//! The Kotlin peer: compiled against the app's bindings, by the compiler that its own POM names.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, bail};

use super::work_folder;
use crate::{
    android::{
        self,
        cache::{Cache, files},
    },
    progress::Progress,
    workspace::Workspace,
};

/// Maven groups of the compiler.
const COMPILER_GROUPS: &str =
    "org.jetbrains.kotlin,org.jetbrains,org.jetbrains.kotlinx,org.jetbrains.intellij.deps";

/// Builds the peer and returns the command that starts it with the library in this folder.
pub(super) fn build(workspace: &Workspace, library: &Path, progress: &Progress) -> anyhow::Result<Command> {
    let work = work_folder(workspace).join("kotlin");
    let source = workspace.root.join("tests/bench/kotlin");
    let (libraries, tools, classes) = (work.join("libraries"), work.join("tools"), work.join("classes"));
    let mut fetch_cache = Cache::new(&work, "maven");
    fetch_cache.add_path(&source.join("pom.xml"))?;
    let dependencies = fetch_cache.run_if_stale(&[&libraries, &tools], || {
        progress.step("the Kotlin peer's libraries and compiler (Maven)");
        fetch(&source, &libraries, &[])?;
        fetch(&source, &tools, &["-Ptools", &format!("-DincludeGroupIds={COMPILER_GROUPS}")])
    })?;
    let bindings = workspace.root.join("bindings/kotlin/generated");
    let mut compile_cache = Cache::new(&work, "classes");
    compile_cache.add_text(&dependencies);
    compile_cache.add_path(&source.join("src"))?;
    compile_cache.add_path(&bindings)?;
    let libraries = files(&libraries, ".jar")?;
    compile_cache.run_if_stale(&[&classes], || {
        progress.step("Kotlin: the peer");
        compile(&files(&tools, ".jar")?, &libraries, &[source.join("src"), bindings.clone()], &classes)
    })?;
    let mut java = Command::new("java");
    java.arg(format!("-Djna.library.path={}", library.display())).arg("-cp");
    java.arg(env::join_paths(std::iter::once(&classes).chain(&libraries))?).arg("ma.fos.bench.MainKt");
    Ok(java)
}

fn fetch(source: &Path, to: &Path, options: &[&str]) -> anyhow::Result<()> {
    let mut maven = Command::new("mvn");
    maven.args(["-q", "-B", "-f"]).arg(source.join("pom.xml")).arg("dependency:copy-dependencies");
    android::run(maven.arg(format!("-DoutputDirectory={}", to.display())).args(options))
}

fn compile(tools: &[PathBuf], libraries: &[PathBuf], sources: &[PathBuf], to: &Path) -> anyhow::Result<()> {
    let plugin = tools.iter().find(|jar| jar.to_string_lossy().contains("serialization-compiler"));
    let plugin = plugin.context("no serialization plugin")?;
    fs::create_dir_all(to)?;
    let mut kotlinc = Command::new("java");
    kotlinc.arg("-Xmx1500m").arg("-cp").arg(env::join_paths(tools)?);
    kotlinc.arg("org.jetbrains.kotlin.cli.jvm.K2JVMCompiler");
    kotlinc.args(["-no-stdlib", "-no-reflect", "-jvm-target", "17", "-module-name", "peer"]);
    kotlinc.arg(format!("-Xplugin={}", plugin.display())).arg("-cp").arg(env::join_paths(libraries)?);
    let out = kotlinc.arg("-d").arg(to).args(sources).output().context("starting java")?;
    if !out.status.success() {
        bail!("the Kotlin peer\n{}", String::from_utf8_lossy(&out.stderr));
    }
    Ok(())
}
