//! The engine's two warm channels over a bare table, for trying many settings quickly.
//!
//! Co-visitation: each of the last [`HISTORY`] clicks gives its neighbours their weights, decayed by how many
//! clicks ago it was. Own history: each of those clicks gives its item the best co-visitation score, times the
//! repeat weight, decayed likewise. `windowshop evaluate` ranks through the engine and asserts that this
//! arithmetic gives the same lists.

use super::settings::{Blend, FIXED_ONE};
use super::table::Table;
use std::cmp::Reverse;
use windowshop::recommend::Weights;
use windowshop::recommend::signals::{CONTRIBUTION_MAX, SIGNALS};
use windowshop::shopper::trail::POSITIONS_MAX;

/// How many clicks back a history is looked at.
pub(crate) const HISTORY: usize = POSITIONS_MAX;

/// What a click counts by its age, in 16.16 fixed point; the newest counts one.
pub(crate) fn powers(decay_thousandths: u32) -> [u64; HISTORY] {
    let decay = u64::from(fixed(decay_thousandths));
    let mut power = FIXED_ONE;
    std::array::from_fn(|_| {
        let this = power;
        power = (power * decay) >> 16;
        this
    })
}

/// Thousandths in 16.16 fixed point, as the engine's weights have them.
pub(crate) fn fixed(thousandths: u32) -> u32 {
    ((u64::from(thousandths) * FIXED_ONE + 500) / 1_000) as u32
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
    /// Co-visitation in millionths, by item; zero but for those in `touched`.
    scores: Vec<u64>,
    /// What own clicks add, by item; zero but for those in `touched`.
    own: Vec<u64>,
    /// Items with a score or a click of the history, each once.
    touched: Vec<u32>,
    /// The clicks that count, newest first, with their decay powers.
    clicks: Vec<(u32, u64)>,
    /// The best co-visitation score, at least the engine's floor.
    best: u64,
    floor: u64,
    /// Weights of the signals `covisitation` and `own_history`, in thousandths.
    signals: [u64; 2],
}

impl<'a> Scorer<'a> {
    /// A scorer over a table; `ranks` order items of equal score.
    pub(crate) fn new(table: &'a Table, ranks: &'a [u32]) -> Self {
        let (zeros, weights) = (vec![0; table.items()], Weights::default());
        let weight = |code: &str| {
            let default = SIGNALS
                .iter()
                .find(|signal| signal.code() == code)
                .map_or(0, |signal| signal.default_weight());
            u64::try_from(weights.of(code, default)).unwrap_or(0)
        };
        Self {
            table,
            ranks,
            own: zeros.clone(),
            scores: zeros,
            touched: Vec::new(),
            clicks: Vec::new(),
            best: 0,
            floor: u64::from(weights.repeat_floor),
            signals: [weight("covisitation"), weight("own_history")],
        }
    }

    /// Takes in a history, oldest click first; clicks on items that the table does not know are `None`.
    pub(crate) fn take(&mut self, history: &[Option<u32>], powers: &[u64; HISTORY]) {
        for item in self.touched.drain(..) {
            self.scores[item as usize] = 0;
            self.own[item as usize] = 0;
        }
        self.clicks.clear();
        self.best = self.floor;
        for (item, power) in history.iter().rev().zip(powers) {
            let Some(item) = *item else { continue };
            for (neighbour, weight) in self.table.row(item) {
                let score = &mut self.scores[*neighbour as usize];
                if *score == 0 {
                    self.touched.push(*neighbour);
                }
                *score += (u64::from(*weight) * power) >> 16;
                self.best = self.best.max(*score);
            }
            self.clicks.push((item, *power));
        }
        self.touched.extend(self.clicks.iter().map(|(item, _)| *item));
        self.touched.sort_unstable();
        self.touched.dedup();
    }

    /// Weighs the clicks of the history that was taken in.
    pub(crate) fn weigh_own(&mut self, repeat_thousandths: u32) {
        for (item, _) in &self.clicks {
            self.own[*item as usize] = 0;
        }
        for (item, power) in &self.clicks {
            let value = (self.best * u64::from(repeat_thousandths) / 1_000 * power) >> 16;
            self.own[*item as usize] += contribution(value, self.signals[1]);
        }
    }

    fn total(&self, item: u32) -> u64 {
        contribution(self.scores[item as usize], self.signals[0]) + self.own[item as usize]
    }

    /// The place of an item among those that a protocol allows; `None` where it has no score, is not allowed, or
    /// stands behind `length` others.
    pub(crate) fn place(
        &self,
        target: u32,
        history: &[Option<u32>],
        protocol: Protocol,
        length: usize,
    ) -> Option<usize> {
        let key = |item: u32| (Reverse(self.total(item)), self.ranks[item as usize]);
        let target_key = key(target);
        if target_key.0.0 == 0 || !protocol.allows(history, &Some(target)) {
            return None;
        }
        let before = |item: &&u32| key(**item) < target_key && protocol.allows(history, &Some(**item));
        let before = self.touched.iter().filter(before).take(length).count();
        (before < length).then_some(before)
    }

    /// The list of a history: [`Self::take`], [`Self::weigh_own`] and [`Self::list`] in one.
    pub(crate) fn ranked(
        &mut self,
        history: &[Option<u32>],
        powers: &[u64; HISTORY],
        blend: Blend,
        protocol: Protocol,
        length: usize,
    ) -> Vec<u32> {
        self.take(history, powers);
        self.weigh_own(blend.repeat_thousandths);
        self.list(history, protocol, length)
    }

    /// The best items, best first.
    fn list(&self, history: &[Option<u32>], protocol: Protocol, length: usize) -> Vec<u32> {
        let allowed = |item: &u32| protocol.allows(history, &Some(*item)) && self.total(*item) > 0;
        let mut list: Vec<u32> = self.touched.iter().copied().filter(allowed).collect();
        list.sort_unstable_by_key(|item| (Reverse(self.total(*item)), self.ranks[*item as usize]));
        list.truncate(length);
        list
    }
}

/// What a score adds to the sum: it is weighted and bounded as a signal is.
fn contribution(score: u64, weight: u64) -> u64 {
    (score * weight / 1_000).min(CONTRIBUTION_MAX as u64)
}
