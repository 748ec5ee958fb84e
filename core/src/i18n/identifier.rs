//! Identifiers (PPR, CIN, e-mail, numbers): shown left to right inside Arabic, copied without invisible characters.

use fos_rules::fold::{is_invisible, isolate_left_to_right};

/// A text that reads left to right in both languages.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Identifier {
    /// Text to show: wrapped in a left-to-right isolate (Unicode UAX #9), so that surrounding Arabic does not reorder
    /// it.
    pub shown: String,
    /// Text to copy: the same without invisible characters.
    pub copied: String,
}

impl Identifier {
    pub(crate) fn new(text: &str) -> Self {
        let copied: String = text.chars().filter(|c| !is_invisible(*c)).collect();
        Self { shown: isolate_left_to_right(&copied), copied }
    }

    /// A value in words, shown without an isolate.
    pub(crate) fn plain(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { shown: text.clone(), copied: text }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copied_text_has_no_invisible_character() {
        let identifier = Identifier::new("\u{200e}AB\u{2069}123456");
        assert_eq!(identifier.copied, "AB123456");
        assert_eq!(identifier.shown, "\u{2066}AB123456\u{2069}");
    }
}
