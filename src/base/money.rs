//! Money as integer minor units, exact or an error (law 5).
//!
//! What lives here: amounts, shares of amounts and their allocation to lines. What a cart costs is `pricing`.

use super::order;
use alloc::vec;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// The largest amount, so that every amount is exact in JavaScript too.
pub const AMOUNT_MAX: i64 = (1 << 53) - 1;

/// An amount in minor units (fen, cents) of the pack's one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct Money(i64);

impl TryFrom<i64> for Money {
    type Error = MoneyError;

    fn try_from(minor: i64) -> Result<Self, MoneyError> {
        Self::new(minor)
    }
}

impl From<Money> for i64 {
    fn from(amount: Money) -> Self {
        amount.0
    }
}

/// Why an amount could not be read or worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MoneyError {
    /// The result is beyond ±(2⁵³−1) minor units.
    #[error("the amount is beyond what can be counted exactly ({AMOUNT_MAX} minor units)")]
    Overflow,
    /// A decimal text is not digits with at most one point.
    #[error("an amount is digits with at most one decimal point, without separators or a currency sign")]
    Text,
    /// A decimal text has more digits behind the point than the currency has.
    #[error("the amount has more digits behind the point than the currency's {0}")]
    Precision(u8),
}

impl Money {
    /// No money.
    pub const ZERO: Self = Self(0);

    /// An amount of minor units.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] beyond [`AMOUNT_MAX`] either way.
    pub fn new(minor: i64) -> Result<Self, MoneyError> {
        if minor.unsigned_abs() > AMOUNT_MAX as u64 { Err(MoneyError::Overflow) } else { Ok(Self(minor)) }
    }

    /// The amount in minor units.
    pub fn minor(self) -> i64 {
        self.0
    }

    /// The sum.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        Self::new(self.0.checked_add(other.0).ok_or(MoneyError::Overflow)?)
    }

    /// The difference; may be negative.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        Self::new(self.0.checked_sub(other.0).ok_or(MoneyError::Overflow)?)
    }

    /// The amount times a count.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn times(self, count: i64) -> Result<Self, MoneyError> {
        Self::from_wide(i128::from(self.0) * i128::from(count))
    }

    /// `numerator / denominator` of the amount, rounded half away from zero.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`], also where the denominator is not positive.
    pub fn share(self, numerator: i64, denominator: i64) -> Result<Self, MoneyError> {
        if denominator <= 0 {
            return Err(MoneyError::Overflow);
        }
        // What fits 64 bits is worked out in them: a 128-bit division costs a module forty times as much.
        if let Some(product) = self.0.checked_mul(numerator)
            && let Some(sum) = product.checked_add(denominator / 2 * product.signum())
        {
            return Self::new(sum / denominator);
        }
        let product = i128::from(self.0) * i128::from(numerator);
        let half = i128::from(denominator) / 2 * product.signum();
        // For an odd denominator `half` is floor(d/2), which rounds exactly as half-up: no tie exists there.
        Self::from_wide((product + half) / i128::from(denominator))
    }

    /// The smaller of two amounts.
    #[must_use]
    pub fn at_most(self, other: Self) -> Self {
        self.min(other)
    }

    /// Reads a decimal text such as `"199.50"`, for a currency with `exponent` digits behind the point.
    ///
    /// # Errors
    /// [`MoneyError::Text`], [`MoneyError::Precision`] or [`MoneyError::Overflow`].
    pub fn parse(text: &str, exponent: u8) -> Result<Self, MoneyError> {
        let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let fraction = fraction.trim_end_matches('0');
        if (whole.is_empty() && fraction.is_empty()) || exponent > 6 {
            return Err(MoneyError::Text);
        }
        if fraction.len() > usize::from(exponent) {
            return Err(if fraction.bytes().all(|byte| byte.is_ascii_digit()) {
                MoneyError::Precision(exponent)
            } else {
                MoneyError::Text
            });
        }
        let padding = usize::from(exponent) - fraction.len();
        let mut minor: i64 = 0;
        for byte in whole.bytes().chain(fraction.bytes()).chain(core::iter::repeat_n(b'0', padding)) {
            if !byte.is_ascii_digit() {
                return Err(MoneyError::Text);
            }
            let digit = i64::from(byte - b'0');
            minor = minor.checked_mul(10).and_then(|m| m.checked_add(digit)).ok_or(MoneyError::Overflow)?;
        }
        Self::new(sign * minor)
    }

    /// Allocates the amount to parts in proportion to non-negative `weights`, by largest remainder; ties go to
    /// the earlier part. The parts sum to the amount exactly. All-zero weights count as equal ones.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] where there is no part to hold an amount, or a weight is negative.
    pub fn allocate(self, weights: &[i64]) -> Result<Vec<Self>, MoneyError> {
        if weights.iter().any(|weight| *weight < 0) || (weights.is_empty() && self.0 != 0) {
            return Err(MoneyError::Overflow);
        }
        let equal;
        let mut total: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
        let weights = if total == 0 {
            total = weights.len() as i128;
            equal = vec![1; weights.len()];
            &equal
        } else {
            weights
        };
        let (sign, amount) = (self.0.signum(), i128::from(self.0.unsigned_abs()));
        let mut parts: Vec<i64> = Vec::with_capacity(weights.len());
        let mut remainders: Vec<(i128, usize)> = Vec::with_capacity(weights.len());
        for (position, weight) in weights.iter().enumerate() {
            let product = amount * i128::from(*weight);
            parts.push((product / total) as i64);
            remainders.push((product % total, position));
        }
        let given: i128 = parts.iter().map(|part| i128::from(*part)).sum();
        order::sort_by(&mut remainders, |a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        for (_, position) in remainders.into_iter().take((amount - given) as usize) {
            if let Some(part) = parts.get_mut(position) {
                *part += 1;
            }
        }
        parts.into_iter().map(|part| Self::new(part * sign)).collect()
    }

    fn from_wide(minor: i128) -> Result<Self, MoneyError> {
        Self::new(i64::try_from(minor).map_err(|_| MoneyError::Overflow)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn money(minor: i64) -> Money {
        Money::new(minor).expect("in range")
    }

    #[test]
    fn decimals_are_read_exactly() {
        assert_eq!(Money::parse("199.5", 2), Ok(money(19950)));
        assert_eq!(Money::parse("0.10", 2), Ok(money(10)));
        assert_eq!(Money::parse("-3", 0), Ok(money(-3)));
        assert_eq!(Money::parse(".5", 1), Ok(money(5)));
        assert_eq!(Money::parse("1.005", 2), Err(MoneyError::Precision(2)));
        assert_eq!(Money::parse("1.500", 2), Ok(money(150)));
        for text in ["", ".", "1,000", "¥3", "1e3", "--1", "1.2.3"] {
            assert_eq!(Money::parse(text, 2), Err(MoneyError::Text), "{text:?}");
        }
        assert_eq!(Money::parse("99999999999999999", 2), Err(MoneyError::Overflow));
    }

    #[test]
    fn halves_go_away_from_zero() {
        assert_eq!(money(5).share(1, 2), Ok(money(3)));
        assert_eq!(money(-5).share(1, 2), Ok(money(-3)));
        assert_eq!(money(10).share(1, 3), Ok(money(3)));
        assert_eq!(money(1).share(1, 0), Err(MoneyError::Overflow));
    }

    proptest! {
        #[test]
        fn parts_sum_to_the_whole(amount in -AMOUNT_MAX..=AMOUNT_MAX, weights in prop::collection::vec(0..=AMOUNT_MAX, 1..40)) {
            let parts = money(amount).allocate(&weights).expect("allocates");
            prop_assert_eq!(parts.len(), weights.len());
            prop_assert_eq!(parts.iter().map(|part| i128::from(part.minor())).sum::<i128>(), i128::from(amount));
            if weights.iter().any(|weight| *weight > 0) {
                for (part, weight) in parts.iter().zip(&weights) {
                    prop_assert!(*weight > 0 || part.minor() == 0, "a part without weight gets nothing");
                }
            }
        }
    }
}
