//! Rows in the total order of every list: by descending score, ties by ascending rank.

use alloc::collections::BinaryHeap;
use alloc::vec::Vec;
use core::cmp::Reverse;

/// Buckets by which the best are told from the rest: few enough for the fastest memory, many enough that the last one
/// taken is small.
const BUCKETS: usize = 1 << 12;

/// What rows are ordered by: descending score, ties by ascending rank; both by row.
#[derive(Debug, Clone, Copy)]
pub struct Keys<'a> {
    /// The scores.
    pub scores: &'a [i32],
    /// The ranks, distinct.
    pub ranks: &'a [u32],
}

/// Rows put in order as they are taken: a page of a large catalogue does not wait for all of it to be sorted.
///
/// Each row is one 64-bit key, so that ordering compares integers alone; the best keys are told from the rest by
/// counting, and only they are put in order. Should more be taken than was expected, the best of the rest follow.
#[derive(Debug)]
pub struct Ordered<'a> {
    by_rank: &'a [u32],
    best: BinaryHeap<Reverse<u64>>,
    /// Every key; those before `next` are in `best` or were taken.
    rest: Vec<u64>,
    /// The least key that was not told from the rest yet.
    next: u64,
    /// How many are told apart next.
    expected: usize,
}

/// The candidates in order. `by_rank` has the row of every rank; about `expected` rows will be taken.
pub fn by_score<'a>(candidates: &[u32], keys: Keys<'_>, by_rank: &'a [u32], expected: usize) -> Ordered<'a> {
    let rest = joined(candidates, keys);
    Ordered { by_rank, best: BinaryHeap::new(), rest, next: 0, expected: expected.max(1) }
}

/// One key for each candidate. Like the other loops here it is never inlined: in a caller that is built for size it would be too.
#[inline(never)]
fn joined(candidates: &[u32], Keys { scores, ranks }: Keys<'_>) -> Vec<u64> {
    let mut keys = Vec::with_capacity(candidates.len());
    keys.extend(candidates.iter().map(|row| {
        let row = *row as usize;
        let (score, rank) =
            (scores.get(row).copied().unwrap_or(i32::MIN), ranks.get(row).copied().unwrap_or(u32::MAX));
        // Flipping the sign bit orders signed numbers as unsigned ones; inverting puts the largest first.
        let descending = !((score as u32) ^ 0x8000_0000);
        (u64::from(descending) << 32) | u64::from(rank)
    }));
    keys
}

impl Ordered<'_> {
    /// Takes over the best of the rest: all whose bucket is not behind that of the last one expected.
    #[inline(never)]
    fn refill(&mut self) {
        let (least, most) = self.bounds();
        if most < least {
            return;
        }
        // As few bits are dropped as leave all keys their bucket.
        let shift = (u64::BITS - (most - least).leading_zeros()).saturating_sub(BUCKETS.trailing_zeros());
        // Keys that were taken lie before the least and have no bucket. (In 64 bits: a smaller `usize` would cut a number that is
        // no bucket down to one that is.)
        let bucket = |key: u64| if key < least { u64::MAX } else { (key - least) >> shift };
        let mut counts = [0_u32; BUCKETS];
        for key in &self.rest {
            let bucket = bucket(*key);
            if bucket < BUCKETS as u64 {
                counts[bucket as usize] += 1;
            }
        }
        let mut sum = 0;
        let reached = |count: &u32| {
            sum += *count as usize;
            sum >= self.expected
        };
        let last = counts.iter().position(reached).unwrap_or(BUCKETS - 1) as u64;
        let best = self.rest.iter().copied().filter(|key| bucket(*key) <= last);
        self.best = best.map(Reverse).collect();
        let past = (last + 1).checked_mul(1 << shift).and_then(|past| least.checked_add(past));
        self.next = past.unwrap_or(u64::MAX);
        self.expected = self.expected.saturating_mul(4);
    }

    /// The least and the largest key that was not told from the rest yet; the least is larger where there is none.
    fn bounds(&self) -> (u64, u64) {
        self.rest.iter().fold((u64::MAX, 0), |(least, most), key| {
            let left = *key >= self.next;
            (if left { least.min(*key) } else { least }, if left { most.max(*key) } else { most })
        })
    }
}

impl Iterator for Ordered<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        if self.best.is_empty() {
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
            let ordered: Vec<u32> = by_score(&rows, Keys { scores: &scores, ranks: &ranks }, &ranks, expected).collect();
            let mut all = rows.clone();
            all.sort_by_key(|row| (Reverse(scores[*row as usize]), ranks[*row as usize]));
            prop_assert_eq!(ordered, all);
        }
    }
}
