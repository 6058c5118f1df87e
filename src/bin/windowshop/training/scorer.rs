//! The engine's two warm channels over a bare table, for trying many settings quickly.
//!
//! Co-visitation: each of the last [`HISTORY`] clicks gives its neighbours their weights, decayed by how many
//! clicks ago it was. Own history: each of those clicks gives its item the best co-visitation score, times the
//! repeat weight, decayed likewise. `windowshop evaluate` ranks through the engine and asserts that this
//! arithmetic gives the same lists.

use super::settings::{Blend, FIXED_ONE};
use super::table::Table;

/// How many clicks back a history is looked at.
pub(crate) const HISTORY: usize = 20;

/// What a click counts by its age, in 16.16 fixed point; the newest counts one.
pub(crate) fn powers(decay_thousandths: u32) -> [u64; HISTORY] {
    let decay = (u64::from(decay_thousandths) * FIXED_ONE + 500) / 1_000;
    let mut power = FIXED_ONE;
    std::array::from_fn(|_| {
        let this = power;
        power = (power * decay) >> 16;
        this
    })
}

/// Which items of the history may stand in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Protocol {
    /// The item being looked at is left out.
    pub(crate) exclude_last: bool,
    /// Every item of the history is left out.
    pub(crate) without_seen: bool,
}

impl Protocol {
    /// Whether an item may stand in the list of a history.
    pub(crate) fn allows<T: PartialEq>(self, history: &[T], item: &T) -> bool {
        let seen = self.without_seen && history.contains(item);
        let last = self.exclude_last && history.last() == Some(item);
        !seen && !last
    }
}

/// Scores of all items for one history at a time; kept between histories to be filled again.
pub(crate) struct Scorer<'a> {
    table: &'a Table,
    ranks: &'a [u32],
    /// Co-visitation, by item; zero but for those in `touched`.
    scores: Vec<u64>,
    /// Decay powers of own clicks, by item; zero but for those in `touched`.
    own: Vec<u64>,
    touched: Vec<u32>,
    best: u64,
}

impl<'a> Scorer<'a> {
    /// A scorer over a table; `ranks` order items of equal score.
    pub(crate) fn new(table: &'a Table, ranks: &'a [u32]) -> Self {
        let items = table.items();
        Self { table, ranks, scores: vec![0; items], own: vec![0; items], touched: Vec::new(), best: 0 }
    }

    /// Takes in a history, oldest click first; clicks on items that the table does not know are `None`.
    pub(crate) fn take(&mut self, history: &[Option<u32>], powers: &[u64; HISTORY]) {
        for item in self.touched.drain(..) {
            self.scores[item as usize] = 0;
            self.own[item as usize] = 0;
        }
        self.best = 0;
        for (item, power) in history.iter().rev().zip(powers) {
            let Some(item) = *item else { continue };
            for (neighbour, weight) in self.table.row(item) {
                let score = &mut self.scores[*neighbour as usize];
                if *score == 0 && self.own[*neighbour as usize] == 0 {
                    self.touched.push(*neighbour);
                }
                *score += u64::from(*weight) * power;
                self.best = self.best.max(*score);
            }
            if self.scores[item as usize] == 0 && self.own[item as usize] == 0 {
                self.touched.push(item);
            }
            self.own[item as usize] += power;
        }
    }

    /// The score of an item under a repeat weight, in an unit of its own.
    fn total(&self, item: u32, repeat_thousandths: u32) -> u64 {
        let own = self.own[item as usize];
        let score = self.scores[item as usize];
        // Where no click has neighbours, own clicks still stand in their order.
        let best = self.best.max(FIXED_ONE);
        score + (((u128::from(best) * u128::from(own)) >> 16) * u128::from(repeat_thousandths) / 1_000) as u64
    }

    /// The place of an item among those that a protocol allows; `None` where it has no score, is not allowed, or
    /// stands behind `length` others.
    pub(crate) fn place(
        &self,
        target: u32,
        history: &[Option<u32>],
        repeat_thousandths: u32,
        protocol: Protocol,
        length: usize,
    ) -> Option<usize> {
        let key =
            |item: u32| (std::cmp::Reverse(self.total(item, repeat_thousandths)), self.ranks[item as usize]);
        let target_key = key(target);
        if target_key.0.0 == 0 || !protocol.allows(history, &Some(target)) {
            return None;
        }
        let mut before = 0;
        for item in &self.touched {
            if key(*item) < target_key && protocol.allows(history, &Some(*item)) {
                before += 1;
                if before >= length {
                    return None;
                }
            }
        }
        Some(before)
    }

    /// The best items, best first.
    pub(crate) fn list(
        &self,
        history: &[Option<u32>],
        blend: Blend,
        protocol: Protocol,
        length: usize,
    ) -> Vec<u32> {
        let mut scored: Vec<(std::cmp::Reverse<u64>, u32, u32)> = self
            .touched
            .iter()
            .filter(|item| protocol.allows(history, &Some(**item)))
            .map(|item| {
                (
                    std::cmp::Reverse(self.total(*item, blend.repeat_thousandths)),
                    self.ranks[*item as usize],
                    *item,
                )
            })
            .filter(|(score, ..)| score.0 > 0)
            .collect();
        scored.sort_unstable();
        scored.truncate(length);
        scored.into_iter().map(|(_, _, item)| item).collect()
    }
}
