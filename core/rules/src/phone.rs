//! Moroccan telephone numbers: nine national digits, 06 and 07 mobile, 05 fixed, 08 special (numbering plan of the
//! ANRT).

use crate::fold::fold;

/// Names before a number, as on a card or in a link (RFC 3966).
const LABELS: [&str; 3] = ["tel", "tél", "gsm"];
/// Characters between the digits.
const SEPARATORS: [char; 13] = ['.', '-', '/', '\\', '_', '·', '•', '(', ')', ':', ',', '،', '|'];
/// Digits of a number as it is dialled in Morocco, with the zero.
const NATIONAL_DIGITS: i64 = 10;

/// National digits without the leading zero: `612345678`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone(String);

impl Phone {
    /// Parses `0612345678`, `06.12.34.56.78`, `+212 6…`, `00212…` or `212…`, also after «tel:» and with the plus at its end, where
    /// Arabic text moves it.
    pub fn parse(typed: &str) -> Option<Self> {
        let digits = dialled(typed);
        let national = ["+212", "00212", "212", "0"].iter().find_map(|start| digits.strip_prefix(start))?;
        // «+212 (0)6…» is a common notation.
        let national = if national.len() == 10 { national.strip_prefix('0')? } else { national };
        Self::from_national(national)
    }

    /// Parses the form of the wire, E.164: `+212612345678`.
    pub fn from_e164(number: &str) -> Option<Self> {
        Self::from_national(number.strip_prefix("+212")?)
    }

    fn from_national(national: &str) -> Option<Self> {
        let is_valid = national.len() == 9
            && national.bytes().all(|b| b.is_ascii_digit())
            && matches!(national.as_bytes().first(), Some(b'5'..=b'8'));
        is_valid.then(|| Self(national.to_owned()))
    }

    /// Formats as «06 12 34 56 78».
    pub fn national(&self) -> String {
        let digits_with_zero = format!("0{}", self.0);
        let pairs: Vec<&str> =
            (0..digits_with_zero.len()).step_by(2).map(|at| &digits_with_zero[at..at + 2]).collect();
        pairs.join(" ")
    }

    /// Formats as `+212612345678` (E.164).
    pub fn e164(&self) -> String {
        format!("+212{}", self.0)
    }
}

/// Returns how many digits a national number lacks, or has too many if negative; `None` for what does not begin as a number of
/// the plan.
pub fn missing_digits(typed: &str) -> Option<i64> {
    let dialled = dialled(typed);
    let is_national = matches!(dialled.as_bytes(), [b'0', b'5'..=b'8', ..]);
    let is_number = is_national && dialled.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| Some(NATIONAL_DIGITS - i64::try_from(dialled.len()).ok()?)).flatten()
}

/// Returns the digits of a typed number and the plus before them, without label and separators.
fn dialled(typed: &str) -> String {
    let folded = fold(typed).to_lowercase();
    let mut digits = LABELS.iter().find_map(|label| folded.strip_prefix(label)).unwrap_or(&folded).to_owned();
    digits.retain(|c| !SEPARATORS.contains(&c));
    if let Some(moved) = digits.strip_suffix('+') {
        digits = format!("+{moved}");
    }
    digits
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_number_is_read_however_it_is_written() {
        for typed in [
            "0612345678",
            "06 12 34 56 78",
            "06.12.34.56.78",
            "+212612345678",
            "+212 (0)6 12 34 56 78",
            "00212612345678",
            "212612345678",
            "٠٦١٢٣٤٥٦٧٨",
            "06\u{2011}12\u{2013}34\u{2212}56\u{640}78",
            "＋２１２ ６１２３４５６７８",
            "tel:+212612345678",
            "Tél : 06 12 34 56 78",
            "06,12,34,56,78",
            "06،12،34،56،78",
            "0612345678,",
            "06\\12\\34\\56\\78",
            "212612345678+",
        ] {
            let phone = Phone::parse(typed).unwrap_or_else(|| panic!("{typed}"));
            assert_eq!(
                (phone.national().as_str(), phone.e164().as_str()),
                ("06 12 34 56 78", "+212612345678")
            );
        }
    }

    #[test]
    fn a_number_outside_the_plan_is_rejected() {
        for typed in [
            "",
            "061234567",
            "06123456789",
            "0912345678",
            "0112345678",
            "+33612345678",
            "06x2345678",
            "612345678",
        ] {
            assert_eq!(Phone::parse(typed), None, "{typed}");
        }
    }

    #[test]
    fn the_digits_that_a_number_lacks_are_counted() {
        for (typed, missing) in [
            ("06 12 34 56 7", Some(1)),
            ("06123456789", Some(-1)),
            ("٠٦١٢", Some(6)),
            ("0612345678", Some(0)),
            ("0912345678", None),
            ("+33612345678", None),
            ("06x2345678", None),
            ("", None),
        ] {
            assert_eq!(missing_digits(typed), missing, "{typed}");
        }
    }

    #[test]
    fn the_wire_has_one_form() {
        assert!(Phone::from_e164("+212612345678").is_some());
        for wrong in [
            "",
            "0612345678",
            "212612345678",
            "+212912345678",
            "+21261234567",
            "+212 612345678",
            "+212(0)612345678",
        ] {
            assert_eq!(Phone::from_e164(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn a_formatted_number_parses_back(national in "[5-8][0-9]{8}") {
            let phone = Phone::parse(&format!("+212{national}")).unwrap();
            prop_assert_eq!(Phone::parse(&phone.national()), Some(phone.clone()));
            prop_assert_eq!(Phone::from_e164(&phone.e164()), Some(phone));
        }
    }
}
