//! Ranked wishes: some of several, the most wanted first. In a value their keys stand in that order, with a comma between.

use super::problem::{Bound, Problem};

const SEPARATOR: &str = ",";

/// The wishes in a value, the most wanted first.
pub(crate) fn wishes(value: &str) -> impl Iterator<Item = &str> {
    value.split(SEPARATOR).filter(|wish| !wish.is_empty())
}

/// The value once this wish was touched: a new one comes last, one that stands goes and the others move up.
pub(super) fn touch_wish(value: &str, touched: &str, most: usize) -> String {
    let mut all: Vec<&str> = wishes(value).collect();
    match all.iter().position(|wish| *wish == touched) {
        Some(at) => drop(all.remove(at)),
        None if all.len() < most => all.push(touched),
        None => {}
    }
    all.join(SEPARATOR)
}

/// Too few, or too many.
pub(super) fn wishes_problem(value: &str, least: usize, most: usize) -> Option<Problem> {
    let count = wishes(value).count();
    let bound = |bound: usize| Bound::Number(i64::try_from(bound).unwrap_or(i64::MAX));
    if count < least {
        Some(Problem::beyond("too-few", bound(least)))
    } else if count > most {
        Some(Problem::beyond("too-many", bound(most)))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_touch_puts_a_wish_last_or_takes_it_out() {
        let mut value = String::new();
        for (touched, then) in [
            ("agadir", "agadir"),
            ("ifrane", "agadir,ifrane"),
            ("saidia", "agadir,ifrane"),
            ("agadir", "ifrane"),
        ] {
            value = touch_wish(&value, touched, 2);
            assert_eq!(value, then);
        }
        assert_eq!(wishes(&value).collect::<Vec<_>>(), ["ifrane"]);
    }
}
