//! Sets of codes, numbered: rows that have the same codes have the same number.

use crate::numbers::Numbers;
use crate::text::MIX;
use alloc::vec;
use alloc::vec::Vec;

/// The sets of some rows.
#[derive(Debug, Clone, Default)]
pub struct Sets {
    /// By row its set; sets are numbered as rows first have them.
    pub of_rows: Vec<u32>,
    /// Where each set's codes begin, one more than there are sets.
    pub starts: Vec<u32>,
    /// The codes of the sets, one set behind the other, each ascending and each code once.
    pub codes: Vec<u16>,
}

/// The numbers of sets by what tells them apart, by open addressing.
struct Numbering {
    /// Numbers, a power of two of slots and more than there are sets; [`NONE`] where one is free.
    slots: Vec<u32>,
    /// By set its key.
    keys: Vec<u64>,
}

/// No set.
const NONE: u32 = u32::MAX;

impl Numbering {
    fn new() -> Self {
        Self { slots: vec![NONE; 256], keys: Vec::new() }
    }

    /// The number of a set by its key, or the slot where it belongs. Of those that share a key, `is` tells the one that is meant.
    fn find(&self, key: u64, is: impl Fn(u32) -> bool) -> Result<u32, usize> {
        let mut slot = (key.wrapping_mul(MIX) >> 32) as usize & (self.slots.len() - 1);
        while let Some(number) = self.slots.get(slot).copied().filter(|number| *number != NONE) {
            if self.keys.get(number as usize) == Some(&key) && is(number) {
                return Ok(number);
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        Err(slot)
    }

    /// Numbers another set, whose slot was found.
    fn put(&mut self, slot: usize, key: u64) -> u32 {
        let number = self.keys.len() as u32;
        self.keys.push(key);
        self.slots[slot] = number;
        if self.keys.len() * 2 > self.slots.len() {
            self.slots = vec![NONE; self.slots.len() * 4];
            for (number, key) in (0..).zip(&self.keys) {
                if let Err(slot) = self.find(*key, |_| false) {
                    self.slots[slot] = number;
                }
            }
        }
        number
    }
}

impl Sets {
    /// Of rows with codes `starts[row]..starts[row + 1]`, all below `kinds`, of which only those count that have something `left`.
    #[inline(never)]
    pub fn of(starts: &[u32], codes: Numbers<'_>, left: Numbers<'_>, kinds: usize) -> Self {
        let rows = starts.len().saturating_sub(1);
        let mut sets = Self { of_rows: Vec::with_capacity(rows), starts: vec![0], codes: Vec::new() };
        match (codes.as_bytes(), left.as_bytes()) {
            (Some(codes), Some(left)) if kinds <= 64 => sets.take_masks(starts, codes, left),
            _ => sets.take(starts, codes, left),
        }
        sets
    }

    /// By row whether its set has any code.
    #[inline(never)]
    pub fn are_filled(&self) -> Vec<bool> {
        let start = |set: usize| self.starts.get(set).copied().unwrap_or(0);
        self.of_rows.iter().map(|set| start(*set as usize) < start(*set as usize + 1)).collect()
    }

    /// Takes rows each told by a bit a code. A pack is opened before any loop was seen to be hot, while each instruction of a
    /// module costs several of the processor's, and a mask takes few.
    fn take_masks(&mut self, starts: &[u32], codes: &[u8], left: &[u8]) {
        let (mut numbering, mut before) = (Numbering::new(), None);
        for (start, end) in starts.iter().zip(starts.iter().skip(1)) {
            let row = *start as usize..*end as usize;
            let (codes, left) = (codes.get(row.clone()).unwrap_or(&[]), left.get(row).unwrap_or(&[]));
            let bit = |(code, left): (&u8, &u8)| u64::from(*left > 0) << (code & 63);
            let mask = codes.iter().zip(left).fold(0, |mask, row| mask | bit(row));
            // Rows beside one another are often of one make.
            let number = match before {
                Some((same, number)) if same == mask => number,
                _ => numbering.find(mask, |_| true).unwrap_or_else(|slot| {
                    self.codes.extend((0..64).filter(|code| mask >> code & 1 == 1));
                    self.starts.push(self.codes.len() as u32);
                    numbering.put(slot, mask)
                }),
            };
            before = Some((mask, number));
            self.of_rows.push(number);
        }
    }

    /// Takes rows with codes of any kind.
    fn take(&mut self, starts: &[u32], codes: Numbers<'_>, left: Numbers<'_>) {
        let (mut numbering, mut set) = (Numbering::new(), Vec::<u16>::new());
        for (start, end) in starts.iter().zip(starts.iter().skip(1)) {
            let range = *start as usize..*end as usize;
            set.clear();
            for code in range.filter(|at| left.at(*at) > 0).map(|at| codes.at(at) as u16) {
                // Codes are few and mostly ascend: each goes behind those that are no larger, unless it is there.
                let place = set.iter().rposition(|before| *before <= code).map_or(0, |before| before + 1);
                if place == 0 || set.get(place - 1) != Some(&code) {
                    set.insert(place, code);
                }
            }
            let step = |hash: u64, code: &u16| (hash.rotate_left(5) ^ u64::from(*code)).wrapping_mul(MIX);
            let key = set.iter().fold(set.len() as u64, step);
            let found = numbering.find(key, |number| self.get(number as usize) == set);
            self.of_rows.push(found.unwrap_or_else(|slot| {
                self.codes.extend_from_slice(&set);
                self.starts.push(self.codes.len() as u32);
                numbering.put(slot, key)
            }));
        }
    }

    /// The codes of a set.
    pub fn get(&self, set: usize) -> &[u16] {
        let bounds = self.starts.get(set).zip(self.starts.get(set + 1));
        bounds.and_then(|(start, end)| self.codes.get(*start as usize..*end as usize)).unwrap_or(&[])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    #[test]
    fn rows_with_the_same_codes_share_a_set() {
        let sets = Sets::of(
            &[0, 2, 4, 5, 7, 7],
            Numbers::of(&[4, 2, 2, 4, 9, 2, 4], 7).expect("a width"),
            Numbers::of(&[1, 1, 5, 7, 0, 1, 0], 7).expect("a width"),
            10,
        );
        assert_eq!(sets.of_rows, [0, 0, 1, 2, 1]);
        assert_eq!(sets.starts, [0, 2, 2, 3]);
        assert_eq!(sets.codes, [2, 4, 2]);
        assert_eq!(sets.get(3), [] as [u16; 0]);
    }

    /// Many sets, so that slots run out and are made anew.
    #[test]
    fn a_set_has_one_number() {
        let roll = |state: &mut u32| {
            *state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            Some((*state >> 25) as u16)
        };
        let codes: Vec<u16> = core::iter::repeat_n((), 9_000).scan(7, |state, ()| roll(state)).collect();
        let wide: Vec<u8> = codes.iter().flat_map(|code| code.to_le_bytes()).collect();
        let numbers = |bytes| Numbers::of(bytes, codes.len()).expect("a width");
        let starts: Vec<u32> = (0..=3_000).map(|row| row * 3).collect();
        let sets = Sets::of(&starts, numbers(&wide), numbers(&vec![1; codes.len()]), 128);
        let mut known = BTreeMap::new();
        for (row, number) in sets.of_rows.iter().enumerate() {
            let mut own = codes[3 * row..3 * row + 3].to_vec();
            own.sort_unstable();
            own.dedup();
            assert_eq!(sets.get(*number as usize), own);
            assert_eq!(*known.entry(own).or_insert(*number), *number);
        }
        assert_eq!(known.len(), sets.starts.len() - 1);
        assert!(known.len() > 1_000);
    }

    proptest! {
        #[test]
        fn sets_are_the_same_by_mask_and_by_list(
            rows in prop::collection::vec(prop::collection::vec((0u8..64, 0u8..3), 0..5), 0..90), wide: bool,
        ) {
            let stock: Vec<(u8, u8)> = rows.concat();
            let mut starts = vec![0];
            starts.extend(rows.iter().scan(0, |end, row| { *end += row.len() as u32; Some(*end) }));
            let column = |of: fn(&(u8, u8)) -> u8| -> Vec<u8> {
                let bytes = stock.iter().map(of);
                if wide { bytes.flat_map(|byte| u16::from(byte).to_le_bytes()).collect() } else { bytes.collect() }
            };
            let (codes, left) = (column(|(code, _)| *code), column(|(_, left)| *left));
            let of = |kinds| {
                let numbers = |bytes| Numbers::of(bytes, stock.len()).expect("a width");
                Sets::of(&starts, numbers(&codes), numbers(&left), kinds)
            };
            let (masks, lists) = (of(64), of(65));
            prop_assert_eq!(&masks.of_rows, &lists.of_rows);
            prop_assert_eq!(&masks.starts, &lists.starts);
            prop_assert_eq!(&masks.codes, &lists.codes);
            for (row, set) in rows.iter().zip(&masks.of_rows) {
                let own: std::collections::BTreeSet<u16> =
                    row.iter().filter(|(_, left)| *left > 0).map(|(code, _)| u16::from(*code)).collect();
                prop_assert_eq!(masks.get(*set as usize), own.into_iter().collect::<Vec<_>>());
            }
        }
    }
}
