//! The committed pictures: each screen's main states, as the app drew them, small enough to keep. They go stale as soon
//! as a screen looks otherwise, which a step of the test command finds out.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail, ensure};
use color_quant::NeuQuant;

use crate::{progress::Progress, report::StepOutcome, workspace::Workspace};

/// The settings that are kept (design §8); the others are drawn and checked, in `target/pictures`.
const SETTINGS: [&str; 2] = ["ar-light-100", "fr-dark-200"];

/// The states that are kept, by the names of `android/app/src/debug`.
const STATES: [&str; 36] = [
    "change-password",
    "charter-reading",
    "charter-short",
    "devices",
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

/// What one picture may weigh, in bytes.
const MAX_BYTES: usize = 40_000;

/// How many colours a picture keeps, the first that is light enough: a page full of letters has fewest to spare.
const PALETTE_SIZES: [usize; 4] = [128, 64, 32, 16];

/// A picture is looked at in squares of so many pixels a side: a word that changed fills one.
const BLOCK: usize = 40;
/// Colours further apart than this (of 255, in one channel) are different: fewer colours blur the edges of letters.
const COLOUR_TOLERANCE: u8 = 64;
/// So many different pixels make a square another one.
const MIN_CHANGED_PIXELS: usize = BLOCK * BLOCK / 16;

/// A picture, three bytes a pixel.
pub(crate) struct Pixels {
    /// In pixels.
    pub(crate) width: usize,
    /// Row by row.
    pub(crate) rgb: Vec<u8>,
}

/// Keeps the pictures that the tests of the Android screens have drawn last.
///
/// # Errors
/// When they were not drawn yet, or one weighs too much.
pub fn update(workspace: &Workspace, progress: &Progress) -> Result<()> {
    for (setting, state) in committed_states() {
        let drawn = read(&drawn_file(workspace, setting, state))?;
        let file = committed_file(workspace, setting, state);
        let png =
            encode_within_limit(&drawn)?.with_context(|| format!("{setting}/{state} weighs too much"))?;
        fs::create_dir_all(file.parent().unwrap_or(&workspace.root))?;
        fs::write(&file, png).with_context(|| format!("writing {}", file.display()))?;
    }
    progress.step(&format!("{} pictures kept", committed_states().count()));
    Ok(())
}

/// Holds the committed pictures to what the screens' tests have just drawn.
///
/// # Errors
/// When one is missing, no more wanted, or shows what the app does not show any more.
pub fn check_current(workspace: &Workspace) -> Result<StepOutcome> {
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
            ensure!(expected.contains(&path), "{} is on no list", workspace.relative(&path).display());
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
        other => bail!("{}: {other:?} is no colour of a screen", file.display()),
    };
    Ok(Pixels { width: usize::try_from(info.width)?, rgb })
}

/// As a PNG that weighs no more than it may, with as many colours as that leaves it.
fn encode_within_limit(pixels: &Pixels) -> Result<Option<Vec<u8>>> {
    for colours in PALETTE_SIZES {
        let png = encode(pixels, colours)?;
        if png.len() <= MAX_BYTES {
            return Ok(Some(png));
        }
    }
    Ok(None)
}

/// As a PNG of at most so many colours.
fn encode(pixels: &Pixels, colours: usize) -> Result<Vec<u8>> {
    let (palette, indices) = quantize(pixels, colours);
    let mut png = Vec::new();
    let height = pixels.rgb.len() / 3 / pixels.width;
    let mut encoder = png::Encoder::new(&mut png, u32::try_from(pixels.width)?, u32::try_from(height)?);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_compression(png::Compression::High);
    // Neighbouring numbers of a palette are no neighbouring colours.
    encoder.set_filter(png::Filter::NoFilter);
    encoder.set_palette(palette);
    encoder.write_header()?.write_image_data(&indices)?;
    Ok(png)
}

/// The colours as they are where they are few, else those that come nearest.
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

/// Whether both show the same, square by square.
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

    /// A page of paper with a block of ink on it.
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
    fn a_word_that_moved_is_seen_and_a_softened_edge_is_not() {
        assert!(is_same_picture(&test_page(20, 60), &test_page(20, 60)));
        assert!(is_same_picture(&test_page(20, 60), &test_page(20, 61)));
        assert!(!is_same_picture(&test_page(20, 60), &test_page(100, 140)));
        assert!(!is_same_picture(&test_page(20, 60), &test_page(20, 80)));
    }

    #[test]
    fn what_is_kept_shows_what_was_drawn_with_few_colours_and_with_many() {
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
