//! The look's values, from the one file they stand in to the Swift that draws with them.

use std::fmt::Write as _;

use anyhow::{Context, Result};
use serde_json::{Map, Value};

/// Groups of numbers: the name in the file, and what they are in Swift.
const GROUPS: [(&str, &str); 5] =
    [("space", "CGFloat"), ("size", "CGFloat"), ("radius", "CGFloat"), ("motion", "Int"), ("mark", "Double")];
/// What is counted, in a group of measures.
const COUNTED: [&str; 2] = ["tiles", "brassTile"];

/// The text of `Tokens.swift`.
pub(super) fn swift(tokens: &str) -> Result<String> {
    let tokens: Value = serde_json::from_str(tokens).context("android/tokens.json")?;
    let mut out = String::from(
        "// Made from android/tokens.json.\nimport Foundation\n\n/// The look's values.\nenum Tokens {\n",
    );
    let light = group(&tokens["color"], "light")?;
    let dark = group(&tokens["color"], "dark")?;
    for (role, hex) in light {
        let (light, dark) = (hex_of(hex)?, hex_of(dark.get(role).context("a colour in one theme only")?)?);
        writeln!(out, "  static let {role} = Ink(light: 0x{light}, dark: 0x{dark})")?;
    }
    for (name, kind) in GROUPS {
        writeln!(out, "\n  enum {} {{", capital(name))?;
        for (key, value) in group(&tokens, name)?.iter().filter(|(_, value)| value.is_number()) {
            let kind = if COUNTED.contains(&key.as_str()) { "Int" } else { kind };
            writeln!(out, "    static let {key}: {kind} = {value}")?;
        }
        writeln!(out, "  }}")?;
    }
    Ok(out + "}\n")
}

fn hex_of(colour: &Value) -> Result<&str> {
    Ok(colour.as_str().context("a colour that is not text")?.trim_start_matches('#'))
}

fn group<'a>(of: &'a Value, name: &str) -> Result<&'a Map<String, Value>> {
    of[name].as_object().with_context(|| format!("tokens.json has no {name}"))
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(file: &str) -> String {
        std::fs::read_to_string(crate::house::House::here().root.join(file)).unwrap()
    }

    #[test]
    fn every_colour_has_both_themes_and_every_group_its_numbers() {
        let swift = swift(&read("android/tokens.json")).unwrap();
        for part in [
            "static let primary = Ink(light: 0x133F66, dark: 0xA5C9EE)",
            "enum Space {",
            "static let page: CGFloat = 20",
            "static let tiles: Int = 8",
            "static let loadingAfter: Int = 300",
        ] {
            assert!(swift.contains(part), "{part} is missing");
        }
    }

    #[test]
    fn what_the_system_draws_before_the_app_has_the_same_colours() {
        let tokens: Value = serde_json::from_str(&read("android/tokens.json")).unwrap();
        for (set, role) in [("Paper", "surface"), ("AccentColor", "primary")] {
            let file = format!("ios/Fos/Resources/Assets.xcassets/{set}.colorset/Contents.json");
            let set: Value = serde_json::from_str(&read(&file)).unwrap();
            for (place, theme) in ["light", "dark"].iter().enumerate() {
                let parts = &set["colors"][place]["color"]["components"];
                let part =
                    |name: &str| parts[name].as_str().unwrap_or_default().trim_start_matches("0x").to_owned();
                let hex = format!("#{}{}{}", part("red"), part("green"), part("blue"));
                assert_eq!(hex, tokens["color"][theme][role].as_str().unwrap(), "{file} {theme}");
            }
        }
    }
}
