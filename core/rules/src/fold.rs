//! Folding: converts input and searched texts to the form in which they are compared.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

const LEFT_TO_RIGHT_ISOLATE: char = '\u{2066}';
const POP_DIRECTIONAL_ISOLATE: char = '\u{2069}';

/// Returns true for bidi controls, joiners, soft hyphens and the byte order mark, which come with pasted text and mean
/// nothing in it.
pub fn is_invisible(c: char) -> bool {
    is_direction_mark(c)
        || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2065}' | '\u{feff}' | '\u{00ad}')
}

/// Returns true for the characters that only set the direction of text (Unicode UAX #9, explicit and implicit marks).
pub fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Converts Arabic-Indic (٠–٩) and Persian (۰–۹) digits to Western ones, which Morocco uses.
pub fn fold_digits(text: &str) -> String {
    text.chars().map(to_western_digit).collect()
}

/// Folds an identifier, number or address: Western digits, without spaces and invisible characters.
pub fn fold(typed: &str) -> String {
    typed.chars().filter(|c| !is_blank(*c)).map(to_western_digit).collect()
}

/// Removes spaces and invisible characters at both ends.
pub fn trim(typed: &str) -> &str {
    typed.trim_matches(is_blank)
}

/// Folds a query or a text of the catalogue: letters that are written in several ways (hamza, ta marbuta, alef maqsura,
/// gaf), marks, case and spaces.
pub fn fold_for_search(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    // NFKD separates hamza, madda and Latin accents from their letters and decomposes lam-alef ligatures.
    for c in text.nfkd().filter(|c| !is_combining_mark(*c) && !is_invisible(*c)) {
        match to_western_digit(c) {
            'ـ' | 'ء' => {}
            'ٱ' => folded.push('ا'),
            'ة' => folded.push('ه'),
            'ى' | 'ی' => folded.push('ي'),
            'گ' | 'ڭ' | 'ک' => folded.push('ك'),
            c if c.is_whitespace() => {
                if !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            c => folded.extend(c.to_lowercase()),
        }
    }
    folded.trim().to_owned()
}

/// Wraps a text in a left-to-right isolate (Unicode UAX #9), so that surrounding Arabic does not reorder it.
pub fn isolate_left_to_right(text: &str) -> String {
    format!("{LEFT_TO_RIGHT_ISOLATE}{text}{POP_DIRECTIONAL_ISOLATE}")
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

fn to_western_digit(c: char) -> char {
    let value = match c {
        '\u{0660}'..='\u{0669}' => u32::from(c) - 0x0660,
        '\u{06f0}'..='\u{06f9}' => u32::from(c) - 0x06f0,
        _ => return c,
    };
    char::from_digit(value, 10).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_member_finds_a_service_however_it_is_spelt() {
        for (typed, title) in [
            ("اصطياف", "الإصطياف"),
            ("الاصطياف", "الإصطياف"),
            ("منحه", "مِنْحَة الحج"),
            ("retraite complementaire", "Retraite  complémentaire"),
            ("لاسعاف", "اﻹسعاف"),
            ("قرض", "قـــرض"),
        ] {
            assert!(fold_for_search(title).contains(&fold_for_search(typed)), "{typed} in {title}");
        }
    }

    #[test]
    fn spaces_and_marks_around_a_text_are_removed() {
        assert_eq!(trim("\u{2068} mot de passe \u{2069}\n"), "mot de passe");
        assert_eq!(fold("\u{200f}٠١٢٣ ٤\u{00ad}٥٦\u{a0}"), "0123456");
    }

    proptest! {
        #[test]
        fn folding_is_idempotent(text in ".*") {
            let once = fold_for_search(&text);
            prop_assert_eq!(fold_for_search(&once), once);
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
