//! Lines: text broken where it must be, and each line in the order it is seen in (UAX #9).

use std::ops::Range;

use unicode_bidi::{BidiInfo, Level, ParagraphInfo};

use super::{
    Way,
    letters::{Letters, Shaped},
};

/// How text is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub(super) way: Way,
    /// In points.
    pub(super) size: f32,
}

/// One line: its runs from left to right.
pub(super) struct Line {
    pub(super) runs: Vec<Shaped>,
    pub(super) width: f32,
}

/// The lines of `text`, none wider than `width` points. A line feed begins a new one.
pub(super) fn lines(letters: &Letters, text: &str, style: Style, width: f32) -> Vec<Line> {
    let level = match style.way {
        Way::RightToLeft => Level::rtl(),
        Way::LeftToRight => Level::ltr(),
    };
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let bidi = BidiInfo::new(paragraph, Some(level));
        for range in broken(letters, paragraph, style, width) {
            let runs = match bidi.paragraphs.first() {
                Some(whole) => seen(letters, &bidi, whole, range),
                None => Vec::new(),
            };
            let width = runs.iter().map(|run| run.width(style.size)).sum();
            lines.push(Line { runs, width });
        }
    }
    lines
}

/// The runs of one line, from left to right.
fn seen(letters: &Letters, bidi: &BidiInfo, whole: &ParagraphInfo, line: Range<usize>) -> Vec<Shaped> {
    let (levels, runs) = bidi.visual_runs(whole, line);
    let shaped = runs.into_iter().map(|run| {
        let way = if levels[run.start].is_rtl() { Way::RightToLeft } else { Way::LeftToRight };
        letters.shape(&bidi.text[run], way)
    });
    shaped.filter(|run| !run.glyphs.is_empty()).collect()
}

/// Where the lines of one paragraph are.
fn broken(letters: &Letters, text: &str, style: Style, width: f32) -> Vec<Range<usize>> {
    let wide = |range: Range<usize>| letters.shape(&text[range], style.way).width(style.size);
    let mut lines = Vec::new();
    let (mut start, mut end) = (0, 0);
    let mut used = 0.0;
    for word in words(text) {
        let needed = wide(word.clone());
        let gap = if end > start { wide(end..word.start) } else { 0.0 };
        if end > start && used + gap + needed > width {
            lines.push(start..end);
            (start, used) = (word.start, 0.0);
        } else {
            used += gap;
        }
        end = word.end;
        used += needed;
        while used > width {
            let fits = fitting(start, &text[start..end], |range| wide(range) <= width);
            lines.push(start..fits);
            start = fits;
            used = wide(start..end);
        }
    }
    lines.push(start..end);
    lines
}

/// The most characters that are kept together: a longer word may be cut after as many.
const TOGETHER: usize = 24;

/// The words of a text: what stands between spaces.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    text.split(' ').flat_map(move |word| {
        let start = at;
        at += word.len() + 1;
        let cuts = word.char_indices().map(|(place, _)| place).step_by(TOGETHER);
        let ends = cuts.clone().skip(1).chain([word.len()]);
        cuts.zip(ends).map(move |(from, to)| start + from..start + to).collect::<Vec<_>>()
    })
}

/// Where a word that is wider than a line is cut: as far on as it fits, at least after one character.
fn fitting(start: usize, word: &str, fits: impl Fn(Range<usize>) -> bool) -> usize {
    let ends = word.char_indices().map(|(place, c)| start + place + c.len_utf8());
    let mut cut = start;
    for end in ends {
        if cut > start && !fits(start..end) {
            break;
        }
        cut = end;
    }
    cut
}
