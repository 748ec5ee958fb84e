//! What a loan costs each month, as its form lets the member foresee it. Told, never sent: the foundation's own figure
//! stands in its decision.

use super::formats::typed_money;

/// Where a section's instalment is computed from.
#[derive(Debug, Clone)]
pub(crate) struct Instalment {
    /// The field that says how much is lent.
    pub(crate) amount: String,
    /// The field that says in how many months it is paid back.
    pub(crate) months: String,
    /// By the year, in millionths: 20,000 is two in a hundred.
    pub(crate) rate: u32,
}

/// A millionth of a millionth: what the powers below are counted in.
const ONE: u128 = 1_000_000_000_000;
/// As many months as a lifetime has; more is a slip of the finger.
const MOST_MONTHS: u32 = 1200;

impl Instalment {
    /// A rate as the portal writes it: `0.02` is two in a hundred. None where it is no such number.
    pub(crate) fn rate(written: &str) -> Option<u32> {
        let (whole, part) = written.split_once('.').unwrap_or((written, ""));
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if part.len() > 6 || whole.is_empty() || !digits(whole) || !digits(part) {
            return None;
        }
        format!("{whole}{part:0<6}").parse().ok()
    }

    /// What is paid back each month, in centimes, by equal instalments at the end of each month; none until both
    /// fields say enough.
    pub(super) fn monthly(&self, amount: &str, months: &str) -> Option<i64> {
        let lent = u128::try_from(typed_money(amount)?).ok().filter(|lent| *lent > 0)?;
        let months: u32 = months.parse().ok().filter(|months| (1..=MOST_MONTHS).contains(months))?;
        let rate = u128::from(self.rate) * 1_000_000 / 12;
        if rate == 0 {
            return rounded(lent, u128::from(months));
        }
        let grown = (0..months).try_fold(ONE, |grown, _| Some(grown.checked_mul(ONE + rate)? / ONE))?;
        rounded(lent.checked_mul(rate)?.checked_mul(grown)? / ONE, grown - ONE)
    }
}

/// Half a centime and more is a whole one.
fn rounded(dividend: u128, divisor: u128) -> Option<i64> {
    i64::try_from((dividend + divisor / 2) / divisor).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn monthly(rate: &str, amount: &str, months: &str) -> Option<i64> {
        let rate = Instalment::rate(rate).unwrap();
        let instalment = Instalment { amount: "amount".to_owned(), months: "months".to_owned(), rate };
        instalment.monthly(amount, months)
    }

    #[test]
    fn a_loan_is_paid_back_in_equal_instalments() {
        // 20,000 DH at two in a hundred over 48 months: 20000 × r / (1 − (1 + r)^−48), r = 0.02 / 12.
        assert_eq!(monthly("0.02", "20.000", "48"), Some(43_390));
        assert_eq!(monthly("0.06", "1.000", "12"), Some(8_607));
        assert_eq!(monthly("0", "1.000", "3"), Some(33_333));
    }

    #[test]
    fn nothing_is_foretold_from_half_an_answer() {
        for (amount, months) in
            [("", "48"), ("20.000", ""), ("0", "48"), ("20.000", "0"), ("20.000", "99999")]
        {
            assert_eq!(monthly("0.02", amount, months), None, "{amount} in {months}");
        }
    }

    #[test]
    fn a_rate_is_read_to_the_millionth() {
        assert_eq!(Instalment::rate("0.0235"), Some(23_500));
        for wrong in ["", ".02", "2%", "0.0000001", "-1"] {
            assert_eq!(Instalment::rate(wrong), None, "{wrong}");
        }
    }
}
