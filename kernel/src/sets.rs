//! Sets of codes, numbered: rows that have the same codes have the same number.

use crate::numbers::Numbers;
use alloc::vec;
use alloc::vec::Vec;

/// The sets of some rows.
#[derive(Debug, Clone, Default)]
pub struct Sets {
    /// By row its set; sets are numbered as rows first have them.
    pub of_rows: Vec<u32>,
    /// Where each set's codes begin, one more than there are sets.
    pub starts: Vec<u32>,
    /// The codes of the sets, one set behind the other, each ascending.
    pub codes: Vec<u16>,
}

impl Sets {
    /// Of rows with codes `starts[row]..starts[row + 1]`, of which only those count that have something `left`.
    #[inline(never)]
    pub fn of(starts: &[u32], codes: Numbers<'_>, left: Numbers<'_>) -> Self {
        let rows = starts.len().saturating_sub(1);
        let mut sets = Self { of_rows: Vec::with_capacity(rows), starts: vec![0], codes: Vec::new() };
        let (mut slots, mut set) = (vec![u32::MAX; 256], Vec::<u16>::new());
        for (start, end) in starts.iter().zip(starts.iter().skip(1)) {
            let range = *start as usize..*end as usize;
            set.clear();
            for code in range.filter(|at| left.at(*at) > 0).map(|at| codes.at(at) as u16) {
                // Codes are few and mostly ascend: each goes behind those that are no larger.
                let place = set.iter().rposition(|before| *before <= code).map_or(0, |before| before + 1);
                set.insert(place, code);
            }
            let number = sets.number(&set, &mut slots);
            sets.of_rows.push(number);
        }
        sets
    }

    /// The codes of a set.
    pub fn get(&self, set: usize) -> &[u16] {
        let bounds = self.starts.get(set).zip(self.starts.get(set + 1));
        bounds.and_then(|(start, end)| self.codes.get(*start as usize..*end as usize)).unwrap_or(&[])
    }

    /// The number of a set, by open addressing: `slots` are a power of two, more than there are sets, and hold numbers.
    fn number(&mut self, set: &[u16], slots: &mut Vec<u32>) -> u32 {
        let mut slot = slot_of(set, slots.len());
        while let Some(number) = slots.get(slot).copied().filter(|number| *number != u32::MAX) {
            if self.get(number as usize) == set {
                return number;
            }
            slot = (slot + 1) & (slots.len() - 1);
        }
        let number = self.starts.len() as u32 - 1;
        self.codes.extend_from_slice(set);
        self.starts.push(self.codes.len() as u32);
        slots[slot] = number;
        if self.starts.len() * 2 > slots.len() {
            *slots = vec![u32::MAX; slots.len() * 4];
            for number in 0..self.starts.len() - 1 {
                let mut slot = slot_of(self.get(number), slots.len());
                while slots[slot] != u32::MAX {
                    slot = (slot + 1) & (slots.len() - 1);
                }
                slots[slot] = number as u32;
            }
        }
        number
    }
}

/// Where a set is looked for first, among a power of two of slots.
fn slot_of(set: &[u16], slots: usize) -> usize {
    let step = |hash: u32, code: &u16| (hash.rotate_left(5) ^ u32::from(*code)).wrapping_mul(0x9E37_79B9);
    (set.iter().fold(set.len() as u32, step) >> 8) as usize & (slots - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn rows_with_the_same_codes_share_a_set() {
        let sets = Sets::of(
            &[0, 2, 4, 5, 7, 7],
            Numbers::of(&[4, 2, 2, 4, 9, 2, 4], 7).expect("a width"),
            Numbers::of(&[1, 1, 5, 7, 0, 1, 0], 7).expect("a width"),
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
        let sets = Sets::of(&starts, numbers(&wide), numbers(&vec![1; codes.len()]));
        let mut known = BTreeMap::new();
        for (row, number) in sets.of_rows.iter().enumerate() {
            let mut own = codes[3 * row..3 * row + 3].to_vec();
            own.sort_unstable();
            assert_eq!(sets.get(*number as usize), own);
            assert_eq!(*known.entry(own).or_insert(*number), *number);
        }
        assert_eq!(known.len(), sets.starts.len() - 1);
        assert!(known.len() > 1_000);
    }
}
