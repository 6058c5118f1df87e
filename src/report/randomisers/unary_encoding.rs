//! Optimised unary encoding: a bit for each answer, the true one kept by a coin, the others set now and then.
//!
//! Wang, Blocki, Li and Jha (USENIX Security 2017), §4.3: p = 1/2, q = 1/(e^ε + 1). q is rounded up to 32
//! bits, so that the exact ε = ln(p(1−q) / ((1−p)q)) = ln((1−q)/q) is never above the one asked for.

use super::{Mechanism, ONE, Odds};
use crate::report::chance::Chance;
use alloc::vec;
use alloc::vec::Vec;

/// Optimised unary encoding over a domain; a disguise is a bit for each answer, the first in the lowest bit of
/// the first byte, zeros behind the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnaryEncoding {
    size: usize,
    /// q in units of 2⁻³².
    invent: u32,
}

impl UnaryEncoding {
    pub(super) fn new(size: usize, power: u64) -> Self {
        let invent = (u128::from(ONE) * u128::from(ONE)).div_ceil(u128::from(power + ONE));
        Self { size, invent: invent as u32 }
    }
}

/// p in units of 2⁻³².
const KEEP: u32 = 1 << 31;

impl Mechanism for UnaryEncoding {
    fn name(&self) -> &'static str {
        "oue"
    }

    fn bytes(&self) -> usize {
        self.size.div_ceil(8)
    }

    fn disguise(&self, truth: usize, chance: &mut Chance) -> Vec<u8> {
        let mut bits = vec![0_u8; self.bytes()];
        for answer in 0..self.size {
            let threshold = if answer == truth { KEEP } else { self.invent };
            // One word for each answer, whichever is true: the stream's use says nothing.
            let set = chance.word() < threshold;
            if let Some(byte) = bits.get_mut(answer / 8) {
                *byte |= u8::from(set) << (answer % 8);
            }
        }
        bits
    }

    fn possible(&self, disguise: &[u8]) -> bool {
        let beyond = |last: &u8| !self.size.is_multiple_of(8) && last >> (self.size % 8) != 0;
        disguise.len() == self.bytes() && !disguise.last().is_some_and(beyond)
    }

    fn supports(&self, disguise: &[u8], answer: usize) -> bool {
        answer < self.size && disguise.get(answer / 8).is_some_and(|byte| byte >> (answer % 8) & 1 == 1)
    }

    fn odds(&self) -> Odds {
        Odds { keep: u64::from(KEEP), invent: u64::from(self.invent), whole: ONE }
    }

    fn exact_epsilon(&self) -> f64 {
        libm::log((ONE - u64::from(self.invent)) as f64 / f64::from(self.invent))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_beyond_the_domain_are_impossible() {
        let randomiser = UnaryEncoding::new(11, 2 * ONE);
        assert!(randomiser.possible(&[0xff, 0b111]));
        for impossible in [&[0xff, 0b1111][..], &[0xff], &[0, 0, 0]] {
            assert!(!randomiser.possible(impossible), "{impossible:?}");
        }
        assert!(randomiser.supports(&[0, 0b100], 10));
        assert!(!randomiser.supports(&[0, 0b1000], 11));
        let whole = UnaryEncoding::new(16, 2 * ONE);
        assert!(whole.possible(&[0xff, 0xff]));
    }
}
