//! Forms: what a service asks of a member (guide step 8, «+»). The desk writes them as TOML (`read`), the app draws
//! them (`in_force`), and what comes back is checked against them (`check`).

mod check;
mod in_force;
mod limits;
mod read;
mod rib;
mod shown;
mod value;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub(crate) use self::{
    check::{Clerk, Filled, check},
    in_force::{__path_form, InForce, all_in_force, fill, form, newest, publish, version},
    limits::DayLimit,
    read::{read, read_all},
    shown::{Line, lines},
};
use crate::{family::Relation, seed::BothLanguages};

/// The schema language that these forms are written in.
pub(crate) const LEVEL: u32 = 1;

/// What a service asks of a member.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub(crate) struct Form {
    /// The service's id.
    #[schema(example = "summer-stays")]
    pub(crate) service: String,
    /// Grows whenever the form changes; a request says the version it was filled in.
    #[schema(minimum = 1)]
    pub(crate) version: u32,
    /// The number of the schema language. An app that knows a lower one only asks its member to update it.
    level: u32,
    /// The parts of the form, in order.
    sections: Vec<Section>,
}

impl Form {
    /// Its fields, in the order they are filled in.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &Field> {
        self.sections.iter().flat_map(|section| &section.fields)
    }

    /// Whether who it is for is asked, and may be somebody else than the member.
    pub(crate) fn asks_for_family(&self) -> bool {
        self.fields().any(|field| matches!(&field.kind, FieldKind::Beneficiary { .. }))
    }
}

/// A part of a form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub(crate) struct Section {
    /// A stable name, of its own in the form.
    key: String,
    /// Its heading.
    title: BothLanguages,
    /// Below the section's fields the member sees what they would pay back each month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    instalment: Option<Instalment>,
    /// Its fields, in order.
    fields: Vec<Field>,
}

/// What is paid back each month: amount × r ÷ (1 − (1 + r)^−months), where r is the rate divided by 12, rounded to the
/// nearest centime; amount ÷ months when the rate is zero. It is shown, never sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Instalment {
    /// The key of the field of kind `money` that is lent.
    amount: String,
    /// The key of the field of kind `integer` that says in how many months it is paid back.
    months: String,
    /// The yearly rate: `0.02` is two in a hundred.
    #[schema(example = "0.02", pattern = r"^0(\.[0-9]{1,6})?$")]
    rate: String,
}

/// One question of a form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub(crate) struct Field {
    /// A stable name, of its own in the form; the value's name in a request.
    pub(crate) key: String,
    /// What is asked.
    pub(crate) label: BothLanguages,
    /// What a member would ask about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    help: Option<BothLanguages>,
    /// An answer must be given whenever the question is asked.
    required: bool,
    /// Asked only where this holds; a value for a question that is not asked is refused as `unexpected`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    visible_if: Option<Condition>,
    /// An answer must be given where this holds, though `required` is false.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    required_if: Option<Condition>,
    /// What kind of answer it takes.
    #[serde(flatten)]
    pub(crate) kind: FieldKind,
}

/// Holds where another field, further up, is asked and its answer is one of these. It does not hold where that field
/// has no answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Condition {
    /// The other field's key. It is of kind `choice`, `city` or `beneficiary`.
    field: String,
    /// Keys of its options; of a beneficiary the relation: `self`, `spouse`, `child`, `ascendant`.
    is: Vec<String>,
}

/// One of the answers a choice offers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Choice {
    /// A stable name, of its own in the field; the answer itself.
    key: String,
    /// What it stands for.
    label: BothLanguages,
}

/// What kind of answer a field takes. Lengths are in Unicode characters, amounts in centimes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) enum FieldKind {
    /// One line of text. A string in NFC, without spaces around it and without control characters.
    Text {
        /// Maximum number of characters.
        #[serde(alias = "longest")] // forms stored under the earlier name
        max_length: u32,
    },
    /// Text of several lines, parted by line feeds.
    LongText {
        /// Maximum number of characters.
        #[serde(alias = "longest")] // forms stored under the earlier name
        max_length: u32,
    },
    /// One of a few answers. The option's key.
    Choice {
        /// The answers, in order.
        options: Vec<Choice>,
    },
    /// One of many places, drawn with a search. The option's key.
    City {
        /// The places, in order.
        options: Vec<Choice>,
    },
    /// An amount of dirhams. An integer: centimes.
    Money {
        /// Lowest value; zero when absent.
        #[serde(default, skip_serializing_if = "Option::is_none", alias = "least")] // the earlier name, in stored forms
        #[schema(nullable = false)]
        min: Option<i64>,
        /// Highest value.
        #[serde(default, skip_serializing_if = "Option::is_none", alias = "most")] // the earlier name, in stored forms
        #[schema(nullable = false)]
        max: Option<i64>,
    },
    /// A whole number. An integer.
    #[serde(alias = "whole")] // forms stored under the earlier name
    Integer {
        /// Lowest value; zero when absent.
        #[serde(default, skip_serializing_if = "Option::is_none", alias = "least")] // the earlier name, in stored forms
        #[schema(nullable = false)]
        min: Option<i64>,
        /// Highest value.
        #[serde(default, skip_serializing_if = "Option::is_none", alias = "most")] // the earlier name, in stored forms
        #[schema(nullable = false)]
        max: Option<i64>,
    },
    /// A day. A string, `YYYY-MM-DD`.
    Date {
        /// The first day it may be.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        earliest: Option<DayLimit>,
        /// The last day it may be.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        latest: Option<DayLimit>,
    },
    /// A first and a last day. `{"from":"YYYY-MM-DD","to":"YYYY-MM-DD"}`.
    Period {
        /// The day before which it may not begin.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        earliest: Option<DayLimit>,
        /// The day after which it may not end.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        latest: Option<DayLimit>,
        /// Maximum number of days, both ends counted.
        #[serde(default, skip_serializing_if = "Option::is_none", alias = "longest")] // the earlier name, in stored forms
        #[schema(nullable = false)]
        max_days: Option<u32>,
    },
    /// Several answers, the dearest first. An array of the options' keys, none twice.
    Wishes {
        /// What may be wished for.
        options: Vec<Choice>,
        /// Minimum number of wishes.
        #[serde(alias = "least")] // forms stored under the earlier name
        min: u32,
        /// Maximum number of wishes.
        #[serde(alias = "most")] // forms stored under the earlier name
        max: u32,
    },
    /// The person the request is for. `self`, or the id of a person of `/v1/family`.
    Beneficiary {
        /// Relations that are accepted.
        #[serde(alias = "who")] // forms stored under the earlier name
        relations: Vec<BeneficiaryRelation>,
    },
    /// A Moroccan telephone number. A string, `+212` and nine digits, the first of them 5 to 8.
    Phone {},
    /// A bank account. A string of 24 digits; the last two are 97 − (the first 22, followed by 00) mod 97.
    Rib {},
    /// Something the member declares. `true`.
    Declaration {
        /// What they declare.
        text: BothLanguages,
    },
}

/// Relation of a beneficiary to the member: the member themselves or a person of their family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum BeneficiaryRelation {
    /// The member.
    #[serde(rename = "self")]
    Member,
    /// The member's husband or wife.
    Spouse,
    /// A child of theirs.
    Child,
    /// A parent of theirs.
    Ascendant,
}

impl BeneficiaryRelation {
    fn as_str(self) -> &'static str {
        match self {
            Self::Member => "self",
            Self::Spouse => "spouse",
            Self::Child => "child",
            Self::Ascendant => "ascendant",
        }
    }
}

impl From<Relation> for BeneficiaryRelation {
    fn from(relation: Relation) -> Self {
        match relation {
            Relation::Spouse => Self::Spouse,
            Relation::Child => Self::Child,
            Relation::Ascendant => Self::Ascendant,
        }
    }
}

/// A day as a request carries it: `YYYY-MM-DD`, and nothing else that can be read as a day.
fn day(text: &str) -> Option<Date> {
    let day: Date = text.parse().ok()?;
    (day.to_string() == text).then_some(day)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::FieldKind;

    #[test]
    fn a_form_stored_under_the_earlier_names_still_reads() {
        for (earlier, present) in [
            (r#"{"kind":"text","longest":3}"#, r#"{"kind":"text","max_length":3}"#),
            (r#"{"kind":"long-text","longest":3}"#, r#"{"kind":"long-text","max_length":3}"#),
            (r#"{"kind":"money","least":1,"most":2}"#, r#"{"kind":"money","min":1,"max":2}"#),
            (r#"{"kind":"whole","least":1,"most":2}"#, r#"{"kind":"integer","min":1,"max":2}"#),
            (r#"{"kind":"period","longest":9}"#, r#"{"kind":"period","max_days":9}"#),
            (
                r#"{"kind":"wishes","options":[],"least":1,"most":2}"#,
                r#"{"kind":"wishes","options":[],"min":1,"max":2}"#,
            ),
            (r#"{"kind":"beneficiary","who":["self"]}"#, r#"{"kind":"beneficiary","relations":["self"]}"#),
        ] {
            let kind: FieldKind = serde_json::from_str(earlier).unwrap();
            assert_eq!(serde_json::to_string(&kind).unwrap(), present);
        }
    }
}
