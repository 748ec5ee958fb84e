//! Free text: NFC, without surrounding spaces, invisible and control characters.

use unicode_normalization::UnicodeNormalization;

use crate::fold::{is_invisible, trim};

/// Lines that a text may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lines {
    /// One line.
    Single,
    /// Several, separated by line feeds.
    Multiple,
}

impl Lines {
    fn allows(self, c: char) -> bool {
        !c.is_control() || (self == Self::Multiple && c == '\n')
    }
}

/// Normalizes a text: removes what people do not see, then composes (NFC) and trims.
pub fn normalize(typed: &str, lines: Lines) -> String {
    let visible = typed.chars().filter(|c| lines.allows(*c) && !is_invisible(*c));
    visible.nfc().collect::<String>().trim().to_owned()
}

/// Returns true if a control character is left inside a text, such as a line feed where one line is allowed.
pub fn has_control_character(text: &str, lines: Lines) -> bool {
    trim(text).chars().any(|c| !lines.allows(c))
}

/// Returns true if a normalized text has at most so many characters (Unicode scalar values).
pub fn fits(text: &str, max_length: u32) -> bool {
    u32::try_from(text.chars().count()).is_ok_and(|length| length <= max_length)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_text_is_composed_after_what_is_unseen_is_gone() {
        assert_eq!(normalize(" e\u{200d}\u{301}te\u{301}\u{200e} ", Lines::Single), "été");
        assert_eq!(normalize("un\r\ndeux\n", Lines::Multiple), "un\ndeux");
        assert_eq!(normalize("\u{202e}\u{2066}", Lines::Single), "");
    }

    #[test]
    fn a_line_feed_belongs_into_a_text_of_several_lines() {
        assert!(has_control_character("un\ndeux", Lines::Single));
        assert!(!has_control_character("un\ndeux", Lines::Multiple));
        assert!(!has_control_character("un\n", Lines::Single), "trimmed");
        assert!(has_control_character("un\tdeux", Lines::Multiple));
    }

    #[test]
    fn characters_are_counted_not_bytes() {
        assert!(fits("منحة", 4) && !fits("منحة", 3));
    }

    proptest! {
        #[test]
        fn a_normalized_text_is_normal_for_both_sides(typed in ".*") {
            for lines in [Lines::Single, Lines::Multiple] {
                let once = normalize(&typed, lines);
                prop_assert_eq!(normalize(&once, lines), once.clone());
                prop_assert!(!has_control_character(&once, lines));
            }
        }
    }
}
