//! Days as members type them: with any separator or none, in figures or with the name of the month.
//!
//! ```text
//! «12 ماي 48» ──► parts of digits and letters ──► day, month, year as typed ──► the one century within the limits
//! ```

use std::fmt;
use std::ops::RangeInclusive;

use jiff::civil::Date;

use super::words::{FIRST, is_ignored, month_of_name};
use crate::characters::{SOFT_HYPHEN, TATWEEL, is_invisible, is_mark, is_space, to_ascii};
use crate::fold::fold_for_search;

/// Centuries that two digits of a year may mean.
const CENTURIES: [i16; 2] = [1900, 2000];
/// Years that a form may ask for: an earlier one has digits that are missing, or is of another calendar.
pub(super) const YEARS: RangeInclusive<i16> = 1900..=2099;

/// Problem of a typed day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayProblem {
    /// Not a day with its month and year.
    Format,
    /// A day that its month does not have.
    NoSuchDay(TypedDay),
    /// Two digits of a year that may mean either century, or neither; or a year in which no member was born or files.
    Century,
}

/// Day, month and year as typed, of a day that may not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TypedDay {
    day: i8,
    month: i8,
    year: TypedYear,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TypedYear {
    /// Two digits.
    Short(i16),
    /// Four digits.
    Full(i16),
}

impl fmt::Display for TypedDay {
    /// Writes «30/02/2026», or with two digits of the year if it was typed so.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { day, month, year } = self;
        match year {
            TypedYear::Short(year) => write!(f, "{day:02}/{month:02}/{year:02}"),
            TypedYear::Full(year) => write!(f, "{day:02}/{month:02}/{year:04}"),
        }
    }
}

/// Parses `25/11/2026`, `25-11-2026`, `25 novembre 2026`, `25112026` or `2026-11-25`. The year has four digits.
pub fn parse(typed: &str) -> Option<Date> {
    parse_within(typed, None, None).ok()
}

/// Parses a day as [`parse`]. Two digits of a year mean the century in which the day is within the limits, if only one is.
///
/// # Errors
/// Returns the problem. A day with four digits of a year is not compared with the limits.
pub fn parse_within(typed: &str, earliest: Option<Date>, latest: Option<Date>) -> Result<Date, DayProblem> {
    let day = TypedDay::read(typed).ok_or(DayProblem::Format)?;
    match day.year {
        TypedYear::Full(year) if !YEARS.contains(&year) => Err(DayProblem::Century),
        TypedYear::Full(year) => day.in_year(year).ok_or(DayProblem::NoSuchDay(day)),
        TypedYear::Short(short) => {
            let days: Vec<Date> =
                CENTURIES.iter().filter_map(|century| day.in_year(century + short)).collect();
            let is_within = |day: &Date| {
                earliest.is_none_or(|first| first <= *day) && latest.is_none_or(|last| *day <= last)
            };
            let mut possible = days.iter().copied().filter(is_within);
            match (days.is_empty(), possible.next(), possible.next()) {
                (true, ..) => Err(DayProblem::NoSuchDay(day)),
                (false, Some(day), None) => Ok(day),
                _ => Err(DayProblem::Century),
            }
        }
    }
}

impl TypedDay {
    /// Reads day, month and year. `None` unless there are all three, and a month of that number.
    fn read(typed: &str) -> Option<Self> {
        let parts: Vec<String> =
            split(without_time(typed))?.iter().map(|part| fold_for_search(part)).collect();
        let parts: Vec<&str> = parts
            .iter()
            .map(|part| if part == FIRST { "1" } else { part.as_str() })
            .filter(|part| !is_ignored(part))
            .collect();
        match parts.as_slice() {
            [digits] => Self::without_separators(digits),
            [first, month, last] if first.len() == 4 => Self::of(last, month, first),
            [first, month, last] => Self::of(first, month, last),
            _ => None,
        }
    }

    fn of(day: &str, month: &str, year: &str) -> Option<Self> {
        let number = |text: &str, longest: usize| -> Option<i16> {
            let digits = (1..=longest).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
            digits.then(|| text.parse().ok()).flatten()
        };
        let month =
            number(month, 2).or_else(|| month_of_name(month)).filter(|month| (1..=12).contains(month))?;
        let year = match (year.len(), number(year, 4)?) {
            (4, year) => TypedYear::Full(year),
            (2, year) => TypedYear::Short(year),
            _ => return None,
        };
        let day = number(day, 2)?;
        // «48-05-12» begins with the year.
        let has_day = day <= 31 || matches!(year, TypedYear::Full(_));
        let small = |number: i16| i8::try_from(number).ok();
        if has_day { Some(Self { day: small(day)?, month: small(month)?, year }) } else { None }
    }

    /// Reads `12051948`, `19480512` or `120548`: no eight digits are a day of these centuries both ways round.
    fn without_separators(digits: &str) -> Option<Self> {
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let of = |day, month, year| Self::of(&digits[day], &digits[month], &digits[year]);
        match digits.len() {
            6 => of(0..2, 2..4, 4..6),
            8 => of(0..2, 2..4, 4..8)
                .filter(|day| day.is_recent())
                .or_else(|| of(6..8, 4..6, 0..4).filter(|day| day.is_recent())),
            _ => None,
        }
    }

    fn is_recent(self) -> bool {
        matches!(self.year, TypedYear::Full(year) if YEARS.contains(&year))
    }

    fn in_year(self, year: i16) -> Option<Date> {
        Date::new(year, self.month, self.day).ok()
    }
}

/// Removes the time of day after a date: «25/11/2026 10:30», «2026-11-25T00:00:00».
fn without_time(typed: &str) -> &str {
    let Some((before, _)) = typed.split_once(':') else { return typed };
    let date = before.trim_end_matches(|c| to_ascii(c).is_ascii_digit());
    match date.strip_suffix(['T', 't']) {
        Some(date) => date,
        None if date.ends_with(is_space) => date,
        None => typed,
    }
}

/// Splits a text into its runs of digits and of letters. `None` for any character that separates no parts of a day, and
/// for two separators in a row: a part is missing between them. The full stop of an abbreviation is no separator, and
/// neither is a tatweel or a soft hyphen inside a word.
fn split(typed: &str) -> Option<Vec<String>> {
    let (mut parts, mut part, mut separators) = (Vec::new(), String::new(), 0);
    let mut characters = typed.chars().peekable();
    while let Some(c) = characters.next() {
        let is_in_word =
            part.ends_with(char::is_alphabetic) && characters.peek().is_some_and(|next| is_letter(*next));
        let c = match c {
            SOFT_HYPHEN | TATWEEL if is_in_word => continue,
            '.' if part.ends_with(char::is_alphabetic) => ' ',
            SOFT_HYPHEN | TATWEEL => '-',
            c if is_invisible(c) => continue,
            c => to_ascii(c),
        };
        if is_space(c) || is_separator(c) {
            separators += usize::from(is_separator(c));
            parts.extend(Some(std::mem::take(&mut part)).filter(|part| !part.is_empty()));
        } else if !is_letter(c) && !c.is_ascii_digit() || separators > usize::from(!parts.is_empty()) {
            return None;
        } else {
            if part.ends_with(|last: char| last.is_ascii_digit() != c.is_ascii_digit()) {
                parts.push(std::mem::take(&mut part));
            }
            separators = 0;
            part.push(c);
        }
    }
    parts.extend(Some(part).filter(|part| !part.is_empty()));
    (separators <= 1).then_some(parts)
}

fn is_separator(c: char) -> bool {
    matches!(c, '/' | '\\' | '-' | '.' | ',' | ';' | '*' | '_' | '،' | '؍' | '٫' | '٬')
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() || is_mark(c)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::day::format;

    const TODAY: Date = date(2026, 11, 24);

    #[test]
    fn a_day_is_read_however_it_is_written() {
        for typed in [
            "25/11/2026",
            "25-11-2026",
            "25.11.2026",
            "2026-11-25",
            "٢٥/١١/٢٠٢٦",
            " 25 / 11 / 2026 ",
            "25 11 2026",
            "25112026",
            "20261125",
            "۲۵۱۱۲۰۲۶",
            "２５／１１／２０２６",
            "25\u{2011}11\u{2013}2026",
            "25\u{2212}11\u{ad}2026",
            "25\u{640}11\u{640}2026",
            "25\u{200f}/11\u{200f}/2026\u{200f}",
            "25٫11٫2026",
            "25\\11\\2026.",
            "25 novembre 2026",
            "le 25 nov. 2026",
            "25 NOVEMBRE 2026",
            "25 نونبر 2026",
            "٢٥ نوفمبر ٢٠٢٦",
            "25novembre2026",
            "25-nov.-2026",
            "mercredi 25 novembre 2026",
            "الأربعاء 25 نونبر 2026",
            "25/11/2026 10:30",
            "25/11/2026 à 10:30",
            "2026-11-25T00:00:00",
            "25 نونـبر 2026م",
            "25 novem\u{ad}bre 2026",
            "25*11*2026",
            "25;11;2026",
            "25\u{60d}11\u{60d}2026",
            "25/11/2026\u{fffc}",
        ] {
            assert_eq!(parse(typed), Some(date(2026, 11, 25)), "{typed}");
        }
        assert_eq!(parse("1/2/2027"), Some(date(2027, 2, 1)), "the day comes first");
        assert_eq!(parse("1er août 2027"), Some(date(2027, 8, 1)));
        assert_eq!(parse("فاتح ماي 1950"), Some(date(1950, 5, 1)));
        assert_eq!(parse("3 جويلية 1950"), Some(date(1950, 7, 3)));
    }

    #[test]
    fn an_invalid_day_is_rejected() {
        for typed in [
            "",
            "25/13/2026",
            "25/11",
            "25/11/026",
            "x",
            "25/11/2026/1",
            "025/11/2026",
            "25/011/2026",
            "//",
            "25//11/2026",
            "/25/11/2026",
            "25/11/2026//",
            "1251948",
            "480512",
            "48-05-12",
            "12131948",
            "12051848",
            "25 brumaire 2026",
            "10:30",
            "25:11:2026",
            "25+11+2026",
            "11 2026",
            "le novembre 2026",
        ] {
            assert_eq!(parse_within(typed, None, None), Err(DayProblem::Format), "{typed}");
        }
    }

    #[test]
    fn a_day_that_its_month_does_not_have_is_named() {
        for (typed, named) in [
            ("30/02/2026", "30/02/2026"),
            ("31-4-2026", "31/04/2026"),
            ("30021948", "30/02/1948"),
            ("2026-02-29", "29/02/2026"),
            ("0/5/2026", "00/05/2026"),
            ("32/01/2026", "32/01/2026"),
            ("30/02/48", "30/02/48"),
            ("29/02/47", "29/02/47"),
            ("30 février 2026", "30/02/2026"),
        ] {
            let Err(DayProblem::NoSuchDay(day)) = parse_within(typed, None, None) else { panic!("{typed}") };
            assert_eq!(day.to_string(), named);
        }
    }

    #[test]
    fn two_digits_of_a_year_mean_the_one_century_within_the_limits() {
        let born = |typed| parse_within(typed, None, Some(TODAY));
        assert_eq!(born("12/05/48"), Ok(date(1948, 5, 12)));
        assert_eq!(born("120548"), Ok(date(1948, 5, 12)));
        assert_eq!(born("24/11/26"), Err(DayProblem::Century), "today, or a hundred years ago");
        assert_eq!(born("25/11/26"), Ok(date(1926, 11, 25)), "tomorrow nobody is born yet");
        assert_eq!(born("12/05/26"), Err(DayProblem::Century));
        assert_eq!(born("29/02/00"), Ok(date(2000, 2, 29)), "1900 had no such day");
        let stay = |typed| parse_within(typed, Some(TODAY), Some(date(2027, 9, 15)));
        assert_eq!(stay("1-6-27"), Ok(date(2027, 6, 1)));
        assert_eq!(stay("12/05/48"), Err(DayProblem::Century), "in neither");
        assert_eq!(parse_within("12/05/48", None, None), Err(DayProblem::Century));
        assert_eq!(
            parse_within("12/05/1948", Some(TODAY), None),
            Ok(date(1948, 5, 12)),
            "limits are compared later"
        );
    }

    #[test]
    fn a_year_that_no_form_can_mean_is_asked_for_again() {
        for typed in ["12/05/0048", "01/09/0098", "12/05/1445", "12/05/1848", "1098-05-12"] {
            assert_eq!(parse_within(typed, None, Some(TODAY)), Err(DayProblem::Century), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn a_formatted_day_parses_back(days in 0_i32..73_000) {
            let day = date(1900, 1, 1).saturating_add(jiff::Span::new().days(days));
            prop_assert_eq!(parse(&format(day)), Some(day));
        }

        #[test]
        fn any_text_is_parsed_without_a_panic(typed in ".*", digits in "[0-9٠-٩/. -]{0,12}") {
            for typed in [typed, digits] {
                if let Ok(day) = parse_within(&typed, None, Some(TODAY)) {
                    prop_assert_eq!(parse(&format(day)), Some(day));
                }
            }
        }
    }
}
