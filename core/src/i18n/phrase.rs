//! Phrases without arguments, which a face fetches all at once for a language.

use std::collections::HashMap;

use super::Localizer;

macro_rules! phrases {
    ($($(#[doc = $doc:literal])* $variant:ident = $name:literal,)*) => {
        /// A phrase without arguments. Texts with a number, a name or a date arrive inside views, formatted.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, uniffi::Enum)]
        pub enum Phrase { $($(#[doc = $doc])* $variant,)* }

        impl Phrase {
            const ALL: &[Self] = &[$(Self::$variant,)*];

            fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

phrases! {
    /// The app's name under its icon.
    AppName = "app-name",
    /// The arrow that goes back, for a screen reader.
    Back = "back",
    /// The cross that leaves a sheet.
    Close = "close",
    /// The eye that shows a password.
    ShowPassword = "show-password",
    /// The eye that hides it again.
    HidePassword = "hide-password",
    /// The button that copies an identifier.
    Copy = "copy",
    /// Announced while a screen has nothing to show yet.
    Loading = "loading",
    /// The button after a failure.
    TryAgain = "try-again",
    /// The services' space.
    Services = "services",
    /// The member's requests, beside the services.
    Requests = "requests",
    /// Placeholder of a choice.
    Choose = "choose",
    /// Placeholder of a search among options.
    Search = "search",
    /// The member's picture, which opens the profile.
    Profile = "profile",
    /// Title while the charter is loading.
    Charter = "charter",
    /// The list of devices.
    Devices = "devices",
    /// The cross that empties the search.
    ClearSearch = "clear-search",
    /// A search among cities that finds none.
    NoCity = "no-city",
    /// The button of a field that opens a calendar.
    Calendar = "calendar",
    /// Said after something was copied.
    Copied = "copied",
    /// The icon before a problem.
    ProblemIcon = "problem-icon",
    /// The tick on what is done.
    Done = "done",
    /// A button or box that is busy.
    Working = "working",
    /// Screen reader label of pulling a list down.
    Refresh = "refresh",
    /// The «?» of a header.
    Help = "help",
    /// The list of licences.
    Licences = "licences",
}

impl Phrase {
    /// Returns every phrase in one language.
    pub(crate) fn all(localizer: &Localizer) -> HashMap<Self, String> {
        Self::ALL.iter().map(|phrase| (*phrase, localizer.message(phrase.name()))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    #[test]
    fn every_phrase_has_a_message_in_both_languages() {
        for language in [Language::Ar, Language::Fr] {
            for (phrase, message) in Phrase::all(&Localizer::for_language(language)) {
                assert_ne!(message, phrase.name(), "{phrase:?} has no message in {language:?}");
            }
        }
    }
}
