//! Estimates: what all reports to a question say together.
//!
//! With `n` reports of which `c` support an answer, p the odds that the true answer is supported and q those
//! of any other, the unbiased count is (c − nq) / (p − q) (Warner 1965 for two answers; Wang, Blocki, Li and
//! Jha, USENIX Security 2017, theorem 1). Its variance among these reporters is
//! nq(1−q)/(p−q)² + x(1−p−q)/(p−q) for a true count x (theorem 2), with the estimate standing in for x. The
//! interval is the normal one, cut to what is possible. It holds for each answer by itself, and speaks of those
//! who reported, not of all shoppers.

use super::chance::Chance;
use super::questions::Asked;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use serde::Serialize;

/// The normal distribution's quantile for intervals that hold in 95 of 100 cases.
pub const QUANTILE_95: f64 = 1.959_963_984_540_054;

/// What reports say of one answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AnswerEstimate {
    /// The answer.
    pub answer: String,
    /// Unbiased count of the reporters whose true answer it is; chance may put it below zero.
    pub count: f64,
    /// Standard error of the count.
    pub standard_error: f64,
    /// Lower end of the 95 % interval, at least 0.
    pub low: f64,
    /// Upper end of the 95 % interval, at most the number of reports.
    pub high: f64,
}

/// What reports say of a question.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Estimate {
    /// Id of the question.
    pub question: String,
    /// Edition of the question that was counted.
    pub edition: String,
    /// Name of the randomiser.
    pub randomiser: &'static str,
    /// The exact ε that each report spent.
    pub epsilon: f64,
    /// How many reports were counted.
    pub reports: u64,
    /// Every answer of the domain, in its order.
    pub answers: Vec<AnswerEstimate>,
}

/// Why there is no estimate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EstimateError {
    /// Fewer reports than the question's minimum cohort.
    #[error("there are {reports} of the {needed} reports that this question needs before anything is said")]
    TooFew {
        /// How many there are.
        reports: u64,
        /// How many are needed.
        needed: u32,
    },
    /// The counts are not of this question.
    #[error("{found} counts cannot belong to a question of {expected} answers and {reports} reports")]
    Counts {
        /// How many counts there are.
        found: usize,
        /// How many answers the question has.
        expected: usize,
        /// How many reports were counted.
        reports: u64,
    },
}

/// Estimates how many reporters gave each answer from `counts`: for each answer, in the domain's order, how many
/// of the `reports` support it.
///
/// # Errors
/// [`EstimateError::TooFew`] below the minimum cohort, [`EstimateError::Counts`] where the counts cannot be right.
pub fn estimate(asked: &Asked, reports: u64, counts: &[u64]) -> Result<Estimate, EstimateError> {
    let expected = asked.domain().size();
    if counts.len() != expected || counts.iter().any(|count| *count > reports) {
        return Err(EstimateError::Counts { found: counts.len(), expected, reports });
    }
    let needed = asked.question().minimum_cohort;
    if reports < u64::from(needed) {
        return Err(EstimateError::TooFew { reports, needed });
    }
    let odds = asked.randomiser().odds();
    let (p, q) = (odds.keep as f64 / odds.whole as f64, odds.invent as f64 / odds.whole as f64);
    let total = reports as f64;
    let answers = asked.domain().answers().iter().zip(counts).map(|(answer, count)| {
        let unbiased = (*count as f64 - total * q) / (p - q);
        let likely = unbiased.clamp(0.0, total);
        let variance = total * q * (1.0 - q) / ((p - q) * (p - q)) + likely * (1.0 - p - q) / (p - q);
        let standard_error = libm::sqrt(variance.max(0.0));
        AnswerEstimate {
            answer: answer.clone(),
            count: unbiased,
            standard_error,
            low: (unbiased - QUANTILE_95 * standard_error).clamp(0.0, total),
            high: (unbiased + QUANTILE_95 * standard_error).clamp(0.0, total),
        }
    });
    Ok(Estimate {
        question: asked.question().id.clone(),
        edition: asked.edition().into(),
        randomiser: asked.randomiser().name(),
        epsilon: asked.randomiser().exact_epsilon(),
        reports,
        answers: answers.collect(),
    })
}

/// Counts of a made-up survey, for simulations: what reports say whose true answers are known. `truths` are how many
/// reporters have each answer, in the domain's order.
pub fn simulate(asked: &Asked, truths: &[u64], chance: &mut Chance) -> Vec<u64> {
    let mut counts = vec![0; asked.domain().size()];
    for (truth, reporters) in truths.iter().enumerate() {
        for _ in 0..*reporters {
            let disguise = asked.randomiser().disguise(truth, chance);
            for (answer, count) in counts.iter_mut().enumerate() {
                *count += u64::from(asked.randomiser().supports(&disguise, answer));
            }
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::super::questions::tests::asked;
    use super::*;

    /// Runs `rounds` surveys and returns, for each answer, the mean estimate, the mean standard error, the spread
    /// of the estimates and the share of intervals that held the truth.
    fn survey(truths: &[u64], rounds: u32, seed: u8) -> Vec<(f64, f64, f64, f64)> {
        let asked = asked(truths.len());
        let mut chance = Chance::of_simulation([seed; 32]);
        let mut sums = vec![(0.0, 0.0, 0.0, 0.0); truths.len()];
        for _ in 0..rounds {
            let counts = simulate(&asked, truths, &mut chance);
            let said = estimate(&asked, truths.iter().sum(), &counts).expect("an estimate");
            for ((sum, answer), truth) in sums.iter_mut().zip(&said.answers).zip(truths) {
                let truth = *truth as f64;
                sum.0 += answer.count;
                sum.1 += answer.standard_error;
                sum.2 += (answer.count - truth) * (answer.count - truth);
                sum.3 += f64::from(u8::from(answer.low <= truth && truth <= answer.high));
            }
        }
        let rounds = f64::from(rounds);
        sums.into_iter()
            .map(|sum| (sum.0 / rounds, sum.1 / rounds, libm::sqrt(sum.2 / rounds), sum.3 / rounds))
            .collect()
    }

    #[test]
    fn estimates_are_unbiased_and_their_intervals_hold_in_95_of_100() {
        let surveys: [(&[u64], u8); 4] = [
            (&[150, 250], 1),
            (&[200, 100, 60, 30, 10], 2),
            (&[300, 40, 30, 20, 10, 0, 0, 0, 0, 0], 3),
            (&[300, 40, 30, 20, 10, 0, 0, 0, 0, 0, 0, 0], 4),
        ];
        let rounds = 1_500_u32;
        for (truths, seed) in surveys {
            for ((mean, error, spread, held), truth) in survey(truths, rounds, seed).into_iter().zip(truths) {
                let off = (mean - *truth as f64) / (spread / libm::sqrt(f64::from(rounds)));
                assert!(
                    off.abs() < 4.0,
                    "{} answers, true {truth}: mean {mean}, {off} deviations off",
                    truths.len()
                );
                assert!((error / spread - 1.0).abs() < 0.1, "standard error {error}, spread {spread}");
                // An interval around a count of zero is cut at zero, and can miss it on one side only.
                let expected = if *truth == 0 { 0.975 } else { 0.95 };
                // Binomial deviation of a share of 0.95 over 1,500 is 0.0056; four of them.
                assert!(
                    (held - expected).abs() < 0.023,
                    "{} answers, true {truth}: held {held}",
                    truths.len()
                );
            }
        }
    }

    /// For 50 answers at ε = 1 and 10,000 reports the standard error of a rare answer is 191.9
    /// (√(4e^ε/(e^ε−1)² · n), Wang et al. §4.3).
    #[test]
    fn the_standard_error_is_the_published_one() {
        let asked = asked(50);
        let odds = asked.randomiser().odds();
        let rare = 10_000 * odds.invent / odds.whole;
        let said = estimate(&asked, 10_000, &[rare; 50]).expect("an estimate");
        let error = said.answers.first().map(|answer| answer.standard_error).expect("an answer");
        assert!((error - 191.9).abs() < 0.1, "{error}");
    }

    /// What one dishonest report can do: the figure in docs/endpoint.md.
    #[test]
    fn one_report_of_all_ones_shifts_each_count_by_a_little_more_than_three() {
        let asked = asked(50);
        let count = |counts: &[u64; 50]| {
            estimate(&asked, 1_000, counts)
                .ok()
                .and_then(|said| said.answers.first().map(|answer| answer.count))
        };
        // It counts towards every answer, and takes the place of nobody: q is paid for one report more.
        let honest =
            estimate(&asked, 999, &[300; 50]).ok().and_then(|said| said.answers.first().map(|a| a.count));
        let shift = count(&[301; 50]).zip(honest).map(|(with, without)| with - without).expect("estimates");
        assert!((shift - 3.16).abs() < 0.01, "{shift}");
    }

    #[test]
    fn too_few_say_nothing() {
        let asked = asked(4);
        assert_eq!(estimate(&asked, 99, &[0; 4]), Err(EstimateError::TooFew { reports: 99, needed: 100 }));
        assert!(estimate(&asked, 100, &[25; 4]).is_ok());
        assert!(matches!(estimate(&asked, 100, &[25; 3]), Err(EstimateError::Counts { .. })));
        assert!(matches!(estimate(&asked, 100, &[101, 0, 0, 0]), Err(EstimateError::Counts { .. })));
    }
}
