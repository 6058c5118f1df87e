//! The account's tier is at least so high.

use super::{Answer, Asked, Checked, Kind, Unmet, within};
use crate::base::money::MoneyError;
use crate::base::notation::Fields;
use serde::{Deserialize, Serialize};

/// The highest tier.
const TIER_MAX: u32 = 100;

/// `{"tier": {"at_least": 2}}`: members of this tier and of those above.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tier {
    /// The level, 1 to 100.
    pub at_least: u32,
}

impl Kind for Tier {
    fn read(from: &mut impl Fields) -> Self {
        Self { at_least: from.required_count("at_least", 1, TIER_MAX) }
    }

    fn check(&self) -> Checked {
        within("at_least", self.at_least, 1, TIER_MAX)
    }

    fn ask(&self, of: &Asked<'_>) -> Result<Answer, MoneyError> {
        let holds = of.facts.account.tier >= self.at_least;
        Ok(if holds { Answer::Holds } else { Answer::Fails(Unmet::Tier { at_least: self.at_least }) })
    }
}
