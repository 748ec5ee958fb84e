//! Command that starts the app as a face many times: its JVM loads stored jars and an archive of the classes.
//!
//! A start of the Android framework is mostly the loading of 10 000 classes. Uncompressed jars and an archive made by the
//! JVM itself (`AppCDS`, which accepts jars but no folders) take a quarter off it, and cost as much as five starts.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};
use xshell::cmd;
use zip::CompressionMethod;

use super::{AndroidBuild, archive::Archive, cache::Cache, join, jvm_flag};
use crate::{files::files, process, progress::Progress};

/// Part of the name of the jar whose fonts and libraries Robolectric unpacks at each start.
const NATIVE_RUNTIME: &str = "nativeruntime-dist";

/// Returns the face's start command, after the jars and the archive have been made from this build.
pub(crate) fn fast_command(build: &AndroidBuild, progress: &Progress) -> Result<Command> {
    let paths = &build.main.paths;
    let to = paths.work.join("face");
    let mut cache = Cache::new(&paths.work, "face");
    cache.add_text(&build.main.dependencies.key);
    cache.add_text(&process::output(cmd!(paths.sh, "java --version"))?);
    cache.add_paths(build.class_path.iter().filter(|entry| entry.is_dir()))?;
    let archive = to.join("classes.jsa");
    let (class_path, framework) = (stored_class_path(build, &to), to.join("framework"));
    let command = |archive_flag: &str| -> Result<Command> {
        let mut command = super::java(&super::FRAMEWORK_MEMORY);
        command.arg(jvm_flag(archive_flag, &archive)).args(&build.flags);
        command.arg(jvm_flag("-Drobolectric.dependency.dir", &framework));
        command.arg("-cp").arg(join(&class_path)?).arg(super::FACE_CLASS);
        Ok(command)
    };
    cache.run_if_stale(&[&to], || {
        progress.step("jars and a class archive for the Android face");
        fs::create_dir_all(&framework)?;
        for (from, stored) in build.class_path.iter().zip(&class_path).filter(|(from, stored)| from != stored)
        {
            store(from, stored)?;
        }
        for jar in files(&build.main.dependencies.framework, ".jar")? {
            store(&jar, &framework.join(jar.file_name().context("a jar without a name")?))?;
        }
        // Without a launch the face warms up and, its input being at its end, exits: then the JVM writes the archive.
        let mut dump = command("-XX:ArchiveClassesAtExit")?;
        dump.arg(paths.temp_folder_flag());
        process::run(dump)
    })?;
    command("-XX:SharedArchiveFile")
}

/// Returns the class path with the jars that take the place of the folders and of the native runtime.
fn stored_class_path(build: &AndroidBuild, to: &Path) -> Vec<PathBuf> {
    let is_stored = |entry: &Path| entry.is_dir() || entry.to_string_lossy().contains(NATIVE_RUNTIME);
    let stored = |(number, entry): (usize, &PathBuf)| {
        if is_stored(entry) { to.join(format!("{number}.jar")) } else { entry.clone() }
    };
    build.class_path.iter().enumerate().map(stored).collect()
}

/// Packs a folder, or packs a jar again, without compression.
fn store(from: &Path, to: &Path) -> Result<()> {
    let mut jar = Archive::create(to)?;
    if from.is_dir() {
        for file in files(from, "")? {
            jar.add_file(&file.strip_prefix(from)?.to_string_lossy(), CompressionMethod::Stored, &file)?;
        }
    } else {
        // With its folders: Robolectric finds the fonts by their folder's entry.
        jar.copy_entries(from, |_, _| Some(CompressionMethod::Stored))?;
    }
    jar.finish()
}

#[cfg(test)]
mod tests {
    use super::{super::archive::for_each_entry, *};

    #[test]
    fn a_folder_and_a_jar_are_packed_without_compression() {
        let folder = tempfile::tempdir().unwrap();
        let [classes, jar, again] = ["classes", "a.jar", "b.jar"].map(|name| folder.path().join(name));
        fs::create_dir_all(classes.join("fonts")).unwrap();
        fs::write(classes.join("fonts/a.ttf"), "letters ".repeat(100)).unwrap();
        store(&classes, &jar).unwrap();
        store(&jar, &again).unwrap();
        for stored in [jar, again] {
            let mut entries = Vec::new();
            for_each_entry(&stored, |name, entry| {
                entries.push((name.to_owned(), entry.compressed_size()));
                Ok(())
            })
            .unwrap();
            assert_eq!(entries, [("fonts/a.ttf".to_owned(), 800)]);
        }
    }
}
