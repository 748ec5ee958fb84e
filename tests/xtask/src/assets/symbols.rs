//! Generates Android vector drawables from the symbols, and the table that finds one by its name.

use std::{fmt::Write as _, path::Path};

use anyhow::{Context, Result};

use super::{Assets, manifest::Symbols};
use crate::workspace::Workspace;

/// Writes a drawable for every symbol of the manifest, and the table.
pub(super) fn write_drawables(
    workspace: &Workspace,
    symbols: &Symbols,
    package: &Path,
    outputs: &Assets,
) -> Result<()> {
    let mut entries = String::new();
    let filled = symbols.filled.iter().map(|name| format!("{name}-fill"));
    for name in symbols.names.keys().cloned().chain(filled) {
        let svg = workspace.sh.read_file(package.join(&symbols.folder).join(format!("{name}.svg")))?;
        let path = only_path(&svg).with_context(|| format!("{name} is not one path"))?;
        let id = format!("symbol_{}", name.replace('-', "_"));
        let drawable = vector_drawable(&path, symbols.mirrored.contains(&name));
        workspace.sh.write_file(outputs.res.join(format!("drawable/{id}.xml")), drawable)?;
        writeln!(entries, "        \"{name}\" -> R.drawable.{id}")?;
    }
    let table = symbol_table(&entries, &symbols.fallback);
    Ok(workspace.sh.write_file(outputs.kotlin.join("ma/fos/services/parts/Symbols.kt"), table)?)
}

/// Returns the path of an SVG that has only one.
fn only_path(svg: &str) -> Option<String> {
    let svg = roxmltree::Document::parse(svg).ok()?;
    let mut paths = svg.descendants().filter_map(|node| node.attribute("d"));
    paths.next().filter(|_| paths.next().is_none()).map(str::to_owned)
}

/// Returns a vector drawable. The symbols' 960 grid has its origin at the bottom, Android's at the top.
fn vector_drawable(path: &str, mirrored: bool) -> String {
    let mirror = if mirrored { "\n    android:autoMirrored=\"true\"" } else { "" };
    format!(
        r##"<vector xmlns:android="http://schemas.android.com/apk/res/android"
    android:width="24dp"
    android:height="24dp"
    android:viewportWidth="960"
    android:viewportHeight="960"{mirror}>
  <group android:translateY="960">
    <path android:fillColor="#000000" android:pathData="{path}" />
  </group>
</vector>
"##
    )
}

fn symbol_table(entries: &str, fallback: &str) -> String {
    format!(
        "// Generated from android/assets.toml.\n\
         package ma.fos.services.parts\n\n\
         import androidx.annotation.DrawableRes\n\
         import ma.fos.services.R\n\n\
         /** The symbols by the names that views give them. */\n\
         internal object Symbols {{\n    \
             /** The drawable of [name]; a page of text for a name this version does not know. */\n    \
             @DrawableRes\n    \
             fun of(name: String): Int = when (name) {{\n{entries}        \
                 else -> R.drawable.symbol_{fallback}\n    \
             }}\n}}\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_symbol_with_a_direction_is_mirrored() {
        assert!(vector_drawable("M0 0", true).contains("autoMirrored"));
        assert!(!vector_drawable("M0 0", false).contains("autoMirrored"));
    }

    #[test]
    fn only_a_symbol_of_one_path_is_read() {
        assert_eq!(only_path(r#"<svg><path d="M1-2z"/></svg>"#).unwrap(), "M1-2z");
        assert_eq!(only_path(r#"<svg><path d="M1-2z"/><path d="M0 0"/></svg>"#), None);
        assert_eq!(only_path("<svg/>"), None);
    }
}
