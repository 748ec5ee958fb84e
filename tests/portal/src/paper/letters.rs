//! Letters: the font `DejaVu` Sans, which has those of Arabic and French, and the shapes they take beside each other.

use harfrust::{Direction, FontRef, GlyphBuffer, ShapeOptions, ShaperData, UnicodeBuffer};
use krilla::text::{Font, GlyphId, KrillaGlyph};

use super::Way;

/// The letters, in one weight: another would be a fifth of a receipt's bytes.
pub(super) struct Letters {
    file: FontRef<'static>,
    shapes: ShaperData,
    font: Font,
    /// Of the unit that glyphs are measured in, how many make the letters' size.
    units: f32,
}

/// Text that runs one way, shaped.
pub(super) struct Shaped {
    pub(super) text: String,
    pub(super) glyphs: Vec<KrillaGlyph>,
}

impl Shaped {
    /// How wide it is when the letters' size is `size`.
    pub(super) fn width(&self, size: f32) -> f32 {
        self.glyphs.iter().map(|glyph| glyph.x_advance * size).sum()
    }
}

impl Letters {
    pub(super) fn read() -> Option<Self> {
        let bytes = dejavu::sans::regular();
        let file = FontRef::new(bytes).ok()?;
        let font = Font::new(bytes.into(), 0)?;
        Some(Self { shapes: ShaperData::new(&file), units: font.units_per_em(), file, font })
    }

    pub(super) fn font(&self) -> Font {
        self.font.clone()
    }

    /// Shapes text that runs one way. What only directs text is left out: it has no shape.
    pub(super) fn shape(&self, text: &str, way: Way) -> Shaped {
        let text: String = text.chars().filter(|c| !directs(*c)).collect();
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&text);
        buffer.guess_segment_properties();
        buffer.set_direction(match way {
            Way::RightToLeft => Direction::RightToLeft,
            Way::LeftToRight => Direction::LeftToRight,
        });
        let shaped = self.shapes.shaper(&self.file).build().shape(buffer, ShapeOptions::new());
        let glyphs = self.glyphs(&shaped, text.len());
        Shaped { text, glyphs }
    }

    /// The glyphs as they are drawn, each with the part of the text that it and its neighbours of one cluster show.
    #[allow(clippy::cast_precision_loss, reason = "a glyph's measures are far below 2^24")]
    fn glyphs(&self, shaped: &GlyphBuffer, end: usize) -> Vec<KrillaGlyph> {
        let starts: Vec<usize> = shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
        let after = |start: usize| starts.iter().copied().filter(|one| *one > start).min().unwrap_or(end);
        let each = shaped.glyph_infos().iter().zip(shaped.glyph_positions()).zip(&starts);
        each.map(|((info, position), start)| {
            KrillaGlyph::new(
                GlyphId::new(info.glyph_id),
                position.x_advance as f32 / self.units,
                position.x_offset as f32 / self.units,
                position.y_offset as f32 / self.units,
                position.y_advance as f32 / self.units,
                *start..after(*start),
                None,
            )
        })
        .collect()
    }
}

/// Marks of direction (UAX #9): they have done their work when runs are known.
fn directs(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}
