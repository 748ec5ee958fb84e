//! The phrases that a face asks for by name, all at once, when the language is set.

use std::collections::HashMap;

use super::Words;

macro_rules! phrases {
    ($($(#[doc = $doc:literal])* $variant:ident = $name:literal,)*) => {
        /// A phrase that takes nothing: a face fetches all of them once per language. What takes a number, a name
        /// or a date arrives inside a view instead, already said.
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
    /// Said while a screen has nothing to show yet.
    Loading = "loading",
    /// The button after a failure.
    TryAgain = "try-again",
    /// The services' space.
    Services = "services",
    /// What the member has asked for, beside the services.
    Requests = "requests",
    /// Where nothing is chosen yet.
    Choose = "choose",
    /// In the empty search among many options.
    Search = "search",
    /// The member's picture, which opens the profile.
    Profile = "profile",
    /// The charter, while its text is on its way.
    Charter = "charter",
    /// The list of devices.
    Devices = "devices",
    /// The cross that empties the search.
    ClearSearch = "clear-search",
    /// The icon before a problem.
    ProblemIcon = "problem-icon",
    /// The tick on what is done.
    Done = "done",
    /// A button or box at work.
    Working = "working",
    /// What pulling a list down does, for a screen reader.
    Refresh = "refresh",
    /// The «?» of a header.
    Help = "help",
    /// The list of licences.
    Licences = "licences",
}

impl Phrase {
    /// Every phrase in one language.
    pub(crate) fn all(words: &Words) -> HashMap<Self, String> {
        Self::ALL.iter().map(|phrase| (*phrase, words.say(phrase.name()))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    #[test]
    fn every_phrase_is_said_in_both_languages() {
        for language in [Language::Ar, Language::Fr] {
            for (phrase, said) in Phrase::all(&Words::of(language)) {
                assert_ne!(said, phrase.name(), "{phrase:?} is not said in {language:?}");
            }
        }
    }
}
