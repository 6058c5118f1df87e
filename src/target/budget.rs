//! What a coupon is worth beside what it costs.
//!
//! One number stands for the whole budget: its price λ, what a unit of money spent must bring in. A coupon is
//! worth its expected value less λ times its expected cost, and is surfaced where that is more than nothing.
//! So the shop steers spending by sending everybody another λ, and no tab need know what others spent
//! (multiple-choice knapsack by its Lagrangian dual; anchors: Albert & Goldenberg, CIKM 2022).

use super::campaign::Coupon;
use super::model::ONE;
use crate::shopper::Figures;

/// A price of budget of one, in the unit packs carry: a unit spent must bring in a unit.
pub const PRICE_ONE: u32 = 1_000_000;

/// What surfacing a coupon is worth to a shopper of these figures, in billionths of a thousandth of a minor unit. Exact.
pub fn worth(coupon: &Coupon, price: u32, figures: &Figures) -> i128 {
    let whole = i128::from(ONE);
    let (gained, used) = coupon.model.as_ref().map_or((whole, whole), |model| {
        let uses = model.uses.chance(figures);
        (i128::from((uses - model.anyway.chance(figures)).max(0)), i128::from(uses))
    });
    i128::from(coupon.value.minor()) * i128::from(PRICE_ONE) * gained
        - i128::from(coupon.cost.minor()) * i128::from(price) * used
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::money::{AMOUNT_MAX, Money};
    use crate::target::model::{Card, Model};

    #[test]
    fn a_dearer_budget_turns_a_coupon_down() {
        let money = |minor| Money::new(minor).expect("in range");
        let coupon = Coupon { promotion: "p".into(), value: money(900), cost: money(600), model: None };
        let of = |coupon: &Coupon, price| worth(coupon, price, &Figures::default());
        assert_eq!(of(&coupon, 0), 900_000_000_000_000);
        assert_eq!(of(&coupon, PRICE_ONE), 300_000_000_000_000);
        assert_eq!(of(&coupon, PRICE_ONE * 3 / 2), 0);
        let largest =
            Coupon { promotion: "p".into(), value: Money::ZERO, cost: money(AMOUNT_MAX), model: None };
        assert!(of(&largest, u32::MAX) < 0, "the largest amounts do not overflow");
    }

    #[test]
    fn a_coupon_to_somebody_who_buys_anyway_costs_and_brings_nothing() {
        let money = |minor| Money::new(minor).expect("in range");
        let card = |constant| Card { constant, terms: alloc::vec![] };
        let coupon = |anyway| Coupon {
            promotion: "p".into(),
            value: money(6_000),
            cost: money(3_000),
            model: Some(Model { uses: card(0), anyway: card(anyway) }),
        };
        let of = |anyway| worth(&coupon(anyway), PRICE_ONE, &Figures::default());
        assert!(of(0) < 0, "half come anyway, and half with the coupon");
        assert!(of(-3_000) > 0, "few come anyway");
    }
}
