//! Answers of a form, to be read and not changed.

use serde_json::{Map, Value};

use super::draft::Values;
use super::field_view;
use super::problem::format_money_amount;
use super::sections::{Section, repayment, sections};
use super::spec::{FieldSpec, visible_fields};
use super::view::{FieldKind, FieldView, OptionView};
use crate::i18n::{Identifier, Localizer};
use crate::views::FactView;

/// Answers of one section.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct AnswerSectionView {
    /// Title of the section.
    pub title: String,
    /// Label and answer of each field that was filled in.
    pub answers: Vec<FactView>,
}

/// Returns the answers, section by section, in the member's language.
pub(crate) fn answers(
    fields: &[FieldSpec],
    values: &Values,
    localizer: &Localizer,
) -> Vec<AnswerSectionView> {
    answers_by_section(fields, values, localizer).into_iter().map(|(_, answers)| answers).collect()
}

/// Returns the values of a request's body, as a form holds them.
pub(crate) fn values_from_wire(fields: &[FieldSpec], body: &Map<String, Value>) -> Values {
    let value = |field: &FieldSpec| {
        match field.wire_name.split_once('.') {
            None => body.get(&field.wire_name),
            Some((object, member)) => body.get(object)?.get(member),
        }
        .map(|value| field.kind.read_wire(value))
    };
    fields.iter().filter_map(|field| Some((field.key.clone(), value(field)?))).collect()
}

/// Returns the sections with an answer, each with its index among all sections.
pub(super) fn answers_by_section(
    fields: &[FieldSpec],
    values: &Values,
    localizer: &Localizer,
) -> Vec<(usize, AnswerSectionView)> {
    let visible = visible_fields(fields, |field| values.get(&field.key).map_or("", String::as_str));
    let answer = |(field, value): &(&FieldSpec, &str)| {
        let repayment = repayment(&field.kind, &visible);
        let computed = repayment.map(|it| format_money_amount(it.monthly, localizer));
        let value = computed.as_deref().unwrap_or(value);
        fact(field_view::field(field, value, localizer), localizer)
    };
    let of_section = |section: Section<'_>| AnswerSectionView {
        title: section.title.get(localizer.language()).to_owned(),
        answers: visible[section.fields].iter().filter_map(answer).collect(),
    };
    let all = sections(&visible).into_iter().map(of_section).enumerate();
    all.filter(|(_, section)| !section.answers.is_empty()).collect()
}

/// Returns label and answer of a field; `None` if it is empty.
fn fact(field: FieldView, localizer: &Localizer) -> Option<FactView> {
    let separator = localizer.message("list-separator");
    let value = match field.kind {
        FieldKind::Choice | FieldKind::Search | FieldKind::Wishes | FieldKind::Declaration => {
            let mut chosen: Vec<OptionView> = field.options.into_iter().filter(|it| it.chosen).collect();
            chosen.sort_by_key(|option| option.rank.as_deref().and_then(|rank| rank.parse::<u32>().ok()));
            let labels: Vec<String> = chosen.into_iter().map(|option| option.label).collect();
            Identifier::plain(labels.join(&separator))
        }
        FieldKind::Text | FieldKind::MultilineText | FieldKind::ReadOnly if field.left_to_right => {
            Identifier::new(&field.value)
        }
        FieldKind::Text | FieldKind::MultilineText | FieldKind::ReadOnly => Identifier::plain(field.value),
        FieldKind::Secret | FieldKind::Captcha => return None,
    };
    (!value.copied.is_empty()).then_some(FactView { icon: None, label: field.label, value, chip: None })
}
