//! Whether the intervals of estimates hold what they say: surveys of made-up shoppers whose true answers are known,
//! disguised by the engine's own randomisers and estimated by its own estimator.
//!
//! True answers are drawn up by Zipf's law (the second answer has half of the first's, and so on), the last answer has
//! nobody: frequent, rare and empty answers are all among them.

use anyhow::{Context, Result};
use indicatif::ProgressBar;
use rayon::prelude::*;
use serde::Serialize;
use windowshop::base::digest::Digest;
use windowshop::report::chance::Chance;
use windowshop::report::estimate::{QUANTILE_95, simulate};
use windowshop::report::{AnswerSpace, Asked, Question, Wording, estimate};

/// What so many reports tell of a question with so many answers.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Held {
    /// Answers of the question.
    pub(crate) answers: usize,
    /// Reports of each survey.
    pub(crate) reports: u64,
    /// Name of the randomiser.
    pub(crate) randomiser: String,
    /// Half the width that intervals of a rare answer say they have, in percentage points.
    pub(crate) claimed_points: f64,
    /// 1.96 times the spread of the estimates of the answer that nobody has, in percentage points.
    pub(crate) measured_points: f64,
    /// Mean error of the estimates over all answers, in standard errors of that mean: unbiased where it is small.
    pub(crate) bias: f64,
    /// Share of intervals that held the truth, over all answers but the empty one.
    pub(crate) covered: f64,
    /// The same for the empty answer, whose interval is cut at zero and can miss on one side only.
    pub(crate) covered_empty: f64,
}

/// Holds `rounds` surveys of `reports` shoppers each, on a question of `answers` answers at ε = 1.
///
/// # Errors
/// Where there are fewer than two answers or more than 256, or fewer reports than the minimum cohort.
pub(crate) fn hold(answers: usize, reports: u64, rounds: u32, progress: &ProgressBar) -> Result<Held> {
    let asked = asked(answers)?;
    let truths = truths(answers, reports);
    let surveys: Vec<Vec<Said>> = (0..rounds)
        .into_par_iter()
        .map(|round| {
            let said = survey(&asked, &truths, reports, round);
            progress.inc(1);
            said
        })
        .collect::<Result<_>>()?;
    let empty = answers - 1;
    let of = |answer: usize| surveys.iter().filter_map(move |survey| survey.get(answer));
    let spread = {
        let squares: f64 = of(empty).map(|said| said.error * said.error).sum();
        libm::sqrt(squares / f64::from(rounds))
    };
    let errors: Vec<f64> = surveys.iter().flatten().map(|said| said.error / said.standard_error).collect();
    let share = |held: &mut dyn Iterator<Item = &Said>| {
        let (all, held) =
            held.fold((0_u32, 0_u32), |(all, held), said| (all + 1, held + u32::from(said.held)));
        f64::from(held) / f64::from(all)
    };
    let points = |count: f64| 100.0 * count / reports as f64;
    let claimed = of(empty).map(|said| said.standard_error).sum::<f64>() / f64::from(rounds);
    Ok(Held {
        answers,
        reports,
        randomiser: asked.randomiser().name().into(),
        claimed_points: points(QUANTILE_95 * claimed),
        measured_points: points(QUANTILE_95 * spread),
        bias: errors.iter().sum::<f64>() / libm::sqrt(errors.len() as f64),
        covered: share(&mut (0..empty).flat_map(of)),
        covered_empty: share(&mut of(empty)),
    })
}

/// What a survey says of one answer.
struct Said {
    error: f64,
    standard_error: f64,
    held: bool,
}

fn survey(asked: &Asked, truths: &[u64], reports: u64, round: u32) -> Result<Vec<Said>> {
    let name = format!("survey {round} of {} answers and {reports} reports", truths.len());
    let mut chance = Chance::of_simulation(Digest::of(name.as_bytes()).0);
    let counts = simulate(asked, truths, &mut chance);
    let said = estimate(asked, reports, &counts)?;
    let pairs = said.answers.iter().zip(truths);
    Ok(pairs
        .map(|(said, truth)| Said {
            error: said.count - *truth as f64,
            standard_error: said.standard_error,
            held: said.low <= *truth as f64 && *truth as f64 <= said.high,
        })
        .collect())
}

/// How many shoppers have each answer: by Zipf's law, the rest of a division to the first, nobody the last.
fn truths(answers: usize, reports: u64) -> Vec<u64> {
    let harmonic: f64 = (1..answers).map(|rank| 1.0 / rank as f64).sum();
    let mut truths: Vec<u64> =
        (1..answers).map(|rank| (reports as f64 / (rank as f64 * harmonic)) as u64).collect();
    let rest = reports - truths.iter().sum::<u64>();
    if let Some(first) = truths.first_mut() {
        *first += rest;
    }
    truths.push(0);
    truths
}

fn asked(answers: usize) -> Result<Asked> {
    let words = Wording { en: "Which?".into(), zh: "哪个？".into() };
    let question = Question {
        id: "simulated".into(),
        answer: "stage".into(),
        domain: AnswerSpace::Labels((0..answers).map(|number| format!("answer-{number}")).collect()),
        epsilon_thousandths: 1_000,
        text: words.clone(),
        purpose: words,
        minimum_cohort: 100,
    };
    question
        .asked_among(std::iter::empty())
        .with_context(|| format!("{answers} answers cannot be asked about"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_hold_in_95_of_100_and_estimates_are_unbiased() {
        for answers in [2, 5, 12] {
            let held = hold(answers, 500, 400, &ProgressBar::hidden()).expect("holds");
            assert!(held.bias.abs() < 4.0, "{held:?}");
            // Four binomial deviations of 0.95 over 400 intervals of one answer.
            assert!((held.covered - 0.95).abs() < 0.044, "{held:?}");
            assert!(held.covered_empty > 0.94, "{held:?}");
            assert!((held.measured_points / held.claimed_points - 1.0).abs() < 0.15, "{held:?}");
        }
    }

    #[test]
    fn everybody_has_an_answer_and_nobody_the_last() {
        for answers in [2, 5, 256] {
            let truths = truths(answers, 10_000);
            assert_eq!(
                (truths.len(), truths.iter().sum::<u64>(), truths.last()),
                (answers, 10_000, Some(&0))
            );
        }
    }
}
