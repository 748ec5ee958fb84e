//! Paper: PDFs that the portal writes in Arabic and French. Text is given in reading order; it is broken into lines,
//! put in the order it is seen in (`lines`), shaped (`letters`), and drawn on as many pages as it needs (`page`). The
//! same sheet gives the same bytes.

mod letters;
mod lines;
mod page;
mod qr;

use krilla::{
    Document, SerializeSettings,
    error::KrillaError,
    metadata::{Metadata, TextDirection},
};

use self::{letters::Letters, page::Pages};
use crate::seed::BothLanguages;

/// A paper cannot be written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PaperError {
    #[error("the letters cannot be read")]
    Letters,
    #[error("the address does not fit into a QR code: {0}")]
    Qr(#[from] qrcode::types::QrError),
    #[error("the PDF cannot be written: {0}")]
    Pdf(KrillaError),
}

/// Which way a text runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Arabic, from the right.
    RightToLeft,
    /// French, from the left.
    LeftToRight,
}

/// A part of a sheet, from top to bottom: Arabic in its right half, French in its left.
pub(crate) enum Part {
    /// Who writes.
    Name(BothLanguages),
    /// What it is.
    Title(BothLanguages),
    /// What the rows under it are about.
    Heading(BothLanguages),
    /// A label and what it says.
    Row { label: BothLanguages, text: BothLanguages },
    /// Running text, small.
    Note(BothLanguages),
    /// A square that leads to `address`, and the address beside it.
    Square { address: String },
}

/// What is to be written.
pub(crate) struct Sheet {
    /// The document's name.
    pub(crate) title: String,
    /// What stands at the foot of every page, before its number.
    pub(crate) foot: String,
    pub(crate) parts: Vec<Part>,
}

/// Writes papers; holds the letters, which are read once.
pub(crate) struct Printer {
    letters: Letters,
}

impl Printer {
    pub(crate) fn new() -> Result<Self, PaperError> {
        Ok(Self { letters: Letters::read().ok_or(PaperError::Letters)? })
    }

    /// The sheet as a PDF.
    pub(crate) fn write(&self, sheet: &Sheet) -> Result<Vec<u8>, PaperError> {
        let mut pages = Pages::new(&self.letters);
        for part in &sheet.parts {
            pages.add(part)?;
        }
        let mut document = Document::new_with(SerializeSettings::default());
        let metadata = Metadata::new().title(sheet.title.clone()).language("ar-MA".to_owned());
        document.set_metadata(metadata.text_direction(TextDirection::RightToLeft));
        pages.draw(&mut document, &sheet.foot);
        document.finish().map_err(PaperError::Pdf)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::{Part, Printer, Sheet};
    use crate::seed::BothLanguages;

    fn sheet(text: &str) -> Sheet {
        let both = |text: &str| BothLanguages { ar: text.to_owned(), fr: text.to_owned() };
        let row = Part::Row { label: both("نص Texte"), text: both(text) };
        let square = Part::Square { address: "https://portail.fos.test/v1/receipts/0".to_owned() };
        Sheet { title: "عنوان".to_owned(), foot: "2026-000001".to_owned(), parts: vec![row, square] }
    }

    #[test]
    fn the_same_sheet_gives_the_same_bytes() {
        let write = |text: &str| Printer::new().unwrap().write(&sheet(text)).unwrap();
        assert_eq!(write("واحد 1"), write("واحد 1"));
        assert_ne!(write("واحد 1"), write("اثنان 2"));
    }

    #[test]
    fn nothing_that_is_written_cannot_be_printed() {
        let printer = Printer::new().unwrap();
        let long = "ط".repeat(2_000);
        for text in
            ["", " ", "\n\n", "\u{2066}\u{2069}", "\u{0}", "👪 e\u{301}", "\u{10FFFF}", "لا إله", &long]
        {
            assert!(printer.write(&sheet(text)).unwrap().starts_with(b"%PDF-"), "{text:?}");
        }
    }
}
