//! Rules for a member's own password (guide step 7), checked at every keystroke. The portal has the last word.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::forms::{Problem, StrengthReport};

/// Minimum length in characters.
const MIN_CHARS: usize = 12;
const MAX_CHARS: usize = 128;
/// Length in characters from which a valid password counts as good, then as strong.
const GOOD_CHARS: usize = 15;
const STRONG_CHARS: usize = 20;

/// Rules in display order.
const RULES: &[&str] = &["rule-length", "rule-identifiers", "rule-common", "rule-new"];

/// The commonest passwords and word stems; lower case, one in a line.
const COMMON: &str = include_str!("../../data/common-passwords.txt");

static COMMONEST: LazyLock<HashSet<&str>> = LazyLock::new(|| COMMON.lines().collect());

/// Strings that identify the member.
#[derive(Debug, Clone, Default)]
pub(super) struct KnownIdentifiers {
    /// PPR, CIN, pension number and the local part of the address, in lower case.
    pub(super) identifiers: Vec<String>,
}

impl KnownIdentifiers {
    /// Returns the problem of a complete password.
    pub(super) fn problem(&self, password: &str, is_old: bool) -> Option<Problem> {
        let length = password.chars().count();
        if length < MIN_CHARS {
            Some(Problem::too_short(MIN_CHARS - length))
        } else if length > MAX_CHARS {
            Some(Problem::new("too-long"))
        } else if self.contains_identifier(password) {
            Some(Problem::new("contains-identifier"))
        } else if is_common(password) {
            Some(Problem::new("common"))
        } else {
            is_old.then_some(Problem::new("same-as-before"))
        }
    }

    /// Returns the strength of a password while it is typed.
    pub(super) fn strength(&self, password: &str, is_old: bool) -> StrengthReport {
        let length = password.chars().count();
        if length == 0 {
            return StrengthReport { rules: RULES, met: 0, strength: None };
        }
        let satisfied = [
            (MIN_CHARS..=MAX_CHARS).contains(&length),
            !self.contains_identifier(password),
            !is_common(password),
            !is_old,
        ];
        let met = (0..).zip(satisfied).fold(0, |met, (at, satisfied)| met | u8::from(satisfied) << at);
        let strength = match length {
            _ if satisfied.contains(&false) => 1,
            STRONG_CHARS.. => 4,
            GOOD_CHARS.. => 3,
            _ => 2,
        };
        StrengthReport { rules: RULES, met, strength: Some(strength) }
    }

    fn contains_identifier(&self, password: &str) -> bool {
        let lower = password.to_lowercase();
        self.identifiers.iter().any(|identifier| lower.contains(identifier.as_str()))
    }
}

/// Returns true for a common password, one padded with digits or signs, a repeated short unit, or a sequence.
fn is_common(password: &str) -> bool {
    let lower = password.to_lowercase();
    let core = lower.trim_matches(|c: char| !c.is_alphabetic());
    COMMONEST.contains(lower.as_str())
        || !core.is_empty() && COMMONEST.contains(core)
        || is_repetition(&lower)
        || is_sequence(&lower)
}

fn is_repetition(password: &str) -> bool {
    const LONGEST_UNIT: usize = 4;
    let letters: Vec<char> = password.chars().collect();
    (1..=LONGEST_UNIT)
        .any(|unit| letters.len() > unit && (unit..letters.len()).all(|at| letters[at] == letters[at - unit]))
}

/// Returns true for sequences such as «abcdefghijkl» and «987654321098»; 0 follows 9.
fn is_sequence(password: &str) -> bool {
    let next = |from: char, to: char| match (from, to) {
        ('9', '0') => true,
        _ => u32::from(from) + 1 == u32::from(to),
    };
    let letters: Vec<char> = password.chars().collect();
    let pairs = || letters.windows(2).map(|pair| (pair[0], pair[1]));
    letters.len() > 2
        && (pairs().all(|(from, to)| next(from, to)) || pairs().all(|(from, to)| next(to, from)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> KnownIdentifiers {
        KnownIdentifiers {
            identifiers: vec!["0123456".to_owned(), "ab123456".to_owned(), "membre.essai".to_owned()],
        }
    }

    fn problem(password: &str) -> Option<Problem> {
        known().problem(password, false)
    }

    #[test]
    fn a_passphrase_is_accepted() {
        for password in ["قهوة-الصباح-2026", "thé à la menthe 88", "نخلة تمر وزيتونة 7"]
        {
            assert_eq!(problem(password), None, "{password}");
        }
    }

    #[test]
    fn a_guessable_password_is_rejected() {
        assert_eq!(problem("قصيرة"), Some(Problem::too_short(7)));
        assert_eq!(problem(&"é".repeat(129)), Some(Problem::new("too-long")));
        for password in ["moi-0123456-moi", "carte AB123456!", "Membre.Essai.FOS"] {
            assert_eq!(problem(password), Some(Problem::new("contains-identifier")), "{password}");
        }
        for password in [
            "123456789012",
            "Password1234",
            "azertyuiop12",
            "motdepasse!!2026",
            "aaaaaaaaaaaa",
            "abcabcabcabca",
            "987654321098",
        ] {
            assert_eq!(problem(password), Some(Problem::new("common")), "{password}");
        }
        assert_eq!(known().problem("نخلة تمر وزيتونة 7", true), Some(Problem::new("same-as-before")));
    }

    #[test]
    fn each_rule_is_checked_while_typing() {
        let met = |typed: &str| known().strength(typed, false).met;
        assert_eq!(met(""), 0b0000);
        assert_eq!(met("thé"), 0b1110, "too short");
        assert_eq!(met("thé 0123456 menthe"), 0b1101, "holds the payroll number");
        assert_eq!(met("thé à la menthe"), 0b1111);
        assert_eq!(known().strength("thé à la men", false).strength, Some(2));
        assert_eq!(known().strength("thé à la menthe verte", false).strength, Some(4));
    }
}
