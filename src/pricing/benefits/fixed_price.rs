//! What something costs: all of it together, each line, each unit (全场99元), or the shipping.

use super::{Base, Checked, Given, Kind};
use crate::base::money::{Money, MoneyError};
use crate::base::notation::Fields;
use serde::{Deserialize, Serialize};

/// `{"fixed_price": {"price": "99"}}`: what costs more costs this; what costs less is left as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FixedPrice {
    /// The price, zero or more.
    pub price: Money,
}

impl Kind for FixedPrice {
    fn read(from: &mut impl Fields) -> Self {
        Self { price: from.required_amount("price") }
    }

    fn check(&self) -> Checked {
        if self.price >= Money::ZERO { Ok(()) } else { Err(("price", "is zero or more".into())) }
    }

    fn give(&self, base: Base<'_>) -> Result<Given, MoneyError> {
        Ok(Given::Off(base.amount.minus(self.price)?.max(Money::ZERO)))
    }
}
