//! Generates the iPhone app's sources and resources, and checks without Xcode what can be checked.

mod views;
mod xcframework;

use std::path::PathBuf;

use anyhow::{Context, Result};

pub(crate) use self::{views::check, xcframework::xcframework};
use crate::{
    android::cache::Cache,
    assets::{self, licences::Licences},
    files::files,
    progress::Progress,
    workspace::Workspace,
};

/// Writes `ios/Fos/Generated`: colours and sizes, symbols, the system's strings, licences. Returns the folder.
pub(crate) fn generate(workspace: &Workspace, progress: &Progress) -> Result<PathBuf> {
    let to = workspace.root.join("ios/Fos/Generated");
    let mut cache = Cache::new(&workspace.target().join("ios"), "generated");
    assets::add_inputs(workspace, &mut cache)?;
    cache.add_path(&workspace.root.join("Cargo.lock"))?;
    cache.run_if_stale(&[&to], || {
        progress.step("the iPhone app's generated sources");
        assets::write_iphone(workspace, &to)?;
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
