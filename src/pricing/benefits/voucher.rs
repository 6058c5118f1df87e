//! A voucher that pays (抵用券): tender, spent like money, and no discount.

use super::{Base, Checked, Given, Kind, Nature, more_than_zero};
use crate::base::money::{Money, MoneyError};
use crate::base::notation::Fields;
use serde::{Deserialize, Serialize};

/// `{"voucher": {"amount": "50"}}`: pays what is left to pay, up to its amount. It goes with every promotion, changes no
/// price and no tax, and is not part of the choice between combinations.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Voucher {
    /// What it pays at most.
    pub amount: Money,
}

impl Kind for Voucher {
    const NATURE: Nature = Nature::Tender;

    fn read(from: &mut impl Fields) -> Self {
        Self { amount: from.required_amount("amount") }
    }

    fn check(&self) -> Checked {
        more_than_zero("amount", self.amount)
    }

    fn give(&self, base: Base<'_>) -> Result<Given, MoneyError> {
        Ok(Given::Off(self.amount.min(base.amount)))
    }
}
