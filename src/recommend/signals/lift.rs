//! How far looks lift a brand, a category or a price above the ordinary.
//!
//! With P looks at a value, G its share among what everybody looks at and k looks assumed of the ordinary, the
//! smoothed lift over what was never looked at is (P + kG) / kG, and its logarithm ln(1 + P / kG) adds up with
//! those of other attributes. (A naive-Bayes log-odds with a Dirichlet prior: Jurafsky and Martin, Speech and
//! Language Processing, 3rd ed. draft, §4; measured in docs/quality.md.)

use super::weighted;
use crate::catalogue::writer::PRIOR_ONE;
use crate::shopper::affinity::LOOK;
use alloc::vec;
use alloc::vec::Vec;

/// The logarithm of the lift in millionths. `looks` in [`LOOK`]s, `prior` in billionths, `smoothing` in
/// thousandths of a look. Nothing looked at gives 0.
pub(super) fn log_lift(looks: i64, prior: u32, smoothing: u32) -> i64 {
    if looks <= 0 {
        return 0;
    }
    let looked = looks as f64 / LOOK as f64;
    let ordinary = f64::from(prior.max(1)) / f64::from(PRIOR_ONE) * (f64::from(smoothing.max(1)) / 1_000.0);
    libm::round(libm::log1p(looked / ordinary) * 1_000_000.0) as i64
}

/// What looks say of each value of a fact, weighed: `find` gives the row of a value, `priors` has one a row.
pub(super) fn lift_table(
    looks: &[(&str, i64)],
    priors: &[u32],
    smoothing: u32,
    weight: i32,
    find: impl Fn(&str) -> Option<usize>,
) -> Vec<i32> {
    let mut table = vec![0; priors.len()];
    for (value, looks) in looks {
        let Some(row) = find(value) else { continue };
        if let (Some(slot), Some(prior)) = (table.get_mut(row), priors.get(row)) {
            *slot = weighted(log_lift(*looks, *prior, smoothing), weight);
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_things_say_more() {
        // One look, k = 5: at a share of 1 % ln(1 + 1/0.05) = ln 21, at 50 % ln(1 + 1/2.5) = ln 1.4.
        assert_eq!(log_lift(LOOK, 10_000_000, 5_000), 3_044_522);
        assert_eq!(log_lift(LOOK, 500_000_000, 5_000), 336_472);
        assert_eq!(log_lift(0, 1, 5_000), 0);
        assert!(log_lift(i64::MAX, 0, 0) > 0);
    }
}
