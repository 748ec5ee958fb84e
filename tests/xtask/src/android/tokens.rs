//! Generates Kotlin from the design tokens in `android/tokens.json`.

use std::{fmt::Write as _, path::PathBuf};

use anyhow::{Context, Result};
use serde_json::{Map, Value};

use super::{Paths, cache::Cache};

/// Groups whose values are density-independent pixels.
const DP_GROUPS: [&str; 3] = ["space", "size", "radius"];

/// Writes `Tokens.kt` and returns the source folder that contains it.
pub(super) fn generate(paths: &Paths) -> Result<PathBuf> {
    let folder = paths.work.join("tokens");
    let text = paths.sh.read_file(paths.android.join("tokens.json"))?;
    let mut cache = Cache::new(&paths.work, "tokens");
    cache.add_text(&text);
    cache.run_if_stale(&[&folder], || {
        let tokens: Value = serde_json::from_str(&text).context("android/tokens.json")?;
        Ok(paths.sh.write_file(folder.join("ma/fos/services/theme/Tokens.kt"), write(&tokens)?)?)
    })?;
    Ok(folder)
}

fn write(tokens: &Value) -> Result<String> {
    let mut out = String::from(
        "// Generated from android/tokens.json.\n\
         @file:Suppress(\"ktlint\")\n\n\
         package ma.fos.services.theme\n\n\
         import androidx.compose.ui.graphics.Color\n\
         import androidx.compose.ui.text.TextStyle\n\
         import androidx.compose.ui.text.font.FontWeight\n\
         import androidx.compose.ui.unit.dp\n\
         import androidx.compose.ui.unit.sp\n\n\
         /** Design tokens. */\n\
         internal object Tokens {\n",
    );
    // The compiler checks that both themes have the same roles.
    writeln!(out, "    class Palette(")?;
    for role in group(&tokens["color"], "light")?.keys() {
        writeln!(out, "        val {role}: Color,")?;
    }
    writeln!(out, "    )\n")?;
    for theme in ["light", "dark"] {
        writeln!(out, "    val {} = Palette(", capitalize(theme))?;
        for (role, hex) in group(&tokens["color"], theme)? {
            let hex = hex.as_str().context("a colour that is not text")?.trim_start_matches('#');
            writeln!(out, "        {role} = Color(0xFF{hex}),")?;
        }
        writeln!(out, "    )\n")?;
    }
    for name in DP_GROUPS {
        writeln!(out, "    object {} {{", capitalize(name))?;
        for (key, value) in group(tokens, name)? {
            writeln!(out, "        val {key} = {value}.dp")?;
        }
        writeln!(out, "    }}\n")?;
    }
    writeln!(out, "    object Type {{")?;
    for (name, style) in group(tokens, "type")? {
        let spacing = style.get("letterSpacingSp").map_or_else(|| "0".to_owned(), ToString::to_string);
        writeln!(
            out,
            "        val {name} = TextStyle(fontSize = {}.sp, lineHeight = {}.sp, fontWeight = \
             FontWeight({}), letterSpacing = {spacing}.sp)",
            style["sizeSp"], style["lineHeightSp"], style["weight"],
        )?;
    }
    writeln!(out, "    }}\n")?;
    writeln!(out, "    object Motion {{")?;
    for (key, value) in group(tokens, "motion")?.iter().filter(|(_, value)| value.is_number()) {
        writeln!(out, "        const val {key} = {value}")?;
    }
    writeln!(out, "    }}\n")?;
    writeln!(out, "    const val stackAtFontScale = {}f\n}}", tokens["stackAtFontScale"])?;
    Ok(out)
}

/// Returns a group of the tokens by its name.
pub(crate) fn group<'a>(tokens: &'a Value, name: &str) -> Result<&'a Map<String, Value>> {
    tokens[name].as_object().with_context(|| format!("tokens.json has no {name}"))
}

/// Returns the name with an upper-case first letter.
pub(crate) fn capitalize(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace;

    fn tokens() -> Value {
        serde_json::from_str(&workspace::read("android/tokens.json")).unwrap()
    }

    /// Returns the relative luminance of WCAG 2.2.
    fn luminance(hex: &str) -> f64 {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    #[test]
    fn every_colour_pair_has_the_declared_contrast() {
        let tokens = tokens();
        let pairs = tokens["contrast"].as_array().unwrap();
        assert!(pairs.len() > 50);
        for pair in pairs {
            for theme in ["light", "dark"] {
                let colours = &tokens["color"][theme];
                let [one, other] = ["fg", "bg"]
                    .map(|part| luminance(colours[pair[part].as_str().unwrap()].as_str().unwrap()));
                let ratio = (one.max(other) + 0.05) / (one.min(other) + 0.05);
                let minimum = if pair["kind"] == "text" { 4.5 } else { 3.0 };
                assert!(ratio >= minimum, "{theme} {pair}: {ratio:.2}");
                assert!((ratio - pair[theme].as_f64().unwrap()).abs() < 0.02, "{theme} {pair}: {ratio:.2}");
            }
        }
    }

    #[test]
    fn android_resources_have_the_tokens_colours() {
        let tokens = tokens();
        for (folder, name, theme, role) in [
            ("values", "paper", "light", "surface"),
            ("values", "ink", "light", "brand"),
            ("values", "splash", "light", "brand"),
            ("values-night", "paper", "dark", "surface"),
            ("values-night", "splash", "dark", "brand"),
        ] {
            let colour = tokens["color"][theme][role].as_str().unwrap();
            let line = format!("<color name=\"{name}\">{colour}</color>");
            let file = workspace::read(format!("android/app/src/main/res/{folder}/colors.xml"));
            assert!(file.contains(&line), "{folder}: {line}");
        }
    }

    #[test]
    fn the_generated_kotlin_contains_every_group() {
        let source = write(&tokens()).unwrap();
        for part in
            ["val Light = Palette(", "val Dark = Palette(", "object Space", "object Type", "val page = 20.dp"]
        {
            assert!(source.contains(part), "{part} is missing");
        }
    }
}
