//! Generates Android vector drawables from the symbols, and the table that finds one by its name.

use std::{fmt::Write as _, fs, path::Path};

use anyhow::{Context, Result};

use super::{Assets, manifest::Symbols};

/// Writes a drawable for every symbol of the manifest, and the table.
pub(super) fn write_drawables(symbols: &Symbols, package: &Path, outputs: &Assets) -> Result<()> {
    let mut entries = String::new();
    let filled = symbols.filled.iter().map(|name| format!("{name}-fill"));
    for name in symbols.names.keys().cloned().chain(filled) {
        let file = package.join(&symbols.folder).join(format!("{name}.svg"));
        let svg = fs::read_to_string(&file).with_context(|| format!("no symbol named {name}"))?;
        let path = between(&svg, " d=\"", "\"").with_context(|| format!("{name} is not one path"))?;
        let id = format!("symbol_{}", name.replace('-', "_"));
        let mirrored = symbols.mirrored.contains(&name);
        fs::write(outputs.res.join("drawable").join(format!("{id}.xml")), vector_drawable(path, mirrored))?;
        writeln!(entries, "        \"{name}\" -> R.drawable.{id}")?;
    }
    let to = outputs.kotlin.join("ma/fos/services/parts");
    fs::create_dir_all(&to)?;
    fs::write(to.join("Symbols.kt"), symbol_table(&entries, &symbols.fallback))?;
    Ok(())
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

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(start)?;
    rest.split_once(end).map(|(found, _)| found)
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
    fn the_whole_path_is_extracted() {
        assert_eq!(between(r#"<svg><path d="M1-2z"/></svg>"#, " d=\"", "\""), Some("M1-2z"));
    }
}
