//! Sections of a form, and what is computed or asked of their fields together.

use serde::{Deserialize, Serialize};

use super::Field;
use crate::LocalizedText;

/// Section of a form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Section {
    /// Key, unique within the form.
    pub key: String,
    /// Heading.
    pub title: LocalizedText,
    /// Monthly instalment shown below the section's fields.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub instalment: Option<Instalment>,
    /// Groups of fields, by key: at least one of a group must have a value when one of it is visible. None of them is
    /// required by itself. What is missing is reported for the first visible one, as `required`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub at_least_one_of: Vec<Vec<String>>,
    /// Fields in order.
    pub fields: Vec<Field>,
}

/// Monthly instalment: amount × r ÷ (1 − (1 + r)^−months), where r is the rate divided by 12, rounded to the nearest
/// centime; amount ÷ months when the rate is zero. It is displayed, never sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Instalment {
    /// Key of the field of kind `money` with the amount lent.
    pub amount: String,
    /// Key of the field of kind `integer` with the number of months.
    pub months: String,
    /// Yearly rate: `0.02` is two in a hundred.
    #[cfg_attr(feature = "openapi", schema(example = "0.02", pattern = r"^0(\.[0-9]{1,6})?$"))]
    pub rate: String,
}
