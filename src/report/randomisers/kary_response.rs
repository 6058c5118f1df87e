//! k-ary randomised response: say the true answer a little more often than any other.
//!
//! Warner, "Randomized Response" (JASA 1965) for two answers; Kairouz, Bonawitz and Ramage, "Discrete
//! Distribution Estimation under Local Privacy" (ICML 2016), §3 for k. The true answer is said with weight e^ε,
//! each other one with weight 1, so the exact ε is the logarithm of the integer weight, whatever k.

use super::{Mechanism, ONE, Odds};
use crate::report::chance::Chance;
use alloc::vec;
use alloc::vec::Vec;

/// k-ary randomised response over a domain; a disguise is the number of one answer, in a byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KaryResponse {
    size: usize,
    /// e^ε in units of 2⁻³², rounded down.
    power: u64,
}

impl KaryResponse {
    pub(super) fn new(size: usize, power: u64) -> Self {
        Self { size, power }
    }

    fn whole(&self) -> u64 {
        self.power + (self.size as u64 - 1) * ONE
    }
}

impl Mechanism for KaryResponse {
    fn name(&self) -> &'static str {
        "krr"
    }

    fn bytes(&self) -> usize {
        1
    }

    fn disguise(&self, truth: usize, chance: &mut Chance) -> Vec<u8> {
        let drawn = chance.below(self.whole());
        if drawn < self.power {
            return vec![truth as u8];
        }
        // The others, each over a stretch of ONE: those behind the true answer move up by one.
        let other = ((drawn - self.power) / ONE) as usize;
        vec![if other < truth { other } else { other + 1 } as u8]
    }

    fn possible(&self, disguise: &[u8]) -> bool {
        matches!(disguise, [answer] if usize::from(*answer) < self.size)
    }

    fn supports(&self, disguise: &[u8], answer: usize) -> bool {
        matches!(disguise, [said] if usize::from(*said) == answer)
    }

    fn odds(&self) -> Odds {
        Odds { keep: self.power, invent: ONE, whole: self.whole() }
    }

    fn exact_epsilon(&self) -> f64 {
        libm::log(self.power as f64 / ONE as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_answers_of_the_domain_are_possible() {
        let randomiser = KaryResponse::new(5, 2 * ONE);
        assert!(randomiser.possible(&[4]));
        for impossible in [&[5][..], &[], &[0, 0]] {
            assert!(!randomiser.possible(impossible), "{impossible:?}");
        }
        assert_eq!(randomiser.odds(), Odds { keep: 2 * ONE, invent: ONE, whole: 6 * ONE });
    }
}
