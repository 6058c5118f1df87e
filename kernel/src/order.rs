//! Rows in the total order of every list: by descending score, ties by ascending rank.

use crate::score::{Codes, Sets, Tables, add_keys};
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

/// Sorts by what is to come after what: merges runs of doubling length, as `base::order` does by row numbers and smaller; `core`'s
/// own sort takes some kilobytes for each type.
pub(crate) fn merge_sort<T: Copy>(list: &mut Vec<T>, is_after: impl Fn(&T, &T) -> bool) {
    let (mut spare, mut run) = (Vec::with_capacity(list.len()), 1);
    while run < list.len() {
        spare.clear();
        for pair in list.chunks(2 * run) {
            let (mut left, mut right) = pair.split_at(run.min(pair.len()));
            while let ([one, left_rest @ ..], [other, right_rest @ ..]) = (left, right) {
                let takes_right = is_after(one, other);
                spare.push(if takes_right { *other } else { *one });
                (left, right) = if takes_right { (left, right_rest) } else { (left_rest, right) };
            }
            spare.extend_from_slice(left);
            spare.extend_from_slice(right);
        }
        core::mem::swap(list, &mut spare);
        run *= 2;
    }
}

/// Rows of which some come up together.
#[derive(Debug, Clone, Copy)]
pub struct Rows<'a> {
    /// Group of every row.
    pub groups: &'a [u16],
    /// Rank of every row, distinct over all rows.
    pub ranks: &'a [u32],
}

/// Runs of rows of one group, put in order as rows are taken: a page of a large catalogue does not wait for all of it to be sorted.
/// Runs may be added between two rows, and set aside for a while.
#[derive(Debug)]
pub struct Merge<'a> {
    /// The row of every rank.
    by_rank: &'a [u32],
    /// The keys of all runs, one behind the other.
    keys: Vec<u64>,
    runs: Vec<Run>,
    /// The first key of every run that has rows left and is not set aside.
    heads: BinaryHeap<(u64, usize)>,
    /// The same of those set aside.
    aside: Vec<(u64, usize)>,
    /// By group the run that it has among those that are being added.
    run_of: Vec<u32>,
}

/// A run: of most only the first key is ever wanted, and they are never put in order.
#[derive(Debug, Default)]
struct Run {
    /// Where its keys are.
    first: usize,
    end: usize,
    /// Whether they are a heap, which they are once one was taken.
    is_heap: bool,
}

/// Numbers in the order of scores, each handed out by the largest first.
#[derive(Debug, Default)]
pub struct Queue {
    /// A score and a number, in that order.
    waiting: BinaryHeap<u64>,
}

/// What no row's score exceeds: by row, what it has of its own and the most that it has besides, and what is known of it otherwise.
#[derive(Debug, Clone, Copy)]
pub struct Reach<'a> {
    /// Its own; nothing beyond the end.
    pub own: &'a [i32],
    /// The most besides; nothing beyond the end.
    pub besides: &'a [i64],
    /// What it is known not to exceed; not known beyond the end.
    pub known: &'a [i32],
}

impl Reach<'_> {
    /// What a row's score does not exceed.
    pub fn of(&self, row: usize) -> i32 {
        let own = self.own.get(row).copied().map_or(0, i64::from);
        let most = own + self.besides.get(row).copied().unwrap_or(0);
        let most = most.clamp(i32::MIN.into(), i32::MAX.into()) as i32;
        self.known.get(row).map_or(most, |known| most.min(*known))
    }
}

impl Queue {
    /// Those rows that wait by what they reach.
    #[inline(never)]
    pub fn of(rows: &[u32], reach: Reach<'_>) -> Self {
        let keys: Vec<u64> = rows.iter().map(|row| key(reach.of(*row as usize), *row)).collect();
        Self { waiting: BinaryHeap::from(keys) }
    }

    /// The score of the number that comes next.
    #[inline]
    pub fn peek(&self) -> Option<i32> {
        self.waiting.peek().map(|key| score_of(*key))
    }

    /// Takes the next, with its score; of equal scores the smallest number.
    #[inline(never)]
    pub fn pop(&mut self) -> Option<(i32, u32)> {
        self.waiting.pop().map(score_and_number)
    }

    /// Lets another number wait.
    #[inline(never)]
    pub fn push(&mut self, score: i32, number: u32) {
        self.waiting.push(key(score, number));
    }
}

/// Makes a heap of keys that are a part of a list: numbers wait there as they do in a [`Queue`], the first in the first place.
#[inline(never)]
pub fn heapify(keys: &mut [u64]) {
    for at in (0..keys.len() / 2).rev() {
        sink(keys, at);
    }
}

/// The score of a key, and the number that it is the key of.
pub fn score_and_number(key: u64) -> (i32, u32) {
    (score_of(key), !(key as u32))
}

/// Takes the first of a heap of keys out of it, to the end of the keys; those before it are a heap again.
#[inline(never)]
pub fn pop_to_end(keys: &mut [u64]) {
    let Some(last) = keys.len().checked_sub(1) else { return };
    keys.swap(0, last);
    sink(keys.get_mut(..last).unwrap_or(&mut []), 0);
}

/// The score of a key.
fn score_of(key: u64) -> i32 {
    ((key >> 32) as u32 ^ 0x8000_0000) as i32
}

/// Lets the key at a place of what else is a heap sink to where it belongs.
fn sink(keys: &mut [u64], mut at: usize) {
    loop {
        let below = 2 * at + 1;
        let Some(one) = keys.get(below) else { return };
        let below = if keys.get(below + 1).is_some_and(|other| other > one) { below + 1 } else { below };
        if keys.get(at) >= keys.get(below) {
            return;
        }
        keys.swap(at, below);
        at = below;
    }
}

/// No run.
const NONE: u32 = u32::MAX;

impl<'a> Merge<'a> {
    /// No runs yet; `by_rank` has the row of every rank. There is room for so many rows from the start: memory that grew with what is
    /// added would grow with each list that needs more than any before.
    pub fn new(by_rank: &'a [u32], room: usize) -> Self {
        let (keys, runs, run_of) = (Vec::with_capacity(room), Vec::new(), Vec::new());
        Self { by_rank, keys, runs, heads: BinaryHeap::new(), aside: Vec::new(), run_of }
    }

    /// Adds a run for each group of the rows at some places, whose scores are these, and the group of each run to `groups`. Runs are
    /// numbered as they are added. Places beyond the rows are passed over. Like the other loops here it is never inlined: in a caller
    /// that is built for size it would be built for size too.
    #[inline(never)]
    pub fn add(&mut self, rows: Rows<'_>, places: &[u32], scores: &[i32], groups: &mut Vec<u16>) {
        let known = self.runs.len();
        let of = |place: &u32| Some((*rows.groups.get(*place as usize)?, *rows.ranks.get(*place as usize)?));
        // Runs are as long as their groups, which are counted first.
        let mut last = (NONE, usize::MAX);
        for (group, _) in places.iter().filter_map(of) {
            let run = if last.0 == u32::from(group) { last.1 } else { self.run_for(group, known, groups) };
            last = (u32::from(group), run);
            if let Some(run) = self.runs.get_mut(run) {
                run.end += 1;
            }
        }
        let mut end = self.keys.len();
        for run in self.runs.get_mut(known..).unwrap_or(&mut []) {
            let length = run.end;
            (run.first, run.end) = (end, end);
            end += length;
        }
        self.keys.resize(end, 0);
        for (place, score) in places.iter().zip(scores) {
            let Some((group, rank)) = of(place) else { continue };
            let run = self.run_of.get(usize::from(group)).and_then(|run| self.runs.get_mut(*run as usize));
            if let Some((run, slot)) = run.and_then(|run| Some((self.keys.get_mut(run.end)?, &mut run.end))) {
                *run = key(*score, rank);
                *slot += 1;
            }
        }
        for at in known..self.runs.len() {
            let Some(run) = self.runs.get(at) else { continue };
            if let Some(first) = self.keys.get(run.first..run.end).and_then(|keys| keys.iter().max()) {
                self.heads.push((*first, at));
            }
        }
    }

    /// Adds a run of rows of one group, at some places, ascending, and scores them: the base of the tables has what their group
    /// adds. Places beyond the rows are passed over. The largest score; `None`, and no run, where there are no rows.
    #[inline(never)]
    pub fn add_run(
        &mut self,
        codes: Codes<'_>,
        tables: Tables<'_>,
        sets: Sets<'_>,
        ranks: &[u32],
        places: &[u32],
    ) -> Option<i32> {
        let first = self.keys.len();
        let most = add_keys(codes, tables, sets, ranks, places, &mut self.keys);
        let end = self.keys.len();
        if first == end {
            return None;
        }
        self.heads.push((most, self.runs.len()));
        self.runs.push(Run { first, end, is_heap: false });
        Some(score_of(most))
    }

    /// The run of a group among those from `known` on; a new one where there is none.
    fn run_for(&mut self, group: u16, known: usize, groups: &mut Vec<u16>) -> usize {
        let group_row = usize::from(group);
        if self.run_of.len() <= group_row {
            self.run_of.resize(group_row + 1, NONE);
        }
        // What an earlier part left there is older than `known`.
        match self.run_of.get_mut(group_row) {
            Some(run) if *run != NONE && *run as usize >= known => *run as usize,
            slot => {
                let run = self.runs.len();
                if let Some(slot) = slot {
                    *slot = run as u32;
                }
                self.runs.push(Run::default());
                groups.push(group);
                run
            }
        }
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

    /// Leaves the first key of a run behind; the next.
    fn advance(&mut self, run: usize) -> Option<u64> {
        let run = self.runs.get_mut(run)?;
        let keys = self.keys.get_mut(run.first..run.end)?;
        let last = keys.len().checked_sub(1)?;
        if !core::mem::replace(&mut run.is_heap, true) {
            for at in (0..keys.len() / 2).rev() {
                sink(keys, at);
            }
        }
        // The largest goes behind the others, which are a heap again.
        keys.swap(0, last);
        run.end -= 1;
        let left = keys.get_mut(..last)?;
        sink(left, 0);
        left.first().copied()
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
    use core::cmp::Reverse;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_sorted_ascends_and_equals_stay_as_they_were(numbers in prop::collection::vec(0u8..20, 0..90)) {
            let mut list: Vec<(u8, usize)> = numbers.iter().copied().zip(0..).collect();
            merge_sort(&mut list, |(one, _), (other, _)| one > other);
            let mut sorted: Vec<(u8, usize)> = numbers.iter().copied().zip(0..).collect();
            sorted.sort_by_key(|(number, _)| *number);
            prop_assert_eq!(list, sorted);
        }

        #[test]
        fn what_waits_comes_by_its_score_and_then_by_its_number(
            first in prop::collection::vec((any::<i32>(), any::<i32>(), prop::option::of(any::<i32>())), 0..30),
            later in prop::collection::vec((-2..2i32, 0u32..9), 0..30),
        ) {
            let (own, besides): (Vec<i32>, Vec<i64>) = first.iter().map(|row| (row.0, i64::from(row.1))).unzip();
            let known: Vec<i32> = first.iter().map(|row| row.2.unwrap_or(i32::MAX)).collect();
            let rows: Vec<u32> = (0..first.len() as u32).collect();
            let mut queue = Queue::of(&rows, Reach { own: &own, besides: &besides, known: &known });
            let reached = first.iter().map(|(own, besides, known)| {
                let most = i64::from(*own) + i64::from(*besides);
                most.min(known.unwrap_or(i32::MAX).into()).max(i32::MIN.into()) as i32
            });
            let first: Vec<(i32, u32)> = reached.zip(rows).collect();
            for (score, number) in &later {
                queue.push(*score, *number);
            }
            let mut all = [first, later].concat();
            all.sort_by_key(|(score, number)| (Reverse(*score), *number));
            for (score, number) in all {
                prop_assert_eq!(queue.peek(), Some(score));
                prop_assert_eq!(queue.pop(), Some((score, number)));
            }
            prop_assert_eq!((queue.peek(), queue.pop()), (None, None));
        }

        #[test]
        fn keys_that_wait_in_a_part_of_a_list_come_in_their_order(
            mut keys in prop::collection::vec(any::<u64>(), 0..40), before in 0usize..9,
        ) {
            let first = before.min(keys.len());
            let untouched = keys[..first].to_vec();
            let mut sorted = keys[first..].to_vec();
            sorted.sort_by_key(|key| Reverse(*key));
            heapify(&mut keys[first..]);
            let mut end = keys.len();
            for next in sorted {
                prop_assert_eq!(keys[first], next);
                pop_to_end(&mut keys[first..end]);
                end -= 1;
                prop_assert_eq!(keys[end], next);
            }
            pop_to_end(&mut keys[first..end]);
            prop_assert_eq!(&keys[..first], &untouched[..]);
        }

        #[test]
        fn a_run_that_is_scored_as_it_is_added_is_what_its_rows_say(
            rows in prop::collection::vec((any::<[u8; 2]>(), [0u32..5, 0u32..5], -9_000..9_000i32), 0..40),
            bytes in prop::collection::vec(-900..900i32, 256),
            lists in prop::collection::vec(prop::collection::vec(0u32..6, 0..4), 1..5),
            words in prop::collection::vec(-900..900i32, 0..6), sizes in prop::collection::vec(-900..900i32, 0..5),
            places in prop::collection::btree_set(0u32..50, 0..50), base in -900..900i32, says_words: bool,
        ) {
            let table: crate::score::ByteTable = bytes.try_into().expect("a table");
            let column = |at: usize| rows.iter().map(|row| row.0[at]).collect::<Vec<u8>>();
            let [one, two] = [column(0), column(1)];
            let [list_of, size_of] = [0, 1].map(|at: usize| rows.iter().map(|row| row.1[at]).collect::<Vec<u32>>());
            let values: Vec<i32> = rows.iter().map(|row| row.2).collect();
            let medium = std::vec![0; rows.len()];
            let mut starts = std::vec![0];
            starts.extend(lists.iter().scan(0, |end, list| { *end += list.len() as u32; Some(*end) }));
            let codes: Vec<u32> = lists.iter().flatten().copied().collect();
            let lists = crate::score::Lists { starts: &starts, codes: &codes };
            let ranks: Vec<u32> = (0..rows.len() as u32).rev().collect();
            let (places, words) = (places.into_iter().collect::<Vec<_>>(), if says_words { words } else { Vec::new() });
            let codes = Codes {
                small: [&one, &two], medium: &medium, large: [&list_of, &size_of], values: &values,
            };
            let tables = |sums| Tables { small: [&table, &table], medium: &[], large: [sums, &sizes], base };

            // In two steps, by what each says of all rows.
            let mut sums = if says_words { crate::score::unknown(starts.len() - 1) } else { Vec::new() };
            crate::score::sum_lists(&list_of, &places, lists, &words, &mut sums);
            let (mut scores, mut of_runs) = (Vec::new(), Vec::new());
            crate::score::score(codes, tables(&sums), &places, &mut scores);
            let mut apart = Merge::new(&ranks, 0);
            apart.add(Rows { groups: &medium, ranks: &ranks }, &places, &scores, &mut of_runs);

            let mut at_once = Merge::new(&ranks, 0);
            let mut sums = if says_words { crate::score::unknown(starts.len() - 1) } else { Vec::new() };
            for _ in 0..2 {
                let sets = Sets { lists, table: &words, sums: &mut sums };
                at_once = Merge::new(&ranks, 0);
                let most = at_once.add_run(codes, tables(&[]), sets, &ranks, &places);
                let reached = scores.iter().zip(&places).filter(|(_, place)| (**place as usize) < rows.len());
                prop_assert_eq!(most, reached.map(|(score, _)| *score).max());
            }
            prop_assert_eq!(at_once.peek(), apart.peek());
            prop_assert_eq!(at_once.collect::<Vec<u32>>(), apart.collect::<Vec<u32>>());
        }

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
            let mut merge = Merge::new(&ranks, 0);
            let mut of_runs = Vec::new();
            for part in rows.chunks(length) {
                let scores: Vec<i32> = part.iter().map(|row| scores[*row as usize]).collect();
                merge.add(Rows { groups: &groups, ranks: &ranks }, part, &scores, &mut of_runs);
            }
            prop_assert_eq!(of_runs.len(), merge.runs.len());
            for (run, group) in merge.runs.iter().zip(of_runs) {
                let row = |key: &u64| ranks[!(*key as u32) as usize] as usize;
                prop_assert!(merge.keys[run.first..run.end].iter().all(|key| groups[row(key)] == group));
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

    /// Adds a run of rows whose ranks are their numbers.
    fn add(merge: &mut Merge<'_>, rows: &[(i32, u32)]) {
        let (groups, ranks) = ([0; 9], [0, 1, 2, 3, 4, 5, 6, 7, 8]);
        let (scores, places): (Vec<i32>, Vec<u32>) = rows.iter().copied().unzip();
        merge.add(Rows { groups: &groups, ranks: &ranks }, &places, &scores, &mut Vec::new());
    }

    #[test]
    fn a_run_that_is_added_later_takes_its_place() {
        let mut merge = Merge::new(&[0, 1, 2, 3], 4);
        add(&mut merge, &[(5, 0), (-1, 1)]);
        assert_eq!(merge.peek(), Some((key(5, 0), 0)));
        assert_eq!(merge.next(), Some(0));
        add(&mut merge, &[]);
        add(&mut merge, &[(7, 2), (-1, 3), (8, 9)]);
        assert_eq!(merge.peek(), Some((key(7, 2), 1)), "a place beyond the rows is none");
        assert_eq!(merge.collect::<Vec<u32>>(), [2, 1, 3]);
    }

    #[test]
    fn what_is_set_aside_waits_until_it_is_brought_back_or_asked_for() {
        let mut merge = Merge::new(&[0, 1, 2, 3], 4);
        add(&mut merge, &[(9, 0), (4, 1)]);
        add(&mut merge, &[(8, 2)]);
        add(&mut merge, &[(5, 3)]);
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
