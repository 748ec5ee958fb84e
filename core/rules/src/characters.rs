//! Classes of characters that keyboards, clipboards and printed documents put in the place of the plain ones.

use std::iter;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// Dash with which Arabic words are stretched; typed for a hyphen on Arabic keyboards.
pub(crate) const TATWEEL: char = '\u{0640}';
/// Hyphen that shows at the end of a line only, and is pasted for a hyphen.
pub(crate) const SOFT_HYPHEN: char = '\u{00ad}';

/// Returns true for the characters that only set the direction of text (Unicode UAX #9, explicit and implicit marks).
pub fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Returns true for characters without width that come with pasted text and mean nothing in it: bidi controls, joiners,
/// soft hyphens, variation selectors, tags (`Default_Ignorable_Code_Point` of Unicode, less the fillers of a width), and what
/// dictation leaves behind (U+FFFC).
pub fn is_invisible(c: char) -> bool {
    is_direction_mark(c)
        || matches!(c,
            SOFT_HYPHEN | '\u{034f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff0}'..='\u{fffc}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d159}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Returns true for what shows as a space: Unicode's spaces, the empty Braille pattern and the Hangul fillers.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{2800}' | '\u{3164}' | '\u{ffa0}')
}

/// Returns true for what shows nothing: spaces and invisible characters.
pub(crate) fn is_blank(c: char) -> bool {
    is_space(c) || is_invisible(c)
}

/// Returns true for characters that end a line, a cell or a record of pasted text.
pub(crate) fn is_break(c: char) -> bool {
    matches!(c, '\t'..='\r' | '\u{1c}'..='\u{1f}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Returns true for the hyphen and what looks like it.
pub(crate) fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{058a}' | '\u{02d7}' | '\u{1806}' | '\u{2010}'
            ..='\u{2015}'
                | '\u{2043}'
                | '\u{2212}'
                | '\u{2e3a}'
                | '\u{2e3b}'
                | '\u{fe58}'
                | '\u{fe63}'
                | '\u{ff0d}'
    )
}

/// Returns true for the apostrophe and what is typed for it.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c,
        '\'' | '`' | '\u{00b4}' | '\u{02b9}' | '\u{02bb}'..='\u{02bd}' | '\u{2018}'..='\u{201b}' | '\u{2032}'
        | '\u{2035}' | '\u{a78c}' | '\u{ff07}' | '\u{ff40}')
}

/// Returns true for the marks that stand above or below a letter, as accents and vowel signs of Arabic do. By the class
/// that orders them: a table of all marks of Unicode would weigh more in the library than what is asked of it.
pub(crate) fn is_mark(c: char) -> bool {
    canonical_combining_class(c) != 0
}

/// Converts an Arabic-Indic (٠–٩) or Persian (۰–۹) digit to the Western one.
pub(crate) fn to_western_digit(c: char) -> char {
    let value = match c {
        '\u{0660}'..='\u{0669}' => u32::from(c) - 0x0660,
        '\u{06f0}'..='\u{06f9}' => u32::from(c) - 0x06f0,
        _ => return c,
    };
    char::from_digit(value, 10).unwrap_or(c)
}

/// Converts a letter that is read for a digit to that digit.
pub(crate) fn to_look_alike_digit(c: char) -> char {
    match c {
        'o' | 'O' => '0',
        'i' | 'I' | 'l' | 'L' => '1',
        c => c,
    }
}

/// Converts a character of an identifier, number or address to the ASCII one that it stands for: digits, dashes,
/// slashes, full stops, and the full-width, small and mathematical forms of all of them.
pub(crate) fn to_ascii(c: char) -> char {
    let plain = match c {
        '\u{fe50}'..='\u{fe6b}' | '\u{ff01}'..='\u{ff5e}' | '\u{1d400}'..='\u{1d7ff}' => {
            iter::once(c).nfkc().next().unwrap_or(c)
        }
        c => c,
    };
    match plain {
        c if is_dash(c) => '-',
        '\u{2044}' | '\u{2215}' | '\u{29f8}' => '/',
        '\u{2024}' | '\u{06d4}' | '\u{3002}' | '\u{ff61}' => '.',
        c => to_western_digit(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_an_ascii_character_becomes_it() {
        for (typed, ascii) in [
            ("１２３", "123"),
            ("ＡＢ＠．", "AB@."),
            (
                "\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2015}\u{2212}\u{fe58}\u{fe63}\u{ff0d}",
                "----------",
            ),
            ("٠٩۰۹𝟏𝟐", "090912"),
            ("88\u{2215}45／21", "88/45/21"),
        ] {
            assert_eq!(typed.chars().map(to_ascii).collect::<String>(), ascii);
        }
        assert_eq!(to_ascii('²'), '²', "a power is no digit");
    }

    #[test]
    fn accents_and_vowel_signs_are_marks_and_letters_are_not() {
        assert!("\u{300}\u{327}\u{64b}\u{651}\u{653}\u{654}\u{670}".chars().all(is_mark));
        assert!(!"aéçأآـ0 -".chars().any(is_mark));
    }

    #[test]
    fn no_character_is_both_seen_and_unseen() {
        for c in '\0'..=char::MAX {
            assert!(!(is_invisible(c) && is_space(c)), "{c:?}");
            assert!(!is_blank(to_ascii(c)) || is_blank(c), "{c:?}");
            assert_eq!(to_ascii(to_ascii(c)), to_ascii(c), "{c:?}");
        }
    }
}
