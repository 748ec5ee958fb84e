//! Moving picture of a first access, which opens the README: the demonstration's pictures, one after another.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use image::{RgbImage, imageops};

use crate::{files::files, pictures, workspace::Workspace};

/// Journey whose pictures are shown.
const JOURNEY: &str = "first-access-";
/// Width in pixels.
const WIDTH: u32 = 320;
/// Time that each picture shows, in ms, and the last one.
const SHOWN_MS: [u16; 2] = [1_400, 4_000];
/// Colours of each picture.
const COLOURS: usize = 64;
/// Largest allowed file, in bytes.
const MAX_BYTES: usize = 1_000_000;

/// Writes the moving picture (APNG) from the pictures in `folder`, and returns its path.
///
/// # Errors
/// If the journey left no picture, or the file would be larger than a megabyte.
pub(crate) fn write(workspace: &Workspace, folder: &Path) -> Result<PathBuf> {
    let mut frames = Vec::new();
    for file in files(folder, ".png")? {
        if file.file_name().is_some_and(|name| name.to_string_lossy().starts_with(JOURNEY)) {
            let picture = pictures::read(&file)?;
            let height = picture.height() * WIDTH / picture.width();
            frames.push(imageops::resize(&picture, WIDTH, height, imageops::FilterType::Triangle));
        }
    }
    let bytes = encode(&frames)?;
    ensure!(bytes.len() <= MAX_BYTES, "the moving picture has {} bytes", bytes.len());
    let path = path(workspace);
    workspace.sh.write_file(&path, bytes)?;
    Ok(path)
}

/// Returns the path of the committed file.
pub(crate) fn path(workspace: &Workspace) -> PathBuf {
    workspace.root.join("android/pictures/first-access.png")
}

fn encode(frames: &[RgbImage]) -> Result<Vec<u8>> {
    let first = frames.first().context("the journey left no picture")?;
    let (width, height) = first.dimensions();
    ensure!(frames.iter().all(|frame| frame.dimensions() == (width, height)), "pictures of several sizes");
    // All frames share the palette of a file: that of one picture with all of them on it.
    let mut sheet = RgbImage::new(width, height * u32::try_from(frames.len())?);
    for (place, frame) in (0..).zip(frames) {
        imageops::replace(&mut sheet, frame, 0, i64::from(height * place));
    }
    let (palette, indices) = pictures::quantize(&sheet, COLOURS);
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, width, height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    encoder.set_palette(palette);
    encoder.set_animated(u32::try_from(frames.len())?, 0)?;
    let mut writer = encoder.write_header()?;
    let size = usize::try_from(width * height)?;
    for (number, frame) in indices.chunks(size).enumerate() {
        let is_last = number + 1 == frames.len();
        writer.set_frame_delay(SHOWN_MS[usize::from(is_last)], 1_000)?;
        writer.write_image_data(frame)?;
    }
    writer.finish()?;
    Ok(png)
}

#[cfg(test)]
mod tests {
    use image::{AnimationDecoder as _, Rgb, codecs::png::PngDecoder};

    use super::*;

    #[test]
    fn every_picture_is_a_frame_and_the_last_one_stays_longest() {
        let frames = [10, 200].map(|grey| RgbImage::from_pixel(4, 6, Rgb([grey; 3])));
        let png = encode(&frames).unwrap();
        let decoder = PngDecoder::new(std::io::Cursor::new(png)).unwrap().apng().unwrap();
        let frames_read: Vec<_> = decoder.into_frames().collect_frames().unwrap();
        let delays: Vec<u32> = frames_read.iter().map(|frame| frame.delay().numer_denom_ms().0).collect();
        assert_eq!(delays, [1_400, 4_000]);
        let greys: Vec<u8> = frames_read.iter().map(|frame| frame.buffer().get_pixel(0, 0).0[0]).collect();
        assert_eq!(greys, [10, 200]);
        assert!(encode(&[]).is_err());
    }
}
