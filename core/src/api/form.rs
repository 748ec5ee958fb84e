//! Form of a service, as the portal sends it (`Form` in `tests/portal/openapi.json`).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::wire::LocalizedText;

/// Level of the schema language that this version reads. A form of a higher level asks for an update of the app.
pub(crate) const LEVEL: u32 = 1;

/// Form of a service.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct ServiceForm {
    pub(crate) service: String,
    /// Version, which grows with every change.
    pub(crate) version: u32,
    pub(crate) sections: Vec<Section>,
}

/// Level of a form, parsed first: a form of a higher level may not parse as [`ServiceForm`].
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

/// Monthly instalment: displayed below the section, never sent.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct Instalment {
    /// Key of the field with the amount lent.
    pub(crate) amount: String,
    /// Key of the field with the number of months.
    pub(crate) months: String,
    /// Yearly rate: `0.02` is two in a hundred.
    pub(crate) rate: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct Field {
    pub(crate) key: String,
    pub(crate) label: LocalizedText,
    pub(crate) help: Option<LocalizedText>,
    #[serde(default = "default_true")]
    pub(crate) required: bool,
    pub(crate) visible_if: Option<Condition>,
    pub(crate) required_if: Option<Condition>,
    #[serde(flatten)]
    pub(crate) kind: FieldKind,
}

fn default_true() -> bool {
    true
}

/// Condition: true when that field, further up, is visible and has one of these values; a beneficiary counts by relation.
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

/// Kind of value that a field takes, with its limits. The aliases are earlier names, in forms cached on phones.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(crate) enum FieldKind {
    Text {
        #[serde(alias = "longest")]
        max_length: u32,
    },
    LongText {
        #[serde(alias = "longest")]
        max_length: u32,
    },
    Choice {
        options: Vec<Choice>,
    },
    City {
        options: Vec<Choice>,
    },
    Money {
        #[serde(alias = "least")]
        min: Option<i64>,
        #[serde(alias = "most")]
        max: Option<i64>,
    },
    #[serde(alias = "whole")]
    Integer {
        #[serde(alias = "least")]
        min: Option<i64>,
        #[serde(alias = "most")]
        max: Option<i64>,
    },
    Date {
        earliest: Option<DayLimit>,
        latest: Option<DayLimit>,
    },
    Period {
        earliest: Option<DayLimit>,
        latest: Option<DayLimit>,
        #[serde(alias = "longest")]
        max_days: Option<i32>,
    },
    Wishes {
        options: Vec<Choice>,
        #[serde(alias = "least")]
        min: usize,
        #[serde(alias = "most")]
        max: usize,
    },
    Beneficiary {
        #[serde(alias = "who")]
        relations: Vec<Relation>,
    },
    Phone,
    Rib,
    Declaration {
        text: LocalizedText,
    },
}

/// Limit of a date.
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

/// Relation of a person to the member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Relation {
    #[serde(rename = "self")]
    Member,
    Spouse,
    Child,
    Ascendant,
}

/// Family of a member on file.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub(crate) struct Family {
    pub(crate) persons: Vec<Person>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct Person {
    pub(crate) id: String,
    pub(crate) relation: Relation,
    pub(crate) name: LocalizedText,
}

#[cfg(test)]
mod tests {
    use super::FieldKind;

    #[test]
    fn a_form_cached_under_the_earlier_names_can_still_be_read() {
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
            let [earlier, present] =
                [earlier, present].map(|json| serde_json::from_str::<FieldKind>(json).unwrap());
            assert_eq!(earlier, present);
        }
    }
}
