//! Normalization and validation of members' identifiers. The app applies the same rules; the server is authoritative.

use crate::problem::{Code, FieldProblem};

/// Longest address that SMTP can carry (RFC 5321 §4.5.3.1.3, less the angle brackets).
const MAX_ADDRESS_LENGTH: usize = 254;

/// Normalizes a payroll number: 4 to 9 digits, leading zeros kept.
pub(crate) fn ppr(typed: &str) -> Result<String, Code> {
    let folded = non_empty(fold(typed))?;
    check_format(folded, |ppr| (4..=9).contains(&ppr.len()) && ppr.bytes().all(|b| b.is_ascii_digit()))
}

/// Normalizes an identity card number: one or two letters, then digits; eight characters at most.
pub(crate) fn cin(typed: &str) -> Result<String, Code> {
    let folded = non_empty(fold(typed).replace(['-', '\u{2010}', '\u{2011}'], "").to_ascii_uppercase())?;
    check_format(folded, |cin| {
        let letters = cin.bytes().take_while(u8::is_ascii_uppercase).count();
        let digits = cin.bytes().skip(letters).filter(u8::is_ascii_digit).count();
        (1..=2).contains(&letters)
            && (1..=7).contains(&digits)
            && letters + digits == cin.len()
            && cin.len() <= 8
    })
}

/// Normalizes a pension number: opaque, 3 to 14 digits, letters, slashes and hyphens.
pub(crate) fn pension_number(typed: &str) -> Result<String, Code> {
    let folded = non_empty(fold(typed).to_ascii_uppercase())?;
    check_format(folded, |number| {
        (3..=14).contains(&number.len())
            && number.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase() || b == b'/' || b == b'-')
    })
}

/// Normalizes an email address to lower case.
pub(crate) fn email(typed: &str) -> Result<String, Code> {
    let folded = non_empty(fold(typed).to_ascii_lowercase())?;
    if folded.len() > MAX_ADDRESS_LENGTH {
        return Err(Code::TooLong);
    }
    check_format(folded, |email| {
        email.split_once('@').is_some_and(|(user, host)| is_user(user) && is_host(host))
    })
}

/// True if the host of `email` matches one of `domains`, each a name (`tgr.test`) or all names under one
/// (`*.finances.test`).
pub(crate) fn in_domains(email: &str, domains: &[String]) -> bool {
    let host = email.rsplit_once('@').map_or("", |(_, host)| host);
    domains.iter().any(|domain| match domain.strip_prefix("*.") {
        Some(parent) => host.strip_suffix(parent).is_some_and(|rest| rest.len() > 1 && rest.ends_with('.')),
        None => host == domain,
    })
}

/// Collector of field problems while a request is validated.
#[derive(Default)]
pub(crate) struct FieldChecks {
    pub(crate) problems: Vec<FieldProblem>,
}

impl FieldChecks {
    /// Returns the valid value, or an empty one after recording the problem.
    pub(crate) fn value(&mut self, field: &'static str, checked: Result<String, Code>) -> String {
        checked.unwrap_or_else(|code| {
            self.problems.push(FieldProblem::new(field, code));
            String::new()
        })
    }
}

/// Converts digits to 0-9 and removes spaces and the invisible marks that come along when Arabic text is copied.
pub(crate) fn fold(typed: &str) -> String {
    typed.chars().filter(|c| !is_ignorable(*c)).map(western_digit).collect()
}

/// True for spaces, bidirectional controls, zero-width characters and byte order marks.
pub(crate) fn is_ignorable(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

fn western_digit(c: char) -> char {
    let value = match c {
        '٠'..='٩' => u32::from(c) - u32::from('٠'),
        '۰'..='۹' => u32::from(c) - u32::from('۰'),
        _ => return c,
    };
    char::from_digit(value, 10).unwrap_or(c)
}

fn non_empty(folded: String) -> Result<String, Code> {
    if folded.is_empty() { Err(Code::Required) } else { Ok(folded) }
}

fn check_format(folded: String, is_valid: impl FnOnce(&str) -> bool) -> Result<String, Code> {
    if is_valid(&folded) { Ok(folded) } else { Err(Code::Format) }
}

fn is_user(user: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&b);
    user.len() <= 64 && user.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(allowed))
}

fn is_host(host: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    host.contains('.') && host.split('.').all(is_label)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::{Code, cin, email, in_domains, pension_number, ppr};

    #[test]
    fn a_payroll_number_typed_with_arabic_digits_and_marks_is_the_same_number() {
        assert_eq!(ppr("\u{200F}٠١٢٣ ٤٥٦\u{00A0}").unwrap(), "0123456");
        assert_eq!(ppr("۰۱۲۳").unwrap(), "0123");
        assert_eq!(ppr(" "), Err(Code::Required));
        for invalid in ["123", "1234567890", "12a4", "-1234"] {
            assert_eq!(ppr(invalid), Err(Code::Format), "{invalid}");
        }
    }

    #[test]
    fn a_card_number_is_upper_case_without_dashes() {
        assert_eq!(cin("ab-123 456").unwrap(), "AB123456");
        assert_eq!(cin("j٣٤٥٦٧٨").unwrap(), "J345678");
        for invalid in ["123456", "ABC12345", "AB", "AB1234567", "A12B34"] {
            assert_eq!(cin(invalid), Err(Code::Format), "{invalid}");
        }
    }

    #[test]
    fn a_pension_number_keeps_its_slash() {
        assert_eq!(pension_number("88/4521").unwrap(), "88/4521");
        assert_eq!(pension_number("88_4521"), Err(Code::Format));
    }

    #[test]
    fn an_address_is_compared_in_lower_case() {
        assert_eq!(email(" Membre.Essai@Finances.Test\u{200E}").unwrap(), "membre.essai@finances.test");
        for invalid in ["a", "a@b", "a@@b.test", ".a@b.test", "a@-b.test", "a b@", "é@b.test", "a@b..test"] {
            assert_eq!(email(invalid), Err(Code::Format), "{invalid}");
        }
        assert_eq!(email(&format!("a@{}.test", "b.".repeat(130))), Err(Code::TooLong));
    }

    #[test]
    fn a_domain_is_matched_on_a_label_boundary() {
        let domains = ["finances.test".to_owned(), "*.finances.test".to_owned()];
        assert!(in_domains("a@finances.test", &domains));
        assert!(in_domains("a@budget.finances.test", &domains));
        assert!(!in_domains("a@notfinances.test", &domains));
        assert!(!in_domains("a@finances.test.evil.test", &domains));
        assert!(!in_domains("a@.finances.test", &domains));
    }
}
