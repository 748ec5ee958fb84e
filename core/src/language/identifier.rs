//! Identifiers (PPR, CIN, e-mail, references): shown left to right inside Arabic, copied bare.

use super::fold::is_invisible;

const LEFT_TO_RIGHT_ISOLATE: char = '\u{2066}';
const POP_ISOLATE: char = '\u{2069}';

/// A run that must be read left to right in both languages.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Identifier {
    /// For the eye: wrapped in a left-to-right isolate (Unicode UAX #9), so that Arabic around it never reorders it.
    pub shown: String,
    /// For the clipboard: the same characters and no invisible one.
    pub copied: String,
}

impl Identifier {
    pub(crate) fn new(text: &str) -> Self {
        let copied: String = text.chars().filter(|c| !is_invisible(*c)).collect();
        Self { shown: format!("{LEFT_TO_RIGHT_ISOLATE}{copied}{POP_ISOLATE}"), copied }
    }

    /// A value that is words, not an identifier: shown as it is.
    pub(crate) fn plain(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { shown: text.clone(), copied: text }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_copied_holds_no_invisible_character() {
        let identifier = Identifier::new("\u{200e}AB\u{2069}123456");
        assert_eq!(identifier.copied, "AB123456");
        assert_eq!(identifier.shown, "\u{2066}AB123456\u{2069}");
    }
}
