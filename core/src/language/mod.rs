//! What members read: phrases in Arabic and French, dates as Morocco writes them, and text made safe to
//! compare (folding) and to show (isolates).

mod dates;
mod fold;
mod guide;
mod identifier;
mod phrase;
mod words;

pub(crate) use dates::{days_between, today};
pub(crate) use fold::{fold_digits, fold_for_search, is_invisible};
pub use guide::ActionView;
pub use identifier::Identifier;
pub use phrase::Phrase;
pub(crate) use words::{Told, Words};

/// A language that the app speaks. Amazigh may follow (domain.md d); two are complete today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, uniffi::Enum)]
pub enum Language {
    /// Arabic as Morocco writes it (`ar-MA`), right to left.
    Ar,
    /// French (`fr-MA`), left to right.
    Fr,
}

impl Language {
    /// The language of a phone, from its BCP-47 tag: French where the phone is French, Arabic otherwise, since
    /// that is the guide's own language.
    pub(crate) fn of_phone(tag: &str) -> Self {
        let first = tag.split(['-', '_']).next().unwrap_or_default();
        if first.eq_ignore_ascii_case("fr") { Self::Fr } else { Self::Ar }
    }

    /// The two-letter code under which it is stored and under which the portal keys its texts.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Ar => "ar",
            Self::Fr => "fr",
        }
    }

    /// The reverse of [`Language::code`]; `None` for a code that this app does not know.
    pub(crate) fn from_code(code: &str) -> Option<Self> {
        [Self::Ar, Self::Fr].into_iter().find(|language| language.code() == code)
    }

    /// The language that the switch in the header leads to.
    pub(crate) fn other(self) -> Self {
        match self {
            Self::Ar => Self::Fr,
            Self::Fr => Self::Ar,
        }
    }
}
