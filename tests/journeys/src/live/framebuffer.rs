//! Pixels of the screen, and the changes since a given frame.

use anyhow::ensure;

use crate::protocol::{Frame, Rect};

/// Bytes a pixel: blue, green, red, alpha.
const BYTES_PER_PIXEL: usize = 4;
/// Bytes before the pixels of an update.
const HEADER_BYTES: usize = 28;

/// Last drawn screen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Framebuffer {
    number: u64,
    width: u32,
    height: u32,
    /// Height of the soft keyboard over the screen.
    keyboard: u32,
    /// Pixels row by row.
    pixels: Vec<u8>,
    /// Area changed by the last frame.
    part: Rect,
}

impl Framebuffer {
    /// Returns the number of the last frame; 0 before the first.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Returns the area that the last frame changed, in pixels: x, y, width and height.
    pub fn changed_part(&self) -> [u32; 4] {
        let Rect { x, y, width, height } = self.part;
        [x, y, width, height]
    }

    /// Applies a frame; `bytes` are the pixels of its part, row by row.
    ///
    /// # Errors
    /// If the number of bytes does not match the part, or the part lies outside the screen.
    pub fn apply(&mut self, frame: &Frame, bytes: &[u8]) -> anyhow::Result<()> {
        let part = frame.part;
        let fits =
            |offset: u32, length: u32, total: u32| offset.checked_add(length).is_some_and(|end| end <= total);
        let within = fits(part.x, part.width, frame.width) && fits(part.y, part.height, frame.height);
        ensure!(within, "a part of the frame lies outside it: {part:?}");
        let expected = size(part.width, part.height);
        ensure!(bytes.len() == expected, "a part of {expected} bytes came as {}", bytes.len());
        if (frame.width, frame.height) != (self.width, self.height) {
            self.pixels = vec![0; size(frame.width, frame.height)];
            (self.width, self.height) = (frame.width, frame.height);
        }
        let row = size(part.width, 1);
        if row > 0 {
            for (y, line) in (part.y..).zip(bytes.chunks_exact(row)) {
                let offset = self.offset(part.x, y);
                self.pixels[offset..offset + row].copy_from_slice(line);
            }
        }
        self.part = part;
        self.keyboard = frame.keyboard;
        self.number += 1;
        Ok(())
    }

    /// Returns the update for a reader of this frame, or `None` if it is current: seven little-endian 32-bit
    /// numbers (width and height of the screen; height of the soft keyboard; x, y, width and height of the part), then
    /// the pixels of the part.
    pub fn changes_since(&self, last_seen: u64) -> Option<Vec<u8>> {
        if last_seen == self.number {
            return None;
        }
        // One frame behind, the changed part suffices. After a rotation it covers the whole screen anyway.
        let whole = Rect { x: 0, y: 0, width: self.width, height: self.height };
        let part = if last_seen + 1 == self.number { self.part } else { whole };
        let mut bytes = Vec::with_capacity(HEADER_BYTES + size(part.width, part.height));
        for number in [self.width, self.height, self.keyboard, part.x, part.y, part.width, part.height] {
            bytes.extend_from_slice(&number.to_le_bytes());
        }
        for y in part.y..part.y + part.height {
            let offset = self.offset(part.x, y);
            bytes.extend_from_slice(&self.pixels[offset..offset + size(part.width, 1)]);
        }
        Some(bytes)
    }

    fn offset(&self, x: u32, y: u32) -> usize {
        size(self.width, y) + size(x, 1)
    }
}

fn size(width: u32, height: u32) -> usize {
    width as usize * height as usize * BYTES_PER_PIXEL
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(number: u32, part: Rect) -> Frame {
        Frame { number, width: 2, height: 2, keyboard: 1, part }
    }

    const WHOLE: Rect = Rect { x: 0, y: 0, width: 2, height: 2 };
    const CORNER: Rect = Rect { x: 1, y: 1, width: 1, height: 1 };

    fn numbers(bytes: &[u8]) -> Vec<u32> {
        bytes[..HEADER_BYTES]
            .chunks_exact(4)
            .map(|four| u32::from_le_bytes(four.try_into().unwrap()))
            .collect()
    }

    #[test]
    fn a_reader_one_frame_behind_gets_the_part_and_any_other_the_whole() {
        let mut framebuffer = Framebuffer::default();
        framebuffer.apply(&frame(1, WHOLE), &[1; 16]).unwrap();
        framebuffer.apply(&frame(2, CORNER), &[9; 4]).unwrap();
        assert_eq!(framebuffer.changes_since(2), None);
        let part = framebuffer.changes_since(1).unwrap();
        assert_eq!((numbers(&part), &part[HEADER_BYTES..]), (vec![2, 2, 1, 1, 1, 1, 1], &[9; 4][..]));
        let whole = framebuffer.changes_since(0).unwrap();
        assert_eq!(numbers(&whole), [2, 2, 1, 0, 0, 2, 2]);
        assert_eq!(whole[HEADER_BYTES..], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 9, 9, 9, 9]);
    }

    #[test]
    fn a_part_with_a_wrong_length_or_position_is_rejected() {
        let mut framebuffer = Framebuffer::default();
        assert!(framebuffer.apply(&frame(1, WHOLE), &[1; 15]).is_err());
        assert!(framebuffer.apply(&frame(1, Rect { x: 1, ..WHOLE }), &[1; 16]).is_err());
        assert!(framebuffer.apply(&frame(1, Rect { y: u32::MAX, ..WHOLE }), &[1; 16]).is_err());
        assert_eq!(framebuffer.number(), 0);
    }
}
