//! RIB: 24 digits of a Moroccan bank account: bank (3), city (3), account (16), check key (2). The IBAN is `MA64` and the
//! RIB.

use crate::fold::fold;

/// Number of digits of an account, of which the last two are its key.
pub const DIGITS: usize = 24;
const KEY_DIGITS: usize = 2;

/// Length of `MA` and the check digits, before the RIB in an IBAN.
const IBAN_START: usize = 4;

/// An account with a valid check key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankAccount(String);

/// Problem of a typed account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountProblem {
    /// Not 24 digits.
    Format,
    /// 24 digits of which one is wrong.
    Key,
    /// A complete Moroccan IBAN of which a digit is wrong.
    IbanCheck,
}

impl BankAccount {
    /// Parses an account as people write it, with or without separators, as RIB or IBAN.
    pub fn parse(typed: &str) -> Option<Self> {
        Self::read(typed).ok()
    }

    /// Parses an account as people write it, as [`BankAccount::parse`].
    ///
    /// # Errors
    /// Returns the problem.
    pub fn read(typed: &str) -> Result<Self, AccountProblem> {
        let written = without_name(typed);
        match written.split_at_checked(IBAN_START) {
            Some((start, digits)) if start.starts_with("MA") && is_complete(digits) => {
                let is_right = iban_remainder(digits, &start[2..]) == Some(1);
                Self::from_digits(digits).filter(|_| is_right).ok_or(AccountProblem::IbanCheck)
            }
            _ if is_complete(&written) => Self::from_digits(&written).ok_or(AccountProblem::Key),
            _ => Err(AccountProblem::Format),
        }
    }

    /// Parses the form of the wire: 24 digits.
    pub fn from_digits(digits: &str) -> Option<Self> {
        let (account, key) = digits.split_at_checked(DIGITS - KEY_DIGITS)?;
        (is_complete(digits) && key.parse() == Ok(check_key(account))).then(|| Self(digits.to_owned()))
    }

    /// Formats as «011 780 0000123456789012 34», the banks' way.
    pub fn grouped(&self) -> String {
        let (bank, rest) = self.0.split_at(3);
        let (town, rest) = rest.split_at(3);
        let (account, key) = rest.split_at(rest.len() - KEY_DIGITS);
        format!("{bank} {town} {account} {key}")
    }

    /// Returns the 24 digits, the form of the wire.
    pub fn digits(&self) -> &str {
        &self.0
    }
}

/// Returns how many digits the typed account lacks, or has too many if negative; `None` for what is more than digits and the
/// marks between them.
pub fn missing_digits(typed: &str) -> Option<i64> {
    let written = without_name(typed);
    let digits = written.strip_prefix("MA").map_or(Some(&*written), |iban| iban.get(2..))?;
    let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let count = |count: usize| i64::try_from(count).ok();
    is_number.then(|| Some(count(DIGITS)? - count(digits.len())?)).flatten()
}

/// Removes what banks print before the number, and the marks between its groups.
fn without_name(typed: &str) -> String {
    let is_separator = |c: char| matches!(c, '-' | '.' | '/' | '_' | ':' | ',' | '،' | '|');
    let mut written = fold(typed).replace(is_separator, "").to_ascii_uppercase();
    for name in ["RIB", "IBAN", "RIB"] {
        written = written.strip_prefix(name).map(str::to_owned).unwrap_or(written);
    }
    written
}

fn is_complete(digits: &str) -> bool {
    digits.len() == DIGITS && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Computes the rest of an IBAN divided by 97 (ISO 13616): 1 if it is right. `M` counts 22 and `A` 10.
fn iban_remainder(digits: &str, check_digits: &str) -> Option<u32> {
    let moved = format!("{digits}2210{check_digits}");
    moved.chars().try_fold(0, |rest, digit| Some((rest * 10 + digit.to_digit(10)?) % 97))
}

/// Computes the check key, 1 to 97: 97 − (account ∥ 00) mod 97.
fn check_key(account: &str) -> u32 {
    let digits = account.bytes().chain(*b"00").map(|digit| u32::from(digit - b'0'));
    97 - digits.fold(0, |rest, digit| (rest * 10 + digit) % 97)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn with_key(account: &str) -> String {
        format!("{account}{:02}", check_key(account))
    }

    #[test]
    fn an_account_is_read_with_and_without_gaps() {
        let account = BankAccount::parse(&with_key("0117800000123456789012")).unwrap();
        assert!(account.grouped().starts_with("011 780 0000123456789012 "));
        assert_eq!(BankAccount::parse(&account.grouped()).unwrap(), account);
        assert_eq!(BankAccount::from_digits(account.digits()).unwrap(), account);
        assert_eq!(BankAccount::from_digits(&account.grouped()), None);
        assert_eq!(BankAccount::parse("0117800000123456789012"), None, "without its key");
    }

    #[test]
    fn an_account_is_read_as_the_bank_prints_it() {
        for typed in [
            "MA64 0117 8000 0012 3456 7890 1296",
            "ma64-0117-8000-0012-3456-7890-1296",
            "IBAN : MA64 0117 8000 0012 3456 7890 1296",
            "RIB : 011 780 0000123456789012 96",
            "rib:011.780.0000123456789012.96",
            "RIB/IBAN MA64011780000012345678901296",
            "٠١١ ٧٨٠ ٠٠٠٠١٢٣٤٥٦٧٨٩٠١٢ ٩٦",
            "ＭＡ６４ ０１１７ ８０００ ００１２ ３４５６ ７８９０ １２９６",
            "011\u{2011}780\u{2212}0000123456789012\u{640}96",
            "011 780 000012345678\n9012 96",
        ] {
            let account = BankAccount::parse(typed).unwrap_or_else(|| panic!("{typed}"));
            assert_eq!(account.digits(), "011780000012345678901296");
        }
    }

    #[test]
    fn a_wrong_iban_is_distinguished_from_what_is_no_account() {
        for (typed, problem) in [
            ("MA65 0117 8000 0012 3456 7890 1296", AccountProblem::IbanCheck),
            ("MA64 0117 8000 0012 3456 7890 1297", AccountProblem::IbanCheck),
            ("MA64 0117 8000 0012 3456 7809 1296", AccountProblem::IbanCheck),
            ("MAXX 0117 8000 0012 3456 7890 1296", AccountProblem::IbanCheck),
            ("MA64 0117 8000 0012 3456 7890 129", AccountProblem::Format),
            ("FR76 0117 8000 0012 3456 7890 1296", AccountProblem::Format),
            ("011 780 0000123456789012 97", AccountProblem::Key),
            ("011 780 0000123456789012 9", AccountProblem::Format),
            ("RIB", AccountProblem::Format),
            ("", AccountProblem::Format),
        ] {
            assert_eq!(BankAccount::read(typed), Err(problem), "{typed}");
        }
    }

    #[test]
    fn the_digits_that_an_account_lacks_are_counted() {
        for (typed, missing) in [
            ("011 780 0000123456789012 9", Some(1)),
            ("RIB : 011 780", Some(18)),
            ("MA64 0117 8000 0012 3456 7890 129", Some(1)),
            ("011 780 0000123456789012 961", Some(-1)),
            ("٠١١ ٧٨٠", Some(18)),
            ("011 780 0000123456789012 97", Some(0)),
            ("FR76 0117", None),
            ("MA", None),
            ("", None),
        ] {
            assert_eq!(missing_digits(typed), missing, "{typed}");
        }
    }

    #[test]
    fn a_key_runs_from_1_to_97() {
        assert!(BankAccount::from_digits("000000000000000000000097").is_some());
        for wrong in [
            "",
            "97",
            "000000000000000000000000",
            "00000000000000000000097",
            "0000000000000000000000097",
            "٠00000000000000000000097",
            "0000000000000000000000+1",
        ] {
            assert_eq!(BankAccount::from_digits(wrong), None, "{wrong}");
        }
    }

    proptest! {
        /// Property (ISO 7064): the key detects one wrong digit and two swapped ones.
        #[test]
        fn the_check_key_detects_typing_errors(account in "[0-9]{22}", at in 0_usize..24, other in 0_u8..10) {
            let right = with_key(&account);
            prop_assert!(BankAccount::parse(&right).is_some());
            let mut wrong = right.clone().into_bytes();
            wrong[at] = b'0' + other;
            let wrong = String::from_utf8(wrong).unwrap();
            prop_assert_eq!(BankAccount::parse(&wrong).is_some(), wrong == right);
            let mut swapped = right.clone().into_bytes();
            swapped.swap(at, (at + 1) % 24);
            let swapped = String::from_utf8(swapped).unwrap();
            if at < 23 {
                prop_assert_eq!(BankAccount::parse(&swapped).is_some(), swapped == right);
            }
        }

        #[test]
        fn any_text_is_parsed_without_a_panic(typed in ".*") {
            if let Some(account) = BankAccount::parse(&typed) {
                prop_assert_eq!(BankAccount::parse(&account.grouped()), Some(account));
            }
        }
    }
}
