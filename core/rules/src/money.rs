//! Amounts: centimes inside the app, «1.234,50» for members.

use crate::fold::fold;

/// Maximum number of digits before the centimes.
const MAX_DIGITS: usize = 12;

/// Parses an amount into centimes: `1234`, `1.234`, `1 234,5`, `1234.50`.
pub fn parse(typed: &str) -> Option<i64> {
    let bare = fold(typed);
    let (integer_part, centimes) = split_centimes(&bare)?;
    let integer_part: String = integer_part.chars().filter(|c| !matches!(c, '.' | ',' | '٬')).collect();
    let fits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if integer_part.is_empty() || integer_part.len() > MAX_DIGITS || !fits(&integer_part) || !fits(centimes) {
        return None;
    }
    let hundredths = match centimes.len() {
        0 => 0,
        1 => centimes.parse::<i64>().ok()? * 10,
        2 => centimes.parse().ok()?,
        _ => return None,
    };
    Some(integer_part.parse::<i64>().ok()? * 100 + hundredths)
}

/// Splits at the decimal separator: the last separator, or the only one if fewer than three digits follow. Three digits
/// after the only separator are thousands.
fn split_centimes(bare: &str) -> Option<(&str, &str)> {
    let Some((at, mark)) = bare.char_indices().rev().find(|(_, c)| matches!(c, '.' | ',' | '٫')) else {
        return is_grouped(bare).then_some((bare, ""));
    };
    let (integer_part, centimes) = (&bare[..at], &bare[at + mark.len_utf8()..]);
    if centimes.len() == 3 && mark != '٫' && is_grouped(bare) {
        return Some((bare, ""));
    }
    is_grouped(integer_part).then_some((integer_part, centimes))
}

/// Returns true for digits alone, or in groups of three with one and the same separator.
fn is_grouped(integer_part: &str) -> bool {
    let Some(mark) = integer_part.chars().find(|c| !c.is_ascii_digit()) else { return true };
    let mut parts = integer_part.split(mark);
    let first = parts.next().is_some_and(|first| (1..=3).contains(&first.len()));
    matches!(mark, '.' | ',' | '٬') && first && parts.all(|part| part.len() == 3)
}

/// Formats as «1.234,50», without centimes if there are none.
pub fn format(centimes: i64) -> String {
    let (integer_part, rest) = (centimes.unsigned_abs() / 100, centimes.unsigned_abs() % 100);
    let digits = integer_part.to_string();
    let mut shown = String::from(if centimes < 0 { "-" } else { "" });
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            shown.push('.');
        }
        shown.push(digit);
    }
    if rest > 0 { format!("{shown},{rest:02}") } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_amount_is_read_however_it_is_written() {
        for (typed, centimes) in [
            ("1500", 150_000),
            ("١٥٠٠", 150_000),
            ("1.500", 150_000),
            ("1 500,5", 150_050),
            ("1.500,50", 150_050),
            ("1,500.50", 150_050),
            ("1500.50", 150_050),
            ("0,05", 5),
            ("12.345.678", 1_234_567_800),
            ("١٬٥٠٠٫٥٠", 150_050),
        ] {
            assert_eq!(parse(typed), Some(centimes), "{typed}");
        }
    }

    #[test]
    fn an_invalid_amount_is_rejected() {
        for typed in ["", "x", "12x", "1.50.5", "1,2345", "-5", "1..5", ".", ",5", "1234567890123"] {
            assert_eq!(parse(typed), None, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn a_formatted_amount_parses_back(centimes in 0_i64..=99_999_999_999_999) {
            prop_assert_eq!(parse(&format(centimes)), Some(centimes));
        }

        #[test]
        fn any_text_is_parsed_without_a_panic(typed in ".*") {
            if let Some(centimes) = parse(&typed) {
                prop_assert_eq!(parse(&format(centimes)), Some(centimes));
            }
        }
    }
}
