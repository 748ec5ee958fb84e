//! Check digits of a bank account number (RIB).

/// True if `rib` has 24 digits with valid check digits, the last two.
pub(super) fn is_rib(rib: &str) -> bool {
    let digits = rib.bytes().all(|b| b.is_ascii_digit());
    let Some((account, key)) = rib.split_at_checked(22) else { return false };
    digits && key.len() == 2 && key.parse() == Ok(key_of(account))
}

/// Computes the check digits, 1 to 97.
fn key_of(account: &str) -> u64 {
    let digits = account.bytes().chain(*b"00").map(|b| u64::from(b - b'0'));
    97 - digits.fold(0, |remainder, digit| (remainder * 10 + digit) % 97)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{is_rib, key_of};

    #[test]
    fn the_key_is_checked() {
        // 97 − 22 zeros and two more mod 97 = 97.
        assert!(is_rib("000000000000000000000097"));
        assert!(!is_rib("000000000000000000000000"));
        for wrong in
            ["", "97", "00000000000000000000097", "0000000000000000000000097", "٠00000000000000000000097"]
        {
            assert!(!is_rib(wrong), "{wrong}");
        }
    }

    proptest! {
        /// ISO 7064 detects any single wrong digit and any two digits swapped.
        #[test]
        fn a_digit_that_is_wrong_is_found(account in "[0-9]{22}", place in 0_usize..22, other in 0_u8..10) {
            let rib = format!("{account}{:02}", key_of(&account));
            prop_assert!(is_rib(&rib));
            let mut wrong = rib.clone().into_bytes();
            wrong[place] = b'0' + other;
            let wrong = String::from_utf8(wrong).unwrap_or_default();
            prop_assert_eq!(is_rib(&wrong), wrong == rib);
            let mut swapped = rib.clone().into_bytes();
            swapped.swap(place, place + 1);
            let swapped = String::from_utf8(swapped).unwrap_or_default();
            prop_assert_eq!(is_rib(&swapped), swapped == rib);
        }
    }
}
