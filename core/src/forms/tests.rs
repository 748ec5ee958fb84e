//! Values as members type and paste them: the table that the portal's tests read too, and any text at all.

#[path = "../../rules/golden/table.rs"]
pub(crate) mod table;

use std::collections::HashMap;

use fos_rules::bank_account::BankAccount;
use fos_rules::phone::Phone;
use fos_rules::text::{self, Lines};
use fos_rules::{day, integer};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use serde_json::Value;

use super::day_limits::ValidationContext;
use super::{DayFrom, DayLimit, FieldKindSpec, Problem};
use crate::i18n::{Language, Localizer};

const TODAY: Date = date(2026, 11, 24);
const LONGEST: u32 = 200;

fn context<'a>(values: &'a HashMap<&'a str, &'a str>) -> ValidationContext<'a> {
    ValidationContext { today: TODAY, values }
}

fn limit(from: DayFrom) -> Vec<DayLimit> {
    vec![DayLimit { from, days: 0 }]
}

/// Returns the kind that a row of the table names.
fn kind(name: &str) -> FieldKindSpec {
    match name {
        "money" => FieldKindSpec::Money { min: None, max: None },
        "integer" => FieldKindSpec::Integer { min: None, max: None, units: Vec::new() },
        "birth" => FieldKindSpec::Day { earliest: Vec::new(), latest: limit(DayFrom::Today) },
        "stay" => FieldKindSpec::Day {
            earliest: limit(DayFrom::Today),
            latest: limit(DayFrom::On(date(2027, 9, 15))),
        },
        "rib" => FieldKindSpec::BankAccount,
        "phone" => FieldKindSpec::Phone,
        "ppr" => FieldKindSpec::Ppr,
        "cin" => FieldKindSpec::Cin,
        "pension" => FieldKindSpec::Pension,
        "email" => FieldKindSpec::Email,
        "text" => FieldKindSpec::Text { max_length: LONGEST, multiline: false },
        "long-text" => FieldKindSpec::Text { max_length: LONGEST, multiline: true },
        other => panic!("{other}"),
    }
}

const KINDS: &[&str] = &[
    "money",
    "integer",
    "birth",
    "stay",
    "rib",
    "phone",
    "ppr",
    "cin",
    "pension",
    "email",
    "text",
    "long-text",
];

/// Judges input as a form does: the value on the wire, or the problem.
fn judge(kind: &FieldKindSpec, typed: &str) -> Result<Value, Problem> {
    let (values, no_values) = (HashMap::new(), HashMap::new());
    let normal = kind.normalize(typed, &context(&values));
    match kind.validate(&normal, &context(&no_values)) {
        Some(problem) => Err(problem),
        None => Ok(kind.to_wire(&normal)),
    }
}

#[test]
fn typed_values_are_judged_as_the_table_says() {
    let mut wrong = Vec::new();
    for [name, typed, expected] in table::rows(include_str!("../../rules/golden/typed-values.tsv")) {
        let judged = match judge(&kind(&name), &typed) {
            Ok(Value::String(text)) => text,
            Ok(value) => value.to_string(),
            Err(problem) => format!("!{}", problem.name()),
        };
        if judged != expected {
            wrong.push((name, typed, expected, judged));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_problem_says_what_to_do_in_both_languages() {
    let said = |name: &str, typed: &str, language| {
        judge(&kind(name), typed).unwrap_err().message(&Localizer::for_language(language))
    };
    for (name, typed, ar, fr) in [
        (
            "money",
            "0,500",
            "هل تقصد \u{2066}0,50\u{2069} أم \u{2066}500\u{2069}؟",
            "dire \u{2066}0,50\u{2069} ou \u{2066}500\u{2069}\u{a0}?",
        ),
        ("birth", "30/02/1948", "\u{2066}30/02/1948\u{2069}", "Le \u{2066}30/02/1948\u{2069} n’existe pas"),
        ("birth", "12/05/26", "بأربعة أرقام", "quatre chiffres"),
        ("rib", "MA65 0117 8000 0012 3456 7890 1296", "IBAN", "IBAN"),
    ] {
        let (arabic, french) = (said(name, typed, Language::Ar), said(name, typed, Language::Fr));
        assert!(arabic.contains(ar), "{arabic}");
        assert!(french.contains(fr), "{french}");
    }
}

/// Texts of the characters that members have: letters, three kinds of digits, marks, dashes, spaces, what nobody sees.
fn any_input() -> impl Strategy<Value = String> {
    let common = "[0-9٠-٩۰-۹０-９a-zA-Zاأبتدرمهـ.,/٫٬،'’@:<>+\\-\u{2010}-\u{2015}\u{2212}\u{ad} \u{a0}\u{202f}\u{2009}\n\t\u{2028}\u{85}\u{200b}\u{200e}\u{200f}\u{2066}\u{2069}\u{fe0f}\u{3164}\u{2800}]{0,24}";
    let numbers = "[0-9٠-٩۰ .,/\u{2011}-]{0,14}";
    let accounts = "(MA64 ?|RIB : )?[0-9]{24}";
    prop_oneof![common, numbers, accounts, ".*", "(DH )?0?[0-9]{0,3}[., ][0-9]{3}( درهم)?", "0[5-8][0-9]{8}"]
}

/// Returns true if the portal takes the value: by the rules that its validation of values calls.
fn portal_takes(name: &str, value: &Value) -> bool {
    let text = value.as_str().unwrap_or_default();
    match name {
        "money" | "integer" => {
            value.as_i64().is_some_and(|number| integer::check_range(number, None, None).is_ok())
        }
        "birth" | "stay" => day::parse_wire(text).is_some(),
        "rib" => BankAccount::from_digits(text).is_some(),
        "phone" => Phone::from_e164(text).is_some(),
        "ppr" => fos_rules::identifiers::is_ppr(&fos_rules::identifiers::normalize_ppr(text)),
        "cin" => fos_rules::identifiers::is_cin(&fos_rules::identifiers::normalize_cin(text)),
        "pension" => {
            fos_rules::identifiers::is_pension_number(&fos_rules::identifiers::normalize_pension_number(text))
        }
        "email" => fos_rules::email::is_email(&fos_rules::email::normalize(text)),
        "text" => {
            !text::has_control_character(text, Lines::Single) && text::normalize(text, Lines::Single) == text
        }
        "long-text" => {
            !text::has_control_character(text, Lines::Multiple)
                && text::normalize(text, Lines::Multiple) == text
        }
        other => panic!("{other}"),
    }
}

proptest! {
    #[test]
    fn normalize_is_idempotent_for_every_kind(typed in any_input()) {
        let values = HashMap::new();
        for name in KINDS {
            let kind = kind(name);
            let once = kind.normalize(&typed, &context(&values));
            prop_assert_eq!(kind.normalize(&once, &context(&values)), once.clone(), "{}: {:?}", name, typed);
        }
    }

    #[test]
    fn what_the_app_accepts_the_portal_accepts(typed in any_input()) {
        for name in KINDS {
            if let Ok(value) = judge(&kind(name), &typed) {
                prop_assert!(portal_takes(name, &value), "{}: {:?} {}", name, typed, value);
            }
        }
    }

    /// Property: a value that the portal accepts is one that the app accepts as it is shown and as it is sent.
    #[test]
    fn what_the_portal_accepts_the_app_accepts(typed in any_input()) {
        for name in KINDS {
            let value = Value::from(typed.as_str());
            // An amount on the wire is a number of centimes, which nobody types.
            let is_typed_so = !matches!(*name, "money" | "integer" | "birth" | "stay");
            if is_typed_so && !typed.is_empty() && portal_takes(name, &value) {
                prop_assert!(judge(&kind(name), &typed).is_ok() || typed.chars().count() > 200, "{}: {:?}", name, typed);
            }
        }
    }
}
