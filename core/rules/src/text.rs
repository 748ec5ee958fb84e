//! Free text: NFC, without surrounding spaces, invisible and control characters.

use unicode_normalization::UnicodeNormalization;

use crate::characters::{is_break, is_space};
use crate::fold::{is_direction_mark, is_invisible, trim};

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

    /// Returns true for what separates the lines of a pasted text that may have several.
    fn separates(self, c: char) -> bool {
        self == Self::Multiple && is_break(c) && c != '\t'
    }
}

/// Normalizes a text: removes what people do not see, joins pasted lines by one space where one line is allowed and
/// separates them by line feeds elsewhere, then composes (NFC) and trims.
pub fn normalize(typed: &str, lines: Lines) -> String {
    let all: Vec<char> = typed.chars().collect();
    let is_visible = |c: char| is_break(c) || (!c.is_control() && !is_invisible(c));
    let visible =
        (0..all.len()).filter(|at| is_visible(all[*at]) || joins_emoji(&all, *at)).map(|at| all[at]);
    let mut joined = String::with_capacity(typed.len());
    let mut gap = Gap::default();
    for c in visible {
        if lines.separates(c) {
            gap.add_line(c);
        } else if is_space(c) || is_break(c) {
            gap.add_space(c);
        } else {
            gap.end(&mut joined);
            joined.push(c);
        }
    }
    trim(&joined.nfc().collect::<String>()).to_owned()
}

/// Returns true for the joiner between two pictures of one emoji: without it a family falls apart into its members.
fn joins_emoji(all: &[char], at: usize) -> bool {
    let is_shown = |c: &&char| !is_invisible(**c);
    let is_picture = |c: Option<&char>| {
        c.is_some_and(|c| matches!(c, '\u{2600}'..='\u{27bf}' | '\u{1f000}'..='\u{1faff}'))
    };
    all[at] == ZERO_WIDTH_JOINER
        && is_picture(all[..at].iter().rev().find(is_shown))
        && is_picture(all[at + 1..].iter().find(is_shown))
}

const ZERO_WIDTH_JOINER: char = '\u{200d}';

/// Returns true for a character that would move a cursor, end a line or reorder what stands around it: controls, line
/// separators, direction marks.
pub fn is_display_control(c: char) -> bool {
    c.is_control() || is_break(c) || is_direction_mark(c)
}

/// Composes a text (NFC), in which all texts are compared.
pub fn compose(text: &str) -> String {
    text.nfc().collect()
}

/// Spaces and line ends between two visible characters.
#[derive(Default)]
struct Gap {
    text: String,
    has_break: bool,
    after_carriage_return: bool,
    lines: usize,
}

impl Gap {
    fn add_space(&mut self, c: char) {
        self.has_break |= is_break(c);
        self.after_carriage_return = false;
        self.text.push(if c.is_whitespace() { c } else { ' ' });
    }

    fn add_line(&mut self, c: char) {
        // A carriage return and a line feed end one line.
        if !(c == '\n' && self.after_carriage_return) {
            self.lines += 1;
            self.text.push('\n');
        }
        self.after_carriage_return = c == '\r';
    }

    /// Writes the gap: spaces as they are, or one space for a gap with a tab or a line end in it.
    fn end(&mut self, joined: &mut String) {
        let Self { text, has_break, lines, .. } = std::mem::take(self);
        match (has_break, lines) {
            (true, 0) => joined.push(' '),
            (true, lines) => joined.extend(std::iter::repeat_n('\n', lines)),
            (false, _) => joined.push_str(&text),
        }
    }
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
    fn a_family_of_one_emoji_stays_together() {
        let family = "👨\u{200d}👩\u{200d}👧";
        assert_eq!(normalize(family, Lines::Single), family);
        assert_eq!(normalize("❤\u{fe0f}\u{200d}🔥", Lines::Single), "❤\u{200d}🔥");
        assert_eq!(normalize("مر\u{200d}حبا 👨\u{200d}", Lines::Single), "مرحبا 👨");
    }

    #[test]
    fn what_controls_the_display_is_distinguished_from_text() {
        for c in [
            '\u{0}', '\u{1b}', '\n', '\u{7f}', '\u{9b}', '\u{61c}', '\u{200f}', '\u{202e}', '\u{2028}',
            '\u{2069}',
        ] {
            assert!(is_display_control(c), "{c:?}");
        }
        // Joiners, selectors and tags are part of emoji and of Persian or Urdu words.
        for c in ['a', ' ', 'ع', '\u{200d}', '\u{200c}', '\u{fe0f}', '\u{e007f}', '📱'] {
            assert!(!is_display_control(c), "{c:?}");
        }
        assert!(!normalize("a\u{1b}[2J\u{202e}b\u{2028}c", Lines::Single).contains(is_display_control));
    }

    #[test]
    fn a_text_is_composed_after_what_is_unseen_is_gone() {
        assert_eq!(normalize(" e\u{200d}\u{301}te\u{301}\u{200e} ", Lines::Single), "été");
        assert_eq!(normalize("un\r\ndeux\n", Lines::Multiple), "un\ndeux");
        assert_eq!(normalize("un\t\n\ndeux", Lines::Multiple), "un\n\ndeux");
        assert_eq!(normalize("\u{202e}\u{2066}", Lines::Single), "");
    }

    #[test]
    fn a_text_of_nothing_that_is_seen_is_empty() {
        let unseen = "\u{180e}\u{fe0d}\u{34f}\u{3164}\u{2800}\u{115f}\u{1160}\u{ffa0}\u{200b}\u{2060}\u{2064}\u{feff}\u{ad}\u{e0041}\u{0}";
        for lines in [Lines::Single, Lines::Multiple] {
            assert_eq!(normalize(unseen, lines), "");
            for c in unseen.chars() {
                assert_eq!(normalize(&c.to_string(), lines), "", "{c:?}");
            }
        }
        assert_eq!(normalize("Ali\u{2800}Essai\u{3164}", Lines::Single), "Ali Essai");
    }

    #[test]
    fn lines_pasted_into_one_line_stay_apart() {
        for gap in [
            "\n",
            "\r\n",
            "\r",
            "\t",
            "\u{b}",
            "\u{c}",
            "\u{85}",
            "\u{2028}",
            "\u{2029}",
            "\u{1e}",
            " \n\t \n ",
        ] {
            assert_eq!(normalize(&format!("4{gap}9{gap}15"), Lines::Single), "4 9 15", "{gap:?}");
        }
        assert_eq!(normalize("Ali  Essai", Lines::Single), "Ali  Essai", "spaces stay as typed");
    }

    #[test]
    fn lines_stay_lines_where_several_are_allowed() {
        for end in ["\n", "\r\n", "\r", "\u{b}", "\u{c}", "\u{85}", "\u{2028}", "\u{2029}"] {
            assert_eq!(normalize(&format!("un{end}{end}deux"), Lines::Multiple), "un\n\ndeux", "{end:?}");
        }
        assert_eq!(normalize("un\tdeux", Lines::Multiple), "un deux");
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
