//! The price of a budget: one number λ that says what a unit of money must bring in, so that tabs that know nothing of
//! each other spend what was planned.
//!
//! [`price`] finds it by bisection from a sample of shoppers (the Lagrangian dual of the multiple-choice knapsack: Sinha
//! and Zoltners, "The Multiple-Choice Knapsack Problem", 1979); [`next`] corrects it by what was spent since;
//! [`exact`] is what an all-knowing shop could get, for the measure.

/// What one shopper could be offered: cost and value of each; nothing at no cost is always one of them.
pub(crate) type Options = Vec<(u32, f64)>;

/// The option that a tab takes at a price: the one worth most beside its cost, nothing where none is worth it.
pub(crate) fn taken(options: &[(u32, f64)], price: f64) -> (u32, f64) {
    let worth = |option: &(u32, f64)| option.1 - price * f64::from(option.0);
    let best = options.iter().filter(|option| worth(option) > 0.0);
    best.max_by(|a, b| worth(a).total_cmp(&worth(b))).copied().unwrap_or((0, 0.0))
}

/// What is spent and what it brings at a price.
pub(crate) fn spent(shoppers: &[Options], price: f64) -> (f64, f64) {
    let all = shoppers.iter().map(|options| taken(options, price));
    all.fold((0.0, 0.0), |sum, (cost, value)| (sum.0 + f64::from(cost), sum.1 + value))
}

/// The lowest price at which the sample spends no more than `budget`.
pub(crate) fn price(sample: &[Options], budget: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    if spent(sample, low).0 <= budget {
        return low;
    }
    while spent(sample, high).0 > budget && high < 1e9 {
        high *= 2.0;
    }
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if spent(sample, middle).0 > budget {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

/// How strongly a day's deviation moves the price.
const GAIN: f64 = 0.4;

/// The price for the next day, after a day on which `spent` went where `due` was to: what is due is what is left of the
/// plan over the days that are left.
pub(crate) fn next(price: f64, spent: f64, due: f64) -> f64 {
    let off = ((spent - due) / due.max(1e-9)).clamp(-1.0, 1.0);
    price.max(1e-6) * libm::exp(GAIN * off)
}

/// The most that a budget can bring, by dynamic programming over every unit of it.
pub(crate) fn exact(shoppers: &[Options], budget: usize) -> f64 {
    let mut best = vec![0.0_f64; budget + 1];
    for options in shoppers {
        // From above, so that a shopper's options are counted once.
        for money in (0..=budget).rev() {
            let with = options.iter().filter_map(|(cost, value)| {
                let left = money.checked_sub(*cost as usize)?;
                Some(best.get(left).copied().unwrap_or_default() + value)
            });
            let most = with.fold(best.get(money).copied().unwrap_or_default(), f64::max);
            if let Some(slot) = best.get_mut(money) {
                *slot = most;
            }
        }
    }
    best.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_spends_the_budget_on_what_brings_most() {
        let shoppers: Vec<Options> = vec![vec![(10, 30.0), (20, 35.0)], vec![(10, 12.0)], vec![(10, 5.0)]];
        assert!((exact(&shoppers, 20) - 42.0).abs() < 1e-9);
        let at = price(&shoppers, 20.0);
        assert_eq!(spent(&shoppers, at), (20.0, 42.0));
        assert_eq!(spent(&shoppers, 0.0), (40.0, 52.0));
        assert!(price(&shoppers, 100.0) < 1e-9, "where there is enough nothing is turned down");
    }

    #[test]
    fn whoever_spends_too_much_pays_more() {
        assert!(next(1.0, 120.0, 100.0) > 1.0);
        assert!(next(1.0, 80.0, 100.0) < 1.0);
        assert!((next(1.0, 100.0, 100.0) - 1.0).abs() < 1e-9);
    }
}
