//! Generates Android's vector drawables from the symbols, and the tables in which both faces find a symbol by the name
//! in a view.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::json;

use super::{
    Assets,
    manifest::Symbols,
    templates::{render, write},
};
use crate::workspace::Workspace;

/// Ending of the names of filled symbols.
const FILLED: &str = "-fill";

/// Writes a drawable for every symbol of the manifest, and `Symbols.kt`.
pub(super) fn write_android(
    workspace: &Workspace,
    symbols: &Symbols,
    package: &Path,
    outputs: &Assets,
) -> Result<()> {
    let drawable_name = |symbol: &str| format!("symbol_{}", symbol.replace('-', "_"));
    let filled = symbols.filled.iter().map(|name| format!("{name}{FILLED}"));
    let mut drawables = Vec::new();
    for name in symbols.names.keys().cloned().chain(filled) {
        let svg = workspace.sh.read_file(package.join(&symbols.folder).join(format!("{name}.svg")))?;
        let path = only_path(&svg).with_context(|| format!("{name} is not one path"))?;
        let content = drawable(&path, symbols.mirrored.contains(&name))?;
        let drawable = drawable_name(&name);
        workspace.sh.write_file(outputs.res.join(format!("drawable/{drawable}.xml")), content)?;
        drawables.push((name, drawable));
    }
    let table = json!({ "drawables": drawables, "fallback": drawable_name(&symbols.fallback) });
    write("Symbols.kt", table, &outputs.kotlin.join("ma/fos/services/ui/components"))
}

fn drawable(path: &str, mirrored: bool) -> Result<String> {
    render("symbol.xml", json!({ "path": path, "mirrored": mirrored }))
}

/// Returns the path of an SVG that has only one.
fn only_path(svg: &str) -> Option<String> {
    let svg = roxmltree::Document::parse(svg).ok()?;
    let mut paths = svg.descendants().filter_map(|node| node.attribute("d"));
    paths.next().filter(|_| paths.next().is_none()).map(str::to_owned)
}

/// Writes `Symbols.swift`.
pub(super) fn write_swift(symbols: &Symbols, folder: &Path) -> Result<()> {
    let plain = symbols.names.iter().map(|(name, symbol)| (name.clone(), symbol.clone()));
    let filled = symbols.filled.iter().filter_map(|name| {
        let symbol = symbols.names.get(name)?;
        // Only the sand of the hourglass is filled.
        let end = if symbol == "hourglass" { "tophalf.filled" } else { "fill" };
        Some((format!("{name}{FILLED}"), format!("{symbol}.{end}")))
    });
    let fallback = symbols.names.get(&symbols.fallback).map_or("doc.text", String::as_str);
    let symbols: Vec<_> = plain.chain(filled).collect();
    write("Symbols.swift", json!({ "symbols": symbols, "fallback": fallback }), folder)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assets::manifest::AssetManifest;

    #[test]
    fn a_symbol_with_a_direction_is_mirrored() {
        let is_mirrored = |mirrored| drawable("M0 0", mirrored).unwrap().contains("autoMirrored");
        assert_eq!([true, false].map(is_mirrored), [true, false]);
    }

    #[test]
    fn only_a_symbol_of_one_path_is_read() {
        assert_eq!(only_path(r#"<svg><path d="M1-2z"/></svg>"#).unwrap(), "M1-2z");
        assert_eq!(only_path(r#"<svg><path d="M1-2z"/><path d="M0 0"/></svg>"#), None);
        assert_eq!(only_path("<svg/>"), None);
    }

    #[test]
    fn a_filled_symbol_has_apples_name() {
        let folder = tempfile::tempdir().unwrap();
        let list = AssetManifest::read(&Workspace::locate().unwrap()).unwrap();
        write_swift(&list.symbols, folder.path()).unwrap();
        let swift = std::fs::read_to_string(folder.path().join("Symbols.swift")).unwrap();
        assert!(swift.contains("\"check_circle-fill\": \"checkmark.circle.fill\""));
        assert!(swift.contains("default: \"doc.text\""));
    }
}
