//! What an experiment can show: rates beside their natural rate, with intervals, and how many shoppers that takes.
//!
//! The arm is in clear, for it is a coin; the outcome may be randomised before it left the browser (binary randomised
//! response: Warner, "Randomized Response", 1965), which is undone here for the rate and never for anybody. Intervals are
//! of the normal approximation, at 95 %.

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

/// A rate or a difference of rates, with half the width of its interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Told {
    /// The value.
    pub(crate) value: f64,
    /// Half the width of its 95 % interval.
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
    /// The rate behind a count.
    pub(crate) fn rate(self, answers: Answers) -> Told {
        let (lies, slope) = answers.line();
        let told = self.yes as f64 / self.of.max(1) as f64;
        let deviation = libm::sqrt(told * (1.0 - told) / self.of.max(1) as f64) / slope;
        Told { value: (told - lies) / slope, within: SURE * deviation }
    }
}

/// How much the treated answered beyond those held out.
pub(crate) fn difference(treated: Count, held_out: Count, answers: Answers) -> Told {
    let (one, other) = (treated.rate(answers), held_out.rate(answers));
    Told { value: one.value - other.value, within: libm::hypot(one.within, other.within) }
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
    fn randomising_is_undone_in_the_mean() {
        // Of 10,000 with a rate of 20 %, told truly with 0.731: 0.2689 + 0.4621 × 0.2 = 36.13 %.
        let told = Count { yes: 3_613, of: 10_000 }.rate(Answers::Randomised { epsilon: 1.0 });
        assert!((told.value - 0.2).abs() < 0.0005, "{told:?}");
        assert!(told.within > 0.02, "and the interval is wider for it");
    }
}
