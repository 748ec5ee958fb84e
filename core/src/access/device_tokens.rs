//! Tokens that make this phone a known device to the portal, one for each member who signed in on it. They outlive
//! sign-out, so a member is listed under a pseudonym.

use std::collections::HashMap;

use fos_rules::identifiers::{is_ppr, significant_ppr};

use crate::context::{AppContext, keys};
use crate::error::Error;

/// Stores the member's token.
pub(super) fn store(context: &AppContext, ppr: &str, token: &str) -> Result<(), Error> {
    let mut tokens = HashMap::new();
    // Earlier versions listed members by their payroll numbers.
    for (stored, token) in load(context)? {
        let pseudonym = if is_ppr(&stored) { pseudonym_of(context, &stored) } else { stored };
        tokens.insert(pseudonym, token);
    }
    tokens.insert(pseudonym_of(context, ppr), token.to_owned());
    Ok(context.device_db().put(keys::DEVICE_TOKENS, &tokens)?)
}

/// Returns the token of a member who signed in on this phone before, however the payroll number is written.
pub(super) fn find(context: &AppContext, ppr: &str) -> Result<Option<String>, Error> {
    let (tokens, pseudonym) = (load(context)?, pseudonym_of(context, ppr));
    let is_own = |stored: &str| {
        stored == pseudonym || is_ppr(stored) && significant_ppr(stored) == significant_ppr(ppr)
    };
    Ok(tokens.into_iter().find(|(stored, _)| is_own(stored)).map(|(_, token)| token))
}

fn load(context: &AppContext) -> Result<HashMap<String, String>, Error> {
    Ok(context.device_db().get(keys::DEVICE_TOKENS)?.unwrap_or_default())
}

fn pseudonym_of(context: &AppContext, ppr: &str) -> String {
    context.member_pseudonyms().name(significant_ppr(ppr))
}

#[cfg(test)]
#[cfg(feature = "development")]
mod tests {
    use super::*;
    use crate::testing::open_app;

    #[test]
    fn a_token_is_found_however_its_number_is_written_and_the_number_is_not_stored() {
        let folder = tempfile::tempdir().unwrap();
        let fos = open_app(folder.path());
        let context = fos.sessions().context();
        let by_number = HashMap::from([("0234567".to_owned(), "stored by version 0.1.0".to_owned())]);
        context.device_db().put(keys::DEVICE_TOKENS, &by_number).unwrap();
        assert_eq!(find(context, "234567").unwrap().unwrap(), "stored by version 0.1.0");
        store(context, "0123456", "token").unwrap();
        for (ppr, token) in [
            ("123456", Some("token")),
            ("0123456", Some("token")),
            ("0234567", Some("stored by version 0.1.0")),
            ("0345678", None),
        ] {
            assert_eq!(find(context, ppr).unwrap().as_deref(), token, "{ppr}");
        }
        assert!(load(context).unwrap().keys().all(|known| !is_ppr(known)), "no payroll number is left");
    }
}
