//! Display of a filled form, on the receipt and for the operator.

use fos_rules::{bank_account::BankAccount, day, phone::Phone};
use fos_wire::{
    LocalizedText,
    family::Person,
    form::{BeneficiaryRelation, Choice, FieldKind, Form},
};
use serde_json::Value;

use super::FieldValues;
use crate::formatting;

/// Label of a field and its value as text.
pub(crate) struct Answer {
    pub(crate) label: LocalizedText,
    pub(crate) text: LocalizedText,
}

/// Returns every field that has a value, in the form's order.
pub(crate) fn display(form: &Form, values: &FieldValues, family: &[Person]) -> Vec<Answer> {
    let entry = |field: &super::Field| {
        let text = format_value(&field.kind, values.get(&field.key)?, family)?;
        Some(Answer { label: field.label.clone(), text })
    };
    super::fields(form).filter_map(entry).collect()
}

/// Returns `None` when the value is not of this kind, which validation rules out.
fn format_value(kind: &FieldKind, value: &Value, family: &[Person]) -> Option<LocalizedText> {
    match kind {
        FieldKind::Text { .. } | FieldKind::LongText { .. } => {
            let text = value.as_str()?;
            Some(LocalizedText { ar: text.to_owned(), fr: text.to_owned() })
        }
        FieldKind::Choice { options } | FieldKind::City { options } => label(options, value),
        FieldKind::Money { .. } => value.as_i64().map(formatting::money),
        FieldKind::Integer { .. } => value.as_i64().map(|number| formatting::same(&number.to_string())),
        FieldKind::Date { .. } => Some(formatting::day(day::parse_wire(value.as_str()?)?)),
        FieldKind::Period { .. } => {
            let end = |name: &str| day::parse_wire(value[name].as_str()?);
            Some(formatting::period(end("from")?, end("to")?))
        }
        FieldKind::Wishes { options, .. } => format_ranking(options, value.as_array()?),
        FieldKind::Beneficiary { .. } => person_name(value.as_str()?, family),
        FieldKind::Phone {} => Some(formatting::same(&Phone::from_e164(value.as_str()?)?.national())),
        FieldKind::Rib {} => Some(formatting::same(&BankAccount::from_digits(value.as_str()?)?.grouped())),
        FieldKind::Declaration { text } => Some(text.clone()),
    }
}

fn label(options: &[Choice], value: &Value) -> Option<LocalizedText> {
    let option = options.iter().find(|option| *value == option.key)?;
    Some(option.label.clone())
}

fn format_ranking(options: &[Choice], wishes: &[Value]) -> Option<LocalizedText> {
    let labels = wishes.iter().map(|wish| label(options, wish)).collect::<Option<Vec<_>>>()?;
    let list = |language: fn(&LocalizedText) -> &str| {
        let lines = (1..).zip(&labels).map(|(rank, label)| format!("{rank}. {}", language(label)));
        lines.collect::<Vec<_>>().join("\n")
    };
    Some(LocalizedText { ar: list(|label| &label.ar), fr: list(|label| &label.fr) })
}

fn person_name(id: &str, family: &[Person]) -> Option<LocalizedText> {
    if id == BeneficiaryRelation::Member.as_str() {
        return Some(LocalizedText { ar: "المنخرط نفسه".to_owned(), fr: "Le membre".to_owned() });
    }
    Some(family.iter().find(|person_name| person_name.id == id)?.name.clone())
}
