//! Scores: the mean of a value among those who answered a question, from randomised reports.
//!
//! Each answer has a value, such as 100 for *very satisfied*, and those whose answer has none did not answer. The mean is a
//! ratio over the unbiased counts of [`super::estimate`]: R = Σvₐxₐ / T, with Σ over the answers that have a value and T, the
//! number of those who answered, as all n reporters without those of the answers that have none: with unary encoding that
//! varies far less than the sum of the others. Its standard error is the delta method's (Cochran, Sampling Techniques, 3rd ed.
//! 1977, §2.11): that of Σvₐxₐ − RT, over T.
//! The counts of one question move together, so the variance of that sum is worked out of what a single disguise supports:
//! exactly one answer with k-ary response, each answer by itself with unary encoding. As with every estimate, the interval
//! speaks of those who reported, and the estimated counts stand in for the true ones.
//!
//! The delta method holds where the lower sum is well away from zero: below [`ANSWERED_ERRORS`] of its own standard errors
//! nothing is said.

use super::estimate::{Estimate, EstimateError, QUANTILE_95, estimate};
use super::questions::Asked;
use super::randomisers::Randomiser;
use alloc::vec::Vec;

/// How many standard errors away from zero the number of those who answered has to be. At five a ratio's bias and the skew
/// of its distribution are small beside its standard error (Cochran, §6.8: a coefficient of variation below 0.2 or so).
pub const ANSWERED_ERRORS: f64 = 5.0;

/// A mean among those who answered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mean {
    /// The mean.
    pub value: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// Lower end of the 95 % interval, at least the least value.
    pub low: f64,
    /// Upper end of the 95 % interval, at most the greatest value.
    pub high: f64,
    /// How many of the reporters answered, by estimate.
    pub answered: f64,
}

/// Why there is no mean.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ScoreError {
    /// There is no estimate.
    #[error(transparent)]
    Estimate(#[from] EstimateError),
    /// Too few of the reporters answered for a mean among them.
    #[error(
        "about {answered:.0} of {reports} reporters answered, give or take {error:.0}: too few for a mean among them"
    )]
    Answered {
        /// How many answered, by estimate.
        answered: f64,
        /// Standard error of that.
        error: f64,
        /// How many reported.
        reports: u64,
    },
}

/// The mean of `value` among the reporters whose answer has one, from `counts` as [`estimate`] takes them.
///
/// # Errors
/// [`ScoreError`] where there is no estimate, or too few answered.
pub fn mean_of_answered(
    asked: &Asked,
    reports: u64,
    counts: &[u64],
    value: impl Fn(&str) -> Option<f64>,
) -> Result<Mean, ScoreError> {
    let said = estimate(asked, reports, counts)?;
    let values: Vec<Option<f64>> = asked.domain().answers().iter().map(|answer| value(answer)).collect();
    // Weights of the answers: their values, or what stands for those that have none.
    let weights = |values_weigh: f64, others: f64| -> Vec<f64> {
        values.iter().map(|value| value.map_or(others, |value| value * values_weigh)).collect()
    };
    let sum = |weights: &[f64]| -> f64 {
        said.answers.iter().zip(weights).map(|(of, weight)| weight * of.count).sum()
    };
    let answered = reports as f64 - sum(&weights(0.0, 1.0));
    let answered_error = error_of_sum(asked, &said, &weights(0.0, 1.0));
    // Written so that nothing at all, and what is no number, is too few.
    if !(answered > 0.0 && answered >= ANSWERED_ERRORS * answered_error) {
        return Err(ScoreError::Answered { answered: answered.max(0.0), error: answered_error, reports });
    }
    let mean = sum(&weights(1.0, 0.0)) / answered;
    let standard_error = error_of_sum(asked, &said, &weights(1.0, mean)) / answered;
    let known = || values.iter().copied().flatten();
    let (least, greatest) =
        (known().fold(f64::INFINITY, f64::min), known().fold(f64::NEG_INFINITY, f64::max));
    let within = |value: f64| value.max(least).min(greatest);
    Ok(Mean {
        value: within(mean),
        standard_error,
        low: within(mean - QUANTILE_95 * standard_error),
        high: within(mean + QUANTILE_95 * standard_error),
        answered,
    })
}

/// The standard error of Σwₐxₐ over the unbiased counts xₐ.
fn error_of_sum(asked: &Asked, said: &Estimate, weights: &[f64]) -> f64 {
    let odds = asked.randomiser().odds();
    let (p, q) = (odds.keep as f64 / odds.whole as f64, odds.invent as f64 / odds.whole as f64);
    let all: f64 = weights.iter().sum();
    let all_squares: f64 = weights.iter().map(|weight| weight * weight).sum();
    // The variance of what one disguise of the answer with this weight adds to Σwₐcₐ.
    let of_one = |weight: f64| match asked.randomiser() {
        Randomiser::KaryResponse(_) => {
            let mean = q * all + (p - q) * weight;
            q * all_squares + (p - q) * weight * weight - mean * mean
        }
        Randomiser::UnaryEncoding(_) => {
            q * (1.0 - q) * all_squares + (p * (1.0 - p) - q * (1.0 - q)) * weight * weight
        }
    };
    let reports = said.reports as f64;
    let likely = said.answers.iter().map(|of| of.count.clamp(0.0, reports));
    let variance: f64 = likely.zip(weights).map(|(count, weight)| count * of_one(*weight)).sum();
    libm::sqrt(variance.max(0.0)) / (p - q)
}

#[cfg(test)]
mod tests {
    use super::super::chance::Chance;
    use super::super::estimate::simulate;
    use super::super::questions::tests::asked;
    use super::*;

    /// The value of answer `a0`, `a1`, … of a question whose last answer has none.
    fn value(answers: usize) -> impl Fn(&str) -> Option<f64> {
        move |answer| {
            let place: usize = answer.strip_prefix('a')?.parse().ok()?;
            (place + 1 < answers).then(|| 100.0 - 100.0 * place as f64 / (answers - 2) as f64)
        }
    }

    /// Over many surveys of the same shoppers: mean of the means, spread, mean standard error, share of intervals that held.
    fn survey(truths: &[u64], rounds: u32, seed: u8) -> (f64, f64, f64, f64) {
        let asked = asked(truths.len());
        let mut chance = Chance::of_simulation([seed; 32]);
        let value = value(truths.len());
        let (mut upper, mut lower) = (0.0, 0.0);
        for (answer, count) in asked.domain().answers().iter().zip(truths) {
            if let Some(value) = value(answer) {
                upper += value * *count as f64;
                lower += *count as f64;
            }
        }
        let truth = upper / lower;
        let (mut sum, mut squares, mut errors, mut held) = (0.0, 0.0, 0.0, 0.0);
        for _ in 0..rounds {
            let counts = simulate(&asked, truths, &mut chance);
            let mean = mean_of_answered(&asked, truths.iter().sum(), &counts, &value).expect("a mean");
            sum += mean.value - truth;
            squares += (mean.value - truth) * (mean.value - truth);
            errors += mean.standard_error;
            held += f64::from(u8::from(mean.low <= truth && truth <= mean.high));
        }
        let rounds = f64::from(rounds);
        (sum / rounds, libm::sqrt(squares / rounds), errors / rounds, held / rounds)
    }

    #[test]
    fn means_are_right_and_their_intervals_hold_in_95_of_100() {
        // Five answers and none with k-ary response; eleven and none with unary encoding.
        let surveys: [(&[u64], u8); 3] = [
            (&[900, 1_500, 300, 200, 100, 1_000], 1),
            (&[200, 300, 400, 300, 200, 2_600], 2),
            (&[600, 900, 300, 200, 100, 100, 100, 100, 100, 100, 100, 1_300], 3),
        ];
        for (truths, seed) in surveys {
            let (off, spread, error, held) = survey(truths, 500, seed);
            assert!(off.abs() < 0.2 * spread, "{truths:?}: off by {off} with a spread of {spread}");
            assert!((error / spread - 1.0).abs() < 0.12, "standard error {error}, spread {spread}");
            // A share of 0.95 over 500 has a deviation of 0.0098; four of them.
            assert!((held - 0.95).abs() < 0.039, "{truths:?}: held {held}");
        }
    }

    #[test]
    fn where_all_answered_alike_the_mean_is_that_answer() {
        let asked = asked(6);
        let odds = asked.randomiser().odds();
        let exact = |share: u64| 600_000 * share / odds.whole;
        let counts = [odds.invent, odds.keep, odds.invent, odds.invent, odds.invent, odds.invent].map(exact);
        let mean = mean_of_answered(&asked, 600_000, &counts, value(6)).expect("a mean");
        assert!((mean.value - 75.0).abs() < 0.1 && mean.low < 75.0 && 75.0 < mean.high, "{mean:?}");
        assert!((mean.answered - 600_000.0).abs() < 60.0, "{mean:?}");
    }

    #[test]
    fn too_few_say_nothing() {
        let asked = asked(6);
        let few = mean_of_answered(&asked, 99, &[16; 6], value(6));
        assert!(matches!(few, Err(ScoreError::Estimate(EstimateError::TooFew { .. }))));
        let odds = asked.randomiser().odds();
        let exact = |share: u64| 1_000 * share / odds.whole;
        let [i, k] = [odds.invent, odds.keep].map(exact);
        let nobody = mean_of_answered(&asked, 1_000, &[i, i, i, i, i, k], value(6));
        assert!(matches!(nobody, Err(ScoreError::Answered { reports: 1_000, .. })), "{nobody:?}");
        let valueless = mean_of_answered(&asked, 1_000, &[i, k, i, i, i, i + 3], |_| None);
        assert!(matches!(valueless, Err(ScoreError::Answered { .. })), "{valueless:?}");
    }
}
