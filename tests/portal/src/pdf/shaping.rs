//! Text shaping with the font `DejaVu` Sans, which covers Arabic and French.

use std::{borrow::Cow, iter};

use fos_rules::fold::is_direction_mark;
use harfrust::{FontRef, GlyphBuffer, ShapeOptions, ShaperData, UnicodeBuffer};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use unicode_normalization::{UnicodeNormalization, char::canonical_combining_class};

use super::Direction;

/// Glyph of a character that the font does not have: a box.
const MISSING_GLYPH: u32 = 0;

/// Text shaper with one font weight: a second one would be a fifth of a receipt's bytes.
pub(super) struct TextShaper {
    font_ref: FontRef<'static>,
    shapes: ShaperData,
    font: Font,
    /// Font units per em.
    units_per_em: f32,
}

/// Shaped run of one direction.
pub(super) struct ShapedRun {
    pub(super) text: String,
    pub(super) glyphs: Vec<KrillaGlyph>,
}

impl ShapedRun {
    /// Returns the width at font size `size`.
    pub(super) fn width(&self, size: f32) -> f32 {
        self.glyphs.iter().map(|glyph| glyph.x_advance * size).sum()
    }
}

impl TextShaper {
    pub(super) fn load() -> Option<Self> {
        let bytes = dejavu::sans::regular();
        let font_ref = FontRef::new(bytes).ok()?;
        let font = Font::new(bytes.into(), 0)?;
        Some(Self { shapes: ShaperData::new(&font_ref), units_per_em: font.units_per_em(), font_ref, font })
    }

    pub(super) fn font(&self) -> Font {
        self.font.clone()
    }

    /// Converts a text to one that the font can draw, so that nothing becomes a box on paper. A letter that the font does
    /// not have becomes the one that it stands for or is made of; a letter of another script, its code point, which
    /// loses nothing; a picture is left out.
    pub(super) fn drawable<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if self.can_draw(text) {
            return Cow::Borrowed(text);
        }
        let mut drawable = String::with_capacity(text.len());
        for c in text.chars() {
            if self.can_draw(c.encode_utf8(&mut [0; 4])) {
                drawable.push(c);
            } else {
                drawable.push_str(&self.substitute(c));
            }
        }
        Cow::Owned(drawable)
    }

    fn substitute(&self, c: char) -> String {
        let same_letter = match c {
            'ٱ' => "ا",
            // Moroccan gaf.
            'ݣ' => "ڭ",
            _ => "",
        };
        let decomposed: String =
            iter::once(c).nfkd().filter(|c| canonical_combining_class(*c) == 0).collect();
        [same_letter, &decomposed]
            .into_iter()
            .find(|text| !text.is_empty() && self.can_draw(text))
            .map_or_else(
                || if c.is_alphanumeric() { format!("[U+{:04X}]", u32::from(c)) } else { String::new() },
                str::to_owned,
            )
    }

    fn can_draw(&self, text: &str) -> bool {
        let run = self.shape(text, Direction::LeftToRight);
        run.glyphs.iter().all(|glyph| glyph.glyph_id.to_u32() != MISSING_GLYPH)
    }

    /// Shapes a run of one direction. Direction marks are left out: they have no glyph.
    pub(super) fn shape(&self, text: &str, direction: Direction) -> ShapedRun {
        // Direction marks have served their purpose once the runs are known.
        let text: String = text.chars().filter(|c| !is_direction_mark(*c)).collect();
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&text);
        buffer.guess_segment_properties();
        buffer.set_direction(match direction {
            Direction::RightToLeft => harfrust::Direction::RightToLeft,
            Direction::LeftToRight => harfrust::Direction::LeftToRight,
        });
        let shaped = self.shapes.shaper(&self.font_ref).build().shape(buffer, ShapeOptions::new());
        let glyphs = self.glyphs(&shaped, text.len());
        ShapedRun { text, glyphs }
    }

    /// Converts the glyphs, each with the range of text that its cluster shows.
    #[allow(clippy::cast_precision_loss, reason = "a glyph's measures are far below 2^24")]
    fn glyphs(&self, shaped: &GlyphBuffer, end: usize) -> Vec<KrillaGlyph> {
        let starts: Vec<usize> = shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
        let after = |start: usize| starts.iter().copied().filter(|one| *one > start).min().unwrap_or(end);
        let each = shaped.glyph_infos().iter().zip(shaped.glyph_positions()).zip(&starts);
        each.map(|((info, position), start)| {
            KrillaGlyph::new(
                GlyphId::new(info.glyph_id),
                position.x_advance as f32 / self.units_per_em,
                position.x_offset as f32 / self.units_per_em,
                position.y_offset as f32 / self.units_per_em,
                position.y_advance as f32 / self.units_per_em,
                *start..after(*start),
                None,
            )
        })
        .collect()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::TextShaper;

    #[test]
    fn nothing_that_is_typed_becomes_a_box() {
        let shaper = TextShaper::load().unwrap();
        for (typed, drawn) in [
            ("أݣادير", "أڭادير"),
            ("ٱلمغرب", "المغرب"),
            ("ﷲ", "الله"),
            ("ﷺ", "صلى الله عليه وسلم"),
            ("merci 🙏🏽 👨‍👩‍👧!", "merci  !"),
            ("ⵜⴰⵎⴰⵣⵉⵖⵜ", "ⵜⴰⵎⴰⵣⵉⵖⵜ"),
            ("12 € – œuvre «é»", "12 € – œuvre «é»"),
            ("𝟏𝟐 ＡＢ ①", "12 AB ①"),
            ("李", "[U+674E]"),
        ] {
            let text = shaper.drawable(typed);
            assert!(shaper.can_draw(&text), "{text}");
            assert_eq!(text.replace('\u{200d}', ""), drawn, "{typed}");
        }
    }

    #[test]
    fn any_character_can_be_drawn() {
        let shaper = TextShaper::load().unwrap();
        for c in ('\0'..=char::MAX).step_by(997) {
            let text = c.to_string();
            let drawable = shaper.drawable(&text);
            assert!(shaper.can_draw(&drawable), "U+{:04X}", u32::from(c));
        }
    }
}
