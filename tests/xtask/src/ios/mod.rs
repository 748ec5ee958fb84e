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

use std::path::PathBuf;

use anyhow::{Context, Result};

pub(crate) use self::{views::check, xcframework::xcframework};
use crate::{
    android::cache::Cache,
    assets::{licences::Licences, manifest::AssetManifest},
    files::files,
    progress::Progress,
    workspace::Workspace,
};

/// Writes `ios/Fos/Generated`: colours and sizes, symbols, the system's strings, licences. Returns the folder.
pub(crate) fn generate(workspace: &Workspace, progress: &Progress) -> Result<PathBuf> {
    let sh = &workspace.sh;
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
        let manifest: AssetManifest =
            toml::from_str(&sh.read_file("android/assets.toml")?).context("android/assets.toml")?;
        let tokens = tokens::tokens(&sh.read_file("android/tokens.json")?)?;
        sh.write_file(to.join("Tokens.swift"), &tokens.swift)?;
        for (name, set) in tokens.colours {
            let file = to.join("Tokens.xcassets").join(format!("{name}.colorset/Contents.json"));
            sh.write_file(file, set.to_string())?;
        }
        sh.write_file(to.join("Symbols.swift"), symbols::swift(&manifest.symbols)?)?;
        for (phrases, folder) in strings::LANGUAGES {
            for (name, text) in strings::files(&sh.read_file(phrases)?)? {
                sh.write_file(to.join(folder).join(name), text)?;
            }
        }
        let mut licences = Licences::default();
        licences.add_crates(workspace, "aarch64-apple-ios")?;
        plist::to_file_binary(to.join("licences.plist"), &licences).context("writing the licences")
    })?;
    Ok(to)
}

/// Returns the app's own Swift sources, without generated ones.
fn app_sources(workspace: &Workspace) -> Result<Vec<PathBuf>> {
    let mut sources = files(&workspace.root.join("ios/Fos"), ".swift")?;
    sources.retain(|file| !file.starts_with(workspace.root.join("ios/Fos/Generated")));
    Ok(sources)
}

/// Returns path and text of every Swift source of the app.
#[cfg(test)]
fn sources() -> Vec<(PathBuf, String)> {
    let sources = app_sources(&Workspace::locate().unwrap()).unwrap();
    sources.into_iter().map(|file| (file.clone(), std::fs::read_to_string(file).unwrap())).collect()
}
