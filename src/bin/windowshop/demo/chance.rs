//! Chance for the demo shop: streams of numbers that depend on a seed and on what they are for, on nothing else.
//!
//! Each thing draws from its own stream, so that a sale has the same items whichever day the shop is made for.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use windowshop::base::digest::DigestBuilder;

/// A stream of chance.
pub(super) struct Chance(ChaCha8Rng);

impl Chance {
    /// The stream of a purpose, told apart further by numbers.
    pub(super) fn of(seed: u64, purpose: &str, numbers: &[i64]) -> Self {
        let mut builder = DigestBuilder::new("windowshop demo");
        builder.integer(seed as i64).text(purpose);
        for number in numbers {
            builder.integer(*number);
        }
        Self(ChaCha8Rng::from_seed(builder.finish().0))
    }

    /// A number below `limit`; 0 where the limit is 0.
    pub(super) fn below(&mut self, limit: u32) -> u32 {
        ((u64::from(self.0.next_u32()) * u64::from(limit)) >> 32) as u32
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: u32, high: u32) -> u32 {
        low + self.below(high.saturating_sub(low) + 1)
    }

    /// Yes in `percent` of a hundred cases.
    pub(super) fn percent(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    /// A number below `limit` that is more often small: the smaller of two draws' product share.
    pub(super) fn skewed(&mut self, limit: u32) -> u32 {
        let (one, other) = (u64::from(self.below(limit)), u64::from(self.below(limit)));
        (one * other / u64::from(limit.max(1))) as u32
    }

    /// One of some things; `None` where there are none.
    pub(super) fn pick<'a, T>(&mut self, things: &'a [T]) -> Option<&'a T> {
        things.get(self.below(things.len() as u32) as usize)
    }

    /// A place among weights, in proportion to them.
    pub(super) fn weighted(&mut self, weights: impl Iterator<Item = u32> + Clone) -> usize {
        let total: u32 = weights.clone().sum();
        let mut left = self.below(total);
        for (place, weight) in weights.enumerate() {
            if left < weight {
                return place;
            }
            left -= weight;
        }
        0
    }

    /// Puts things into an order of chance (Fisher and Yates).
    pub(super) fn shuffle<T>(&mut self, things: &mut [T]) {
        for end in (1..things.len()).rev() {
            let other = self.below(end as u32 + 1) as usize;
            things.swap(end, other);
        }
    }
}

/// Deals `weights` out in turn so that every stretch has them in proportion: the next is the one furthest behind.
pub(super) struct Dealer {
    weights: Vec<i64>,
    credit: Vec<i64>,
}

impl Dealer {
    /// A dealer of places among weights.
    pub(super) fn new(weights: impl Iterator<Item = u32>) -> Self {
        let weights: Vec<i64> = weights.map(i64::from).collect();
        Self { credit: vec![0; weights.len()], weights }
    }

    /// The next place.
    pub(super) fn next(&mut self) -> usize {
        let total: i64 = self.weights.iter().sum();
        for (credit, weight) in self.credit.iter_mut().zip(&self.weights) {
            *credit += weight;
        }
        let ahead = self
            .credit
            .iter()
            .enumerate()
            .max_by_key(|(place, credit)| (**credit, std::cmp::Reverse(*place)));
        let place = ahead.map_or(0, |(place, _)| place);
        if let Some(credit) = self.credit.get_mut(place) {
            *credit -= total;
        }
        place
    }
}
