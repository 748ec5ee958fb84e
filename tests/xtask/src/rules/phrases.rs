//! Phrases exist in Arabic and in French with the same arguments, and every `Phrase` variant has its message.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement},
    parser,
};

use super::{Tree, Violation};

const ARABIC: &str = "core/locales/ar.ftl";
const FRENCH: &str = "core/locales/fr.ftl";
const PHRASE_ENUM: &str = "core/src/language/phrase.rs";

/// Messages by name, each with its arguments; `None` for a message without a value.
type Messages = BTreeMap<String, Option<BTreeSet<String>>>;

pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    let mut violations = Vec::new();
    let arabic = messages(tree, ARABIC, &mut violations);
    let french = messages(tree, FRENCH, &mut violations);
    compare_messages((ARABIC, &arabic), (FRENCH, &french), &mut violations);
    compare_messages((FRENCH, &french), (ARABIC, &arabic), &mut violations);
    for (line, variant, name) in phrase_variants(tree.text(PHRASE_ENUM).unwrap_or_default()) {
        if name != kebab(&variant) {
            violations.push(Violation::at(
                PHRASE_ENUM,
                line,
                format!("{variant} is mapped to `{name}`, not `{}`", kebab(&variant)),
            ));
        }
        if !arabic.contains_key(&name) {
            violations.push(Violation::at(PHRASE_ENUM, line, format!("{variant} has no message `{name}`")));
        }
    }
    violations.extend(breakable_spaces(tree));
    violations
}

/// Reports plain spaces beside French punctuation («:», «?» and the like), at which a line could break.
fn breakable_spaces(tree: &Tree) -> Vec<Violation> {
    let french = tree.text(FRENCH).unwrap_or_default().lines().enumerate();
    let has_breakable_space =
        |line: &str| ["« ", " »", " :", " ;", " ?", " !"].iter().any(|mark| line.contains(mark));
    french
        .filter(|(_, line)| !line.starts_with('#') && has_breakable_space(line))
        .map(|(at, _)| {
            Violation::at(
                FRENCH,
                at + 1,
                "use U+00A0 instead of the space at this mark: a line could break there".to_owned(),
            )
        })
        .collect()
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
    let resource = match parser::parse(text) {
        Ok(resource) => resource,
        Err((resource, errors)) => {
            violations.extend(errors.iter().map(|error| {
                let line = text[..error.pos.start.min(text.len())].lines().count();
                Violation::at(path, line, error.to_string())
            }));
            resource
        }
    };
    let mut messages = Messages::new();
    for entry in resource.body {
        let Entry::Message(message) = entry else { continue };
        let name = message.id.name.to_owned();
        let arguments = message.value.as_ref().map(|value| {
            let mut arguments = BTreeSet::new();
            read_pattern(value, &mut arguments);
            arguments
        });
        if messages.insert(name, arguments).is_some() {
            violations.push(Violation::in_file(path, format!("`{}` is defined twice", message.id.name)));
        }
    }
    messages
}

fn read_pattern(pattern: &Pattern<&str>, arguments: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            read_expression(expression, arguments);
        }
    }
}

fn read_expression(expression: &Expression<&str>, arguments: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => read_inline(inline, arguments),
        Expression::Select { selector, variants } => {
            read_inline(selector, arguments);
            for variant in variants {
                read_pattern(&variant.value, arguments);
            }
        }
    }
}

fn read_inline(inline: &InlineExpression<&str>, arguments: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            arguments.insert(id.name.to_owned());
        }
        InlineExpression::Placeable { expression } => read_expression(expression, arguments),
        InlineExpression::FunctionReference { arguments: call_arguments, .. } => {
            call_arguments.positional.iter().for_each(|inline| read_inline(inline, arguments));
        }
        _ => {}
    }
}

/// Returns the `Variant = "name",` lines with their numbers.
fn phrase_variants(text: &str) -> Vec<(usize, String, String)> {
    text.lines()
        .enumerate()
        .filter_map(|(at, line)| {
            let (variant, name) = line.trim().split_once(" = \"")?;
            let name = name.strip_suffix("\",")?;
            let plain = variant.chars().all(char::is_alphanumeric);
            plain.then(|| (at + 1, variant.to_owned(), name.to_owned()))
        })
        .collect()
}

/// `ShowPassword` → `show-password`.
fn kebab(variant: &str) -> String {
    let mut name = String::new();
    for letter in variant.chars() {
        if letter.is_uppercase() && !name.is_empty() {
            name.push('-');
        }
        name.extend(letter.to_lowercase());
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALID_ARABIC: &str =
        "back = رجوع\nleft = { $days ->\n    [one] يوم واحد\n   *[other] { $days } يوم\n  }\n";
    const VALID_FRENCH: &str =
        "back = Retour\nleft = { $days ->\n    [one] un jour\n   *[other] { $days } jours\n  }\n";
    const VARIANTS: &str = "phrases! {\n    /// The arrow.\n    Back = \"back\",\n}";

    fn report(arabic: &str, french: &str, variants: &str) -> Vec<String> {
        let tree = Tree::from_files(&[(ARABIC, arabic), (FRENCH, french), (PHRASE_ENUM, variants)]);
        check(&tree).into_iter().map(|violation| violation.to_string()).collect()
    }

    #[test]
    fn a_breakable_space_before_french_punctuation_is_reported() {
        let french = |text| Tree::from_files(&[(ARABIC, "a = ا\n"), (FRENCH, text), (PHRASE_ENUM, "")]);
        assert!(check(&french("# Rien : ici\na = Attention\u{a0}: «\u{a0}a\u{a0}»\n")).is_empty());
        assert_eq!(check(&french("a = Attention : a\n")).len(), 1);
        assert_eq!(check(&french("a = Fermez « a\u{a0}»\n")).len(), 1);
    }

    #[test]
    fn the_same_phrases_in_both_languages_pass() {
        assert_eq!(report(VALID_ARABIC, VALID_FRENCH, VARIANTS), Vec::<String>::new());
    }

    #[test]
    fn a_phrase_missing_in_one_language_is_reported() {
        assert_eq!(report("back = رجوع\nmore = المزيد\n", "back = Retour\n", VARIANTS).len(), 1);
        assert_eq!(report("back = رجوع\n", "back = Retour\nmore = Plus\n", VARIANTS).len(), 1);
    }

    #[test]
    fn an_argument_missing_in_one_language_is_reported() {
        let violations = report("back = رجوع { $to }\n", "back = Retour\n", VARIANTS);
        assert_eq!(
            violations,
            ["core/locales/fr.ftl: `back` does not use $to, but core/locales/ar.ftl does"]
        );
    }

    #[test]
    fn a_phrase_without_a_value_is_reported() {
        assert!(!report("back =\n", "back = Retour\n", VARIANTS).is_empty());
        assert!(!report("back =\n    .label = رجوع\n", "back =\n    .label = Retour\n", VARIANTS).is_empty());
    }

    #[test]
    fn a_phrase_defined_twice_or_malformed_is_reported() {
        assert_eq!(report("back = رجوع\nback = عودة\n", "back = Retour\n", VARIANTS).len(), 1);
        assert!(!report("back = رجوع\nmore { = x\n", "back = Retour\n", VARIANTS).is_empty());
    }

    #[test]
    fn a_variant_without_a_message_is_reported() {
        let violations = report("back = رجوع\n", "back = Retour\n", "    TryAgain = \"try-again\",");
        assert_eq!(violations, ["core/src/language/phrase.rs:1: TryAgain has no message `try-again`"]);
        assert_eq!(report("back = ر\n", "back = R\n", "    GoBack = \"back\",").len(), 1);
    }
}
