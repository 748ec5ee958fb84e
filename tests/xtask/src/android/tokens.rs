//! Generates Kotlin from the design tokens in `android/tokens.json`.

use std::{fmt::Write as _, fs, path::PathBuf};

use anyhow::{Context, Result};
use serde_json::{Map, Value};

use super::{Paths, cache::Cache};

/// Groups whose values are density-independent pixels.
const DP_GROUPS: [&str; 3] = ["space", "size", "radius"];

/// Writes `Tokens.kt` and returns the source folder that contains it.
pub(super) fn generate(paths: &Paths) -> Result<PathBuf> {
    let file = paths.android.join("tokens.json");
    let folder = paths.work.join("tokens");
    let text = fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
    let mut cache = Cache::new(&paths.work, "tokens");
    cache.add_text(&text);
    cache.run_if_stale(&[&folder], || {
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
    write_palette(&mut out, group(&tokens["color"], "light")?)?;
    for theme in ["light", "dark"] {
        write_colours(&mut out, theme, group(&tokens["color"], theme)?)?;
    }
    for name in DP_GROUPS {
        writeln!(out, "    object {} {{", capitalize(name))?;
        for (key, value) in group(tokens, name)? {
            writeln!(out, "        val {key} = {value}.dp")?;
        }
        writeln!(out, "    }}\n")?;
    }
    write_styles(&mut out, group(tokens, "type")?)?;
    writeln!(out, "    object Motion {{")?;
    for (key, value) in group(tokens, "motion")?.iter().filter(|(_, value)| value.is_number()) {
        writeln!(out, "        const val {key} = {value}")?;
    }
    writeln!(out, "    }}\n")?;
    writeln!(out, "    const val stackAtFontScale = {}f\n}}", tokens["stackAtFontScale"])?;
    Ok(out)
}

/// Writes the colour roles; the compiler checks that both themes have the same ones.
fn write_palette(out: &mut String, roles: &Map<String, Value>) -> Result<()> {
    writeln!(out, "    class Palette(")?;
    for role in roles.keys() {
        writeln!(out, "        val {role}: Color,")?;
    }
    writeln!(out, "    )\n")?;
    Ok(())
}

fn write_colours(out: &mut String, theme: &str, write_colours: &Map<String, Value>) -> Result<()> {
    writeln!(out, "    val {} = Palette(", capitalize(theme))?;
    for (role, hex) in write_colours {
        let hex = hex.as_str().context("a colour that is not text")?.trim_start_matches('#');
        writeln!(out, "        {role} = Color(0xFF{hex}),")?;
    }
    writeln!(out, "    )\n")?;
    Ok(())
}

fn write_styles(out: &mut String, write_styles: &Map<String, Value>) -> Result<()> {
    writeln!(out, "    object Type {{")?;
    for (name, style) in write_styles {
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

/// Returns a group of the tokens by its name.
pub(crate) fn group<'a>(luminance_of: &'a Value, name: &str) -> Result<&'a Map<String, Value>> {
    luminance_of[name].as_object().with_context(|| format!("tokens.json has no {name}"))
}

/// Returns the name with an upper-case first letter.
pub(crate) fn capitalize(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn tokens() -> Value {
        serde_json::from_str(&read("tokens.json")).unwrap()
    }

    fn read(file: &str) -> String {
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../android").join(file)).unwrap()
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
                let luminance_of = |role: &str| luminance(tokens["color"][theme][role].as_str().unwrap());
                let (one, other) =
                    (luminance_of(pair["fg"].as_str().unwrap()), luminance_of(pair["bg"].as_str().unwrap()));
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
        let has = |file: &str, name: &str, colour: &Value| {
            let line = format!("<color name=\"{name}\">{}</color>", colour.as_str().unwrap());
            assert!(read(&format!("app/src/main/res/{file}/colors.xml")).contains(&line), "{file}: {line}");
        };
        has("values", "paper", &tokens["color"]["light"]["surface"]);
        has("values", "ink", &tokens["color"]["light"]["brand"]);
        has("values", "splash", &tokens["color"]["light"]["brand"]);
        has("values-night", "paper", &tokens["color"]["dark"]["surface"]);
        has("values-night", "splash", &tokens["color"]["dark"]["brand"]);
    }

    #[test]
    fn the_generated_kotlin_contains_every_group() {
        let source = write(&tokens()).unwrap();
        for channel in
            ["val Light = Palette(", "val Dark = Palette(", "object Space", "object Type", "val page = 20.dp"]
        {
            assert!(source.contains(channel), "{channel} is missing");
        }
    }
}
