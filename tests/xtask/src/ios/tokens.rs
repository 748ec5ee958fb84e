//! Generates Swift and an asset catalogue from the design tokens: the system switches catalogue colours between light
//! and dark by itself.

use std::fmt::Write as _;

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};

use crate::android::tokens::{capitalize, group};

/// Groups of numbers: their names in the file and their types in Swift.
const GROUPS: [(&str, &str); 5] =
    [("space", "CGFloat"), ("size", "CGFloat"), ("radius", "CGFloat"), ("motion", "Int"), ("mark", "Double")];
/// Values that are counts in a group of measures.
const INTEGERS: [&str; 2] = ["tiles", "brassTile"];
/// Colours with different roles in the light and dark themes: a card's background, and the accent colour that Xcode
/// expects.
const PAIRED_ROLES: [(&str, &str, &str); 2] =
    [("card", "surfaceContainerLowest", "surfaceContainer"), ("AccentColor", "primary", "primary")];

/// Output generated from `android/tokens.json`.
pub(super) struct Tokens {
    /// Text of `Tokens.swift`.
    pub(super) swift: String,
    /// Colours by name, each as a colour set of an asset catalogue.
    pub(super) colours: Vec<(String, Value)>,
}

/// Parses the token file and generates the output.
pub(super) fn tokens(text: &str) -> Result<Tokens> {
    let tokens: Value = serde_json::from_str(text).context("android/tokens.json")?;
    let colours = colours(group(&tokens["color"], "light")?, group(&tokens["color"], "dark")?)?;
    let mut swift = String::from(
        "// Generated from android/tokens.json.\nimport SwiftUI\n\n/// Design tokens.\nenum Tokens {\n",
    );
    for (role, _) in colours.iter().filter(|(role, _)| role.starts_with(char::is_lowercase)) {
        writeln!(swift, "  static let {role} = Color(\"{role}\")")?;
    }
    for (name, kind) in GROUPS {
        writeln!(swift, "\n  enum {} {{", capitalize(name))?;
        for (key, value) in group(&tokens, name)?.iter().filter(|(_, value)| value.is_number()) {
            let kind = if INTEGERS.contains(&key.as_str()) { "Int" } else { kind };
            writeln!(swift, "    static let {key}: {kind} = {value}")?;
        }
        writeln!(swift, "  }}")?;
    }
    swift.push_str("}\n");
    Ok(Tokens { swift, colours })
}

fn colours(light: &Map<String, Value>, dark: &Map<String, Value>) -> Result<Vec<(String, Value)>> {
    let roles = light.keys().map(|role| (role.as_str(), role.as_str(), role.as_str()));
    roles
        .chain(PAIRED_ROLES)
        .map(|(name, light_role, dark_role)| {
            let set = json!({
                "colors": [
                    { "color": colour(light, light_role)?, "idiom": "universal" },
                    {
                        "appearances": [{ "appearance": "luminosity", "value": "dark" }],
                        "color": colour(dark, dark_role)?,
                        "idiom": "universal",
                    },
                ],
                "info": { "author": "xcode", "version": 1 },
            });
            Ok((name.to_owned(), set))
        })
        .collect()
}

/// Converts `#RRGGBB` to the format of an asset catalogue.
fn colour(theme: &Map<String, Value>, role: &str) -> Result<Value> {
    let hex = theme.get(role).and_then(Value::as_str).with_context(|| format!("no colour {role}"))?;
    let part = |at: usize| Ok(format!("0x{}", hex.get(at..at + 2).context("a colour is #RRGGBB")?));
    let [red, green, blue]: [Result<String>; 3] = [part(1), part(3), part(5)];
    Ok(json!({
        "color-space": "srgb",
        "components": { "red": red?, "green": green?, "blue": blue?, "alpha": "1.000" },
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn generated_tokens() -> Tokens {
        tokens(&crate::workspace::read("android/tokens.json")).unwrap()
    }

    #[test]
    fn every_group_has_its_numbers() {
        let swift = generated_tokens().swift;
        for part in [
            "static let primary = Color(\"primary\")",
            "static let card = Color(\"card\")",
            "enum Space {",
            "static let page: CGFloat = 20",
            "static let tiles: Int = 8",
            "static let loadingAfter: Int = 300",
        ] {
            assert!(swift.contains(part), "{part} is missing");
        }
    }

    #[test]
    fn every_colour_has_both_themes() {
        let colours = generated_tokens().colours;
        assert!(colours.len() > 50);
        let of = |name: &str, theme: usize| {
            let (_, set) = colours.iter().find(|(own, _)| own == name).unwrap();
            set["colors"][theme]["color"]["components"]["blue"].clone()
        };
        assert_eq!((of("AccentColor", 0), of("AccentColor", 1)), (json!("0x66"), json!("0xEE")));
        assert_eq!((of("card", 0), of("card", 1)), (json!("0xFF"), json!("0x28")));
    }

    #[test]
    fn a_colour_missing_in_one_theme_is_an_error() {
        let text = r##"{"color": {"light": {"ink": "#000000"}, "dark": {}}}"##;
        assert!(tokens(text).is_err());
    }
}
