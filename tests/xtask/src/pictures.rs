//! Committed pictures: each screen's main states as drawn by the app, with few colours to keep them small. A step of
//! `cargo xtask test` fails when a screen no longer looks like its picture.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use color_quant::NeuQuant;
use image::{DynamicImage, RgbImage, imageops::index_colors};
use indexmap::IndexSet;
use serde::Deserialize;

use crate::{files::files, progress::Progress, recording, report::StepOutcome, workspace::Workspace};

/// The list of the committed pictures.
const LIST: &str = "android/pictures.toml";

/// Largest allowed picture, in bytes.
const MAX_BYTES: usize = 60_000;

/// Palette sizes, tried in order until the picture is small enough: a page full of text needs the fewest.
const PALETTE_SIZES: [usize; 4] = [128, 64, 32, 16];

/// Side of the square blocks in which pictures are compared, in pixels: a changed word fills at least one.
const BLOCK: u32 = 40;
/// Largest difference of two equal colours in one channel (of 255): a small palette blurs the edges of letters.
const COLOUR_TOLERANCE: u8 = 64;
/// Number of different pixels that make a block count as changed: a sixteenth of it.
const MIN_CHANGED_PIXELS: usize = 100;

/// Content of the list.
#[derive(Deserialize)]
struct List {
    settings: Vec<String>,
    states: Vec<String>,
}

/// A committed picture, and the one that the Android screen tests drew last.
struct Picture {
    name: String,
    drawn: PathBuf,
    committed: PathBuf,
}

/// Updates the committed pictures from those that the Android screen tests drew last.
pub(crate) fn update(workspace: &Workspace, progress: &Progress) -> Result<()> {
    let pictures = listed(workspace)?;
    for Picture { name, drawn, committed } in &pictures {
        let png = encode_within_limit(&read(drawn)?)?.with_context(|| format!("{name} is too large"))?;
        workspace.sh.write_file(committed, png)?;
    }
    progress.step(&format!("{} pictures updated", pictures.len()));
    Ok(())
}

/// Compares the committed pictures with those that the screen tests have just drawn.
pub(crate) fn check_current(workspace: &Workspace) -> Result<StepOutcome> {
    let pictures = listed(workspace)?;
    let mut stale = Vec::new();
    for Picture { name, drawn, committed } in &pictures {
        let drawn = read(drawn)?;
        if !read(committed).is_ok_and(|committed| is_same_picture(&committed, &drawn)) {
            stale.push(name.as_str());
        }
    }
    ensure!(stale.is_empty(), "stale: {}\nlook at them, then: cargo xtask pictures", stale.join(", "));
    for file in files(&folder(workspace), "")? {
        let is_listed =
            file == recording::path(workspace) || pictures.iter().any(|picture| picture.committed == file);
        ensure!(is_listed, "{} is not listed", workspace.relative(&file).display());
    }
    Ok(StepOutcome::Passed)
}

fn listed(workspace: &Workspace) -> Result<Vec<Picture>> {
    let List { settings, states } = toml::from_str(&workspace.sh.read_file(LIST)?).context(LIST)?;
    let names =
        settings.iter().flat_map(|setting| states.iter().map(move |state| format!("{setting}/{state}")));
    let picture = |name: String| Picture {
        drawn: workspace.target().join(format!("pictures/{name}.png")),
        committed: folder(workspace).join(format!("{name}.png")),
        name,
    };
    Ok(names.map(picture).collect())
}

fn folder(workspace: &Workspace) -> PathBuf {
    workspace.root.join("android/pictures")
}

pub(crate) fn read(file: &Path) -> Result<RgbImage> {
    Ok(image::open(file).with_context(|| format!("reading {}", file.display()))?.into_rgb8())
}

/// Encodes a PNG of at most [`MAX_BYTES`] with the largest palette that fits; `None` if none does.
fn encode_within_limit(picture: &RgbImage) -> Result<Option<Vec<u8>>> {
    for colours in PALETTE_SIZES {
        let png = encode(picture, colours)?;
        if png.len() <= MAX_BYTES {
            return Ok(Some(png));
        }
    }
    Ok(None)
}

/// Encodes a PNG with at most `colours` colours.
fn encode(picture: &RgbImage, colours: usize) -> Result<Vec<u8>> {
    let (palette, indices) = quantize(picture, colours);
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, picture.width(), picture.height());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_compression(png::Compression::High);
    // Neighbouring palette indices are not neighbouring colours.
    encoder.set_filter(png::Filter::NoFilter);
    encoder.set_palette(palette);
    encoder.write_header()?.write_image_data(&indices)?;
    Ok(png)
}

/// Returns palette and indices: the exact colours if there are at most `max_colours`, otherwise the nearest ones.
pub(crate) fn quantize(picture: &RgbImage, max_colours: usize) -> (Vec<u8>, Vec<u8>) {
    let exact: IndexSet<_> = picture.pixels().collect();
    if exact.len() <= max_colours {
        let index = |pixel| exact.get_index_of(&pixel).and_then(|index| u8::try_from(index).ok());
        let indices = picture.pixels().map(|pixel| index(pixel).unwrap_or_default()).collect();
        return (exact.iter().flat_map(|pixel| pixel.0).collect(), indices);
    }
    let rgba = DynamicImage::from(picture.clone()).into_rgba8();
    let palette = NeuQuant::new(3, max_colours, &rgba);
    (palette.color_map_rgb(), index_colors(&rgba, &palette).into_raw())
}

/// Returns true if both pictures show the same, block by block.
fn is_same_picture(committed: &RgbImage, drawn: &RgbImage) -> bool {
    let mut changed: BTreeMap<_, usize> = BTreeMap::new();
    for ((x, y, one), other) in committed.enumerate_pixels().zip(drawn.pixels()) {
        if one == other {
            continue;
        }
        let difference = one.0.iter().zip(other.0).map(|(one, other)| one.abs_diff(other)).max();
        if difference > Some(COLOUR_TOLERANCE) {
            *changed.entry((x / BLOCK, y / BLOCK)).or_default() += 1;
        }
    }
    committed.dimensions() == drawn.dimensions()
        && changed.values().all(|pixels| *pixels < MIN_CHANGED_PIXELS)
}

#[cfg(test)]
mod tests {
    use image::Rgb;

    use super::*;

    /// Returns a white page with a dark rectangle on it.
    fn test_page(ink_from: u32, ink_to: u32) -> RgbImage {
        RgbImage::from_fn(200, 100, |x, y| {
            let is_ink = (ink_from..ink_to).contains(&x) && (50..70).contains(&y);
            Rgb(if is_ink { [20, 40, 90] } else { [250, 248, 240] })
        })
    }

    #[test]
    fn moved_text_counts_as_a_change_and_a_blurred_edge_does_not() {
        let page = test_page(20, 60);
        for (ink_from, ink_to, is_same) in
            [(20, 60, true), (20, 61, true), (100, 140, false), (20, 80, false)]
        {
            assert_eq!(
                is_same_picture(&page, &test_page(ink_from, ink_to)),
                is_same,
                "{ink_from} to {ink_to}"
            );
        }
    }

    #[test]
    fn a_compressed_picture_matches_the_original_with_few_and_with_many_colours() {
        let mut many = test_page(20, 60);
        for (index, pixel) in many.pixels_mut().enumerate().take(2000) {
            pixel[2] = u8::try_from(index % 250).unwrap();
            pixel[1] = u8::try_from(index / 10).unwrap_or(200);
        }
        for drawn in [test_page(20, 60), many] {
            let png = encode_within_limit(&drawn).unwrap().unwrap();
            let committed = image::load_from_memory(&png).unwrap().into_rgb8();
            assert!(is_same_picture(&committed, &drawn));
        }
    }
}
