//! The screen's pixels, and what of them a page still lacks.

use anyhow::ensure;

use crate::verbs::{Frame, Part};

/// Bytes a pixel: blue, green, red, opacity.
const PIXEL: usize = 4;

/// The screen as it was drawn last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Screen {
    number: u64,
    width: u32,
    height: u32,
    /// Row by row.
    pixels: Vec<u8>,
    /// What is new since the one before.
    part: Part,
}

impl Screen {
    /// Which it is; nothing has been drawn at 0.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Draws what a face has drawn: `bytes` are its part, row by row.
    ///
    /// # Errors
    /// When they are not as many as the part has, or it lies outside the screen.
    pub fn draw(&mut self, frame: &Frame, bytes: &[u8]) -> anyhow::Result<()> {
        let part = frame.part;
        let fits = |at: u32, long: u32, all: u32| at.checked_add(long).is_some_and(|end| end <= all);
        let within = fits(part.x, part.width, frame.width) && fits(part.y, part.height, frame.height);
        ensure!(within, "a part of the frame lies outside it: {part:?}");
        let wanted = size(part.width, part.height);
        ensure!(bytes.len() == wanted, "a part of {wanted} bytes came as {}", bytes.len());
        if (frame.width, frame.height) != (self.width, self.height) {
            self.pixels = vec![0; size(frame.width, frame.height)];
            (self.width, self.height) = (frame.width, frame.height);
        }
        let row = size(part.width, 1);
        if row > 0 {
            for (y, line) in (part.y..).zip(bytes.chunks_exact(row)) {
                let at = self.at(part.x, y);
                self.pixels[at..at + row].copy_from_slice(line);
            }
        }
        self.part = part;
        self.number += 1;
        Ok(())
    }

    /// What a page that has seen the screen of this number lacks: six numbers of 32 bits, the small end first, which
    /// are the screen's size, the part's place and the part's size; then the part's pixels. Nothing when it lacks
    /// nothing.
    pub fn since(&self, seen: u64) -> Option<Vec<u8>> {
        if seen == self.number {
            return None;
        }
        // A part is enough for who has all that was before it. After a turn it is the whole screen by itself.
        let whole = Part { x: 0, y: 0, width: self.width, height: self.height };
        let part = if seen + 1 == self.number { self.part } else { whole };
        let mut bytes = Vec::with_capacity(24 + size(part.width, part.height));
        for number in [self.width, self.height, part.x, part.y, part.width, part.height] {
            bytes.extend_from_slice(&number.to_le_bytes());
        }
        for y in part.y..part.y + part.height {
            let at = self.at(part.x, y);
            bytes.extend_from_slice(&self.pixels[at..at + size(part.width, 1)]);
        }
        Some(bytes)
    }

    fn at(&self, x: u32, y: u32) -> usize {
        size(self.width, y) + size(x, 1)
    }
}

fn size(width: u32, height: u32) -> usize {
    width as usize * height as usize * PIXEL
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(number: u32, part: Part) -> Frame {
        Frame { number, width: 2, height: 2, part }
    }

    const WHOLE: Part = Part { x: 0, y: 0, width: 2, height: 2 };
    const CORNER: Part = Part { x: 1, y: 1, width: 1, height: 1 };

    fn numbers(bytes: &[u8]) -> Vec<u32> {
        bytes[..24].chunks_exact(4).map(|four| u32::from_le_bytes(four.try_into().unwrap())).collect()
    }

    #[test]
    fn who_has_seen_the_last_screen_gets_the_part_and_anybody_else_the_whole() {
        let mut screen = Screen::default();
        screen.draw(&frame(1, WHOLE), &[1; 16]).unwrap();
        screen.draw(&frame(2, CORNER), &[9; 4]).unwrap();
        assert_eq!(screen.since(2), None);
        let part = screen.since(1).unwrap();
        assert_eq!((numbers(&part), &part[24..]), (vec![2, 2, 1, 1, 1, 1], &[9; 4][..]));
        let whole = screen.since(0).unwrap();
        assert_eq!(numbers(&whole), [2, 2, 0, 0, 2, 2]);
        assert_eq!(whole[24..], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 9, 9, 9, 9]);
    }

    #[test]
    fn a_part_that_is_not_what_it_says_is_refused() {
        let mut screen = Screen::default();
        assert!(screen.draw(&frame(1, WHOLE), &[1; 15]).is_err());
        assert!(screen.draw(&frame(1, Part { x: 1, ..WHOLE }), &[1; 16]).is_err());
        assert!(screen.draw(&frame(1, Part { y: u32::MAX, ..WHOLE }), &[1; 16]).is_err());
        assert_eq!(screen.number(), 0);
    }
}
