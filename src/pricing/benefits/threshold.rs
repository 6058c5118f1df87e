//! Spend so much, get so much off (满299减40), once or for each time the amount is reached.

use super::{Base, Checked, Given, Kind, Next, more_than_zero, within};
use crate::base::money::{Money, MoneyError};
use crate::base::notation::Fields;
use crate::pricing::conditions::Unmet;
use serde::{Deserialize, Serialize};

/// The most times a threshold counts.
const TIMES_MAX: u32 = 10_000;

/// `{"threshold": {"spend": "299", "off": "40", "times": 3}}`: an amount off for each so much spent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Threshold {
    /// What the target lines must still cost, more than zero.
    pub spend: Money,
    /// What comes off each time, more than zero and at most `spend`.
    pub off: Money,
    /// How many times at most, 1 to 10,000.
    pub times: u32,
}

impl Kind for Threshold {
    fn read(from: &mut impl Fields) -> Self {
        Self {
            spend: from.required_amount("spend"),
            off: from.required_amount("off"),
            times: from.count("times", 1, TIMES_MAX).unwrap_or(1),
        }
    }

    fn check(&self) -> Checked {
        more_than_zero("spend", self.spend)?;
        more_than_zero("off", self.off)?;
        if self.off > self.spend {
            return Err(("off", "is at most what must be spent".into()));
        }
        within("times", self.times, 1, TIMES_MAX)
    }

    fn give(&self, base: Base<'_>) -> Result<Given, MoneyError> {
        let reached = base.amount.minor().checked_div(self.spend.minor()).unwrap_or(0);
        if reached <= 0 {
            return Ok(Given::Unmet(Unmet::Amount { missing: self.spend.minus(base.amount)? }));
        }
        Ok(Given::Off(self.off.times(reached.min(i64::from(self.times)))?))
    }

    fn next(&self, base: Base<'_>) -> Result<Option<Next>, MoneyError> {
        let reached = base.amount.minor().checked_div(self.spend.minor()).unwrap_or(0);
        if reached >= i64::from(self.times) {
            return Ok(None);
        }
        let missing = self.spend.times(reached.saturating_add(1))?.minus(base.amount)?;
        Ok(Some(Next { missing, more: self.off }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_time_the_amount_is_reached_counts_up_to_the_limit() {
        let money = |minor| Money::new(minor).expect("in range");
        let benefit = Threshold { spend: money(29_900), off: money(4_000), times: 2 };
        let given = |amount| benefit.give(Base::of(amount)).expect("a discount");
        let next = |amount| benefit.next(Base::of(amount)).expect("a next step");
        assert_eq!(given(26_100), Given::Unmet(Unmet::Amount { missing: money(3_800) }));
        assert_eq!(given(29_900), Given::Off(money(4_000)));
        assert_eq!(given(59_800), Given::Off(money(8_000)));
        assert_eq!(given(99_999), Given::Off(money(8_000)), "twice at most");
        assert_eq!(next(30_000), Some(Next { missing: money(29_800), more: money(4_000) }));
        assert_eq!(next(59_800), None);
    }

    #[test]
    fn giving_more_than_is_spent_is_refused() {
        let money = |minor| Money::new(minor).expect("in range");
        assert_eq!(
            Threshold { spend: money(100), off: money(101), times: 1 }.check().map_err(|error| error.0),
            Err("off")
        );
    }
}
