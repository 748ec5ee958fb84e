//! Reader of PDFs for tests: extracts text by position and decodes the QR code.

use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask,
    font::GlyphRun,
    hayro_cmap::BfString,
    hayro_syntax::Pdf,
    interpret_page,
    kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape},
};

/// Content of one page.
#[derive(Default)]
pub(crate) struct PageContent {
    /// Text at each height: glyphs with their distance from the left.
    lines: Vec<(f64, Vec<(f64, String)>)>,
    shapes: Vec<BezPath>,
}

/// Extracts the pages of a PDF.
pub(crate) fn pages(bytes: &[u8]) -> Vec<PageContent> {
    let pdf = Pdf::new(bytes.to_vec()).unwrap();
    let cache = InterpreterCache::new();
    let read = |page| {
        let mut page_content = PageContent::default();
        let area = Rect::new(0.0, 0.0, 1.0, 1.0);
        let settings = InterpreterSettings::default();
        let mut context = Context::new(Affine::IDENTITY, area, &cache, pdf.xref(), settings);
        interpret_page(page, &mut context, &mut page_content);
        page_content
    };
    pdf.pages().iter().map(read).collect()
}

/// Rendering of the QR code: width in pixels, and pixels per point.
const IMAGE_SIZE: usize = 400;
const PIXELS_PER_POINT: f64 = 3.0;

/// Gap between the halves of a page, wider than any glyph, in points.
const COLUMN_GAP: f64 = 14.0;

fn is_arabic(text: &str) -> bool {
    text.chars().any(|c| ('\u{0600}'..='\u{06FF}').contains(&c))
}

impl PageContent {
    /// Returns the lines from top to bottom in logical order: a line with Arabic is read from the right, except for
    /// numbers and French within it.
    pub(crate) fn lines(&self) -> Vec<String> {
        let mut lines: Vec<_> = self.lines.iter().collect();
        lines.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        let halves = lines.into_iter().flat_map(|(_, glyphs)| {
            let mut glyphs = glyphs.clone();
            glyphs.sort_by(|(one, _), (other, _)| one.total_cmp(other));
            let halves = glyphs.chunk_by(|(one, _), (next, _)| next - one < COLUMN_GAP).map(<[_]>::to_vec);
            halves.collect::<Vec<_>>()
        });
        let read = |glyphs: Vec<(f64, String)>| {
            let glyphs: Vec<String> = glyphs.into_iter().map(|(_, text)| text).collect();
            if glyphs.iter().any(|text| is_arabic(text)) { logical_order(&glyphs) } else { glyphs.concat() }
        };
        halves.map(read).collect()
    }

    pub(crate) fn text(&self) -> String {
        self.lines().join("\n")
    }

    /// Decodes the QR code of the page.
    pub(crate) fn qr_code(&self) -> String {
        let qr_code = self.shapes.iter().max_by_key(|shape| shape.elements().len()).unwrap();
        let (area, dark) = (qr_code.bounding_box(), rects(qr_code));
        let quiet_zone = 20.0;
        let image = |x: usize, y: usize| {
            let position =
                |pixel: usize| f64::from(u32::try_from(pixel).unwrap()) / PIXELS_PER_POINT - quiet_zone;
            let point = Point::new(area.x0 + position(x), area.y1 - position(y));
            if dark.iter().any(|rect| rect.contains(point)) { 0 } else { 255 }
        };
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(IMAGE_SIZE, IMAGE_SIZE, image);
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1);
        grids[0].decode().unwrap().1
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

/// Converts glyphs in visual order to logical order, from the right: numbers and French keep their own order, with the
/// spaces and signs between them.
fn logical_order(glyphs: &[String]) -> String {
    let is_left =
        |text: &String| text.chars().any(|c| c.is_ascii_digit() || (c.is_alphabetic() && !is_arabic(text)));
    let mut text = String::new();
    let mut end = glyphs.len();
    while end > 0 {
        let mut start = end - 1;
        if is_left(&glyphs[start]) {
            let mut position = start;
            while position > 0 && !is_arabic(&glyphs[position - 1]) {
                position -= 1;
                if is_left(&glyphs[position]) {
                    start = position;
                }
            }
        }
        text.push_str(&glyphs[start..end].concat());
        end = start;
    }
    text
}

impl Device<'_> for PageContent {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        for glyph in run.glyphs() {
            let text = match glyph.as_unicode().unwrap() {
                BfString::Char(c) => c.to_string(),
                BfString::String(text) => text,
            };
            let position = props.transform * glyph.transform() * Point::ZERO;
            match self.lines.iter_mut().find(|(height, _)| (*height - position.y).abs() < 0.5) {
                Some((_, glyphs)) => glyphs.push((position.x, text)),
                None => self.lines.push((position.y, vec![(position.x, text)])),
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
