//! Help, available at every stage: checks, contacts, a diagnostic code without personal data. Also the text about
//! personal data (law 09-08).

mod diagnostic;
mod privacy;

use crate::context::AppContext;
use crate::i18n::{ActionView, FormatArg, Identifier, Localizer};
use crate::session::SessionManager;
use crate::stage::State;
use crate::views::{FactView, HintView};
pub use diagnostic::DiagnosticView;
pub(crate) use diagnostic::diagnostic;
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
    /// Opens the diagnostic page ([`crate::Fos::diagnostic`]).
    pub diagnostic: ActionView,
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
        checks: checks(sessions.state(), &localizer)
            .into_iter()
            .chain([clock_check(context, &localizer)])
            .collect(),
        contacts_title: (!contacts.is_empty()).then(|| localizer.message("contacts")),
        contacts,
        about_title: localizer.message("about"),
        about: vec![
            fact("about-version", context.remote_config().app_version()),
            fact("about-code", &diagnostic_code(context, sessions.state())),
        ],
        privacy: localizer.action("privacy"),
        licences: localizer.action("licences"),
        diagnostic: localizer.action("diagnostic"),
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

/// Seconds by which a phone's clock is wrong: a correct one is never that far off.
const WRONG_CLOCK_SECONDS: u64 = 10 * 60;

/// Returns the check of the phone's clock, compared with the portal's once that is known.
fn clock_check(context: &AppContext, localizer: &Localizer) -> HintView {
    let phone = context.clock().device_now();
    let phone_text = localizer.long_date_and_time(phone);
    let phone_arg = ("phone", FormatArg::Text(&phone_text));
    let text = match context.clock().synced_now() {
        None => localizer.format("check-clock", &[phone_arg]),
        Some(portal) if portal.as_second().abs_diff(phone.as_second()) < WRONG_CLOCK_SECONDS => {
            localizer.format("check-clock-right", &[phone_arg])
        }
        Some(portal) => {
            let portal_text = localizer.long_date_and_time(portal);
            localizer.format("check-clock-wrong", &[phone_arg, ("portal", FormatArg::Text(&portal_text))])
        }
    };
    HintView { icon: "schedule".to_owned(), text }
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
    #[cfg(feature = "development")]
    use crate::i18n::Language;
    #[cfg(feature = "development")]
    use crate::testing::{NO_PORTAL, TestClock, open_app_at};

    #[test]
    fn a_telephone_number_is_written_as_morocco_does() {
        assert_eq!(format_national("+212500000000"), "05 00 00 00 00");
        assert_eq!(format_national("+33100000000"), "+33100000000");
    }

    #[cfg(feature = "development")]
    #[test]
    fn the_phones_clock_is_compared_with_the_portals_once_that_is_known() {
        let folder = tempfile::tempdir().unwrap();
        let clock = TestClock::at("2026-11-24T09:00:00Z");
        let fos = open_app_at(folder.path(), NO_PORTAL, &clock);
        fos.set_language(Language::Fr).unwrap();
        let check = || fos.help().checks.into_iter().find(|check| check.icon == "schedule").unwrap().text;
        assert!(check().starts_with("Ce téléphone indique le 24 novembre 2026 à 09:00. Si"), "{}", check());
        let sync = |time: &str| fos.sessions().context().clock().sync(time.parse().unwrap());
        sync("2026-11-24T09:05:00Z");
        assert!(check().contains("sont justes"), "{}", check());
        sync("2026-11-24T08:00:00Z");
        assert!(
            check().contains(
                "24 novembre 2026 à 09:00, mais la Fondation le 24 novembre 2026 à 08:00. Corrigez"
            ),
            "{}",
            check()
        );
    }
}
