//! Generates Kotlin, Swift and an asset catalogue from the design tokens in `android/tokens.json`. The iPhone switches
//! catalogue colours between light and dark by itself.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::templates::write;
use crate::workspace::Workspace;

/// The file.
pub(super) const FILE: &str = "android/tokens.json";
/// Colours with different roles in the light and dark themes: a card's background, and the accent colour that Xcode
/// expects.
const PAIRED_ROLES: [(&str, &str, &str); 2] =
    [("card", "surfaceContainerLowest", "surfaceContainer"), ("AccentColor", "primary", "primary")];

fn read(workspace: &Workspace) -> Result<Value> {
    serde_json::from_str(&workspace.sh.read_file(FILE)?).context(FILE)
}

/// Writes `Tokens.kt` below a folder of Kotlin sources.
pub(super) fn write_kotlin(workspace: &Workspace, folder: &Path) -> Result<()> {
    write("Tokens.kt", json!({ "tokens": read(workspace)? }), &folder.join("ma/fos/services/ui/theme"))
}

/// Writes `Tokens.swift` and `Tokens.xcassets`.
pub(super) fn write_swift(workspace: &Workspace, folder: &Path) -> Result<()> {
    let tokens = read(workspace)?;
    let sets = colour_sets(&tokens)?;
    // Xcode itself reads those with an upper-case name.
    let colours: Vec<_> =
        sets.iter().map(|set| set.name).filter(|name| name.starts_with(char::is_lowercase)).collect();
    write("Tokens.swift", json!({ "tokens": tokens, "colours": colours }), folder)?;
    for ColourSet { name, light, dark } in sets {
        let folder = folder.join("Tokens.xcassets").join(format!("{name}.colorset"));
        write("Contents.json", json!({ "light": light, "dark": dark }), &folder)?;
    }
    Ok(())
}

/// A colour of the asset catalogue, as `#RRGGBB` in both themes.
struct ColourSet<'a> {
    name: &'a str,
    light: &'a str,
    dark: &'a str,
}

fn colour_sets(tokens: &Value) -> Result<Vec<ColourSet<'_>>> {
    let roles = tokens["color"]["light"].as_object().context("no light theme")?.keys();
    let roles = roles.map(|role| (role.as_str(), role.as_str(), role.as_str()));
    let colour = |theme: &str, role: &str| {
        let hex =
            tokens["color"][theme][role].as_str().with_context(|| format!("no {theme} colour {role}"))?;
        let is_hex = hex.len() == 7 && hex[1..].bytes().all(|digit| digit.is_ascii_hexdigit());
        is_hex.then_some(hex).with_context(|| format!("{theme} {role}: {hex} is not #RRGGBB"))
    };
    let set = |(name, light, dark)| {
        Ok(ColourSet { name, light: colour("light", light)?, dark: colour("dark", dark)? })
    };
    roles.chain(PAIRED_ROLES).map(set).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_faces_have_every_group_and_the_catalogue_every_colour_in_both_themes() {
        let (workspace, folder) = (Workspace::locate().unwrap(), tempfile::tempdir().unwrap());
        write_kotlin(&workspace, folder.path()).unwrap();
        write_swift(&workspace, folder.path()).unwrap();
        let read = |file: &str| std::fs::read_to_string(folder.path().join(file)).unwrap();
        let (kotlin, swift) = (read("ma/fos/services/ui/theme/Tokens.kt"), read("Tokens.swift"));
        for (source, part) in [
            (&kotlin, "val Light = Palette("),
            (&kotlin, "val Dark = Palette("),
            (&kotlin, "object Space"),
            (&kotlin, "object Type"),
            (&kotlin, "val page = 20.dp"),
            (&swift, "static let primary = Color(\"primary\")"),
            (&swift, "static let card = Color(\"card\")"),
            (&swift, "enum Space {"),
            (&swift, "static let page: CGFloat = 20"),
            (&swift, "static let tiles: Int = 8"),
            (&swift, "static let loadingAfter: Int = 300"),
        ] {
            assert!(source.contains(part), "{part} is missing");
        }
        assert!(std::fs::read_dir(folder.path().join("Tokens.xcassets")).unwrap().count() > 50);
        for (name, light, dark) in [("AccentColor", "0x66", "0xEE"), ("card", "0xFF", "0x28")] {
            let set = read(&format!("Tokens.xcassets/{name}.colorset/Contents.json"));
            let set: Value = serde_json::from_str(&set).unwrap();
            let blue = |theme: usize| set["colors"][theme]["color"]["components"]["blue"].as_str();
            assert_eq!([blue(0), blue(1)], [Some(light), Some(dark)], "{name}");
        }
    }

    #[test]
    fn a_colour_missing_in_one_theme_and_a_malformed_one_are_errors() {
        let reason = |light, dark| colour_sets(&json!({ "color": { "light": light, "dark": dark } })).err();
        let reason = |light, dark| reason(light, dark).unwrap().to_string();
        assert_eq!(reason(json!({ "ink": "#000000" }), json!({})), "no dark colour ink");
        assert_eq!(reason(json!({ "ink": "black" }), json!({})), "light ink: black is not #RRGGBB");
    }
}
