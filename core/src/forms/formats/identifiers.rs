//! Identifiers and e-mail addresses, validated in normalized form.

/// Returns true for a PPR (payroll number): 4–9 digits.
pub(crate) fn is_ppr(value: &str) -> bool {
    (4..=9).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_digit())
}

/// Returns true for a pension number: opaque, 3–14 of `0-9 A-Z / -`.
pub(crate) fn is_pension(value: &str) -> bool {
    (3..=14).contains(&value.len())
        && value.bytes().all(|b| matches!(b, b'0'..=b'9' | b'A'..=b'Z' | b'/' | b'-'))
}

/// Returns true for a CIN (national identity card): one or two letters, then digits; at most eight characters.
pub(crate) fn is_cin(value: &str) -> bool {
    let letters = value.bytes().take_while(u8::is_ascii_uppercase).count();
    let digits = value.len() - letters;
    (1..=2).contains(&letters)
        && (1..=7).contains(&digits)
        && value.len() <= 8
        && value.bytes().skip(letters).all(|b| b.is_ascii_digit())
}

/// Returns true for a plausible address; the portal and the mail itself have the last word. The domain is ASCII (RFC
/// 5321 §2.3.5), as the portal requires.
pub(crate) fn is_email(value: &str) -> bool {
    let Some((local, domain)) = value.rsplit_once('@') else { return false };
    let label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    !local.is_empty()
        && value.len() <= 254
        && !local.contains(['@', ',', ';', '<', '>'])
        && domain.contains('.')
        && domain.split('.').all(label)
}
