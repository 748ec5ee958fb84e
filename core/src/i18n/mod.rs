//! Localization: messages in Arabic and French, dates as Morocco writes them, isolates for display.

mod action;
mod dates;
mod identifier;
mod localizer;
mod message;
mod phrase;

pub use action::ActionView;
pub(crate) use fos_rules::day::{date_in_morocco as today, days_between};
pub(crate) use fos_rules::fold::{fold_for_search, fold_query};
pub use identifier::Identifier;
pub(crate) use localizer::{FormatArg, Localizer, decompressed};
pub use phrase::Phrase;

/// A language of the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, uniffi::Enum)]
pub enum Language {
    /// Arabic as Morocco writes it (`ar-MA`), right to left.
    Ar,
    /// French (`fr-MA`), left to right.
    Fr,
}

impl From<Language> for fos_wire::Language {
    fn from(language: Language) -> Self {
        match language {
            Language::Ar => Self::Ar,
            Language::Fr => Self::Fr,
        }
    }
}

impl Language {
    /// Chooses a language from the phone's BCP-47 tag: French for a French phone, otherwise Arabic, the guide's own
    /// language.
    pub(crate) fn from_device_tag(tag: &str) -> Self {
        let first = tag.split(['-', '_']).next().unwrap_or_default();
        if first.eq_ignore_ascii_case("fr") { Self::Fr } else { Self::Ar }
    }

    /// Returns the two-letter code used in storage and by the portal.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Ar => "ar",
            Self::Fr => "fr",
        }
    }

    /// Reverses [`Language::code`]; `None` for an unknown code.
    pub(crate) fn from_code(code: &str) -> Option<Self> {
        [Self::Ar, Self::Fr].into_iter().find(|language| language.code() == code)
    }

    /// Returns the language of the header's switch.
    pub(crate) fn other(self) -> Self {
        match self {
            Self::Ar => Self::Fr,
            Self::Fr => Self::Ar,
        }
    }
}
