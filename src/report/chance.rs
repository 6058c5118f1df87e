//! Chance for disguises: a ChaCha20 stream that the host seeds. There is no other source of chance.
//!
//! The host draws one secret of 32 bytes with a cryptographic generator, keeps it beside the ledger and hands
//! it in. From it each question, week and answer get a stream of their own, so that asking again gives the same bytes
//! (memoisation, after the permanent response of Erlingsson, Pihur and Korolova, "RAPPOR", CCS 2014, §3) and
//! no two reports share chance.

use crate::base::digest::DigestBuilder;
use crate::base::time::Week;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

/// A secret of 32 bytes, drawn by the host with a cryptographic generator and known to this browser alone.
pub type Seed = [u8; 32];

/// A stream of chance.
pub struct Chance(ChaCha20Rng);

impl Chance {
    /// The stream that disguises one answer (by its position) to a question in a week.
    ///
    /// Each answer has a stream of its own. Were it the same for all, two reports of one week that disguise different
    /// truths (two tabs that had not heard of one another) would differ exactly where the truths do.
    pub fn of_disguise(seed: &Seed, question: &str, week: Week, answer: usize) -> Self {
        Self(stream("windowshop report chance", seed, question, week, answer as i64))
    }

    /// The stream from which the report's id is drawn: it says nothing about the others, and is one for the week, so
    /// that of two reports one counts.
    pub fn of_id(seed: &Seed, question: &str, week: Week) -> Self {
        Self(stream("windowshop report id", seed, question, week, 0))
    }

    /// A stream of a seed alone, for simulations.
    pub fn of_simulation(seed: Seed) -> Self {
        Self(ChaCha20Rng::from_seed(seed))
    }

    /// The next 32 bits.
    pub fn word(&mut self) -> u32 {
        self.0.next_u32()
    }

    /// A number below `bound`, each equally likely; 0 where the bound is 0.
    ///
    /// Draws that fall into the incomplete last stretch of multiples of `bound` are thrown away, which makes
    /// the rest exactly uniform.
    pub fn below(&mut self, bound: u64) -> u64 {
        if bound == 0 {
            return 0;
        }
        let usable = u64::MAX - u64::MAX % bound;
        loop {
            let drawn = self.0.next_u64();
            if drawn < usable {
                return drawn % bound;
            }
        }
    }

    /// The next 16 bytes.
    pub fn id(&mut self) -> [u8; 16] {
        let mut bytes = [0; 16];
        self.0.fill_bytes(&mut bytes);
        bytes
    }
}

fn stream(purpose: &str, seed: &Seed, question: &str, week: Week, number: i64) -> ChaCha20Rng {
    let mut key = DigestBuilder::new(purpose);
    key.bytes(seed).text(question).integer(week.number()).integer(number);
    ChaCha20Rng::from_seed(key.finish().0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_are_their_own_and_repeat() {
        let week = Week { year: 2026, week: 47 };
        let draw =
            |seed: Seed, question: &str, week: Week| Chance::of_disguise(&seed, question, week, 3).id();
        let first = draw([7; 32], "a", week);
        assert_eq!(first, draw([7; 32], "a", week));
        assert_ne!(first, draw([8; 32], "a", week));
        assert_ne!(first, draw([7; 32], "b", week));
        assert_ne!(first, draw([7; 32], "a", Week { year: 2026, week: 48 }));
        assert_ne!(first, Chance::of_disguise(&[7; 32], "a", week, 4).id(), "another truth, other dice");
        assert_ne!(first, Chance::of_id(&[7; 32], "a", week).id());
    }

    #[test]
    fn the_stream_is_chacha20() {
        // RFC 8439's ChaCha20 with the zero key: the first key-stream words of block 0 (appendix A.1, vector 1).
        let mut chance = Chance::of_simulation([0; 32]);
        assert_eq!([chance.word(), chance.word()], [0xade0_b876, 0x903d_f1a0]);
    }

    #[test]
    fn numbers_below_a_bound_are_uniform() {
        let mut chance = Chance::of_simulation([1; 32]);
        let mut counts = [0_u32; 7];
        for _ in 0..70_000 {
            if let Some(count) = counts.get_mut(chance.below(7) as usize) {
                *count += 1;
            }
        }
        // Standard deviation of a count is 92.6; five of them.
        assert!(counts.iter().all(|count| count.abs_diff(10_000) < 463), "{counts:?}");
    }
}
