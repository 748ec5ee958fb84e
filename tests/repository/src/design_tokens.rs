//! Colours of `android/tokens.json`: contrast, and the same colours in Android's own resources.

use crate::files;

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
    let tokens = files::read_json("android/tokens.json");
    let pairs = tokens["contrast"].as_array().unwrap();
    assert!(pairs.len() > 50);
    for pair in pairs {
        for theme in ["light", "dark"] {
            let colours = &tokens["color"][theme];
            let [one, other] =
                ["fg", "bg"].map(|part| luminance(colours[pair[part].as_str().unwrap()].as_str().unwrap()));
            let ratio = (one.max(other) + 0.05) / (one.min(other) + 0.05);
            let minimum = if pair["kind"] == "text" { 4.5 } else { 3.0 };
            assert!(ratio >= minimum, "{theme} {pair}: {ratio:.2}");
            assert!((ratio - pair[theme].as_f64().unwrap()).abs() < 0.02, "{theme} {pair}: {ratio:.2}");
        }
    }
}

#[test]
fn android_resources_have_the_tokens_colours() {
    let tokens = files::read_json("android/tokens.json");
    for (folder, name, theme, role) in [
        ("values", "paper", "light", "surface"),
        ("values", "ink", "light", "brand"),
        ("values", "splash", "light", "brand"),
        ("values-night", "paper", "dark", "surface"),
        ("values-night", "splash", "dark", "brand"),
    ] {
        let colour = tokens["color"][theme][role].as_str().unwrap();
        let line = format!("<color name=\"{name}\">{colour}</color>");
        let file = files::read(format!("android/app/src/main/res/{folder}/colors.xml"));
        assert!(file.contains(&line), "{folder}: {line}");
    }
}
