//! Days: `2026-11-25` on the wire, «25/11/2026» for members, who write the day first.

use jiff::civil::Date;

use super::strip;

/// Parses `25/11/2026`, `25-11-26`, `25.11.2026` or `2026-11-25`. Two digits of a year mean this century.
pub(crate) fn parse_day(typed: &str) -> Option<Date> {
    let bare = strip(typed);
    let parts: Vec<&str> = bare.split(['/', '-', '.']).collect();
    let [first, month, last] = parts.as_slice() else { return None };
    let (year, day) = if first.len() == 4 { (first, last) } else { (last, first) };
    let number = |text: &str, longest: usize| -> Option<i16> {
        let digits = (1..=longest).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| text.parse().ok()).flatten()
    };
    let year = match (year.len(), number(year, 4)?) {
        (4, year) => year,
        (2, year) => 2000 + year,
        _ => return None,
    };
    let small = |text: &str| number(text, 2).and_then(|number| i8::try_from(number).ok());
    Date::new(year, small(month)?, small(day)?).ok()
}

/// Formats as «25/11/2026».
pub(crate) fn format_day(day: Date) -> String {
    format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_day_is_read_however_it_is_written() {
        for typed in ["25/11/2026", "25-11-2026", "25.11.26", "2026-11-25", "٢٥/١١/٢٠٢٦", " 25 / 11 / 2026 "]
        {
            assert_eq!(parse_day(typed), Some(date(2026, 11, 25)), "{typed}");
        }
        assert_eq!(parse_day("1/2/2027"), Some(date(2027, 2, 1)), "the day comes first");
    }

    #[test]
    fn an_invalid_day_is_rejected() {
        for typed in ["", "31/02/2026", "25/13/2026", "25/11", "25/11/026", "x", "25/11/2026/1", "//"] {
            assert_eq!(parse_day(typed), None, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn a_formatted_day_parses_back(days in 0_i32..200_000) {
            let day = date(1900, 1, 1).saturating_add(jiff::Span::new().days(days));
            prop_assert_eq!(parse_day(&format_day(day)), Some(day));
        }
    }
}
