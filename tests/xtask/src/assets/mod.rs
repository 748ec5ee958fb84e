//! Letters, symbols and the phrases that the system reads: fetched by a pinned list, cut down to what the app shows, never kept as sources.

mod font;
pub(crate) mod licences;
pub(crate) mod list;
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

use self::list::{List, Package};
use crate::{
    android::{cache::Cache, run},
    house::House,
    progress::Progress,
};

/// What the assets became.
#[derive(Debug, Clone)]
pub struct Assets {
    /// An Android resource folder: fonts, symbols, licences, strings.
    pub res: PathBuf,
    /// A Kotlin source folder: the symbols by name.
    pub kotlin: PathBuf,
}

/// Makes the assets of `android/assets.toml`, unless they stand already.
///
/// # Errors
/// When a package cannot be fetched, is not the pinned one, or a tool is missing.
pub fn assets(house: &House, progress: &Progress) -> Result<Assets> {
    let file = house.root.join("android/assets.toml");
    let text = fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
    let home = house.target().join("android/assets");
    let made = Assets { res: home.join("res"), kotlin: home.join("kotlin") };
    let mut cache = Cache::new(&house.target().join("android"), "assets");
    cache.text(&text);
    for (phrases, _) in strings::FILES {
        cache.path(&house.root.join(phrases))?;
    }
    cache.make(&[&made.res, &made.kotlin], || {
        progress.step("fonts and symbols");
        let list: List = toml::from_str(&text).context("android/assets.toml")?;
        make(&list, &home, &made)?;
        for (phrases, folder) in strings::FILES {
            let phrases = fs::read_to_string(house.root.join(phrases))?;
            strings::write(&phrases, &made.res.join(folder))?;
        }
        Ok(())
    })?;
    Ok(made)
}

fn make(list: &List, home: &Path, made: &Assets) -> Result<()> {
    for kind in ["font", "drawable"] {
        fs::create_dir_all(made.res.join(kind))?;
    }
    let fonts = fetch(&list.font.from, home)?;
    font::cut(&list.font, &fonts, &made.res.join("font"))?;
    let drawn = fetch(&list.symbols.from, home)?;
    symbols::draw(&list.symbols, &drawn, made)
}

/// Writes `raw/licences.json`: everything that the app is made of and others wrote, with its licence. Returns the
/// resource folder. `libraries` is where Maven put what the app stands on.
///
/// # Errors
/// When a package does not tell its licence, or a text cannot be read.
pub fn licences(house: &House, libraries: &Path, progress: &Progress) -> Result<PathBuf> {
    let file = house.root.join("android/assets.toml");
    let text = fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
    let res = house.target().join("android/licences/res");
    let mut cache = Cache::new(&house.target().join("android"), "licences");
    cache.text(&text);
    for part in ["Cargo.lock", "android/linux/pom.xml"] {
        cache.path(&house.root.join(part))?;
    }
    cache.make(&[&res], || {
        progress.step("licences");
        let list: List = toml::from_str(&text).context("android/assets.toml")?;
        let home = house.target().join("android/assets");
        let mut licences = licences::Licences::default();
        for (from, licence) in [(&list.font.from, "OFL-1.1"), (&list.symbols.from, "Apache-2.0")] {
            let text = fetch(from, &home)?.join(&from.licence);
            licences.package(&from.name, &from.version, licence, &text)?;
        }
        licences.libraries(libraries, &house.root.join("LICENSE-APACHE"))?;
        licences.crates(house, "aarch64-linux-android")?;
        fs::create_dir_all(res.join("raw"))?;
        fs::write(res.join("raw/licences.json"), serde_json::to_vec(&licences)?)?;
        Ok(())
    })?;
    Ok(res)
}

/// The licences of the crates alone, which is what a phone of this target carries that others wrote.
///
/// # Errors
/// When a crate does not tell its licence, or a text cannot be read.
pub(crate) fn crates_licences(house: &House, target: &str) -> Result<impl serde::Serialize + use<>> {
    let mut licences = licences::Licences::default();
    licences.crates(house, target)?;
    Ok(licences)
}

/// The package's folder, fetched by npm and held to its hash.
fn fetch(package: &Package, home: &Path) -> Result<PathBuf> {
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
        "{} {} is not the pinned one: sha256 {found}",
        package.name,
        package.version
    );
    run(Command::new("tar").current_dir(&folder).arg("xzf").arg(&file))?;
    Ok(folder.join("package"))
}
