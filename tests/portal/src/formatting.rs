//! Texts with dates and amounts in both languages: Morocco's names of the months, and left-to-right isolation inside
//! Arabic.

use fos_rules::{fold::isolate_left_to_right, money};
use fos_wire::LocalizedText;
use jiff::civil::Date;

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
    let amount = money::format(centimes);
    LocalizedText { ar: format!("{} درهم", isolate_left_to_right(&amount)), fr: format!("{amount} DH") }
}

/// Returns the same text in both languages, isolated in Arabic.
pub(crate) fn same(text: &str) -> LocalizedText {
    LocalizedText { ar: isolate_left_to_right(text), fr: text.to_owned() }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{day, money};

    #[test]
    fn days_and_amounts_read_as_in_morocco() {
        let first = day(date(2027, 8, 1));
        assert_eq!((first.ar.as_str(), first.fr.as_str()), ("1 غشت 2027", "1er août 2027"));
        let amount = money(123_456_789);
        assert_eq!(amount.fr, "1.234.567,89 DH");
        assert_eq!(amount.ar, "\u{2066}1.234.567,89\u{2069} درهم");
    }

    #[test]
    fn months_have_the_names_that_cldr_gives_them() {
        let rows = include_str!("../../../core/rules/golden/months.tsv").lines().skip(1);
        for (month, row) in (1..).zip(rows) {
            let shown = day(date(2027, month, 2));
            assert_eq!(
                row,
                format!(
                    "{month}\t{}\t{}",
                    &shown.ar[2..shown.ar.len() - 5],
                    &shown.fr[2..shown.fr.len() - 5]
                )
            );
        }
    }
}
