//! Lines cost at least so much.

use super::{Answer, Asked, Checked, Kind, more_than_zero};
use crate::base::money::{Money, MoneyError};
use crate::base::notation::Fields;
use crate::pricing::selector::Selector;
use serde::{Deserialize, Serialize};

/// `{"amount": {"at_least": "199", "of": {…}}}`: what lines still cost when the promotion's turn comes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Amount {
    /// How much, more than zero.
    pub at_least: Money,
    /// Which lines; without it the promotion's target.
    pub of: Option<Selector>,
}

impl Kind for Amount {
    fn read(from: &mut impl Fields) -> Self {
        Self { at_least: from.required_amount("at_least"), of: from.object("of", Selector::read) }
    }

    fn check(&self) -> Checked {
        more_than_zero("at_least", self.at_least)
    }

    fn of(&self) -> Option<&Selector> {
        self.of.as_ref()
    }

    fn ask(&self, _: &Asked<'_>) -> Result<Answer, MoneyError> {
        Ok(Answer::Costs(self.at_least))
    }
}
