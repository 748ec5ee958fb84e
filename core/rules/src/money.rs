//! Amounts: centimes inside the app, «1.234,50» for members.
//!
//! ```text
//! DH 1 234,50 ──► without unit ──► groups of digits and the marks between them ──► thousands and centimes
//! ```
//!
//! A mark has one meaning in an amount, and an amount that can be read in two ways is not read at all.

use crate::characters::{TATWEEL, is_apostrophe, is_break, is_invisible, is_mark, is_space, to_ascii};
use crate::fold::has_word;

/// Maximum number of digits before the centimes.
const MAX_DIGITS: usize = 12;

/// Words for the dirham, without spaces and a last full stop; a space between two.
const UNITS: &str = "dh dhs mad dirham dirhams d.h dirhammarocain dirhamsmarocains \
    درهم درهما دراهم درهممغربي د.م دم";

/// Problem of a typed amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoneyProblem {
    /// Not an amount.
    Format,
    /// Three digits after a mark that may separate centimes as well as thousands: `0,500`.
    Ambiguous {
        /// Amount in centimes if the mark separates centimes; the third digit is left out.
        decimal: i64,
        /// Amount in centimes if the mark separates thousands.
        grouped: i64,
    },
}

/// Parses an amount into centimes: `1234`, `1.234`, `1 234,5`, `1234.50 DH`.
pub fn parse(typed: &str) -> Option<i64> {
    read(typed).ok()
}

/// Parses an amount into centimes, as [`parse`].
///
/// # Errors
/// Returns the problem, for an ambiguous amount both readings.
pub fn read(typed: &str) -> Result<i64, MoneyProblem> {
    let written: String = typed.chars().filter(|c| !is_invisible(*c)).map(to_mark).collect();
    let number = without_unit(&written).ok_or(MoneyProblem::Format)?;
    let (groups, marks) = split(number).ok_or(MoneyProblem::Format)?;
    let groups: Vec<&str> = groups.iter().map(String::as_str).collect();
    match (groups.as_slice(), marks.as_slice()) {
        ([integer_part], []) => centimes(&[integer_part], ""),
        ([integer_part, last], [mark]) => with_one_mark(integer_part, last, *mark),
        (_, [first, ..]) if marks.iter().all(|mark| mark == first) => grouped(&groups, *first, ""),
        ([thousands @ .., last], [first, between @ .., mark])
            if is_decimal(*mark) && between.iter().all(|mark| mark == first) =>
        {
            grouped(thousands, *first, last)
        }
        _ => Err(MoneyProblem::Format),
    }
}

/// Converts a character to the mark that it stands for: `.`, `,`, `٫`, `٬`, an apostrophe or a space.
fn to_mark(c: char) -> char {
    match c {
        '،' | '\u{201a}' => ',',
        c if is_break(c) => c,
        c if is_space(c) => ' ',
        c if is_apostrophe(c) => '\'',
        c => to_ascii(c),
    }
}

/// Returns an amount without the dirham before or after it; `None` if anything else surrounds the digits.
fn without_unit(written: &str) -> Option<&str> {
    let is_digit = |c: char| c.is_ascii_digit();
    let written = written.trim();
    let (start, end) = (written.find(is_digit)?, written.rfind(is_digit)? + 1);
    let (before, after) = (&written[..start], &written[end..]);
    // «DH.500» and «DH .50» may be less than a dirham.
    let is_point = before.ends_with('.') && unit_word(before) != "د.م.";
    let is_unit_before = is_unit(before) && !is_point;
    match (before.is_empty(), after.is_empty()) {
        (true, true) => true,
        (false, true) => is_unit_before,
        (true, false) => is_unit(after),
        (false, false) => false,
    }
    .then(|| &written[start..end])
}

fn is_unit(text: &str) -> bool {
    let word = unit_word(text);
    has_word(UNITS, word.strip_suffix('.').unwrap_or(&word))
}

/// Returns a text in lower case, without spaces, marks and tatweel.
fn unit_word(text: &str) -> String {
    let is_letter = |c: &char| *c != ' ' && *c != TATWEEL && !is_mark(*c);
    text.chars().filter(is_letter).flat_map(char::to_lowercase).collect()
}

/// Splits an amount into its groups of digits and the marks between them. Spaces beside another mark mean nothing.
fn split(number: &str) -> Option<(Vec<String>, Vec<char>)> {
    let (mut groups, mut marks, mut group) = (Vec::new(), Vec::new(), String::new());
    let mut mark = None;
    for c in number.chars() {
        match (mark, c) {
            (None, '0'..='9') => group.push(c),
            (Some(between), '0'..='9') => {
                marks.push(between);
                groups.push(std::mem::replace(&mut group, c.to_string()));
                mark = None;
            }
            (Some(_), ' ') => {}
            (None | Some(' '), '.' | ',' | '٫' | '٬' | '\'' | ' ') => mark = Some(c),
            _ => return None,
        }
    }
    groups.push(group);
    Some((groups, marks))
}

/// Reads an amount with one mark. Three digits after a comma may be centimes with one digit too many.
fn with_one_mark(integer_part: &str, last: &str, mark: char) -> Result<i64, MoneyProblem> {
    match last.len() {
        1 | 2 if is_decimal(mark) => centimes(&[integer_part], last),
        3 if integer_part.len() <= 3 && (integer_part == "0" || matches!(mark, ',' | '٫')) => {
            let decimal = centimes(&[integer_part], &last[..2])?;
            let grouped = centimes(&[format!("{integer_part}{last}").trim_start_matches('0')], "");
            Err(grouped.map_or(MoneyProblem::Format, |grouped| MoneyProblem::Ambiguous { decimal, grouped }))
        }
        _ => grouped(&[integer_part, last], mark, ""),
    }
}

/// Reads thousands in groups of three, and the centimes after them.
fn grouped(groups: &[&str], mark: char, hundredths: &str) -> Result<i64, MoneyProblem> {
    let are_thousands = mark != '٫'
        && groups.first().is_some_and(|first| first.len() <= 3)
        && groups.iter().skip(1).all(|group| group.len() == 3);
    if are_thousands { centimes(groups, hundredths) } else { Err(MoneyProblem::Format) }
}

/// Joins digits to an amount. A zero before other digits is no number that people write.
fn centimes(groups: &[&str], hundredths: &str) -> Result<i64, MoneyProblem> {
    let integer_part = groups.concat();
    let has_leading_zero = integer_part.len() > 1 && integer_part.starts_with('0');
    let hundredths = match hundredths.len() {
        0..=2 => format!("{hundredths:0<2}"),
        _ => return Err(MoneyProblem::Format),
    };
    if integer_part.is_empty() || integer_part.len() > MAX_DIGITS || has_leading_zero {
        return Err(MoneyProblem::Format);
    }
    format!("{integer_part}{hundredths}").parse().map_err(|_| MoneyProblem::Format)
}

fn is_decimal(mark: char) -> bool {
    matches!(mark, '.' | ',' | '٫')
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
            ("1.500,50 D.H.", 150_050),
            ("1500 dirham marocain", 150_000),
            ("د.م. 1500", 150_000),
            ("DH. 1500", 150_000),
        ] {
            assert_eq!(parse(typed), Some(centimes), "{typed}");
        }
    }

    #[test]
    fn an_invalid_amount_is_rejected() {
        for typed in ["DH .50", "DH\u{a0}.5", "MAD .500", "درهم.50", "درهم .500", "DH.500"] {
            assert_eq!(parse(typed), None, "less than a dirham, or more: {typed}");
        }
        for typed in ["", "x", "12x", "1.50.5", "1,2345", "-5", "1..5", ".", ",5", "1234567890123"] {
            assert_eq!(parse(typed), None, "{typed}");
        }
    }

    #[test]
    fn an_amount_with_two_readings_names_both() {
        for (typed, decimal, grouped) in [
            ("0,500", 50, 50_000),
            ("0.500", 50, 50_000),
            ("٠٫٥٠٠", 50, 50_000),
            ("0 500", 50, 50_000),
            ("1,500", 150, 150_000),
            ("0,050", 5, 5_000),
            ("1,050", 105, 105_000),
        ] {
            assert_eq!(read(typed), Err(MoneyProblem::Ambiguous { decimal, grouped }), "{typed}");
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

        /// Property: whatever stands around it, an amount that begins with a zero is less than a dirham.
        #[test]
        fn no_amount_with_a_leading_zero_is_a_dirham_or_more(typed in "[ ]?0[.,٫٬' 0-9\u{a0}]{1,8}( DH)?") {
            prop_assert!(parse(&typed).is_none_or(|centimes| centimes < 100), "{}", typed);
        }
    }
}
