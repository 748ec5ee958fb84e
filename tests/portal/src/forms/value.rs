//! Validation and normalization of one value.

use fos_rules::{
    bank_account::BankAccount,
    day, integer,
    phone::Phone,
    text::{self, Lines},
};
use fos_wire::form::{BeneficiaryRelation, Choice, DayLimit, FieldKind};
use jiff::civil::Date;
use serde_json::{Value, json};

use super::validate::ValidationContext;
use crate::problem::Code;

/// Accepted value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct AcceptedValue {
    /// Normalized value, as stored.
    pub(super) value: Value,
    /// Operand of conditions: the key of the option, or the relation of the beneficiary.
    pub(super) choice: Option<String>,
    /// Date that limits of other fields are relative to.
    pub(super) day: Option<Date>,
}

impl AcceptedValue {
    fn plain(value: impl Into<Value>) -> Self {
        Self { value: value.into(), choice: None, day: None }
    }

    fn choice(value: &str, choice: &str) -> Self {
        Self { value: value.into(), choice: Some(choice.to_owned()), day: None }
    }
}

/// True if no value was given: null, or text without any visible character.
pub(super) fn is_absent(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text::normalize(text, Lines::Single).is_empty(),
        _ => false,
    }
}

/// Validates `value` for a field of this kind; `limit` resolves a limit to a date.
pub(super) fn accept(
    kind: &FieldKind,
    value: &Value,
    context: &ValidationContext,
    limit: impl Fn(&DayLimit) -> Option<Date>,
) -> Result<AcceptedValue, Code> {
    match kind {
        FieldKind::Text { max_length } => text(value, *max_length, Lines::Single),
        FieldKind::LongText { max_length } => text(value, *max_length, Lines::Multiple),
        FieldKind::Choice { options } | FieldKind::City { options } => option(value, options),
        FieldKind::Money { min, max } | FieldKind::Integer { min, max } => integer(value, *min, *max),
        FieldKind::Date { earliest, latest } => {
            let day = day::parse_wire(string(value)?).ok_or(Code::Format)?;
            let limit = |of: &Option<DayLimit>| of.as_ref().and_then(&limit);
            check_days(day, day, limit(earliest), limit(latest))?;
            Ok(AcceptedValue { day: Some(day), ..AcceptedValue::plain(day.to_string()) })
        }
        FieldKind::Period { earliest, latest, max_days } => {
            let (from, to) = ends(value).ok_or(Code::Format)?;
            let limit = |of: &Option<DayLimit>| of.as_ref().and_then(&limit);
            check_days(from, to, limit(earliest), limit(latest))?;
            let days = day::days_between(from, to) + 1;
            if max_days.is_some_and(|max_days| days > i64::from(max_days)) {
                return Err(Code::TooLong);
            }
            Ok(AcceptedValue::plain(json!({ "from": from.to_string(), "to": to.to_string() })))
        }
        FieldKind::Wishes { options, min, max } => wishes(value, options, *min, *max),
        FieldKind::Beneficiary { relations } => beneficiary(string(value)?, relations, context),
        FieldKind::Phone {} => {
            let phone = Phone::from_e164(string(value)?).ok_or(Code::Format)?;
            Ok(AcceptedValue::plain(phone.e164()))
        }
        FieldKind::Rib {} => {
            let account = BankAccount::from_digits(string(value)?).ok_or(Code::Format)?;
            Ok(AcceptedValue::plain(account.digits()))
        }
        FieldKind::Declaration { .. } => match value {
            Value::Bool(true) => Ok(AcceptedValue::plain(true)),
            Value::Bool(false) => Err(Code::Required),
            _ => Err(Code::Format),
        },
    }
}

fn string(value: &Value) -> Result<&str, Code> {
    value.as_str().ok_or(Code::Format)
}

fn text(value: &Value, max_length: u32, lines: Lines) -> Result<AcceptedValue, Code> {
    let typed = string(value)?;
    if text::has_control_character(typed, lines) {
        return Err(Code::Format);
    }
    let text = text::normalize(typed, lines);
    if text::fits(&text, max_length) { Ok(AcceptedValue::plain(text)) } else { Err(Code::TooLong) }
}

fn option(value: &Value, options: &[Choice]) -> Result<AcceptedValue, Code> {
    let key = string(value)?;
    if options.iter().any(|option| option.key == key) {
        Ok(AcceptedValue::choice(key, key))
    } else {
        Err(Code::UnknownOption)
    }
}

fn integer(value: &Value, min: Option<i64>, max: Option<i64>) -> Result<AcceptedValue, Code> {
    let number = match (value.as_i64(), value.as_u64()) {
        (Some(number), _) => number,
        (None, Some(_)) => return Err(Code::TooLarge),
        (None, None) => return Err(Code::Format),
    };
    match integer::check_range(number, min, max) {
        Ok(()) => Ok(AcceptedValue::plain(number)),
        Err(integer::OutOfRange::TooSmall(_)) => Err(Code::TooSmall),
        Err(integer::OutOfRange::TooLarge(_)) => Err(Code::TooLarge),
    }
}

fn check_days(from: Date, to: Date, earliest: Option<Date>, latest: Option<Date>) -> Result<(), Code> {
    day::check_range(from, to, earliest, latest).map_err(|limit| match limit {
        day::OutOfRange::TooEarly(_) => Code::TooEarly,
        day::OutOfRange::TooLate(_) => Code::TooLate,
    })
}

/// Parses the first and the last day of a period. `None` when it ends before it begins.
fn ends(value: &Value) -> Option<(Date, Date)> {
    let period = value.as_object().filter(|period| period.len() == 2)?;
    let end = |name: &str| day::parse_wire(period.get(name)?.as_str()?);
    let (from, to) = (end("from")?, end("to")?);
    (from <= to).then_some((from, to))
}

fn wishes(value: &Value, options: &[Choice], min: u32, max: u32) -> Result<AcceptedValue, Code> {
    let wishes = value.as_array().ok_or(Code::Format)?;
    let count = u32::try_from(wishes.len()).map_err(|_| Code::TooMany)?;
    if count > max {
        return Err(Code::TooMany);
    }
    for (index, wish) in wishes.iter().enumerate() {
        option(wish, options)?;
        if wishes[..index].contains(wish) {
            return Err(Code::Format);
        }
    }
    if count < min { Err(Code::TooFew) } else { Ok(AcceptedValue::plain(wishes.clone())) }
}

fn beneficiary(
    id: &str,
    relations: &[BeneficiaryRelation],
    context: &ValidationContext,
) -> Result<AcceptedValue, Code> {
    let relation = if id == BeneficiaryRelation::Member.as_str() {
        BeneficiaryRelation::Member
    } else {
        let person = context.family.iter().find(|person| person.id == id);
        person.map(|person| BeneficiaryRelation::from(person.relation)).ok_or(Code::NotYours)?
    };
    if relations.contains(&relation) {
        Ok(AcceptedValue::choice(id, relation.as_str()))
    } else {
        Err(Code::UnknownOption)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]
mod tests {
    use fos_wire::form::{DayLimit, FieldKind, FixedDay};
    use jiff::civil::date;
    use serde_json::{Value, json};

    use super::{ValidationContext, accept, is_absent};
    use crate::{forms::day_limit, identifiers, problem::Code, table};

    const TYPED_VALUES: &str = include_str!("../../../../core/rules/golden/typed-values.tsv");

    fn kind(name: &str) -> Option<FieldKind> {
        let today = || serde_json::from_value::<DayLimit>(json!({ "from": "today", "days": 0 })).unwrap();
        Some(match name {
            "money" => FieldKind::Money { min: None, max: None },
            "integer" => FieldKind::Integer { min: None, max: None },
            "birth" => FieldKind::Date { earliest: None, latest: Some(today()) },
            "stay" => FieldKind::Date {
                earliest: Some(today()),
                latest: Some(DayLimit::On(FixedDay { on: date(2027, 9, 15) })),
            },
            "rib" => FieldKind::Rib {},
            "phone" => FieldKind::Phone {},
            "text" => FieldKind::Text { max_length: 200 },
            "long-text" => FieldKind::LongText { max_length: 200 },
            _ => return None,
        })
    }

    fn accepted(kind: &FieldKind, value: &Value) -> Result<Value, Code> {
        let context = ValidationContext { today: date(2026, 11, 24), family: Vec::new() };
        let limit = |limit: &DayLimit| day_limit::resolve(limit, context.today, |_| None);
        accept(kind, value, &context, limit).map(|accepted| accepted.value)
    }

    #[test]
    fn what_the_app_sends_is_accepted_as_it_is() {
        for [name, typed, expected] in table::rows(TYPED_VALUES) {
            let Some(kind) = kind(&name) else { continue };
            if expected == "!required" {
                assert!(is_absent(&json!(typed)), "{name}: {typed:?}");
            } else if !expected.starts_with('!') {
                let is_number = matches!(name.as_str(), "money" | "integer");
                let sent = if is_number { json!(expected.parse::<i64>().unwrap()) } else { json!(expected) };
                assert_eq!(accepted(&kind, &sent), Ok(sent.clone()), "{name}: {typed:?}");
            }
        }
    }

    #[test]
    fn what_people_write_is_refused_on_the_wire_in_any_other_form() {
        for [name, typed, expected] in table::rows(TYPED_VALUES) {
            let has_one_form =
                matches!(name.as_str(), "money" | "integer" | "birth" | "stay" | "rib" | "phone");
            if has_one_form && typed != expected {
                let sent = accepted(&kind(&name).unwrap(), &json!(typed));
                assert_eq!(sent, Err(Code::Format), "{name}: {typed:?}");
            }
        }
    }

    #[test]
    fn identifiers_are_judged_as_the_app_judges_them() {
        for [name, typed, expected] in table::rows(TYPED_VALUES) {
            let judged = match name.as_str() {
                "ppr" => identifiers::ppr(&typed),
                "cin" => identifiers::cin(&typed),
                "pension" => identifiers::pension_number(&typed),
                "email" => identifiers::email(&typed),
                _ => continue,
            };
            let expected = if expected.starts_with('!') { Err(Code::Format) } else { Ok(expected) };
            // The portal compares addresses in lower case.
            let expected =
                if name == "email" { expected.map(|email| email.to_lowercase()) } else { expected };
            assert_eq!(judged, expected, "{name}: {typed:?}");
        }
    }
}
