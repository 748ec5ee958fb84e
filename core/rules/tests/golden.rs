//! Compares the rules with the tables of outside sources under `golden/`.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

#[path = "../golden/table.rs"]
mod table;

use fos_rules::bank_account::{AccountProblem, BankAccount};
use fos_rules::day::DayProblem;
use fos_rules::instalment::YearlyRate;
use fos_rules::money::MoneyProblem;
use fos_rules::password::{PasswordCheck, PasswordProblem};
use fos_rules::phone::Phone;
use fos_rules::text::{self, Lines};
use fos_rules::{day, email, fold, identifiers, integer, money};
use jiff::civil::{Date, date};
use table::rows;

#[test]
fn digits_have_the_value_that_unicode_gives_them() {
    for [digit, value] in rows(include_str!("../golden/digits.tsv")) {
        assert_eq!(fold::fold_digits(&digit), value);
    }
}

#[test]
fn amounts_are_written_as_cldr_writes_them_without_centimes_that_are_zero() {
    for [centimes, written] in rows(include_str!("../golden/amounts.tsv")) {
        let centimes: i64 = centimes.parse().unwrap();
        assert_eq!(money::parse(&written), Some(centimes), "{written}");
        assert_eq!(money::format(centimes), written.trim_end_matches(",00"));
    }
}

#[test]
fn published_accounts_are_accepted_and_agree_with_their_iban() {
    for [rib, start, source] in rows(include_str!("../golden/bank-accounts.tsv")) {
        let account = BankAccount::parse(&rib).unwrap_or_else(|| panic!("{source}"));
        // ISO 13616: the first four characters move to the end, letters count from 10, and the rest of 97 is 1.
        let iban = format!("{}{start}", account.digits());
        let rest = iban.chars().fold(0, |rest, c| {
            let value = c.to_digit(36).unwrap();
            (rest * if value < 10 { 10 } else { 100 } + value) % 97
        });
        assert_eq!(rest, 1, "{source}");
    }
}

#[test]
fn every_number_that_libphonenumber_knows_is_accepted() {
    for [first, last, kind] in rows(include_str!("../golden/phone-numbers.tsv")) {
        let (first, last): (u32, u32) = (first.parse().unwrap(), last.parse().unwrap());
        for start in first..=last {
            let phone = Phone::parse(&format!("0{start}00000")).unwrap_or_else(|| panic!("{start} {kind}"));
            assert_eq!(phone.e164(), format!("+212{start}00000"));
        }
    }
}

#[test]
fn instalments_are_exact_to_the_centime() {
    for [rate, centimes, months, instalment] in rows(include_str!("../golden/instalments.tsv")) {
        let monthly =
            YearlyRate::parse(&rate).unwrap().monthly(centimes.parse().unwrap(), months.parse().unwrap());
        assert_eq!(monthly, instalment.parse().ok(), "{centimes} at {rate} in {months}");
    }
}

#[test]
fn passwords_have_the_problem_of_the_table() {
    for [password, expected] in rows(include_str!("../golden/passwords.tsv")) {
        let check = PasswordCheck::of(&password, ["0123456", "AB123456", "88/4521", "membre.essai"]);
        let problem = check.problem().map(|problem| match problem {
            PasswordProblem::Empty => "required",
            PasswordProblem::TooShort { .. } => "too-short",
            PasswordProblem::TooLong => "too-long",
            PasswordProblem::ContainsIdentifier => "contains-identifier",
            PasswordProblem::Common => "common",
        });
        assert_eq!(problem.unwrap_or_default(), expected, "{password}");
    }
}

const TODAY: Date = date(2026, 11, 24);

/// Judges a typed value: the value on the wire, or the problem.
fn judge(kind: &str, typed: &str) -> Result<String, &'static str> {
    let checked = |value: String, is_valid: fn(&str) -> bool, problem| {
        if value.is_empty() {
            Err("required")
        } else if is_valid(&value) {
            Ok(value)
        } else {
            Err(problem)
        }
    };
    let day = |earliest, latest| match day::parse_within(typed, earliest, latest) {
        Ok(day) => match day::check_range(day, day, earliest, latest) {
            Ok(()) => Ok(day.to_string()),
            Err(day::OutOfRange::TooEarly(_)) => Err("too-early"),
            Err(day::OutOfRange::TooLate(_)) => Err("too-late"),
        },
        Err(DayProblem::Format) => Err("day"),
        Err(DayProblem::NoSuchDay(_)) => Err("no-such-day"),
        Err(DayProblem::Century) => Err("day-century"),
    };
    match kind {
        "money" => money::read(typed).map(|centimes| centimes.to_string()).map_err(|problem| match problem {
            MoneyProblem::Format => "money",
            MoneyProblem::Ambiguous { .. } => "money-ambiguous",
        }),
        "integer" => {
            integer::parse(&integer::normalize(typed)).map(|number| number.to_string()).ok_or("integer")
        }
        "birth" => day(None, Some(TODAY)),
        "stay" => day(Some(TODAY), Some(date(2027, 9, 15))),
        "rib" => BankAccount::read(typed).map(|account| account.digits().to_owned()).map_err(|problem| {
            match problem {
                AccountProblem::Format => "bank-account",
                AccountProblem::Key => "bank-account-key",
                AccountProblem::IbanCheck => "iban",
            }
        }),
        "phone" => Phone::parse(typed).map(|phone| phone.e164()).ok_or("phone"),
        "ppr" => checked(identifiers::normalize_ppr(typed), identifiers::is_ppr, "ppr"),
        "cin" => checked(identifiers::normalize_cin(typed), identifiers::is_cin, "cin"),
        "pension" => {
            checked(identifiers::normalize_pension_number(typed), identifiers::is_pension_number, "pension")
        }
        "email" => checked(email::normalize(typed), email::is_email, "email"),
        "text" => checked(text::normalize(typed, Lines::Single), |_| true, ""),
        "long-text" => checked(text::normalize(typed, Lines::Multiple), |_| true, ""),
        other => panic!("{other}"),
    }
}

#[test]
fn typed_values_are_judged_as_the_table_says() {
    let wrong: Vec<_> = rows(include_str!("../golden/typed-values.tsv"))
        .into_iter()
        .filter_map(|[kind, typed, expected]: [String; 3]| {
            let judged = judge(&kind, &typed).unwrap_or_else(|problem| format!("!{problem}"));
            (judged != expected).then_some((kind, typed, expected, judged))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
