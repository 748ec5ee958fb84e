//! A service's form as the portal tells it (`tests/portal/openapi.json`, `Form`).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::wire::LocalizedText;

/// The schema language that this version reads. A form in a higher one asks for an update of the app.
pub(crate) const LEVEL: u32 = 1;

/// What a service asks of a member.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct ServiceForm {
    pub(crate) service: String,
    /// Grows whenever the form changes.
    pub(crate) version: u32,
    pub(crate) sections: Vec<Section>,
}

/// What is read before the rest: a form in another language may read as nothing else.
#[derive(Deserialize)]
pub(crate) struct Level {
    pub(crate) level: u32,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct Section {
    pub(crate) title: LocalizedText,
    pub(crate) instalment: Option<Instalment>,
    pub(crate) fields: Vec<Field>,
}

/// What is paid back each month: shown under the section, never sent.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct Instalment {
    /// The field that says how much is lent.
    pub(crate) amount: String,
    /// The field that says in how many months it is paid back.
    pub(crate) months: String,
    /// By the year: `0.02` is two in a hundred.
    pub(crate) rate: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct Field {
    pub(crate) key: String,
    pub(crate) label: LocalizedText,
    pub(crate) help: Option<LocalizedText>,
    #[serde(default = "yes")]
    pub(crate) required: bool,
    pub(crate) visible_if: Option<Condition>,
    pub(crate) required_if: Option<Condition>,
    #[serde(flatten)]
    pub(crate) kind: FieldKind,
}

fn yes() -> bool {
    true
}

/// Holds where that field, further up, is asked and answered by one of these. A beneficiary answers by their relation.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct Condition {
    pub(crate) field: String,
    pub(crate) is: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct Choice {
    pub(crate) key: String,
    pub(crate) label: LocalizedText,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(crate) enum FieldKind {
    Text { longest: usize },
    LongText { longest: usize },
    Choice { options: Vec<Choice> },
    City { options: Vec<Choice> },
    Money { least: Option<i64>, most: Option<i64> },
    Whole { least: Option<i64>, most: Option<i64> },
    Date { earliest: Option<DayLimit>, latest: Option<DayLimit> },
    Period { earliest: Option<DayLimit>, latest: Option<DayLimit>, longest: Option<i32> },
    Wishes { options: Vec<Choice>, least: usize, most: usize },
    Beneficiary { who: Vec<Who> },
    Phone,
    Rib,
    Declaration { text: LocalizedText },
}

/// A day before or after which another may not lie.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub(crate) enum DayLimit {
    On {
        on: Date,
    },
    From {
        from: DayFrom,
        field: Option<String>,
        #[serde(default)]
        days: i32,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum DayFrom {
    Today,
    Field,
}

/// Whom a request may be for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Who {
    #[serde(rename = "self")]
    Member,
    Spouse,
    Child,
    Ascendant,
}

/// The persons of a member's family on file.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub(crate) struct Family {
    pub(crate) persons: Vec<Person>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct Person {
    pub(crate) id: String,
    pub(crate) relation: Who,
    pub(crate) name: LocalizedText,
}
