//! Every phrase is said in Arabic and in French, with the same arguments; every `Phrase` has one.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement},
    parser,
};

use super::{Fault, Tree};

const ARABIC: &str = "core/locales/ar.ftl";
const FRENCH: &str = "core/locales/fr.ftl";
const NAMED: &str = "core/src/language/phrase.rs";

/// Names of the messages, each with the arguments it takes; `None` for one that says nothing.
type Messages = BTreeMap<String, Option<BTreeSet<String>>>;

pub(super) fn faults(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    let arabic = messages(tree, ARABIC, &mut faults);
    let french = messages(tree, FRENCH, &mut faults);
    compare((ARABIC, &arabic), (FRENCH, &french), &mut faults);
    compare((FRENCH, &french), (ARABIC, &arabic), &mut faults);
    for (line, variant, name) in named(tree.text(NAMED).unwrap_or_default()) {
        if name != kebab(&variant) {
            faults.push(Fault::at(
                NAMED,
                line,
                format!("{variant} is called `{name}`, not `{}`", kebab(&variant)),
            ));
        }
        if !arabic.contains_key(&name) {
            faults.push(Fault::at(NAMED, line, format!("{variant} has no message `{name}`")));
        }
    }
    faults.extend(broken_lines(tree));
    faults
}

/// French puts a space before «:», «?» and the like, at which no line may end.
fn broken_lines(tree: &Tree) -> Vec<Fault> {
    let french = tree.text(FRENCH).unwrap_or_default().lines().enumerate();
    let breaks = |line: &str| ["« ", " »", " :", " ;", " ?", " !"].iter().any(|mark| line.contains(mark));
    french
        .filter(|(_, line)| !line.starts_with('#') && breaks(line))
        .map(|(at, _)| {
            Fault::at(
                FRENCH,
                at + 1,
                "put U+00A0 in place of the space at this mark: a line may end there".to_owned(),
            )
        })
        .collect()
}

fn compare(from: (&str, &Messages), to: (&str, &Messages), faults: &mut Vec<Fault>) {
    for (name, arguments) in from.1 {
        match (arguments, to.1.get(name)) {
            (None, _) => faults.push(Fault::in_file(from.0, format!("`{name}` says nothing"))),
            (_, None) => faults.push(Fault::in_file(to.0, format!("`{name}` is missing; {} has it", from.0))),
            (Some(_), Some(None)) => {}
            (Some(ours), Some(Some(theirs))) => {
                for argument in ours.difference(theirs) {
                    let what = format!("`{name}` does not tell ${argument}, which {} tells", from.0);
                    faults.push(Fault::in_file(to.0, what));
                }
            }
        }
    }
}

fn messages(tree: &Tree, path: &str, faults: &mut Vec<Fault>) -> Messages {
    let Some(text) = tree.text(path) else {
        faults.push(Fault::in_file(path, "the file is missing"));
        return Messages::new();
    };
    let resource = match parser::parse(text) {
        Ok(resource) => resource,
        Err((resource, errors)) => {
            faults.extend(errors.iter().map(|error| {
                let line = text[..error.pos.start.min(text.len())].lines().count();
                Fault::at(path, line, error.to_string())
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
            faults.push(Fault::in_file(path, format!("`{}` is said twice", message.id.name)));
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
        InlineExpression::FunctionReference { arguments: given, .. } => {
            given.positional.iter().for_each(|inline| read_inline(inline, arguments));
        }
        _ => {}
    }
}

/// The `Variant = "name",` lines with their numbers.
fn named(text: &str) -> Vec<(usize, String, String)> {
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

    const GOOD: &str = "back = رجوع\nleft = { $days ->\n    [one] يوم واحد\n   *[other] { $days } يوم\n  }\n";
    const GOOD_TOO: &str =
        "back = Retour\nleft = { $days ->\n    [one] un jour\n   *[other] { $days } jours\n  }\n";
    const VARIANTS: &str = "phrases! {\n    /// The arrow.\n    Back = \"back\",\n}";

    fn caught(arabic: &str, french: &str, variants: &str) -> Vec<String> {
        let tree = Tree::of(&[(ARABIC, arabic), (FRENCH, french), (NAMED, variants)]);
        faults(&tree).into_iter().map(|fault| fault.to_string()).collect()
    }

    #[test]
    fn a_space_at_which_a_line_would_end_before_its_mark_is_caught() {
        let french = |text| Tree::of(&[(ARABIC, "a = ا\n"), (FRENCH, text), (NAMED, "")]);
        assert!(faults(&french("# Rien : ici\na = Attention\u{a0}: «\u{a0}a\u{a0}»\n")).is_empty());
        assert_eq!(faults(&french("a = Attention : a\n")).len(), 1);
        assert_eq!(faults(&french("a = Fermez « a\u{a0}»\n")).len(), 1);
    }

    #[test]
    fn the_same_phrases_in_both_languages_are_well() {
        assert_eq!(caught(GOOD, GOOD_TOO, VARIANTS), Vec::<String>::new());
    }

    #[test]
    fn a_phrase_missing_in_one_language_is_caught() {
        assert_eq!(caught("back = رجوع\nmore = المزيد\n", "back = Retour\n", VARIANTS).len(), 1);
        assert_eq!(caught("back = رجوع\n", "back = Retour\nmore = Plus\n", VARIANTS).len(), 1);
    }

    #[test]
    fn an_argument_forgotten_in_one_language_is_caught() {
        let faults = caught("back = رجوع { $to }\n", "back = Retour\n", VARIANTS);
        assert_eq!(
            faults,
            ["core/locales/fr.ftl: `back` does not tell $to, which core/locales/ar.ftl tells"]
        );
    }

    #[test]
    fn a_phrase_that_says_nothing_is_caught() {
        assert!(!caught("back =\n", "back = Retour\n", VARIANTS).is_empty());
        assert!(!caught("back =\n    .label = رجوع\n", "back =\n    .label = Retour\n", VARIANTS).is_empty());
    }

    #[test]
    fn a_phrase_said_twice_or_unreadable_is_caught() {
        assert_eq!(caught("back = رجوع\nback = عودة\n", "back = Retour\n", VARIANTS).len(), 1);
        assert!(!caught("back = رجوع\nmore { = x\n", "back = Retour\n", VARIANTS).is_empty());
    }

    #[test]
    fn a_variant_without_its_message_is_caught() {
        let faults = caught("back = رجوع\n", "back = Retour\n", "    TryAgain = \"try-again\",");
        assert_eq!(faults, ["core/src/language/phrase.rs:1: TryAgain has no message `try-again`"]);
        assert_eq!(caught("back = ر\n", "back = R\n", "    GoBack = \"back\",").len(), 1);
    }
}
