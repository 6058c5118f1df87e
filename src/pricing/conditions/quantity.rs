//! There are at least so many units.

use super::{Answer, Asked, Checked, Kind, Unmet, within};
use crate::base::money::MoneyError;
use crate::base::notation::Fields;
use crate::pricing::selector::Selector;
use serde::{Deserialize, Serialize};

/// The most units a condition asks for.
const UNITS_MAX: u32 = 1_000_000;

/// `{"quantity": {"at_least": 2, "of": {…}}}`: units of lines. One unit asks that there be such a line at all.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Quantity {
    /// How many, at least one.
    pub at_least: u32,
    /// Of which lines; without it the promotion's target.
    pub of: Option<Selector>,
}

impl Kind for Quantity {
    fn read(from: &mut impl Fields) -> Self {
        Self {
            at_least: from.required_count("at_least", 1, UNITS_MAX),
            of: from.object("of", Selector::read),
        }
    }

    fn check(&self) -> Checked {
        within("at_least", self.at_least, 1, UNITS_MAX)
    }

    fn of(&self) -> Option<&Selector> {
        self.of.as_ref()
    }

    fn ask(&self, of: &Asked<'_>) -> Result<Answer, MoneyError> {
        // 500 lines of 9,999 units are far from the end of 32 bits.
        let lines = of.lines.iter().filter_map(|at| of.cart.lines().get(*at));
        let units: u32 = lines.map(|line| line.quantity).sum();
        Ok(match self.at_least.checked_sub(units) {
            Some(missing) if missing > 0 => Answer::Fails(Unmet::Quantity { missing }),
            _ => Answer::Holds,
        })
    }
}
