//! Amounts: whole centimes within, «1.234,50» for people (domain.md d).

use super::bare;

/// The longest amount anybody means, in digits before the centimes.
const LONGEST: usize = 12;

/// The amount that was typed, in centimes: `1234`, `1.234`, `1 234,5`, `1234.50`.
pub(crate) fn typed_money(typed: &str) -> Option<i64> {
    let bare = bare(typed);
    let (whole, centimes) = parts(&bare)?;
    let whole: String = whole.chars().filter(|c| !matches!(c, '.' | ',' | '٬')).collect();
    let fits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > LONGEST || !fits(&whole) || !fits(centimes) {
        return None;
    }
    let hundredths = match centimes.len() {
        0 => 0,
        1 => centimes.parse::<i64>().ok()? * 10,
        2 => centimes.parse().ok()?,
        _ => return None,
    };
    Some(whole.parse::<i64>().ok()? * 100 + hundredths)
}

/// Before and after the mark of the centimes. The last of several marks, or one before fewer than three digits: three
/// digits after the only mark are thousands.
fn parts(bare: &str) -> Option<(&str, &str)> {
    let Some((at, mark)) = bare.char_indices().rev().find(|(_, c)| matches!(c, '.' | ',' | '٫')) else {
        return groups(bare).then_some((bare, ""));
    };
    let (whole, centimes) = (&bare[..at], &bare[at + mark.len_utf8()..]);
    if centimes.len() == 3 && mark != '٫' && groups(bare) {
        return Some((bare, ""));
    }
    groups(whole).then_some((whole, centimes))
}

/// Digits alone, or in groups of three by one and the same mark.
fn groups(whole: &str) -> bool {
    let Some(mark) = whole.chars().find(|c| !c.is_ascii_digit()) else { return true };
    let mut parts = whole.split(mark);
    let first = parts.next().is_some_and(|first| (1..=3).contains(&first.len()));
    matches!(mark, '.' | ',' | '٬') && first && parts.all(|part| part.len() == 3)
}

/// «1.234,50»; without centimes where there are none.
pub(crate) fn show_money(centimes: i64) -> String {
    let (whole, rest) = (centimes.unsigned_abs() / 100, centimes.unsigned_abs() % 100);
    let digits = whole.to_string();
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
            assert_eq!(typed_money(typed), Some(centimes), "{typed}");
        }
    }

    #[test]
    fn what_is_no_amount_is_none() {
        for typed in ["", "x", "12x", "1.50.5", "1,2345", "-5", "1..5", ".", ",5", "1234567890123"] {
            assert_eq!(typed_money(typed), None, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn what_is_shown_reads_back(centimes in 0_i64..=99_999_999_999_999) {
            prop_assert_eq!(typed_money(&show_money(centimes)), Some(centimes));
        }

        #[test]
        fn no_text_is_too_strange(typed in ".*") {
            if let Some(centimes) = typed_money(&typed) {
                prop_assert_eq!(typed_money(&show_money(centimes)), Some(centimes));
            }
        }
    }
}
