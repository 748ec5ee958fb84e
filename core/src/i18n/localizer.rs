//! Messages of `locales/*.ftl` (Project Fluent, compiled by the build), by name, with arguments and plurals.

use std::sync::{Arc, OnceLock};

use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use lz4_flex::block::decompress_size_prepended;
use unic_langid::LanguageIdentifier;

use super::Language;
use super::message::{Element, Key, Messages, Pattern};

/// Messages of each language, compressed by the build (LZ4, which costs a sign-in next to nothing).
const ARABIC: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/ar.ftl"));
const FRENCH: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/fr.ftl"));

/// Messages of one language.
pub(crate) struct Localizer {
    language: Language,
    messages: Messages<'static>,
    plurals: Option<PluralRules>,
}

impl Localizer {
    /// Returns the localizer of a language. The first call reads its messages.
    pub(crate) fn for_language(language: Language) -> Arc<Self> {
        static READ: [OnceLock<Arc<Localizer>>; 2] = [const { OnceLock::new() }; 2];
        let [arabic, french] = &READ;
        let cell = match language {
            Language::Ar => arabic,
            Language::Fr => french,
        };
        Arc::clone(cell.get_or_init(|| Arc::new(Self::read(language))))
    }

    fn read(language: Language) -> Self {
        let compressed = match language {
            Language::Ar => ARABIC,
            Language::Fr => FRENCH,
        };
        // Read once a process and never given back, so that messages can borrow from it.
        let read = decompress_size_prepended(compressed).unwrap_or_default().leak();
        // Tests hold that both can be read and that every message is Fluent's own.
        let messages = postcard::from_bytes(read).unwrap_or_default();
        let tag: Option<LanguageIdentifier> = language.code().parse().ok();
        let plurals = tag.and_then(|tag| PluralRules::create(tag, PluralRuleType::CARDINAL).ok());
        Self { language, messages, plurals }
    }

    pub(crate) fn language(&self) -> Language {
        self.language
    }

    /// Returns the message with this name. A name that no file has is returned itself, which a test finds.
    pub(crate) fn message(&self, name: &str) -> String {
        self.format(name, &[])
    }

    /// Returns the name of a month, 1 to 12.
    pub(crate) fn month(&self, number: i8) -> String {
        self.format("month", &[("number", FormatArg::Number(number.into()))])
    }

    /// Returns the message with this name, if there is one: some fields have no help.
    pub(crate) fn message_if_present(&self, name: &str) -> Option<String> {
        self.pattern(name).map(|pattern| self.text(pattern, &[]))
    }

    /// Formats the message with this name. Numbers select their plural form.
    pub(crate) fn format(&self, name: &str, args: &[(&str, FormatArg<'_>)]) -> String {
        self.pattern(name).map_or_else(|| name.to_owned(), |pattern| self.text(pattern, args))
    }

    fn pattern(&self, name: &str) -> Option<&Pattern<'static>> {
        let index = self.messages.binary_search_by_key(&name, |(name, _)| *name).ok()?;
        self.messages.get(index).map(|(_, pattern)| pattern)
    }

    fn text(&self, pattern: &Pattern<'_>, args: &[(&str, FormatArg<'_>)]) -> String {
        let mut text = String::new();
        self.append(&mut text, pattern, args);
        text
    }

    fn append(&self, text: &mut String, pattern: &Pattern<'_>, args: &[(&str, FormatArg<'_>)]) {
        let value = |name: &str| args.iter().find(|(found, _)| *found == name).map(|(_, value)| *value);
        for element in pattern {
            match element {
                Element::Text(part) => text.push_str(part),
                Element::Argument(name) => match value(name) {
                    Some(FormatArg::Text(part)) => text.push_str(part),
                    Some(FormatArg::Number(number)) => text.push_str(&number.to_string()),
                    None => text.push_str(name),
                },
                Element::Select { argument, variants, default } => {
                    let chosen = match value(argument) {
                        Some(FormatArg::Number(number)) => self.variant(number, variants),
                        _ => None,
                    };
                    self.append(text, chosen.unwrap_or(default), args);
                }
            }
        }
    }

    fn variant<'a, 'b>(&self, number: i64, variants: &'a [(Key, Pattern<'b>)]) -> Option<&'a Pattern<'b>> {
        let plural = self.plurals.as_ref().and_then(|rules| rules.select(number.unsigned_abs()).ok());
        let plural = plural.as_ref().map(key);
        let fits = |key: &Key| *key == Key::Number(number) || Some(*key) == plural;
        variants.iter().find(|(key, _)| fits(key)).map(|(_, pattern)| pattern)
    }
}

fn key(category: &PluralCategory) -> Key {
    match category {
        PluralCategory::ZERO => Key::Zero,
        PluralCategory::ONE => Key::One,
        PluralCategory::TWO => Key::Two,
        PluralCategory::FEW => Key::Few,
        PluralCategory::MANY => Key::Many,
        PluralCategory::OTHER => Key::Other,
    }
}

/// Returns a text that the build has compressed; an empty one if it cannot be read, which the tests of each text cover.
pub(crate) fn decompressed(text: &[u8]) -> String {
    decompress_size_prepended(text).ok().and_then(|text| String::from_utf8(text).ok()).unwrap_or_default()
}

/// Argument of a message.
#[derive(Debug, Clone, Copy)]
pub(crate) enum FormatArg<'a> {
    Number(i64),
    Text(&'a str),
}

#[cfg(test)]
mod tests {
    use fluent_bundle::{FluentBundle, FluentResource, FluentValue};

    use super::*;

    #[test]
    fn arabic_uses_its_six_plural_forms() {
        let localizer = Localizer::for_language(Language::Ar);
        let left = |n| localizer.format("days-left", &[("days", FormatArg::Number(n))]);
        assert_eq!(left(1), "بقي يوم واحد");
        assert_eq!(left(2), "بقي يومان");
        assert_eq!(left(6), "بقيت 6 أيام");
        assert_eq!(left(11), "بقي 11 يومًا");
        assert_eq!(left(100), "بقي 100 يوم");
    }

    #[test]
    fn every_message_is_what_fluent_itself_says() {
        let locales = [
            (Language::Ar, include_str!("../../locales/ar.ftl")),
            (Language::Fr, include_str!("../../locales/fr.ftl")),
        ];
        for (language, source) in locales {
            let mut bundle = FluentBundle::new(vec![language.code().parse().unwrap()]);
            bundle.set_use_isolating(false);
            bundle.add_resource(FluentResource::try_new(source.to_owned()).unwrap()).unwrap();
            let localizer = Localizer::for_language(language);
            assert!(localizer.messages.len() > 300);
            for (name, pattern) in &localizer.messages {
                let expected = bundle.get_message(name).unwrap().value().unwrap();
                for number in (-1..=200).chain([1_000, 1_000_000]) {
                    let args: Vec<_> = arguments(pattern)
                        .into_iter()
                        .map(|name| (name, FormatArg::Number(number)))
                        .collect();
                    let fluent_args =
                        args.iter().map(|(name, _)| (*name, FluentValue::from(number))).collect();
                    let expected = bundle.format_pattern(expected, Some(&fluent_args), &mut Vec::new());
                    assert_eq!(localizer.format(name, &args), expected, "{name} with {number}");
                }
            }
        }
    }

    fn arguments<'a>(pattern: &Pattern<'a>) -> Vec<&'a str> {
        let of_element = |element: &Element<'a>| match element {
            Element::Text(_) => Vec::new(),
            Element::Argument(name) => vec![*name],
            Element::Select { argument, variants, default } => {
                let inner = variants.iter().map(|(_, pattern)| pattern).chain([default]).flat_map(arguments);
                [*argument].into_iter().chain(inner).collect()
            }
        };
        pattern.iter().flat_map(of_element).collect()
    }
}
