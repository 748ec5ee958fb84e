//! Generates the iPhone app's sources and resources, and checks without Xcode what can be checked.

#[cfg(test)]
mod parity;
#[cfg(test)]
mod plists;
mod strings;
mod symbols;
mod tokens;
mod views;
mod xcframework;

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

pub use self::{views::check, xcframework::xcframework};
use crate::{
    android::cache::{Cache, files},
    assets::{self, manifest::AssetManifest},
    progress::Progress,
    workspace::Workspace,
};

/// Writes `ios/Fos/Generated`: colours and sizes, symbols, the system's strings, licences. Returns the folder.
///
/// # Errors
/// Returns an error if an input file cannot be read.
pub fn generate(workspace: &Workspace, progress: &Progress) -> Result<PathBuf> {
    let to = workspace.root.join("ios/Fos/Generated");
    let from = ["android/tokens.json", "android/assets.toml", "Cargo.lock"];
    let mut cache = Cache::new(&workspace.target().join("ios"), "generated");
    for file in from.into_iter().chain(strings::LANGUAGES.map(|(phrases, _)| phrases)) {
        cache.add_path(&workspace.root.join(file))?;
    }
    cache.add_text(include_str!("tokens.rs"));
    cache.add_text(include_str!("symbols.rs"));
    cache.run_if_stale(&[&to], || {
        progress.step("the iPhone app's generated sources");
        let list: AssetManifest =
            toml::from_str(&read(workspace, "android/assets.toml")?).context("android/assets.toml")?;
        let tokens = tokens::tokens(&read(workspace, "android/tokens.json")?)?;
        write(&to.join("Tokens.swift"), &tokens.swift)?;
        for (name, set) in tokens.colours {
            let folder = to.join("Tokens.xcassets").join(format!("{name}.colorset"));
            write(&folder.join("Contents.json"), &set.to_string())?;
        }
        write(&to.join("Symbols.swift"), &symbols::swift(&list.symbols)?)?;
        for (phrases, folder) in strings::LANGUAGES {
            for (name, text) in strings::files(&read(workspace, phrases)?)? {
                write(&to.join(folder).join(name), &text)?;
            }
        }
        let licences = assets::crate_licences(workspace, "aarch64-apple-ios")?;
        plist::to_file_binary(to.join("licences.plist"), &licences).context("writing the licences")
    })?;
    Ok(to)
}

fn read(workspace: &Workspace, file: &str) -> Result<String> {
    fs::read_to_string(workspace.root.join(file)).with_context(|| format!("reading {file}"))
}

fn write(file: &Path, text: &str) -> Result<()> {
    let folder = file.parent().context("the file has no folder")?;
    fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    fs::write(file, text).with_context(|| format!("writing {}", file.display()))
}

/// Returns the app's own Swift sources, without generated ones.
fn app_sources(workspace: &Workspace) -> Result<Vec<PathBuf>> {
    let generated = workspace.root.join("ios/Fos/Generated");
    Ok(files(&workspace.root.join("ios/Fos"), ".swift")?
        .into_iter()
        .filter(|file| !file.starts_with(&generated))
        .collect())
}

/// Returns path and text of every Swift source of the app.
#[cfg(test)]
fn sources() -> Result<Vec<(PathBuf, String)>> {
    app_sources(&Workspace::locate())?
        .into_iter()
        .map(|file| Ok((file.clone(), fs::read_to_string(&file)?)))
        .collect()
}
