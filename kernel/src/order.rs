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

/// What is known of consecutive rows, a column each, all of one length.
#[derive(Debug, Clone, Copy)]
pub struct Rows<'a> {
    /// Scores.
    pub scores: &'a [i32],
    /// Ranks, distinct over all rows.
    pub ranks: &'a [u32],
    /// Groups.
    pub groups: &'a [u16],
    /// Rows without it have no key.
    pub shown: &'a [bool],
    /// Rows with it have no key; may be empty, then none has.
    pub hidden: &'a [bool],
    /// By group: whether its rows have no key; groups beyond it have.
    pub left_out: &'a [bool],
}

impl Rows<'_> {
    /// The group and the key of the row at a place, where it has one.
    pub fn key(&self, place: usize) -> Option<(u16, u64)> {
        let shown = self.shown.get(place) == Some(&true) && self.hidden.get(place) != Some(&true);
        let group = *self.groups.get(place)?;
        let left_out = self.left_out.get(usize::from(group)) == Some(&true);
        let key = key(*self.scores.get(place)?, *self.ranks.get(place)?);
        (shown && !left_out).then_some((group, key))
    }
}

/// The keys of rows, apart by group; those of `without`, ascending places, have none. Like the other loops here it is never
/// inlined: in a caller that is built for size it would be built for size too.
#[inline(never)]
pub fn keys_by_group(rows: Rows<'_>, without: &[usize]) -> Vec<(u16, Vec<u64>)> {
    let mut found: Vec<(u16, Vec<u64>)> = Vec::new();
    let mut last = 0;
    let mut without = without.iter().copied().peekable();
    let columns = rows.scores.iter().zip(rows.ranks).zip(rows.groups).zip(rows.shown);
    for (place, (((score, rank), group), shown)) in columns.enumerate() {
        if without.next_if_eq(&place).is_some() || !*shown || rows.hidden.get(place) == Some(&true) {
            continue;
        }
        // Neighbours are mostly of one group, and there are few.
        if found.get(last).is_none_or(|(of, _)| of != group) {
            if rows.left_out.get(usize::from(*group)) == Some(&true) {
                continue;
            }
            last = found.iter().position(|(of, _)| of == group).unwrap_or(found.len());
            if last == found.len() {
                found.push((*group, Vec::with_capacity(rows.scores.len() - place)));
            }
        }
        if let Some((_, keys)) = found.get_mut(last) {
            keys.push(key(*score, *rank));
        }
    }
    found
}

/// Runs of rows, put in order as rows are taken: a page of a large catalogue does not wait for all of it to be sorted. Runs may
/// be added between two rows, and set aside for a while.
#[derive(Debug)]
pub struct Merge<'a> {
    /// The row of every rank.
    by_rank: &'a [u32],
    runs: Vec<Run>,
    /// The first key of every run that has rows left and is not set aside.
    heads: BinaryHeap<(u64, usize)>,
    /// The same of those set aside.
    aside: Vec<(u64, usize)>,
}

/// A run: of most only the first key is ever wanted, and they are never put in order.
#[derive(Debug)]
enum Run {
    Loose(Vec<u64>),
    Ordered(BinaryHeap<u64>),
}

impl Run {
    /// Leaves its first key behind; the next.
    fn advance(&mut self) -> Option<u64> {
        if let Self::Loose(keys) = self {
            *self = Self::Ordered(BinaryHeap::from(core::mem::take(keys)));
        }
        let Self::Ordered(keys) = self else { return None };
        keys.pop();
        keys.peek().copied()
    }
}

impl<'a> Merge<'a> {
    /// No runs yet; `by_rank` has the row of every rank.
    pub fn new(by_rank: &'a [u32]) -> Self {
        Self { by_rank, runs: Vec::new(), heads: BinaryHeap::new(), aside: Vec::new() }
    }

    /// Adds a run of keys, in any order. Runs are numbered as they are added, empty ones too.
    #[inline(never)]
    pub fn add(&mut self, keys: Vec<u64>) {
        if let Some(first) = keys.iter().max() {
            self.heads.push((*first, self.runs.len()));
        }
        self.runs.push(Run::Loose(keys));
    }

    /// The key of the row that comes next, and its run.
    pub fn peek(&self) -> Option<(u64, usize)> {
        self.heads.peek().copied()
    }

    /// Sets the run of the next row aside.
    #[inline(never)]
    pub fn set_aside(&mut self) {
        self.aside.extend(self.heads.pop());
    }

    /// Brings back what was set aside.
    pub fn bring_back(&mut self) {
        self.heads.extend(self.aside.drain(..));
    }

    /// Takes the first row of all that was set aside, which stays there.
    pub fn take_aside(&mut self) -> Option<u32> {
        let (place, (key, run)) = self.aside.iter().copied().enumerate().max_by_key(|(_, head)| *head)?;
        match self.advance(run) {
            Some(next) => self.aside.get_mut(place)?.0 = next,
            None => {
                self.aside.swap_remove(place);
            }
        }
        self.row(key)
    }

    fn advance(&mut self, run: usize) -> Option<u64> {
        self.runs.get_mut(run)?.advance()
    }

    fn row(&self, key: u64) -> Option<u32> {
        self.by_rank.get(!(key as u32) as usize).copied()
    }
}

impl Iterator for Merge<'_> {
    type Item = u32;

    #[inline(never)]
    fn next(&mut self) -> Option<u32> {
        let (key, run) = self.peek()?;
        let next = self.advance(run);
        let row = self.row(key);
        let mut head = self.heads.peek_mut()?;
        match next {
            Some(next) => head.0 = next,
            None => {
                PeekMut::pop(head);
            }
        }
        row
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;
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
            let groups: Vec<u16> = rows.iter().map(|row| (row % 3) as u16).collect();
            let mut merge = Merge::new(&ranks);
            for (place, run) in rows.chunks(length).enumerate() {
                let first = place * length;
                let all = vec![true; run.len()];
                let range = first..first + run.len();
                let part = Rows { scores: &scores[range.clone()], ranks: &ranks[range.clone()], groups: &groups[range], shown: &all, hidden: &[], left_out: &[] };
                for (group, keys) in keys_by_group(part, &[]) {
                    prop_assert!(keys.iter().all(|key| groups[ranks[!(*key as u32) as usize] as usize] == group));
                    merge.add(keys);
                }
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
        assert_eq!(merge.peek(), Some((key(5, 0), 0)));
        assert_eq!(merge.next(), Some(0));
        merge.add(Vec::new());
        merge.add([key(7, 2), key(-1, 3)].to_vec());
        assert_eq!(merge.peek(), Some((key(7, 2), 2)));
        assert_eq!(merge.collect::<Vec<u32>>(), [2, 1, 3]);
    }

    #[test]
    fn what_is_not_shown_has_no_key() {
        let rows = Rows {
            scores: &[1, 2, 3, 4, 5, 6],
            ranks: &[5, 4, 3, 2, 1, 0],
            groups: &[7, 7, 1, 7, 0, 1],
            shown: &[true, false, true, true, true, true],
            hidden: &[false, false, false, true, false, false],
            left_out: &[true],
        };
        assert_eq!(keys_by_group(rows, &[5]), [(7, vec![key(1, 5)]), (1, vec![key(3, 3)])]);
        assert_eq!(
            keys_by_group(Rows { hidden: &[], ..rows }, &[0, 2]),
            [(7, vec![key(4, 2)]), (1, vec![key(6, 0)])]
        );
    }

    #[test]
    fn what_is_set_aside_waits_until_it_is_brought_back_or_asked_for() {
        let mut merge = Merge::new(&[0, 1, 2, 3]);
        merge.add([key(9, 0), key(4, 1)].to_vec());
        merge.add([key(8, 2)].to_vec());
        merge.add([key(5, 3)].to_vec());
        merge.set_aside();
        merge.set_aside();
        assert_eq!(merge.next(), Some(3));
        assert_eq!(merge.next(), None);
        assert_eq!([merge.take_aside(), merge.take_aside()], [Some(0), Some(2)]);
        merge.bring_back();
        assert_eq!(merge.next(), Some(1));
        assert_eq!([merge.next(), merge.take_aside()], [None, None]);
    }
}
