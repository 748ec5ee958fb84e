//! Monthly instalment of a loan, computed from a form's fields and shown below them.

use fos_rules::fold::isolate_left_to_right;
use fos_rules::instalment::YearlyRate;
use fos_rules::{integer, money};

use super::problem::format_money_amount;
use crate::i18n::{FormatArg, Localizer};

/// Fields from which a section's instalment is computed.
#[derive(Debug, Clone)]
pub(crate) struct Instalment {
    /// Key of the field with the amount.
    pub(crate) amount: String,
    /// Key of the field with the number of months.
    pub(crate) months: String,
    pub(crate) rate: YearlyRate,
}

/// Repayment of a loan, for guidance: the foundation's own figures are in its decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Repayment {
    /// Instalment in centimes.
    pub(super) monthly: i64,
    /// All instalments together, in centimes.
    total: i64,
    rate: YearlyRate,
}

impl Instalment {
    /// Computes the repayment; `None` until both fields are valid.
    pub(super) fn repayment(&self, amount: &str, months: &str) -> Option<Repayment> {
        let months = u32::try_from(integer::parse(months)?).ok()?;
        let monthly = self.rate.monthly(money::parse(amount)?, months)?;
        Some(Repayment { monthly, total: monthly.checked_mul(i64::from(months))?, rate: self.rate })
    }
}

impl Repayment {
    /// Returns the rate, the total, and that the decision alone counts.
    pub(super) fn explanation(self, localizer: &Localizer) -> String {
        let rate = isolate_left_to_right(&format!("{}\u{a0}%", self.rate.percent()));
        let total = format_money_amount(self.total, localizer);
        let args = [("rate", FormatArg::Text(&rate)), ("total", FormatArg::Text(&total))];
        localizer.format("help-repayment", &args)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    fn monthly(rate: &str, amount: &str, months: &str) -> Option<i64> {
        let rate = YearlyRate::parse(rate).unwrap();
        let instalment = Instalment { amount: "amount".to_owned(), months: "months".to_owned(), rate };
        instalment.repayment(amount, months).map(|repayment| repayment.monthly)
    }

    #[test]
    fn a_loan_is_paid_back_in_equal_instalments() {
        assert_eq!(monthly("0.02", "20.000", "48"), Some(43_390));
        assert_eq!(monthly("0", "1.000", "3"), Some(33_333));
    }

    #[test]
    fn rate_total_and_that_the_decision_counts_are_said() {
        let rate = YearlyRate::parse("0.02").unwrap();
        let instalment = Instalment { amount: "amount".to_owned(), months: "months".to_owned(), rate };
        let repayment = instalment.repayment("20.000", "48").unwrap();
        let explanation = repayment.explanation(&Localizer::for_language(Language::Fr));
        assert!(explanation.contains("2\u{a0}%") && explanation.contains("20.827,20"), "{explanation}");
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
