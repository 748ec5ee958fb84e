//! The committed pictures: each screen's main states, as the app drew them, small enough to keep. They go stale as soon
//! as a screen looks otherwise, which a step of the test command finds out.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail, ensure};
use color_quant::NeuQuant;

use crate::{house::House, progress::Progress, report::Done};

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
const HEAVIEST: usize = 40_000;

/// How many colours a picture keeps, the first that is light enough: a page full of letters has fewest to spare.
const COLOURS: [usize; 4] = [128, 64, 32, 16];

/// A picture is looked at in squares of so many pixels a side: a word that changed fills one.
const SQUARE: usize = 40;
/// Colours further apart than this (of 255, in one channel) are different: fewer colours blur the edges of letters.
const APART: u8 = 64;
/// So many different pixels make a square another one.
const TELLING: usize = SQUARE * SQUARE / 16;

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
pub fn keep(house: &House, progress: &Progress) -> Result<()> {
    for (setting, state) in kept() {
        let drawn = read(&drawn(house, setting, state))?;
        let file = committed(house, setting, state);
        let png = light(&drawn)?.with_context(|| format!("{setting}/{state} weighs too much"))?;
        fs::create_dir_all(file.parent().unwrap_or(&house.root))?;
        fs::write(&file, png).with_context(|| format!("writing {}", file.display()))?;
    }
    progress.step(&format!("{} pictures kept", kept().count()));
    Ok(())
}

/// Holds the committed pictures to what the screens' tests have just drawn.
///
/// # Errors
/// When one is missing, no more wanted, or shows what the app does not show any more.
pub fn current(house: &House) -> Result<Done> {
    let mut stale = Vec::new();
    for (setting, state) in kept() {
        let drawn = read(&drawn(house, setting, state))?;
        match read(&committed(house, setting, state)) {
            Ok(kept) if alike(&kept, &drawn) => {}
            _ => stale.push(format!("{setting}/{state}")),
        }
    }
    ensure!(stale.is_empty(), "stale: {}\nlook at them, then: cargo xtask pictures", stale.join(", "));
    let wanted: Vec<PathBuf> = kept().map(|(setting, state)| committed(house, setting, state)).collect();
    for setting in SETTINGS {
        for entry in fs::read_dir(folder(house).join(setting))? {
            let there = entry?.path();
            ensure!(wanted.contains(&there), "{} is on no list", house.short(&there).display());
        }
    }
    Ok(Done::Passed)
}

fn kept() -> impl Iterator<Item = (&'static str, &'static str)> {
    SETTINGS.into_iter().flat_map(|setting| STATES.into_iter().map(move |state| (setting, state)))
}

fn folder(house: &House) -> PathBuf {
    house.root.join("android/pictures")
}

fn committed(house: &House, setting: &str, state: &str) -> PathBuf {
    folder(house).join(setting).join(format!("{state}.png"))
}

fn drawn(house: &House, setting: &str, state: &str) -> PathBuf {
    house.target().join("pictures").join(setting).join(format!("{state}.png"))
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
fn light(pixels: &Pixels) -> Result<Option<Vec<u8>>> {
    for colours in COLOURS {
        let png = shrunk(pixels, colours)?;
        if png.len() <= HEAVIEST {
            return Ok(Some(png));
        }
    }
    Ok(None)
}

/// As a PNG of at most so many colours.
fn shrunk(pixels: &Pixels, colours: usize) -> Result<Vec<u8>> {
    let (palette, indices) = coloured(pixels, colours);
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
fn coloured(pixels: &Pixels, most: usize) -> (Vec<u8>, Vec<u8>) {
    let mut seen: BTreeMap<&[u8], usize> = BTreeMap::new();
    for pixel in pixels.rgb.chunks_exact(3) {
        let next = seen.len();
        seen.entry(pixel).or_insert(next);
    }
    if seen.len() <= most {
        let mut palette = vec![0; seen.len() * 3];
        for (pixel, place) in &seen {
            palette[place * 3..place * 3 + 3].copy_from_slice(pixel);
        }
        let places = pixels.rgb.chunks_exact(3).map(|pixel| u8::try_from(seen[pixel]).unwrap_or_default());
        let indices = places.collect();
        return (palette, indices);
    }
    let opaque = |pixel: &[u8]| [pixel[0], pixel[1], pixel[2], u8::MAX];
    let rgba: Vec<u8> = pixels.rgb.chunks_exact(3).flat_map(opaque).collect();
    let colours = NeuQuant::new(3, most, &rgba);
    let index = |pixel: &[u8]| u8::try_from(colours.index_of(pixel)).unwrap_or_default();
    (colours.color_map_rgb(), rgba.chunks_exact(4).map(index).collect())
}

/// Whether both show the same, square by square.
fn alike(kept: &Pixels, drawn: &Pixels) -> bool {
    if kept.width != drawn.width || kept.rgb.len() != drawn.rgb.len() {
        return false;
    }
    let across = kept.width.div_ceil(SQUARE);
    let mut different: BTreeMap<usize, usize> = BTreeMap::new();
    let pairs = kept.rgb.chunks_exact(3).zip(drawn.rgb.chunks_exact(3)).enumerate();
    for (place, _) in pairs.filter(|(_, (one, other))| apart(one, other)) {
        let (x, y) = (place % kept.width, place / kept.width);
        *different.entry(y / SQUARE * across + x / SQUARE).or_default() += 1;
    }
    different.values().all(|pixels| *pixels < TELLING)
}

fn apart(one: &[u8], other: &[u8]) -> bool {
    one.iter().zip(other).any(|(one, other)| one.abs_diff(*other) > APART)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of paper with a block of ink on it.
    fn page(ink_from: usize, ink_to: usize) -> Pixels {
        let width = 200;
        let ink = |place: usize| {
            (ink_from..ink_to).contains(&(place % width)) && (50..70).contains(&(place / width))
        };
        let rgb = (0..width * 100)
            .flat_map(|place| if ink(place) { [20, 40, 90] } else { [250, 248, 240] })
            .collect();
        Pixels { width, rgb }
    }

    #[test]
    fn a_word_that_moved_is_seen_and_a_softened_edge_is_not() {
        assert!(alike(&page(20, 60), &page(20, 60)));
        assert!(alike(&page(20, 60), &page(20, 61)));
        assert!(!alike(&page(20, 60), &page(100, 140)));
        assert!(!alike(&page(20, 60), &page(20, 80)));
    }

    #[test]
    fn what_is_kept_shows_what_was_drawn_with_few_colours_and_with_many() {
        let mut many = page(20, 60);
        for (place, pixel) in many.rgb.chunks_exact_mut(3).enumerate().take(2000) {
            pixel[2] = u8::try_from(place % 250).unwrap();
            pixel[1] = u8::try_from(place / 10).unwrap_or(200);
        }
        for drawn in [page(20, 60), many] {
            let file = std::env::temp_dir().join(format!("fos-picture-{}.png", std::process::id()));
            fs::write(&file, light(&drawn).unwrap().unwrap()).unwrap();
            let kept = read(&file).unwrap();
            fs::remove_file(&file).unwrap();
            assert!(alike(&kept, &drawn));
        }
    }
}
