//! Rules for a member's own password (guide step 7; NIST SP 800-63B §5.1.1.2): long enough, without the member's own
//! identifiers, not a common one. Equality with the replaced password is compared by each side on its own hash.

use std::cmp::Ordering;

use unicode_normalization::UnicodeNormalization;

use crate::fold::{fold, fold_digits, trim};

/// Minimum number of characters.
pub const MIN_LENGTH: usize = 12;
/// Maximum number of characters.
pub const MAX_LENGTH: usize = 128;

/// Shorter identifiers occur in ordinary words.
const MIN_IDENTIFIER_LENGTH: usize = 4;

/// The commonest passwords and word stems; lower case, one in a line, in the order of their bytes.
const COMMON: &str = include_str!("../data/common-passwords.txt");

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
        Self {
            length: password.chars().count(),
            contains_identifier: contains_identifier(password, identifiers),
            is_common: is_common(password),
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

/// Normalizes a password for comparison: NFC, never folded (RFC 8265 §4.2.2).
pub fn normalize(password: &str) -> String {
    password.nfc().collect()
}

/// Normalizes a mailed password: NFC, without the spaces and marks around it that come along when it is copied out of an
/// email.
pub fn normalize_mailed(password: &str) -> String {
    normalize(trim(password))
}

/// Finds an identifier in any spelling: other digits or case, with spaces, dots or dashes.
fn contains_identifier<T: AsRef<str>>(password: &str, identifiers: impl IntoIterator<Item = T>) -> bool {
    let password = alphanumeric(password);
    identifiers.into_iter().map(|identifier| alphanumeric(identifier.as_ref())).any(|identifier| {
        identifier.chars().count() >= MIN_IDENTIFIER_LENGTH && password.contains(&identifier)
    })
}

fn alphanumeric(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Returns true for a line of [`COMMON`]. Searched as it is: a set of its lines would weigh three times as much in memory.
fn is_listed(word: &str) -> bool {
    let mut rest = COMMON;
    while !rest.is_empty() {
        // The line that holds the middle.
        let middle = rest.floor_char_boundary(rest.len() / 2);
        let start = rest[..middle].rfind('\n').map_or(0, |end| end + 1);
        let end = rest[start..].find('\n').map_or(rest.len(), |length| start + length);
        match word.cmp(&rest[start..end]) {
            Ordering::Equal => return true,
            Ordering::Less => rest = &rest[..start],
            Ordering::Greater => rest = rest.get(end + 1..).unwrap_or_default(),
        }
    }
    false
}

/// Returns true for a common password, one padded with digits or signs, a repetition, or a sequence.
fn is_common(password: &str) -> bool {
    let lower = fold_digits(password).to_lowercase();
    let word = lower.trim_matches(|c: char| !c.is_alphabetic());
    is_listed(&lower) || is_listed(word) || is_repetition(&lower) || is_sequence(&lower)
}

/// Returns true for one unit repeated throughout, the last time perhaps in part: «aaaa…», «123412341234».
fn is_repetition(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    (1..=chars.len() / 2).any(|unit| chars.iter().zip(&chars[unit..]).all(|(one, next)| one == next))
}

/// Returns true for sequences such as «abcdefghijkl» and «987654321098»; 0 follows 9.
fn is_sequence(text: &str) -> bool {
    let follows = |from: char, to: char| match (from, to) {
        ('9', '0') => true,
        _ => u32::from(from) + 1 == u32::from(to),
    };
    let chars: Vec<char> = text.chars().collect();
    let pairs = || chars.windows(2).map(|pair| (pair[0], pair[1]));
    chars.len() > 2
        && (pairs().all(|(from, to)| follows(from, to)) || pairs().all(|(from, to)| follows(to, from)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_password_of_the_list_is_common_in_any_case() {
        assert!(COMMON.lines().all(|password| is_common(&password.to_uppercase())));
        assert!(COMMON.lines().is_sorted(), "the search halves it");
        assert!(!is_listed("") && !is_listed("a") && !is_listed("zzzzz") && !is_listed("passwore"));
    }

    #[test]
    fn a_short_identifier_may_occur_in_a_password() {
        assert_eq!(PasswordCheck::of("calibration douce", ["ali", ""]).problem(), None);
    }

    #[test]
    fn a_mailed_password_is_read_with_the_marks_around_it() {
        assert_eq!(normalize_mailed("\u{2068} bcdfg-2hjkm \u{2069}\n"), "bcdfg-2hjkm");
        assert_eq!(normalize(" e\u{301} "), " é ", "a password of one's own is never trimmed");
    }

    proptest! {
        #[test]
        fn any_text_is_checked_without_a_panic(password in ".*", identifier in ".*") {
            let check = PasswordCheck::of(&password, [identifier]);
            prop_assert_eq!(check.problem().is_none(), check.has_allowed_length() && !check.contains_identifier && !check.is_common);
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
