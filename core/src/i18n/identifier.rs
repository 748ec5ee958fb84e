//! Identifiers (PPR, CIN, e-mail, numbers): shown left to right inside Arabic, copied without invisible characters.

use super::Localizer;
use fos_rules::fold::{is_invisible, isolate_left_to_right};

/// A text that reads left to right in both languages.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Identifier {
    /// Text to show: wrapped in a left-to-right isolate (Unicode UAX #9), so that surrounding Arabic does not reorder
    /// it.
    pub shown: String,
    /// Text to copy: the same without invisible characters.
    pub copied: String,
    /// Text for a screen reader: one character after the other, so that a number is not read as a quantity; what is masked
    /// is one word.
    pub spoken: String,
}

/// Character that stands for a hidden one.
const MASK: char = '•';

impl Identifier {
    pub(crate) fn new(text: &str) -> Self {
        let copied: String = text.chars().filter(|c| !is_invisible(*c)).collect();
        let spoken = if copied.contains('@') { copied.clone() } else { spell(&copied) };
        Self { shown: isolate_left_to_right(&copied), copied, spoken }
    }

    /// An identifier with [`MASK`]s in it.
    pub(crate) fn masked(text: &str, localizer: &Localizer) -> Self {
        let masked = Self::new(text);
        let mut parts: Vec<String> = Vec::new();
        for (at, run) in masked.copied.split(MASK).filter(|run| !run.is_empty()).enumerate() {
            if at > 0 {
                parts.push(localizer.message("masked"));
            }
            parts.push(spell(run));
        }
        Self { spoken: parts.join(" "), ..masked }
    }

    /// A value in words, shown without an isolate.
    pub(crate) fn plain(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { shown: text.clone(), copied: text.clone(), spoken: text }
    }
}

/// Returns the characters with a space after each.
fn spell(text: &str) -> String {
    let mut spelled = String::new();
    for character in text.chars().filter(|character| !character.is_whitespace()) {
        if !spelled.is_empty() {
            spelled.push(' ');
        }
        spelled.push(character);
    }
    spelled
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

    #[test]
    fn a_number_is_spoken_digit_by_digit_and_a_mask_as_one_word() {
        assert_eq!(Identifier::new("0123456").spoken, "0 1 2 3 4 5 6");
        assert_eq!(Identifier::new("05 37 00 00 00").spoken, "0 5 3 7 0 0 0 0 0 0");
        assert_eq!(Identifier::new("membre@finances.test").spoken, "membre@finances.test");
        let localizer = Localizer::for_language(crate::i18n::Language::Fr);
        assert_eq!(Identifier::masked("AB••••56", &localizer).spoken, "A B masqué 5 6");
        assert_eq!(Identifier::plain("25.000 DH").spoken, "25.000 DH");
    }
}
