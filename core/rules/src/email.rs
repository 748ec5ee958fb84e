//! Email addresses: the dot-atom form of RFC 5321, with a domain of at least two labels, all ASCII.

use crate::characters::{SOFT_HYPHEN, is_invisible, to_ascii};
use crate::fold::trim;

/// Longest address that SMTP can carry, in characters (RFC 5321 §4.5.3.1.3, less the angle brackets).
pub const MAX_LENGTH: usize = 254;
const MAX_LOCAL_LENGTH: usize = 64;
const MAX_LABEL_LENGTH: usize = 63;

/// Normalizes an address: without what keyboards and mail apps put around it (a name and angle brackets, `mailto:`,
/// quotation marks, the full stop of a sentence), without invisible characters and spaces around «@». Nothing between is
/// changed: two words are no address, and a soft hyphen may stand for a hyphen or for nothing. The case stays: the local part
/// may be case-sensitive (RFC 5321 §2.4).
pub fn normalize(typed: &str) -> String {
    let is_seen = |c: &char| !is_invisible(*c) || *c == SOFT_HYPHEN;
    let plain: String = typed.chars().filter(is_seen).map(to_ascii).collect();
    let mut address = plain.as_str();
    loop {
        let bare = without_mailto(without_marks(between_brackets(address)));
        if bare.len() == address.len() {
            break;
        }
        address = bare;
    }
    address.split('@').map(trim).collect::<Vec<_>>().join("@")
}

/// Returns the address of `Name <address>`.
fn between_brackets(text: &str) -> &str {
    let inside = text.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    match inside {
        Some((address, after)) if !after.contains(['<', '@']) => address,
        _ => text,
    }
}

/// Removes spaces and marks of quotation and punctuation around an address. An apostrophe may begin a local part: it is
/// removed only where another one ends the text.
fn without_marks(text: &str) -> &str {
    const AROUND: &[char] = &[
        '"', '\u{201c}', '\u{201d}', '\u{201e}', '«', '»', '(', ')', '[', ']', '<', '>', '\u{2039}',
        '\u{203a}',
    ];
    const AFTER: &[char] = &['.', ',', ';', ':', '!', '?', '…', '،', '؛', '؟'];
    const APOSTROPHES: &[char] = &['\'', '\u{2018}', '\u{2019}'];
    let text =
        trim(text).trim_start_matches(AROUND).trim_end_matches(|c| AROUND.contains(&c) || AFTER.contains(&c));
    let quoted = text.strip_prefix(APOSTROPHES).and_then(|text| text.strip_suffix(APOSTROPHES));
    trim(quoted.unwrap_or(text))
}

fn without_mailto(text: &str) -> &str {
    const SCHEME: &str = "mailto:";
    match text.split_at_checked(SCHEME.len()) {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case(SCHEME) => rest.split('?').next().unwrap_or(rest),
        _ => text,
    }
}

/// Converts a normalized address to the form in which addresses on file are compared.
pub fn comparison_key(address: &str) -> String {
    address.to_ascii_lowercase()
}

/// Returns true for a normalized address.
pub fn is_email(value: &str) -> bool {
    value.len() <= MAX_LENGTH
        && value.split_once('@').is_some_and(|(local, host)| is_local_part(local) && is_host(host))
}

fn is_local_part(local: &str) -> bool {
    let is_allowed = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&b);
    local.len() <= MAX_LOCAL_LENGTH
        && local.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(is_allowed))
}

fn is_host(host: &str) -> bool {
    let is_label = |label: &str| {
        (1..=MAX_LABEL_LENGTH).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    host.contains('.') && host.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_address_is_compared_in_lower_case() {
        let normal = normalize(" Membre.Essai@Finances.Test\u{200E}");
        assert_eq!(normal, "Membre.Essai@Finances.Test");
        assert!(is_email(&normal));
        assert_eq!(comparison_key(&normal), "membre.essai@finances.test");
    }

    #[test]
    fn an_address_is_read_with_what_surrounds_it() {
        for typed in [
            "a.b@c.test.",
            "a.b@c.test. ",
            "a.b@c.test,",
            "a.b@c.test;",
            "a.b@c.test،",
            "a.b@c.test…",
            "mailto:a.b@c.test",
            "MAILTO:a.b@c.test?subject=Bonjour",
            "<mailto:a.b@c.test>",
            "<a.b@c.test>",
            "Ali Essai <a.b@c.test>",
            "\"Essai, Ali\" <a.b@c.test>;",
            "\"a.b@c.test\"",
            "'a.b@c.test'",
            "\u{201c}a.b@c.test\u{201d}",
            "«\u{a0}a.b@c.test\u{a0}»",
            "(a.b@c.test)",
            "a.b @ c.test",
            "a.b＠c．test",
            "ａ.b@c.test",
            "a.b@c.test\n",
            "\u{2068}a.b\u{200b}@c.test\u{fe0f}",
        ] {
            assert_eq!(normalize(typed), "a.b@c.test", "{typed:?}");
        }
    }

    #[test]
    fn no_address_is_guessed() {
        for typed in [
            "a.b@c",
            "a.b",
            "Ali a.b@c.test",
            "Ali\na.b@c.test",
            "a b@c.test",
            "a.b@c test",
            "a.b@c.test. Merci",
            "a.b@c. test",
            "a.b@c.test, d@e.test",
            "a.b@c.test d@e.test",
            "<a.b@c.test> <d@e.test>",
            "a.b@c,test",
            "aـb@c.test",
            "@",
            "<>",
            "mailto:",
        ] {
            assert!(!is_email(&normalize(typed)), "{typed:?}");
        }
    }

    #[test]
    fn an_address_that_smtp_cannot_carry_is_rejected() {
        for wrong in [
            "",
            "a",
            "a@b",
            "@b.test",
            "a@",
            "a@@b.test",
            "a@b@c.test",
            ".a@b.test",
            "a.@b.test",
            "a..b@c.test",
            "a@-b.test",
            "a@b-.test",
            "a@b..test",
            "a@.test",
            "é@b.test",
            "a@é.test",
            "membre@مالية.test",
            "a,b@c.test",
            "<a@b.test>",
        ] {
            assert!(!is_email(wrong), "{wrong}");
        }
        let long = |local: usize, label: usize| format!("{}@{}.test", "a".repeat(local), "b".repeat(label));
        assert!(is_email(&long(64, 63)));
        assert!(!is_email(&long(65, 1)) && !is_email(&long(1, 64)));
        assert!(!is_email(&format!("a@{}test", "b.".repeat(130))));
    }

    proptest! {
        #[test]
        fn normalizing_is_idempotent(typed in "([<>\"'a-c@.,;: \n\u{a0}\u{200b}＠،]|mailto:){0,12}") {
            let once = normalize(&typed);
            prop_assert_eq!(normalize(&once), once);
        }
    }
}
