//! Rows in the total order of every list: by descending score, ties by ascending rank.

use alloc::collections::BinaryHeap;
use alloc::vec;
use alloc::vec::Vec;
use core::cmp::Reverse;

/// Buckets by which the best are told from the rest: few enough for the fastest memory, many enough that the last one
/// taken is small.
const BUCKETS: usize = 1 << 12;

/// Rows put in order as they are taken: a page of a large catalogue does not wait for all of it to be sorted.
///
/// Each row is one 64-bit key, so that ordering compares integers alone; the best keys are told from the rest by
/// counting, and only they are put in order. Should more be taken than was expected, the best of the rest follow.
#[derive(Debug)]
pub struct Ordered<'a> {
    by_rank: &'a [u32],
    best: BinaryHeap<Reverse<u64>>,
    rest: Vec<u64>,
    /// How many are told apart next.
    expected: usize,
}

/// The candidates in order. `ranks` has a distinct rank for every row and `by_rank` the row of every rank; about `expected`
/// rows will be taken.
pub fn by_score<'a>(
    candidates: &[u32],
    scores: &[i32],
    ranks: &[u32],
    by_rank: &'a [u32],
    expected: usize,
) -> Ordered<'a> {
    let keys = candidates.iter().filter_map(|row| {
        let (score, rank) = (scores.get(*row as usize)?, ranks.get(*row as usize)?);
        // Flipping the sign bit orders signed numbers as unsigned ones; inverting puts the largest first.
        let descending = !((*score as u32) ^ 0x8000_0000);
        Some((u64::from(descending) << 32) | u64::from(*rank))
    });
    Ordered { by_rank, best: BinaryHeap::new(), rest: keys.collect(), expected: expected.max(1) }
}

impl Ordered<'_> {
    /// Moves the best of the rest over: all whose bucket is not behind that of the last one expected.
    fn refill(&mut self) {
        let rest = core::mem::take(&mut self.rest);
        if rest.len() <= self.expected {
            self.best = rest.into_iter().map(Reverse).collect();
            return;
        }
        let high = |key: u64| (key >> 32) as u32;
        let (least, most) = rest
            .iter()
            .fold((u32::MAX, 0), |(least, most), key| (least.min(high(*key)), most.max(high(*key))));
        // As few bits are dropped as leave all scores their bucket.
        let shift = (u32::BITS - (most - least).leading_zeros()).saturating_sub(BUCKETS.trailing_zeros());
        let bucket = |key: u64| ((high(key) - least) >> shift) as usize;
        let mut counts = vec![0_u32; BUCKETS];
        for key in &rest {
            if let Some(count) = counts.get_mut(bucket(*key)) {
                *count += 1;
            }
        }
        let mut sum = 0;
        let reached = |count: &u32| {
            sum += *count as usize;
            sum >= self.expected
        };
        let last = counts.iter().position(reached).unwrap_or(BUCKETS);
        let mut best = Vec::with_capacity(self.expected * 2);
        // Kept apart only where somebody may still ask for them.
        let mut behind = Vec::new();
        for key in rest {
            if bucket(key) <= last { best.push(Reverse(key)) } else { behind.push(key) }
        }
        (self.best, self.rest) = (BinaryHeap::from(best), behind);
        self.expected = self.expected.saturating_mul(4);
    }
}

impl Iterator for Ordered<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        if self.best.is_empty() {
            if self.rest.is_empty() {
                return None;
            }
            self.refill();
        }
        let Reverse(key) = self.best.pop()?;
        self.by_rank.get(key as u32 as usize).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_order_is_total(
            scores in prop_oneof![
                prop::collection::vec(any::<i32>(), 0..60),
                prop::collection::vec(-3..3i32, 0..400),
                prop::collection::vec(-5_000_000..20_000_000i32, 0..400),
            ],
            expected in 0usize..50,
        ) {
            let rows: Vec<u32> = (0..scores.len() as u32).collect();
            let ranks: Vec<u32> = rows.iter().rev().copied().collect();
            let ordered: Vec<u32> = by_score(&rows, &scores, &ranks, &ranks, expected).collect();
            let mut all = rows.clone();
            all.sort_by_key(|row| (Reverse(scores[*row as usize]), ranks[*row as usize]));
            prop_assert_eq!(ordered, all);
        }
    }
}
