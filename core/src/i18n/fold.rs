//! Folding: converts input and searched texts to the form in which they are compared.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Returns true for bidi controls, joiners and the byte order mark, which come with pasted text and mean nothing in it.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{061c}' | '\u{feff}' | '\u{00ad}')
}

/// Converts Arabic-Indic (٠–٩) and Persian (۰–۹) digits to Western ones, which Morocco uses.
pub(crate) fn fold_digits(text: &str) -> String {
    text.chars().map(to_western_digit).collect()
}

fn to_western_digit(c: char) -> char {
    let value = match c {
        '\u{0660}'..='\u{0669}' => u32::from(c) - 0x0660,
        '\u{06f0}'..='\u{06f9}' => u32::from(c) - 0x06f0,
        _ => return c,
    };
    char::from_digit(value, 10).unwrap_or(c)
}

/// Folds a query or a text of the catalogue: letters that are written in several ways (hamza, ta marbuta, alef maqsura,
/// gaf), marks, case and spaces.
pub(crate) fn fold_for_search(text: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn digits_typed_on_an_arabic_keyboard_are_understood() {
        assert_eq!(fold_digits("٠١٢٣٤٥٦"), "0123456");
        assert_eq!(fold_digits("۰۹"), "09");
    }

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

    proptest! {
        #[test]
        fn folding_is_idempotent(text in ".*") {
            let once = fold_for_search(&text);
            prop_assert_eq!(fold_for_search(&once), once);
        }
    }
}
