//! Texts as hurried hands type and paste them.

/// Marks that come along with a copied text and that nobody sees: right-to-left mark, isolate, no-break space.
const PASTED_ALONG: [(&str, &str); 4] =
    [(" ", " "), ("\u{200f}", ""), ("\u{2068}", "\u{2069}"), ("\u{a0}", "\u{a0}")];

/// Returns the text with one character left out, doubled, or in its neighbour's place. `at` counts from the start, and
/// over it from the start again.
pub(super) fn mistyped(text: &str, at: usize) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    let Some(place) = at.checked_rem(characters.len()) else { return "x".to_owned() };
    match at % 3 {
        0 => {
            characters.remove(place);
        }
        1 => characters.insert(place, characters[place]),
        _ => {
            let neighbour = (place + 1) % characters.len();
            characters.swap(place, neighbour);
        }
    }
    characters.into_iter().collect()
}

/// Returns the text with what a copy from a mail or a document takes along at its ends.
pub(super) fn pasted(text: &str, which: usize) -> String {
    let (before, after) = PASTED_ALONG[which % PASTED_ALONG.len()];
    format!("{before}{text}{after}")
}

/// Returns the text in the digits of an Arabic keyboard, if it consists of digits and what stands between them.
pub(super) fn in_arabic_digits(text: &str) -> Option<String> {
    let is_number = text.chars().all(|character| character.is_ascii_digit() || " /-+.".contains(character));
    let has_digit = text.contains(|character: char| character.is_ascii_digit());
    let arabic = |character: char| {
        let digit = character.to_digit(10).and_then(|digit| char::from_u32(0x0660 + digit));
        digit.unwrap_or(character)
    };
    (is_number && has_digit).then(|| text.chars().map(arabic).collect())
}

/// Returns the first half of the text.
pub(super) fn half(text: &str) -> String {
    let length = text.chars().count();
    text.chars().take(length / 2).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistyped_text_lacks_doubles_or_swaps_a_character() {
        assert_eq!(mistyped("0123456", 0), "123456");
        assert_eq!(mistyped("0123456", 1), "01123456");
        assert_eq!(mistyped("0123456", 2), "0132456");
        assert_eq!(mistyped("0123456", 8), "0213456");
        assert_eq!(mistyped("قهوة", 6), "قهة");
        assert_eq!(mistyped("", 4), "x");
    }

    #[test]
    fn a_pasted_text_keeps_what_it_says() {
        for which in 0..PASTED_ALONG.len() {
            let text = pasted("AB123456", which);
            assert!(text.contains("AB123456") && text != "AB123456");
        }
    }

    #[test]
    fn only_a_number_is_typed_in_arabic_digits() {
        assert_eq!(in_arabic_digits("01/06/2027").as_deref(), Some("٠١/٠٦/٢٠٢٧"));
        assert_eq!(in_arabic_digits("AB123456"), None);
        assert_eq!(in_arabic_digits(""), None);
    }

    #[test]
    fn half_a_text_is_cut_between_characters() {
        assert_eq!(half("قهوة-الصباح"), "قهوة-");
    }
}
