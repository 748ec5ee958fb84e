//! The profile sheet.

use crate::language::{ActionView, Identifier, Language, Words};
use crate::portal::wire::{Member, MemberKind};
use crate::views::Theme;

/// The profile sheet.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ProfileView {
    /// The member's name.
    pub name: String,
    /// «Active member», «Retired member».
    pub kind: String,
    /// «Payroll number».
    pub ppr_label: String,
    /// The number.
    pub ppr: Identifier,
    /// «Language».
    pub language_label: String,
    /// The name of the language that is spoken, in that language.
    pub own_language: String,
    /// The name of the other language, in that language.
    pub other_language: String,
    /// Where the switch leads.
    pub other: Language,
    /// «Appearance».
    pub theme_label: String,
    /// Light, dark, or as the phone is; one of them is chosen.
    pub themes: Vec<ThemeView>,
    /// Leads to another password.
    pub change_password: ActionView,
    /// Leads to the list of devices.
    pub devices: ActionView,
    /// Leads to the charter.
    pub charter: ActionView,
    /// Leads to help.
    pub help: ActionView,
    /// The way out, apart.
    pub sign_out: ActionView,
}

/// One of the appearances to choose from.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ThemeView {
    /// Names it in tests: `phone`, `light`, `dark`.
    pub key: String,
    /// What is chosen by it.
    pub theme: Theme,
    /// Its word.
    pub label: String,
    /// Whether it is the one.
    pub chosen: bool,
}

pub(super) fn view(member: &Member, theme: Theme, words: &Words) -> ProfileView {
    let other = words.language().other();
    ProfileView {
        name: member.name.in_language(words.language()).to_owned(),
        kind: words.say(match member.kind {
            MemberKind::Active => "kind-active",
            MemberKind::Retired => "kind-retired",
        }),
        ppr_label: words.say("profile-ppr"),
        ppr: Identifier::new(&member.ppr),
        language_label: words.say("language-label"),
        own_language: words.say("language-name"),
        other_language: Words::of(other).say("language-name"),
        other,
        theme_label: words.say("theme-label"),
        themes: themes(theme, words),
        change_password: words.action("change-password"),
        devices: words.action("devices"),
        charter: words.action("charter"),
        help: words.action("help"),
        sign_out: words.action("sign-out"),
    }
}

fn themes(chosen: Theme, words: &Words) -> Vec<ThemeView> {
    let themes = [("phone", Theme::Phone), ("light", Theme::Light), ("dark", Theme::Dark)];
    let view = |(key, theme): (&str, Theme)| ThemeView {
        key: key.to_owned(),
        theme,
        label: words.say(&format!("theme-{key}")),
        chosen: theme == chosen,
    };
    themes.map(view).into()
}
