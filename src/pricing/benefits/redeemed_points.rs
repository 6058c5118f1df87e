//! Points spent (积分抵扣): an amount off for each so many.

use super::{Base, Checked, Given, Kind, more_than_zero, within};
use crate::base::money::{Money, MoneyError};
use crate::base::notation::Fields;
use crate::pricing::conditions::Unmet;
use serde::{Deserialize, Serialize};

/// The most points of a step.
const POINTS_MAX: u32 = 1_000_000_000;

/// `{"redeemed_points": {"points": 100, "off": "1"}}`: as many whole steps as the account has points for and the lines
/// cost, a cap and a floor allow, so that no point is spent for nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RedeemedPoints {
    /// Points of one step, at least one.
    pub points: u32,
    /// What comes off for them.
    pub off: Money,
}

impl RedeemedPoints {
    /// How many points an amount off took.
    pub(in crate::pricing) fn spent(&self, off: Money) -> u32 {
        let steps = off.minor() / self.off.minor().max(1);
        u32::try_from(steps).unwrap_or(u32::MAX).saturating_mul(self.points)
    }
}

impl Kind for RedeemedPoints {
    fn read(from: &mut impl Fields) -> Self {
        Self { points: from.required_count("points", 1, POINTS_MAX), off: from.required_amount("off") }
    }

    fn check(&self) -> Checked {
        within("points", self.points, 1, POINTS_MAX)?;
        more_than_zero("off", self.off)
    }

    fn give(&self, base: Base<'_>) -> Result<Given, MoneyError> {
        let steps = base.points.checked_div(self.points).unwrap_or(0);
        if steps == 0 {
            return Ok(Given::Unmet(Unmet::Points { missing: self.points.saturating_sub(base.points) }));
        }
        let fits = base.amount.minor().checked_div(self.off.minor()).unwrap_or(0);
        Ok(Given::Off(self.off.times(fits.min(i64::from(steps)))?))
    }

    fn whole(&self, off: i64) -> i64 {
        off - off % self.off.minor().max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_steps_are_spent_and_no_point_for_nothing() {
        let money = |minor| Money::new(minor).expect("in range");
        let redeemed = RedeemedPoints { points: 100, off: money(100) };
        let given = |points, amount| redeemed.give(Base { points, ..Base::of(amount) }).expect("a discount");
        assert_eq!(given(99, 5_000), Given::Unmet(Unmet::Points { missing: 1 }));
        assert_eq!(given(250, 5_000), Given::Off(money(200)));
        assert_eq!(given(9_900, 350), Given::Off(money(300)));
        assert_eq!(redeemed.spent(money(300)), 300);
        assert_eq!(redeemed.whole(299), 200, "a step that a cap cuts short is not taken");
    }
}
