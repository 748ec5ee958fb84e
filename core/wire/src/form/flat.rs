//! Fields of a form as they lie in JSON, read member by member.
//!
//! Serde reads a flattened or tagged enum by way of a buffer that holds any value; what that costs is a hundredth of the
//! library that members download, and twice the instructions.

use jiff::civil::Date;
use serde::Deserialize;

use super::{
    BeneficiaryRelation, Choice, Condition, DayLimit, DaysFromField, DaysFromToday, Field, FieldKind,
    FieldMarker, FixedDay, TodayMarker,
};
use crate::LocalizedText;

/// Error text of a limit that is none of the three kinds.
const NO_LIMIT: &str =
    "a limit of a day is { from = \"today\", days }, { from = \"field\", field, days } or { on }";

/// Field with the members of every kind side by side. The aliases are the earlier names, in stored forms.
#[derive(Deserialize)]
pub(super) struct FlatField {
    key: String,
    label: LocalizedText,
    help: Option<LocalizedText>,
    suffix: Option<LocalizedText>,
    required: bool,
    visible_if: Option<Condition>,
    required_if: Option<Condition>,
    kind: Kind,
    max_length: Option<u32>,
    max_days: Option<u32>,
    /// The earlier name of `max_length` and of `max_days`.
    longest: Option<u32>,
    options: Option<Vec<Choice>>,
    #[serde(alias = "least")]
    min: Option<i64>,
    #[serde(alias = "most")]
    max: Option<i64>,
    earliest: Option<DayLimit>,
    latest: Option<DayLimit>,
    #[serde(alias = "who")]
    relations: Option<Vec<BeneficiaryRelation>>,
    text: Option<LocalizedText>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Text,
    LongText,
    Choice,
    City,
    Money,
    #[serde(alias = "whole")]
    Integer,
    Date,
    Period,
    Wishes,
    Beneficiary,
    Phone,
    Rib,
    Declaration,
}

/// Limit of a day with the members of every kind side by side.
#[derive(Deserialize)]
pub(super) struct FlatDayLimit {
    from: Option<Origin>,
    field: Option<String>,
    days: Option<i32>,
    on: Option<Date>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Origin {
    Field,
    Today,
}

impl TryFrom<FlatField> for Field {
    type Error = &'static str;

    fn try_from(flat: FlatField) -> Result<Self, Self::Error> {
        let FlatField { min, max, earliest, latest, longest, .. } = flat;
        let options = flat.options.ok_or("missing field `options`");
        let max_length = flat.max_length.or(longest).ok_or("missing field `max_length`");
        let count = |limit: Option<i64>| limit.and_then(|limit| u32::try_from(limit).ok());
        let kind = match flat.kind {
            Kind::Text => FieldKind::Text { max_length: max_length? },
            Kind::LongText => FieldKind::LongText { max_length: max_length? },
            Kind::Choice => FieldKind::Choice { options: options? },
            Kind::City => FieldKind::City { options: options? },
            Kind::Money => FieldKind::Money { min, max },
            Kind::Integer => FieldKind::Integer { min, max },
            Kind::Date => FieldKind::Date { earliest, latest },
            Kind::Period => FieldKind::Period { earliest, latest, max_days: flat.max_days.or(longest) },
            Kind::Wishes => FieldKind::Wishes {
                options: options?,
                min: count(min).ok_or("`min` is no number of wishes")?,
                max: count(max).ok_or("`max` is no number of wishes")?,
            },
            Kind::Beneficiary => {
                FieldKind::Beneficiary { relations: flat.relations.ok_or("missing field `relations`")? }
            }
            Kind::Phone => FieldKind::Phone {},
            Kind::Rib => FieldKind::Rib {},
            Kind::Declaration => FieldKind::Declaration { text: flat.text.ok_or("missing field `text`")? },
        };
        Ok(Self {
            key: flat.key,
            label: flat.label,
            help: flat.help,
            suffix: flat.suffix,
            required: flat.required,
            visible_if: flat.visible_if,
            required_if: flat.required_if,
            kind,
        })
    }
}

impl TryFrom<FlatDayLimit> for DayLimit {
    type Error = &'static str;

    fn try_from(flat: FlatDayLimit) -> Result<Self, Self::Error> {
        match (flat.from, flat.field, flat.days, flat.on) {
            (Some(Origin::Field), Some(field), Some(days), _) => {
                Ok(Self::Field(DaysFromField { from: FieldMarker::Field, field, days }))
            }
            (Some(Origin::Today), _, Some(days), _) => {
                Ok(Self::Today(DaysFromToday { from: TodayMarker::Today, days }))
            }
            (_, _, _, Some(on)) => Ok(Self::On(FixedDay { on })),
            _ => Err(NO_LIMIT),
        }
    }
}
