//! Phrases exist in Arabic and in French with the same arguments, and every `Phrase` variant has its message.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::{ast::Entry, parser};
use regex::Regex;
use serde_json::Value;

use super::{Tree, Violations};

const ARABIC: &str = "core/locales/ar.ftl";
const FRENCH: &str = "core/locales/fr.ftl";
/// Folders with Arabic texts that members read.
const MEMBERS_TEXTS: [&str; 4] =
    ["core/locales/", "tests/portal/seed/", "tests/portal/src/", "tests/journeys/fixtures/"];
/// Fathatan, the mark that a word is often written without.
const TANWIN: char = '\u{64b}';
/// Words that members read with their tanwin, one spelling everywhere.
const WITH_TANWIN: [&str; 16] = [
    "أبدًا",
    "أحدًا",
    "حرفًا",
    "دائمًا",
    "رقمًا",
    "روبوتًا",
    "شهرًا",
    "شيئًا",
    "فارغًا",
    "فورًا",
    "مثلًا",
    "مجانًا",
    "مؤقتًا",
    "موقعًا",
    "ورقيًا",
    "يومًا",
];
const PHRASE_ENUM: &str = "core/src/i18n/phrase.rs";

/// Messages by name, each with its arguments; `None` for a message without a value.
type Messages = BTreeMap<String, Option<BTreeSet<String>>>;

pub(super) fn check(tree: &Tree, violations: &mut Violations) {
    let arabic = messages(tree, ARABIC, violations);
    let french = messages(tree, FRENCH, violations);
    compare_messages((ARABIC, &arabic), (FRENCH, &french), violations);
    compare_messages((FRENCH, &french), (ARABIC, &arabic), violations);
    let variant = Regex::new(r#"^\s*(\w+) = "(.*)",$"#).unwrap();
    for (index, line) in tree.text(PHRASE_ENUM).unwrap_or_default().lines().enumerate() {
        let Some(found) = variant.captures(line) else { continue };
        let (_, [variant, name]) = found.extract();
        let expected = kebab(variant);
        if name != expected {
            let message = format_args!("{variant} is mapped to `{name}`, not `{expected}`");
            violations.at(PHRASE_ENUM, index + 1, message);
        }
        if !arabic.contains_key(name) {
            violations.at(PHRASE_ENUM, index + 1, format_args!("{variant} has no message `{name}`"));
        }
    }
    check_tanwin(tree, violations);
    // Plain spaces beside French punctuation, at which a line could break.
    for (index, line) in tree.text(FRENCH).unwrap_or_default().lines().enumerate() {
        if !line.starts_with('#')
            && ["« ", " »", " :", " ;", " ?", " !"].iter().any(|mark| line.contains(mark))
        {
            let message = "use U+00A0 instead of the space at this mark: a line could break there";
            violations.at(FRENCH, index + 1, message);
        }
    }
}

fn compare_messages(from: (&str, &Messages), to: (&str, &Messages), violations: &mut Violations) {
    for (name, arguments) in from.1 {
        match (arguments, to.1.get(name)) {
            (None, _) => violations.in_file(from.0, format_args!("`{name}` has no value")),
            (_, None) => {
                violations.in_file(to.0, format_args!("`{name}` is missing, but {} has it", from.0));
            }
            (Some(_), Some(None)) => {}
            (Some(from_arguments), Some(Some(to_arguments))) => {
                for argument in from_arguments.difference(to_arguments) {
                    let message = format_args!("`{name}` does not use ${argument}, but {} does", from.0);
                    violations.in_file(to.0, message);
                }
            }
        }
    }
}

fn check_tanwin(tree: &Tree, violations: &mut Violations) {
    for (path, text) in MEMBERS_TEXTS.into_iter().flat_map(|folder| tree.under(folder)) {
        for (index, line) in text.lines().enumerate() {
            for word in line.split(|c: char| !c.is_alphabetic() && c != TANWIN) {
                if let Some(written) =
                    WITH_TANWIN.into_iter().find(|written| written.replace(TANWIN, "") == word)
                {
                    violations.at(path, index + 1, format_args!("write «{written}»"));
                }
            }
        }
    }
}

fn messages(tree: &Tree, path: &str, violations: &mut Violations) -> Messages {
    let Some(text) = tree.text(path) else {
        violations.in_file(path, "the file is missing");
        return Messages::new();
    };
    let resource = parser::parse(text).unwrap_or_else(|(resource, errors)| {
        for error in errors {
            violations.at(path, text[..error.pos.start.min(text.len())].lines().count(), error);
        }
        resource
    });
    let mut messages = Messages::new();
    for entry in resource.body {
        let Entry::Message(message) = entry else { continue };
        let arguments = message.value.map(|value| arguments(&serde_json::to_value(value).unwrap()));
        if messages.insert(message.id.name.to_owned(), arguments).is_some() {
            violations.in_file(path, format_args!("`{}` is defined twice", message.id.name));
        }
    }
    messages
}

/// Returns the names of the variables in a part of a message's syntax tree.
fn arguments(part: &Value) -> BTreeSet<String> {
    if part["type"] == "VariableReference" {
        return part["id"]["name"].as_str().map(str::to_owned).into_iter().collect();
    }
    let fields = part.as_object().into_iter().flat_map(|fields| fields.values());
    fields.chain(part.as_array().into_iter().flatten()).flat_map(arguments).collect()
}

/// `ShowPassword` → `show-password`.
pub(crate) fn kebab(variant: &str) -> String {
    Regex::new(r"\B[A-Z]").unwrap().replace_all(variant, "-$0").to_lowercase()
}
