//! What was filled in, as a person reads it: on the receipt, and at the desk.

use serde_json::Value;

use super::{BeneficiaryRelation, Choice, FieldKind, Filled, Form, day};
use crate::{family::Person, seed::BothLanguages, words};

/// A question and its answer.
pub(crate) struct Line {
    pub(crate) label: BothLanguages,
    pub(crate) answer: BothLanguages,
}

/// Every question that was answered, in the form's order.
pub(crate) fn lines(form: &Form, filled: &Filled, family: &[Person]) -> Vec<Line> {
    let line = |field: &super::Field| {
        let answer = answer(&field.kind, filled.get(&field.key)?, family)?;
        Some(Line { label: field.label.clone(), answer })
    };
    form.fields().filter_map(line).collect()
}

/// None when the value is not one of this kind, which was checked when it came.
fn answer(kind: &FieldKind, value: &Value, family: &[Person]) -> Option<BothLanguages> {
    match kind {
        FieldKind::Text { .. } | FieldKind::LongText { .. } => {
            let text = value.as_str()?;
            Some(BothLanguages { ar: text.to_owned(), fr: text.to_owned() })
        }
        FieldKind::Choice { options } | FieldKind::City { options } => label(options, value),
        FieldKind::Money { .. } => value.as_i64().map(words::money),
        FieldKind::Integer { .. } => value.as_i64().map(|number| words::same(&number.to_string())),
        FieldKind::Date { .. } => Some(words::day(day(value.as_str()?)?)),
        FieldKind::Period { .. } => {
            Some(words::period(day(value["from"].as_str()?)?, day(value["to"].as_str()?)?))
        }
        FieldKind::Wishes { options, .. } => ranked(options, value.as_array()?),
        FieldKind::Beneficiary { .. } => person(value.as_str()?, family),
        FieldKind::Phone {} => Some(words::same(&words::phone(value.as_str()?))),
        FieldKind::Rib {} => Some(words::same(&words::rib(value.as_str()?))),
        FieldKind::Declaration { text } => Some(text.clone()),
    }
}

fn label(options: &[Choice], value: &Value) -> Option<BothLanguages> {
    let option = options.iter().find(|option| *value == option.key)?;
    Some(option.label.clone())
}

fn ranked(options: &[Choice], wishes: &[Value]) -> Option<BothLanguages> {
    let labels = wishes.iter().map(|wish| label(options, wish)).collect::<Option<Vec<_>>>()?;
    let list = |language: fn(&BothLanguages) -> &str| {
        let ranked = (1..).zip(&labels).map(|(rank, label)| format!("{rank}. {}", language(label)));
        ranked.collect::<Vec<_>>().join("\n")
    };
    Some(BothLanguages { ar: list(|label| &label.ar), fr: list(|label| &label.fr) })
}

fn person(id: &str, family: &[Person]) -> Option<BothLanguages> {
    if id == BeneficiaryRelation::Member.as_str() {
        return Some(BothLanguages { ar: "المنخرط نفسه".to_owned(), fr: "Le membre".to_owned() });
    }
    Some(family.iter().find(|person| person.id == id)?.name.clone())
}
