//! Email addresses: the dot-atom form of RFC 5321, with a domain of at least two labels, all ASCII.

use crate::fold::fold;

/// Longest address that SMTP can carry, in characters (RFC 5321 §4.5.3.1.3, less the angle brackets).
pub const MAX_LENGTH: usize = 254;
const MAX_LOCAL_LENGTH: usize = 64;
const MAX_LABEL_LENGTH: usize = 63;

/// Normalizes an address: without spaces and invisible characters. The case stays: the local part may be case-sensitive
/// (RFC 5321 §2.4).
pub fn normalize(typed: &str) -> String {
    fold(typed)
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
    use super::*;

    #[test]
    fn an_address_is_compared_in_lower_case() {
        let normal = normalize(" Membre.Essai@Finances.Test\u{200E}");
        assert_eq!(normal, "Membre.Essai@Finances.Test");
        assert!(is_email(&normal));
        assert_eq!(comparison_key(&normal), "membre.essai@finances.test");
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
}
