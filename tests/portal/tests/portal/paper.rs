//! Reads a PDF as a reader of PDFs does: the letters with their places, and the square with a camera's eyes.

use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask,
    font::GlyphRun,
    hayro_cmap::BfString,
    hayro_syntax::Pdf,
    interpret_page,
    kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape},
};

/// One page, as it is seen.
#[derive(Default)]
pub(crate) struct Seen {
    /// What stands at each height: letters, and how far from the left each begins.
    lines: Vec<(f64, Vec<(f64, String)>)>,
    shapes: Vec<BezPath>,
}

/// The pages of a PDF.
pub(crate) fn pages(bytes: &[u8]) -> Vec<Seen> {
    let pdf = Pdf::new(bytes.to_vec()).unwrap();
    let cache = InterpreterCache::new();
    let read = |page| {
        let mut seen = Seen::default();
        let area = Rect::new(0.0, 0.0, 1.0, 1.0);
        let settings = InterpreterSettings::default();
        let mut context = Context::new(Affine::IDENTITY, area, &cache, pdf.xref(), settings);
        interpret_page(page, &mut context, &mut seen);
        seen
    };
    pdf.pages().iter().map(read).collect()
}

/// A camera's picture of the square: its width, and how many dots to a point.
const SIDE: usize = 400;
const DOTS: f64 = 3.0;

/// Between the halves of a page there is more room than any letter takes, in points.
const WIDEST: f64 = 14.0;

fn is_arabic(text: &str) -> bool {
    text.chars().any(|c| ('\u{0600}'..='\u{06FF}').contains(&c))
}

impl Seen {
    /// The lines from top to bottom, in reading order: one with Arabic is read from the right, but for numbers and
    /// French inside it.
    pub(crate) fn lines(&self) -> Vec<String> {
        let mut lines: Vec<_> = self.lines.iter().collect();
        lines.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        let halves = lines.into_iter().flat_map(|(_, letters)| {
            let mut letters = letters.clone();
            letters.sort_by(|(one, _), (other, _)| one.total_cmp(other));
            let halves = letters.chunk_by(|(one, _), (next, _)| next - one < WIDEST).map(<[_]>::to_vec);
            halves.collect::<Vec<_>>()
        });
        let read = |letters: Vec<(f64, String)>| {
            let letters: Vec<String> = letters.into_iter().map(|(_, text)| text).collect();
            if letters.iter().any(|text| is_arabic(text)) { from_right(&letters) } else { letters.concat() }
        };
        halves.map(read).collect()
    }

    pub(crate) fn text(&self) -> String {
        self.lines().join("\n")
    }

    /// What the square on the page says.
    pub(crate) fn square(&self) -> String {
        let square = self.shapes.iter().max_by_key(|shape| shape.elements().len()).unwrap();
        let (area, dark) = (square.bounding_box(), rects(square));
        let light = 20.0;
        let image = |x: usize, y: usize| {
            let at = |pixel: usize| f64::from(u32::try_from(pixel).unwrap()) / DOTS - light;
            let point = Point::new(area.x0 + at(x), area.y1 - at(y));
            if dark.iter().any(|rect| rect.contains(point)) { 0 } else { 255 }
        };
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(SIDE, SIDE, image);
        let squares = image.detect_grids();
        assert_eq!(squares.len(), 1);
        squares[0].decode().unwrap().1
    }
}

fn rects(path: &BezPath) -> Vec<Rect> {
    let mut parts: Vec<BezPath> = Vec::new();
    for element in path.elements() {
        if matches!(element, PathEl::MoveTo(_)) {
            parts.push(BezPath::new());
        }
        parts.last_mut().unwrap().push(*element);
    }
    parts.iter().map(Shape::bounding_box).collect()
}

/// What is seen from left to right, read from the right: numbers and French keep their own order, with the spaces
/// and signs between them.
fn from_right(glyphs: &[String]) -> String {
    let is_left =
        |text: &String| text.chars().any(|c| c.is_ascii_digit() || (c.is_alphabetic() && !is_arabic(text)));
    let mut text = String::new();
    let mut end = glyphs.len();
    while end > 0 {
        let mut start = end - 1;
        if is_left(&glyphs[start]) {
            let mut at = start;
            while at > 0 && !is_arabic(&glyphs[at - 1]) {
                at -= 1;
                if is_left(&glyphs[at]) {
                    start = at;
                }
            }
        }
        text.push_str(&glyphs[start..end].concat());
        end = start;
    }
    text
}

impl Device<'_> for Seen {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        for glyph in run.glyphs() {
            let text = match glyph.as_unicode().unwrap() {
                BfString::Char(c) => c.to_string(),
                BfString::String(text) => text,
            };
            let at = props.transform * glyph.transform() * Point::ZERO;
            match self.lines.iter_mut().find(|(height, _)| (*height - at.y).abs() < 0.5) {
                Some((_, letters)) => letters.push((at.x, text)),
                None => self.lines.push((at.y, vec![(at.x, text)])),
            }
        }
    }

    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'_>, _: &DrawMode) {
        self.shapes.push(props.transform * path.clone());
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
