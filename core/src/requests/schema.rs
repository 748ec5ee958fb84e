//! Conversion of the portal's form to the fields of the form engine.

use fos_rules::instalment::YearlyRate;
use fos_wire::LocalizedText;
use fos_wire::family::Family;
use fos_wire::form::{self, BeneficiaryRelation, Field, FieldKind, Form, LEVEL, Level};

use crate::api::parse_json_text;
use crate::error::Error;
use crate::forms::{
    Choice, ChoiceStyle, Condition, DayFrom, DayLimit, FieldKindSpec, FieldSpec, Instalment, Label, Required,
};

/// Messages that label the two ends of a period.
const FROM: &str = "period-from";
const TO: &str = "period-to";

/// Parses a form.
///
/// # Errors
/// [`Error::UpdateNeeded`] for a schema level that this version does not know.
pub(super) fn parse(body: &str) -> Result<Form, Error> {
    let level: Level = parse_json_text(body)?;
    if level.level > LEVEL {
        return Err(Error::UpdateNeeded);
    }
    parse_json_text(body)
}

/// Returns the version of a cached form; `None` if it cannot be parsed.
pub(super) fn version(body: &str) -> Option<u32> {
    parse(body).ok().map(|form| form.version)
}

/// Returns the fields of a form for a member with this family.
pub(super) fn fields(form: &Form, family: &Family) -> Vec<FieldSpec> {
    let mut specs = Vec::new();
    for section in &form.sections {
        for field in &section.fields {
            for spec in field_specs(field, family) {
                let only_if =
                    field.visible_if.as_ref().map(|condition| self::condition(condition, form, family));
                specs.push(FieldSpec {
                    only_if,
                    required: required(field, form, family),
                    section: Some(section.title.clone()),
                    suffix: field.suffix.clone(),
                    ..spec
                });
            }
        }
        specs.extend(instalment(section));
    }
    specs
}

/// Returns the computed instalment of a section; `None` if its rate cannot be parsed.
fn instalment(section: &form::Section) -> Option<FieldSpec> {
    let form::Instalment { amount, months, rate } = section.instalment.clone()?;
    let kind = FieldKindSpec::Instalment(Instalment { amount, months, rate: YearlyRate::parse(&rate)? });
    let section = Some(section.title.clone());
    Some(FieldSpec { section, ..FieldSpec::new("instalment", "instalment", kind) })
}

fn required(field: &Field, form: &Form, family: &Family) -> Required {
    if let Some(group) = form.group_of(&field.key) {
        let before = group.iter().take_while(|key| **key != field.key).cloned().collect();
        return Required::OneOf { before, group: group.to_vec() };
    }
    match (&field.required_if, field.required) {
        (_, true) => Required::Always,
        (Some(condition), false) => Required::If(self::condition(condition, form, family)),
        (None, false) => Required::Never,
    }
}

/// Converts a condition. On a beneficiary it names relations, while the field's values are persons.
fn condition(condition: &form::Condition, form: &Form, family: &Family) -> Condition {
    let on =
        form.sections.iter().flat_map(|section| &section.fields).find(|field| field.key == condition.field);
    let is = match on.map(|field| &field.kind) {
        Some(FieldKind::Beneficiary { .. }) => {
            let of =
                |relation: BeneficiaryRelation| condition.is.iter().any(|wanted| wanted == relation.as_str());
            let persons = family.persons.iter().filter(|person| of(person.relation.into()));
            let persons = persons.map(|person| person.id.clone());
            let member = of(BeneficiaryRelation::Member).then(|| MEMBER.to_owned());
            member.into_iter().chain(persons).collect()
        }
        _ => condition.is.clone(),
    };
    Condition { field: condition.field.clone(), values: is }
}

/// Value of a beneficiary for the member themselves.
const MEMBER: &str = "self";

/// Converts a field: one field, or two days for a period.
fn field_specs(field: &Field, family: &Family) -> Vec<FieldSpec> {
    let label = Label::FromPortal { label: field.label.clone(), help: field.help.clone() };
    let spec = |kind| FieldSpec { label: label.clone(), ..FieldSpec::new(&field.key, "", kind) };
    let kind = match &field.kind {
        FieldKind::Text { max_length } => FieldKindSpec::Text { max_length: *max_length, multiline: false },
        FieldKind::LongText { max_length } => {
            FieldKindSpec::Text { max_length: *max_length, multiline: true }
        }
        FieldKind::Choice { options } => choice(options, ChoiceStyle::Radio),
        FieldKind::City { options } => choice(options, ChoiceStyle::Search),
        FieldKind::Money { min, max } => FieldKindSpec::Money { min: *min, max: *max },
        FieldKind::Integer { min, max } => {
            let units = field.suffix.iter().flat_map(|unit| [unit.ar.clone(), unit.fr.clone()]).collect();
            FieldKindSpec::Integer { min: *min, max: *max, units }
        }
        FieldKind::Date { earliest, latest } => {
            FieldKindSpec::Day { earliest: limits(earliest.as_ref()), latest: limits(latest.as_ref()) }
        }
        FieldKind::Period { earliest, latest, max_days } => {
            return period(field, limits(earliest.as_ref()), limits(latest.as_ref()), *max_days);
        }
        FieldKind::Wishes { options, min, max } => {
            let count = |count: u32| usize::try_from(count).unwrap_or(usize::MAX);
            FieldKindSpec::Wishes { options: choices(options), min: count(*min), max: count(*max) }
        }
        FieldKind::Beneficiary { relations } => {
            FieldKindSpec::Choice { options: beneficiaries(relations, family), style: ChoiceStyle::Radio }
        }
        FieldKind::Phone {} => FieldKindSpec::Phone,
        FieldKind::Rib {} => FieldKindSpec::BankAccount,
        FieldKind::Declaration { text } => FieldKindSpec::Declaration { text: text.clone() },
    };
    vec![spec(kind)]
}

/// Converts a period: both ends within the limits, the last not before the first, at most the maximum stay later.
fn period(
    field: &Field,
    earliest: Vec<DayLimit>,
    latest: Vec<DayLimit>,
    max_days: Option<u32>,
) -> Vec<FieldSpec> {
    let from_key = format!("{}.from", field.key);
    let from_first = |days| DayLimit { from: DayFrom::Field(from_key.clone()), days };
    let mut last = latest.clone();
    last.extend(max_days.map(|days| from_first(i32::try_from(days).unwrap_or(i32::MAX) - 1)));
    let first = FieldKindSpec::Day { earliest, latest };
    let second = FieldKindSpec::Day { earliest: vec![from_first(0)], latest: last };
    let end = |name: &str, phrase, kind| {
        let key = format!("{}.{name}", field.key);
        // Said once, above the period.
        let help = field.help.clone().filter(|_| phrase == FROM);
        let label = Label::PeriodEnd { of: field.label.clone(), phrase, help };
        FieldSpec { label, ..FieldSpec::new(&key, phrase, kind) }
    };
    vec![end("from", FROM, first), end("to", TO, second)]
}

fn limits(limit: Option<&form::DayLimit>) -> Vec<DayLimit> {
    let limit = limit.map(|limit| match limit {
        form::DayLimit::On(limit) => DayLimit { from: DayFrom::On(limit.on), days: 0 },
        form::DayLimit::Today(limit) => DayLimit { from: DayFrom::Today, days: limit.days },
        form::DayLimit::Field(limit) => {
            DayLimit { from: DayFrom::Field(limit.field.clone()), days: limit.days }
        }
    });
    limit.into_iter().collect()
}

fn choice(options: &[form::Choice], drawn: ChoiceStyle) -> FieldKindSpec {
    FieldKindSpec::Choice { options: choices(options), style: drawn }
}

fn choices(options: &[form::Choice]) -> Vec<Choice> {
    options.iter().map(|option| portal_choice(&option.key, &option.label)).collect()
}

fn portal_choice(key: &str, label: &LocalizedText) -> Choice {
    Choice { key: key.to_owned(), label: Label::FromPortal { label: label.clone(), help: None } }
}

fn beneficiaries(relations: &[BeneficiaryRelation], family: &Family) -> Vec<Choice> {
    let member = relations
        .contains(&BeneficiaryRelation::Member)
        .then(|| Choice { key: MEMBER.to_owned(), label: Label::Phrase("self") });
    let persons = family.persons.iter().filter(|person| relations.contains(&person.relation.into()));
    member.into_iter().chain(persons.map(|person| portal_choice(&person.id, &person.name))).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use fos_fuzz::{Mutation, mutate};
    use jiff::civil::date;

    use serde_json::json;

    use super::*;
    use crate::forms::ValidationContext;

    const FORM: &str = include_str!("../../wire/tests/data/form.json");

    /// Fuzz target: the form of any portal, and anything typed into it.
    #[test]
    fn a_fuzzed_form_can_be_filled_with_anything() {
        let known = parse(FORM).unwrap();
        assert_eq!(
            fields(&known, &Family::default()).len(),
            15,
            "a period has two days, a rate its instalment"
        );
        bolero::check!().with_type::<(Vec<Mutation>, String)>().for_each(|(mutations, typed)| {
            let Ok(form) = parse(&mutate(FORM, mutations)) else { return };
            let values = HashMap::from([("day", typed.as_str()), ("place", typed.as_str())]);
            let context = ValidationContext { today: date(2026, 11, 24), values: &values };
            for field in fields(&form, &Family::default()) {
                let normalized = field.kind.normalize(typed, &context);
                assert_eq!(field.kind.normalize(&normalized, &context), normalized, "{typed:?}");
                if field.kind.validate(&normalized, &context).is_none() {
                    field.kind.to_wire(&normalized);
                }
            }
        });
    }

    /// A form of one section with these fields, for a member with a wife and a daughter.
    fn specs(fields: &serde_json::Value) -> Vec<FieldSpec> {
        let text = json!({ "ar": "نص", "fr": "Texte" });
        let mut fields = fields.clone();
        for field in fields.as_array_mut().unwrap() {
            field["label"] = text.clone();
            field["required"] = json!(true);
        }
        let section = json!({ "key": "s", "title": text, "fields": fields });
        let form = json!({ "service": "hajj-grant", "version": 1, "level": 1, "sections": [section] });
        let person =
            |id, relation| json!({ "id": id, "relation": relation, "born": "1990-01-01", "name": text });
        let family = json!({ "persons": [person("p1", "spouse"), person("p2", "child")] });
        fields_of(&form, &family)
    }

    fn fields_of(form: &serde_json::Value, family: &serde_json::Value) -> Vec<FieldSpec> {
        super::fields(&parse(&form.to_string()).unwrap(), &serde_json::from_value(family.clone()).unwrap())
    }

    #[test]
    fn a_condition_on_a_beneficiary_names_the_persons_of_its_relations() {
        let fields = specs(&json!([
            { "key": "whose", "kind": "beneficiary", "relations": ["self", "spouse", "child"] },
            { "key": "school", "kind": "text", "max_length": 9, "visible_if": { "field": "whose", "is": ["child"] } },
            { "key": "post", "kind": "text", "max_length": 9, "visible_if": { "field": "whose", "is": ["self", "spouse"] } },
        ]));
        let values = |field: &FieldSpec| field.only_if.clone().unwrap().values;
        assert_eq!(fields[0].only_if, None);
        assert_eq!(values(&fields[1]), ["p2"]);
        assert_eq!(values(&fields[2]), ["self", "p1"]);
    }

    #[test]
    fn a_day_keeps_the_limits_that_the_portal_set() {
        let fields = specs(&json!([
            { "key": "birth", "kind": "date", "latest": { "from": "today", "days": -1 } },
            { "key": "stay", "kind": "date", "earliest": { "from": "field", "field": "birth", "days": 3 },
              "latest": { "on": "2027-06-30" } },
        ]));
        let FieldKindSpec::Day { earliest, latest } = &fields[0].kind else { panic!("{fields:?}") };
        assert_eq!((earliest.len(), latest[0].days, &latest[0].from), (0, -1, &DayFrom::Today));
        let FieldKindSpec::Day { earliest, latest } = &fields[1].kind else { panic!("{fields:?}") };
        assert_eq!((earliest[0].days, &earliest[0].from), (3, &DayFrom::Field("birth".to_owned())));
        assert_eq!(latest[0].from, DayFrom::On(jiff::civil::date(2027, 6, 30)));
    }
}
