//! Each n-th unit free or reduced (买二赠一, 第二件半价): of every so many units the cheapest of all.

use super::{Base, Checked, Given, Kind, Nature, Units, a_percentage, within};
use crate::base::money::{Money, MoneyError};
use crate::base::notation::Fields;
use crate::pricing::conditions::Unmet;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// The most units that one is free of, and the most times.
const UNITS_MAX: u32 = 10_000;

/// `{"nth_unit": {"every": 3, "percent": "100", "times": 1}}`: for each `every` units the cheapest one is reduced.
///
/// What comes off is shared among all target lines by what they cost: nobody paid for 'the free one' less than for the
/// others, and who sends one of them back gets back its share.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct NthUnit {
    /// Of how many units one is reduced, at least one.
    pub every: u32,
    /// Hundredths of a percent off it; 10,000 is free.
    pub percent: u32,
    /// How many are reduced at most.
    pub times: u32,
}

impl Kind for NthUnit {
    const NATURE: Nature = Nature::Units;

    fn read(from: &mut impl Fields) -> Self {
        Self {
            every: from.required_count("every", 1, UNITS_MAX),
            percent: from.percent("percent").unwrap_or(10_000),
            times: from.count("times", 1, UNITS_MAX).unwrap_or(UNITS_MAX),
        }
    }

    fn check(&self) -> Checked {
        within("every", self.every, 1, UNITS_MAX)?;
        a_percentage("percent", self.percent)?;
        within("times", self.times, 1, UNITS_MAX)
    }

    fn give(&self, base: Base<'_>) -> Result<Given, MoneyError> {
        let units: u32 = base.units.iter().map(|line| line.count).sum();
        let mut reduced = units.checked_div(self.every).unwrap_or(0).min(self.times);
        if reduced == 0 {
            return Ok(Given::Unmet(Unmet::Quantity { missing: self.every.saturating_sub(units) }));
        }
        let mut off = Money::ZERO;
        for at in by_price(base.units) {
            let Some(line) = base.units.get(at) else { continue };
            let taken = line.count.min(reduced);
            reduced -= taken;
            let each = base.percent_of(Money::new(line.price)?, self.percent)?;
            off = off.plus(each.times(i64::from(taken))?)?;
            if reduced == 0 {
                break;
            }
        }
        Ok(Given::Off(off))
    }
}

/// Positions of lines, the cheapest first, equals by position. The search for a combination asks this again and again,
/// so it is sorted as numbers: amounts have 53 bits and positions nine.
fn by_price(units: &[Units]) -> impl Iterator<Item = usize> {
    let mut keys: Vec<u64> =
        units.iter().enumerate().map(|(at, line)| (line.price.max(0) as u64) << 10 | at as u64).collect();
    keys.sort_unstable();
    keys.into_iter().map(|key| (key & 1_023) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pricing::manners::Halves;

    #[test]
    fn the_cheapest_of_all_are_reduced() {
        let units = [Units { price: 900, count: 2, part: None }, Units { price: 301, count: 3, part: None }];
        let given = |every, percent, times| {
            let base = Base { units: &units, ..Base::of(0) };
            NthUnit { every, percent, times }.give(base).expect("a discount")
        };
        let off = |minor| Given::Off(Money::new(minor).expect("in range"));
        assert_eq!(given(2, 10_000, 9), off(602), "two of five");
        assert_eq!(given(2, 5_000, 9), off(302), "half of 3.01, half up, twice");
        let shop = Base { units: &units, halves: Halves::Shop, ..Base::of(0) };
        let half = NthUnit { every: 2, percent: 5_000, times: 9 };
        assert_eq!(half.give(shop), Ok(off(300)), "1.505 are left of each: 1.51");
        assert_eq!(given(1, 10_000, 4), off(3 * 301 + 900));
        assert_eq!(given(2, 10_000, 1), off(301));
        assert_eq!(given(6, 10_000, 1), Given::Unmet(Unmet::Quantity { missing: 1 }));
    }
}
