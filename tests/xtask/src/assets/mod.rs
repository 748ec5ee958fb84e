//! Fonts, symbols, design tokens and the phrases that the system reads: fetched by a pinned list, reduced to what the
//! app shows, and never committed. Generated sources are templates in `tests/xtask/templates`.

mod design_tokens;
mod font;
pub(crate) mod licences;
pub(crate) mod manifest;
mod strings;
mod symbols;
mod templates;

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use sha2::{Digest, Sha256};
use xshell::cmd;

use self::{
    manifest::{AssetManifest, Package},
    strings::LANGUAGES,
    templates::write,
};
use crate::{android::cache::Cache, process, progress::Progress, workspace::Workspace};

/// The list of what is fetched.
const MANIFEST: &str = "android/assets.toml";

/// Output folders of the assets.
#[derive(Debug, Clone)]
pub(crate) struct Assets {
    /// Android resource folder: fonts, symbols, licences, strings.
    pub(crate) res: PathBuf,
    /// Kotlin source folder: the symbols by name, and the design tokens.
    pub(crate) kotlin: PathBuf,
}

/// Builds the assets of `android/assets.toml` unless they are up to date.
pub(crate) fn build(workspace: &Workspace, progress: &Progress) -> Result<Assets> {
    let sh = &workspace.sh;
    let home = workspace.target().join("android/assets");
    let assets = Assets { res: home.join("res"), kotlin: home.join("kotlin") };
    let mut cache = Cache::new(&workspace.target().join("android"), "assets");
    add_inputs(workspace, &mut cache)?;
    cache.run_if_stale(&[&assets.res, &assets.kotlin], || {
        progress.step("fonts and symbols");
        let AssetManifest { font, symbols } = AssetManifest::read(workspace)?;
        let package = fetch_package(workspace, &font.from, &home)?;
        font::write_subsets(workspace, &font, &package, &sh.create_dir(assets.res.join("font"))?)?;
        let package = fetch_package(workspace, &symbols.from, &home)?;
        symbols::write_android(workspace, &symbols, &package, &assets)?;
        for language in LANGUAGES {
            let context = strings::context(&language, &sh.read_file(language.phrases)?)?;
            write("strings.xml", context, &assets.res.join(language.android))?;
        }
        design_tokens::write_kotlin(workspace, &assets.kotlin)
    })?;
    Ok(assets)
}

/// Writes what the iPhone's app has of them below this folder: colours and sizes, symbols, the system's strings.
pub(crate) fn write_iphone(workspace: &Workspace, to: &Path) -> Result<()> {
    design_tokens::write_swift(workspace, to)?;
    symbols::write_swift(&AssetManifest::read(workspace)?.symbols, to)?;
    let [arabic, french] = LANGUAGES.map(|language| workspace.sh.read_file(language.phrases));
    for (name, catalog) in strings::catalogs(&[arabic?, french?])? {
        workspace.sh.write_file(to.join(name), serde_json::to_vec_pretty(&catalog)?)?;
    }
    Ok(())
}

/// Adds everything that generated sources depend on to a step's inputs.
pub(crate) fn add_inputs(workspace: &Workspace, cache: &mut Cache) -> Result<()> {
    for generator in
        [include_str!("design_tokens.rs"), include_str!("strings.rs"), include_str!("symbols.rs")]
    {
        cache.add_text(generator);
    }
    let phrases = LANGUAGES.map(|language| language.phrases);
    let inputs = [MANIFEST, design_tokens::FILE, templates::FOLDER].into_iter().chain(phrases);
    cache.add_paths(inputs.map(|path| workspace.root.join(path)))
}

/// Writes `raw/licences.json`: all third-party software in the app with its licence. Returns the resource folder.
/// `library_folder` holds the libraries that Maven fetched.
pub(crate) fn licences(workspace: &Workspace, library_folder: &Path, progress: &Progress) -> Result<PathBuf> {
    let res = workspace.target().join("android/licences/res");
    let mut cache = Cache::new(&workspace.target().join("android"), "licences");
    cache
        .add_paths([MANIFEST, "Cargo.lock", "android/linux/pom.xml"].map(|path| workspace.root.join(path)))?;
    cache.run_if_stale(&[&res], || {
        progress.step("licences");
        let AssetManifest { font, symbols } = AssetManifest::read(workspace)?;
        let home = workspace.target().join("android/assets");
        let mut licences = licences::Licences::default();
        for (from, licence) in [(&font.from, "OFL-1.1"), (&symbols.from, "Apache-2.0")] {
            let text = fetch_package(workspace, from, &home)?.join(&from.licence);
            licences.add(&from.name, &from.version, licence, vec![licences::read(&text)?]);
        }
        licences.add_libraries(library_folder, &workspace.root.join("LICENSE-APACHE"))?;
        licences.add_crates(workspace, "aarch64-linux-android")?;
        Ok(workspace.sh.write_file(res.join("raw/licences.json"), serde_json::to_vec(&licences)?)?)
    })?;
    Ok(res)
}

/// Fetches a package with npm, checks its hash, and returns its folder.
fn fetch_package(workspace: &Workspace, package: &Package, home: &Path) -> Result<PathBuf> {
    let (sh, name, version) = (&workspace.sh, &package.name, &package.version);
    let folder = home.join("npm").join(package.file_stem());
    if !folder.join("package").is_dir() {
        let _in_folder = sh.push_dir(sh.create_dir(&folder)?);
        process::run(cmd!(sh, "npm pack --silent --ignore-scripts {name}@{version}"))?;
        let file = format!("{}.tgz", package.file_stem());
        let found = hex::encode(Sha256::digest(sh.read_binary_file(&file)?));
        ensure!(
            found == package.sha256,
            "{name} {version} has another hash than the pinned one: sha256 {found}"
        );
        process::run(cmd!(sh, "tar xzf {file}"))?;
    }
    Ok(folder.join("package"))
}
