//! Policy for new passwords (guide step 7), by the rules that the app applies too. Equality with the previous password is
//! checked where hashes are compared (`passwords`).

use fos_rules::password::{PasswordCheck, PasswordProblem};

use crate::{members::MemberRecord, problem::Code};

/// Returns the identifiers besides the payroll number that a password must not contain. The app gets them at sign-in, so that
/// it judges alike.
pub(crate) fn identifiers(member: &MemberRecord) -> Vec<String> {
    let users = member.addresses.iter().filter_map(|address| address.split('@').next());
    let numbers = [member.cin.as_str()].into_iter().chain(member.pension_number.as_deref());
    numbers.chain(users).map(str::to_owned).collect()
}

/// Returns the problem of `new`, a password in NFC, for this member, if any.
pub(crate) fn check(new: &str, member: &MemberRecord) -> Option<Code> {
    let ppr = member.member.ppr.clone();
    Some(match PasswordCheck::of(new, identifiers(member).into_iter().chain([ppr])).problem()? {
        PasswordProblem::Empty => Code::Required,
        PasswordProblem::TooShort { .. } => Code::TooShort,
        PasswordProblem::TooLong => Code::TooLong,
        PasswordProblem::ContainsIdentifier => Code::ContainsIdentifier,
        PasswordProblem::Common => Code::Common,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::check;
    use fos_wire::{LocalizedText, Member, MemberKind};

    use crate::{members::MemberRecord, table};

    #[test]
    fn a_password_that_the_app_shows_red_is_rejected_and_no_other() {
        let name = LocalizedText { ar: String::new(), fr: String::new() };
        let member = MemberRecord {
            member: Member {
                ppr: "0123456".to_owned(),
                kind: MemberKind::Retired,
                name,
                password_identifiers: Vec::new(),
            },
            cin: "AB123456".to_owned(),
            pension_number: Some("88/4521".to_owned()),
            addresses: vec!["membre.essai@finances.test".to_owned()],
            family: None,
        };
        for [password, expected] in table::rows(include_str!("../../../core/rules/golden/passwords.tsv")) {
            let code = check(&password, &member).map(|code| serde_json::to_value(code).unwrap());
            assert_eq!(code.as_ref().map_or("", |code| code.as_str().unwrap()), expected, "{password}");
        }
    }
}
