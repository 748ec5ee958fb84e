//! Help from every stage, signed out too: what to check, whom to ask, and a code that tells the help desk what happened
//! without telling who (design §7). And what becomes of the member's data (law 09-08).

mod privacy;

use std::sync::PoisonError;

use crate::context::Context;
use crate::language::{ActionView, Identifier, Words};
use crate::stage::State;
use crate::views::{FactView, HintView};
pub(crate) use privacy::privacy;

/// The help screen.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct HelpView {
    /// Its title.
    pub title: String,
    /// What to check first, for where the member stands.
    pub checks: Vec<HintView>,
    /// Above the contacts, when the portal has told any.
    pub contacts_title: Option<String>,
    /// Whom to ask.
    pub contacts: Vec<ContactView>,
    /// Above the facts.
    pub about_title: String,
    /// The version, and the code for the help desk, to be copied.
    pub about: Vec<FactView>,
    /// Leads to the text on personal data.
    pub privacy: ActionView,
    /// Leads to the licences of what the app is made of.
    pub licences: ActionView,
}

/// A way to reach the foundation.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ContactView {
    /// `phone`, `email`, `hours`, `address`.
    pub key: String,
    /// A Material Symbols name.
    pub icon: String,
    /// What it is.
    pub label: String,
    /// The number, the address.
    pub value: Identifier,
    /// What the system opens at a touch: `tel:` (RFC 3966), `mailto:` (RFC 6068).
    pub link: Option<String>,
}

pub(crate) fn view(context: &Context) -> HelpView {
    let words = context.words();
    let contacts = contacts(context, &words);
    let fact = |label: &str, value: &str| FactView {
        icon: None,
        label: words.say(label),
        value: Identifier::new(value),
        chip: None,
    };
    HelpView {
        title: words.say("title-help"),
        checks: checks(context.state(), &words),
        contacts_title: (!contacts.is_empty()).then(|| words.say("contacts")),
        contacts,
        about_title: words.say("about"),
        about: vec![
            fact("about-version", context.gate.app_version()),
            fact("about-code", &diagnostic_code(context)),
        ],
        privacy: words.action("privacy"),
        licences: words.action("licences"),
    }
}

fn checks(state: State, words: &Words) -> Vec<HintView> {
    let names: &[(&str, &str)] = match state {
        State::Welcome => &[("id_card", "check-ppr"), ("key", "check-forgotten"), ("wifi", "check-network")],
        State::PasswordSent => &[
            ("report", "mail-hint-spam"),
            ("mail", "check-address"),
            ("hourglass_top", "check-retired-address"),
        ],
        State::Charter { .. } => &[("description", "check-charter"), ("wifi", "check-network")],
        State::NewPassword => &[("key", "check-new-password"), ("wifi", "check-network")],
        State::Space | State::Lapsed => {
            &[("campaign", "check-opening"), ("refresh", "check-refresh"), ("wifi", "check-network")]
        }
    };
    names.iter().map(|(icon, name)| HintView { icon: (*icon).to_owned(), text: words.say(name) }).collect()
}

fn contacts(context: &Context, words: &Words) -> Vec<ContactView> {
    let Some(config) = context.gate.config() else { return Vec::new() };
    let told = &config.contacts;
    let contact = |key: &str, icon: &str, value: Identifier, link: Option<String>| ContactView {
        key: key.to_owned(),
        icon: icon.to_owned(),
        label: words.say(&format!("contact-{key}")),
        value,
        link,
    };
    let phone = told.phone.as_ref().map(|phone| {
        contact("phone", "call", Identifier::new(&national(phone)), Some(format!("tel:{phone}")))
    });
    let email = told
        .email
        .as_ref()
        .map(|email| contact("email", "mail", Identifier::new(email), Some(format!("mailto:{email}"))));
    let hours = told.hours.as_ref().map(|hours| {
        contact("hours", "schedule", Identifier::plain(hours.in_language(words.language())), None)
    });
    let address = told.address.as_ref().map(|address| {
        contact("address", "location_on", Identifier::plain(address.in_language(words.language())), None)
    });
    [phone, email, hours, address].into_iter().flatten().collect()
}

/// «05 00 00 00 00» for `+212500000000`, as Morocco writes its numbers (domain.md a).
fn national(phone: &str) -> String {
    let Some(digits) = phone.strip_prefix("+212").filter(|digits| digits.len() == 9 && digits.is_ascii())
    else {
        return phone.to_owned();
    };
    let whole = format!("0{digits}");
    let pairs: Vec<&str> = (0..whole.len()).step_by(2).filter_map(|at| whole.get(at..at + 2)).collect();
    pairs.join(" ")
}

/// `0.1.0-A-S-NET-3`, short enough for one line and for the telephone: version, system, stage, last trouble, serial of the portal's config.
fn diagnostic_code(context: &Context) -> String {
    let stage = match context.state() {
        State::Welcome => "W",
        State::PasswordSent => "M",
        State::Charter { .. } => "C",
        State::NewPassword => "P",
        State::Space => "S",
        State::Lapsed => "L",
    };
    let system = context.system.chars().next().unwrap_or('x').to_ascii_uppercase();
    let trouble = *context.last_trouble.lock().unwrap_or_else(PoisonError::into_inner);
    let trouble = if trouble.is_empty() { "OK" } else { trouble };
    let version = context.gate.app_version();
    format!("{version}-{system}-{stage}-{trouble}-{}", context.gate.serial())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telephone_number_is_written_as_morocco_does() {
        assert_eq!(national("+212500000000"), "05 00 00 00 00");
        assert_eq!(national("+33100000000"), "+33100000000");
    }
}
