//! The co-visitation scores behind two signals: what was looked at next by those who looked at the same.
//!
//! score(x) = Σ over the last 20 positions of decay^age × W[item at that position][x], in integers; W is the
//! pack's table. (The item-item table of `docs/quality.md`.)

use crate::base::maps::Map;
use crate::base::order;
use crate::recommend::context::Context;
use alloc::vec::Vec;

/// A trail's scores.
#[derive(Debug)]
pub(in crate::recommend) struct Warm {
    /// `(item row, score in millionths, position in the trail that gave most)`, by ascending row.
    pub(super) scores: Vec<(u32, i64, usize)>,
    /// The largest score, at least the floor of the weights.
    pub(super) largest: i64,
    /// decay^age of each position, in 1/65,536.
    pub(super) decays: Vec<u32>,
}

impl Warm {
    pub(in crate::recommend) fn of(context: &Context<'_>) -> Self {
        let trail = &context.recall.trail;
        let mut decays = Vec::with_capacity(trail.len());
        let mut decay: u64 = 65_536;
        for _ in trail {
            decays.push(decay as u32);
            decay = (decay * u64::from(context.weights.position_decay)) >> 16;
        }
        // (row) -> (sum, strongest part, its position)
        let mut sums: Map<u32, (i64, i64, usize)> = Map::default();
        for (position, (step, decay)) in trail.iter().zip(&decays).enumerate() {
            let Some(row) = context.catalogue.covisitation(&step.item) else { continue };
            for (item, weight) in row.neighbours() {
                let part = (i64::from(weight) * i64::from(*decay)) >> 16;
                let sum = sums.entry(item.0).or_insert((0, 0, position));
                sum.0 += part;
                if part > sum.1 {
                    (sum.1, sum.2) = (part, position);
                }
            }
        }
        let mut scores: Vec<(u32, i64, usize)> =
            sums.into_iter().map(|(row, (sum, _, position))| (row, sum, position)).collect();
        order::sort(&mut scores);
        let floor = i64::from(context.weights.repeat_floor);
        let largest = scores.iter().map(|(_, score, _)| *score).fold(floor, i64::max);
        Self { scores, largest, decays }
    }
}
