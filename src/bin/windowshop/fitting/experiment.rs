//! What an experiment can show: rates beside their natural rate, with intervals, and how many shoppers that takes.
//!
//! The arm is in clear, for it is a coin; the outcome may be randomised before it left the browser (binary randomised
//! response: Warner, "Randomized Response", 1965), which is undone here for the rate and never for anybody.
//!
//! Values are those counted. Their 95 % intervals are of the normal approximation around a count that is helped by a few
//! made-up answers, half of them yes, so that they hold where nobody answered, or everybody: Agresti and Coull, "Approximate
//! Is Better than 'Exact' for Interval Estimation of Binomial Proportions" (The American Statistician 52, 1998), for a rate;
//! Agresti and Caffo, "Simple and Effective Confidence Intervals for Proportions and Differences of Proportions Result from
//! Adding Two Successes and Two Failures" (The American Statistician 54, 2000), for a difference.

use serde::Serialize;

/// Two-sided 95 % and a power of 80 %, in deviations.
const SURE: f64 = 1.959_964;
const POWER: f64 = 0.841_621;

/// What an outcome went through before it was counted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Answers {
    /// As it was.
    Raw,
    /// Told truly with a chance of e^ε / (1 + e^ε).
    Randomised {
        /// The privacy parameter.
        epsilon: f64,
    },
}

impl Answers {
    /// What is told of a rate is `lies + slope × rate`.
    fn line(self) -> (f64, f64) {
        match self {
            Self::Raw => (0.0, 1.0),
            Self::Randomised { epsilon } => {
                let truth = 1.0 / (1.0 + libm::exp(-epsilon));
                (1.0 - truth, 2.0 * truth - 1.0)
            }
        }
    }
}

/// A rate or a difference of rates, with its interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Told {
    /// The value.
    pub(crate) value: f64,
    /// How far its 95 % interval reaches to the farther side; as far to either side holds the whole interval.
    pub(crate) within: f64,
}

/// Yes of all, as counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Count {
    /// How many said yes.
    pub(crate) yes: u64,
    /// Of how many.
    pub(crate) of: u64,
}

impl Count {
    /// The rate behind a count. Its interval is that of `z²` made-up answers more (Agresti and Coull 1998).
    pub(crate) fn rate(self, answers: Answers) -> Told {
        let (lies, slope) = answers.line();
        let told = self.told(0.0);
        let (middle, variance) = self.helped(SURE * SURE);
        let within = (middle - told).abs() + SURE * libm::sqrt(variance);
        Told { value: (told - lies) / slope, within: within / slope }
    }

    /// The part that said yes, among it and so many made-up answers.
    fn told(self, made_up: f64) -> f64 {
        (self.yes as f64 + made_up / 2.0) / (self.of as f64 + made_up).max(1.0)
    }

    /// That part, and the variance of it.
    fn helped(self, made_up: f64) -> (f64, f64) {
        let told = self.told(made_up);
        (told, told * (1.0 - told) / (self.of as f64 + made_up))
    }
}

/// How much the treated answered beyond those held out. Its interval is that of two made-up answers more on each side
/// (Agresti and Caffo 2000).
pub(crate) fn difference(treated: Count, held_out: Count, answers: Answers) -> Told {
    let (_, slope) = answers.line();
    let told = treated.told(0.0) - held_out.told(0.0);
    let ((one, spread), (other, beside)) = (treated.helped(2.0), held_out.helped(2.0));
    let within = (one - other - told).abs() + SURE * libm::sqrt(spread + beside);
    Told { value: told / slope, within: within / slope }
}

/// How many shoppers it takes to see a rate rise from `natural` by `lift`, with a part `held_out` of them and another in
/// the one arm that is looked at.
pub(crate) fn cohort(natural: f64, lift: f64, held_out: f64, arm: f64, answers: Answers) -> u64 {
    let (lies, slope) = answers.line();
    let spread = |rate: f64| {
        let told = lies + slope * rate.clamp(0.0, 1.0);
        told * (1.0 - told)
    };
    let both = spread(natural + lift) / arm + spread(natural) / held_out;
    let sure = SURE + POWER;
    libm::ceil(sure * sure * both / (slope * lift * slope * lift)) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cohorts_are_those_of_the_trade() {
        // 13 % beside a natural 10 %: half and a tenth held out, exact and randomised counts.
        let of = |held_out, answers| cohort(0.10, 0.03, held_out, 1.0 - held_out, answers);
        let randomised = Answers::Randomised { epsilon: 1.0 };
        for (found, rounded) in [
            (of(0.5, Answers::Raw), 3_500.0),
            (of(0.1, Answers::Raw), 8_900.0),
            (of(0.5, randomised), 36_000.0),
            (of(0.1, randomised), 98_000.0),
        ] {
            assert!((found as f64 / rounded - 1.0).abs() < 0.015, "{found} {rounded}");
        }
    }

    #[test]
    fn hillstroms_rates_come_out() {
        // As published, of the whole test.
        let (mens, natural) = (Count { yes: 3_894, of: 21_307 }, Count { yes: 2_262, of: 21_306 });
        let told = difference(mens, natural, Answers::Raw);
        assert!((told.value - 0.0766).abs() < 0.0001 && (told.within - 0.0066).abs() < 0.0001, "{told:?}");
    }

    #[test]
    fn nobody_who_answered_is_not_known_for_certain() {
        let (arm, held_out) = (Count { yes: 10, of: 1_170 }, Count { yes: 0, of: 130 });
        let natural = held_out.rate(Answers::Raw);
        // Up to 3 of 130 are likely enough to have been missed by chance (the rule of three).
        assert!(natural.value == 0.0 && natural.within > 3.0 / 130.0 && natural.within < 0.05, "{natural:?}");
        let effect = difference(arm, held_out, Answers::Raw);
        assert!((effect.value - 10.0 / 1_170.0).abs() < 1e-12, "what was counted: {effect:?}");
        assert!(effect.within > effect.value, "one or two more of those held out would undo it: {effect:?}");
        for all in [Count { yes: 130, of: 130 }, Count { yes: 0, of: 1 }, Count { yes: 0, of: 0 }] {
            let told = all.rate(Answers::Raw);
            assert!(told.within > 0.02 && told.within.is_finite(), "{all:?} {told:?}");
            assert!(difference(all, all, Answers::Raw).within > 0.02, "{all:?}");
        }
        let disguised = Count { yes: 0, of: 130 }.rate(Answers::Randomised { epsilon: 1.0 });
        assert!(disguised.within > natural.within, "{disguised:?}");
    }

    /// The chances of each number of yes of `of` with a rate.
    fn chances(of: u64, rate: f64) -> Vec<f64> {
        let whole = |number: u64| libm::lgamma(number as f64 + 1.0);
        let chance = |yes: u64| {
            let ways = whole(of) - whole(yes) - whole(of - yes);
            libm::exp(ways + yes as f64 * libm::log(rate) + (of - yes) as f64 * libm::log1p(-rate))
        };
        (0..=of).map(chance).collect()
    }

    #[test]
    fn intervals_hold_the_truth_as_often_as_they_say_where_few_answer() {
        let holds = |told: Told, truth: f64| (told.value - truth).abs() <= told.within;
        let (few, many) = (130, 400);
        for natural in [0.001, 0.004, 0.01, 0.03, 0.1] {
            let held_out = chances(few, natural);
            let rate = |(yes, chance): (usize, &f64)| {
                let told = Count { yes: yes as u64, of: few }.rate(Answers::Raw);
                if holds(told, natural) { *chance } else { 0.0 }
            };
            let held: f64 = held_out.iter().enumerate().map(rate).sum();
            assert!(held > 0.945, "a rate of {natural}: {held}");
            for lift in [0.0, 0.01, 0.05] {
                let treated = chances(many, natural + lift);
                let mut held = 0.0;
                for (yes, chance) in held_out.iter().enumerate() {
                    for (answered, beside) in treated.iter().enumerate() {
                        let (arm, other) = (answered as u64, yes as u64);
                        let (arm, other) = (Count { yes: arm, of: many }, Count { yes: other, of: few });
                        let told = difference(arm, other, Answers::Raw);
                        held += if holds(told, lift) { chance * beside } else { 0.0 };
                    }
                }
                assert!(held > 0.945, "a lift of {lift} beyond {natural}: {held}");
            }
        }
    }

    #[test]
    fn randomising_is_undone_in_the_mean() {
        // Of 10,000 with a rate of 20 %, told truly with 0.731: 0.2689 + 0.4621 × 0.2 = 36.13 %.
        let told = Count { yes: 3_613, of: 10_000 }.rate(Answers::Randomised { epsilon: 1.0 });
        assert!((told.value - 0.2).abs() < 0.0005, "{told:?}");
        assert!(told.within > 0.02, "and the interval is wider for it");
    }
}
