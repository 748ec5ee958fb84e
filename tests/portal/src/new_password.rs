//! What a new password may be (guide step 7; NIST SP 800-63B §5.1.1.2): long enough, none of the member's own
//! identifiers, not among the commonest. Whether it is the one it replaces is asked where hashes are compared.

use std::{collections::HashSet, sync::LazyLock};

use crate::{formats, members::OnFile, problem::Code};

const SHORTEST: usize = 12;
const LONGEST: usize = 128;

/// Parts of an address this short are found in ordinary words.
const SHORTEST_IDENTIFIER: usize = 4;

/// The list stands in the app, which says the same while the member types.
static COMMONEST: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("../../../core/data/common-passwords.txt").lines().collect());

/// What is wrong with `new`, a password in NFC, for this member.
pub(crate) fn check_new(new: &str, on_file: &OnFile) -> Option<Code> {
    match new.chars().count() {
        0 => Some(Code::Required),
        1..SHORTEST => Some(Code::TooShort),
        SHORTEST..=LONGEST if holds_identifier(new, on_file) => Some(Code::ContainsIdentifier),
        SHORTEST..=LONGEST => is_common(new).then_some(Code::Common),
        _ => Some(Code::TooLong),
    }
}

/// Identifiers are found however they are written: in other digits, in other cases, with spaces, dots or dashes.
fn holds_identifier(new: &str, on_file: &OnFile) -> bool {
    let new = bare(new);
    let users = on_file.addresses.iter().filter_map(|address| address.split('@').next());
    [on_file.member.ppr.as_str(), on_file.cin.as_str()]
        .into_iter()
        .chain(on_file.pension_number.as_deref())
        .chain(users)
        .map(bare)
        .any(|identifier| identifier.len() >= SHORTEST_IDENTIFIER && new.contains(&identifier))
}

fn bare(text: &str) -> String {
    formats::fold(text).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn is_common(new: &str) -> bool {
    let lower = new.to_lowercase();
    COMMONEST.contains(lower.as_str()) || is_one_run_repeated(&lower)
}

/// One character or one run of characters, twice or more and nothing else: «aaaa…», «123412341234».
fn is_one_run_repeated(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    (1..=chars.len() / 2).any(|run| chars.iter().zip(&chars[run..]).all(|(one, next)| one == next))
}

#[cfg(test)]
mod tests {
    use super::{COMMONEST, is_common};

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
        assert!(COMMONEST.iter().all(|password| is_common(&password.to_uppercase())));
    }
}
