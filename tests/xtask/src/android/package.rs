//! Packages an APK: resources, code and libraries in one zip, signed with a debug key.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use xshell::cmd;
use zip::CompressionMethod;

use super::{
    Paths,
    archive::{Archive, for_each_entry},
    resources::MIN_SDK,
};
use crate::process;

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
    let mut apk = Archive::create(to)?;
    let is_file = |name: &str| !name.ends_with('/');
    apk.copy_entries(resources, |name, method| is_file(name).then_some(method))?;
    let is_code = |name: &str| is_dex(name) || is_file(name) && name.starts_with(SERVICE_FILES);
    apk.copy_entries(code, |name, method| is_code(name).then_some(method))?;
    for Library { abi, file } in libraries {
        let name = file.file_name().context("a library without a name")?.display();
        // Compressed: Android extracts it at installation, so it needs no page alignment.
        apk.add_file(&format!("lib/{abi}/{name}"), CompressionMethod::Deflated, file)?;
    }
    apk.finish()
}

fn is_dex(name: &str) -> bool {
    !name.contains('/') && Path::new(name).extension().is_some_and(|end| end == "dex")
}

/// Returns the compressed bytes by category: code, resources, and the libraries of each ABI.
pub(super) fn size_by_category(apk: &Path) -> Result<BTreeMap<String, u64>> {
    let mut sizes = BTreeMap::new();
    for_each_entry(apk, |name, entry| {
        let category = match name.split('/').collect::<Vec<_>>().as_slice() {
            ["lib", abi, _] => format!("libraries for {abi}"),
            [name] if is_dex(name) => "code".to_owned(),
            _ => "resources".to_owned(),
        };
        *sizes.entry(category).or_default() += entry.compressed_size();
        Ok(())
    })?;
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
    Ok(sh.remove_path(apk.with_extension("apk.idsig"))?)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn an_apk_contains_the_needed_entries() {
        let folder = tempfile::tempdir().unwrap();
        let [resources, code, file, to] =
            ["r.apk", "c.zip", "libfos.so", "o.apk"].map(|name| folder.path().join(name));
        fs::write(&file, "library").unwrap();
        for (path, names) in [
            (&resources, &["a.xml", "resources.arsc"][..]),
            (&code, &["classes.dex", "META-INF/LICENSE", "META-INF/services/a.B"]),
        ] {
            let mut archive = Archive::create(path).unwrap();
            for name in names {
                archive.add_file(name, CompressionMethod::Deflated, &file).unwrap();
            }
            archive.finish().unwrap();
        }
        write_apk(&resources, &code, &[Library { abi: "x86", file }], &to).unwrap();

        let mut names = Vec::new();
        for_each_entry(&to, |name, _| {
            names.push(name.to_owned());
            Ok(())
        })
        .unwrap();
        assert_eq!(
            names,
            ["a.xml", "resources.arsc", "classes.dex", "META-INF/services/a.B", "lib/x86/libfos.so"]
        );
        let sizes = size_by_category(&to).unwrap();
        assert_eq!(sizes.into_keys().collect::<Vec<_>>(), ["code", "libraries for x86", "resources"]);
    }
}
