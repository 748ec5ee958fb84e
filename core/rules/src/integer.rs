//! Whole numbers, and the range of a number or an amount.

use crate::fold::fold;

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

/// Normalizes a typed number: Western digits, without spaces and invisible characters.
pub fn normalize(typed: &str) -> String {
    fold(typed)
}

/// Parses a normalized number: digits alone. `None` also for one of more than 64 bits.
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
        assert_eq!(parse(&normalize(" ١٢ ")), Some(12));
        for wrong in ["", "1,5", "1.5", "-1", "+1", "x", "99999999999999999999"] {
            assert_eq!(parse(wrong), None, "{wrong}");
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
