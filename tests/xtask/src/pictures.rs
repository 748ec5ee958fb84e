//! Committed pictures: each screen's main states as drawn by the app, with few colours to keep them small. A step of
//! `cargo xtask test` fails when a screen no longer looks like its picture.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail, ensure};
use color_quant::NeuQuant;

use crate::{progress::Progress, report::StepOutcome, workspace::Workspace};

/// Settings whose pictures are committed; all others are drawn and checked under `target/pictures`.
const SETTINGS: [&str; 2] = ["ar-light-100", "fr-dark-200"];

/// States whose pictures are committed, by the names in `android/app/src/debug`.
const STATES: [&str; 37] = [
    "change-password",
    "charter-reading",
    "charter-short",
    "devices",
    "diagnostic",
    "gate-maintenance",
    "gate-update",
    "help",
    "licences",
    "mail-sent-counting",
    "new-password-strong",
    "password-request-active",
    "password-request-problem",
    "password-request-retired",
    "privacy",
    "profile",
    "request-filed",
    "request-form-declaration",
    "request-form-first-part",
    "request-form-places-open",
    "request-form-problems",
    "request-form-wishes",
    "request-refused",
    "requests-empty",
    "requests-everything",
    "service-closed",
    "service-open",
    "services-list",
    "services-none",
    "services-offline",
    "sign-in-again",
    "sign-in-filled",
    "sign-in-refused",
    "sign-out-asked",
    "start",
    "start-begun",
    "start-on-paper",
];

/// Largest allowed picture, in bytes.
const MAX_BYTES: usize = 40_000;

/// Palette sizes, tried in order until the picture is small enough: a page full of text needs the fewest.
const PALETTE_SIZES: [usize; 4] = [128, 64, 32, 16];

/// Side of the square blocks in which pictures are compared, in pixels: a changed word fills at least one.
const BLOCK: usize = 40;
/// Largest difference of two equal colours in one channel (of 255): a small palette blurs the edges of letters.
const COLOUR_TOLERANCE: u8 = 64;
/// Number of different pixels that make a block count as changed.
const MIN_CHANGED_PIXELS: usize = BLOCK * BLOCK / 16;

/// A picture with three bytes per pixel.
pub(crate) struct Pixels {
    /// Width in pixels.
    pub(crate) width: usize,
    /// RGB bytes, row by row.
    pub(crate) rgb: Vec<u8>,
}

/// Updates the committed pictures from those that the Android screen tests drew last.
pub(crate) fn update(workspace: &Workspace, progress: &Progress) -> Result<()> {
    for (setting, state) in committed_states() {
        let drawn = read(&drawn_file(workspace, setting, state))?;
        let file = committed_file(workspace, setting, state);
        let png = encode_within_limit(&drawn)?.with_context(|| format!("{setting}/{state} is too large"))?;
        fs::create_dir_all(file.parent().unwrap_or(&workspace.root))?;
        fs::write(&file, png).with_context(|| format!("writing {}", file.display()))?;
    }
    progress.step(&format!("{} pictures updated", committed_states().count()));
    Ok(())
}

/// Compares the committed pictures with those that the screen tests have just drawn.
pub(crate) fn check_current(workspace: &Workspace) -> Result<StepOutcome> {
    let mut stale = Vec::new();
    for (setting, state) in committed_states() {
        let drawn = read(&drawn_file(workspace, setting, state))?;
        match read(&committed_file(workspace, setting, state)) {
            Ok(committed) if is_same_picture(&committed, &drawn) => {}
            _ => stale.push(format!("{setting}/{state}")),
        }
    }
    ensure!(stale.is_empty(), "stale: {}\nlook at them, then: cargo xtask pictures", stale.join(", "));
    let expected: Vec<PathBuf> =
        committed_states().map(|(setting, state)| committed_file(workspace, setting, state)).collect();
    for setting in SETTINGS {
        for entry in fs::read_dir(pictures_folder(workspace).join(setting))? {
            let path = entry?.path();
            ensure!(expected.contains(&path), "{} is not listed", workspace.relative(&path).display());
        }
    }
    Ok(StepOutcome::Passed)
}

fn committed_states() -> impl Iterator<Item = (&'static str, &'static str)> {
    SETTINGS.into_iter().flat_map(|setting| STATES.into_iter().map(move |state| (setting, state)))
}

fn pictures_folder(workspace: &Workspace) -> PathBuf {
    workspace.root.join("android/pictures")
}

fn committed_file(workspace: &Workspace, setting: &str, state: &str) -> PathBuf {
    pictures_folder(workspace).join(setting).join(format!("{state}.png"))
}

fn drawn_file(workspace: &Workspace, setting: &str, state: &str) -> PathBuf {
    workspace.target().join("pictures").join(setting).join(format!("{state}.png"))
}

/// Reads a PNG of a screen or an icon.
pub(crate) fn read(file: &Path) -> Result<Pixels> {
    let bytes = fs::File::open(file).with_context(|| format!("opening {}", file.display()))?;
    let mut decoder = png::Decoder::new(std::io::BufReader::new(bytes));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info()?;
    let mut pixels = vec![0; reader.output_buffer_size().context("too large")?];
    let info = reader.next_frame(&mut pixels)?;
    pixels.truncate(info.buffer_size());
    let rgb = match info.color_type {
        png::ColorType::Rgb => pixels,
        png::ColorType::Rgba => pixels.chunks_exact(4).flat_map(|pixel| pixel[..3].to_vec()).collect(),
        other => bail!("{}: {other:?} is not a screen's colour type", file.display()),
    };
    Ok(Pixels { width: usize::try_from(info.width)?, rgb })
}

/// Encodes a PNG of at most [`MAX_BYTES`] with the largest palette that fits; `None` if none does.
fn encode_within_limit(pixels: &Pixels) -> Result<Option<Vec<u8>>> {
    for colours in PALETTE_SIZES {
        let png = encode(pixels, colours)?;
        if png.len() <= MAX_BYTES {
            return Ok(Some(png));
        }
    }
    Ok(None)
}

/// Encodes a PNG with at most `colours` colours.
fn encode(pixels: &Pixels, colours: usize) -> Result<Vec<u8>> {
    let (palette, indices) = quantize(pixels, colours);
    let mut png = Vec::new();
    let height = pixels.rgb.len() / 3 / pixels.width;
    let mut encoder = png::Encoder::new(&mut png, u32::try_from(pixels.width)?, u32::try_from(height)?);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_compression(png::Compression::High);
    // Neighbouring palette indices are not neighbouring colours.
    encoder.set_filter(png::Filter::NoFilter);
    encoder.set_palette(palette);
    encoder.write_header()?.write_image_data(&indices)?;
    Ok(png)
}

/// Returns palette and indices: the exact colours if there are at most `max_colours`, otherwise the nearest ones.
fn quantize(pixels: &Pixels, max_colours: usize) -> (Vec<u8>, Vec<u8>) {
    let mut palette_index: BTreeMap<&[u8], usize> = BTreeMap::new();
    for pixel in pixels.rgb.chunks_exact(3) {
        let next = palette_index.len();
        palette_index.entry(pixel).or_insert(next);
    }
    if palette_index.len() <= max_colours {
        let mut palette = vec![0; palette_index.len() * 3];
        for (pixel, index) in &palette_index {
            palette[index * 3..index * 3 + 3].copy_from_slice(pixel);
        }
        let paths =
            pixels.rgb.chunks_exact(3).map(|pixel| u8::try_from(palette_index[pixel]).unwrap_or_default());
        let indices = paths.collect();
        return (palette, indices);
    }
    let opaque = |pixel: &[u8]| [pixel[0], pixel[1], pixel[2], u8::MAX];
    let rgba: Vec<u8> = pixels.rgb.chunks_exact(3).flat_map(opaque).collect();
    let colours = NeuQuant::new(3, max_colours, &rgba);
    let index = |pixel: &[u8]| u8::try_from(colours.index_of(pixel)).unwrap_or_default();
    (colours.color_map_rgb(), rgba.chunks_exact(4).map(index).collect())
}

/// Returns true if both pictures show the same, block by block.
fn is_same_picture(committed: &Pixels, drawn: &Pixels) -> bool {
    if committed.width != drawn.width || committed.rgb.len() != drawn.rgb.len() {
        return false;
    }
    let across = committed.width.div_ceil(BLOCK);
    let mut different: BTreeMap<usize, usize> = BTreeMap::new();
    let pairs = committed.rgb.chunks_exact(3).zip(drawn.rgb.chunks_exact(3)).enumerate();
    for (index, _) in pairs.filter(|(_, (one, other))| differs(one, other)) {
        let (x, y) = (index % committed.width, index / committed.width);
        *different.entry(y / BLOCK * across + x / BLOCK).or_default() += 1;
    }
    different.values().all(|pixels| *pixels < MIN_CHANGED_PIXELS)
}

fn differs(one: &[u8], other: &[u8]) -> bool {
    one.iter().zip(other).any(|(one, other)| one.abs_diff(*other) > COLOUR_TOLERANCE)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns a white page with a dark rectangle on it.
    fn test_page(ink_from: usize, ink_to: usize) -> Pixels {
        let width = 200;
        let ink = |index: usize| {
            (ink_from..ink_to).contains(&(index % width)) && (50..70).contains(&(index / width))
        };
        let rgb = (0..width * 100)
            .flat_map(|index| if ink(index) { [20, 40, 90] } else { [250, 248, 240] })
            .collect();
        Pixels { width, rgb }
    }

    #[test]
    fn moved_text_counts_as_a_change_and_a_blurred_edge_does_not() {
        assert!(is_same_picture(&test_page(20, 60), &test_page(20, 60)));
        assert!(is_same_picture(&test_page(20, 60), &test_page(20, 61)));
        assert!(!is_same_picture(&test_page(20, 60), &test_page(100, 140)));
        assert!(!is_same_picture(&test_page(20, 60), &test_page(20, 80)));
    }

    #[test]
    fn a_compressed_picture_matches_the_original_with_few_and_with_many_colours() {
        let mut many = test_page(20, 60);
        for (index, pixel) in many.rgb.chunks_exact_mut(3).enumerate().take(2000) {
            pixel[2] = u8::try_from(index % 250).unwrap();
            pixel[1] = u8::try_from(index / 10).unwrap_or(200);
        }
        for drawn in [test_page(20, 60), many] {
            let file = std::env::temp_dir().join(format!("fos-picture-{}.png", std::process::id()));
            fs::write(&file, encode_within_limit(&drawn).unwrap().unwrap()).unwrap();
            let committed = read(&file).unwrap();
            fs::remove_file(&file).unwrap();
            assert!(is_same_picture(&committed, &drawn));
        }
    }
}
