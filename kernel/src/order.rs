//! Rows in the total order of every list: by descending score, ties by ascending rank.

use alloc::collections::BinaryHeap;
use alloc::collections::binary_heap::PeekMut;
use alloc::vec::Vec;

/// A row's place in the total order as one number, so that ordering compares integers alone: the larger comes first.
pub fn key(score: i32, rank: u32) -> u64 {
    // Flipping the sign bit orders signed numbers as unsigned ones.
    (u64::from((score as u32) ^ 0x8000_0000) << 32) | u64::from(!rank)
}

/// The key that no row of at most this score comes before.
pub fn bound(score: i32) -> u64 {
    key(score, 0)
}

/// The keys of some rows; `scores` are those of the rows from `first` on, `ranks` of all. Like the other loops here it is never
/// inlined: in a caller that is built for size it would be built for size too.
#[inline(never)]
pub fn keys(rows: &[u32], first: usize, scores: &[i32], ranks: &[u32]) -> Vec<u64> {
    let mut keys = Vec::with_capacity(rows.len());
    keys.extend(rows.iter().map(|row| {
        let row = *row as usize;
        let score = row.checked_sub(first).and_then(|place| scores.get(place)).copied();
        key(score.unwrap_or(i32::MIN), ranks.get(row).copied().unwrap_or(u32::MAX))
    }));
    keys
}

/// Runs of rows, put in order as rows are taken: a page of a large catalogue does not wait for all of it to be sorted, and
/// runs may be added between two rows.
#[derive(Debug)]
pub struct Merge<'a> {
    /// The row of every rank.
    by_rank: &'a [u32],
    runs: Vec<BinaryHeap<u64>>,
    /// The first key of every run that has rows left.
    heads: BinaryHeap<(u64, usize)>,
}

impl<'a> Merge<'a> {
    /// No runs yet; `by_rank` has the row of every rank.
    pub fn new(by_rank: &'a [u32]) -> Self {
        Self { by_rank, runs: Vec::new(), heads: BinaryHeap::new() }
    }

    /// Adds a run of keys, in any order.
    #[inline(never)]
    pub fn add(&mut self, keys: Vec<u64>) {
        let run = BinaryHeap::from(keys);
        if let Some(first) = run.peek() {
            self.heads.push((*first, self.runs.len()));
            self.runs.push(run);
        }
    }

    /// The key of the row that comes next.
    pub fn peek(&self) -> Option<u64> {
        self.heads.peek().map(|(key, _)| *key)
    }
}

impl Iterator for Merge<'_> {
    type Item = u32;

    #[inline(never)]
    fn next(&mut self) -> Option<u32> {
        let mut head = self.heads.peek_mut()?;
        let (key, run) = *head;
        let run = self.runs.get_mut(run)?;
        run.pop();
        match run.peek() {
            Some(next) => head.0 = *next,
            None => {
                PeekMut::pop(head);
            }
        }
        self.by_rank.get(!(key as u32) as usize).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::cmp::Reverse;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_order_is_total(
            scores in prop_oneof![
                prop::collection::vec(any::<i32>(), 0..60),
                prop::collection::vec(-3..3i32, 0..400),
            ],
            length in 1usize..50,
        ) {
            let rows: Vec<u32> = (0..scores.len() as u32).collect();
            let ranks: Vec<u32> = rows.iter().rev().copied().collect();
            let mut merge = Merge::new(&ranks);
            for (place, run) in rows.chunks(length).enumerate() {
                let first = place * length;
                merge.add(keys(run, first, &scores[first..], &ranks));
            }
            let mut all = rows.clone();
            all.sort_by_key(|row| (Reverse(scores[*row as usize]), ranks[*row as usize]));
            prop_assert_eq!(merge.collect::<Vec<u32>>(), all);
        }

        #[test]
        fn no_row_comes_before_the_bound_of_its_score(score: i32, rank: u32, more in 1..9i32) {
            prop_assert!(key(score, rank) <= bound(score));
            prop_assert!(score.checked_add(more).is_none_or(|larger| bound(score) < key(larger, rank)));
        }
    }

    #[test]
    fn a_run_that_is_added_later_takes_its_place() {
        let mut merge = Merge::new(&[0, 1, 2, 3]);
        merge.add([key(5, 0), key(-1, 1)].to_vec());
        assert_eq!(merge.peek(), Some(key(5, 0)));
        assert_eq!(merge.next(), Some(0));
        merge.add(Vec::new());
        merge.add([key(7, 2), key(-1, 3)].to_vec());
        assert_eq!(merge.collect::<Vec<u32>>(), [2, 1, 3]);
    }
}
