//! How far a figure would wander if other sessions had come: standard errors by the bootstrap over whole groups.
//!
//! Queries of one session share a prefix, and those of one shopper a taste, so they are not independent: whole
//! groups are drawn again, with replacement, as many as there are (Davison and Hinkley, "Bootstrap Methods and their
//! Application", 1997, §3.8). Sums are whole numbers and chance is seeded, so the same lists give the same errors
//! everywhere. What is counted is the caller's: a [`Sum`] is a numerator over a denominator.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use rayon::prelude::*;

/// How often groups are drawn again.
pub(crate) const RESAMPLES: u64 = 1_000;

/// Figures are compared in billionths.
const BILLION: u128 = 1_000_000_000;

/// What one group adds to a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Sum {
    /// What was counted, such as hits.
    pub(crate) numerator: u64,
    /// Of how many.
    pub(crate) denominator: u64,
}

/// The standard error of each figure, in the unit of numerator over denominator. `groups` holds one row a group, each
/// with a sum a figure; rows of one table are equally long. 0 where there is nothing to draw from.
pub(crate) fn standard_errors(groups: &[Vec<Sum>]) -> Vec<f64> {
    let figures = groups.first().map_or(0, Vec::len);
    let resampled: Vec<Vec<u64>> =
        (0..RESAMPLES).into_par_iter().map(|number| resample(groups, figures, number)).collect();
    (0..figures)
        .map(|figure| {
            let values = resampled.iter().filter_map(|row| row.get(figure)).copied();
            deviation(values)
        })
        .collect()
}

/// One figure each of as many groups as there are, drawn with replacement, in billionths.
fn resample(groups: &[Vec<Sum>], figures: usize, number: u64) -> Vec<u64> {
    let mut chance = ChaCha8Rng::seed_from_u64(number);
    let mut sums = vec![(0_u64, 0_u64); figures];
    for _ in 0..groups.len() {
        let drawn = ((u64::from(chance.next_u32()) * groups.len() as u64) >> 32) as usize;
        for (sum, part) in sums.iter_mut().zip(groups.get(drawn).map_or(&[][..], Vec::as_slice)) {
            sum.0 += part.numerator;
            sum.1 += part.denominator;
        }
    }
    let figure = |(numerator, denominator): (u64, u64)| {
        (u128::from(numerator) * BILLION / u128::from(denominator.max(1))) as u64
    };
    sums.into_iter().map(figure).collect()
}

/// The standard deviation of figures in billionths, in ones.
fn deviation(values: impl Iterator<Item = u64> + Clone) -> f64 {
    let (mut count, mut sum, mut squares) = (0_u128, 0_u128, 0_u128);
    for value in values {
        count += 1;
        sum += u128::from(value);
        squares += u128::from(value) * u128::from(value);
    }
    if count < 2 {
        return 0.0;
    }
    let variance = (squares * count - sum * sum) / (count * (count - 1));
    variance.isqrt() as f64 / BILLION as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ones(hits: usize, of: usize) -> Vec<Vec<Sum>> {
        (0..of).map(|at| vec![Sum { numerator: u64::from(at < hits), denominator: 1 }]).collect()
    }

    #[test]
    fn independent_queries_give_the_binomial_error() {
        // √(0.3 × 0.7 / 400) = 0.0229; a thousand resamples tell it to about a fortieth.
        let error = standard_errors(&ones(120, 400))[0];
        assert!((error - 0.0229).abs() < 0.002, "{error}");
        assert_eq!(standard_errors(&ones(120, 400)), [error], "chance is seeded");
        assert!(standard_errors(&ones(400, 400))[0].abs() < 1e-12, "what always hits never wanders");
    }

    #[test]
    fn queries_that_stand_or_fall_together_wander_more() {
        let together: Vec<Vec<Sum>> =
            (0..100).map(|at| vec![Sum { numerator: if at < 30 { 4 } else { 0 }, denominator: 4 }]).collect();
        let (apart, together) = (standard_errors(&ones(120, 400))[0], standard_errors(&together)[0]);
        // Four at a time: a quarter as many draws, twice the error.
        assert!((together / apart - 2.0).abs() < 0.2, "{together} against {apart}");
    }

    #[test]
    fn nothing_has_no_error() {
        assert!(standard_errors(&[]).is_empty());
        assert_eq!(standard_errors(&[vec![Sum::default()]]), [0.0]);
    }
}
