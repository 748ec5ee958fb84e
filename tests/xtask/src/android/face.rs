//! Command that starts the Android face quickly, many times: its JVM loads uncompressed jars and a class archive.
//!
//! A start of the Android framework is mostly the loading of 10 000 classes. Uncompressed jars and an archive made by the
//! JVM itself (`AppCDS`, which accepts jars but no folders) take a quarter off it, and cost as much as five starts.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};
use zip::CompressionMethod;

use super::{AndroidBuild, archive::Archive, cache::Cache, join, jvm_flag};
use crate::{files::files, process, progress::Progress};

/// Part of the name of the jar whose fonts and libraries Robolectric unpacks at each start.
const NATIVE_RUNTIME: &str = "nativeruntime-dist";

/// Makes the jars and the class archive again unless they are of this build, and returns the face's start command.
pub(crate) fn fast_command(build: &AndroidBuild, progress: &Progress) -> Result<Command> {
    let paths = &build.main.paths;
    let name = format!("face-{}", build.framework.release);
    let to = paths.work.join(&name);
    let mut cache = Cache::new(&paths.work, &name);
    cache.add_text(&build.main.dependencies.key);
    let mut version = build.framework.java();
    version.arg("--version");
    cache.add_text(&process::output(version)?);
    cache.add_paths(build.class_path.iter().filter(|entry| entry.is_dir()))?;
    let class_archive = to.join("classes.jsa");
    let (class_path, framework) = (uncompressed_class_path(build, &to), to.join("framework"));
    let command = |archive_flag: &str| -> Result<Command> {
        let mut command = build.framework.java();
        command.arg(jvm_flag(archive_flag, &class_archive)).args(&build.flags);
        command.arg(jvm_flag("-Drobolectric.dependency.dir", &framework));
        command.arg("-cp").arg(join(&class_path)?).arg(super::FACE_CLASS);
        Ok(command)
    };
    cache.run_if_stale(&[&to], || {
        progress.step("jars and a class archive for the Android face");
        fs::create_dir_all(&framework)?;
        for (from, to) in build.class_path.iter().zip(&class_path).filter(|(from, to)| from != to) {
            repack_uncompressed(from, to)?;
        }
        let mut jars = files(&build.main.dependencies.frameworks, ".jar")?;
        jars.retain(|jar| build.framework.is_in(jar));
        for jar in jars {
            repack_uncompressed(&jar, &framework.join(jar.file_name().context("a jar without a name")?))?;
        }
        // With an empty input the face warms up and exits; the JVM then writes the archive.
        let mut dump = command("-XX:ArchiveClassesAtExit")?;
        dump.arg(paths.temp_folder_flag());
        process::run(dump)
    })?;
    command("-XX:SharedArchiveFile")
}

/// Returns the class path with the jars that take the place of the folders and of the native runtime.
fn uncompressed_class_path(build: &AndroidBuild, to: &Path) -> Vec<PathBuf> {
    let is_repacked = |entry: &Path| entry.is_dir() || entry.to_string_lossy().contains(NATIVE_RUNTIME);
    let repacked = |(number, entry): (usize, &PathBuf)| {
        if is_repacked(entry) { to.join(format!("{number}.jar")) } else { entry.clone() }
    };
    build.class_path.iter().enumerate().map(repacked).collect()
}

/// Packs a folder, or packs a jar again, without compression.
fn repack_uncompressed(from: &Path, to: &Path) -> Result<()> {
    let mut jar = Archive::create(to)?;
    if from.is_dir() {
        for file in files(from, "")? {
            jar.add_file(&file.strip_prefix(from)?.to_string_lossy(), CompressionMethod::Stored, &file)?;
        }
    } else {
        // With the entries of folders, by which Robolectric finds the fonts.
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
        repack_uncompressed(&classes, &jar).unwrap();
        repack_uncompressed(&jar, &again).unwrap();
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
