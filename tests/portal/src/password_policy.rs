//! Policy for new passwords (guide step 7; NIST SP 800-63B §5.1.1.2): long enough, without the member's own
//! identifiers, not among the most common. Equality with the previous password is checked where hashes are compared
//! (`passwords`).

use std::{collections::HashSet, sync::LazyLock};

use crate::{identifiers, members::MemberRecord, problem::Code};

const MIN_LENGTH: usize = 12;
const MAX_LENGTH: usize = 128;

/// Shorter identifiers occur in ordinary words.
const MIN_IDENTIFIER_LENGTH: usize = 4;

/// Shared with the app, which checks the same list while the member types.
static COMMON_PASSWORDS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("../../../core/data/common-passwords.txt").lines().collect());

/// Returns the problem of `new`, a password in NFC, for this member, if any.
pub(crate) fn check(new: &str, member: &MemberRecord) -> Option<Code> {
    match new.chars().count() {
        0 => Some(Code::Required),
        1..MIN_LENGTH => Some(Code::TooShort),
        MIN_LENGTH..=MAX_LENGTH if contains_identifier(new, member) => Some(Code::ContainsIdentifier),
        MIN_LENGTH..=MAX_LENGTH => is_common(new).then_some(Code::Common),
        _ => Some(Code::TooLong),
    }
}

/// True if the password contains an identifier in any spelling: other digits or case, with spaces, dots or dashes.
fn contains_identifier(new: &str, member: &MemberRecord) -> bool {
    let new = alphanumeric(new);
    let users = member.addresses.iter().filter_map(|address| address.split('@').next());
    [member.member.ppr.as_str(), member.cin.as_str()]
        .into_iter()
        .chain(member.pension_number.as_deref())
        .chain(users)
        .map(alphanumeric)
        .any(|identifier| identifier.len() >= MIN_IDENTIFIER_LENGTH && new.contains(&identifier))
}

fn alphanumeric(text: &str) -> String {
    identifiers::fold(text).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn is_common(new: &str) -> bool {
    let lower = new.to_lowercase();
    COMMON_PASSWORDS.contains(lower.as_str()) || is_repetition(&lower)
}

/// True for one character or one sequence repeated throughout: «aaaa…», «123412341234».
fn is_repetition(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    (1..=chars.len() / 2).any(|run| chars.iter().zip(&chars[run..]).all(|(one, next)| one == next))
}

#[cfg(test)]
mod tests {
    use super::{COMMON_PASSWORDS, is_common};

    #[test]
    fn the_commonest_passwords_and_repetitions_are_known() {
        for common in
            ["aaaaaaaaaaaa", "123412341234", "Abcabcabcabcab", "اااااااااااا", "motdepassemotdepasse"]
        {
            assert!(is_common(common), "{common}");
        }
        for fine in ["نخلة تمر وزيتونة 7", "une autre phrase à retenir", "شجرة الزيتون"]
        {
            assert!(!is_common(fine), "{fine}");
        }
        assert!(COMMON_PASSWORDS.iter().all(|password| is_common(&password.to_uppercase())));
    }
}
