//! Validation of members' identifiers, by the rules that the app applies too (`fos_rules`), and the codes of their problems.

use fos_rules::{email, identifiers};

use crate::problem::{Code, FieldProblem};

/// Normalizes and validates a payroll number.
pub(crate) fn ppr(typed: &str) -> Result<String, Code> {
    check(identifiers::normalize_ppr(typed), identifiers::is_ppr)
}

/// Normalizes and validates an identity card number.
pub(crate) fn cin(typed: &str) -> Result<String, Code> {
    check(identifiers::normalize_cin(typed), identifiers::is_cin)
}

/// Normalizes and validates a pension number.
pub(crate) fn pension_number(typed: &str) -> Result<String, Code> {
    check(identifiers::normalize_pension_number(typed), identifiers::is_pension_number)
}

/// Normalizes and validates an email address, in lower case.
pub(crate) fn email(typed: &str) -> Result<String, Code> {
    let address = email::comparison_key(&email::normalize(typed));
    if address.len() > email::MAX_LENGTH {
        return Err(Code::TooLong);
    }
    check(address, email::is_email)
}

fn check(normalized: String, is_valid: impl FnOnce(&str) -> bool) -> Result<String, Code> {
    if normalized.is_empty() {
        Err(Code::Required)
    } else if is_valid(&normalized) {
        Ok(normalized)
    } else {
        Err(Code::Format)
    }
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

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::{Code, cin, email, in_domains, pension_number, ppr};

    #[test]
    fn an_identifier_is_missing_or_invalid_or_normalized() {
        assert_eq!(ppr(" "), Err(Code::Required));
        assert_eq!(ppr("12a4"), Err(Code::Format));
        assert_eq!(ppr("٠١٢٣ ٤٥٦").unwrap(), "0123456");
        assert_eq!(cin("ab-123 456").unwrap(), "AB123456");
        assert_eq!(cin("AB"), Err(Code::Format));
        assert_eq!(pension_number("88/4521").unwrap(), "88/4521");
        assert_eq!(pension_number("88_4521"), Err(Code::Format));
        assert_eq!(email(" Membre.Essai@Finances.Test\u{200E}").unwrap(), "membre.essai@finances.test");
        assert_eq!(email("é@b.test"), Err(Code::Format));
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
