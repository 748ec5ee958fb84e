//! JNA reaches classes, fields and methods by their names, and shrinking renames and drops what nobody seems to need.
//! Here JNA and the core's bindings are shrunk under the app's own rules, and the core is opened through what is left.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use anyhow::{Context, Result, ensure};

use super::{
    Main,
    cache::{Cache, files},
    java, join, run,
    shrink::{R8, rules},
};
use crate::{house::House, progress::Progress};

/// The class that opens the core.
const CHECK: &str = "ma.fos.services.ShrunkCore";
/// Whatever is kept for JNA stands on a line with its name.
const JNA: &str = "com.sun.jna";

/// Opens the core through the shrunk bindings, and sees that it does not open where JNA's rules were left out.
pub(super) fn check(house: &House, main: &Main, r8: &R8<'_>, progress: &Progress) -> Result<u64> {
    let own = fs::read_to_string(rules(main)).context("the app's rules")?;
    let without = without_jna(&own)?;
    let classes = compile(main)?;
    let jar = core(main, r8, (&classes, &own), "core", progress)?;
    let fault = core(main, r8, (&classes, &without), "core-without-rules", progress)?;
    progress.step("the core, opened through the shrunk bindings");
    let opened = open(house, main, &jar)?;
    ensure!(
        opened.status.success(),
        "the core does not open through the shrunk bindings\n{}{}",
        String::from_utf8_lossy(&opened.stdout),
        String::from_utf8_lossy(&opened.stderr)
    );
    let opened = open(house, main, &fault)?;
    ensure!(
        !opened.status.success(),
        "the core opens without the rules that keep JNA: the check sees nothing"
    );
    Ok(fs::metadata(jar)?.len())
}

/// The rules without those that keep what JNA reaches: a planted fault.
fn without_jna(rules: &str) -> Result<String> {
    let left: Vec<&str> =
        rules.lines().filter(|line| !(line.starts_with("-keep") && line.contains(JNA))).collect();
    ensure!(left.len() < rules.lines().count(), "no rule keeps {JNA}");
    Ok(left.join("\n"))
}

fn compile(main: &Main) -> Result<PathBuf> {
    let work = &main.places.work;
    let to = work.join("classes/shrunk");
    let source = main.places.android.join("app/src/shrunk/java");
    let mut cache = Cache::new(work, "shrunk-check");
    cache.text(&main.fetched.key);
    cache.path(&main.core)?;
    cache.path(&source)?;
    cache.make(&[&to], || {
        let mut path = kotlin(main)?;
        path.push(main.core.clone());
        run(Command::new("javac")
            .args(["-nowarn", "--release", "17", "-cp"])
            .arg(join(&path)?)
            .arg("-d")
            .arg(&to)
            .args(files(&source, ".java")?))
    })?;
    Ok(to)
}

/// What the bindings stand on besides JNA.
fn kotlin(main: &Main) -> Result<Vec<PathBuf>> {
    ["org.jetbrains.kotlin.kotlin-stdlib-", "org.jetbrains.kotlinx.kotlinx-coroutines-core-jvm-"]
        .into_iter()
        .map(|name| Ok(main.fetched.library(name)?.to_path_buf()))
        .collect()
}

/// Shrinks the check, the bindings and what they stand on. Not the whole app: that took three times as long twice over,
/// and nothing of it lies between the bindings and the core.
fn core(
    main: &Main,
    r8: &R8<'_>,
    (classes, rules): (&Path, &str),
    name: &str,
    progress: &Progress,
) -> Result<PathBuf> {
    let home = main.places.work.join("release").join(name);
    let (jar, written) = (home.join("shrunk.jar"), home.join("rules.pro"));
    let mut cache = Cache::new(&main.places.work, name);
    for input in [r8.key(), &main.fetched.key, rules] {
        cache.text(input);
    }
    cache.path(classes)?;
    cache.path(&main.core)?;
    cache.make(&[&home], || {
        progress.step(&format!("the bindings, shrunk: {name}"));
        fs::create_dir_all(&home)?;
        fs::write(&written, format!("{rules}\n-keep class {CHECK} {{ void main(java.lang.String[]); }}\n"))?;
        let mut inputs = vec![r8.jar(classes, "check")?, r8.jar(&main.core, "bindings")?];
        inputs.extend(kotlin(main)?);
        inputs.push(main.fetched.library("net.java.dev.jna.jna-")?.to_path_buf());
        r8.shrink(&["--classfile".into(), "--no-data-resources".into()], &[written], &inputs, &jar)
    })?;
    Ok(jar)
}

fn open(house: &House, main: &Main, jar: &Path) -> Result<Output> {
    let data = main.places.work.join("release/data");
    if data.exists() {
        fs::remove_dir_all(&data)?;
    }
    fs::create_dir_all(&data)?;
    let library = house.library();
    let folder = library.parent().context("a library without a folder")?;
    let mut java = java(&[]);
    java.arg(main.places.scratch.flag()).arg(format!("-Djna.library.path={}", folder.display()));
    java.arg("-cp").arg(join(&[jar.to_path_buf(), natives(main)?])?).arg(CHECK).arg(&data);
    java.output().context("starting java")
}

/// JNA's own libraries for computers, without the classes that stand beside them in its jar: those must come shrunk.
fn natives(main: &Main) -> Result<PathBuf> {
    let to = main.places.work.join("release/jna");
    let mut cache = Cache::new(&main.places.work, "jna-natives");
    cache.text(&main.fetched.key);
    cache.make(&[&to], || {
        let jar = main.fetched.library("net.java.dev.jna.jna-")?;
        run(Command::new("unzip").arg("-qo").arg(jar).arg("com/sun/jna/*/*jnidispatch*").arg("-d").arg(&to))
    })?;
    Ok(to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_planted_fault_drops_what_keeps_jna_and_nothing_else() {
        let rules = "# com.sun.jna\n-keep class com.sun.jna.** { *; }\n-dontwarn java.awt.Window";
        assert_eq!(without_jna(rules).unwrap(), "# com.sun.jna\n-dontwarn java.awt.Window");
        without_jna("-dontwarn java.awt.Window").unwrap_err();
    }
}
