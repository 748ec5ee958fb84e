//! RIB: the 24 digits of a Moroccan bank account. Bank (3), town (3), account (16), and a key of two that a slip of the
//! finger breaks.

use super::bare;

const DIGITS: usize = 24;
const KEY: usize = 2;

/// An account whose key is right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BankAccount(String);

impl BankAccount {
    /// The account that was typed, with or without gaps.
    pub(crate) fn typed(typed: &str) -> Option<Self> {
        let mut digits = bare(typed);
        digits.retain(|c| !matches!(c, '-' | '.' | '/'));
        let whole = digits.len() == DIGITS && digits.bytes().all(|b| b.is_ascii_digit());
        let (account, given) = digits.split_at_checked(DIGITS - KEY)?;
        (whole && Ok(key(account)) == given.parse()).then(|| Self(digits.clone()))
    }

    /// «011 780 0000123456789012 34», as banks print it.
    pub(crate) fn shown(&self) -> String {
        let (bank, rest) = self.0.split_at(3);
        let (town, rest) = rest.split_at(3);
        let (account, key) = rest.split_at(rest.len() - KEY);
        format!("{bank} {town} {account} {key}")
    }

    /// The 24 digits.
    pub(crate) fn sent(&self) -> &str {
        &self.0
    }
}

/// 97 less the remainder of the account, followed by 00, over 97.
fn key(account: &str) -> u32 {
    let rest =
        account.bytes().chain(*b"00").fold(0, |rest, digit| (rest * 10 + u32::from(digit - b'0')) % 97);
    97 - rest
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn with_key(account: &str) -> String {
        format!("{account}{:02}", key(account))
    }

    #[test]
    fn an_account_is_read_with_and_without_gaps() {
        let account = BankAccount::typed(&with_key("0117800000123456789012")).unwrap();
        assert!(account.shown().starts_with("011 780 0000123456789012 "));
        assert_eq!(BankAccount::typed(&account.shown()).unwrap(), account);
        assert_eq!(BankAccount::typed("0117800000123456789012"), None, "without its key");
    }

    proptest! {
        /// What the key is for: one wrong digit, or two that changed places.
        #[test]
        fn a_slip_of_the_finger_is_seen(account in "[0-9]{22}", at in 0_usize..24, other in 0_u8..10) {
            let right = with_key(&account);
            prop_assert!(BankAccount::typed(&right).is_some());
            let mut wrong = right.clone().into_bytes();
            wrong[at] = b'0' + other;
            let wrong = String::from_utf8(wrong).unwrap();
            prop_assert_eq!(BankAccount::typed(&wrong).is_some(), wrong == right);
            let mut swapped = right.clone().into_bytes();
            swapped.swap(at, (at + 1) % 24);
            let swapped = String::from_utf8(swapped).unwrap();
            if at < 23 {
                prop_assert_eq!(BankAccount::typed(&swapped).is_some(), swapped == right);
            }
        }
    }
}
