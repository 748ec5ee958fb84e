//! Folding: converts input and searched texts to the form in which they are compared.

use unicode_normalization::UnicodeNormalization;

use crate::characters::{
    TATWEEL, is_apostrophe, is_blank, is_dash, is_mark, is_space, to_ascii, to_western_digit,
};
pub use crate::characters::{is_direction_mark, is_invisible};

const LEFT_TO_RIGHT_ISOLATE: char = '\u{2066}';
const POP_DIRECTIONAL_ISOLATE: char = '\u{2069}';

/// Arabic article, alone and after a preposition, folded for search.
const ARTICLES: [&str; 5] = ["وال", "بال", "كال", "لل", "ال"];

/// French words that lose their vowel before another word: «d’assurance».
const ELISIONS: &str = "c d j l m n qu s t";

/// Converts Arabic-Indic (٠–٩), Persian (۰–۹) and full-width digits to Western ones, which Morocco uses.
pub fn fold_digits(text: &str) -> String {
    let digit = |c| if matches!(c, '\u{ff10}'..='\u{ff19}') { to_ascii(c) } else { to_western_digit(c) };
    text.chars().map(digit).collect()
}

/// Folds an identifier or number: ASCII characters in the place of those that look like them, without spaces and
/// invisible characters.
pub fn fold(typed: &str) -> String {
    let fold = |c| if c == TATWEEL { '-' } else { to_ascii(c) };
    typed.chars().filter(|c| !is_blank(*c)).map(fold).collect()
}

/// Removes spaces and invisible characters at both ends.
pub fn trim(typed: &str) -> &str {
    typed.trim_matches(is_blank)
}

/// Folds a text that is searched: letters that are written in several ways (hamza, ta marbuta, alef maqsura, gaf, «œ»),
/// marks, case, dashes and spaces. Apostrophes are left out, so that a word is found with and without.
pub fn fold_for_search(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let is_left_out = |c: char| is_apostrophe(c) || is_invisible(c);
    // Before NFKD, which decomposes an acute accent that stands alone, and some spaces, to something else.
    let seen = text.chars().filter(|c| !is_left_out(*c)).map(|c| if is_space(c) { ' ' } else { c });
    // NFKD separates hamza, madda and Latin accents from their letters and decomposes lam-alef ligatures.
    for c in seen.nfkd().filter(|c| !is_left_out(*c)) {
        match to_western_digit(c) {
            TATWEEL | 'ء' => {}
            'ٱ' => folded.push('ا'),
            'ة' | 'ھ' | 'ہ' | 'ە' => folded.push('ه'),
            'ى' | 'ی' => folded.push('ي'),
            // Moroccan gaf, and the letters that stand for it: أكادير, أڭادير, أݣادير, أقادير.
            'گ' | 'ڭ' | 'ݣ' | 'ڨ' | 'ق' | 'ک' | 'ڪ' => folded.push('ك'),
            'ڤ' => folded.push('ف'),
            'پ' => folded.push('ب'),
            'œ' | 'Œ' => folded.push_str("oe"),
            'æ' | 'Æ' => folded.push_str("ae"),
            c if is_space(c) || is_dash(c) => {
                if !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            c => folded.extend(c.to_lowercase().filter(|c| !is_mark(*c))),
        }
    }
    folded.trim().to_owned()
}

/// Folds a query to words, each of which the searched text contains: as [`fold_for_search`], without the marks around a word,
/// articles and elided prepositions («l’assurance» finds «d’assurance», «العطلة» finds «عطلة») and the ending of a plural.
pub fn fold_query(query: &str) -> String {
    let words = query.split(is_space).map(|word| fold_for_search(without_elision(word)));
    let bare = |folded: String| folded.split(' ').map(stem).map(str::to_owned).collect::<Vec<_>>();
    words.flat_map(bare).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Returns a folded word without marks around it, articles and the ending of a French plural, if three letters remain.
fn stem(word: &str) -> &str {
    let mut stem = word;
    loop {
        let bare = stem.trim_matches(|c: char| !c.is_alphanumeric());
        let without_article = ARTICLES.iter().find_map(|article| bare.strip_prefix(article));
        let bare = without_article.filter(|rest| rest.chars().count() >= 3).unwrap_or(bare);
        let singular = bare.strip_suffix(['s', 'x']).filter(|rest| rest.chars().count() >= 3);
        let bare = singular.unwrap_or(bare);
        if bare.len() == stem.len() {
            return stem;
        }
        stem = bare;
    }
}

/// Returns true if a list of words, with a space between two, has this one.
pub(crate) fn has_word(words: &str, word: &str) -> bool {
    words.split(' ').any(|known| known == word)
}

fn without_elision(word: &str) -> &str {
    let is_elision = |start: &str| ELISIONS.split(' ').any(|elision| start.eq_ignore_ascii_case(elision));
    match word.trim_start_matches(is_invisible).split_once(is_apostrophe) {
        Some((start, rest)) if is_elision(start) => rest,
        _ => word,
    }
}

/// Wraps a text in a left-to-right isolate (Unicode UAX #9), so that surrounding Arabic does not reorder it.
pub fn isolate_left_to_right(text: &str) -> String {
    format!("{LEFT_TO_RIGHT_ISOLATE}{text}{POP_DIRECTIONAL_ISOLATE}")
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
            ("d'assurance", "Attestation d’assurance voyage"),
            ("d\u{2019}assurance", "Attestation d'assurance voyage"),
            ("d\u{b4}assurance", "Attestation d\u{60}assurance voyage"),
            ("D\u{2bc}ASSURANCE", "Attestation d’assurance voyage"),
            ("assurance", "Attestation d’assurance voyage"),
            ("l’assurance", "Attestation d’assurance voyage"),
            ("dassurance", "Attestation d’assurance voyage"),
            ("mdiq", "M’diq"),
            ("m'diq", "M’diq"),
            ("aujourdhui", "aujourd’hui"),
            ("oeuvre", "Œuvres sociales"),
            ("œuvre", "Oeuvres sociales"),
            ("æquo", "ex aequo"),
            ("أكادير", "أݣادير"),
            ("أڭادير", "أگادير"),
            ("القنيطرة", "الكنيطرة"),
            ("مسؤول", "مَسؤُول"),
            ("علي", "على"),
            ("sous\u{2011}préfet", "sous-préfet"),
            ("sous prefet", "sous-préfet"),
        ] {
            let title = fold_for_search(title);
            assert!(fold_query(typed).split(' ').all(|word| title.contains(word)), "{typed} in {title}");
        }
        assert!(!fold_for_search("Prêt social").contains(&fold_query("d'assurance")));
    }

    #[test]
    fn spaces_and_marks_around_a_text_are_removed() {
        assert_eq!(trim("\u{2068} mot de passe \u{2069}\n"), "mot de passe");
        assert_eq!(trim("\u{180e}\u{3164}\u{2800}a\u{fe0d}\u{34f}"), "a");
        assert_eq!(fold("\u{200f}٠١٢٣ ٤\u{00ad}٥٦\u{a0}"), "0123456");
    }

    proptest! {
        #[test]
        fn folding_is_idempotent(text in ".*") {
            let once = fold_for_search(&text);
            prop_assert_eq!(fold_for_search(&once), once);
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
            let once = fold_query(&text);
            prop_assert_eq!(fold_query(&once), once);
        }
    }
}
