//! Fonts, symbols and the phrases that the system reads: fetched by a pinned list, reduced to what the app shows, and
//! never committed.

mod font;
pub(crate) mod licences;
pub(crate) mod manifest;
#[cfg(test)]
mod mark;
pub(crate) mod strings;
mod symbols;

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};

use self::manifest::{AssetManifest, Package};
use crate::{
    android::{cache::Cache, run},
    progress::Progress,
    workspace::Workspace,
};

/// Output folders of the assets.
#[derive(Debug, Clone)]
pub struct Assets {
    /// Android resource folder: fonts, symbols, licences, strings.
    pub res: PathBuf,
    /// Kotlin source folder: the symbols by name.
    pub kotlin: PathBuf,
}

/// Builds the assets of `android/assets.toml` unless they are up to date.
///
/// # Errors
/// Returns an error if a package cannot be fetched or has another hash, or a tool is missing.
pub fn build(workspace: &Workspace, progress: &Progress) -> Result<Assets> {
    let file = workspace.root.join("android/assets.toml");
    let text = fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
    let home = workspace.target().join("android/assets");
    let outputs = Assets { res: home.join("res"), kotlin: home.join("kotlin") };
    let mut cache = Cache::new(&workspace.target().join("android"), "assets");
    cache.add_text(&text);
    for (phrases, _) in strings::FILES {
        cache.add_path(&workspace.root.join(phrases))?;
    }
    cache.run_if_stale(&[&outputs.res, &outputs.kotlin], || {
        progress.step("fonts and symbols");
        let manifest: AssetManifest = toml::from_str(&text).context("android/assets.toml")?;
        make(&manifest, &home, &outputs)?;
        for (phrases, folder) in strings::FILES {
            let phrases = fs::read_to_string(workspace.root.join(phrases))?;
            strings::write(&phrases, &outputs.res.join(folder))?;
        }
        Ok(())
    })?;
    Ok(outputs)
}

fn make(manifest: &AssetManifest, home: &Path, outputs: &Assets) -> Result<()> {
    for kind in ["font", "drawable"] {
        fs::create_dir_all(outputs.res.join(kind))?;
    }
    let fonts = fetch_package(&manifest.font.from, home)?;
    font::write_subsets(&manifest.font, &fonts, &outputs.res.join("font"))?;
    let symbol_files = fetch_package(&manifest.symbols.from, home)?;
    symbols::write_drawables(&manifest.symbols, &symbol_files, outputs)
}

/// Writes `raw/licences.json`: all third-party software in the app with its licence. Returns the resource folder.
/// `library_folder` holds the libraries that Maven fetched.
///
/// # Errors
/// Returns an error if a package names no licence or a text cannot be read.
pub fn licences(workspace: &Workspace, library_folder: &Path, progress: &Progress) -> Result<PathBuf> {
    let file = workspace.root.join("android/assets.toml");
    let text = fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
    let res = workspace.target().join("android/licences/res");
    let mut cache = Cache::new(&workspace.target().join("android"), "licences");
    cache.add_text(&text);
    for part in ["Cargo.lock", "android/linux/pom.xml"] {
        cache.add_path(&workspace.root.join(part))?;
    }
    cache.run_if_stale(&[&res], || {
        progress.step("licences");
        let manifest: AssetManifest = toml::from_str(&text).context("android/assets.toml")?;
        let home = workspace.target().join("android/assets");
        let mut licences = licences::Licences::default();
        for (from, licence) in [(&manifest.font.from, "OFL-1.1"), (&manifest.symbols.from, "Apache-2.0")] {
            let text = fetch_package(from, &home)?.join(&from.licence);
            licences.add_package(&from.name, &from.version, licence, &text)?;
        }
        licences.add_libraries(library_folder, &workspace.root.join("LICENSE-APACHE"))?;
        licences.add_crates(workspace, "aarch64-linux-android")?;
        fs::create_dir_all(res.join("raw"))?;
        fs::write(res.join("raw/licences.json"), serde_json::to_vec(&licences)?)?;
        Ok(())
    })?;
    Ok(res)
}

/// Returns the licences of the crates alone: the third-party code in an app for this target.
///
/// # Errors
/// Returns an error if a crate names no licence or a text cannot be read.
pub(crate) fn crate_licences(workspace: &Workspace, target: &str) -> Result<impl serde::Serialize + use<>> {
    let mut licences = licences::Licences::default();
    licences.add_crates(workspace, target)?;
    Ok(licences)
}

/// Fetches a package with npm, checks its hash, and returns its folder.
fn fetch_package(package: &Package, home: &Path) -> Result<PathBuf> {
    let folder = home.join("npm").join(package.file_stem());
    if folder.join("package").is_dir() {
        return Ok(folder.join("package"));
    }
    fs::create_dir_all(&folder)?;
    run(Command::new("npm")
        .current_dir(&folder)
        .args(["pack", "--silent", "--ignore-scripts"])
        .arg(format!("{}@{}", package.name, package.version)))?;
    let file = folder.join(format!("{}.tgz", package.file_stem()));
    let bytes = fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
    let found = Sha256::digest(&bytes).iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    ensure!(
        found == package.sha256,
        "{} {} has another hash than the pinned one: sha256 {found}",
        package.name,
        package.version
    );
    run(Command::new("tar").current_dir(&folder).arg("xzf").arg(&file))?;
    Ok(folder.join("package"))
}
