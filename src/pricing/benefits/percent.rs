//! A percentage off; half a cent goes to the shopper, or to the shop where its manners say so.

use super::{Base, Checked, Given, Kind, a_percentage};
use crate::base::money::MoneyError;
use crate::base::notation::Fields;
use serde::{Deserialize, Serialize};

/// `{"percent": {"off": "12.5"}}`: a percentage off.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Percent {
    /// Hundredths of a percent, 1 to 10,000.
    pub off: u32,
}

impl Kind for Percent {
    fn read(from: &mut impl Fields) -> Self {
        from.require("off");
        Self { off: from.percent("off").unwrap_or_default() }
    }

    fn check(&self) -> Checked {
        a_percentage("off", self.off)
    }

    fn give(&self, base: Base<'_>) -> Result<Given, MoneyError> {
        Ok(Given::Off(base.percent_of(base.amount, self.off)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::money::Money;
    use crate::pricing::manners::Halves;

    #[test]
    fn halves_go_up() {
        let given = Percent { off: 1_000 }.give(Base::of(1_005)).expect("a discount");
        assert_eq!(given, Given::Off(Money::new(101).expect("in range")), "10 % of 10.05 is 1.005");
        let base = Base { halves: Halves::Shop, ..Base::of(1_005) };
        let given = Percent { off: 1_000 }.give(base).expect("a discount");
        assert_eq!(given, Given::Off(Money::new(100).expect("in range")), "9.045 are left: 9.05");
    }

    #[test]
    fn more_than_everything_is_refused() {
        assert!(Percent { off: 10_000 }.check().is_ok());
        assert!(Percent { off: 10_001 }.check().is_err());
        assert!(Percent { off: 0 }.check().is_err());
    }
}
