//! Forms as data: fields, labels, conditions. Access forms are written in the core; a service's form comes from the
//! portal.

use std::collections::HashMap;

use fos_wire::LocalizedText;

use super::FieldKindSpec;
use crate::i18n::{FormatArg, Localizer, fold_for_search};

/// A field of a form.
#[derive(Debug, Clone)]
pub(crate) struct FieldSpec {
    /// Key in faces and journeys.
    pub(crate) key: String,
    /// Name in the portal's body; `a.b` is the member `b` of an object `a`.
    pub(crate) wire_name: String,
    pub(crate) label: Label,
    pub(crate) kind: FieldKindSpec,
    /// Condition under which the field is visible.
    pub(crate) only_if: Option<Condition>,
    pub(crate) required: Required,
    /// Title of the field's section.
    pub(crate) section: Option<LocalizedText>,
    /// Unit shown after the value.
    pub(crate) suffix: Option<LocalizedText>,
}

/// Label and help of a field.
#[derive(Debug, Clone)]
pub(crate) enum Label {
    /// Messages `field-{phrase}` and, if there is one, `help-{phrase}`.
    Phrase(&'static str),
    /// Texts of the portal.
    FromPortal { label: LocalizedText, help: Option<LocalizedText> },
    /// One end of a period that the portal asks for: «Dates du séjour · du».
    PeriodEnd { of: LocalizedText, phrase: &'static str, help: Option<LocalizedText> },
}

/// Obligation to fill in a visible field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Required {
    Always,
    Never,
    If(Condition),
    /// A group of fields, by key, of which one must have a value: what is missing is asked of the first visible one.
    OneOf {
        /// Fields of the group before this one.
        before: Vec<String>,
        /// All fields of the group.
        group: Vec<String>,
    },
}

/// Holds while the field has one of these values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Condition {
    pub(crate) field: String,
    pub(crate) values: Vec<String>,
}

impl FieldSpec {
    /// Creates a field of an access form, sent under its key.
    pub(crate) fn new(key: &str, phrase: &'static str, kind: FieldKindSpec) -> Self {
        Self {
            key: key.to_owned(),
            wire_name: key.to_owned(),
            label: Label::Phrase(phrase),
            kind,
            only_if: None,
            required: Required::Always,
            section: None,
            suffix: None,
        }
    }

    /// Changes the name in the portal's body.
    pub(crate) fn with_wire_name(self, wire: &str) -> Self {
        Self { wire_name: wire.to_owned(), ..self }
    }

    /// Returns true if the field may be left empty, which its label then says. Not for one of a group: of that, one is asked.
    pub(super) fn is_optional(&self, visible: &HashMap<&str, &str>) -> bool {
        let is_group = matches!(self.required, Required::OneOf { .. });
        self.kind.is_stored() && !is_group && !self.required.holds(visible)
    }

    /// Returns the portal's label; `None` for an access form.
    pub(crate) fn portal_label(&self) -> Option<LocalizedText> {
        match &self.label {
            Label::Phrase(_) => None,
            Label::FromPortal { label, .. } | Label::PeriodEnd { of: label, .. } => Some(label.clone()),
        }
    }

    /// Shows the field only while another has this value.
    pub(crate) fn visible_if(self, field: &str, value: &str) -> Self {
        let is = vec![value.to_owned()];
        Self { only_if: Some(Condition { field: field.to_owned(), values: is }), ..self }
    }
}

impl Label {
    pub(super) fn text(&self, localizer: &Localizer) -> String {
        match self {
            Self::Phrase(phrase) => localizer.message(&format!("field-{phrase}")),
            Self::FromPortal { label, .. } => label.get(localizer.language()).to_owned(),
            Self::PeriodEnd { of, phrase, .. } => {
                localizer.format(phrase, &[("label", FormatArg::Text(of.get(localizer.language())))])
            }
        }
    }

    /// Returns the label in both languages, folded for search.
    pub(super) fn search_text(&self, localizer: &Localizer) -> String {
        match self {
            Self::FromPortal { label, .. } => fold_for_search(&format!("{} {}", label.ar, label.fr)),
            label => fold_for_search(&label.text(localizer)),
        }
    }

    pub(super) fn help(&self, localizer: &Localizer) -> Option<String> {
        match self {
            Self::Phrase(phrase) => localizer.message_if_present(&format!("help-{phrase}")),
            Self::FromPortal { help, .. } | Self::PeriodEnd { help, .. } => {
                help.as_ref().map(|help| help.get(localizer.language()).to_owned())
            }
        }
    }
}

impl Required {
    /// Returns true if a field must be filled in, given the visible fields' values.
    pub(super) fn holds(&self, visible: &HashMap<&str, &str>) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::If(condition) => condition.holds(visible),
            Self::OneOf { before, group } => {
                let is_visible = |key: &String| visible.contains_key(key.as_str());
                let has_value =
                    |key: &String| visible.get(key.as_str()).is_some_and(|value| !value.is_empty());
                !before.iter().any(is_visible) && !group.iter().any(has_value)
            }
        }
    }
}

impl Condition {
    /// Returns true if it holds, given the visible fields' values.
    pub(super) fn holds(&self, visible: &HashMap<&str, &str>) -> bool {
        visible.get(self.field.as_str()).is_some_and(|value| self.values.iter().any(|wanted| wanted == value))
    }
}

/// Returns the visible fields and their values, in order. A hidden field has no value for others.
pub(super) fn visible_fields<'a>(
    fields: &'a [FieldSpec],
    value: impl Fn(&'a FieldSpec) -> &'a str,
) -> Vec<(&'a FieldSpec, &'a str)> {
    let mut values = HashMap::new();
    let mut visible = Vec::new();
    for field in fields {
        if field.only_if.as_ref().is_none_or(|condition| condition.holds(&values)) {
            let value = value(field);
            values.insert(field.key.as_str(), value);
            visible.push((field, value));
        }
    }
    visible
}
