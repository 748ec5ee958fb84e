//! Monthly instalment of a loan, shown before it is requested and never sent: the foundation's own figure is in its
//! decision.

use super::formats::parse_money;

/// Fields from which a section's instalment is computed.
#[derive(Debug, Clone)]
pub(crate) struct Instalment {
    /// Key of the field with the amount.
    pub(crate) amount: String,
    /// Key of the field with the number of months.
    pub(crate) months: String,
    /// Rate for a year, in millionths: 20,000 is 2 %.
    pub(crate) rate: u32,
}

/// Fixed-point unit of the computation.
const ONE: u128 = 1_000_000_000_000;
/// More months than a lifetime has are a typing error.
const MAX_MONTHS: u32 = 1200;

impl Instalment {
    /// Parses the portal's notation: `0.02` is 2 %.
    pub(crate) fn parse_rate(written: &str) -> Option<u32> {
        let (integer_part, part) = written.split_once('.').unwrap_or((written, ""));
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if part.len() > 6 || integer_part.is_empty() || !digits(integer_part) || !digits(part) {
            return None;
        }
        format!("{integer_part}{part:0<6}").parse().ok()
    }

    /// Returns the instalment in centimes, equal payments at the end of each month; `None` until both fields are valid.
    pub(super) fn monthly(&self, amount: &str, months: &str) -> Option<i64> {
        let principal = u128::try_from(parse_money(amount)?).ok().filter(|principal| *principal > 0)?;
        let months: u32 = months.parse().ok().filter(|months| (1..=MAX_MONTHS).contains(months))?;
        let rate = u128::from(self.rate) * 1_000_000 / 12;
        if rate == 0 {
            return divide_rounded(principal, u128::from(months));
        }
        let growth = (0..months).try_fold(ONE, |growth, _| Some(growth.checked_mul(ONE + rate)? / ONE))?;
        divide_rounded(principal.checked_mul(rate)?.checked_mul(growth)? / ONE, growth - ONE)
    }
}

/// Divides, rounding half up.
fn divide_rounded(dividend: u128, divisor: u128) -> Option<i64> {
    i64::try_from((dividend + divisor / 2) / divisor).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn monthly(rate: &str, amount: &str, months: &str) -> Option<i64> {
        let rate = Instalment::parse_rate(rate).unwrap();
        let instalment = Instalment { amount: "amount".to_owned(), months: "months".to_owned(), rate };
        instalment.monthly(amount, months)
    }

    #[test]
    fn a_loan_is_paid_back_in_equal_instalments() {
        // 20,000 DH at 2 % over 48 months: 20000 × r / (1 − (1 + r)^−48), r = 0.02 / 12.
        assert_eq!(monthly("0.02", "20.000", "48"), Some(43_390));
        assert_eq!(monthly("0.06", "1.000", "12"), Some(8_607));
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

    #[test]
    fn a_rate_is_read_to_the_millionth() {
        assert_eq!(Instalment::parse_rate("0.0235"), Some(23_500));
        for wrong in ["", ".02", "2%", "0.0000001", "-1"] {
            assert_eq!(Instalment::parse_rate(wrong), None, "{wrong}");
        }
    }
}
