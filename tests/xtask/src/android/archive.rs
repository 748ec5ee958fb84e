//! Jars and APKs, which are zip files.

use std::{
    fs::File,
    io::{self, Write},
    path::Path,
};

use anyhow::{Context, Result};
use zip::{CompressionMethod, ZipArchive, ZipWriter, read::ZipFile, write::SimpleFileOptions};

/// Alignment of uncompressed entries in bytes, as Android requires.
const ALIGNMENT: u16 = 4;

/// An archive that is being written.
pub(super) struct Archive(ZipWriter<File>);

impl Archive {
    /// Creates the file.
    pub(super) fn create(file: &Path) -> Result<Self> {
        Ok(Self(ZipWriter::new(File::create(file).with_context(|| format!("writing {}", file.display()))?)))
    }

    /// Adds a file under this name.
    pub(super) fn add_file(&mut self, name: &str, method: CompressionMethod, file: &Path) -> Result<()> {
        self.0.start_file(name, options(method))?;
        let mut content = File::open(file).with_context(|| format!("reading {}", file.display()))?;
        io::copy(&mut content, &mut self.0)?;
        Ok(())
    }

    /// Copies entries of another archive, folders included, each with the method that `method` returns; `None` leaves
    /// it out.
    pub(super) fn copy_entries(
        &mut self,
        from: &Path,
        method: impl Fn(&str, CompressionMethod) -> Option<CompressionMethod>,
    ) -> Result<()> {
        for_each_entry(from, |name, mut entry| {
            let Some(method) = method(name, entry.compression()) else { return Ok(()) };
            if entry.is_dir() {
                self.0.add_directory(name, options(method))?;
            } else {
                self.0.start_file(name, options(method))?;
                io::copy(&mut entry, &mut self.0)?;
            }
            Ok(())
        })
    }

    /// Writes the directory at the archive's end.
    pub(super) fn finish(self) -> Result<()> {
        self.0.finish()?.flush()?;
        Ok(())
    }
}

/// Calls a function with name and content of every entry.
pub(super) fn for_each_entry(
    archive: &Path,
    mut call: impl FnMut(&str, ZipFile<'_, File>) -> Result<()>,
) -> Result<()> {
    let file = File::open(archive).with_context(|| format!("reading {}", archive.display()))?;
    let mut zip = ZipArchive::new(file)?;
    for number in 0..zip.len() {
        let entry = zip.by_index(number)?;
        let name = entry.name()?.into_owned();
        call(&name, entry)?;
    }
    Ok(())
}

fn options(method: CompressionMethod) -> SimpleFileOptions {
    let options = SimpleFileOptions::default().compression_method(method);
    if method == CompressionMethod::Stored { options.with_alignment(ALIGNMENT) } else { options }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use zip::CompressionMethod::{Deflated, Stored};

    use super::*;

    #[test]
    fn entries_are_copied_with_their_folders_and_stored_ones_are_aligned() {
        let folder = tempfile::tempdir().unwrap();
        let [text, source, copy] = ["a.ttf", "source.jar", "copy.jar"].map(|name| folder.path().join(name));
        fs::write(&text, "letters ".repeat(100)).unwrap();
        let mut archive = Archive::create(&source).unwrap();
        archive.0.add_directory("fonts/", options(Stored)).unwrap();
        archive.add_file("fonts/a.ttf", Deflated, &text).unwrap();
        archive.add_file("left-out", Deflated, &text).unwrap();
        archive.finish().unwrap();
        let mut archive = Archive::create(&copy).unwrap();
        archive.copy_entries(&source, |name, _| (name != "left-out").then_some(Stored)).unwrap();
        archive.finish().unwrap();

        let mut zip = ZipArchive::new(File::open(&copy).unwrap()).unwrap();
        assert_eq!(zip.len(), 2);
        assert!(zip.by_name("fonts/").unwrap().is_dir());
        let entry = zip.by_name("fonts/a.ttf").unwrap();
        assert_eq!((entry.compressed_size(), entry.data_start().unwrap() % 4), (800, 0));
        assert_eq!(io::read_to_string(entry).unwrap(), "letters ".repeat(100));
    }
}
