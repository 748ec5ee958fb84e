//! A form as data: its fields, what they are called, and when they are asked for. The access forms are written in the
//! core; a service's form comes from the portal.

use std::collections::HashMap;

use super::FieldKindSpec;
use crate::language::{Told, Words, fold_for_search};
use crate::portal::wire::Both;

/// A field of a form.
#[derive(Debug, Clone)]
pub(crate) struct FieldSpec {
    /// Its tag in faces and journeys.
    pub(crate) key: String,
    /// Its name in the portal's body; `a.b` is the member `b` of an object `a`.
    pub(crate) wire: String,
    pub(crate) label: Label,
    pub(crate) kind: FieldKindSpec,
    /// Shown only while this holds.
    pub(crate) only_if: Option<Condition>,
    pub(crate) required: Required,
    /// What its section is called.
    pub(crate) section: Option<Both>,
}

/// What a field is called, and what helps with it.
#[derive(Debug, Clone)]
pub(crate) enum Label {
    /// `field-{phrase}` and, where there is one, `help-{phrase}`.
    Phrase(&'static str),
    /// The portal's own words.
    Served { label: Both, help: Option<Both> },
    /// One end of what the portal asks for: «Dates du séjour · du».
    Part { of: Both, phrase: &'static str, help: Option<Both> },
}

/// Whether a field that shows must be filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Required {
    Always,
    Never,
    If(Condition),
}

/// Holds while the field has one of these values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Condition {
    pub(crate) field: String,
    pub(crate) is: Vec<String>,
}

impl FieldSpec {
    /// A field of an access form, sent under its own key.
    pub(crate) fn new(key: &str, phrase: &'static str, kind: FieldKindSpec) -> Self {
        Self {
            key: key.to_owned(),
            wire: key.to_owned(),
            label: Label::Phrase(phrase),
            kind,
            only_if: None,
            required: Required::Always,
            section: None,
        }
    }

    /// The same, under another name in the portal's body.
    pub(crate) fn sent_as(self, wire: &str) -> Self {
        Self { wire: wire.to_owned(), ..self }
    }

    /// What the portal calls what is asked.
    pub(crate) fn served_label(&self) -> Option<Both> {
        match &self.label {
            Label::Phrase(_) => None,
            Label::Served { label, .. } | Label::Part { of: label, .. } => Some(label.clone()),
        }
    }

    /// The same, shown only while that field has this value.
    pub(crate) fn only_if(self, field: &str, value: &str) -> Self {
        let is = vec![value.to_owned()];
        Self { only_if: Some(Condition { field: field.to_owned(), is }), ..self }
    }
}

impl Label {
    pub(super) fn say(&self, words: &Words) -> String {
        match self {
            Self::Phrase(phrase) => words.say(&format!("field-{phrase}")),
            Self::Served { label, .. } => label.in_language(words.language()).to_owned(),
            Self::Part { of, phrase, .. } => {
                words.say_with(phrase, &[("label", Told::Text(of.in_language(words.language())))])
            }
        }
    }

    /// Its words in both languages, as a search compares them.
    pub(super) fn all(&self, words: &Words) -> String {
        match self {
            Self::Served { label, .. } => fold_for_search(&format!("{} {}", label.ar, label.fr)),
            told => fold_for_search(&told.say(words)),
        }
    }

    pub(super) fn help(&self, words: &Words) -> Option<String> {
        match self {
            Self::Phrase(phrase) => words.say_if_any(&format!("help-{phrase}")),
            Self::Served { help, .. } | Self::Part { help, .. } => {
                help.as_ref().map(|help| help.in_language(words.language()).to_owned())
            }
        }
    }
}

impl Required {
    /// Whether a field must be filled in, among the values of the fields that show.
    pub(super) fn holds(&self, shown: &HashMap<&str, &str>) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::If(condition) => condition.holds(shown),
        }
    }
}

impl Condition {
    /// Whether it holds among the values of the fields that show.
    pub(super) fn holds(&self, shown: &HashMap<&str, &str>) -> bool {
        shown.get(self.field.as_str()).is_some_and(|value| self.is.iter().any(|wanted| wanted == value))
    }
}

/// The fields that show, each with its value, in their order. A field that does not show has no value for any other.
pub(super) fn shown<'a>(
    fields: &'a [FieldSpec],
    value: impl Fn(&'a FieldSpec) -> &'a str,
) -> Vec<(&'a FieldSpec, &'a str)> {
    let mut values = HashMap::new();
    let mut shown = Vec::new();
    for field in fields {
        if field.only_if.as_ref().is_none_or(|condition| condition.holds(&values)) {
            let value = value(field);
            values.insert(field.key.as_str(), value);
            shown.push((field, value));
        }
    }
    shown
}
