//! Counts which items stand close together in sessions, in whole numbers, in memory bounded by the pairs.
//!
//! Two clicks at distance d, at most [`WINDOW`] apart, count 1/d in the order in which they came. Fractions are
//! kept in whole [`UNIT`]s, so that a sum does not depend on its order: sessions may be counted in any order and
//! pairs sorted by any number of threads. Counts stop at the largest `u32` instead of wrapping.

use super::settings::WINDOW;
use rayon::slice::ParallelSliceMut;

/// One, in the unit of counts: the least common multiple of 1 to [`WINDOW`], so that 1/d is whole.
pub(crate) const UNIT: u32 = 2_520;

/// Pairs waiting to be merged, at least this many before a merge.
const WAITING_MIN: usize = 1 << 20;

/// What was counted for two items; the first has the smaller number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pair {
    /// The items.
    pub(crate) items: [u32; 2],
    /// The first then the second, in [`UNIT`]s.
    pub(crate) rising: u32,
    /// The second then the first, in [`UNIT`]s.
    pub(crate) falling: u32,
    /// Sessions that hold the pair.
    pub(crate) sessions: u32,
}

/// All pairs of a log.
#[derive(Debug, Default)]
pub(crate) struct Pairs {
    /// Sorted by items, each pair once.
    merged: Vec<Pair>,
    waiting: Vec<Pair>,
    of_session: Vec<Pair>,
}

impl Pairs {
    /// Counts one session, oldest click first.
    pub(crate) fn count(&mut self, session: &[u32]) {
        self.of_session.clear();
        for (at, earlier) in session.iter().enumerate() {
            for (distance, later) in (1..=WINDOW as u32).zip(session.iter().skip(at + 1)) {
                let part = UNIT / distance;
                if earlier < later {
                    let pair = Pair { items: [*earlier, *later], rising: part, falling: 0, sessions: 1 };
                    self.of_session.push(pair);
                } else if later < earlier {
                    let pair = Pair { items: [*later, *earlier], rising: 0, falling: part, sessions: 1 };
                    self.of_session.push(pair);
                }
            }
        }
        self.of_session.sort_unstable_by_key(|pair| pair.items);
        // However often a session repeats a pair, it is one session.
        combine(&mut self.of_session, |_, _| 1);
        self.waiting.extend_from_slice(&self.of_session);
        if self.waiting.len() >= WAITING_MIN.max(self.merged.len() / 2) {
            self.merge();
        }
    }

    /// The pairs, sorted by their items.
    pub(crate) fn sorted(&mut self) -> &[Pair] {
        self.merge();
        &self.merged
    }

    /// All pairs, sorted by their items, when no more sessions come.
    pub(crate) fn finish(mut self) -> Vec<Pair> {
        self.merge();
        self.merged
    }

    fn merge(&mut self) {
        if self.waiting.is_empty() {
            return;
        }
        self.waiting.par_sort_unstable_by_key(|pair| pair.items);
        combine(&mut self.waiting, u32::saturating_add);
        let mut all = Vec::with_capacity(self.merged.len() + self.waiting.len());
        let (mut old, mut new) = (self.merged.iter().peekable(), self.waiting.iter().peekable());
        while let Some(pair) = match (old.peek(), new.peek()) {
            (Some(one), Some(other)) if one.items > other.items => new.next(),
            (Some(_), _) => old.next(),
            (None, _) => new.next(),
        } {
            all.push(*pair);
        }
        combine(&mut all, u32::saturating_add);
        all.shrink_to_fit();
        self.merged = all;
        self.waiting.clear();
    }
}

/// Adds up neighbours of a sorted list that are one pair; how many sessions that makes, the caller knows.
fn combine(pairs: &mut Vec<Pair>, sessions: impl Fn(u32, u32) -> u32) {
    pairs.dedup_by(|next, kept| {
        let same = next.items == kept.items;
        if same {
            kept.rising = kept.rising.saturating_add(next.rising);
            kept.falling = kept.falling.saturating_add(next.falling);
            kept.sessions = sessions(kept.sessions, next.sessions);
        }
        same
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pairs_of(sessions: &[Vec<u32>]) -> Vec<Pair> {
        let mut pairs = Pairs::default();
        for session in sessions {
            pairs.count(session);
        }
        pairs.sorted().to_vec()
    }

    #[test]
    fn a_known_session_gives_the_counts_worked_out_by_hand() {
        // 1 2 1: 1→2 at 1, 1→1 never, 2→1 at 1. Then 2 1 in a second session.
        let pairs = pairs_of(&[vec![1, 2, 1], vec![2, 1]]);
        assert_eq!(pairs, [Pair { items: [1, 2], rising: UNIT, falling: 2 * UNIT, sessions: 2 }]);
        // 1 x x x 5: four apart is a quarter.
        let pairs = pairs_of(&[vec![1, 9, 9, 9, 5]]);
        assert_eq!(pairs[0], Pair { items: [1, 5], rising: UNIT / 4, falling: 0, sessions: 1 });
        assert_eq!(
            pairs[1],
            Pair { items: [1, 9], rising: UNIT + UNIT / 2 + UNIT / 3, falling: 0, sessions: 1 }
        );
        assert_eq!(
            pairs[2],
            Pair { items: [5, 9], rising: 0, falling: UNIT + UNIT / 2 + UNIT / 3, sessions: 1 }
        );
    }

    #[test]
    fn what_is_too_far_apart_is_no_pair() {
        let mut session = vec![1];
        session.extend([7; WINDOW - 1]);
        session.push(2);
        assert_eq!(pairs_of(&[session.clone()])[0].items, [1, 2], "ten apart still counts");
        session.insert(1, 7);
        assert!(pairs_of(&[session]).iter().all(|pair| pair.items != [1, 2]), "eleven apart does not");
    }

    #[test]
    fn every_part_of_the_unit_is_whole() {
        for distance in 1..=WINDOW as u32 {
            assert_eq!(UNIT % distance, 0);
        }
    }

    /// The same counts, the plain way.
    fn plainly(sessions: &[Vec<u32>]) -> Vec<Pair> {
        let mut all =
            std::collections::BTreeMap::<[u32; 2], (u32, u32, std::collections::BTreeSet<usize>)>::new();
        for (number, session) in sessions.iter().enumerate() {
            for (i, a) in session.iter().enumerate() {
                for (j, b) in session.iter().enumerate().skip(i + 1) {
                    if j - i <= WINDOW && a != b {
                        let entry = all.entry([*a.min(b), *a.max(b)]).or_default();
                        let part = UNIT / (j - i) as u32;
                        if a < b {
                            entry.0 += part;
                        } else {
                            entry.1 += part;
                        }
                        entry.2.insert(number);
                    }
                }
            }
        }
        let pair = |(items, (rising, falling, sessions)): (
            [u32; 2],
            (u32, u32, std::collections::BTreeSet<usize>),
        )| { Pair { items, rising, falling, sessions: sessions.len() as u32 } };
        all.into_iter().map(pair).collect()
    }

    proptest! {
        #[test]
        fn counting_agrees_with_the_plain_way_in_any_order(
            sessions in prop::collection::vec(prop::collection::vec(0_u32..6, 0..15), 0..12),
            merge_after in 0_usize..12,
        ) {
            let expected = plainly(&sessions);
            prop_assert_eq!(&pairs_of(&sessions), &expected);
            let mut backwards = Pairs::default();
            for (number, session) in sessions.iter().rev().enumerate() {
                backwards.count(session);
                if number == merge_after {
                    backwards.merge();
                }
            }
            prop_assert_eq!(backwards.sorted(), &expected[..]);
        }
    }
}
