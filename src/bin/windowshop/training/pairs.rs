//! Counts which items stand close together in sessions, in whole numbers, in memory of a fixed size.
//!
//! Two clicks at distance d, at most [`WINDOW`] apart, count 1/d in the order in which they came. Fractions are
//! kept in whole [`UNIT`]s, so that a sum does not depend on its order: sessions may be counted in any order, by any
//! number of threads, and what does not fit in memory waits in working files ([`super::runs`]). Counts stop at the
//! largest `u32` instead of wrapping.

use super::runs::{Record, Runs, put_growth, take_growth};
use super::scratch::{Bytes, Scratch, put};
use super::settings::WINDOW;
use std::io;

/// One, in the unit of counts: the least common multiple of 1 to [`WINDOW`], so that 1/d is whole.
pub(crate) const UNIT: u32 = 2_520;

/// Pairs that wait in memory, 20 bytes each, shared by all threads that count.
pub(crate) const WAITING_MAX: usize = 12 << 20;

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
pub(crate) struct Pairs {
    runs: Runs<Pair>,
    of_session: Vec<Pair>,
}

/// The pairs that are in enough sessions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Kept {
    /// Sorted by their items.
    pub(crate) pairs: Vec<Pair>,
    /// How many different pairs there are, kept or not.
    pub(crate) different: u64,
}

impl Pairs {
    /// No pairs yet; at most `capacity` wait in memory.
    pub(crate) fn new(scratch: &Scratch, capacity: usize) -> Self {
        Self { runs: Runs::new(scratch, capacity), of_session: Vec::new() }
    }

    /// Counts one session, oldest click first.
    pub(crate) fn count(&mut self, session: &[u32]) -> io::Result<()> {
        for (at, earlier) in session.iter().enumerate() {
            for (distance, later) in (1..=WINDOW as u32).zip(session.iter().skip(at + 1)) {
                self.part(*earlier, *later, UNIT / distance, 0);
            }
        }
        self.end_session()
    }

    /// Counts two items of a session: what the second counts after the first and before it, in [`UNIT`]s.
    pub(crate) fn part(&mut self, one: u32, other: u32, forward: u32, backward: u32) {
        if one != other {
            let (items, rising, falling) = if one < other {
                ([one, other], forward, backward)
            } else {
                ([other, one], backward, forward)
            };
            self.of_session.push(Pair { items, rising, falling, sessions: 1 });
        }
    }

    /// Ends a session whose parts were counted.
    pub(crate) fn end_session(&mut self) -> io::Result<()> {
        self.of_session.sort_unstable_by_key(|pair| pair.items);
        // However often a session repeats a pair, it is one session.
        combine(&mut self.of_session, |_, _| 1);
        self.of_session.drain(..).try_for_each(|pair| self.runs.push(pair))
    }

    /// Takes all that another counted.
    pub(crate) fn append(&mut self, other: Self) -> io::Result<()> {
        self.runs.append(other.runs)
    }

    /// The pairs that at least `min_sessions` have so far. More may be counted afterwards.
    pub(crate) fn kept(&mut self, min_sessions: u32) -> io::Result<Kept> {
        let mut kept = Kept::default();
        self.runs.merge(|pair| {
            kept.different += 1;
            if pair.sessions >= min_sessions {
                kept.pairs.push(pair);
            }
            Ok(())
        })?;
        Ok(kept)
    }
}

impl Record for Pair {
    type Key = [u32; 2];
    const FIRST: Self = Self { items: [0; 2], rising: 0, falling: 0, sessions: 0 };

    fn key(&self) -> [u32; 2] {
        self.items
    }

    fn add(&mut self, other: &Self) -> bool {
        self.rising = self.rising.saturating_add(other.rising);
        self.falling = self.falling.saturating_add(other.falling);
        self.sessions = self.sessions.saturating_add(other.sessions);
        true
    }

    fn put(&self, before: &Self, to: &mut Vec<u8>) {
        let [[low, high], [low_before, high_before]] =
            [self.items, before.items].map(|items| items.map(u64::from));
        put_growth(low, low_before, to);
        put_growth(high, if low == low_before { high_before } else { 0 }, to);
        for count in [self.rising, self.falling, self.sessions] {
            put(count.into(), to);
        }
    }

    fn take<R: io::Read>(before: &Self, from: &mut Bytes<R>) -> io::Result<Self> {
        let [low_before, high_before] = before.items.map(u64::from);
        let low = take_growth(low_before, from)?;
        let high = take_growth(if low == low_before { high_before } else { 0 }, from)?;
        let mut count = || Ok::<u32, io::Error>(from.take()? as u32);
        Ok(Self { items: [low as u32, high as u32], rising: count()?, falling: count()?, sessions: count()? })
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
        counted(sessions.iter(), 1_000, 1)
    }

    fn counted<'a>(
        sessions: impl Iterator<Item = &'a Vec<u32>>,
        capacity: usize,
        min_sessions: u32,
    ) -> Vec<Pair> {
        let mut pairs = Pairs::new(&Scratch::default(), capacity);
        for session in sessions {
            pairs.count(session).unwrap_or_else(|error| panic!("{error}"));
        }
        pairs.kept(min_sessions).unwrap_or_else(|error| panic!("{error}")).pairs
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
            capacity in 2_usize..40,
            min_sessions in 1_u32..4,
        ) {
            let mut expected = plainly(&sessions);
            prop_assert_eq!(&pairs_of(&sessions), &expected);
            expected.retain(|pair| pair.sessions >= min_sessions);
            prop_assert_eq!(counted(sessions.iter().rev(), capacity, min_sessions), expected);
        }
    }
}
