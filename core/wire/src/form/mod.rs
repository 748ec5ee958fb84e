//! Form of a service: the questions that «+» asks (guide step 8).

mod flat;
mod section;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use self::flat::{FlatDayLimit, FlatField};
pub use self::section::{Instalment, Section};
use crate::LocalizedText;
use crate::family::Relation;

/// Level of the schema language. A form of a higher level asks for an update of the app.
pub const LEVEL: u32 = 1;

/// Level of a form, read first: a form of a higher level may not read as [`Form`].
#[derive(Debug, Deserialize)]
pub struct Level {
    /// Level of the schema language.
    pub level: u32,
}

/// Form of a service.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Form {
    /// Id of the service.
    #[cfg_attr(feature = "openapi", schema(example = "summer-stays"))]
    pub service: String,
    /// Version, which grows with every change; a request names the version that was filled in.
    #[cfg_attr(feature = "openapi", schema(minimum = 1))]
    pub version: u32,
    /// Level of the schema language. An app that knows only a lower one asks its member to update it.
    pub level: u32,
    /// Sections in order.
    pub sections: Vec<Section>,
}

impl Form {
    /// Returns the fields in order.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.sections.iter().flat_map(|section| &section.fields)
    }

    /// Returns the group of which a field is one and at least one must have a value.
    pub fn group_of(&self, field: &str) -> Option<&[String]> {
        let mut groups = self.sections.iter().flat_map(|section| &section.at_least_one_of);
        groups.find(|group| group.iter().any(|key| key == field)).map(Vec::as_slice)
    }

    /// True if a field asks for a beneficiary.
    pub fn asks_for_family(&self) -> bool {
        self.fields().any(|field| matches!(&field.kind, FieldKind::Beneficiary { .. }))
    }
}

/// Field of a form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "FlatField")]
pub struct Field {
    /// Key, unique within the form; the name of the value in a request.
    pub key: String,
    /// Label.
    pub label: LocalizedText,
    /// Help text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub help: Option<LocalizedText>,
    /// Unit shown after a number or an amount: «mois», «DH / mois». An amount without one is in dirhams.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub suffix: Option<LocalizedText>,
    /// True if a value is required whenever the field is visible.
    pub required: bool,
    /// Condition of visibility; a value for a field that is not visible is rejected as `unexpected`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub visible_if: Option<Condition>,
    /// Condition under which a value is required, though `required` is false.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub required_if: Option<Condition>,
    /// Kind of value.
    #[serde(flatten)]
    pub kind: FieldKind,
}

/// Condition: true when another field, further up, is visible and has one of these values. False when that field has no
/// value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Condition {
    /// Key of the other field, of kind `choice`, `city` or `beneficiary`.
    pub field: String,
    /// Keys of its options; for a beneficiary the relation: `self`, `spouse`, `child`, `ascendant`.
    pub is: Vec<String>,
}

/// Option of a choice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Choice {
    /// Key, unique within the field; the value itself.
    pub key: String,
    /// Label.
    pub label: LocalizedText,
}

/// Kind of value. Lengths are in Unicode characters, amounts in centimes.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum FieldKind {
    /// Single-line text. A string in NFC, without surrounding spaces and without control characters.
    Text {
        /// Maximum number of characters.
        max_length: u32,
    },
    /// Multi-line text, with line feeds.
    LongText {
        /// Maximum number of characters.
        max_length: u32,
    },
    /// One of a few options. The key of the option.
    Choice {
        /// Options in order.
        options: Vec<Choice>,
    },
    /// One of many places, selected with a search. The key of the option.
    City {
        /// Places in order.
        options: Vec<Choice>,
    },
    /// Amount of dirhams. An integer: centimes.
    Money {
        /// Lowest value; zero when absent.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(nullable = false))]
        min: Option<i64>,
        /// Highest value.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(nullable = false))]
        max: Option<i64>,
    },
    /// Whole number. An integer.
    Integer {
        /// Lowest value; zero when absent.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(nullable = false))]
        min: Option<i64>,
        /// Highest value.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(nullable = false))]
        max: Option<i64>,
    },
    /// Date. A string, `YYYY-MM-DD`.
    Date {
        /// First allowed day.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(nullable = false))]
        earliest: Option<DayLimit>,
        /// Last allowed day.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(nullable = false))]
        latest: Option<DayLimit>,
    },
    /// Period with a first and a last day. `{"from":"YYYY-MM-DD","to":"YYYY-MM-DD"}`.
    Period {
        /// Earliest allowed first day.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(nullable = false))]
        earliest: Option<DayLimit>,
        /// Latest allowed last day.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(nullable = false))]
        latest: Option<DayLimit>,
        /// Maximum number of days, both ends counted.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(nullable = false))]
        max_days: Option<u32>,
    },
    /// Several options, in order of preference. An array of the options' keys, each at most once.
    Wishes {
        /// Options to choose from.
        options: Vec<Choice>,
        /// Minimum number of wishes.
        min: u32,
        /// Maximum number of wishes.
        max: u32,
    },
    /// Person whom the request is for. `self`, or the id of a person of `/v1/family`.
    Beneficiary {
        /// Accepted relations.
        relations: Vec<BeneficiaryRelation>,
    },
    /// Moroccan telephone number. A string, `+212` and nine digits, the first of them 5 to 8.
    Phone {},
    /// Bank account. A string of 24 digits; the last two are 97 − (the first 22, followed by 00) mod 97.
    Rib {},
    /// Declaration that the member makes. `true`.
    Declaration {
        /// Text of the declaration.
        text: LocalizedText,
    },
}

/// Relation of a beneficiary to the member: the member themselves or a person of their family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum BeneficiaryRelation {
    /// The member.
    #[serde(rename = "self")]
    Member,
    /// Husband or wife of the member.
    Spouse,
    /// Child of the member.
    Child,
    /// Parent of the member.
    Ascendant,
}

impl BeneficiaryRelation {
    /// Returns the name on the wire.
    pub fn as_str(self) -> &'static str {
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

/// Limit of a date.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged, try_from = "FlatDayLimit")]
pub enum DayLimit {
    /// Relative to the value of a field of kind `date` further up; no limit while that one has no value.
    Field(DaysFromField),
    /// Relative to today in Morocco.
    Today(DaysFromToday),
    /// Fixed date.
    On(FixedDay),
}

/// Limit relative to the value of a field of kind `date` further up.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DaysFromField {
    /// Always `field`.
    pub from: FieldMarker,
    /// Key of the other field.
    pub field: String,
    /// Offset in days; negative for earlier.
    pub days: i32,
}

/// Limit relative to today in Morocco.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DaysFromToday {
    /// Always `today`.
    pub from: TodayMarker,
    /// Offset in days; negative for earlier.
    pub days: i32,
}

/// Fixed limit.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FixedDay {
    /// Date.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub on: Date,
}

/// Constant `field` of `from`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum FieldMarker {
    /// Constant `field`.
    Field,
}

/// Constant `today` of `from`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum TodayMarker {
    /// Constant `today`.
    Today,
}

#[cfg(test)]
mod tests {
    use super::{Field, Form};

    fn field(members: &str) -> Result<Field, serde_json::Error> {
        serde_json::from_str(&format!(
            r#"{{"key":"k","label":{{"ar":"ا","fr":"a"}},"required":false,{members}}}"#
        ))
    }

    #[test]
    fn every_kind_is_written_as_it_is_read() {
        for members in [
            r#""kind":"text","max_length":3"#,
            r#""kind":"long-text","max_length":3"#,
            r#""kind":"choice","options":[{"key":"o","label":{"ar":"ا","fr":"a"}}]"#,
            r#""kind":"city","options":[]"#,
            r#""kind":"money","min":-1,"max":2"#,
            r#""kind":"money""#,
            r#""kind":"integer","min":1,"max":2"#,
            r#""kind":"date","earliest":{"from":"today","days":-3},"latest":{"on":"2026-07-01"}"#,
            r#""kind":"period","earliest":{"from":"field","field":"f","days":1},"max_days":9"#,
            r#""kind":"wishes","options":[],"min":1,"max":2"#,
            r#""kind":"beneficiary","relations":["self","spouse","child","ascendant"]"#,
            r#""kind":"phone""#,
            r#""kind":"rib""#,
            r#""kind":"declaration","text":{"ar":"ا","fr":"a"}"#,
        ] {
            let written = serde_json::to_string(&field(members).unwrap()).unwrap();
            assert!(written.ends_with(&format!(r#""required":false,{members}}}"#)), "{written}");
        }
    }

    #[test]
    fn what_a_kind_lacks_is_an_error_and_so_is_an_unknown_kind() {
        for (members, error) in [
            (r#""kind":"text""#, "max_length"),
            (r#""kind":"choice""#, "options"),
            (r#""kind":"wishes","options":[],"max":2"#, "min"),
            (r#""kind":"wishes","options":[],"min":1,"max":-2"#, "max"),
            (r#""kind":"beneficiary""#, "relations"),
            (r#""kind":"declaration""#, "text"),
            (r#""kind":"riddle""#, "riddle"),
            (r#""max_length":3"#, "kind"),
            (r#""kind":"date","earliest":{"from":"today"}"#, "a limit of a day"),
            (r#""kind":"date","earliest":{"from":"field","days":1}"#, "a limit of a day"),
        ] {
            let found = field(members).unwrap_err().to_string();
            assert!(found.contains(error), "{members}: {found}");
        }
        assert!(serde_json::from_str::<Form>("{}").is_err());
    }

    #[test]
    fn a_form_stored_under_the_earlier_names_still_reads() {
        for (earlier, present) in [
            (r#""kind":"text","longest":3"#, r#""kind":"text","max_length":3"#),
            (r#""kind":"long-text","longest":3"#, r#""kind":"long-text","max_length":3"#),
            (r#""kind":"money","least":1,"most":2"#, r#""kind":"money","min":1,"max":2"#),
            (r#""kind":"whole","least":1,"most":2"#, r#""kind":"integer","min":1,"max":2"#),
            (r#""kind":"period","longest":9"#, r#""kind":"period","max_days":9"#),
            (
                r#""kind":"wishes","options":[],"least":1,"most":2"#,
                r#""kind":"wishes","options":[],"min":1,"max":2"#,
            ),
            (r#""kind":"beneficiary","who":["self"]"#, r#""kind":"beneficiary","relations":["self"]"#),
        ] {
            assert_eq!(field(earlier).unwrap(), field(present).unwrap());
        }
    }
}
