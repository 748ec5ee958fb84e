//! Identifiers of members: payroll number, identity card, pension number.

use crate::characters::{SOFT_HYPHEN, to_look_alike_digit};
use crate::fold::fold;

/// Normalizes a PPR (payroll number): Western digits, without separators and invisible characters.
pub fn normalize_ppr(typed: &str) -> String {
    without_separators(typed)
}

/// Returns true for a normalized PPR: 4 to 9 digits, leading zeros kept.
pub fn is_ppr(value: &str) -> bool {
    (4..=9).contains(&value.len()) && is_digits(value)
}

/// Returns the part of a normalized PPR by which numbers are compared: payroll, pay slip and members write the same
/// number with and without zeros before it.
pub fn significant_ppr(ppr: &str) -> &str {
    ppr.trim_start_matches('0')
}

/// Normalizes a CIN (national identity card): upper case, without separators.
pub fn normalize_cin(typed: &str) -> String {
    without_separators(typed).to_ascii_uppercase()
}

/// Converts a normalized CIN to the form in which numbers are compared: letters that look like digits as those after the first
/// letter, and without the zeros before the digits.
pub fn cin_key(cin: &str) -> String {
    let (first, rest) = cin.split_at_checked(1).unwrap_or((cin, ""));
    let rest: String = rest.chars().map(to_look_alike_digit).collect();
    let digits = rest.trim_start_matches(|c: char| !c.is_ascii_digit());
    let letters = &rest[..rest.len() - digits.len()];
    format!("{first}{letters}{}", digits.trim_start_matches('0'))
}

/// Returns true for a normalized CIN: one or two letters, then digits; at most eight characters.
pub fn is_cin(value: &str) -> bool {
    let letters = value.bytes().take_while(u8::is_ascii_uppercase).count();
    let digits = &value[letters..];
    (1..=2).contains(&letters) && (1..=7).contains(&digits.len()) && value.len() <= 8 && is_digits(digits)
}

/// Normalizes a pension number: upper case, without spaces, invisible characters and the name of the number before it.
pub fn normalize_pension_number(typed: &str) -> String {
    let number =
        fold(&typed.replace(SOFT_HYPHEN, "-")).replace('.', "-").replace('\\', "/").to_ascii_uppercase();
    let bare = PENSION_LABELS.iter().fold(number.as_str(), |number, label| {
        let rest = number.strip_prefix(label).map(|rest| rest.trim_start_matches([':', '-', '°']));
        rest.filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(number)
    });
    bare.to_owned()
}

/// Names that stand before a pension number on letters of the fund, in upper case without spaces.
const PENSION_LABELS: [&str; 7] = ["PENSION", "NUMERO", "CMR", "RCAR", "NUM", "NO", "N"];

/// Converts a normalized pension number to the form in which numbers are compared: without separators and the zeros
/// before it, and with digits for the letters that look like them.
pub fn pension_number_key(number: &str) -> String {
    let digits: String =
        number.chars().filter(char::is_ascii_alphanumeric).map(to_look_alike_digit).collect();
    digits.trim_start_matches('0').to_owned()
}

/// Returns true for a normalized pension number. No format is published: 3 to 14 of `0-9 A-Z / -`.
pub fn is_pension_number(value: &str) -> bool {
    (3..=14).contains(&value.len())
        && value.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase() || b == b'/' || b == b'-')
}

fn is_digits(value: &str) -> bool {
    value.bytes().all(|b| b.is_ascii_digit())
}

fn without_separators(typed: &str) -> String {
    fold(typed).replace(['-', '.', '_', '/'], "")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_payroll_number_typed_with_arabic_digits_and_marks_is_the_same_number() {
        assert_eq!(normalize_ppr("\u{200F}٠١٢٣ ٤٥٦\u{00A0}"), "0123456");
        assert_eq!(normalize_ppr("۰۱۲۳"), "0123");
        for (number, right) in [("0123", true), ("123456789", true), ("123", false), ("1234567890", false)] {
            assert_eq!(is_ppr(number), right, "{number}");
        }
        assert!(!is_ppr("12a4") && !is_ppr("-1234") && !is_ppr("٠١٢٣"));
    }

    #[test]
    fn a_card_number_is_upper_case_without_separators() {
        for typed in [
            "ab 123-456",
            "ab١٢٣٤٥٦",
            "AB.123.456",
            "Ab_123456",
            "AB\u{2011}123\u{2010}456",
            "ＡＢ１２３４５６",
            "AB\u{2212}123\u{640}456",
        ] {
            assert_eq!(normalize_cin(typed), "AB123456");
        }
        assert!(is_cin("AB123456") && is_cin("J345678") && is_cin("A1"));
        for wrong in ["", "123456", "ABC12345", "AB", "AB1234567", "A12345678", "A12B34", "É123456", "A١٢٣"]
        {
            assert!(!is_cin(wrong), "{wrong}");
        }
    }

    #[test]
    fn a_number_is_compared_without_separators_and_zeros_before_it() {
        for typed in [
            "88/4521",
            "88-4521",
            "884521",
            "88 4521",
            "٨٨ ٤٥٢١",
            "88\u{2013}4521",
            "88\u{ad}4521",
            "088.4521",
        ] {
            let number = normalize_pension_number(typed);
            assert!(is_pension_number(&number), "{typed}");
            assert_eq!(pension_number_key(&number), "884521", "{typed}");
        }
        assert_ne!(pension_number_key("88/4521R"), pension_number_key("88/4521"));
        for typed in ["0123456", "123456", "00123456", "012-3456", "012\u{2011}3456"] {
            assert_eq!(significant_ppr(&normalize_ppr(typed)), "123456", "{typed}");
        }
    }

    #[test]
    fn a_number_is_compared_without_its_name_and_with_digits_for_letters_like_them() {
        for typed in ["CMR 88/4521", "cmr : 88-4521", "Pension 88/4521", "N° 88/4521", "N 88/4521", "88/452I"]
        {
            let number = normalize_pension_number(typed);
            assert!(is_pension_number(&number), "{typed}: {number}");
            assert_eq!(pension_number_key(&number), "884521", "{typed}");
        }
        assert_eq!(normalize_pension_number("R88/4521"), "R88/4521", "a letter of the number itself");
        for (typed, filed) in [("BO23456", "B023456"), ("J12345", "J012345"), ("AB12345O", "AB123450")] {
            assert_eq!(cin_key(typed), cin_key(filed), "{typed}");
        }
        assert_ne!(cin_key("AB123456"), cin_key("A123456"));
        assert_ne!(cin_key("J12345"), cin_key("J123450"));
    }

    #[test]
    fn a_pension_number_keeps_its_slash() {
        assert_eq!(normalize_pension_number("۸۸/4521 r"), "88/4521R");
        assert!(is_pension_number("88/4521") && is_pension_number("A-1"));
        for wrong in ["", "88", "88_4521", "88/4521é", "123456789012345"] {
            assert!(!is_pension_number(wrong), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn normalizing_is_idempotent_and_validating_takes_any_text(text in ".*") {
            for (normalize, is_valid) in [
                (normalize_ppr as fn(&str) -> String, is_ppr as fn(&str) -> bool),
                (normalize_cin, is_cin),
                (normalize_pension_number, is_pension_number),
            ] {
                let once = normalize(&text);
                prop_assert_eq!(normalize(&once), once.clone());
                prop_assert!(!is_valid(&once) || once.is_ascii());
                is_valid(&text);
            }
        }
    }
}
