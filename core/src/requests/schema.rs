//! From the portal's form to the fields that the one form engine fills in.

use crate::error::Trouble;
use crate::forms::{
    Choice, Condition, DayFrom, DayLimit, Drawn, FieldKindSpec, FieldSpec, Instalment, Label, Required,
};
use crate::portal::form::{self, Family, Field, FieldKind, LEVEL, Level, ServiceForm, Who};
use crate::portal::wire::Both;

/// The field's own words of a period's two ends.
const FROM: &str = "period-from";
const TO: &str = "period-to";

/// Reads a form. One that this version does not understand asks for an update.
pub(super) fn read(body: &str) -> Result<ServiceForm, Trouble> {
    let level: Level = serde_json::from_str(body).map_err(|error| Trouble::Unreadable(error.to_string()))?;
    if level.level > LEVEL {
        return Err(Trouble::UpdateNeeded);
    }
    serde_json::from_str(body).map_err(|error| Trouble::Unreadable(error.to_string()))
}

/// The version of a form that was kept; none where it does not read.
pub(super) fn version(body: &str) -> Option<u32> {
    read(body).ok().map(|form| form.version)
}

/// The fields of a form, for a member of this family.
pub(super) fn fields(form: &ServiceForm, family: &Family) -> Vec<FieldSpec> {
    let mut specs = Vec::new();
    for section in &form.sections {
        for field in &section.fields {
            for spec in specs_of(field, family) {
                let only_if =
                    field.visible_if.as_ref().map(|condition| self::condition(condition, form, family));
                specs.push(FieldSpec {
                    only_if,
                    required: required(field, form, family),
                    section: Some(section.title.clone()),
                    ..spec
                });
            }
        }
        specs.extend(instalment(section));
    }
    specs
}

/// What a section tells once its fields say enough. At a rate that does not read it tells nothing.
fn instalment(section: &form::Section) -> Option<FieldSpec> {
    let form::Instalment { amount, months, rate } = section.instalment.clone()?;
    let kind = FieldKindSpec::Instalment(Instalment { amount, months, rate: Instalment::rate(&rate)? });
    let section = Some(section.title.clone());
    Some(FieldSpec { required: Required::Never, section, ..FieldSpec::new("instalment", "instalment", kind) })
}

fn required(field: &Field, form: &ServiceForm, family: &Family) -> Required {
    match (&field.required_if, field.required) {
        (_, true) => Required::Always,
        (Some(condition), false) => Required::If(self::condition(condition, form, family)),
        (None, false) => Required::Never,
    }
}

/// A condition on whom a request is for names relations; the field's values are persons.
fn condition(condition: &form::Condition, form: &ServiceForm, family: &Family) -> Condition {
    let on =
        form.sections.iter().flat_map(|section| &section.fields).find(|field| field.key == condition.field);
    let is = match on.map(|field| &field.kind) {
        Some(FieldKind::Beneficiary { .. }) => {
            let of = |who: Who| condition.is.iter().any(|wanted| wanted == relation(who));
            let persons =
                family.persons.iter().filter(|person| of(person.relation)).map(|person| person.id.clone());
            of(Who::Member).then(|| ITSELF.to_owned()).into_iter().chain(persons).collect()
        }
        _ => condition.is.clone(),
    };
    Condition { field: condition.field.clone(), is }
}

const ITSELF: &str = "self";

fn relation(who: Who) -> &'static str {
    match who {
        Who::Member => ITSELF,
        Who::Spouse => "spouse",
        Who::Child => "child",
        Who::Ascendant => "ascendant",
    }
}

/// One field, but for a period: that is typed as two days.
fn specs_of(field: &Field, family: &Family) -> Vec<FieldSpec> {
    let label = Label::Served { label: field.label.clone(), help: field.help.clone() };
    let spec = |kind| FieldSpec { label: label.clone(), ..FieldSpec::new(&field.key, "", kind) };
    let kind = match &field.kind {
        FieldKind::Text { max_length } => FieldKindSpec::Text { longest: *max_length, lines: false },
        FieldKind::LongText { max_length } => FieldKindSpec::Text { longest: *max_length, lines: true },
        FieldKind::Choice { options } => choice(options, Drawn::Boxes),
        FieldKind::City { options } => choice(options, Drawn::Search),
        // Least is nothing where the form says nothing.
        FieldKind::Money { min, max } => FieldKindSpec::Money { least: *min, most: *max },
        FieldKind::Integer { min, max } => FieldKindSpec::Whole { least: *min, most: *max },
        FieldKind::Date { earliest, latest } => {
            FieldKindSpec::Day { earliest: limits(earliest.as_ref()), latest: limits(latest.as_ref()) }
        }
        FieldKind::Period { earliest, latest, max_days } => {
            return period(field, limits(earliest.as_ref()), limits(latest.as_ref()), *max_days);
        }
        FieldKind::Wishes { options, min, max } => {
            FieldKindSpec::Wishes { options: choices(options), least: *min, most: *max }
        }
        FieldKind::Beneficiary { relations } => {
            FieldKindSpec::Choice { options: beneficiaries(relations, family), drawn: Drawn::Boxes }
        }
        FieldKind::Phone => FieldKindSpec::Phone,
        FieldKind::Rib => FieldKindSpec::BankAccount,
        FieldKind::Declaration { text } => FieldKindSpec::Declaration { text: text.clone() },
    };
    vec![spec(kind)]
}

/// Both ends lie within the limits, the last not before the first, and not more days later than the longest stay.
fn period(
    field: &Field,
    earliest: Vec<DayLimit>,
    latest: Vec<DayLimit>,
    longest: Option<i32>,
) -> Vec<FieldSpec> {
    let from_key = format!("{}.from", field.key);
    let from_first = |days| DayLimit { from: DayFrom::Field(from_key.clone()), days };
    let mut last = latest.clone();
    last.extend(longest.map(|longest| from_first(longest - 1)));
    let first = FieldKindSpec::Day { earliest, latest };
    let second = FieldKindSpec::Day { earliest: vec![from_first(0)], latest: last };
    let end = |name: &str, phrase, kind| {
        let key = format!("{}.{name}", field.key);
        let label = Label::Part { of: field.label.clone(), phrase, help: field.help.clone() };
        FieldSpec { label, ..FieldSpec::new(&key, phrase, kind) }
    };
    vec![end("from", FROM, first), end("to", TO, second)]
}

fn limits(limit: Option<&form::DayLimit>) -> Vec<DayLimit> {
    let limit = limit.and_then(|limit| match limit {
        form::DayLimit::On { on } => Some(DayLimit { from: DayFrom::On(*on), days: 0 }),
        form::DayLimit::From { from: form::DayFrom::Today, days, .. } => {
            Some(DayLimit { from: DayFrom::Today, days: *days })
        }
        form::DayLimit::From { from: form::DayFrom::Field, field, days } => {
            Some(DayLimit { from: DayFrom::Field(field.clone()?), days: *days })
        }
    });
    limit.into_iter().collect()
}

fn choice(options: &[form::Choice], drawn: Drawn) -> FieldKindSpec {
    FieldKindSpec::Choice { options: choices(options), drawn }
}

fn choices(options: &[form::Choice]) -> Vec<Choice> {
    options.iter().map(|option| served(&option.key, &option.label)).collect()
}

fn served(key: &str, label: &Both) -> Choice {
    Choice { key: key.to_owned(), label: Label::Served { label: label.clone(), help: None } }
}

fn beneficiaries(who: &[Who], family: &Family) -> Vec<Choice> {
    let member =
        who.contains(&Who::Member).then(|| Choice { key: ITSELF.to_owned(), label: Label::Phrase("self") });
    let persons = family.persons.iter().filter(|person| who.contains(&person.relation));
    member.into_iter().chain(persons.map(|person| served(&person.id, &person.name))).collect()
}
