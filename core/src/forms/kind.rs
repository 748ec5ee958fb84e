//! The kinds of field: how each is brought to its normal form, what may be wrong with it, and how it is sent (domain.md a).

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use super::days::{Beside, DayLimit};
use super::formats::{
    BankAccount, Phone, is_cin, is_email, is_pension, is_ppr, show_day, show_money, typed_day, typed_money,
};
use super::instalment::Instalment;
use super::problem::Bound;
use super::wishes::{wishes, wishes_problem};
use super::{Label, Problem};
use crate::language::{fold_digits, is_invisible};
use crate::portal::wire::Both;

/// A kind of field.
#[derive(Debug, Clone)]
pub(crate) enum FieldKindSpec {
    /// Payroll number, رقم التأجير: 4–9 digits, leading zeros kept; the portal decides.
    Ppr,
    /// National identity card: one or two letters, then digits; eight characters at most.
    Cin,
    /// Pension number: opaque, 3–14 of `0-9 A-Z / -`.
    Pension,
    Email,
    /// Crosses at send only.
    Secret {
        new: bool,
    },
    Robot,
    Choice {
        options: Vec<Choice>,
        drawn: Drawn,
    },
    /// Words, of so many characters at most.
    Text {
        longest: usize,
        lines: bool,
    },
    /// Whole centimes.
    Money {
        least: Option<i64>,
        most: Option<i64>,
    },
    Whole {
        least: Option<i64>,
        most: Option<i64>,
    },
    Day {
        earliest: Vec<DayLimit>,
        latest: Vec<DayLimit>,
    },
    Phone,
    /// RIB.
    BankAccount,
    /// Some of these, the most wanted first.
    Wishes {
        options: Vec<Choice>,
        least: usize,
        most: usize,
    },
    /// A box beside what is declared.
    Declaration {
        text: Both,
    },
    /// What is paid back each month: told, never asked.
    Instalment(Instalment),
}

/// One of several to choose from.
#[derive(Debug, Clone)]
pub(crate) struct Choice {
    pub(crate) key: String,
    pub(crate) label: Label,
}

/// How a choice is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Drawn {
    /// Boxes with a radio each; the first stands until another is chosen.
    BoxesFirstStands,
    /// Boxes with a radio each; none stands at first.
    Boxes,
    /// A list with a search.
    Search,
}

impl FieldKindSpec {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Ppr => "ppr",
            Self::Cin => "cin",
            Self::Pension => "pension",
            Self::Email => "email",
            Self::Choice { .. } => "choose",
            Self::Robot => "robot",
            Self::Money { .. } => "money",
            Self::Whole { .. } => "whole",
            Self::Day { .. } => "day",
            Self::Phone => "phone",
            Self::BankAccount => "bank-account",
            Self::Wishes { .. } => "too-few",
            Self::Declaration { .. } => "declare",
            Self::Secret { .. } | Self::Text { .. } | Self::Instalment(_) => "refused",
        }
    }

    /// What is said where nothing stands.
    pub(super) fn missing(&self) -> &'static str {
        match self {
            Self::Choice { .. } => "choose",
            Self::Declaration { .. } => "declare",
            _ => "required",
        }
    }

    pub(crate) fn first_option(&self) -> Option<&str> {
        match self {
            Self::Choice { options, drawn: Drawn::BoxesFirstStands } => {
                options.first().map(|option| option.key.as_str())
            }
            _ => None,
        }
    }

    /// Whether every option that a value names is among those there are. A kind without options takes any.
    pub(crate) fn offers(&self, value: &str) -> bool {
        match self {
            Self::Choice { options, .. } => has(options, value),
            Self::Wishes { options, .. } => wishes(value).all(|wish| has(options, wish)),
            _ => true,
        }
    }

    /// Whether the form keeps what is typed: all but secrets, the robot box, and what is only told.
    pub(crate) fn is_kept(&self) -> bool {
        !matches!(self, Self::Secret { .. } | Self::Robot | Self::Instalment(_))
    }

    /// What was typed, brought to the one form that is judged, kept and shown once the field is left.
    pub(crate) fn normal(&self, typed: &str) -> String {
        let folded =
            || fold_digits(typed).chars().filter(|c| !c.is_whitespace() && !is_invisible(*c)).collect();
        match self {
            // An address may be case-sensitive before its @ (RFC 5321 §2.4): only what cannot belong to it goes.
            Self::Ppr | Self::Email | Self::Whole { .. } => folded(),
            Self::Cin => {
                let bare: String = folded();
                bare.chars().filter(|c| !matches!(c, '-' | '.' | '_')).collect::<String>().to_uppercase()
            }
            Self::Pension => folded().to_uppercase(),
            // The portal wants NFC, and no marks that nobody sees (`Form`, kind `text`).
            Self::Text { lines, .. } => {
                let seen =
                    typed.nfc().filter(|c| (*lines && *c == '\n') || !(c.is_control() || is_invisible(*c)));
                seen.collect::<String>().trim().to_owned()
            }
            Self::Money { .. } => typed_money(typed).map_or_else(|| typed.trim().to_owned(), show_money),
            Self::Day { .. } => typed_day(typed).map_or_else(|| typed.trim().to_owned(), show_day),
            Self::Phone => Phone::typed(typed).map_or_else(|| typed.trim().to_owned(), |phone| phone.shown()),
            Self::BankAccount => {
                BankAccount::typed(typed).map_or_else(|| typed.trim().to_owned(), |account| account.shown())
            }
            Self::Secret { .. }
            | Self::Robot
            | Self::Choice { .. }
            | Self::Wishes { .. }
            | Self::Declaration { .. }
            | Self::Instalment(_) => typed.to_owned(),
        }
    }

    /// What is wrong with a value in its normal form.
    pub(crate) fn problem(&self, value: &str, beside: &Beside<'_>) -> Option<Problem> {
        let wrong = || Problem::named(self.name());
        if value.is_empty() && self.is_kept() {
            return Some(Problem::named(self.missing()));
        }
        match self {
            Self::Ppr => (!is_ppr(value)).then(wrong),
            Self::Cin => (!is_cin(value)).then(wrong),
            Self::Pension => (!is_pension(value)).then(wrong),
            Self::Email => (!is_email(value)).then(wrong),
            Self::Choice { .. } => (!self.offers(value)).then(wrong),
            Self::Phone => Phone::typed(value).is_none().then(wrong),
            Self::BankAccount => BankAccount::typed(value).is_none().then(wrong),
            Self::Declaration { .. } => (value != "true").then(wrong),
            Self::Text { longest, .. } => {
                let bound = Bound::Number(i64::try_from(*longest).unwrap_or(i64::MAX));
                (value.chars().count() > *longest).then(|| Problem::beyond("too-many-letters", bound))
            }
            Self::Money { least, most } => match typed_money(value) {
                None => Some(wrong()),
                Some(amount) => outside(amount, *least, *most, Bound::Money),
            },
            Self::Whole { least, most } => match whole(value) {
                None => Some(wrong()),
                Some(number) => outside(number, *least, *most, Bound::Number),
            },
            Self::Day { earliest, latest } => match typed_day(value) {
                None => Some(wrong()),
                Some(day) => beside.outside(day, earliest, latest),
            },
            Self::Wishes { least, most, .. } => wishes_problem(value, *least, *most)
                .or_else(|| (!self.offers(value)).then(|| Problem::named("choose"))),
            Self::Secret { .. } | Self::Robot | Self::Instalment(_) => None,
        }
    }

    /// How a value without problems is sent.
    pub(crate) fn sent(&self, value: &str) -> Value {
        match self {
            Self::Money { .. } => typed_money(value).into(),
            Self::Whole { .. } => whole(value).into(),
            Self::Day { .. } => typed_day(value).map(|day| day.to_string()).into(),
            Self::Phone => Phone::typed(value).map(|phone| phone.sent()).into(),
            Self::BankAccount => BankAccount::typed(value).map(|account| account.sent().to_owned()).into(),
            Self::Wishes { .. } => wishes(value).collect::<Vec<_>>().into(),
            Self::Declaration { .. } => (value == "true").into(),
            _ => value.into(),
        }
    }
}

fn has(options: &[Choice], key: &str) -> bool {
    options.iter().any(|option| option.key == key)
}

fn whole(value: &str) -> Option<i64> {
    value.bytes().all(|b| b.is_ascii_digit()).then(|| value.parse().ok()).flatten()
}

fn outside(value: i64, least: Option<i64>, most: Option<i64>, bound: fn(i64) -> Bound) -> Option<Problem> {
    let low = least.filter(|least| value < *least).map(|least| Problem::beyond("too-small", bound(least)));
    low.or_else(|| most.filter(|most| value > *most).map(|most| Problem::beyond("too-large", bound(most))))
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use jiff::civil::{Date, date};
    use proptest::prelude::*;

    use super::*;

    const TODAY: Date = date(2026, 11, 24);

    fn problem(kind: &FieldKindSpec, value: &str) -> Option<Problem> {
        kind.problem(value, &Beside { today: TODAY, values: &HashMap::new() })
    }

    fn day(earliest: &[DayLimit], latest: &[DayLimit]) -> FieldKindSpec {
        FieldKindSpec::Day { earliest: earliest.to_vec(), latest: latest.to_vec() }
    }

    #[test]
    fn a_member_types_as_they_please() {
        for (kind, typed, normal) in [
            (FieldKindSpec::Ppr, " ٠١٢٣٤٥٦\u{200f}", "0123456"),
            (FieldKindSpec::Cin, "ab 123-456", "AB123456"),
            (FieldKindSpec::Cin, "ab١٢٣٤٥٦", "AB123456"),
            (FieldKindSpec::Pension, "۸۸/4521", "88/4521"),
            (FieldKindSpec::Email, " membre.essai@finances.test ", "membre.essai@finances.test"),
            (FieldKindSpec::Money { least: None, most: None }, "١٥٠٠", "1.500"),
            (FieldKindSpec::Phone, "+212612345678", "06 12 34 56 78"),
            (day(&[], &[]), "1-2-27", "01/02/2027"),
        ] {
            assert_eq!(kind.normal(typed), normal);
            assert_eq!(problem(&kind, normal), None, "{normal}");
        }
    }

    #[test]
    fn what_cannot_be_right_is_said() {
        for (kind, value) in [
            (FieldKindSpec::Ppr, "123"),
            (FieldKindSpec::Ppr, "1234567890"),
            (FieldKindSpec::Ppr, "12A4567"),
            (FieldKindSpec::Cin, "123456"),
            (FieldKindSpec::Cin, "ABC12345"),
            (FieldKindSpec::Cin, "AB1234567"),
            (FieldKindSpec::Email, "membre.essai"),
            (FieldKindSpec::Email, "membre@finances"),
            (FieldKindSpec::Email, "membre@finances..test"),
            (FieldKindSpec::Email, "membre@مالية.test"),
            (FieldKindSpec::Money { least: None, most: None }, "beaucoup"),
            (FieldKindSpec::Whole { least: None, most: None }, "1,5"),
            (FieldKindSpec::Phone, "0912345678"),
            (FieldKindSpec::BankAccount, "123"),
            (day(&[], &[]), "31/02/2027"),
        ] {
            assert_eq!(problem(&kind, value), Some(Problem::named(kind.name())), "{value}");
        }
        assert_eq!(problem(&FieldKindSpec::Ppr, ""), Some(Problem::named("required")));
    }

    #[test]
    fn what_is_too_much_or_too_little_is_told_with_the_bound() {
        let amount = FieldKindSpec::Money { least: Some(10_000), most: Some(500_000) };
        assert_eq!(problem(&amount, "99,99"), Some(Problem::beyond("too-small", Bound::Money(10_000))));
        assert_eq!(problem(&amount, "5.000,01"), Some(Problem::beyond("too-large", Bound::Money(500_000))));
        assert_eq!(problem(&amount, "100"), None);
        let words = FieldKindSpec::Text { longest: 3, lines: false };
        assert_eq!(problem(&words, "منحة"), Some(Problem::beyond("too-many-letters", Bound::Number(3))));
    }

    #[test]
    fn what_is_sent_is_what_the_portal_reads() {
        let sent = |kind: FieldKindSpec, value: &str| kind.sent(value).to_string();
        assert_eq!(sent(FieldKindSpec::Money { least: None, most: None }, "1.500,50"), "150050");
        assert_eq!(sent(FieldKindSpec::Whole { least: None, most: None }, "12"), "12");
        assert_eq!(sent(day(&[], &[]), "25/11/2026"), r#""2026-11-25""#);
        assert_eq!(sent(FieldKindSpec::Phone, "06 12 34 56 78"), r#""+212612345678""#);
        let wishes = FieldKindSpec::Wishes { options: Vec::new(), least: 1, most: 3 };
        assert_eq!(sent(wishes, "ifrane,agadir"), r#"["ifrane","agadir"]"#);
    }

    proptest! {
        #[test]
        fn the_normal_form_is_its_own_normal_form(typed in ".*") {
            for kind in [
                FieldKindSpec::Ppr,
                FieldKindSpec::Cin,
                FieldKindSpec::Pension,
                FieldKindSpec::Email,
                FieldKindSpec::Money { least: None, most: None },
                FieldKindSpec::Phone,
                FieldKindSpec::BankAccount,
                FieldKindSpec::Text { longest: 10, lines: true },
                day(&[], &[]),
            ] {
                let once = kind.normal(&typed);
                prop_assert_eq!(kind.normal(&once), once);
            }
        }
    }
}
