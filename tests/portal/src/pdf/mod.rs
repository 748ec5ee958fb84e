//! PDF documents in Arabic and French.
//!
//! Text is given in logical order. It is broken into lines and put in visual order (`text_layout`), shaped (`shaping`),
//! and drawn on as many pages as needed (`page_layout`). The output is deterministic.

mod page_layout;
mod qr;
mod shaping;
mod text_layout;

use fos_wire::LocalizedText;
use krilla::{
    Document, SerializeSettings,
    error::KrillaError,
    metadata::{Metadata, TextDirection},
};

use self::{page_layout::Pages, shaping::TextShaper};

/// Error while rendering a PDF.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PdfError {
    #[error("the font cannot be read")]
    Font,
    #[error("the URL does not fit into a QR code: {0}")]
    Qr(#[from] qrcode::types::QrError),
    #[error("the PDF cannot be written: {0}")]
    Pdf(KrillaError),
}

/// Base direction of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    /// Right to left: Arabic.
    RightToLeft,
    /// Left to right: French.
    LeftToRight,
}

/// Block of a document, from top to bottom: Arabic in its right half, French in its left.
pub(crate) enum Block {
    /// Issuer of the document.
    Issuer(LocalizedText),
    /// Title of the document.
    Title(LocalizedText),
    /// Heading of the rows that follow.
    Heading(LocalizedText),
    /// Label and its text.
    Row { label: LocalizedText, text: LocalizedText },
    /// Running text in a small size.
    Note(LocalizedText),
    /// QR code of `url`, with the URL beside it.
    QrCode { url: String },
}

/// Content of a document.
pub(crate) struct PdfDocument {
    /// Title in the metadata.
    pub(crate) title: String,
    /// Footer of every page, followed by the page number.
    pub(crate) footer: String,
    pub(crate) blocks: Vec<Block>,
}

/// Renderer of PDFs; loads the font once.
pub(crate) struct PdfRenderer {
    shaper: TextShaper,
}

impl PdfRenderer {
    pub(crate) fn new() -> Result<Self, PdfError> {
        Ok(Self { shaper: TextShaper::load().ok_or(PdfError::Font)? })
    }

    /// Renders a document.
    pub(crate) fn render(&self, document: &PdfDocument) -> Result<Vec<u8>, PdfError> {
        let mut pages = Pages::new(&self.shaper);
        for block in &document.blocks {
            pages.add(block)?;
        }
        let mut pdf = Document::new_with(SerializeSettings::default());
        let metadata = Metadata::new().title(document.title.clone()).language("ar-MA".to_owned());
        pdf.set_metadata(metadata.text_direction(TextDirection::RightToLeft));
        pages.draw(&mut pdf, &document.footer);
        pdf.finish().map_err(PdfError::Pdf)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::{Block, PdfDocument, PdfRenderer};
    use fos_wire::LocalizedText;

    fn document(text: &str) -> PdfDocument {
        let both = |text: &str| LocalizedText { ar: text.to_owned(), fr: text.to_owned() };
        let row = Block::Row { label: both("نص Texte"), text: both(text) };
        let code = Block::QrCode { url: "https://portail.fos.test/v1/receipts/0".to_owned() };
        PdfDocument {
            title: "عنوان".to_owned(), footer: "2026-000001".to_owned(), blocks: vec![row, code]
        }
    }

    #[test]
    fn the_same_document_renders_to_the_same_bytes() {
        let render = |text: &str| PdfRenderer::new().unwrap().render(&document(text)).unwrap();
        assert_eq!(render("واحد 1"), render("واحد 1"));
        assert_ne!(render("واحد 1"), render("اثنان 2"));
    }

    #[test]
    fn any_text_can_be_rendered() {
        let renderer = PdfRenderer::new().unwrap();
        let long = "ط".repeat(2_000);
        for text in
            ["", " ", "\n\n", "\u{2066}\u{2069}", "\u{0}", "👪 e\u{301}", "\u{10FFFF}", "لا إله", &long]
        {
            assert!(renderer.render(&document(text)).unwrap().starts_with(b"%PDF-"), "{text:?}");
        }
    }
}
