//! Letters, symbols and the phrases that the system reads: fetched by a pinned list, cut down to what the app shows, never kept as sources.

mod font;
mod list;
mod strings;
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
    for kind in ["font", "drawable", "raw"] {
        fs::create_dir_all(made.res.join(kind))?;
    }
    let fonts = fetch(&list.font.from, home)?;
    font::cut(&list.font, &fonts, &made.res.join("font"))?;
    let drawn = fetch(&list.symbols.from, home)?;
    symbols::draw(&list.symbols, &drawn, made)?;
    for (name, from, folder) in
        [("licence_font", &list.font.from, &fonts), ("licence_symbols", &list.symbols.from, &drawn)]
    {
        fs::copy(folder.join(&from.licence), made.res.join("raw").join(format!("{name}.txt")))?;
    }
    Ok(())
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
