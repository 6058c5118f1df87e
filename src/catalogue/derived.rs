//! Columns worked out from others whenever the catalogue changes, so that a ranking, which is asked for far more often, need not.
//!
//! What they mean is told where they are read (`live`); nothing here is stored.

use crate::base::maps::Map;
use alloc::vec;
use alloc::vec::Vec;

/// The columns.
#[derive(Debug, Clone, Default)]
pub(super) struct Derived {
    /// By item: whether some size is in stock.
    pub(super) stocked: Vec<bool>,
    /// By item: its set of sizes that are in stock. Many items share one.
    pub(super) size_sets: Vec<u32>,
    /// Where each set's sizes begin, one more than there are sets.
    pub(super) size_set_starts: Vec<u32>,
    /// The sizes of the sets, one set behind the other, each ascending.
    pub(super) size_set_sizes: Vec<u16>,
}

impl Derived {
    /// From the stock: `starts` are the items' stock rows, one more than items; `sizes` and `left` are by stock row.
    pub(super) fn of(starts: &[u32], sizes: &[u16], left: &[u32]) -> Self {
        let items = starts.len().saturating_sub(1);
        let mut derived = Self {
            stocked: Vec::with_capacity(items),
            size_sets: Vec::with_capacity(items),
            size_set_starts: vec![0],
            size_set_sizes: Vec::new(),
        };
        let mut sets: Map<Vec<u16>, u32> = Map::default();
        let mut set = Vec::new();
        for (start, end) in starts.iter().zip(starts.iter().skip(1)) {
            let rows = *start as usize..*end as usize;
            let rows = sizes.get(rows.clone()).unwrap_or(&[]).iter().zip(left.get(rows).unwrap_or(&[]));
            set.clear();
            for size in rows.filter(|(_, left)| **left > 0).map(|(size, _)| *size) {
                // Sizes are few and mostly ascend: each goes behind those that are no larger.
                let place = set.iter().rposition(|before| *before <= size).map_or(0, |before| before + 1);
                set.insert(place, size);
            }
            derived.stocked.push(!set.is_empty());
            let number = match sets.get(set.as_slice()) {
                Some(number) => *number,
                None => derived.add(&set, &mut sets),
            };
            derived.size_sets.push(number);
        }
        derived
    }

    fn add(&mut self, set: &[u16], sets: &mut Map<Vec<u16>, u32>) -> u32 {
        let number = sets.len() as u32;
        self.size_set_sizes.extend_from_slice(set);
        self.size_set_starts.push(self.size_set_sizes.len() as u32);
        sets.insert(set.to_vec(), number);
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    #[test]
    fn items_with_the_same_sizes_in_stock_share_a_set() {
        let derived = Derived::of(&[0, 2, 4, 5, 7, 7], &[4, 2, 2, 4, 9, 2, 4], &[1, 1, 5, 7, 0, 1, 0]);
        assert_eq!(derived.stocked, [true, true, false, true, false]);
        assert_eq!(derived.size_sets, [0, 0, 1, 2, 1]);
        assert_eq!(derived.size_set_starts, vec![0, 2, 2, 3]);
        assert_eq!(derived.size_set_sizes, vec![2, 4, 2]);
    }
}
