//! It is the account's first or n-th order.

use super::{Answer, Asked, Checked, Facts, Kind, Unmet, within};
use crate::base::money::MoneyError;
use crate::base::notation::Fields;
use serde::{Deserialize, Serialize};

/// The largest number an order is asked for.
const NUMBER_MAX: u32 = 1_000_000;

/// `{"order_number": {"is": 1}}`: the order that is placed now is the account's first, or its n-th. What a guest's first
/// order is the shop decides: it hands in how many there were.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OrderNumber {
    /// Which one, from 1 on.
    pub is: u32,
}

impl Kind for OrderNumber {
    fn read(from: &mut impl Fields) -> Self {
        Self { is: from.required_count("is", 1, NUMBER_MAX) }
    }

    fn check(&self) -> Checked {
        within("is", self.is, 1, NUMBER_MAX)
    }

    fn is_known(facts: &Facts) -> bool {
        facts.account.orders.is_some()
    }

    fn ask(&self, of: &Asked<'_>) -> Result<Answer, MoneyError> {
        let holds = of.facts.account.orders.and_then(|placed| placed.checked_add(1)) == Some(self.is);
        Ok(if holds { Answer::Holds } else { Answer::Fails(Unmet::OrderNumber { is: self.is }) })
    }
}
