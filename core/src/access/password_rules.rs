//! What a password of the member's own must keep to (guide step 7; the portal has the same rules and the last word),
//! said while it is typed.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::forms::{Problem, Weighed};

/// Characters.
const SHORTEST: usize = 12;
const LONGEST: usize = 128;
/// From these lengths on, a password that keeps the rules is called good, then strong.
const GOOD: usize = 15;
const STRONG: usize = 20;

/// In the order in which they are shown.
const RULES: &[&str] = &["rule-length", "rule-identifiers", "rule-common", "rule-new"];

/// The commonest passwords and the words most are stretched from; lower case, one a line.
const COMMON: &str = include_str!("../../data/common-passwords.txt");

static COMMONEST: LazyLock<HashSet<&str>> = LazyLock::new(|| COMMON.lines().collect());

/// What is known of the member that types.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    /// PPR, CIN, pension number, the address before its @: in lower case.
    pub(super) identifiers: Vec<String>,
}

impl Known {
    /// What is wrong with a whole password.
    pub(super) fn problem(&self, password: &str, is_old: bool) -> Option<Problem> {
        let length = password.chars().count();
        if length < SHORTEST {
            Some(Problem::too_short(SHORTEST - length))
        } else if length > LONGEST {
            Some(Problem::named("too-long"))
        } else if self.holds_identifier(password) {
            Some(Problem::named("contains-identifier"))
        } else if is_common(password) {
            Some(Problem::named("common"))
        } else {
            is_old.then_some(Problem::named("same-as-before"))
        }
    }

    /// What it is worth so far.
    pub(super) fn weigh(&self, password: &str, is_old: bool) -> Weighed {
        let length = password.chars().count();
        if length == 0 {
            return Weighed { rules: RULES, met: 0, strength: None };
        }
        let kept = [
            (SHORTEST..=LONGEST).contains(&length),
            !self.holds_identifier(password),
            !is_common(password),
            !is_old,
        ];
        let met = (0..).zip(kept).fold(0, |met, (at, kept)| met | u8::from(kept) << at);
        let strength = match length {
            _ if kept.contains(&false) => 1,
            STRONG.. => 4,
            GOOD.. => 3,
            _ => 2,
        };
        Weighed { rules: RULES, met, strength: Some(strength) }
    }

    fn holds_identifier(&self, password: &str) -> bool {
        let lower = password.to_lowercase();
        self.identifiers.iter().any(|identifier| lower.contains(identifier.as_str()))
    }
}

/// One of the commonest, one of those with digits and signs around it, one short run repeated, or a row of neighbours.
fn is_common(password: &str) -> bool {
    let lower = password.to_lowercase();
    let core = lower.trim_matches(|c: char| !c.is_alphabetic());
    COMMONEST.contains(lower.as_str())
        || !core.is_empty() && COMMONEST.contains(core)
        || is_repeated(&lower)
        || is_row(&lower)
}

fn is_repeated(password: &str) -> bool {
    const LONGEST_UNIT: usize = 4;
    let letters: Vec<char> = password.chars().collect();
    (1..=LONGEST_UNIT)
        .any(|unit| letters.len() > unit && (unit..letters.len()).all(|at| letters[at] == letters[at - unit]))
}

/// «abcdefghijkl», «987654321098»: 0 follows 9.
fn is_row(password: &str) -> bool {
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

    fn known() -> Known {
        Known { identifiers: vec!["0123456".to_owned(), "ab123456".to_owned(), "membre.essai".to_owned()] }
    }

    fn problem(password: &str) -> Option<Problem> {
        known().problem(password, false)
    }

    #[test]
    fn a_sentence_of_ones_own_is_taken() {
        for password in ["قهوة-الصباح-2026", "thé à la menthe 88", "نخلة تمر وزيتونة 7"]
        {
            assert_eq!(problem(password), None, "{password}");
        }
    }

    #[test]
    fn what_anyone_would_guess_is_not() {
        assert_eq!(problem("قصيرة"), Some(Problem::too_short(7)));
        assert_eq!(problem(&"é".repeat(129)), Some(Problem::named("too-long")));
        for password in ["moi-0123456-moi", "carte AB123456!", "Membre.Essai.FOS"] {
            assert_eq!(problem(password), Some(Problem::named("contains-identifier")), "{password}");
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
            assert_eq!(problem(password), Some(Problem::named("common")), "{password}");
        }
        assert_eq!(known().problem("نخلة تمر وزيتونة 7", true), Some(Problem::named("same-as-before")));
    }

    #[test]
    fn rules_are_kept_one_by_one_while_typing() {
        let met = |typed: &str| known().weigh(typed, false).met;
        assert_eq!(met(""), 0b0000);
        assert_eq!(met("thé"), 0b1110, "too short");
        assert_eq!(met("thé 0123456 menthe"), 0b1101, "holds the payroll number");
        assert_eq!(met("thé à la menthe"), 0b1111);
        assert_eq!(known().weigh("thé à la men", false).strength, Some(2));
        assert_eq!(known().weigh("thé à la menthe verte", false).strength, Some(4));
    }
}
