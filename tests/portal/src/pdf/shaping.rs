//! Text shaping with the font `DejaVu` Sans, which covers Arabic and French.

use fos_rules::fold::is_direction_mark;
use harfrust::{FontRef, GlyphBuffer, ShapeOptions, ShaperData, UnicodeBuffer};
use krilla::text::{Font, GlyphId, KrillaGlyph};

use super::Direction;

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
