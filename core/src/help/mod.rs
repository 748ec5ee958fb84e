//! Help, available at every stage: checks, contacts, a diagnostic code without personal data. Also the text about
//! personal data (law 09-08).

mod privacy;

use crate::context::AppContext;
use crate::i18n::{ActionView, Identifier, Localizer};
use crate::session::SessionManager;
use crate::stage::State;
use crate::views::{FactView, HintView};
pub(crate) use privacy::privacy;

/// Help page.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct HelpView {
    /// Title.
    pub title: String,
    /// Checks for the current stage.
    pub checks: Vec<HintView>,
    /// Title of the contacts; `None` if the config has none.
    pub contacts_title: Option<String>,
    /// Contacts of the foundation.
    pub contacts: Vec<ContactView>,
    /// Title of the facts.
    pub about_title: String,
    /// Version, and the diagnostic code to copy.
    pub about: Vec<FactView>,
    /// Opens the text about personal data.
    pub privacy: ActionView,
    /// Opens the licences.
    pub licences: ActionView,
}

/// A contact of the foundation.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ContactView {
    /// `phone`, `email`, `hours` or `address`.
    pub key: String,
    /// A Material Symbols name.
    pub icon: String,
    /// Label.
    pub label: String,
    /// Number, address or text.
    pub value: Identifier,
    /// URL that the system opens: `tel:` (RFC 3966) or `mailto:` (RFC 6068).
    pub link: Option<String>,
}

pub(crate) fn view(sessions: &SessionManager) -> HelpView {
    let context = sessions.context();
    let localizer = context.localizer();
    let contacts = contacts(context, &localizer);
    let fact = |label: &str, value: &str| FactView {
        icon: None,
        label: localizer.message(label),
        value: Identifier::new(value),
        chip: None,
    };
    HelpView {
        title: localizer.message("title-help"),
        checks: checks(sessions.state(), &localizer),
        contacts_title: (!contacts.is_empty()).then(|| localizer.message("contacts")),
        contacts,
        about_title: localizer.message("about"),
        about: vec![
            fact("about-version", context.remote_config().app_version()),
            fact("about-code", &diagnostic_code(context, sessions.state())),
        ],
        privacy: localizer.action("privacy"),
        licences: localizer.action("licences"),
    }
}

fn checks(state: State, localizer: &Localizer) -> Vec<HintView> {
    let names: &[(&str, &str)] = match state {
        State::Welcome => &[("id_card", "check-ppr"), ("key", "check-forgotten"), ("wifi", "check-network")],
        State::PasswordSent => &[
            ("report", "mail-hint-spam"),
            ("mail", "check-address"),
            ("hourglass_top", "check-retired-address"),
        ],
        State::Charter { .. } => &[("description", "check-charter"), ("wifi", "check-network")],
        State::NewPassword => &[("key", "check-new-password"), ("wifi", "check-network")],
        State::Space | State::SessionExpired => {
            &[("campaign", "check-opening"), ("refresh", "check-refresh"), ("wifi", "check-network")]
        }
    };
    names
        .iter()
        .map(|(icon, name)| HintView { icon: (*icon).to_owned(), text: localizer.message(name) })
        .collect()
}

fn contacts(context: &AppContext, localizer: &Localizer) -> Vec<ContactView> {
    let Some(config) = context.remote_config().config() else { return Vec::new() };
    let known = &config.contacts;
    let contact = |key: &str, icon: &str, value: Identifier, link: Option<String>| ContactView {
        key: key.to_owned(),
        icon: icon.to_owned(),
        label: localizer.message(&format!("contact-{key}")),
        value,
        link,
    };
    let phone = known.phone.as_ref().map(|phone| {
        contact("phone", "call", Identifier::new(&format_national(phone)), Some(format!("tel:{phone}")))
    });
    let email = known
        .email
        .as_ref()
        .map(|email| contact("email", "mail", Identifier::new(email), Some(format!("mailto:{email}"))));
    let hours = known
        .hours
        .as_ref()
        .map(|hours| contact("hours", "schedule", Identifier::plain(hours.get(localizer.language())), None));
    let address = known.address.as_ref().map(|address| {
        contact("address", "location_on", Identifier::plain(address.get(localizer.language())), None)
    });
    [phone, email, hours, address].into_iter().flatten().collect()
}

/// Formats `+212500000000` as «05 00 00 00 00», the Moroccan way.
fn format_national(phone: &str) -> String {
    let Some(digits) = phone.strip_prefix("+212").filter(|digits| digits.len() == 9 && digits.is_ascii())
    else {
        return phone.to_owned();
    };
    let digits = format!("0{digits}");
    let pairs: Vec<&str> = (0..digits.len()).step_by(2).filter_map(|at| digits.get(at..at + 2)).collect();
    pairs.join(" ")
}

/// Returns the diagnostic code, for example `0.1.0-A-S-NET-3`: version, system, stage, last error, serial of the
/// config. Short enough to be read out on the telephone.
fn diagnostic_code(context: &AppContext, state: State) -> String {
    let letter = match state {
        State::Welcome => "W",
        State::PasswordSent => "M",
        State::Charter { .. } => "C",
        State::NewPassword => "P",
        State::Space => "S",
        State::SessionExpired => "L",
    };
    let system = context.system().chars().next().unwrap_or('x').to_ascii_uppercase();
    let error = context.last_error_code();
    let error = if error.is_empty() { "OK" } else { error };
    let version = context.remote_config().app_version();
    format!("{version}-{system}-{letter}-{error}-{}", context.remote_config().serial())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telephone_number_is_written_as_morocco_does() {
        assert_eq!(format_national("+212500000000"), "05 00 00 00 00");
        assert_eq!(format_national("+33100000000"), "+33100000000");
    }
}
