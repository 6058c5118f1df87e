//! Whether one price keeps a budget: a simulated month whose response drifts, and what is lost beside an all-knowing shop.
//!
//! Shoppers are made up: each has a chance to answer that differs and six levels of coupon, dearer ones moving more. The
//! price is found from a sample of one day, and corrected daily by what was spent; answers drift by a third within the
//! month, and on three days three times as many come.

use crate::fitting::budget::{Options, exact, next, price, spent, taken};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use serde::Serialize;

/// Days of the month, shoppers of a usual day, levels of a coupon.
const DAYS: usize = 30;
const SHOPPERS: usize = 2_000;
const LEVELS: u32 = 6;
/// Days on which three times as many come.
const PEAKS: [usize; 3] = [10, 11, 25];
/// What is planned a shopper, in units of money.
const PLANNED: f64 = 2.0;
/// Shoppers that the knapsack is worked out for exactly.
const EXACT: usize = 1_000;
/// What an order leaves before the coupon, in units of money.
const MARGIN: f64 = 60.0;
const SEEDS: u64 = 10;

/// What was found, each the worst of the simulated months.
#[derive(Debug, Serialize)]
pub(crate) struct Evaluation {
    /// Months simulated.
    pub(crate) months: u64,
    /// The least that a price brought of what an all-knowing shop could get.
    pub(crate) share_of_exact: f64,
    /// The furthest that spending was from the plan at the month's end, as a part of it.
    pub(crate) off_plan: f64,
    /// The same where the price of the first day is kept all month.
    pub(crate) off_plan_uncorrected: f64,
}

/// Simulates.
pub(crate) fn evaluate() -> Evaluation {
    let mut found =
        Evaluation { months: SEEDS, share_of_exact: 1.0, off_plan: 0.0, off_plan_uncorrected: 0.0 };
    for seed in 0..SEEDS {
        let mut chance = ChaCha8Rng::seed_from_u64(seed);
        let sample = shoppers(&mut chance, SHOPPERS, 1.0);
        let few = shoppers(&mut chance, EXACT, 1.0);
        let budget = PLANNED * EXACT as f64;
        let brought = spent(&few, price(&few, budget)).1;
        found.share_of_exact = found.share_of_exact.min(brought / exact(&few, budget as usize));
        let first = price(&sample, PLANNED * SHOPPERS as f64);
        found.off_plan = found.off_plan.max(month(seed, first, true));
        found.off_plan_uncorrected = found.off_plan_uncorrected.max(month(seed, first, false));
    }
    found
}

/// How far a month's spending is off its plan in the end.
fn month(seed: u64, first: f64, corrected: bool) -> f64 {
    let mut chance = ChaCha8Rng::seed_from_u64(seed ^ 0x00b0_d6e7);
    let plan = PLANNED * SHOPPERS as f64 * DAYS as f64;
    let visitors = |day: usize| if PEAKS.contains(&day) { 3 * SHOPPERS } else { SHOPPERS };
    let all: usize = (0..DAYS).map(visitors).sum();
    let (mut paid, mut at, mut came) = (0.0, first, 0);
    for day in 0..DAYS {
        // Response drifts by a third up and down again within the month.
        let drift = 1.0 + libm::sin(day as f64 / DAYS as f64 * core::f64::consts::TAU) / 3.0;
        let today = shoppers(&mut chance, visitors(day), drift);
        // A coupon costs when it is used: surfaced is planned by the chance, paid by the coin.
        let mut cost = 0.0;
        for options in &today {
            let (expected, _) = taken(options, at);
            cost += f64::from(expected) * (0.5 + unit(&mut chance));
        }
        let due = (plan - paid).max(0.0) * visitors(day) as f64 / (all - came) as f64;
        paid += cost;
        came += visitors(day);
        if corrected {
            at = next(at, cost, due);
        }
    }
    (paid / plan - 1.0).abs()
}

fn unit(chance: &mut ChaCha8Rng) -> f64 {
    f64::from(chance.next_u32()) / 4_294_967_296.0
}

/// Made-up shoppers: level by level a coupon costs more and moves more, the first step most.
fn shoppers(chance: &mut ChaCha8Rng, count: usize, drift: f64) -> Vec<Options> {
    let one = |chance: &mut ChaCha8Rng| -> Options {
        let (anyway, movable) = (unit(chance) * unit(chance), unit(chance) * drift);
        (1..=LEVELS)
            .map(|level| {
                let moved = movable * (1.0 - libm::exp(-f64::from(level) / 3.0)) * (1.0 - anyway);
                let used = (anyway + moved).min(1.0);
                (libm::ceil(f64::from(level) * 4.0 * used) as u32, moved * MARGIN)
            })
            .collect()
    };
    (0..count).map(|_| one(chance)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plan_is_kept_where_an_uncorrected_price_does_not() {
        let found = evaluate();
        assert!(found.share_of_exact >= 0.99, "{found:?}");
        assert!(found.off_plan <= 0.02, "{found:?}");
        assert!(found.off_plan_uncorrected > found.off_plan, "{found:?}");
    }
}
