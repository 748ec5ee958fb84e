//! Wishes: ranked options, the most wanted first. A value is their keys in that order, separated by commas.

use super::problem::{Limit, Problem};

const SEPARATOR: &str = ",";

/// Returns the keys of a value, the most wanted first.
pub(crate) fn wishes(value: &str) -> impl Iterator<Item = &str> {
    value.split(SEPARATOR).filter(|wish| !wish.is_empty())
}

/// Toggles a wish: a new one is added last, an existing one removed.
pub(super) fn toggle_wish(value: &str, key: &str, max: usize) -> String {
    let mut all: Vec<&str> = wishes(value).collect();
    match all.iter().position(|wish| *wish == key) {
        Some(at) => drop(all.remove(at)),
        None if all.len() < max => all.push(key),
        None => {}
    }
    all.join(SEPARATOR)
}

/// Returns the problem of too few or too many wishes.
pub(super) fn validate_wishes(value: &str, min: usize, max: usize) -> Option<Problem> {
    let count = wishes(value).count();
    let limit = |limit: usize| Limit::Number(i64::try_from(limit).unwrap_or(i64::MAX));
    if count < min {
        Some(Problem::with_limit("too-few", limit(min)))
    } else if count > max {
        Some(Problem::with_limit("too-many", limit(max)))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_toggle_adds_a_wish_last_or_removes_it() {
        let mut value = String::new();
        for (key, expected) in [
            ("agadir", "agadir"),
            ("ifrane", "agadir,ifrane"),
            ("saidia", "agadir,ifrane"),
            ("agadir", "ifrane"),
        ] {
            value = toggle_wish(&value, key, 2);
            assert_eq!(value, expected);
        }
        assert_eq!(wishes(&value).collect::<Vec<_>>(), ["ifrane"]);
    }
}
