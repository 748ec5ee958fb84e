//! Formatting of dates, amounts and numbers in both languages: Morocco's names of the months, digits 0-9, and
//! left-to-right isolation inside Arabic.

use jiff::civil::Date;

use crate::seed::LocalizedText;

const MONTHS_AR: [&str; 12] = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "ماي",
    "يونيو",
    "يوليوز",
    "غشت",
    "شتنبر",
    "أكتوبر",
    "نونبر",
    "دجنبر",
];
const MONTHS_FR: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// Formats a date.
pub(crate) fn day(day: Date) -> LocalizedText {
    let (number, year) = (day.day(), day.year());
    let month = usize::from(day.month().unsigned_abs()) - 1;
    let first = if number == 1 { "er" } else { "" };
    LocalizedText {
        ar: format!("{number} {} {year}", MONTHS_AR[month]),
        fr: format!("{number}{first} {} {year}", MONTHS_FR[month]),
    }
}

/// Formats a period.
pub(crate) fn period(from: Date, to: Date) -> LocalizedText {
    let (from, to) = (day(from), day(to));
    LocalizedText {
        ar: format!("من {} إلى {}", from.ar, to.ar), fr: format!("du {} au {}", from.fr, to.fr)
    }
}

/// Formats an amount given in centimes.
pub(crate) fn money(centimes: i64) -> LocalizedText {
    let (dirhams, rest) = (grouped(centimes.unsigned_abs() / 100), centimes.unsigned_abs() % 100);
    let sign = if centimes < 0 { "-" } else { "" };
    let amount = if rest == 0 { format!("{sign}{dirhams}") } else { format!("{sign}{dirhams},{rest:02}") };
    LocalizedText { ar: format!("{} درهم", left_to_right(&amount)), fr: format!("{amount} DH") }
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

/// Formats a telephone number as dialled in Morocco: 06 12 34 56 78.
pub(crate) fn phone(international: &str) -> String {
    let national = international.strip_prefix("+212").map(|national| format!("0{national}"));
    national.map_or_else(|| international.to_owned(), |national| in_groups(&national, &[2, 2, 2, 2]))
}

/// Formats a bank account: bank, town, account, key.
pub(crate) fn rib(rib: &str) -> String {
    in_groups(rib, &[3, 3, 16])
}

/// Splits `text` into groups of these sizes, separated by spaces; the rest follows.
fn in_groups(text: &str, sizes: &[usize]) -> String {
    let mut rest = text;
    let mut groups = Vec::new();
    for size in sizes {
        let (group, after) = rest.split_at_checked(*size).unwrap_or((rest, ""));
        groups.push(group);
        rest = after;
    }
    groups.push(rest);
    groups.retain(|group| !group.is_empty());
    groups.join(" ")
}

/// Isolates a left-to-right run (U+2066, U+2069).
pub(crate) fn left_to_right(text: &str) -> String {
    format!("\u{2066}{text}\u{2069}")
}

/// Returns the same text in both languages, isolated in Arabic.
pub(crate) fn same(text: &str) -> LocalizedText {
    LocalizedText { ar: left_to_right(text), fr: text.to_owned() }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{day, money, phone, rib};

    #[test]
    fn days_and_amounts_read_as_in_morocco() {
        let first = day(date(2027, 8, 1));
        assert_eq!((first.ar.as_str(), first.fr.as_str()), ("1 غشت 2027", "1er août 2027"));
        assert_eq!(day(date(2026, 11, 24)).ar, "24 نونبر 2026");
        for (centimes, shown) in [
            (0, "0 DH"),
            (5, "0,05 DH"),
            (14_000, "140 DH"),
            (5_000_000, "50.000 DH"),
            (123_456_789, "1.234.567,89 DH"),
        ] {
            assert_eq!(money(centimes).fr, shown);
        }
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(phone("+212612345678"), "06 12 34 56 78");
        assert_eq!(rib("000111222222222222222297"), "000 111 2222222222222222 97");
    }
}
