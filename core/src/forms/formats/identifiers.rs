//! The numbers by which the administration knows a member, and their address (domain.md a). Each is judged in its normal
//! form.

/// Payroll number: 4–9 digits.
pub(crate) fn is_ppr(value: &str) -> bool {
    (4..=9).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_digit())
}

/// Pension number: opaque, 3–14 of `0-9 A-Z / -`.
pub(crate) fn is_pension(value: &str) -> bool {
    (3..=14).contains(&value.len())
        && value.bytes().all(|b| matches!(b, b'0'..=b'9' | b'A'..=b'Z' | b'/' | b'-'))
}

/// National identity card: one or two letters, then digits; eight characters at most.
pub(crate) fn is_cin(value: &str) -> bool {
    let letters = value.bytes().take_while(u8::is_ascii_uppercase).count();
    let digits = value.len() - letters;
    (1..=2).contains(&letters)
        && (1..=7).contains(&digits)
        && value.len() <= 8
        && value.bytes().skip(letters).all(|b| b.is_ascii_digit())
}

/// Early feedback only: whether mail arrives is for the portal and the mail itself to say. A domain is letters of ASCII
/// (RFC 5321 §2.3.5); the portal takes no other.
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
