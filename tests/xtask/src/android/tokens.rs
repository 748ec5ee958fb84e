//! The look's values, from the one file they stand in to the Kotlin that draws with them.

use std::{fmt::Write as _, fs, path::PathBuf};

use anyhow::{Context, Result};
use serde_json::{Map, Value};

use super::{Places, cache::Cache};

/// Groups of sizes that are density-independent pixels.
const DP: [&str; 3] = ["space", "size", "radius"];

/// Writes `Tokens.kt` and answers the source folder that holds it.
pub(super) fn kotlin(places: &Places) -> Result<PathBuf> {
    let file = places.android.join("tokens.json");
    let folder = places.work.join("tokens");
    let text = fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
    let mut cache = Cache::new(&places.work, "tokens");
    cache.text(&text);
    cache.make(&[&folder], || {
        let tokens: Value = serde_json::from_str(&text).context("android/tokens.json")?;
        let to = folder.join("ma/fos/services/theme");
        fs::create_dir_all(&to)?;
        fs::write(to.join("Tokens.kt"), write(&tokens)?)?;
        Ok(())
    })?;
    Ok(folder)
}

fn write(tokens: &Value) -> Result<String> {
    let mut out = String::from(
        "// Made from android/tokens.json.\n\
         @file:Suppress(\"ktlint\")\n\n\
         package ma.fos.services.theme\n\n\
         import androidx.compose.ui.graphics.Color\n\
         import androidx.compose.ui.text.TextStyle\n\
         import androidx.compose.ui.text.font.FontWeight\n\
         import androidx.compose.ui.unit.dp\n\
         import androidx.compose.ui.unit.sp\n\n\
         /** The look's values. */\n\
         internal object Tokens {\n",
    );
    for theme in ["light", "dark"] {
        colours(&mut out, theme, group(&tokens["color"], theme)?)?;
    }
    for name in DP {
        writeln!(out, "    object {} {{", capital(name))?;
        for (key, value) in group(tokens, name)? {
            writeln!(out, "        val {key} = {value}.dp")?;
        }
        writeln!(out, "    }}\n")?;
    }
    styles(&mut out, group(tokens, "type")?)?;
    writeln!(out, "    object Motion {{")?;
    for (key, value) in group(tokens, "motion")?.iter().filter(|(_, value)| value.is_number()) {
        writeln!(out, "        const val {key} = {value}")?;
    }
    writeln!(out, "    }}\n")?;
    writeln!(out, "    const val stackAtFontScale = {}f\n}}", tokens["stackAtFontScale"])?;
    Ok(out)
}

fn colours(out: &mut String, theme: &str, colours: &Map<String, Value>) -> Result<()> {
    writeln!(out, "    object {} {{", capital(theme))?;
    for (role, hex) in colours {
        let hex = hex.as_str().context("a colour that is not text")?.trim_start_matches('#');
        writeln!(out, "        val {role} = Color(0xFF{hex})")?;
    }
    writeln!(out, "    }}\n")?;
    Ok(())
}

fn styles(out: &mut String, styles: &Map<String, Value>) -> Result<()> {
    writeln!(out, "    object Type {{")?;
    for (name, style) in styles {
        let spacing = style.get("letterSpacingSp").map_or_else(|| "0".to_owned(), ToString::to_string);
        writeln!(
            out,
            "        val {name} = TextStyle(fontSize = {}.sp, lineHeight = {}.sp, fontWeight = \
             FontWeight({}), letterSpacing = {spacing}.sp)",
            style["sizeSp"], style["lineHeightSp"], style["weight"],
        )?;
    }
    writeln!(out, "    }}\n")?;
    Ok(())
}

fn group<'a>(of: &'a Value, name: &str) -> Result<&'a Map<String, Value>> {
    of[name].as_object().with_context(|| format!("tokens.json has no {name}"))
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
