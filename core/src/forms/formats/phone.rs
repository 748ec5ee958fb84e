//! Moroccan telephone numbers (domain.md a): nine national digits, 06 and 07 mobile, 05 fixed, 08 special.

use super::bare;

/// A number, without its leading zero or country code: `612345678`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phone(String);

impl Phone {
    /// The number that was typed: `0612345678`, `06.12.34.56.78`, `+212 6…`, `00212…`, `212…`.
    pub(crate) fn typed(typed: &str) -> Option<Self> {
        let mut digits = bare(typed);
        digits.retain(|c| !matches!(c, '.' | '-' | '/' | '(' | ')'));
        let national = ["+212", "00212", "212", "0"].iter().find_map(|start| digits.strip_prefix(start))?;
        // «+212 (0)6…» is printed often.
        let national = if national.len() == 10 { national.strip_prefix('0')? } else { national };
        let right = national.len() == 9
            && national.bytes().all(|b| b.is_ascii_digit())
            && matches!(national.as_bytes().first(), Some(b'5'..=b'8'));
        right.then(|| Self(national.to_owned()))
    }

    /// «06 12 34 56 78».
    pub(crate) fn shown(&self) -> String {
        let whole = format!("0{}", self.0);
        let pairs: Vec<&str> = (0..whole.len()).step_by(2).map(|at| &whole[at..at + 2]).collect();
        pairs.join(" ")
    }

    /// `+212612345678` (E.164).
    pub(crate) fn sent(&self) -> String {
        format!("+212{}", self.0)
    }
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
        ] {
            let phone = Phone::typed(typed).unwrap_or_else(|| panic!("{typed}"));
            assert_eq!((phone.shown().as_str(), phone.sent().as_str()), ("06 12 34 56 78", "+212612345678"));
        }
    }

    #[test]
    fn what_is_no_moroccan_number_is_none() {
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
            assert_eq!(Phone::typed(typed), None, "{typed}");
        }
    }

    proptest! {
        /// Whatever the numbering plan's own library takes for a Moroccan number is one here too, and is sent alike.
        #[test]
        fn every_number_of_the_plan_is_taken(national in "[5-8][0-9]{8}") {
            let typed = format!("0{national}");
            let known = phonenumber::parse(Some(phonenumber::country::Id::MA), &typed)
                .ok()
                .filter(phonenumber::is_valid);
            if let Some(known) = known {
                let e164 = known.format().mode(phonenumber::Mode::E164).to_string();
                prop_assert_eq!(Phone::typed(&typed).map(|phone| phone.sent()), Some(e164));
            }
        }

        #[test]
        fn what_is_shown_reads_back(national in "[5-8][0-9]{8}") {
            let phone = Phone::typed(&format!("+212{national}")).unwrap();
            prop_assert_eq!(Phone::typed(&phone.shown()), Some(phone));
        }
    }
}
