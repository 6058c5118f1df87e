//! More points for what is bought (多倍积分).

use super::{Base, Checked, Given, Kind, Nature, more_than_zero};
use crate::base::money::{Money, MoneyError};
use crate::base::notation::Fields;
use serde::{Deserialize, Serialize};

/// The highest multiplier, in hundredths.
const TIMES_MAX: u32 = 10_000;

/// `{"points_multiplier": {"times": "2", "worth": "5"}}`: the target lines earn so many times the points. How many points
/// an amount earns is the shop's; a receipt names the lines' amount and the multiplier.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PointsMultiplier {
    /// Hundredths, more than 100 and at most 10,000.
    pub times: u32,
    /// What it counts for where a shopper may have this or another promotion; nobody pays or saves it.
    pub worth: Money,
}

impl Kind for PointsMultiplier {
    const NATURE: Nature = Nature::Besides;

    fn read(from: &mut impl Fields) -> Self {
        from.require("times");
        Self { times: from.percent("times").unwrap_or_default(), worth: from.required_amount("worth") }
    }

    fn check(&self) -> Checked {
        if !(101..=TIMES_MAX).contains(&self.times) {
            return Err(("times", "is more than 1 and at most 100".into()));
        }
        more_than_zero("worth", self.worth)
    }

    fn give(&self, _: Base<'_>) -> Result<Given, MoneyError> {
        Ok(Given::Besides(self.worth))
    }
}
