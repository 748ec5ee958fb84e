//! Checks the rules that keep JNA. JNA accesses classes, fields and methods by name, and shrinking renames or removes
//! what seems unused. JNA and the core's bindings are shrunk under the app's own rules, and the core is opened through
//! the result.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use xshell::cmd;

use super::{
    CompiledApp,
    cache::Cache,
    java, join,
    shrink::{R8, rules},
};
use crate::{files::files, process, progress::Progress, workspace::Workspace};

/// Class that opens the core.
const CHECK_CLASS: &str = "ma.fos.services.ShrunkCore";
/// Package name that every rule for JNA contains.
const JNA: &str = "com.sun.jna";

/// Opens the core through the shrunk bindings, and checks that it does not open without JNA's rules. Returns the size
/// of the shrunk jar in bytes.
pub(super) fn check(
    workspace: &Workspace,
    main: &CompiledApp,
    r8: &R8<'_>,
    progress: &Progress,
) -> Result<u64> {
    let app_rules = fs::read_to_string(rules(main)).context("the app's rules")?;
    let rules_without_jna = without_jna(&app_rules)?;
    let classes = compile(main)?;
    let jar = shrink_bindings(main, r8, (&classes, &app_rules), "core", progress)?;
    let broken_jar =
        shrink_bindings(main, r8, (&classes, &rules_without_jna), "core-without-rules", progress)?;
    progress.step("the core, opened through the shrunk bindings");
    open_core(workspace, main, &jar).context("the core does not open through the shrunk bindings")?;
    ensure!(
        open_core(workspace, main, &broken_jar).is_err(),
        "the core opens without the rules that keep JNA: the check is ineffective"
    );
    Ok(fs::metadata(jar)?.len())
}

/// Returns the rules without those that keep JNA, as a planted fault.
fn without_jna(rules: &str) -> Result<String> {
    let remaining: Vec<&str> =
        rules.lines().filter(|line| !(line.starts_with("-keep") && line.contains(JNA))).collect();
    ensure!(remaining.len() < rules.lines().count(), "no rule keeps {JNA}");
    Ok(remaining.join("\n"))
}

fn compile(main: &CompiledApp) -> Result<PathBuf> {
    let paths = &main.paths;
    let to = paths.work.join("classes/shrunk");
    let source = paths.android.join("app/src/shrunk/java");
    let mut cache = Cache::new(&paths.work, "shrunk-check");
    cache.add_text(&main.dependencies.key);
    cache.add_path(&main.core)?;
    cache.add_path(&source)?;
    cache.run_if_stale(&[&to], || {
        let mut path = kotlin_libraries(main)?;
        path.push(main.core.clone());
        let (path, sources) = (join(&path)?, files(&source, ".java")?);
        process::run(cmd!(paths.sh, "javac -nowarn --release 17 -cp {path} -d {to} {sources...}"))
    })?;
    Ok(to)
}

/// Returns the Kotlin libraries that the bindings depend on.
fn kotlin_libraries(main: &CompiledApp) -> Result<Vec<PathBuf>> {
    ["org.jetbrains.kotlin.kotlin-stdlib-", "org.jetbrains.kotlinx.kotlinx-coroutines-core-jvm-"]
        .into_iter()
        .map(|name| Ok(main.dependencies.library(name)?.to_path_buf()))
        .collect()
}

/// Shrinks the check, the bindings and their dependencies. The whole app would take three times as long, twice, and
/// none of it lies between the bindings and the core.
fn shrink_bindings(
    main: &CompiledApp,
    r8: &R8<'_>,
    (classes, rules): (&Path, &str),
    name: &str,
    progress: &Progress,
) -> Result<PathBuf> {
    let home = main.paths.work.join("release").join(name);
    let (jar, written) = (home.join("shrunk.jar"), home.join("rules.pro"));
    let mut cache = Cache::new(&main.paths.work, name);
    for input in [r8.key(), &main.dependencies.key, rules] {
        cache.add_text(input);
    }
    cache.add_path(classes)?;
    cache.add_path(&main.core)?;
    cache.run_if_stale(&[&home], || {
        progress.step(&format!("the bindings, shrunk: {name}"));
        let keep = format!("-keep class {CHECK_CLASS} {{ void main(java.lang.String[]); }}");
        main.paths.sh.write_file(&written, format!("{rules}\n{keep}\n"))?;
        let mut inputs = vec![r8.jar(classes, "check")?, r8.jar(&main.core, "bindings")?];
        inputs.extend(kotlin_libraries(main)?);
        inputs.push(main.dependencies.library("net.java.dev.jna.jna-")?.to_path_buf());
        r8.shrink(&["--classfile".into(), "--no-data-resources".into()], &[written], &inputs, &jar)
    })?;
    Ok(jar)
}

fn open_core(workspace: &Workspace, main: &CompiledApp, jar: &Path) -> Result<()> {
    let data = main.paths.work.join("release/data");
    main.paths.sh.remove_path(&data)?;
    main.paths.sh.create_dir(&data)?;
    let library = workspace.library();
    let folder = library.parent().context("a library without a folder")?;
    let mut java = java(&[]);
    java.arg(main.paths.temp_folder_flag()).arg(format!("-Djna.library.path={}", folder.display()));
    java.arg("-cp").arg(join(&[jar.to_path_buf(), jna_natives(main)?])?).arg(CHECK_CLASS).arg(&data);
    process::run(java)
}

/// Extracts JNA's native libraries for computers, without the classes in its jar, which must come from the shrunk jar.
fn jna_natives(main: &CompiledApp) -> Result<PathBuf> {
    let to = main.paths.work.join("release/jna");
    let mut cache = Cache::new(&main.paths.work, "jna-natives");
    cache.add_text(&main.dependencies.key);
    cache.run_if_stale(&[&to], || {
        let (jar, natives) =
            (main.dependencies.library("net.java.dev.jna.jna-")?, "com/sun/jna/*/*jnidispatch*");
        process::run(cmd!(main.paths.sh, "unzip -qo {jar} {natives} -d {to}"))
    })?;
    Ok(to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_planted_fault_removes_only_the_rules_that_keep_jna() {
        let rules = "# com.sun.jna\n-keep class com.sun.jna.** { *; }\n-dontwarn java.awt.Window";
        assert_eq!(without_jna(rules).unwrap(), "# com.sun.jna\n-dontwarn java.awt.Window");
        without_jna("-dontwarn java.awt.Window").unwrap_err();
    }
}
