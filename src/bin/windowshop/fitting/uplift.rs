//! Whom an offer moves, and not only who buys: four ways to rank shoppers, all from linear models, and what a ranking is
//! worth on a randomised test.
//!
//! The response model ranks by the chance to answer when treated. S-, T- and X-learner rank by the difference that
//! treatment makes (Künzel et al., "Metalearners for estimating heterogeneous treatment effects", PNAS 116, 2019). The Qini
//! coefficient is the area between a ranking's curve and the straight line of chance, over that of a perfect ranking
//! (Radcliffe, "Using control groups to target on predicted lift", 2007; normalised as scikit-uplift 0.5 does).

use super::linear::{Linear, least_squares, logistic};
use serde::Serialize;

/// The penalty of weights.
const RIDGE: f64 = 1.0;

/// A shopper of a randomised test.
#[derive(Debug, Clone)]
pub(crate) struct Trial {
    /// What was known before.
    pub(crate) features: Vec<f64>,
    /// Whether the offer was shown.
    pub(crate) treated: bool,
    /// 1 where the shopper answered, else 0.
    pub(crate) answer: f64,
}

/// How shoppers are ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Learner {
    /// By the chance to answer when treated.
    Response,
    /// One model with the treatment and its products with the features.
    S,
    /// A model each for treated and held out.
    T,
    /// Models of the differences that a T-learner leaves.
    X,
}

impl Learner {
    /// All of them.
    pub(crate) const ALL: [Self; 4] = [Self::Response, Self::S, Self::T, Self::X];

    /// Its name in tables.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Response => "response",
            Self::S => "S-learner",
            Self::T => "T-learner",
            Self::X => "X-learner",
        }
    }

    /// Fits to a test.
    pub(crate) fn fit(self, trials: &[Trial]) -> Ranking {
        let part = |treated: bool| -> (Vec<&[f64]>, Vec<f64>) {
            let of = trials.iter().filter(|trial| trial.treated == treated);
            of.map(|trial| (trial.features.as_slice(), trial.answer)).unzip()
        };
        let model = |(rows, answers): &(Vec<&[f64]>, Vec<f64>)| logistic(rows, answers, RIDGE);
        let (treated, held_out) = (part(true), part(false));
        match self {
            Self::Response => {
                // In the unit of the others: as if the offer moved everybody in proportion to their own chance.
                let rate = |(_, answers): &(Vec<&[f64]>, Vec<f64>)| {
                    answers.iter().sum::<f64>() / answers.len().max(1) as f64
                };
                let part = (rate(&treated) - rate(&held_out)) / rate(&treated).max(f64::MIN_POSITIVE);
                Ranking::Response(model(&treated), part.max(f64::MIN_POSITIVE))
            }
            Self::T => Ranking::Difference(model(&treated), model(&held_out)),
            Self::S => {
                let rows: Vec<Vec<f64>> =
                    trials.iter().map(|trial| crossed(&trial.features, trial.treated)).collect();
                let answers: Vec<f64> = trials.iter().map(|trial| trial.answer).collect();
                Ranking::Crossed(logistic(&rows, &answers, RIDGE))
            }
            Self::X => {
                let (with, without) = (model(&treated), model(&held_out));
                let missed = |(rows, answers): &(Vec<&[f64]>, Vec<f64>), other: &Linear, sign: f64| {
                    let rest: Vec<f64> = rows
                        .iter()
                        .zip(answers)
                        .map(|(row, answer)| sign * (answer - other.chance(row)))
                        .collect();
                    least_squares(rows, &rest, RIDGE)
                };
                let share = treated.0.len() as f64 / trials.len().max(1) as f64;
                Ranking::Blend(missed(&treated, &without, 1.0), missed(&held_out, &with, -1.0), share)
            }
        }
    }
}

/// Features, the treatment, and their products.
fn crossed(features: &[f64], treated: bool) -> Vec<f64> {
    let by = f64::from(u8::from(treated));
    features.iter().copied().chain([by]).chain(features.iter().map(|value| value * by)).collect()
}

/// A fitted ranking.
#[derive(Debug, Clone)]
pub(crate) enum Ranking {
    /// The chance when treated, and the part of it that the treatment made on average.
    Response(Linear, f64),
    /// The chance when treated less that when held out.
    Difference(Linear, Linear),
    /// The same from one model.
    Crossed(Linear),
    /// Two models of the difference, from the treated and from those held out, and the share of the treated.
    Blend(Linear, Linear, f64),
}

impl Ranking {
    /// What a shopper is ranked by, larger first.
    pub(crate) fn score(&self, features: &[f64]) -> f64 {
        match self {
            Self::Response(model, part) => part * model.chance(features),
            Self::Difference(with, without) => with.chance(features) - without.chance(features),
            Self::Crossed(model) => {
                model.chance(&crossed(features, true)) - model.chance(&crossed(features, false))
            }
            Self::Blend(of_treated, of_held_out, share) => {
                share * of_held_out.of(features) + (1.0 - share) * of_treated.of(features)
            }
        }
    }
}

/// What came of one shopper and where they were ranked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Outcome {
    /// What the shopper was ranked by.
    pub(crate) score: f64,
    /// Whether the offer was shown.
    pub(crate) treated: bool,
    /// 1 where the shopper answered, else 0.
    pub(crate) answer: f64,
}

/// Counts of the shoppers so far along a ranking.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    treated: f64,
    held_out: f64,
    treated_answers: f64,
    held_out_answers: f64,
}

impl Counts {
    fn add(&mut self, of: &Outcome) {
        if of.treated {
            self.treated += 1.0;
            self.treated_answers += of.answer;
        } else {
            self.held_out += 1.0;
            self.held_out_answers += of.answer;
        }
    }

    /// Answers beyond those that would have come anyway.
    fn gained(&self) -> f64 {
        let anyway =
            if self.held_out > 0.0 { self.treated / self.held_out * self.held_out_answers } else { 0.0 };
        self.treated_answers - anyway
    }

    fn all(&self) -> f64 {
        self.treated + self.held_out
    }
}

/// The Qini coefficient of a ranking: 0 is chance, 1 perfect.
pub(crate) fn qini(outcomes: &[Outcome]) -> f64 {
    let area = |outcomes: &[Outcome]| {
        let mut sorted = outcomes.to_vec();
        sorted.sort_by(|a, b| b.score.total_cmp(&a.score));
        let (mut counts, mut before, mut area) = (Counts::default(), (0.0, 0.0), 0.0);
        for group in sorted.chunk_by(|a, b| a.score.total_cmp(&b.score).is_eq()) {
            for outcome in group {
                counts.add(outcome);
            }
            let point = (counts.all(), counts.gained());
            area += (point.0 - before.0) * (point.1 + before.1) / 2.0;
            before = point;
        }
        (area, before.0 * before.1 / 2.0)
    };
    let perfect: Vec<Outcome> = outcomes
        .iter()
        .map(|of| Outcome { score: if of.treated { of.answer } else { -of.answer }, ..*of })
        .collect();
    let ((own, chance), (best, _)) = (area(outcomes), area(&perfect));
    if (best - chance).abs() > 0.0 { (own - chance) / (best - chance) } else { 0.0 }
}

/// The effect among the best `share` of a ranking: the rate of the treated less that of those held out.
pub(crate) fn uplift_at(outcomes: &[Outcome], share: f64) -> f64 {
    let mut sorted = outcomes.to_vec();
    sorted.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut counts = Counts::default();
    let first = (sorted.len() as f64 * share) as usize;
    for outcome in sorted.iter().take(first) {
        counts.add(outcome);
    }
    counts.treated_answers / counts.treated.max(1.0) - counts.held_out_answers / counts.held_out.max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcomes(score: impl Fn(bool) -> f64) -> Vec<Outcome> {
        // Half can be moved: treated they answer, held out they do not. The others never do.
        let all = (0..400).map(|at| {
            let (movable, treated) = (at % 2 == 0, at / 2 % 2 == 0);
            Outcome { score: score(movable), treated, answer: f64::from(u8::from(movable && treated)) }
        });
        all.collect()
    }

    #[test]
    fn a_ranking_by_who_is_moved_is_better_than_chance_and_its_reverse_worse() {
        let right = outcomes(|movable| f64::from(u8::from(movable)));
        let wrong = outcomes(|movable| f64::from(u8::from(!movable)));
        assert!(qini(&right) > 0.4, "{}", qini(&right));
        assert!(qini(&wrong) < -0.4);
        assert!(qini(&outcomes(|_| 0.0)).abs() < 1e-12, "one group is chance");
        assert!((uplift_at(&right, 0.5) - 1.0).abs() < 1e-12);
        assert!(uplift_at(&wrong, 0.5).abs() < 1e-12);
    }

    #[test]
    fn learners_find_who_is_moved_where_response_finds_who_buys_anyway() {
        // Feature 0: buys anyway. Feature 1: is moved.
        let trials: Vec<Trial> = (0..4_000_u32)
            .map(|at| {
                let (loyal, movable, treated) = (at % 2 == 0, at / 2 % 2 == 0, at / 4 % 2 == 0);
                let chance = u32::from(loyal) * 60 + u32::from(movable && treated) * 30 + 5;
                let answer = f64::from(u8::from(at.wrapping_mul(2_654_435_761) >> 8 < (chance << 24) / 100));
                let of = |is: bool| f64::from(u8::from(is));
                Trial { features: vec![of(loyal), of(movable)], treated, answer }
            })
            .collect();
        for learner in Learner::ALL {
            let ranking = learner.fit(&trials);
            let (loyal, movable) = (ranking.score(&[1.0, 0.0]), ranking.score(&[0.0, 1.0]));
            assert_eq!(movable > loyal, learner != Learner::Response, "{learner:?}: {movable} {loyal}");
        }
    }
}
