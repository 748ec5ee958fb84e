//! Monthly instalment of a loan: equal payments at the end of each month. It is shown before the loan is requested and
//! never sent: the foundation's own figure is in its decision.

/// Rate for a year, in millionths: 20,000 is 2 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearlyRate(u32);

/// Fixed-point unit of the computation; a multiple of 12 millionths, so that the rate of a month is exact.
const ONE: u128 = 120_000_000_000_000_000;
/// Unit of a rate: millionths.
const RATE_ONE: u128 = 1_000_000;
/// Millionths in one in a hundred.
const MILLIONTHS_OF_PERCENT: u32 = 10_000;
/// Digits after the point of a rate.
const RATE_DIGITS: usize = 6;
/// More months than a lifetime has are a typing error.
const MAX_MONTHS: u32 = 1200;

impl YearlyRate {
    /// Parses the notation of forms, a fraction of one with at most six digits: `0`, `0.02`.
    pub fn parse(written: &str) -> Option<Self> {
        if written == "0" {
            return Some(Self(0));
        }
        let fraction = written.strip_prefix("0.")?;
        let is_fraction =
            (1..=RATE_DIGITS).contains(&fraction.len()) && fraction.bytes().all(|b| b.is_ascii_digit());
        is_fraction.then(|| format!("{fraction:0<RATE_DIGITS$}").parse().ok().map(Self)).flatten()
    }

    /// Writes the rate in percent, as Morocco does in both languages: `2`, `2,35`.
    pub fn percent(self) -> String {
        let (whole, fraction) = (self.0 / MILLIONTHS_OF_PERCENT, self.0 % MILLIONTHS_OF_PERCENT);
        let fraction = format!("{fraction:04}");
        let fraction = fraction.trim_end_matches('0');
        if fraction.is_empty() { whole.to_string() } else { format!("{whole},{fraction}") }
    }

    /// Returns the instalment in centimes for an amount in centimes, rounded half up; `None` for nothing lent, no month,
    /// or numbers beyond any loan.
    pub fn monthly(self, centimes: i64, months: u32) -> Option<i64> {
        let principal = u128::try_from(centimes).ok().filter(|principal| *principal > 0)?;
        let months = Some(months).filter(|months| (1..=MAX_MONTHS).contains(months))?;
        let rate = u128::from(self.0) * (ONE / RATE_ONE) / 12;
        if rate == 0 {
            return divide_rounded(principal, u128::from(months));
        }
        let growth = (0..months).try_fold(ONE, |growth, _| Some(growth.checked_mul(ONE + rate)? / ONE))?;
        let factor = rate.checked_mul(growth)? / (growth - ONE);
        divide_rounded(principal.checked_mul(factor)?, ONE)
    }
}

/// Divides, rounding half up.
fn divide_rounded(dividend: u128, divisor: u128) -> Option<i64> {
    i64::try_from((dividend + divisor / 2) / divisor).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_instalment_is_computed_for_no_loan() {
        let rate = YearlyRate::parse("0.02").unwrap();
        for (centimes, months) in [(0, 48), (-1, 48), (2_000_000, 0), (2_000_000, 99_999)] {
            assert_eq!(rate.monthly(centimes, months), None, "{centimes} in {months}");
        }
    }

    #[test]
    fn a_rate_is_written_in_percent_without_idle_zeros() {
        for (rate, percent) in
            [("0", "0"), ("0.02", "2"), ("0.0235", "2,35"), ("0.1205", "12,05"), ("0.000001", "0,0001")]
        {
            assert_eq!(YearlyRate::parse(rate).unwrap().percent(), percent);
        }
    }

    #[test]
    fn a_rate_is_a_fraction_of_one_to_the_millionth() {
        assert_eq!(YearlyRate::parse("0.0235"), Some(YearlyRate(23_500)));
        assert_eq!(YearlyRate::parse("0"), Some(YearlyRate(0)));
        for wrong in ["", ".02", "0.", "2%", "1.5", "00.1", "0.0000001", "-1", "0,02"] {
            assert_eq!(YearlyRate::parse(wrong), None, "{wrong}");
        }
    }
}
