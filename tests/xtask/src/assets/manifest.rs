//! `android/assets.toml`, as it is written.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The whole list.
#[derive(Debug, Deserialize)]
pub(crate) struct AssetManifest {
    pub(super) font: Font,
    pub(crate) symbols: Symbols,
}

/// A package of a registry, held to one hash.
#[derive(Debug, Deserialize)]
pub(super) struct Package {
    #[serde(rename = "package")]
    pub(super) name: String,
    pub(super) version: String,
    pub(super) sha256: String,
    pub(super) licence: String,
}

impl Package {
    /// The name npm gives the packed file, without its ending.
    pub(super) fn file_stem(&self) -> String {
        format!("{}-{}", self.name.trim_start_matches('@').replace('/', "-"), self.version)
    }
}

/// The letters.
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

    /// An icon is drawn by its name: one that is missing here would show as the fallback, a plain sheet of paper.
    #[test]
    fn every_icon_that_the_portals_services_name_is_drawn() {
        let workspace = crate::workspace::Workspace::locate();
        let read = |path: &str| std::fs::read_to_string(workspace.root.join(path)).unwrap();
        let list: AssetManifest = toml::from_str(&read("android/assets.toml")).unwrap();
        let seed = read("tests/portal/seed/services.toml");
        let named = seed.lines().filter_map(|line| line.strip_prefix("icon = \"")?.strip_suffix('"'));
        let missing: Vec<&str> = named.filter(|icon| !list.symbols.names.contains_key(*icon)).collect();
        assert!(seed.contains("icon = "), "the seed names icons");
        assert_eq!(missing, Vec::<&str>::new());
    }
}
