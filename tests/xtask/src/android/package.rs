//! Packages an APK: resources, code and libraries in one zip, signed with a debug key.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use xshell::cmd;
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::{Paths, resources::MIN_SDK};
use crate::process;

/// Alignment of uncompressed entries in bytes, as Android requires.
const ALIGNMENT: u16 = 4;
/// Entries copied from R8's output: service files, which Kotlin's coroutines read at run time.
const SERVICE_FILES: &str = "META-INF/services/";
/// Alias and password as in Android's own debug keystore: they protect nothing.
const KEY: &str = "androiddebugkey";
const PASSWORD: &str = "android";

/// A native library and its ABI.
#[derive(Debug, Clone)]
pub(super) struct Library {
    pub(super) abi: &'static str,
    pub(super) file: PathBuf,
}

/// Writes the unsigned APK.
pub(super) fn write_apk(resources: &Path, code: &Path, libraries: &[Library], to: &Path) -> Result<()> {
    let mut apk = ZipWriter::new(File::create(to).with_context(|| format!("writing {}", to.display()))?);
    copy_entries(&mut apk, resources, |_| true)?;
    copy_entries(&mut apk, code, |name| is_dex(name) || name.starts_with(SERVICE_FILES))?;
    for Library { abi, file } in libraries {
        let name = file.file_name().context("a library without a name")?.to_string_lossy();
        // Compressed: Android extracts it at installation, so it needs no page alignment.
        apk.start_file(format!("lib/{abi}/{name}"), options(CompressionMethod::Deflated))?;
        io::copy(&mut open(file)?, &mut apk)?;
    }
    apk.finish()?;
    Ok(())
}

/// Copies the entries that `is_wanted` from another zip, each with its compression method.
fn copy_entries(apk: &mut ZipWriter<File>, from: &Path, is_wanted: impl Fn(&str) -> bool) -> Result<()> {
    let mut zip = ZipArchive::new(open(from)?)?;
    for number in 0..zip.len() {
        let mut file = zip.by_index(number)?;
        let name = file.name()?.into_owned();
        if file.is_file() && is_wanted(&name) {
            apk.start_file(name, options(file.compression()))?;
            io::copy(&mut file, apk)?;
        }
    }
    Ok(())
}

fn open(file: &Path) -> Result<File> {
    File::open(file).with_context(|| format!("reading {}", file.display()))
}

fn options(method: CompressionMethod) -> SimpleFileOptions {
    let options = SimpleFileOptions::default().compression_method(method);
    if method == CompressionMethod::Stored { options.with_alignment(ALIGNMENT) } else { options }
}

fn is_dex(name: &str) -> bool {
    !name.contains('/') && Path::new(name).extension().is_some_and(|end| end == "dex")
}

/// Returns the compressed bytes by category: code, resources, and the libraries of each ABI.
pub(super) fn size_by_category(apk: &Path) -> Result<BTreeMap<String, u64>> {
    let mut zip = ZipArchive::new(open(apk)?)?;
    let mut sizes = BTreeMap::new();
    for number in 0..zip.len() {
        let file = zip.by_index(number)?;
        let category = match file.name()?.split('/').collect::<Vec<_>>().as_slice() {
            ["lib", abi, _] => format!("libraries for {abi}"),
            [name] if is_dex(name) => "code".to_owned(),
            _ => "resources".to_owned(),
        };
        *sizes.entry(category).or_default() += file.compressed_size();
    }
    Ok(sizes)
}

/// Signs the APK with a key created once for this checkout, and verifies the signature.
pub(super) fn sign(paths: &Paths, apk: &Path) -> Result<()> {
    let (sh, store) = (&paths.sh, paths.work.join("debug.keystore"));
    if !store.is_file() {
        let keytool =
            cmd!(sh, "keytool -genkeypair -keyalg RSA -keysize 2048 -validity 10000 -dname CN=Essai");
        let password = ["-storepass", PASSWORD, "-keypass", PASSWORD];
        process::run(keytool.args(["-alias", KEY]).args(password).arg("-keystore").arg(&store))?;
    }
    let sign = cmd!(sh, "apksigner sign --min-sdk-version {MIN_SDK} --ks-key-alias {KEY} --ks {store}");
    process::run(sign.args(["--ks-pass", &format!("pass:{PASSWORD}")]).arg(apk))?;
    process::run(cmd!(sh, "apksigner verify --min-sdk-version {MIN_SDK} {apk}"))?;
    let signature_file = apk.with_extension("apk.idsig");
    if signature_file.exists() {
        fs::remove_file(&signature_file)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::CompressionMethod::{Deflated, Stored};

    use super::*;

    fn zip(path: &Path, files: &[(&str, CompressionMethod)]) {
        let mut zip = ZipWriter::new(File::create(path).unwrap());
        for (name, method) in files {
            zip.start_file(*name, SimpleFileOptions::default().compression_method(*method)).unwrap();
            zip.write_all(name.as_bytes()).unwrap();
        }
        zip.finish().unwrap();
    }

    #[test]
    fn an_apk_contains_the_needed_entries_and_stored_ones_are_aligned() {
        let folder = tempfile::tempdir().unwrap();
        let [resources, code, file, to] =
            ["r.apk", "c.zip", "libfos.so", "o.apk"].map(|name| folder.path().join(name));
        zip(&resources, &[("a.xml", Deflated), ("resources.arsc", Stored)]);
        let entries = ["classes.dex", "META-INF/LICENSE", "META-INF/services/a.B"];
        zip(&code, &entries.map(|name| (name, Deflated)));
        fs::write(&file, "library").unwrap();
        write_apk(&resources, &code, &[Library { abi: "x86", file }], &to).unwrap();

        let mut apk = ZipArchive::new(File::open(&to).unwrap()).unwrap();
        let names: Vec<_> = apk.file_names().map(|name| name.unwrap().into_owned()).collect();
        assert_eq!(
            names,
            ["a.xml", "resources.arsc", "classes.dex", "META-INF/services/a.B", "lib/x86/libfos.so"]
        );
        let table = apk.by_name("resources.arsc").unwrap();
        assert_eq!((table.compression(), table.data_start().unwrap() % 4), (Stored, 0));
        assert_eq!(io::read_to_string(table).unwrap(), "resources.arsc");
        let sizes = size_by_category(&to).unwrap();
        assert_eq!(sizes.into_keys().collect::<Vec<_>>(), ["code", "libraries for x86", "resources"]);
    }
}
