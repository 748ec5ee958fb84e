//! Phrases by their name in `locales/*.ftl`, with arguments and plurals.

use std::sync::{Arc, OnceLock};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use super::Language;

const ARABIC: &str = include_str!("../../locales/ar.ftl");
const FRENCH: &str = include_str!("../../locales/fr.ftl");

/// Speaks one language.
pub(crate) struct Words {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl Words {
    /// All words of this language, read once: who draws the other language's name needs them too.
    pub(crate) fn of(language: Language) -> Arc<Self> {
        static READ: [OnceLock<Arc<Words>>; 2] = [const { OnceLock::new() }; 2];
        let [arabic, french] = &READ;
        let place = match language {
            Language::Ar => arabic,
            Language::Fr => french,
        };
        Arc::clone(place.get_or_init(|| Arc::new(Self::read(language))))
    }

    fn read(language: Language) -> Self {
        // `ar-MA`, never `ar`: the plain tag brings other month names and other digits (domain.md d).
        let (tag, source) = match language {
            Language::Ar => ("ar-MA", ARABIC),
            Language::Fr => ("fr-MA", FRENCH),
        };
        // A tag that did not parse would only lose the plurals, and a test counts with them.
        let tags: Vec<LanguageIdentifier> = tag.parse().into_iter().collect();
        let mut bundle = FluentBundle::new_concurrent(tags);
        // Identifiers are isolated where they are made; a mark round every number would be copied with it.
        bundle.set_use_isolating(false);
        // Of a damaged file, what could be read is used: a test holds that both are whole.
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
        Self { language, bundle }
    }

    pub(crate) fn language(&self) -> Language {
        self.language
    }

    /// The phrase of this name. A name that no file has comes back as itself, which a test would catch first.
    pub(crate) fn say(&self, name: &str) -> String {
        self.say_with(name, &[])
    }

    /// The phrase of this name, if there is one: for help that only some fields have.
    pub(crate) fn say_if_any(&self, name: &str) -> Option<String> {
        self.bundle.has_message(name).then(|| self.say(name))
    }

    /// The phrase of this name with what it tells of: numbers choose their plural form.
    pub(crate) fn say_with(&self, name: &str, told: &[(&str, Told<'_>)]) -> String {
        let Some(pattern) = self.bundle.get_message(name).and_then(|message| message.value()) else {
            return name.to_owned();
        };
        let mut args = FluentArgs::new();
        for (key, value) in told {
            args.set(*key, FluentValue::from(value));
        }
        let mut problems = Vec::new();
        self.bundle.format_pattern(pattern, Some(&args), &mut problems).into_owned()
    }
}

/// What a phrase tells of.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Told<'a> {
    Number(i64),
    Text(&'a str),
}

impl<'a> From<&Told<'a>> for FluentValue<'a> {
    fn from(told: &Told<'a>) -> Self {
        match *told {
            Told::Number(number) => number.into(),
            Told::Text(text) => text.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arabic_counts_with_its_six_plurals() {
        let words = Words::of(Language::Ar);
        let left = |n| words.say_with("days-left", &[("days", Told::Number(n))]);
        assert_eq!(left(1), "بقي يوم واحد");
        assert_eq!(left(2), "بقي يومان");
        assert_eq!(left(6), "بقيت 6 أيام");
        assert_eq!(left(11), "بقي 11 يومًا");
        assert_eq!(left(100), "بقي 100 يوم");
    }

    #[test]
    fn both_files_are_read_without_a_fault() {
        for source in [ARABIC, FRENCH] {
            assert!(FluentResource::try_new(source.to_owned()).is_ok());
        }
    }
}
