//! Words in dates that members type, folded for search. Each list is one text, words between spaces: a table of texts weighs
//! four times as much in the library.

use crate::fold::has_word;

/// Names of the months, folded for search, in French with its abbreviations, then in Arabic as in Morocco and as elsewhere.
const MONTHS: [&str; 12] = [
    "janvier janv jan يناير جانفي",
    "fevrier fevr fev فبراير فيفري شباط",
    "mars مارس اذار",
    "avril avr ابريل افريل نيسان",
    "mai ماي مايو ايار",
    "juin يونيو يونيه جوان حزيران",
    "juillet juil يوليوز يوليو يوليه جويليه تموز",
    "aout غشت اغسطس اوت اب",
    "septembre sept sep شتنبر شتمبر سبتمبر ايلول",
    "octobre oct اكتوبر اوكتوبر",
    "novembre nov نونبر نوفمبر",
    "decembre dec دجنبر دجمبر ديسمبر",
];

/// Words beside a date that say nothing about it, folded for search: articles, days of the week, the calendar.
const IGNORED: &str = "le er a lundi mardi mercredi jeudi vendredi samedi dimanche \
    يوم الاثنين الثلاثا الاربعا الخميس الجمعه السبت الاحد م";
/// «The first» of a month, folded for search.
pub(super) const FIRST: &str = "فاتح";

/// Returns the month of a folded name.
pub(super) fn month_of_name(name: &str) -> Option<i16> {
    (1..).zip(MONTHS).find(|(_, names)| has_word(names, name)).map(|(number, _)| number)
}

/// Returns true for a folded word that says nothing about a date.
pub(super) fn is_ignored(word: &str) -> bool {
    has_word(IGNORED, word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::fold_for_search;

    #[test]
    fn words_of_a_date_are_folded() {
        for (number, names) in (1..).zip(MONTHS) {
            for name in names.split(' ') {
                assert_eq!(fold_for_search(name), name);
                assert_eq!(month_of_name(name), Some(number), "no two months share {name}");
            }
        }
        for word in IGNORED.split(' ').chain([FIRST]) {
            assert_eq!(fold_for_search(word), word);
        }
    }
}
