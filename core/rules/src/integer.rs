//! Whole numbers, and the range of a number or an amount.

use crate::characters::{is_blank, is_break, is_invisible, is_space, to_ascii};
use crate::fold::{fold_for_search, has_word};

/// Largest integer that every reader of JSON takes exactly (RFC 8259 §6).
pub const MAX: i64 = (1 << 53) - 1;

/// Side on which a value is out of its range, with the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutOfRange {
    /// Below this minimum.
    TooSmall(i64),
    /// Above this maximum.
    TooLarge(i64),
}

/// Normalizes a typed number: Western digits, without invisible characters and the spaces between thousands. Other spaces
/// stay: numbers that were pasted side by side are no number.
pub fn normalize(typed: &str) -> String {
    let to_plain = |c: char| if is_space(c) && !is_break(c) { ' ' } else { to_ascii(c) };
    let written: String =
        typed.trim_matches(is_blank).chars().filter(|c| !is_invisible(*c)).map(to_plain).collect();
    if is_grouped_by_thousands(&written) { written.replace(' ', "") } else { written }
}

/// Removes the unit that was typed after a number: «24 mois», «٢٤ شهرا». Only words of this unit: «2 ans» are not 2 months.
///
/// `units` are the unit's words, in either language.
pub fn without_unit<'a>(typed: &'a str, units: &[&str]) -> &'a str {
    let trimmed = typed.trim_matches(is_blank);
    let number = trimmed.trim_end_matches(|c: char| !to_ascii(c).is_ascii_digit());
    let word = fold_for_search(&trimmed[number.len()..]);
    let words: Vec<String> = units.iter().map(|unit| fold_for_search(unit)).collect();
    let is_month = words.iter().any(|unit| has_word(MONTHS, unit));
    let is_unit = words.contains(&word) || is_month && has_word(MONTHS, &word);
    if !word.is_empty() && is_unit { number } else { typed }
}

/// Words for months, as folded for search.
const MONTHS: &str = "mois شهر شهرا اشهر شهور";

/// Returns true for digits in groups of three, the first of one to three, with a space between them.
fn is_grouped_by_thousands(written: &str) -> bool {
    let is_digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    let mut groups = written.split(' ');
    groups
        .next()
        .is_some_and(|first| (1..=3).contains(&first.len()) && is_digits(first) && !first.starts_with('0'))
        && groups.all(|group| group.len() == 3 && is_digits(group))
}

/// Parses a normalized number: digits alone. `None` also if it overflows `i64`.
pub fn parse(value: &str) -> Option<i64> {
    value.bytes().all(|b| b.is_ascii_digit()).then(|| value.parse().ok()).flatten()
}

/// Validates a number or an amount in centimes. Without limits of its own a field takes 0 to [`MAX`].
///
/// # Errors
/// Returns the limit that the value exceeds.
pub fn check_range(value: i64, min: Option<i64>, max: Option<i64>) -> Result<(), OutOfRange> {
    let (min, max) = (min.unwrap_or(0), max.unwrap_or(MAX));
    if value < min {
        Err(OutOfRange::TooSmall(min))
    } else if value > max {
        Err(OutOfRange::TooLarge(max))
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_digits_alone() {
        for (typed, number) in
            [(" ١٢ ", 12), ("１２", 12), ("1 500", 1500), ("1\u{202f}500\u{a0}000\u{200f}", 1_500_000)]
        {
            assert_eq!(parse(&normalize(typed)), Some(number), "{typed}");
        }
        for wrong in ["4 9 15", "4\n9\n15", "1\n500", "0 500", "1 50", "1500 000", "1\t2"] {
            let normal = normalize(wrong);
            assert_eq!(parse(&normal), None, "{wrong:?}");
            assert_eq!(normalize(&normal), normal, "{wrong:?}");
        }
        for wrong in ["", "1,5", "1.5", "-1", "+1", "x", "99999999999999999999"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_words_of_a_unit_are_removed_and_no_others() {
        let units = ["شهرًا", "mois"];
        for (typed, number) in [
            ("24 mois", Some(24)),
            ("24mois", Some(24)),
            ("24 Mois ", Some(24)),
            ("٢٤ شهرا", Some(24)),
            ("6 أشهر", Some(6)),
            ("24", Some(24)),
            ("2 ans", None),
            ("2 millions", None),
            ("12,5 mois", None),
            ("6 à 12 mois", None),
            ("mois", None),
        ] {
            assert_eq!(parse(&normalize(without_unit(typed, &units))), number, "{typed}");
        }
    }

    #[test]
    fn a_number_that_json_cannot_carry_exactly_is_too_large() {
        assert_eq!(check_range(MAX, None, None), Ok(()));
        assert_eq!(check_range(MAX + 1, None, None), Err(OutOfRange::TooLarge(MAX)));
        assert_eq!(check_range(-1, None, None), Err(OutOfRange::TooSmall(0)));
        assert_eq!(check_range(-1, Some(-1), None), Ok(()));
        assert_eq!(check_range(9, Some(10), Some(20)), Err(OutOfRange::TooSmall(10)));
        assert_eq!(check_range(21, Some(10), Some(20)), Err(OutOfRange::TooLarge(20)));
    }
}
