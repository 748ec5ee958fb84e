//! Command that starts the app as a face many times: its JVM loads stored jars and an archive of the classes.
//!
//! A start of the Android framework is mostly the loading of 10 000 classes. Uncompressed jars and an archive made by the
//! JVM itself (`AppCDS`, which accepts jars but no folders) take a quarter off it, and cost as much as five starts.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::{AndroidBuild, cache::Cache, join};
use crate::{files::files, process, progress::Progress};

/// Part of the name of the jar whose fonts and libraries Robolectric unpacks at each start.
const NATIVE_RUNTIME: &str = "nativeruntime-dist";

/// Returns the face's start command, after the jars and the archive have been made from this build.
///
/// # Errors
/// Returns an error if a jar cannot be read or written, or the app does not start.
pub fn fast_command(build: &AndroidBuild, progress: &Progress) -> Result<Command> {
    let paths = &build.main.paths;
    let to = paths.work.join("face");
    let mut cache = Cache::new(&paths.work, "face");
    cache.add_text(&build.main.dependencies.key);
    let mut version = Command::new("java");
    version.arg("--version");
    cache.add_text(&process::output(version)?);
    for entry in build.class_path.iter().filter(|entry| entry.is_dir()) {
        cache.add_path(entry)?;
    }
    let archive = to.join("classes.jsa");
    let (class_path, framework) = (stored_class_path(build, &to), to.join("framework"));
    let command = |archive_flag: &str| -> Result<Command> {
        let mut jvm_flag = std::ffi::OsString::from(archive_flag);
        jvm_flag.push(&archive);
        let mut dependency_flag = std::ffi::OsString::from("-Drobolectric.dependency.dir=");
        dependency_flag.push(&framework);
        let mut command = super::java(&super::FRAMEWORK_MEMORY);
        command.arg(jvm_flag).args(&build.flags).arg(dependency_flag);
        command.arg("-cp").arg(join(&class_path)?).arg(super::FACE_CLASS);
        Ok(command)
    };
    cache.run_if_stale(&[&to], || {
        progress.step("jars and a class archive for the Android face");
        fs::create_dir_all(&framework)?;
        for (from, stored) in build.class_path.iter().zip(&class_path) {
            if from.is_dir() {
                store_folder(from, stored)?;
            } else if from != stored {
                store_jar(from, stored)?;
            }
        }
        for jar in files(&build.main.dependencies.framework, ".jar")? {
            store_jar(&jar, &framework.join(jar.file_name().context("a jar without a name")?))?;
        }
        // Without a launch the face warms up and, its input being at its end, exits: then the JVM writes the archive.
        let mut dump = command("-XX:ArchiveClassesAtExit=")?;
        dump.arg(paths.temp_folder.jvm_flag());
        process::run(dump)
    })?;
    command("-XX:SharedArchiveFile=")
}

/// Returns the class path with the jars that take the place of the folders and of the native runtime.
fn stored_class_path(build: &AndroidBuild, to: &Path) -> Vec<PathBuf> {
    let is_stored = |entry: &Path| entry.is_dir() || entry.to_string_lossy().contains(NATIVE_RUNTIME);
    let entries = build.class_path.iter().enumerate();
    entries
        .map(
            |(number, entry)| {
                if is_stored(entry) { to.join(format!("{number}.jar")) } else { entry.clone() }
            },
        )
        .collect()
}

fn options() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(CompressionMethod::Stored)
}

fn create(jar: &Path) -> Result<ZipWriter<File>> {
    Ok(ZipWriter::new(File::create(jar).with_context(|| format!("writing {}", jar.display()))?))
}

fn store_folder(folder: &Path, to: &Path) -> Result<()> {
    let mut jar = create(to)?;
    for file in files(folder, "")? {
        let name = file.strip_prefix(folder)?.to_string_lossy().into_owned();
        jar.start_file(name, options())?;
        io::copy(&mut File::open(&file)?, &mut jar)?;
    }
    jar.finish()?;
    Ok(())
}

fn store_jar(from: &Path, to: &Path) -> Result<()> {
    let mut jar = create(to)?;
    let mut zip = ZipArchive::new(File::open(from).with_context(|| format!("reading {}", from.display()))?)?;
    for number in 0..zip.len() {
        let mut entry = zip.by_index(number)?;
        let name = entry.name()?.into_owned();
        // Robolectric finds the fonts by their folder's entry.
        if entry.is_dir() {
            jar.add_directory(name, options())?;
        } else {
            jar.start_file(name, options())?;
            io::copy(&mut entry, &mut jar)?;
        }
    }
    jar.finish()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_jar_has_the_same_entries_folders_included_uncompressed() {
        let folder = std::env::temp_dir().join(format!("fos-face-{}", std::process::id()));
        fs::create_dir_all(folder.join("classes/fonts")).unwrap();
        fs::write(folder.join("classes/fonts/a.ttf"), "letters ".repeat(100)).unwrap();
        let (source, stored) = (folder.join("source.jar"), folder.join("stored.jar"));
        let mut jar = create(&source).unwrap();
        jar.add_directory("fonts/", options()).unwrap();
        jar.start_file("fonts/a.ttf", options().compression_method(CompressionMethod::Deflated)).unwrap();
        io::copy(&mut File::open(folder.join("classes/fonts/a.ttf")).unwrap(), &mut jar).unwrap();
        jar.finish().unwrap();
        store_jar(&source, &stored).unwrap();
        let mut zip = ZipArchive::new(File::open(&stored).unwrap()).unwrap();
        assert!(zip.by_name("fonts/").unwrap().is_dir());
        assert_eq!(zip.by_name("fonts/a.ttf").unwrap().compressed_size(), 800);
        store_folder(&folder.join("classes"), &stored).unwrap();
        let mut zip = ZipArchive::new(File::open(&stored).unwrap()).unwrap();
        assert_eq!(zip.by_name("fonts/a.ttf").unwrap().size(), 800);
        fs::remove_dir_all(&folder).unwrap();
    }
}
