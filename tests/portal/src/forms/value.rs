//! Validation and normalization of one value.

use jiff::civil::Date;
use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization as _;

use super::{
    BeneficiaryRelation, Choice, DayLimit, FieldKind, day, parse::MAX_INTEGER, rib::is_rib,
    validate::ValidationContext,
};
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
        Value::String(text) => normalize(text).is_empty(),
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
        FieldKind::Text { max_length } => text(value, *max_length, false),
        FieldKind::LongText { max_length } => text(value, *max_length, true),
        FieldKind::Choice { options } | FieldKind::City { options } => option(value, options),
        FieldKind::Money { min, max } | FieldKind::Integer { min, max } => {
            integer(value, min.unwrap_or_default(), max.unwrap_or(MAX_INTEGER))
        }
        FieldKind::Date { earliest, latest } => {
            let day = day(string(value)?).ok_or(Code::Format)?;
            let limit = |of: &Option<DayLimit>| of.as_ref().and_then(&limit);
            is_within(day, day, limit(earliest), limit(latest))?;
            Ok(AcceptedValue { day: Some(day), ..AcceptedValue::plain(day.to_string()) })
        }
        FieldKind::Period { earliest, latest, max_days } => {
            let (from, to) = ends(value).ok_or(Code::Format)?;
            let limit = |of: &Option<DayLimit>| of.as_ref().and_then(&limit);
            is_within(from, to, limit(earliest), limit(latest))?;
            let days = i64::from((to - from).get_days()) + 1;
            if max_days.is_some_and(|max_days| days > i64::from(max_days)) {
                return Err(Code::TooLong);
            }
            Ok(AcceptedValue::plain(json!({ "from": from.to_string(), "to": to.to_string() })))
        }
        FieldKind::Wishes { options, min, max } => wishes(value, options, *min, *max),
        FieldKind::Beneficiary { relations } => beneficiary(string(value)?, relations, context),
        FieldKind::Phone {} => phone(string(value)?),
        FieldKind::Rib {} => {
            let rib = string(value)?;
            if is_rib(rib) { Ok(AcceptedValue::plain(rib)) } else { Err(Code::Format) }
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

/// Normalizes text: NFC, without surrounding spaces and without the marks that come along when Arabic is copied.
fn normalize(text: &str) -> String {
    let is_mark = |c: &char| matches!(*c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}');
    text.chars().filter(|c| !is_mark(c)).nfc().collect::<String>().trim().to_owned()
}

fn text(value: &Value, max_length: u32, multiline: bool) -> Result<AcceptedValue, Code> {
    let text = normalize(string(value)?);
    if text.chars().any(|c| c.is_control() && !(multiline && c == '\n')) {
        return Err(Code::Format);
    }
    if u32::try_from(text.chars().count()).is_ok_and(|length| length <= max_length) {
        Ok(AcceptedValue::plain(text))
    } else {
        Err(Code::TooLong)
    }
}

fn option(value: &Value, options: &[Choice]) -> Result<AcceptedValue, Code> {
    let key = string(value)?;
    if options.iter().any(|option| option.key == key) {
        Ok(AcceptedValue::choice(key, key))
    } else {
        Err(Code::UnknownOption)
    }
}

fn integer(value: &Value, min: i64, max: i64) -> Result<AcceptedValue, Code> {
    let number = match (value.as_i64(), value.as_u64()) {
        (Some(number), _) => number,
        (None, Some(_)) => return Err(Code::TooLarge),
        (None, None) => return Err(Code::Format),
    };
    if number < min {
        Err(Code::TooSmall)
    } else if number > max {
        Err(Code::TooLarge)
    } else {
        Ok(AcceptedValue::plain(number))
    }
}

fn is_within(from: Date, to: Date, earliest: Option<Date>, latest: Option<Date>) -> Result<(), Code> {
    if earliest.is_some_and(|earliest| from < earliest) {
        Err(Code::TooEarly)
    } else if latest.is_some_and(|latest| to > latest) {
        Err(Code::TooLate)
    } else {
        Ok(())
    }
}

/// Parses the first and the last day of a period. `None` when it ends before it begins.
fn ends(value: &Value) -> Option<(Date, Date)> {
    let period = value.as_object().filter(|period| period.len() == 2)?;
    let end = |name: &str| day(period.get(name)?.as_str()?);
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

/// Validates a Moroccan number: 06 and 07 are mobile, 05 fixed, 08 special.
fn phone(phone: &str) -> Result<AcceptedValue, Code> {
    let is_phone = phone.strip_prefix("+212").is_some_and(|national| {
        national.len() == 9
            && national.bytes().all(|b| b.is_ascii_digit())
            && national.starts_with(['5', '6', '7', '8'])
    });
    if is_phone { Ok(AcceptedValue::plain(phone)) } else { Err(Code::Format) }
}
