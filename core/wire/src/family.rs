//! Family of a member on file.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::LocalizedText;

/// Relation of a person to the member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    /// Husband or wife.
    Spouse,
    /// Son or daughter.
    Child,
    /// Father or mother.
    Ascendant,
}

impl Relation {
    /// Returns the name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Spouse => "spouse",
            Self::Child => "child",
            Self::Ascendant => "ascendant",
        }
    }
}

/// Person of the member's family.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Person {
    /// Id, unique within the family; the value of a field of kind `beneficiary`.
    #[cfg_attr(feature = "openapi", schema(example = "essai-1"))]
    pub id: String,
    /// Relation to the member.
    pub relation: Relation,
    /// Name.
    pub name: LocalizedText,
    /// Date of birth.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub born: Date,
}

/// Family of the member.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Family {
    /// Persons in the order of the file.
    pub persons: Vec<Person>,
}
