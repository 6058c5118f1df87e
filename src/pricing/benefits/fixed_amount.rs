//! An amount off the target lines together, at most what they still cost.

use super::{Base, Checked, Given, Kind, more_than_zero};
use crate::base::money::{Money, MoneyError};
use crate::base::notation::Fields;
use serde::{Deserialize, Serialize};

/// `{"fixed_amount": {"off": "30"}}`: an amount off.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FixedAmount {
    /// The amount, more than zero.
    pub off: Money,
}

impl Kind for FixedAmount {
    fn read(from: &mut impl Fields) -> Self {
        Self { off: from.required_amount("off") }
    }

    fn check(&self) -> Checked {
        more_than_zero("off", self.off)
    }

    fn give(&self, base: Base<'_>) -> Result<Given, MoneyError> {
        Ok(Given::Off(self.off.min(base.amount)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_never_takes_more_than_there_is() {
        let money = |minor| Money::new(minor).expect("in range");
        let benefit = FixedAmount { off: money(3_000) };
        assert_eq!(benefit.give(Base::of(19_900)), Ok(Given::Off(money(3_000))));
        assert_eq!(benefit.give(Base::of(1_200)), Ok(Given::Off(money(1_200))));
        assert!(FixedAmount::default().check().is_err());
    }
}
