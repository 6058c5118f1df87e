//! Units of several kinds together for one price (组合价): a shirt and a tie for 299.

use super::{Base, Checked, Given, Kind, Nature, Part, Units, within};
use crate::base::money::{Money, MoneyError};
use crate::base::notation::Fields;
use crate::base::order;
use crate::pricing::conditions::Unmet;
use crate::pricing::selector::Selector;
use alloc::vec;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// The most parts of a bundle.
const PARTS_MAX: usize = 8;
/// The most units of a part.
const UNITS_MAX: u32 = 100;
/// The most bundles in a cart.
const TIMES_MAX: u32 = 100;

/// `{"bundle": {"of": [{"of": {"categories": ["shirts"]}, "units": 1}, …], "price": "299", "times": 1}}`.
///
/// A line is of the first part that it matches. Bundles are made of the dearest units of each part first, and only where
/// they cost more than the price. What comes off is shared among the units that bundles are made of: what is bought besides
/// costs what it costs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Bundle {
    /// What it is made of.
    pub of: Vec<Part>,
    /// What it costs, zero or more.
    pub price: Money,
    /// How many at most.
    pub times: u32,
}

impl Part {
    fn read(from: &mut impl Fields) -> Self {
        Self {
            of: from.object("of", Selector::read).unwrap_or_default(),
            units: from.count("units", 1, UNITS_MAX).unwrap_or(1),
        }
    }
}

/// The units of a part, dearest first, handed out one after the other.
struct Hand {
    lines: Vec<Held>,
}

/// Units of one line.
struct Held {
    at: usize,
    price: i64,
    left: u32,
    /// How many the bundle that is being made takes of them.
    taken: u32,
}

impl Hand {
    /// Takes the dearest units that are left, and says what they cost; `None` where there are too few.
    fn take(&mut self, mut units: u32) -> Option<i64> {
        let mut costs: i64 = 0;
        for line in &mut self.lines {
            line.taken = units.min(line.left);
            line.left -= line.taken;
            units -= line.taken;
            costs = costs.checked_add(line.price.checked_mul(i64::from(line.taken))?)?;
        }
        (units == 0).then_some(costs)
    }
}

impl Kind for Bundle {
    const NATURE: Nature = Nature::Units;

    fn read(from: &mut impl Fields) -> Self {
        from.require("of");
        Self {
            of: from.list("of", Part::read),
            price: from.required_amount("price"),
            times: from.count("times", 1, TIMES_MAX).unwrap_or(TIMES_MAX),
        }
    }

    fn check(&self) -> Checked {
        if self.of.is_empty() || self.of.len() > PARTS_MAX {
            return Err(("of", "names one to eight parts".into()));
        }
        self.of.iter().try_for_each(|part| within("of", part.units, 1, UNITS_MAX))?;
        if self.price < Money::ZERO {
            return Err(("price", "is zero or more".into()));
        }
        within("times", self.times, 1, TIMES_MAX)
    }

    fn give(&self, base: Base<'_>) -> Result<Given, MoneyError> {
        let mut hands: Vec<(u32, Hand)> = Vec::with_capacity(self.of.len());
        let mut missing = 0_u32;
        for (at, part) in self.of.iter().enumerate() {
            let of_it =
                base.units.iter().enumerate().filter(|(_, line)| line.part.map(usize::from) == Some(at));
            let held = |(at, line): (usize, &Units)| Held { at, price: line.price, left: line.count, taken: 0 };
            let mut lines: Vec<Held> = of_it.map(held).collect();
            order::sort_by(&mut lines, |one, other| other.price.cmp(&one.price));
            let there: u32 = lines.iter().map(|line| line.left).sum();
            missing = missing.saturating_add(part.units.saturating_sub(there));
            hands.push((part.units, Hand { lines }));
        }
        if missing > 0 {
            return Ok(Given::Unmet(Unmet::Quantity { missing }));
        }
        let mut off = Money::ZERO;
        let mut of_bundles = vec![0; base.units.len()];
        for _ in 0..self.times {
            let costs = hands.iter_mut().try_fold(0_i64, |sum, (units, hand)| sum.checked_add(hand.take(*units)?));
            let less = costs.map_or(0, |costs| costs - self.price.minor());
            if less <= 0 {
                break;
            }
            off = off.plus(Money::new(less)?)?;
            for line in hands.iter().flat_map(|(_, hand)| &hand.lines) {
                if let Some(costs) = of_bundles.get_mut(line.at) {
                    *costs += line.price * i64::from(line.taken);
                }
            }
        }
        Ok(Given::OffSome(off, of_bundles))
    }

    fn parts(&self) -> &[Part] {
        &self.of
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bundles_are_made_of_the_dearest_while_they_save() {
        let part = |units| Part { of: Selector::default(), units };
        let bundle = Bundle { of: vec![part(1), part(2)], price: Money::new(500).expect("in range"), times: 9 };
        let line = |price, count, part| Units { price, count, part: Some(part) };
        let given = |units: &[Units]| bundle.give(Base { units, ..Base::of(0) }).expect("a discount");
        let off = |minor, of: &[i64]| Given::OffSome(Money::new(minor).expect("in range"), of.to_vec());
        let units = [line(400, 1, 0), line(300, 2, 0), line(200, 3, 1), line(50, 3, 1)];
        // 400 + 200 + 200 saves 300; 300 + 200 + 50 saves 50; 300 + 50 + 50 is cheaper than the bundle.
        assert_eq!(given(&units), off(350, &[400, 300, 600, 50]), "of the units that they are made of");
        assert_eq!(given(&[line(400, 1, 0)]), Given::Unmet(Unmet::Quantity { missing: 2 }));
        assert_eq!(given(&[line(100, 1, 0), line(100, 2, 1)]), off(0, &[0, 0]));
    }
}
