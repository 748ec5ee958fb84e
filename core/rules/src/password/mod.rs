//! Rules for a member's own password (guide step 7; NIST SP 800-63B §5.1.1.2): long enough, without the member's own
//! identifiers, not a common one. Equality with the replaced password is compared by each side on its own hash.

mod guessable;

use unicode_normalization::UnicodeNormalization;

use self::guessable::is_common;
use crate::characters::{TATWEEL, is_invisible, is_mark, is_space, to_ascii, to_look_alike_digit};
use crate::fold::fold;

/// Minimum number of characters.
pub const MIN_LENGTH: usize = 12;
/// Maximum number of characters.
pub const MAX_LENGTH: usize = 128;

/// Shorter identifiers occur in ordinary words.
const MIN_IDENTIFIER_LENGTH: usize = 4;

/// Characters between the hyphens of a mailed password.
pub const MAILED_GROUP_LENGTH: usize = 5;

/// Problem of a password that is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordProblem {
    /// Nothing but an empty text.
    Empty,
    /// Shorter than [`MIN_LENGTH`] by so many characters.
    TooShort {
        /// Number of missing characters.
        missing: usize,
    },
    /// Longer than [`MAX_LENGTH`].
    TooLong,
    /// Contains one of the member's identifiers.
    ContainsIdentifier,
    /// Common, a repetition, or a sequence.
    Common,
}

/// Results of all rules for one password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasswordCheck {
    /// Number of characters.
    pub length: usize,
    /// True if it contains one of the member's identifiers.
    pub contains_identifier: bool,
    /// True if it is common, a repetition, or a sequence.
    pub is_common: bool,
}

impl PasswordCheck {
    /// Checks a password in NFC. `identifiers` are the member's payroll number, card number, pension number and the local
    /// parts of their addresses.
    pub fn of<T: AsRef<str>>(password: &str, identifiers: impl IntoIterator<Item = T>) -> Self {
        let spellings: Vec<Spellings> =
            identifiers.into_iter().map(|of| Spellings::of(of.as_ref())).collect();
        let (text, is_common) = (comparable(password), is_common(password));
        Self {
            length: password.chars().count(),
            // A sequence of digits holds many a number, backwards or without its zeros: it is common first of all.
            contains_identifier: spellings
                .iter()
                .any(|spellings| spellings.is_in(&text) || (!is_common && spellings.is_disguised_in(&text))),
            is_common,
        }
    }

    /// Returns true if the length is allowed.
    pub fn has_allowed_length(&self) -> bool {
        (MIN_LENGTH..=MAX_LENGTH).contains(&self.length)
    }

    /// Returns the first problem.
    pub fn problem(&self) -> Option<PasswordProblem> {
        match self.length {
            0 => Some(PasswordProblem::Empty),
            1..MIN_LENGTH => Some(PasswordProblem::TooShort { missing: MIN_LENGTH - self.length }),
            MIN_LENGTH..=MAX_LENGTH if self.contains_identifier => Some(PasswordProblem::ContainsIdentifier),
            MIN_LENGTH..=MAX_LENGTH => self.is_common.then_some(PasswordProblem::Common),
            _ => Some(PasswordProblem::TooLong),
        }
    }
}

/// Normalizes a password for comparison, never folded: NFC, U+0020 for every other space, without control and invisible
/// characters, which a keyboard cannot type again (`OpaqueString` of RFC 8265 §4.2.2, which refuses the latter), and
/// without spaces at its ends: keyboards add one after a word, a copied text takes one along (NIST SP 800-63B-4 §3.1.1.2).
pub fn normalize(password: &str) -> String {
    let seen = password.chars().filter(|c| !c.is_control() && !is_invisible(*c));
    let seen: String = seen.map(|c| if is_space(c) { ' ' } else { c }).collect();
    seen.trim_matches(' ').nfc().collect()
}

/// Normalizes a mailed password as a person reads it from another screen: letters and digits alone, in lower case, in
/// groups of five with a hyphen between them. Spaces, dashes and marks around it and inside it mean nothing, nor does a text
/// that a colon separates from it.
pub fn normalize_mailed(password: &str) -> String {
    let typed = fold(password).to_lowercase();
    let typed = typed.rsplit(':').find(|part| part.contains(char::is_alphanumeric)).unwrap_or(&typed);
    let mut normalized = String::with_capacity(typed.len());
    for (at, c) in typed.chars().filter(|c| c.is_alphanumeric()).enumerate() {
        if at > 0 && at.is_multiple_of(MAILED_GROUP_LENGTH) {
            normalized.push('-');
        }
        normalized.push(c);
    }
    normalized
}

/// Spellings of one identifier: in other digits or case, with anything between its letters and digits.
struct Spellings {
    forward: String,
    /// Backwards, and a number without the zeros before it.
    disguised: [String; 2],
}

impl Spellings {
    fn of(identifier: &str) -> Self {
        let forward = comparable(identifier);
        let is_number = identifier.starts_with(|c: char| c.is_ascii_digit());
        let significant = if is_number { forward.trim_start_matches('0') } else { &forward };
        let disguised = [forward.chars().rev().collect(), significant.to_owned()];
        Self { forward, disguised }
    }

    fn is_in(&self, password: &str) -> bool {
        is_part(&self.forward, password)
    }

    fn is_disguised_in(&self, password: &str) -> bool {
        self.disguised.iter().any(|spelling| is_part(spelling, password))
    }
}

fn is_part(spelling: &str, password: &str) -> bool {
    spelling.chars().count() >= MIN_IDENTIFIER_LENGTH && password.contains(spelling)
}

/// Converts a text to its letters and digits, without case and accents, with one character for those that look alike.
fn comparable(text: &str) -> String {
    let plain = text.nfkd().map(to_ascii).filter(|c| c.is_alphanumeric() && *c != TATWEEL && !is_mark(*c));
    plain.flat_map(char::to_lowercase).map(to_look_alike_digit).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_short_identifier_may_occur_in_a_password() {
        assert_eq!(PasswordCheck::of("calibration douce", ["ali", ""]).problem(), None);
    }

    #[test]
    fn what_a_keyboard_cannot_type_again_is_not_part_of_a_password() {
        for typed in [
            "thé\u{a0}à la menthe",
            "thé\u{202f}à\u{3000}la menthe",
            "thé à la menthe\n",
            "\u{feff}thé à la\u{0} menthe\u{200f}",
            "the\u{301} à la menthe",
        ] {
            assert_eq!(normalize(typed), "thé à la menthe", "{typed:?}");
        }
        assert_ne!(
            normalize("the a la menthe"),
            normalize("The a  la menthe"),
            "case and spaces inside count"
        );
    }

    #[test]
    fn a_password_that_is_not_typed_yet_is_empty_and_not_short() {
        assert_eq!(PasswordCheck::of("", ["0123456"]).problem(), Some(PasswordProblem::Empty));
    }

    #[test]
    fn a_mailed_password_is_read_with_the_marks_around_it() {
        assert_eq!(normalize_mailed("\u{2068} bcdfg-2hjkm \u{2069}\n"), "bcdfg-2hjkm");
        for typed in [
            "BCDFG-2HJKM-34NPQ",
            "bcdfg2hjkm34npq",
            "Bcdfg 2hjkm 34npq",
            "bcdfg\u{2013}2hjkm\u{2011}34npq",
            "bcdfg–٢hjkm—۳٤npq",
            "ｂｃｄｆｇ－２ｈｊｋｍ－３４ｎｐｑ",
            "«bcdfg-2hjkm-34npq».",
            "كلمة السر: bcdfg-2hjkm-34npq",
            "Mot de passe : bcdfg-2hjkm-34npq",
            "bcd fg2\u{ad}hjk_m34.npq",
            "bcdfg\n2hjkm\n34npq",
        ] {
            assert_eq!(normalize_mailed(typed), "bcdfg-2hjkm-34npq", "{typed}");
        }
        assert_ne!(normalize_mailed("bcdfg-2hjkm-34npr"), "bcdfg-2hjkm-34npq");
    }

    #[test]
    fn a_password_is_the_same_with_what_a_keyboard_or_a_copy_adds_to_it() {
        for typed in [
            "café du matin",
            "cafe\u{301} du matin ",
            "\u{a0}café\u{a0}du matin\u{a0}",
            "\u{2068}café du matin\u{2069}",
        ] {
            assert_eq!(normalize(typed), "café du matin", "{typed:?}");
        }
        assert_ne!(normalize("Café  du matin"), "café du matin");
    }

    proptest! {
        #[test]
        fn any_text_is_checked_without_a_panic(password in ".*", identifier in ".*") {
            let check = PasswordCheck::of(&password, [identifier]);
            prop_assert_eq!(check.problem().is_none(), check.has_allowed_length() && !check.contains_identifier && !check.is_common);
            let once = normalize_mailed(&password);
            prop_assert_eq!(normalize_mailed(&once), once);
        }

        /// Property: however an identifier is spelt, a password around it is rejected.
        #[test]
        fn an_identifier_is_found_in_any_spelling(digits in "[0-9]{4,9}", gap in "[ .\u{2011}-]{0,2}") {
            let spelt: String = digits.chars().flat_map(|digit| std::iter::once(digit).chain(gap.chars())).collect();
            let password = format!("thé {spelt} menthe");
            prop_assert!(PasswordCheck::of(&password, [digits]).contains_identifier);
        }
    }
}
