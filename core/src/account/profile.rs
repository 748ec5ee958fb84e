//! Profile sheet.

use fos_wire::{Member, MemberKind};

use crate::i18n::{ActionView, Identifier, Language, Localizer};
use crate::views::Theme;

/// Profile sheet.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ProfileView {
    /// Name of the member.
    pub name: String,
    /// «Active member» or «Retired member».
    pub kind: String,
    /// «Payroll number».
    pub ppr_label: String,
    /// PPR.
    pub ppr: Identifier,
    /// «Language».
    pub language_label: String,
    /// Name of the current language, in that language.
    pub own_language: String,
    /// Name of the other language, in that language.
    pub other_language: String,
    /// Language of the switch.
    pub other: Language,
    /// «Appearance».
    pub theme_label: String,
    /// Appearances to choose from: light, dark, as the phone.
    pub themes: Vec<ThemeView>,
    /// Opens the form for another password.
    pub change_password: ActionView,
    /// Opens the list of devices.
    pub devices: ActionView,
    /// Opens the charter.
    pub charter: ActionView,
    /// Opens help.
    pub help: ActionView,
    /// Signs out.
    pub sign_out: ActionView,
}

/// An appearance to choose.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ThemeView {
    /// Key for tests: `phone`, `light`, `dark`.
    pub key: String,
    /// Appearance.
    pub theme: Theme,
    /// Label.
    pub label: String,
    /// True for the chosen one.
    pub chosen: bool,
}

pub(super) fn view(member: &Member, theme: Theme, localizer: &Localizer) -> ProfileView {
    let other = localizer.language().other();
    ProfileView {
        name: member.name.get(localizer.language()).to_owned(),
        kind: localizer.message(match member.kind {
            MemberKind::Active => "kind-active",
            MemberKind::Retired => "kind-retired",
        }),
        ppr_label: localizer.message("profile-ppr"),
        ppr: Identifier::new(&member.ppr),
        language_label: localizer.message("language-label"),
        own_language: localizer.message("language-name"),
        other_language: Localizer::for_language(other).message("language-name"),
        other,
        theme_label: localizer.message("theme-label"),
        themes: themes(theme, localizer),
        change_password: localizer.action("change-password"),
        devices: localizer.action("devices"),
        charter: localizer.action("charter"),
        help: localizer.action("help"),
        sign_out: localizer.action("sign-out"),
    }
}

fn themes(chosen: Theme, localizer: &Localizer) -> Vec<ThemeView> {
    let themes = [("phone", Theme::Phone), ("light", Theme::Light), ("dark", Theme::Dark)];
    let view = |(key, theme): (&str, Theme)| ThemeView {
        key: key.to_owned(),
        theme,
        label: localizer.message(&format!("theme-{key}")),
        chosen: theme == chosen,
    };
    themes.map(view).into()
}
