//! The Kotlin peer: compiled against the app's bindings, by the compiler that its own POM names.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};
use xshell::cmd;

use super::work_folder;
use crate::{android::cache::Cache, files::files, process, progress::Progress, workspace::Workspace};

/// Maven groups of the compiler.
const COMPILER_GROUPS: &str =
    "org.jetbrains.kotlin,org.jetbrains,org.jetbrains.kotlinx,org.jetbrains.intellij.deps";

/// Builds the peer and returns the command that starts it with the library in this folder.
pub(super) fn build(workspace: &Workspace, library: &Path, progress: &Progress) -> Result<Command> {
    let work = work_folder(workspace).join("kotlin");
    let source = workspace.root.join("tests/bench/kotlin");
    let (libraries, tools, classes) = (work.join("libraries"), work.join("tools"), work.join("classes"));
    let mut fetch_cache = Cache::new(&work, "maven");
    fetch_cache.add_path(&source.join("pom.xml"))?;
    let dependencies = fetch_cache.run_if_stale(&[&libraries, &tools], || {
        progress.step("the Kotlin peer's libraries and compiler (Maven)");
        fetch(workspace, &source, &libraries, &[])?;
        fetch(workspace, &source, &tools, &["-Ptools", &format!("-DincludeGroupIds={COMPILER_GROUPS}")])
    })?;
    let bindings = workspace.root.join("bindings/kotlin/generated");
    let mut compile_cache = Cache::new(&work, "classes");
    compile_cache.add_text(&dependencies);
    compile_cache.add_path(&source.join("src"))?;
    compile_cache.add_path(&bindings)?;
    let libraries = files(&libraries, ".jar")?;
    compile_cache.run_if_stale(&[&classes], || {
        progress.step("Kotlin: the peer");
        compile(
            workspace,
            &files(&tools, ".jar")?,
            &libraries,
            &[source.join("src"), bindings.clone()],
            &classes,
        )
    })?;
    let mut java = Command::new("java");
    java.arg(format!("-Djna.library.path={}", library.display())).arg("-cp");
    java.arg(env::join_paths(std::iter::once(&classes).chain(&libraries))?).arg("ma.fos.bench.MainKt");
    Ok(java)
}

fn fetch(workspace: &Workspace, source: &Path, to: &Path, options: &[&str]) -> Result<()> {
    let pom = source.join("pom.xml");
    process::output(cmd!(
        workspace.sh,
        "mvn -q -B -f {pom} dependency:copy-dependencies -DoutputDirectory={to} {options...}"
    ))?;
    Ok(())
}

fn compile(
    workspace: &Workspace,
    tools: &[PathBuf],
    libraries: &[PathBuf],
    sources: &[PathBuf],
    to: &Path,
) -> Result<()> {
    let plugin = tools.iter().find(|jar| jar.to_string_lossy().contains("serialization-compiler"));
    let plugin = plugin.context("no serialization plugin")?;
    let (tools, libraries) = (env::join_paths(tools)?, env::join_paths(libraries)?);
    workspace.sh.create_dir(to)?;
    let kotlinc = cmd!(workspace.sh, "java -Xmx1500m -cp {tools} org.jetbrains.kotlin.cli.jvm.K2JVMCompiler")
        .args(["-no-stdlib", "-no-reflect", "-jvm-target", "17", "-module-name", "peer", "-cp"])
        .args([libraries, format!("-Xplugin={}", plugin.display()).into(), "-d".into(), to.into()]);
    process::output(kotlinc.args(sources)).context("the Kotlin peer")?;
    Ok(())
}
