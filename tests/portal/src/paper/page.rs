//! Pages: where everything stands, and how it is drawn. A4, measured in points from the top left corner.

use krilla::{
    Document,
    color::luma,
    geom::{Path, PathBuilder, Point, Rect},
    page::PageSettings,
    paint::Fill,
    surface::Surface,
};

use super::{
    PaperError, Part, Way,
    letters::Letters,
    lines::{Line, Style, lines},
    qr,
};
use crate::seed::BothLanguages;

const WIDTH: f32 = 595.276;
const HEIGHT: f32 = 841.89;
const MARGIN: f32 = 48.0;
/// Where the text of a page ends and its foot begins.
const BOTTOM: f32 = HEIGHT - 60.0;
const ACROSS: f32 = WIDTH - 2.0 * MARGIN;
/// Between the halves, and beside the square.
const GAP: f32 = 14.0;
const HALF: f32 = (ACROSS - GAP) / 2.0;
/// How much of a half its labels take.
const LABEL: f32 = 82.0;
const WHOLE: (f32, f32) = (0.0, HALF);
const SQUARE: f32 = 96.0;
/// From one line to the next, in letters' sizes.
const LEADING: f32 = 1.45;
const BLACK: u8 = 20;
const GREY: u8 = 95;
const RULE: u8 = 190;

/// Something with its place on a page.
enum Placed {
    Text { line: Line, x: f32, baseline: f32, style: Style, grey: u8 },
    Shape { path: Path, grey: u8 },
}

/// The pages of a sheet, as far as it has been read.
pub(super) struct Pages<'a> {
    letters: &'a Letters,
    placed: Vec<Vec<Placed>>,
    /// Where the next part begins.
    page: usize,
    y: f32,
}

/// A text of a part: where it begins in its half and how wide it may be, and how it is set.
type Column<'a> = (&'a BothLanguages, (f32, f32), f32, u8);

impl<'a> Pages<'a> {
    pub(super) fn new(letters: &'a Letters) -> Self {
        Self { letters, placed: vec![Vec::new()], page: 0, y: MARGIN }
    }

    pub(super) fn add(&mut self, part: &Part) -> Result<(), PaperError> {
        match part {
            Part::Name(text) => self.halves(&[(text, WHOLE, 10.0, GREY)]),
            Part::Title(text) => self.halves(&[(text, WHOLE, 14.0, BLACK)]),
            Part::Heading(text) => {
                self.y += 12.0;
                // A heading does not stand alone at the foot of a page.
                self.make_room(60.0);
                self.halves(&[(text, WHOLE, 11.0, BLACK)]);
                self.rule(0.8, GREY);
                self.y += 3.0;
            }
            Part::Row { label, text } => {
                self.make_room(2.0 * height(1, 9.0));
                let label = (label, (0.0, LABEL), 8.0, GREY);
                self.halves(&[label, (text, (LABEL + 6.0, HALF - LABEL - 6.0), 9.0, BLACK)]);
                self.y += 2.5;
                self.rule(0.4, RULE);
                self.y += 2.5;
            }
            Part::Note(text) => {
                self.y += 8.0;
                self.halves(&[(text, WHOLE, 8.0, GREY)]);
            }
            Part::Square { address } => self.square(address)?,
        }
        Ok(())
    }

    /// Columns that begin at the same height, each in both halves; what comes next begins below the longest.
    fn halves(&mut self, columns: &[Column]) {
        let (page, start) = (self.page, self.y);
        let mut end = (page, start);
        for (text, (from, width), size, grey) in columns.iter().copied() {
            let right = WIDTH - MARGIN - from - width;
            for (text, way, x) in
                [(&text.ar, Way::RightToLeft, right), (&text.fr, Way::LeftToRight, MARGIN + from)]
            {
                self.go_to((page, start));
                self.column(text, Style { way, size }, x, width, grey);
                if (self.page, self.y) > end {
                    end = (self.page, self.y);
                }
            }
        }
        self.go_to(end);
    }

    fn go_to(&mut self, (page, y): (usize, f32)) {
        (self.page, self.y) = (page, y);
    }

    fn square(&mut self, address: &str) -> Result<(), PaperError> {
        self.y += 8.0;
        self.make_room(SQUARE);
        if let Some(path) = qr::square(address, MARGIN, self.y, SQUARE)? {
            self.place(Placed::Shape { path, grey: 0 });
        }
        let (x, width, end) = (MARGIN + SQUARE + GAP, ACROSS - SQUARE - GAP, self.y + SQUARE);
        self.y += 30.0;
        for (text, way) in [
            ("للتأكد من صحة هذا الوصل", Way::RightToLeft),
            ("Pour vérifier ce récépissé", Way::LeftToRight),
            (address, Way::LeftToRight),
        ] {
            self.column(text, Style { way, size: 8.0 }, x, width, GREY);
        }
        self.y = self.y.max(end);
        Ok(())
    }

    /// Text in a column, over as many pages as it needs.
    fn column(&mut self, text: &str, style: Style, x: f32, width: f32, grey: u8) {
        for line in lines(self.letters, text, style, width) {
            self.make_room(height(1, style.size));
            let x = match style.way {
                Way::RightToLeft => x + width - line.width,
                Way::LeftToRight => x,
            };
            let baseline = self.y + style.size * 1.08;
            self.place(Placed::Text { line, x, baseline, style, grey });
            self.y += height(1, style.size);
        }
    }

    fn rule(&mut self, thick: f32, grey: u8) {
        let mut path = PathBuilder::new();
        if let Some(rect) = Rect::from_xywh(MARGIN, self.y, ACROSS, thick) {
            path.push_rect(rect);
        }
        if let Some(path) = path.finish() {
            self.place(Placed::Shape { path, grey });
        }
    }

    fn make_room(&mut self, height: f32) {
        if self.y + height > BOTTOM {
            self.page += 1;
            if self.page == self.placed.len() {
                self.placed.push(Vec::new());
            }
            self.y = MARGIN;
        }
    }

    fn place(&mut self, placed: Placed) {
        self.placed[self.page].push(placed);
    }

    /// Draws every page, with `foot` and its number at its foot.
    pub(super) fn draw(self, document: &mut Document, foot: &str) {
        let Self { letters, placed, .. } = self;
        let count = placed.len();
        for (number, placed) in (1..).zip(placed) {
            let Some(settings) = PageSettings::from_wh(WIDTH, HEIGHT) else { continue };
            let mut page = document.start_page_with(settings);
            let mut surface = page.surface();
            for one in placed {
                draw(&mut surface, letters, one);
            }
            let small = Style { way: Way::LeftToRight, size: 8.0 };
            for line in lines(letters, &format!("{foot}  ·  {number}/{count}"), small, ACROSS) {
                let (x, baseline) = ((WIDTH - line.width) / 2.0, HEIGHT - 36.0);
                draw(&mut surface, letters, Placed::Text { line, x, baseline, style: small, grey: GREY });
            }
            surface.finish();
            page.finish();
        }
    }
}

fn draw(surface: &mut Surface, letters: &Letters, placed: Placed) {
    let fill = |grey| Some(Fill { paint: luma::Color::new(grey).into(), ..Fill::default() });
    match placed {
        Placed::Shape { path, grey } => {
            surface.set_fill(fill(grey));
            surface.draw_path(&path);
        }
        Placed::Text { line, mut x, baseline, style, grey } => {
            surface.set_fill(fill(grey));
            for run in line.runs {
                let at = Point::from_xy(x, baseline);
                surface.draw_glyphs(at, &run.glyphs, letters.font(), &run.text, style.size, false);
                x += run.width(style.size);
            }
        }
    }
}

#[allow(clippy::cast_precision_loss, reason = "a text of 2^24 lines does not come through a call")]
fn height(lines: usize, size: f32) -> f32 {
    lines as f32 * size * LEADING
}
