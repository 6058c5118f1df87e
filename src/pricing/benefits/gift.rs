//! An item that is put in besides (赠品).

use super::{Base, Checked, Given, Kind, Nature, more_than_zero, within};
use crate::base::ids::check_id;
use crate::base::money::{Money, MoneyError};
use crate::base::notation::Fields;
use alloc::string::String;
use serde::{Deserialize, Serialize};

/// The most units of a gift.
const UNITS_MAX: u32 = 100;

/// `{"gift": {"item": "travel-pouch", "units": 1, "worth": "29"}}`: a line at no price.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Gift {
    /// Stable id of the item.
    pub item: String,
    /// How many.
    pub units: u32,
    /// What it counts for where a shopper may have this or another promotion; nobody pays or saves it.
    pub worth: Money,
}

impl Kind for Gift {
    const NATURE: Nature = Nature::Besides;

    fn read(from: &mut impl Fields) -> Self {
        Self {
            item: from.required_id("item"),
            units: from.count("units", 1, UNITS_MAX).unwrap_or(1),
            worth: from.required_amount("worth"),
        }
    }

    fn check(&self) -> Checked {
        check_id(&self.item).map_err(|error| ("item", alloc::format!("{error}")))?;
        within("units", self.units, 1, UNITS_MAX)?;
        more_than_zero("worth", self.worth)
    }

    fn give(&self, _: Base<'_>) -> Result<Given, MoneyError> {
        Ok(Given::Besides(self.worth))
    }
}
