//! Values of fields on the wire: as the portal reads them, and back.

use fos_rules::bank_account::BankAccount;
use fos_rules::phone::Phone;
use fos_rules::{day, integer, money};
use serde_json::Value;

use super::{FieldKindSpec, wishes};

impl FieldKindSpec {
    /// Returns the value on the wire. The value has no problems.
    pub(crate) fn to_wire(&self, value: &str) -> Value {
        match self {
            Self::Money { .. } => money::parse(value).into(),
            Self::Integer { .. } => integer::parse(value).into(),
            Self::Day { .. } => day::parse(value).map(|day| day.to_string()).into(),
            Self::Phone => Phone::parse(value).map(|phone| phone.e164()).into(),
            Self::BankAccount => BankAccount::parse(value).map(|account| account.digits().to_owned()).into(),
            Self::Wishes { .. } => wishes(value).collect::<Vec<_>>().into(),
            Self::Declaration { .. } => (value == "true").into(),
            _ => value.into(),
        }
    }

    /// Returns the value that [`Self::to_wire`] made this of, normalized; empty for anything else.
    pub(super) fn read_wire(&self, value: &Value) -> String {
        let text = value.as_str().unwrap_or_default();
        match self {
            Self::Money { .. } => value.as_i64().map(money::format),
            Self::Integer { .. } => value.as_i64().map(|number| number.to_string()),
            Self::Day { .. } => day::parse_wire(text).map(day::format),
            Self::Phone => Phone::from_e164(text).map(|phone| phone.national()),
            Self::BankAccount => BankAccount::from_digits(text).map(|account| account.grouped()),
            Self::Wishes { .. } => value.as_array().map(|wishes| {
                let keys: Vec<&str> = wishes.iter().filter_map(Value::as_str).collect();
                keys.join(",")
            }),
            Self::Declaration { .. } => value.as_bool().map(|declared| declared.to_string()),
            _ => Some(text.to_owned()),
        }
        .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use fos_wire::LocalizedText;

    use super::*;

    const DAY: FieldKindSpec = FieldKindSpec::Day { earliest: Vec::new(), latest: Vec::new() };

    #[test]
    fn wire_values_have_the_portals_format() {
        let sent = |kind: FieldKindSpec, value: &str| kind.to_wire(value).to_string();
        assert_eq!(sent(FieldKindSpec::Money { min: None, max: None }, "1.500,50"), "150050");
        assert_eq!(sent(FieldKindSpec::Integer { min: None, max: None, units: Vec::new() }, "12"), "12");
        assert_eq!(sent(DAY, "25/11/2026"), r#""2026-11-25""#);
        assert_eq!(sent(FieldKindSpec::Phone, "06 12 34 56 78"), r#""+212612345678""#);
        let wishes = FieldKindSpec::Wishes { options: Vec::new(), min: 1, max: 3 };
        assert_eq!(sent(wishes, "ifrane,agadir"), r#"["ifrane","agadir"]"#);
    }

    #[test]
    fn what_was_filed_can_be_read_again() {
        let declaration =
            FieldKindSpec::Declaration { text: LocalizedText { ar: String::new(), fr: String::new() } };
        for (kind, value) in [
            (FieldKindSpec::Money { min: None, max: None }, "1.500,50"),
            (FieldKindSpec::Integer { min: None, max: None, units: Vec::new() }, "12"),
            (DAY, "25/11/2026"),
            (FieldKindSpec::Phone, "06 12 34 56 78"),
            (FieldKindSpec::BankAccount, "011 780 0000123456789012 96"),
            (FieldKindSpec::Wishes { options: Vec::new(), min: 1, max: 3 }, "ifrane,agadir"),
            (declaration, "true"),
            (FieldKindSpec::Text { max_length: 9, multiline: false }, "نص"),
        ] {
            assert_eq!(kind.read_wire(&kind.to_wire(value)), value);
        }
    }
}
