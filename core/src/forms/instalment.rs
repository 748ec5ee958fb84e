//! Monthly instalment of a loan, computed from a form's fields and shown below them.

use fos_rules::instalment::YearlyRate;
use fos_rules::{integer, money};

/// Fields from which a section's instalment is computed.
#[derive(Debug, Clone)]
pub(crate) struct Instalment {
    /// Key of the field with the amount.
    pub(crate) amount: String,
    /// Key of the field with the number of months.
    pub(crate) months: String,
    pub(crate) rate: YearlyRate,
}

impl Instalment {
    /// Returns the instalment in centimes; `None` until both fields are valid.
    pub(super) fn monthly(&self, amount: &str, months: &str) -> Option<i64> {
        self.rate.monthly(money::parse(amount)?, u32::try_from(integer::parse(months)?).ok()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn monthly(rate: &str, amount: &str, months: &str) -> Option<i64> {
        let rate = YearlyRate::parse(rate).unwrap();
        let instalment = Instalment { amount: "amount".to_owned(), months: "months".to_owned(), rate };
        instalment.monthly(amount, months)
    }

    #[test]
    fn a_loan_is_paid_back_in_equal_instalments() {
        assert_eq!(monthly("0.02", "20.000", "48"), Some(43_390));
        assert_eq!(monthly("0", "1.000", "3"), Some(33_333));
    }

    #[test]
    fn no_instalment_is_computed_from_incomplete_answers() {
        for (amount, months) in
            [("", "48"), ("20.000", ""), ("0", "48"), ("20.000", "0"), ("20.000", "99999")]
        {
            assert_eq!(monthly("0.02", amount, months), None, "{amount} in {months}");
        }
    }
}
