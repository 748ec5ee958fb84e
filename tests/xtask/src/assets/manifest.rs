//! Content of `android/assets.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The whole file.
#[derive(Debug, Deserialize)]
pub(crate) struct AssetManifest {
    pub(super) font: Font,
    pub(crate) symbols: Symbols,
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
    pub(crate) fallback: String,
    pub(super) mirrored: Vec<String>,
    pub(crate) filled: Vec<String>,
    pub(crate) names: BTreeMap<String, String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace;

    /// A symbol is found by its name: a missing one would show as the fallback, a sheet of paper.
    #[test]
    fn every_icon_of_the_portals_services_is_in_the_manifest() {
        let list: AssetManifest = toml::from_str(&workspace::read("android/assets.toml")).unwrap();
        let seed = workspace::read("tests/portal/seed/services.toml");
        let named = seed.lines().filter_map(|line| line.strip_prefix("icon = \"")?.strip_suffix('"'));
        let missing: Vec<&str> = named.filter(|icon| !list.symbols.names.contains_key(*icon)).collect();
        assert!(seed.contains("icon = "), "the seed has icons");
        assert_eq!(missing, Vec::<&str>::new());
    }
}
