//! Format of input while it is typed: Western digits at once, and the separators between the groups of a number, so that it can
//! be compared with a paper document.
//!
//! Only separators without a numeric meaning are inserted: an amount is grouped by spaces, never by dots or commas, so that taking a digit
//! away leaves the same amount.

use fos_rules::fold::fold_digits;

use super::FieldKindSpec;

/// Space between the thousands of an amount that is being typed. Nobody types this one: any other space is the member's own, and
/// may stand between two numbers.
const THOUSANDS_SEPARATOR: char = '\u{202f}';
const DAY_GROUPS: [usize; 3] = [2, 2, 4];
const ACCOUNT_GROUPS: [usize; 4] = [3, 3, 16, 2];
const PHONE_GROUPS: [usize; 5] = [2; 5];

impl FieldKindSpec {
    /// Returns the input as it is shown while the field has the focus. What was typed with other marks stays as it is.
    pub(super) fn format_while_typed(&self, input: &str) -> String {
        match self {
            Self::Day { .. } => day(&fold_digits(input)),
            Self::BankAccount => grouped(&fold_digits(input), ' ', &ACCOUNT_GROUPS),
            Self::Phone if fold_digits(input).starts_with('0') => {
                grouped(&fold_digits(input), ' ', &PHONE_GROUPS)
            }
            Self::Money { .. } | Self::Integer { .. } => grouped_by_thousands(&fold_digits(input)),
            Self::Ppr | Self::Cin | Self::Pension | Self::Phone => fold_digits(input),
            _ => input.to_owned(),
        }
    }
}

/// Groups the digits of a day. A year that was typed first is not cut in two.
fn day(input: &str) -> String {
    let is_century = |first: &str| first.len() == 2 && first.bytes().all(|byte| byte.is_ascii_digit());
    let year_first = input.split_once('/').filter(|(first, _)| is_century(first));
    match year_first.and_then(|(first, rest)| Some((first, rest, rest.chars().nth(2)?))) {
        Some((first, rest, '-' | '.' | ' ')) => format!("{first}{rest}"),
        _ => grouped(input, '/', &DAY_GROUPS),
    }
}

fn grouped(input: &str, separator: char, groups: &[usize]) -> String {
    let Some(digits) = digits(input, separator, groups) else { return input.to_owned() };
    let mut shown = String::new();
    let mut rest = digits.as_str();
    for group in groups {
        let (now, later) = rest.split_at(rest.len().min(*group));
        if !shown.is_empty() && !now.is_empty() {
            shown.push(separator);
        }
        shown.push_str(now);
        rest = later;
    }
    shown
}

/// Returns the digits of an input without the separators between its groups; `None` for any other mark, and for more digits than
/// the groups have. Spaces may stand anywhere: digits move up when one is taken out of the middle.
fn digits(input: &str, separator: char, groups: &[usize]) -> Option<String> {
    let ends: Vec<usize> = (1..groups.len()).map(|at| groups[..at].iter().sum()).collect();
    let mut digits = String::new();
    for c in input.chars() {
        match c {
            '0'..='9' => digits.push(c),
            ' ' if separator == ' ' => {}
            c if c == separator && ends.contains(&digits.len()) => {}
            _ => return None,
        }
    }
    (digits.len() <= groups.iter().sum()).then_some(digits)
}

/// Groups the digits of an amount or a number, unless it has a mark that may mean something.
fn grouped_by_thousands(input: &str) -> String {
    let is_plain =
        input.chars().all(|c| c.is_ascii_digit() || c == THOUSANDS_SEPARATOR) && !input.starts_with('0');
    if !is_plain {
        return input.to_owned();
    }
    let digits: Vec<char> = input.chars().filter(char::is_ascii_digit).collect();
    let gap = |at: usize| (at > 0 && (digits.len() - at).is_multiple_of(3)).then_some(THOUSANDS_SEPARATOR);
    digits.iter().enumerate().flat_map(|(at, digit)| gap(at).into_iter().chain([*digit])).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::forms::ValidationContext;

    const MONEY: FieldKindSpec = FieldKindSpec::Money { min: None, max: None };
    const DAY: FieldKindSpec = FieldKindSpec::Day { earliest: Vec::new(), latest: Vec::new() };

    #[test]
    fn a_number_is_grouped_while_it_is_typed() {
        for (kind, input, shown) in [
            (DAY, "15062026", "15/06/2026"),
            (DAY, "15/0", "15/0"),
            (DAY, "150", "15/0"),
            (DAY, "15/", "15"),
            (DAY, "1/6/2026", "1/6/2026"),
            (DAY, "١٥٠٦", "15/06"),
            (DAY, "15 juin", "15 juin"),
            (DAY, "20/26-", "2026-"),
            (DAY, "  //0  ", "  //0  "),
            (MONEY, "4 9 15", "4 9 15"),
            (FieldKindSpec::BankAccount, "2307802111", "230 780 2111"),
            (FieldKindSpec::BankAccount, "230 780 211", "230 780 211"),
            (FieldKindSpec::BankAccount, "MA64 2307", "MA64 2307"),
            (FieldKindSpec::Phone, "٠٦١٢٣", "06 12 3"),
            (FieldKindSpec::Phone, "+2126123", "+2126123"),
            (MONEY, "25000", "25\u{202f}000"),
            (MONEY, "25\u{202f}00", "2\u{202f}500"),
            (MONEY, "1,5", "1,5"),
            (MONEY, "1.500", "1.500"),
            (MONEY, "0500", "0500"),
            (FieldKindSpec::Ppr, "٠١٢٣", "0123"),
            (FieldKindSpec::Text { max_length: 9, multiline: false }, "٠١٢", "٠١٢"),
        ] {
            assert_eq!(kind.format_while_typed(input), shown, "{input}");
        }
    }

    proptest! {
        #[test]
        fn what_is_shown_means_what_was_typed(typed in "[0-9 .,/\u{202f}٠-٩-]{0,12}") {
            let values = std::collections::HashMap::new();
            let context = ValidationContext { today: jiff::civil::date(2026, 11, 24), values: &values };
            for kind in [MONEY, DAY, FieldKindSpec::BankAccount, FieldKindSpec::Phone] {
                let pasted = kind.format_while_typed(&typed);
                prop_assert_eq!(kind.format_while_typed(&pasted), pasted.clone());
                let by_key = typed.chars().fold(String::new(), |shown, c| kind.format_while_typed(&format!("{shown}{c}")));
                let read = |text: &str| {
                    let normal = kind.normalize(text, &context);
                    kind.validate(&normal, &context).is_none().then(|| kind.to_wire(&normal))
                };
                if let Some(value) = read(&typed) {
                    prop_assert_eq!(read(&pasted), Some(value.clone()), "{:?} pasted", &typed);
                    prop_assert_eq!(read(&by_key), Some(value), "{:?} typed: {:?}", &typed, by_key);
                }
            }
        }

        #[test]
        fn taking_digits_away_leaves_an_amount_of_the_digits_that_are_left(digits in "[1-9][0-9]{0,8}", left in 1_usize..9) {
            let shown = MONEY.format_while_typed(&digits);
            let kept: String = shown.chars().take(left).collect();
            let expected: String = kept.chars().filter(char::is_ascii_digit).collect();
            let again = MONEY.format_while_typed(&kept);
            prop_assert_eq!(fos_rules::money::parse(&again), expected.parse::<i64>().ok().map(|dirhams| dirhams * 100));
        }
    }
}
