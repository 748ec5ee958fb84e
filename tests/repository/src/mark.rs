//! The mark is drawn three times: as Android vectors, as the iPhone's icon, and by `SwiftUI` from the tokens. The tests
//! compare the first two with the tokens.

use image::Rgb;
use regex::Regex;
use serde_json::Value;

use crate::files;

fn mark() -> Value {
    files::read_json("android/tokens.json")["mark"].take()
}

/// Returns the corners of one tile, around 0 with a radius of 1, y downwards.
fn tile(mark: &Value, index: u64) -> [(f64, f64); 4] {
    let part = |name: &str| mark[name].as_f64().unwrap();
    let tiles = mark["tiles"].as_u64().unwrap();
    let turn = 360.0 / f64::from(u32::try_from(tiles).unwrap()) * f64::from(u32::try_from(index).unwrap());
    let corner = |radius: f64, degrees: f64| {
        let angle = (turn + degrees).to_radians();
        (radius * angle.sin(), -radius * angle.cos())
    };
    let side = part("sideAngleDeg");
    [
        corner(part("inner"), 0.0),
        corner(part("side"), side),
        corner(part("tip"), 0.0),
        corner(part("side"), -side),
    ]
}

/// Returns the corners of each closed path in the `pathData` attribute of this index.
fn path_corners(xml: &str, path: usize) -> Vec<Vec<(f64, f64)>> {
    let xml = roxmltree::Document::parse(xml).unwrap();
    let paths = xml.descendants().flat_map(|node| node.attributes());
    let data = paths.filter(|attribute| attribute.name() == "pathData").nth(path).unwrap().value();
    let point = Regex::new(r"[ML]\s*(\S+?) ([^\sMLZ]+)").unwrap();
    let corners = |tile| {
        let points = point.captures_iter(tile).map(|point| point.extract().1);
        points.map(|part| part.map(|part: &str| part.parse().unwrap()).into()).collect()
    };
    data.split('Z').filter(|tile| !tile.trim().is_empty()).map(corners).collect()
}

#[test]
fn androids_vectors_match_the_tokens() {
    let mark = mark();
    let brass = mark["brassTile"].as_u64().unwrap();
    let plain: Vec<u64> = (0..mark["tiles"].as_u64().unwrap()).filter(|index| *index != brass).collect();
    for (file, path, indices) in [
        ("mark_tiles", 0, &plain[..]),
        ("mark_lit", 0, &[brass]),
        ("launcher_mark", 0, &plain),
        ("launcher_mark", 1, &[brass]),
    ] {
        let xml = files::read(format!("android/app/src/main/res/drawable/{file}.xml"));
        let tiles = path_corners(&xml, path);
        assert_eq!(tiles.len(), indices.len());
        for index in indices {
            let expected = tile(&mark, *index).map(|(x, y)| (54.0 + 31.0 * x, 54.0 + 31.0 * y));
            let is_expected = |(x, y): &(f64, f64)| {
                expected.iter().any(|corner| (corner.0 - x).abs() + (corner.1 - y).abs() < 0.05)
            };
            assert!(tiles.iter().any(|tile| tile.len() == 4 && tile.iter().all(is_expected)), "tile {index}");
        }
    }
}

/// Samples the middle of each tile: one is brass, the others are equal, and neither is the background colour.
#[test]
fn the_iphones_icon_matches_the_tokens() {
    let file = "ios/Fos/Resources/Assets.xcassets/AppIcon.appiconset/icon.png";
    let icon = image::open(files::root().join(file)).unwrap().into_rgb8();
    let mark = mark();
    let brass = mark["brassTile"].as_u64().unwrap();
    let ground = *icon.get_pixel(4, 4);
    let colours: Vec<Rgb<u8>> = (0..mark["tiles"].as_u64().unwrap())
        .map(|index| {
            let [inner, _, tip, _] = tile(&mark, index);
            // The icon's margin may vary: 0.3 of its side is well inside a tile.
            let middle = (f64::midpoint(inner.0, tip.0), f64::midpoint(inner.1, tip.1));
            let pixel = |part: f64| -> u32 {
                let index = f64::from(icon.width()) * (0.5 + part * 0.3);
                format!("{index:.0}").parse().unwrap()
            };
            *icon.get_pixel(pixel(middle.0), pixel(middle.1))
        })
        .collect();
    let brass = &colours[usize::try_from(brass).unwrap()];
    let others: Vec<_> = colours.iter().filter(|colour| *colour != brass).collect();
    assert_eq!(others.len(), colours.len() - 1);
    assert!(others.iter().all(|colour| *colour == others[0] && **colour != ground), "{colours:?}");
    assert_ne!(*brass, ground);
}
