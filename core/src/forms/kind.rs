//! The kinds of field: how each is brought to its normal form and what may be wrong with it (domain.md a).

use crate::language::{Told, Words, fold_digits, is_invisible};

/// A kind of field.
#[derive(Debug, Clone, Copy)]
pub(crate) enum FieldKindSpec {
    /// Payroll number, رقم التأجير: 4–9 digits, leading zeros kept; the portal decides.
    Ppr,
    /// National identity card: one or two letters, then digits; eight characters at most.
    Cin,
    /// Pension number: opaque, 3–14 of `0-9 A-Z / -`.
    Pension,
    Email,
    /// Crosses at send only.
    Secret {
        new: bool,
    },
    /// One of these options; the first stands until another is chosen.
    Choice(&'static [&'static str]),
    Robot,
}

/// What is wrong with a field: `problem-{name}` says what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Problem {
    name: &'static str,
    missing: Option<i64>,
}

impl Problem {
    pub(crate) fn named(name: &'static str) -> Self {
        Self { name, missing: None }
    }

    pub(crate) fn too_short(missing: usize) -> Self {
        Self { name: "too-short", missing: i64::try_from(missing).ok() }
    }

    /// The portal's codes (`tests/portal/openapi.json`). One that this version does not know is told as it is: refused.
    pub(crate) fn told_by_portal(code: &str, kind: FieldKindSpec) -> Self {
        Self::named(match code {
            "required" => "required",
            "format" => kind.name(),
            "unknown-domain" => "unknown-domain",
            "too-long" => "too-long",
            "contains-identifier" => "contains-identifier",
            "same-as-before" => "same-as-before",
            "common" => "common",
            "wrong" => "wrong-password",
            _ => "refused",
        })
    }

    pub(crate) fn say(self, words: &Words) -> String {
        let name = format!("problem-{}", self.name);
        match self.missing {
            Some(missing) => words.say_with(&name, &[("missing", Told::Number(missing))]),
            None => words.say(&name),
        }
    }
}

impl FieldKindSpec {
    fn name(self) -> &'static str {
        match self {
            Self::Ppr => "ppr",
            Self::Cin => "cin",
            Self::Pension => "pension",
            Self::Email => "email",
            Self::Secret { .. } => "refused",
            Self::Choice(_) => "choose",
            Self::Robot => "robot",
        }
    }

    pub(crate) fn first_option(self) -> Option<&'static str> {
        match self {
            Self::Choice(options) => options.first().copied(),
            _ => None,
        }
    }

    /// Whether the form keeps what is typed: all but secrets and the robot box.
    pub(crate) fn is_kept(self) -> bool {
        !matches!(self, Self::Secret { .. } | Self::Robot)
    }

    /// The one form that is sent and shown once the field is left.
    pub(crate) fn normal(self, typed: &str) -> String {
        let folded =
            || fold_digits(typed).chars().filter(|c| !c.is_whitespace() && !is_invisible(*c)).collect();
        match self {
            // An address may be case-sensitive before its @ (RFC 5321 §2.4): only what cannot belong to it goes.
            Self::Ppr | Self::Email => folded(),
            Self::Cin => {
                let bare: String = folded();
                bare.chars().filter(|c| !matches!(c, '-' | '.' | '_')).collect::<String>().to_uppercase()
            }
            Self::Pension => folded().to_uppercase(),
            Self::Secret { .. } | Self::Choice(_) | Self::Robot => typed.to_owned(),
        }
    }

    /// What is wrong with a value in its normal form.
    pub(crate) fn problem(self, value: &str) -> Option<Problem> {
        let fits = match self {
            Self::Ppr => (4..=9).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_digit()),
            Self::Cin => is_cin(value),
            Self::Pension => {
                (3..=14).contains(&value.len())
                    && value.bytes().all(|b| matches!(b, b'0'..=b'9' | b'A'..=b'Z' | b'/' | b'-'))
            }
            Self::Email => is_email(value),
            Self::Choice(options) => options.contains(&value),
            Self::Secret { .. } | Self::Robot => true,
        };
        if fits {
            return None;
        }
        Some(Problem::named(if value.is_empty() { "required" } else { self.name() }))
    }
}

fn is_cin(value: &str) -> bool {
    let letters = value.bytes().take_while(u8::is_ascii_uppercase).count();
    let digits = value.len() - letters;
    (1..=2).contains(&letters)
        && (1..=7).contains(&digits)
        && value.len() <= 8
        && value.bytes().skip(letters).all(|b| b.is_ascii_digit())
}

/// Early feedback only: whether mail arrives is for the portal and the mail itself to say. A domain is letters of ASCII
/// (RFC 5321 §2.3.5); the portal takes no other.
fn is_email(value: &str) -> bool {
    let Some((local, domain)) = value.rsplit_once('@') else { return false };
    let label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    !local.is_empty()
        && value.len() <= 254
        && !local.contains(['@', ',', ';', '<', '>'])
        && domain.contains('.')
        && domain.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_member_types_as_they_please() {
        for (kind, typed, normal) in [
            (FieldKindSpec::Ppr, " ٠١٢٣٤٥٦\u{200f}", "0123456"),
            (FieldKindSpec::Cin, "ab 123-456", "AB123456"),
            (FieldKindSpec::Cin, "ab١٢٣٤٥٦", "AB123456"),
            (FieldKindSpec::Pension, "۸۸/4521", "88/4521"),
            (FieldKindSpec::Email, " membre.essai@finances.test ", "membre.essai@finances.test"),
        ] {
            assert_eq!(kind.normal(typed), normal);
            assert_eq!(kind.problem(normal), None, "{normal}");
        }
    }

    #[test]
    fn what_cannot_be_right_is_said() {
        for (kind, value) in [
            (FieldKindSpec::Ppr, "123"),
            (FieldKindSpec::Ppr, "1234567890"),
            (FieldKindSpec::Ppr, "12A4567"),
            (FieldKindSpec::Cin, "123456"),
            (FieldKindSpec::Cin, "ABC12345"),
            (FieldKindSpec::Cin, "AB1234567"),
            (FieldKindSpec::Email, "membre.essai"),
            (FieldKindSpec::Email, "membre@finances"),
            (FieldKindSpec::Email, "membre@finances..test"),
            (FieldKindSpec::Email, "membre@مالية.test"),
        ] {
            assert_eq!(kind.problem(value), Some(Problem::named(kind.name())), "{value}");
        }
        assert_eq!(FieldKindSpec::Ppr.problem(""), Some(Problem::named("required")));
    }

    proptest! {
        #[test]
        fn the_normal_form_is_its_own_normal_form(typed in ".*") {
            for kind in [FieldKindSpec::Ppr, FieldKindSpec::Cin, FieldKindSpec::Pension, FieldKindSpec::Email] {
                let once = kind.normal(&typed);
                prop_assert_eq!(kind.normal(&once), once);
            }
        }
    }
}
