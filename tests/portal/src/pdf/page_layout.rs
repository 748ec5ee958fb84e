//! Page layout: positions and drawing. A4, measured in points from the top left corner.

use fos_wire::LocalizedText;
use krilla::{
    Document,
    color::luma,
    geom::{Path, PathBuilder, Point, Rect},
    page::PageSettings,
    paint::Fill,
    surface::Surface,
};

use super::{
    Block, Direction, PdfError, qr,
    shaping::TextShaper,
    text_layout::{Line, Style, break_lines},
};

const WIDTH: f32 = 595.276;
const HEIGHT: f32 = 841.89;
const MARGIN: f32 = 48.0;
/// End of a page's text; the footer is below.
const CONTENT_BOTTOM: f32 = HEIGHT - 60.0;
const CONTENT_WIDTH: f32 = WIDTH - 2.0 * MARGIN;
/// Gap between the halves, and beside the QR code.
const GAP: f32 = 14.0;
const HALF_WIDTH: f32 = (CONTENT_WIDTH - GAP) / 2.0;
/// Width of the labels within a half.
const LABEL_WIDTH: f32 = 82.0;
const FULL_HALF: (f32, f32) = (0.0, HALF_WIDTH);
const QR_SIDE: f32 = 96.0;
/// Line height in font sizes.
const LEADING: f32 = 1.45;
const BLACK: u8 = 20;
const GREY: u8 = 95;
const RULE: u8 = 190;

/// Element at its position on a page.
enum Element {
    Text { line: Line, x: f32, baseline: f32, style: Style, grey: u8 },
    Shape { path: Path, grey: u8 },
}

/// Pages laid out so far.
pub(super) struct Pages<'a> {
    shaper: &'a TextShaper,
    elements: Vec<Vec<Element>>,
    /// Position of the next block.
    page: usize,
    y: f32,
}

/// Text of a block: its offset and width within a half, its font size and its grey level.
type Column<'a> = (&'a LocalizedText, (f32, f32), f32, u8);

impl<'a> Pages<'a> {
    pub(super) fn new(shaper: &'a TextShaper) -> Self {
        Self { shaper, elements: vec![Vec::new()], page: 0, y: MARGIN }
    }

    pub(super) fn add(&mut self, block: &Block) -> Result<(), PdfError> {
        match block {
            Block::Issuer(text) => self.halves(&[(text, FULL_HALF, 10.0, GREY)]),
            Block::Title(text) => self.halves(&[(text, FULL_HALF, 14.0, BLACK)]),
            Block::Heading(text) => {
                self.y += 12.0;
                // A heading is not left alone at the bottom of a page.
                self.ensure_space(60.0);
                self.halves(&[(text, FULL_HALF, 11.0, BLACK)]);
                self.rule(0.8, GREY);
                self.y += 3.0;
            }
            Block::Row { label, text } => {
                self.ensure_space(2.0 * height(1, 9.0));
                let label = (label, (0.0, LABEL_WIDTH), 8.0, GREY);
                self.halves(&[
                    label,
                    (text, (LABEL_WIDTH + 6.0, HALF_WIDTH - LABEL_WIDTH - 6.0), 9.0, BLACK),
                ]);
                self.y += 2.5;
                self.rule(0.4, RULE);
                self.y += 2.5;
            }
            Block::Note(text) => {
                self.y += 8.0;
                self.halves(&[(text, FULL_HALF, 8.0, GREY)]);
            }
            Block::QrCode { url } => self.qr_code(url)?,
        }
        Ok(())
    }

    /// Lays out columns that start at the same height, each in both halves; the next block starts below the longest.
    fn halves(&mut self, columns: &[Column]) {
        let (page, start) = (self.page, self.y);
        let mut end = (page, start);
        for (text, (from, width), size, grey) in columns.iter().copied() {
            let right = WIDTH - MARGIN - from - width;
            for (text, direction, x) in
                [(&text.ar, Direction::RightToLeft, right), (&text.fr, Direction::LeftToRight, MARGIN + from)]
            {
                self.move_to((page, start));
                self.column(text, Style { direction, size }, x, width, grey);
                if (self.page, self.y) > end {
                    end = (self.page, self.y);
                }
            }
        }
        self.move_to(end);
    }

    fn move_to(&mut self, (page, y): (usize, f32)) {
        (self.page, self.y) = (page, y);
    }

    fn qr_code(&mut self, url: &str) -> Result<(), PdfError> {
        self.y += 8.0;
        self.ensure_space(QR_SIDE);
        if let Some(path) = qr::path(url, MARGIN, self.y, QR_SIDE)? {
            self.place(Element::Shape { path, grey: 0 });
        }
        let (x, width, end) = (MARGIN + QR_SIDE + GAP, CONTENT_WIDTH - QR_SIDE - GAP, self.y + QR_SIDE);
        self.y += 30.0;
        for (text, direction) in [
            ("للتأكد من صحة هذا الوصل", Direction::RightToLeft),
            ("Pour vérifier ce récépissé", Direction::LeftToRight),
            (url, Direction::LeftToRight),
        ] {
            self.column(text, Style { direction, size: 8.0 }, x, width, GREY);
        }
        self.y = self.y.max(end);
        Ok(())
    }

    /// Lays out text in a column, over as many pages as it needs.
    fn column(&mut self, text: &str, style: Style, x: f32, width: f32, grey: u8) {
        for line in break_lines(self.shaper, text, style, width) {
            self.ensure_space(height(1, style.size));
            let x = match style.direction {
                Direction::RightToLeft => x + width - line.width,
                Direction::LeftToRight => x,
            };
            let baseline = self.y + style.size * 1.08;
            self.place(Element::Text { line, x, baseline, style, grey });
            self.y += height(1, style.size);
        }
    }

    fn rule(&mut self, thickness: f32, grey: u8) {
        let mut path = PathBuilder::new();
        if let Some(rect) = Rect::from_xywh(MARGIN, self.y, CONTENT_WIDTH, thickness) {
            path.push_rect(rect);
        }
        if let Some(path) = path.finish() {
            self.place(Element::Shape { path, grey });
        }
    }

    fn ensure_space(&mut self, height: f32) {
        if self.y + height > CONTENT_BOTTOM {
            self.page += 1;
            if self.page == self.elements.len() {
                self.elements.push(Vec::new());
            }
            self.y = MARGIN;
        }
    }

    fn place(&mut self, element: Element) {
        self.elements[self.page].push(element);
    }

    /// Draws every page with its footer.
    pub(super) fn draw(self, document: &mut Document, footer: &str) {
        let Self { shaper, elements, .. } = self;
        let count = elements.len();
        for (number, elements) in (1..).zip(elements) {
            let Some(settings) = PageSettings::from_wh(WIDTH, HEIGHT) else { continue };
            let mut page = document.start_page_with(settings);
            let mut surface = page.surface();
            for one in elements {
                draw(&mut surface, shaper, one);
            }
            let small = Style { direction: Direction::LeftToRight, size: 8.0 };
            for line in break_lines(shaper, &format!("{footer}  ·  {number}/{count}"), small, CONTENT_WIDTH)
            {
                let (x, baseline) = ((WIDTH - line.width) / 2.0, HEIGHT - 36.0);
                draw(&mut surface, shaper, Element::Text { line, x, baseline, style: small, grey: GREY });
            }
            surface.finish();
            page.finish();
        }
    }
}

fn draw(surface: &mut Surface, shaper: &TextShaper, element: Element) {
    let fill = |grey| Some(Fill { paint: luma::Color::new(grey).into(), ..Fill::default() });
    match element {
        Element::Shape { path, grey } => {
            surface.set_fill(fill(grey));
            surface.draw_path(&path);
        }
        Element::Text { line, mut x, baseline, style, grey } => {
            surface.set_fill(fill(grey));
            for run in line.runs {
                let at = Point::from_xy(x, baseline);
                surface.draw_glyphs(at, &run.glyphs, shaper.font(), &run.text, style.size, false);
                x += run.width(style.size);
            }
        }
    }
}

#[allow(clippy::cast_precision_loss, reason = "a text of 2^24 lines does not come through a call")]
fn height(lines: usize, size: f32) -> f32 {
    lines as f32 * size * LEADING
}
