//! Kinds of field: normalization, validation, and the value on the wire.

use fos_rules::bank_account::{self, AccountProblem, BankAccount};
use fos_rules::day::DayProblem;
use fos_rules::fold::trim;
use fos_rules::integer::{self, OutOfRange};
use fos_rules::money::MoneyProblem;
use fos_rules::phone::{self, Phone};
use fos_rules::text::{self, Lines};
use fos_rules::{day, email, identifiers, money};
use fos_wire::LocalizedText;

use super::day_limits::{DayLimit, ValidationContext};
use super::instalment::Instalment;
use super::problem::Limit;
use super::wishes::{validate_wishes, wishes};
use super::{Label, Problem};

/// A kind of field.
#[derive(Debug, Clone)]
pub(crate) enum FieldKindSpec {
    /// PPR (payroll number, رقم التأجير): 4–9 digits, leading zeros kept.
    Ppr,
    /// CIN (national identity card): one or two letters, then digits; at most eight characters.
    Cin,
    /// Pension number: opaque, 3–14 of `0-9 A-Z / -`.
    Pension,
    Email,
    /// A secret, which crosses at submission only.
    Secret {
        new: bool,
    },
    Captcha,
    Choice {
        options: Vec<Choice>,
        style: ChoiceStyle,
    },
    /// Text of at most so many characters.
    Text {
        max_length: u32,
        multiline: bool,
    },
    /// An amount in centimes.
    Money {
        min: Option<i64>,
        max: Option<i64>,
    },
    Integer {
        min: Option<i64>,
        max: Option<i64>,
        /// Words that may be typed after it.
        units: Vec<String>,
    },
    Day {
        earliest: Vec<DayLimit>,
        latest: Vec<DayLimit>,
    },
    Phone,
    /// RIB.
    BankAccount,
    /// Ranked options, the most wanted first.
    Wishes {
        options: Vec<Choice>,
        min: usize,
        max: usize,
    },
    /// A box beside a declaration.
    Declaration {
        text: LocalizedText,
    },
    /// Monthly instalment: computed, never entered.
    Instalment(Instalment),
}

/// An option.
#[derive(Debug, Clone)]
pub(crate) struct Choice {
    pub(crate) key: String,
    pub(crate) label: Label,
}

/// Display of a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ChoiceStyle {
    /// Radio buttons, the first selected from the start.
    RadioFirstSelected,
    /// Radio buttons, none selected at first.
    Radio,
    /// A searchable list.
    Search,
}

impl FieldKindSpec {
    /// Returns the problem of a number of which digits are missing or too many, if they can be counted.
    fn digits_problem(&self, missing: Option<i64>) -> Problem {
        let missing = missing.filter(|missing| *missing != 0);
        missing.map_or(Problem::new(self.problem_name()), |missing| {
            Problem::with_limit(self.problem_name(), Limit::MissingDigits(missing))
        })
    }

    pub(super) fn problem_name(&self) -> &'static str {
        match self {
            Self::Ppr => "ppr",
            Self::Cin => "cin",
            Self::Pension => "pension",
            Self::Email => "email",
            Self::Choice { .. } => "choose",
            Self::Captcha => "captcha",
            Self::Money { .. } => "money",
            Self::Integer { .. } => "integer",
            Self::Day { .. } => "day",
            Self::Phone => "phone",
            Self::BankAccount => "bank-account",
            Self::Wishes { .. } => "too-few",
            Self::Declaration { .. } => "declare",
            Self::Secret { .. } | Self::Text { .. } | Self::Instalment(_) => "refused",
        }
    }

    /// Returns the name of the problem of an empty value.
    pub(super) fn missing_problem_name(&self) -> &'static str {
        match self {
            Self::Choice { options, .. } if options.is_empty() => "no-person",
            Self::Choice { .. } => "choose",
            Self::Declaration { .. } => "declare",
            _ => "required",
        }
    }

    pub(crate) fn first_option(&self) -> Option<&str> {
        match self {
            Self::Choice { options, style: ChoiceStyle::RadioFirstSelected } => {
                options.first().map(|option| option.key.as_str())
            }
            _ => None,
        }
    }

    /// Returns true if every option named in the value exists. A kind without options accepts any value.
    pub(crate) fn offers(&self, value: &str) -> bool {
        match self {
            Self::Choice { options, .. } => contains(options, value),
            Self::Wishes { options, .. } => wishes(value).all(|wish| contains(options, wish)),
            _ => true,
        }
    }

    /// Returns true if input is stored: all but secrets, the captcha and computed values.
    pub(crate) fn is_stored(&self) -> bool {
        !matches!(self, Self::Secret { .. } | Self::Captcha | Self::Instalment(_))
    }

    /// Returns the normalized form of the input, which is validated, stored and shown once the field loses the focus. The
    /// context has the limits by which two digits of a year are read.
    pub(crate) fn normalize(&self, input: &str, context: &ValidationContext<'_>) -> String {
        let as_typed = || trim(input).to_owned();
        match self {
            Self::Ppr => identifiers::normalize_ppr(input),
            Self::Cin => identifiers::normalize_cin(input),
            Self::Pension => identifiers::normalize_pension_number(input),
            Self::Email => email::normalize(input),
            Self::Integer { units, .. } => {
                let units: Vec<&str> = units.iter().map(String::as_str).collect();
                integer::normalize(integer::without_unit(input, &units))
            }
            Self::Text { multiline, .. } => text::normalize(input, lines(*multiline)),
            Self::Money { .. } => money::parse(input).map_or_else(as_typed, money::format),
            Self::Day { earliest, latest } => {
                context.read_day(input, earliest, latest).map_or_else(|_| as_typed(), day::format)
            }
            Self::Phone => Phone::parse(input).map_or_else(as_typed, |phone| phone.national()),
            Self::BankAccount => BankAccount::parse(input).map_or_else(as_typed, |account| account.grouped()),
            Self::Secret { .. }
            | Self::Captcha
            | Self::Choice { .. }
            | Self::Wishes { .. }
            | Self::Declaration { .. }
            | Self::Instalment(_) => input.to_owned(),
        }
    }

    /// Returns the problem of a normalized value.
    pub(crate) fn validate(&self, value: &str, context: &ValidationContext<'_>) -> Option<Problem> {
        let problem_of_kind = || Problem::new(self.problem_name());
        if value.is_empty() && self.is_stored() {
            return Some(Problem::new(self.missing_problem_name()));
        }
        match self {
            // The two numbers of the same page may be in each other's place.
            Self::Ppr if identifiers::is_cin(&identifiers::normalize_cin(value)) => {
                Some(Problem::with_limit("ppr", Limit::Swapped))
            }
            Self::Ppr => (!identifiers::is_ppr(value)).then(problem_of_kind),
            Self::Cin if identifiers::is_ppr(value) => Some(Problem::with_limit("cin", Limit::Swapped)),
            Self::Cin => (!identifiers::is_cin(value)).then(problem_of_kind),
            Self::Pension => (!identifiers::is_pension_number(value)).then(problem_of_kind),
            Self::Email => (!email::is_email(value)).then(problem_of_kind),
            Self::Choice { .. } => (!self.offers(value)).then(problem_of_kind),
            Self::Phone if Phone::parse(value).is_some() => None,
            Self::Phone => Some(self.digits_problem(phone::missing_digits(value))),
            Self::BankAccount => match BankAccount::read(value).err()? {
                AccountProblem::Format => Some(self.digits_problem(bank_account::missing_digits(value))),
                AccountProblem::Key => Some(Problem::new("bank-account-key")),
                AccountProblem::IbanCheck => Some(Problem::new("iban")),
            },
            Self::Declaration { .. } => (value != "true").then(problem_of_kind),
            Self::Text { max_length, .. } => {
                let limit = Limit::Number(i64::from(*max_length));
                (!text::fits(value, *max_length)).then(|| Problem::with_limit("too-many-letters", limit))
            }
            Self::Money { min, max } => match money::read(value) {
                Ok(amount) => check_range(amount, *min, *max, Limit::Money),
                Err(MoneyProblem::Format) => Some(problem_of_kind()),
                Err(MoneyProblem::Ambiguous { decimal, grouped }) => {
                    Some(Problem::with_limit("money-ambiguous", Limit::Readings(decimal, grouped)))
                }
            },
            Self::Integer { min, max, .. } => match integer::parse(value) {
                None => Some(problem_of_kind()),
                Some(number) => check_range(number, *min, *max, Limit::Number),
            },
            Self::Day { earliest, latest } => match context.read_day(value, earliest, latest) {
                Ok(day) => context.check_range(day, earliest, latest),
                Err(DayProblem::Format) => Some(problem_of_kind()),
                Err(DayProblem::Century) => Some(Problem::new("day-century")),
                Err(DayProblem::NoSuchDay(day)) => {
                    Some(Problem::with_limit("no-such-day", Limit::TypedDay(day)))
                }
            },
            Self::Wishes { min, max, .. } => validate_wishes(value, *min, *max)
                .or_else(|| (!self.offers(value)).then(|| Problem::new("choose"))),
            Self::Secret { .. } | Self::Captcha | Self::Instalment(_) => None,
        }
    }
}

fn contains(options: &[Choice], key: &str) -> bool {
    options.iter().any(|option| option.key == key)
}

fn lines(multiline: bool) -> Lines {
    if multiline { Lines::Multiple } else { Lines::Single }
}

fn check_range(value: i64, min: Option<i64>, max: Option<i64>, limit: fn(i64) -> Limit) -> Option<Problem> {
    Some(match integer::check_range(value, min, max).err()? {
        OutOfRange::TooSmall(min) => Problem::with_limit("too-small", limit(min)),
        OutOfRange::TooLarge(max) => Problem::with_limit("too-large", limit(max)),
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use jiff::civil::{Date, date};

    use super::*;

    const TODAY: Date = date(2026, 11, 24);

    fn problem(kind: &FieldKindSpec, value: &str) -> Option<Problem> {
        kind.validate(value, &ValidationContext { today: TODAY, values: &HashMap::new() })
    }

    fn normalize(kind: &FieldKindSpec, input: &str) -> String {
        kind.normalize(input, &ValidationContext { today: TODAY, values: &HashMap::new() })
    }

    fn day(earliest: &[DayLimit], latest: &[DayLimit]) -> FieldKindSpec {
        FieldKindSpec::Day { earliest: earliest.to_vec(), latest: latest.to_vec() }
    }

    #[test]
    fn input_is_normalized_however_it_is_typed() {
        for (kind, input, normal) in [
            (FieldKindSpec::Ppr, " ٠١٢٣٤٥٦\u{200f}", "0123456"),
            (FieldKindSpec::Cin, "ab 123-456", "AB123456"),
            (FieldKindSpec::Cin, "ab١٢٣٤٥٦", "AB123456"),
            (FieldKindSpec::Pension, "۸۸/4521", "88/4521"),
            (FieldKindSpec::Email, " membre.essai@finances.test ", "membre.essai@finances.test"),
            (FieldKindSpec::Money { min: None, max: None }, "١٥٠٠", "1.500"),
            (FieldKindSpec::Phone, "+212612345678", "06 12 34 56 78"),
            (day(&[], &[]), "1-2-2027", "01/02/2027"),
        ] {
            assert_eq!(normalize(&kind, input), normal);
            assert_eq!(problem(&kind, normal), None, "{normal}");
        }
    }

    #[test]
    fn an_invalid_value_has_the_problem_of_its_kind() {
        for (kind, value) in [
            (FieldKindSpec::Ppr, "123"),
            (FieldKindSpec::Ppr, "1234567890"),
            (FieldKindSpec::Ppr, "12A4567"),
            (FieldKindSpec::Cin, "123"),
            (FieldKindSpec::Cin, "ABC12345"),
            (FieldKindSpec::Cin, "AB1234567"),
            (FieldKindSpec::Email, "membre.essai"),
            (FieldKindSpec::Email, "membre@finances"),
            (FieldKindSpec::Email, "membre@finances..test"),
            (FieldKindSpec::Email, "membre@مالية.test"),
            (FieldKindSpec::Money { min: None, max: None }, "beaucoup"),
            (FieldKindSpec::Integer { min: None, max: None, units: Vec::new() }, "1,5"),
            (FieldKindSpec::Phone, "0912345678"),
            (FieldKindSpec::BankAccount, "compte"),
            (day(&[], &[]), "25/13/2027"),
        ] {
            assert_eq!(problem(&kind, value), Some(Problem::new(kind.problem_name())), "{value}");
        }
        assert_eq!(problem(&FieldKindSpec::Ppr, ""), Some(Problem::new("required")));
    }

    #[test]
    fn digits_that_are_missing_or_too_many_are_counted() {
        let missing = |name, digits| Some(Problem::with_limit(name, Limit::MissingDigits(digits)));
        let account = FieldKindSpec::BankAccount;
        assert_eq!(problem(&account, "011 780 0000123456789012 9"), missing("bank-account", 1));
        assert_eq!(problem(&account, "011 780 0000123456789012 966"), missing("bank-account", -1));
        assert_eq!(problem(&FieldKindSpec::Phone, "06 12 34 56"), missing("phone", 2));
        assert_eq!(problem(&FieldKindSpec::Phone, "06 12 34 56 789"), missing("phone", -1));
    }

    #[test]
    fn numbers_in_each_others_place_are_noticed() {
        let swapped = |name| Some(Problem::with_limit(name, Limit::Swapped));
        assert_eq!(problem(&FieldKindSpec::Ppr, "AB123456"), swapped("ppr"));
        assert_eq!(problem(&FieldKindSpec::Cin, "1234567"), swapped("cin"));
    }

    #[test]
    fn the_unit_typed_after_a_number_is_removed() {
        let units = vec!["شهرًا".to_owned(), "mois".to_owned()];
        assert_eq!(normalize(&FieldKindSpec::Integer { min: None, max: None, units }, "24 mois"), "24");
    }

    #[test]
    fn a_value_out_of_range_names_the_limit() {
        let amount = FieldKindSpec::Money { min: Some(10_000), max: Some(500_000) };
        assert_eq!(problem(&amount, "99,99"), Some(Problem::with_limit("too-small", Limit::Money(10_000))));
        assert_eq!(
            problem(&amount, "5.000,01"),
            Some(Problem::with_limit("too-large", Limit::Money(500_000)))
        );
        assert_eq!(problem(&amount, "100"), None);
        let kind = FieldKindSpec::Text { max_length: 3, multiline: false };
        assert_eq!(problem(&kind, "منحة"), Some(Problem::with_limit("too-many-letters", Limit::Number(3))));
    }
}
