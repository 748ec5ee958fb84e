//! Content of `android/assets.toml`.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::MANIFEST;
use crate::workspace::Workspace;

/// The whole file.
#[derive(Debug, Deserialize)]
pub(crate) struct AssetManifest {
    pub(super) font: Font,
    pub(super) symbols: Symbols,
}

impl AssetManifest {
    pub(super) fn read(workspace: &Workspace) -> Result<Self> {
        toml::from_str(&workspace.sh.read_file(MANIFEST)?).context(MANIFEST)
    }
}

/// An npm package, pinned by its hash.
#[derive(Debug, Deserialize)]
pub(super) struct Package {
    #[serde(rename = "package")]
    pub(super) name: String,
    pub(super) version: String,
    pub(super) sha256: String,
    pub(super) licence: String,
}

impl Package {
    /// Returns the name that npm gives the packed file, without its extension.
    pub(super) fn file_stem(&self) -> String {
        format!("{}-{}", self.name.trim_start_matches('@').replace('/', "-"), self.version)
    }
}

/// The font.
#[derive(Debug, Deserialize)]
pub(super) struct Font {
    #[serde(flatten)]
    pub(super) from: Package,
    pub(super) unicodes: Vec<String>,
    pub(super) weights: BTreeMap<String, String>,
}

/// The symbols.
#[derive(Debug, Deserialize)]
pub(crate) struct Symbols {
    #[serde(flatten)]
    pub(super) from: Package,
    pub(super) folder: String,
    pub(super) fallback: String,
    pub(super) mirrored: Vec<String>,
    pub(super) filled: Vec<String>,
    pub(super) names: BTreeMap<String, String>,
}
