//! Compares the rules with the tables of outside sources under `golden/`.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use fos_rules::bank_account::BankAccount;
use fos_rules::instalment::YearlyRate;
use fos_rules::password::{PasswordCheck, PasswordProblem};
use fos_rules::phone::Phone;
use fos_rules::{fold, money};

/// Returns the rows of a table: columns separated by tabs, below a line that names the source.
fn rows<const COLUMNS: usize>(table: &'static str) -> Vec<[&'static str; COLUMNS]> {
    let (source, rows) = table.split_once('\n').unwrap();
    assert!(source.starts_with("# "), "{source}");
    rows.lines().map(|row| row.split('\t').collect::<Vec<_>>().try_into().unwrap()).collect()
}

#[test]
fn digits_have_the_value_that_unicode_gives_them() {
    for [digit, value] in rows(include_str!("../golden/digits.tsv")) {
        assert_eq!(fold::fold_digits(digit), value);
    }
}

#[test]
fn amounts_are_written_as_cldr_writes_them_without_centimes_that_are_zero() {
    for [centimes, written] in rows(include_str!("../golden/amounts.tsv")) {
        let centimes: i64 = centimes.parse().unwrap();
        assert_eq!(money::parse(written), Some(centimes), "{written}");
        assert_eq!(money::format(centimes), written.trim_end_matches(",00"));
    }
}

#[test]
fn published_accounts_are_accepted_and_agree_with_their_iban() {
    for [rib, start, source] in rows(include_str!("../golden/bank-accounts.tsv")) {
        let account = BankAccount::parse(rib).unwrap_or_else(|| panic!("{source}"));
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
            YearlyRate::parse(rate).unwrap().monthly(centimes.parse().unwrap(), months.parse().unwrap());
        assert_eq!(monthly, instalment.parse().ok(), "{centimes} at {rate} in {months}");
    }
}

#[test]
fn passwords_have_the_problem_of_the_table() {
    for [password, expected] in rows(include_str!("../golden/passwords.tsv")) {
        let check = PasswordCheck::of(password, ["0123456", "AB123456", "88/4521", "membre.essai"]);
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
