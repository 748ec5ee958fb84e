//! Rules for a member's own password (guide step 7), shown at every keystroke. The portal applies the same ones.

use fos_rules::password::{PasswordCheck, PasswordProblem};

use crate::forms::{Problem, StrengthReport};

/// Length in characters from which a valid password counts as good, then as strong.
const GOOD_CHARS: usize = 15;
const STRONG_CHARS: usize = 20;

/// Rules in display order.
const RULES: &[&str] = &["rule-length", "rule-identifiers", "rule-common", "rule-new"];

/// Strings that identify the member.
#[derive(Debug, Clone, Default)]
pub(super) struct KnownIdentifiers {
    /// PPR, CIN, pension number and the local part of the address.
    pub(super) identifiers: Vec<String>,
}

impl KnownIdentifiers {
    /// Returns the problem of a complete password in NFC.
    pub(super) fn problem(&self, password: &str, is_old: bool) -> Option<Problem> {
        let problem = PasswordCheck::of(password, &self.identifiers).problem().map(|problem| match problem {
            PasswordProblem::Empty => Problem::new("required"),
            PasswordProblem::TooShort { missing } => Problem::too_short(missing),
            PasswordProblem::TooLong => Problem::new("too-long"),
            PasswordProblem::ContainsIdentifier => Problem::new("contains-identifier"),
            PasswordProblem::Common => Problem::new("common"),
        });
        problem.or_else(|| is_old.then_some(Problem::new("same-as-before")))
    }

    /// Returns the strength of a password in NFC while it is typed.
    pub(super) fn strength(&self, password: &str, is_old: bool) -> StrengthReport {
        if password.is_empty() {
            return StrengthReport { rules: RULES, met: 0, strength: None };
        }
        let check = PasswordCheck::of(password, &self.identifiers);
        let satisfied = [check.has_allowed_length(), !check.contains_identifier, !check.is_common, !is_old];
        let met = (0..).zip(satisfied).fold(0, |met, (at, satisfied)| met | u8::from(satisfied) << at);
        let strength = match check.length {
            _ if satisfied.contains(&false) => 1,
            STRONG_CHARS.. => 4,
            GOOD_CHARS.. => 3,
            _ => 2,
        };
        StrengthReport { rules: RULES, met, strength: Some(strength) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::tests::table;

    /// Passwords with their problem, which the portal's tests read too.
    const PASSWORDS: &str = include_str!("../../rules/golden/passwords.tsv");

    fn known() -> KnownIdentifiers {
        let identifiers = ["0123456", "AB123456", "88/4521", "membre.essai"];
        KnownIdentifiers { identifiers: identifiers.map(str::to_owned).to_vec() }
    }

    #[test]
    fn a_password_that_the_portal_refuses_is_red_while_it_is_typed() {
        for [password, expected] in table::rows(PASSWORDS) {
            let strength = known().strength(&password, false);
            let problem = known().problem(&password, false);
            assert_eq!(problem.is_none(), strength.met == 0b1111, "{password}");
            assert_eq!(problem.is_none(), expected.is_empty(), "{password}");
            for name in ["contains-identifier", "common"] {
                assert_eq!(problem == Some(Problem::new(name)), expected == name, "{password}");
            }
        }
        assert_eq!(known().problem("قصيرة", false), Some(Problem::too_short(7)));
        assert_eq!(known().problem(&"é".repeat(129), false), Some(Problem::new("too-long")));
    }

    #[test]
    fn the_replaced_password_is_refused() {
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
