//! What a coupon is worth beside what it costs.
//!
//! One number stands for the whole budget: its price λ, what a unit of money spent must bring in. A coupon is
//! worth its expected value less λ times its expected cost, and is surfaced where that is more than nothing.
//! So the shop steers spending by sending everybody another λ, and no tab need know what others spent
//! (multiple-choice knapsack by its Lagrangian dual; anchors: Albert & Goldenberg, CIKM 2022).

use super::campaign::Coupon;

/// A price of budget of one, in the unit packs carry: a unit spent must bring in a unit.
pub const PRICE_ONE: u32 = 1_000_000;

/// What surfacing a coupon is worth, in millionths of a minor unit. Exact.
pub fn worth(coupon: &Coupon, price: u32) -> i128 {
    i128::from(coupon.value.minor()) * i128::from(PRICE_ONE)
        - i128::from(coupon.cost.minor()) * i128::from(price)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::money::{AMOUNT_MAX, Money};

    #[test]
    fn a_dearer_budget_turns_a_coupon_down() {
        let money = |minor| Money::new(minor).expect("in range");
        let coupon = Coupon { promotion: "p".into(), value: money(900), cost: money(600) };
        assert_eq!(worth(&coupon, 0), 900_000_000);
        assert_eq!(worth(&coupon, PRICE_ONE), 300_000_000);
        assert_eq!(worth(&coupon, PRICE_ONE * 3 / 2), 0);
        let largest = Coupon { promotion: "p".into(), value: Money::ZERO, cost: money(AMOUNT_MAX) };
        assert!(worth(&largest, u32::MAX) < 0, "the largest amounts do not overflow");
    }
}
