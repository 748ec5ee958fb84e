//! Phrases exist in Arabic and in French with the same arguments, and every `Phrase` variant has its message.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::{ast::Entry, parser};
use regex::Regex;
use serde_json::Value;

use super::{Tree, Violation, assert_reports};

const ARABIC: &str = "core/locales/ar.ftl";
const FRENCH: &str = "core/locales/fr.ftl";
const PHRASE_ENUM: &str = "core/src/i18n/phrase.rs";

/// Messages by name, each with its arguments; `None` for a message without a value.
type Messages = BTreeMap<String, Option<BTreeSet<String>>>;

pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    let mut violations = Vec::new();
    let arabic = messages(tree, ARABIC, &mut violations);
    let french = messages(tree, FRENCH, &mut violations);
    compare_messages((ARABIC, &arabic), (FRENCH, &french), &mut violations);
    compare_messages((FRENCH, &french), (ARABIC, &arabic), &mut violations);
    let variant = Regex::new(r#"^\s*(\w+) = "(.*)",$"#).unwrap();
    for (index, line) in tree.text(PHRASE_ENUM).unwrap_or_default().lines().enumerate() {
        let Some(found) = variant.captures(line) else { continue };
        let (_, [variant, name]) = found.extract();
        let mut report = |message| violations.push(Violation::at(PHRASE_ENUM, index + 1, message));
        if name != kebab(variant) {
            report(format!("{variant} is mapped to `{name}`, not `{}`", kebab(variant)));
        }
        if !arabic.contains_key(name) {
            report(format!("{variant} has no message `{name}`"));
        }
    }
    // Plain spaces beside French punctuation, at which a line could break.
    for (index, line) in tree.text(FRENCH).unwrap_or_default().lines().enumerate() {
        if !line.starts_with('#')
            && ["« ", " »", " :", " ;", " ?", " !"].iter().any(|mark| line.contains(mark))
        {
            let message = "use U+00A0 instead of the space at this mark: a line could break there";
            violations.push(Violation::at(FRENCH, index + 1, message));
        }
    }
    violations
}

fn compare_messages(from: (&str, &Messages), to: (&str, &Messages), violations: &mut Vec<Violation>) {
    for (name, arguments) in from.1 {
        match (arguments, to.1.get(name)) {
            (None, _) => violations.push(Violation::in_file(from.0, format!("`{name}` has no value"))),
            (_, None) => {
                violations
                    .push(Violation::in_file(to.0, format!("`{name}` is missing, but {} has it", from.0)));
            }
            (Some(_), Some(None)) => {}
            (Some(from_arguments), Some(Some(to_arguments))) => {
                for argument in from_arguments.difference(to_arguments) {
                    let message = format!("`{name}` does not use ${argument}, but {} does", from.0);
                    violations.push(Violation::in_file(to.0, message));
                }
            }
        }
    }
}

fn messages(tree: &Tree, path: &str, violations: &mut Vec<Violation>) -> Messages {
    let Some(text) = tree.text(path) else {
        violations.push(Violation::in_file(path, "the file is missing"));
        return Messages::new();
    };
    let resource = parser::parse(text).unwrap_or_else(|(resource, errors)| {
        violations.extend(errors.iter().map(|error| {
            let line = text[..error.pos.start.min(text.len())].lines().count();
            Violation::at(path, line, error.to_string())
        }));
        resource
    });
    let mut messages = Messages::new();
    for entry in resource.body {
        let Entry::Message(message) = entry else { continue };
        let arguments = message.value.map(|value| arguments(&serde_json::to_value(value).unwrap()));
        if messages.insert(message.id.name.to_owned(), arguments).is_some() {
            violations.push(Violation::in_file(path, format!("`{}` is defined twice", message.id.name)));
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

#[test]
fn phrases_that_differ_between_the_languages_are_reported() {
    fn in_ar(text: &str) -> (&str, &str) {
        (ARABIC, text)
    }
    fn in_fr(text: &str) -> (&str, &str) {
        (FRENCH, text)
    }
    const DAYS: &str = "{ $days ->\n    [one] 1\n   *[other] { $days }\n  }\n";
    let [arabic, french] = ["رجوع", "Retour"].map(|back| format!("back = {back}\nleft = {DAYS}"));
    let variants = "phrases! {\n    /// The arrow.\n    Back = \"back\",\n}";
    let [ar, fr, none] = [(ARABIC, "back = رجوع\n"), (FRENCH, "back = Retour\n"), (PHRASE_ENUM, "")];
    let attribute = "back =\n    .label = رجوع\n";
    let spaces =
        "# Rien : ici\na = Attention\u{a0}: «\u{a0}a\u{a0}»\nb = Attention : a\nc = Fermez « a\u{a0}»\n";
    assert_reports(
        check,
        &[
            ("the same phrases", &[in_ar(&arabic), in_fr(&french), (PHRASE_ENUM, variants)], &[]),
            (
                "missing in French",
                &[in_ar("back = رجوع\nmore = المزيد\n"), fr, none],
                &["core/locales/fr.ftl: `more` is missing"],
            ),
            (
                "missing in Arabic",
                &[ar, in_fr("back = Retour\nmore = Plus\n"), none],
                &["core/locales/ar.ftl: `more` is missing"],
            ),
            (
                "an argument missing",
                &[in_ar("back = رجوع { $to }\n"), fr, none],
                &["core/locales/fr.ftl: `back` does not use $to, but core/locales/ar.ftl does"],
            ),
            (
                "an argument of a function and of a plural missing",
                &[in_ar("back = { DATE($day) }\n"), in_fr(&format!("back = {DAYS}")), none],
                &[
                    "core/locales/fr.ftl: `back` does not use $day",
                    "core/locales/ar.ftl: `back` does not use $days",
                ],
            ),
            ("no value", &[in_ar(attribute), fr, none], &["core/locales/ar.ftl: `back` has no value"]),
            (
                "no value in French",
                &[ar, in_fr("back =\n    .label = Retour\n"), none],
                &["core/locales/fr.ftl: `back` has no value"],
            ),
            (
                "defined twice",
                &[in_ar("back = رجوع\nback = عودة\n"), fr, none],
                &["core/locales/ar.ftl: `back` is defined twice"],
            ),
            ("malformed", &[in_ar("back = رجوع\nmore { = x\n"), fr, none], &["core/locales/ar.ftl:2: "]),
            (
                "a variant without a message",
                &[ar, fr, (PHRASE_ENUM, "    TryAgain = \"try-again\",")],
                &["core/src/i18n/phrase.rs:1: TryAgain has no message `try-again`"],
            ),
            (
                "a variant mapped to another message",
                &[ar, fr, (PHRASE_ENUM, "    GoBack = \"back\",")],
                &["core/src/i18n/phrase.rs:1: GoBack is mapped to `back`, not `go-back`"],
            ),
            (
                "a space that breaks",
                &[in_ar("a = ا\nb = ا\nc = ا\n"), in_fr(spaces), none],
                &["core/locales/fr.ftl:3", "core/locales/fr.ftl:4"],
            ),
        ],
    );
}
