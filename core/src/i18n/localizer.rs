//! Messages of `locales/*.ftl` (Project Fluent), by name, with arguments and plurals.

use std::sync::{Arc, OnceLock};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::{Expression, InlineExpression, Pattern, PatternElement};
use lz4_flex::block::decompress_size_prepended;
use unic_langid::LanguageIdentifier;

use super::Language;

/// Messages of each language, compressed by the build (LZ4, which costs a sign-in next to nothing).
const ARABIC: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/ar.ftl"));
const FRENCH: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/fr.ftl"));

/// Messages of one language.
pub(crate) struct Localizer {
    language: Language,
    bundle: FluentBundle<FluentResource>,
    months: OnceLock<Vec<String>>,
}

impl Localizer {
    /// Returns the localizer of a language. The first call parses its messages.
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
        // `ar-MA`, never `ar`: the plain tag has other month names and other digits (CLDR).
        let (tag, source) = match language {
            Language::Ar => ("ar-MA", ARABIC),
            Language::Fr => ("fr-MA", FRENCH),
        };
        // A tag that could not be parsed would lose the plurals, which a test covers.
        let tags: Vec<LanguageIdentifier> = tag.parse().into_iter().collect();
        let mut bundle = FluentBundle::new_concurrent(tags);
        // Identifiers have their own isolates; Fluent's would be copied with every number.
        bundle.set_use_isolating(false);
        // Messages that could be parsed are used; a test holds that both files are complete.
        let resource = FluentResource::try_new(decompressed(source)).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
        Self { language, bundle, months: OnceLock::new() }
    }

    pub(crate) fn language(&self) -> Language {
        self.language
    }

    /// Returns the message with this name. A name that no file has is returned itself, which a test finds.
    pub(crate) fn message(&self, name: &str) -> String {
        self.format(name, &[])
    }

    /// Returns the name of a month, 1 to 12.
    pub(crate) fn month(&self, number: i8) -> &str {
        let name = |number| self.format("month", &[("number", FormatArg::Number(number))]);
        let months = self.months.get_or_init(|| (1..=12).map(name).collect());
        let index = usize::try_from(number).unwrap_or_default().saturating_sub(1);
        months.get(index).map_or("", String::as_str)
    }

    /// Returns the message with this name, if there is one: some fields have no help.
    pub(crate) fn message_if_present(&self, name: &str) -> Option<String> {
        self.bundle.has_message(name).then(|| self.message(name))
    }

    /// Formats the message with this name. Numbers select their plural form.
    pub(crate) fn format(&self, name: &str, args: &[(&str, FormatArg<'_>)]) -> String {
        let Some(pattern) = self.bundle.get_message(name).and_then(|message| message.value()) else {
            return name.to_owned();
        };
        if let Some(text) = join(pattern, args) {
            return text;
        }
        let mut fluent_args = FluentArgs::new();
        for (key, value) in args {
            fluent_args.set(*key, FluentValue::from(value));
        }
        let mut errors = Vec::new();
        self.bundle.format_pattern(pattern, Some(&fluent_args), &mut errors).into_owned()
    }
}

/// Returns a text that the build has compressed; an empty one if it cannot be read, which the tests of each text cover.
pub(crate) fn decompressed(text: &[u8]) -> String {
    decompress_size_prepended(text).ok().and_then(|text| String::from_utf8(text).ok()).unwrap_or_default()
}

/// Returns a pattern of nothing but text and arguments, which most are, at a tenth of Fluent's cost: a list has hundreds.
/// `None` for any other, as one with a plural.
fn join(pattern: &Pattern<&str>, args: &[(&str, FormatArg<'_>)]) -> Option<String> {
    let mut text = String::new();
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => text.push_str(value),
            PatternElement::Placeable {
                expression: Expression::Inline(InlineExpression::VariableReference { id }),
            } => match args.iter().find(|(name, _)| *name == id.name)?.1 {
                FormatArg::Text(value) => text.push_str(value),
                FormatArg::Number(number) => text.push_str(&number.to_string()),
            },
            PatternElement::Placeable { .. } => return None,
        }
    }
    Some(text)
}

/// Argument of a message.
#[derive(Debug, Clone, Copy)]
pub(crate) enum FormatArg<'a> {
    Number(i64),
    Text(&'a str),
}

impl<'a> From<&FormatArg<'a>> for FluentValue<'a> {
    fn from(args: &FormatArg<'a>) -> Self {
        match *args {
            FormatArg::Number(number) => number.into(),
            FormatArg::Text(text) => text.into(),
        }
    }
}

#[cfg(test)]
mod tests {
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
    fn joined_messages_are_those_of_fluent() {
        let localizer = Localizer::for_language(Language::Fr);
        let mut joined = 0;
        for (name, args) in [
            ("title-services", &[][..]),
            ("until", &[("date", FormatArg::Text("30 novembre"))]),
            ("plus-for", &[("service", FormatArg::Text("Allocation de pèlerinage"))]),
            ("days-left", &[("days", FormatArg::Number(6))]),
            ("pdf-size", &[("kilobytes", FormatArg::Number(48))]),
        ] {
            let pattern = localizer.bundle.get_message(name).unwrap().value().unwrap();
            let fluent_args = args.iter().map(|(key, value)| (*key, FluentValue::from(value))).collect();
            let expected = localizer.bundle.format_pattern(pattern, Some(&fluent_args), &mut Vec::new());
            assert_eq!(localizer.format(name, args), expected);
            joined += usize::from(join(pattern, args).is_some());
        }
        assert_eq!(joined, 4, "the plural is Fluent's");
    }

    #[test]
    fn both_locale_files_parse_without_error() {
        for source in [ARABIC, FRENCH] {
            let text = decompressed(source);
            assert!(!text.is_empty() && FluentResource::try_new(text).is_ok());
        }
    }
}
