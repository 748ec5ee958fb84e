//! Text layout: line breaking, and the visual order of each line (UAX #9).

use std::ops::Range;

use unicode_bidi::{BidiInfo, Level, ParagraphInfo};

use super::{
    Direction,
    shaping::{ShapedRun, TextShaper},
};

/// Style of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub(super) direction: Direction,
    /// Font size in points.
    pub(super) size: f32,
}

/// Line: its runs from left to right.
pub(super) struct Line {
    pub(super) runs: Vec<ShapedRun>,
    pub(super) width: f32,
}

/// Breaks `text` into lines no wider than `width` points. A line feed starts a new one.
pub(super) fn break_lines(shaper: &TextShaper, text: &str, style: Style, width: f32) -> Vec<Line> {
    let level = match style.direction {
        Direction::RightToLeft => Level::rtl(),
        Direction::LeftToRight => Level::ltr(),
    };
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let paragraph = &*shaper.drawable(paragraph);
        let bidi = BidiInfo::new(paragraph, Some(level));
        for range in line_ranges(shaper, paragraph, style, width) {
            let runs = match bidi.paragraphs.first() {
                Some(paragraph_info) => visual_runs(shaper, &bidi, paragraph_info, range),
                None => Vec::new(),
            };
            let width = runs.iter().map(|run| run.width(style.size)).sum();
            lines.push(Line { runs, width });
        }
    }
    lines
}

/// Returns the runs of one line in visual order.
fn visual_runs(
    shaper: &TextShaper,
    bidi: &BidiInfo,
    paragraph: &ParagraphInfo,
    line: Range<usize>,
) -> Vec<ShapedRun> {
    let (levels, runs) = bidi.visual_runs(paragraph, line);
    let glyph_runs = runs.into_iter().map(|run| {
        let direction =
            if levels[run.start].is_rtl() { Direction::RightToLeft } else { Direction::LeftToRight };
        shaper.shape(&bidi.text[run], direction)
    });
    glyph_runs.filter(|run| !run.glyphs.is_empty()).collect()
}

/// Returns the ranges of the lines of one paragraph.
fn line_ranges(shaper: &TextShaper, text: &str, style: Style, width: f32) -> Vec<Range<usize>> {
    let width_of = |range: Range<usize>| shaper.shape(&text[range], style.direction).width(style.size);
    let mut lines = Vec::new();
    let (mut start, mut end) = (0, 0);
    let mut used = 0.0;
    for word in words(text) {
        let needed = width_of(word.clone());
        let gap = if end > start { width_of(end..word.start) } else { 0.0 };
        if end > start && used + gap + needed > width {
            lines.push(start..end);
            (start, used) = (word.start, 0.0);
        } else {
            used += gap;
        }
        end = word.end;
        used += needed;
        while used > width {
            let fits = cut_word(start, &text[start..end], |range| width_of(range) <= width);
            lines.push(start..fits);
            start = fits;
            used = width_of(start..end);
        }
    }
    lines.push(start..end);
    lines
}

/// Maximum number of characters kept together: a longer word may be cut there.
const MAX_WORD_LENGTH: usize = 24;

/// Splits a text at its spaces.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    text.split(' ').flat_map(move |word| {
        let start = at;
        at += word.len() + 1;
        let cuts = word.char_indices().map(|(offset, _)| offset).step_by(MAX_WORD_LENGTH);
        let ends = cuts.clone().skip(1).chain([word.len()]);
        cuts.zip(ends).map(move |(from, to)| start + from..start + to).collect::<Vec<_>>()
    })
}

/// Cuts a word wider than a line: at the last position that fits, at least after one character.
fn cut_word(start: usize, word: &str, fits: impl Fn(Range<usize>) -> bool) -> usize {
    let ends = word.char_indices().map(|(offset, c)| start + offset + c.len_utf8());
    let mut cut = start;
    for end in ends {
        if cut > start && !fits(start..end) {
            break;
        }
        cut = end;
    }
    cut
}
