//! Columns of numbers that are all as wide as the largest of them needs.
//!
//! The width is looked at anew for each number: within one column it is always the same, which a processor learns at once.

use crate::order::merge_sort;
use alloc::vec::Vec;

/// A column of numbers of one width, little-endian, read in place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Numbers<'a> {
    bytes: &'a [u8],
    rows: usize,
    width: usize,
}

/// Drops of ascending numbers those that are among others, which ascend too.
#[inline(never)]
pub fn drop_all(numbers: &mut Vec<u32>, others: &[u32]) {
    let mut others = others.iter().peekable();
    numbers.retain(|number| {
        while others.next_if(|other| *other < number).is_some() {}
        others.peek() != Some(&number)
    });
}

impl<'a> Numbers<'a> {
    /// A number for each of `rows`, all of 1, 2, 4 or 8 bytes. `None` where the bytes are not as many as any of these would take.
    pub fn of(bytes: &'a [u8], rows: usize) -> Option<Self> {
        let width = bytes.len().checked_div(rows).unwrap_or(1);
        let is_whole = width.is_power_of_two() && width <= 8 && width.checked_mul(rows) == Some(bytes.len());
        is_whole.then_some(Self { bytes, rows, width })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// How many bytes each has.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The number of one row; 0 beyond the last.
    #[inline]
    pub fn at(&self, row: usize) -> u64 {
        if row >= self.rows {
            return 0;
        }
        let from = self.bytes.get(row * self.width..).unwrap_or(&[]);
        match self.width {
            1 => from.first().map_or(0, |number| u64::from(*number)),
            2 => from.first_chunk().map_or(0, |number| u64::from(u16::from_le_bytes(*number))),
            4 => from.first_chunk().map_or(0, |number| u64::from(u32::from_le_bytes(*number))),
            _ => from.first_chunk().map_or(0, |number| u64::from_le_bytes(*number)),
        }
    }

    /// The numbers as bytes, where each is one.
    #[inline]
    pub(crate) fn as_bytes(&self) -> Option<&'a [u8]> {
        (self.width == 1).then_some(self.bytes)
    }

    /// Whether all numbers are below a limit. A column too narrow for any other is not walked.
    #[inline(never)]
    pub fn are_below(&self, limit: u64) -> bool {
        let too_narrow = self.width < 8 && limit >> (8 * self.width) > 0;
        too_narrow || self.largest().is_none_or(|largest| largest < limit)
    }

    /// Reads numbers of 32 bits, from a row on: as many as there is room for, 0 beyond the last. Of larger ones the low bits.
    #[inline(never)]
    pub fn read(&self, from: usize, room: &mut [u32]) {
        room.fill(0);
        let bytes = self.bytes.get(from.saturating_mul(self.width)..).unwrap_or(&[]);
        let room = room.iter_mut();
        match self.width {
            1 => room.zip(bytes).for_each(|(place, number)| *place = u32::from(*number)),
            2 => room
                .zip(of_each(bytes, u16::from_le_bytes))
                .for_each(|(place, number)| *place = u32::from(number)),
            4 => room.zip(of_each(bytes, u32::from_le_bytes)).for_each(|(place, number)| *place = number),
            _ => room
                .zip(of_each(bytes, u64::from_le_bytes))
                .for_each(|(place, number)| *place = number as u32),
        }
    }

    /// The largest number: a loop for each width, of which the narrow ones take many numbers at once.
    fn largest(&self) -> Option<u64> {
        match self.width {
            1 => self.bytes.iter().max().map(|largest| u64::from(*largest)),
            2 => of_each(self.bytes, u16::from_le_bytes).max().map(u64::from),
            4 => of_each(self.bytes, u32::from_le_bytes).max().map(u64::from),
            _ => of_each(self.bytes, u64::from_le_bytes).max(),
        }
    }
}

/// Numbers of 32 bits of which each was written as what it is more than the one before, and the first as it is
/// ([`crate::write::small`]); nothing where the bytes end within one, or one is no such number.
#[inline(never)]
pub fn summed(bytes: &[u8]) -> Option<Vec<u32>> {
    let mut numbers = Vec::with_capacity(bytes.iter().filter(|byte| **byte < 128).count());
    let (mut sum, mut difference, mut bits) = (0_i64, 0_u64, 0);
    let mut rest = bytes;
    while let Some((byte, behind)) = rest.split_first() {
        // Most differences take a byte. Eight of those, all less than 65, cannot leave the numbers of 32 bits from within.
        if let Some((eight, behind)) = rest.split_first_chunk::<8>()
            && bits == 0
            && u64::from_le_bytes(*eight) & 0x8080_8080_8080_8080 == 0
            && (512..=i64::from(u32::MAX) - 512).contains(&sum)
        {
            let (mut last, mut part) = (sum as i32, [0; 8]);
            for (number, byte) in part.iter_mut().zip(eight) {
                last = last.wrapping_add(i32::from(byte >> 1) ^ -i32::from(byte & 1));
                *number = last as u32;
            }
            numbers.extend_from_slice(&part);
            (sum, rest) = (i64::from(last as u32), behind);
            continue;
        }
        rest = behind;
        difference |= u64::from(byte & 127) << bits;
        if *byte >= 128 {
            bits += 7;
            // A difference of two numbers of 32 bits, its sign folded in, has 33.
            if bits > 28 {
                return None;
            }
            continue;
        }
        // Even ones are above, odd ones below.
        sum += (difference >> 1) as i64 ^ -((difference & 1) as i64);
        numbers.push(u32::try_from(sum).ok()?);
        (difference, bits) = (0, 0);
    }
    (bits == 0).then_some(numbers)
}

/// The numbers of a column of one width.
fn of_each<const WIDTH: usize, N>(bytes: &[u8], of: impl Fn([u8; WIDTH]) -> N) -> impl Iterator<Item = N> {
    bytes.as_chunks().0.iter().map(move |number| of(*number))
}

/// Whether all numbers of a part of a column are one; a part beyond the column is not.
#[inline(never)]
pub fn are_all(column: &[u16], rows: core::ops::Range<usize>, one: u16) -> bool {
    column.get(rows).is_some_and(|part| part.iter().fold(0, |other, number| other | (number ^ one)) == 0)
}

/// Puts weights in the order of their numbers, all that one number has together.
#[inline(never)]
pub fn gather(weights: &mut Vec<(i64, i64)>) {
    merge_sort(weights, |(one, _), (other, _)| one > other);
    weights.dedup_by(|(number, weight), (kept, sum)| {
        let same = number == kept;
        if same {
            *sum += *weight;
        }
        same
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::differences;
    use alloc::collections::BTreeMap;
    use alloc::vec;
    use alloc::vec::Vec;
    use proptest::prelude::*;

    fn bytes_of(numbers: &[u64], width: usize) -> Vec<u8> {
        numbers.iter().flat_map(|number| number.to_le_bytes().into_iter().take(width)).collect()
    }

    #[test]
    fn what_is_cut_or_too_large_is_no_sum() {
        assert_eq!(summed(&[]), Some(vec![]));
        assert_eq!(summed(&differences(&[u32::MAX, 0, u32::MAX])), Some(vec![u32::MAX, 0, u32::MAX]));
        for wrong in
            [&[128][..], &[1], &[2, 3], &[128, 128, 128, 128, 128, 0], &differences(&[u32::MAX, 7])[..6]]
        {
            assert_eq!(summed(wrong), None, "{wrong:?}");
        }
        let mut beyond = differences(&[u32::MAX]);
        beyond.push(2);
        assert_eq!(summed(&beyond), None, "2^32");
    }

    proptest! {
        #[test]
        fn differences_sum_up_to_what_they_are_of(numbers in prop::collection::vec(any::<u32>(), 0..40), shift in 0_u32..32) {
            let numbers: Vec<u32> = numbers.into_iter().map(|number| number >> shift).collect();
            prop_assert_eq!(summed(&differences(&numbers)), Some(numbers));
        }

        #[test]
        fn small_steps_sum_up_too_wherever_they_are(
            start in prop_oneof![0_u32..2_000, any::<u32>(), u32::MAX - 2_000..=u32::MAX],
            steps in prop::collection::vec(prop_oneof![9 => -70_i64..70, 1 => -9_000_i64..9_000], 0..60),
        ) {
            let sums = steps.iter().scan(i64::from(start), |sum, step| {
                *sum = (*sum + step).clamp(0, u32::MAX.into());
                Some(*sum as u32)
            });
            let numbers: Vec<u32> = core::iter::once(start).chain(sums).collect();
            prop_assert_eq!(summed(&differences(&numbers)), Some(numbers));
        }

        #[test]
        fn what_leaves_32_bits_in_small_steps_is_no_sum(start in u32::MAX - 500..=u32::MAX, up in 1_u8..64, count in 8_usize..500) {
            let mut bytes = differences(&[start]);
            bytes.resize(bytes.len() + count, up << 1);
            let last = u64::from(start) + u64::from(up) * count as u64;
            prop_assert_eq!(summed(&bytes).is_some(), u32::try_from(last).is_ok());
        }

        #[test]
        fn any_bytes_are_summed_or_not(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = summed(&bytes);
        }

        #[test]
        fn a_column_says_the_same_in_every_width_that_holds_it(
            numbers in prop::collection::vec(any::<u64>(), 0..40),
            shift in 0_u32..64,
            limit in any::<u64>(),
        ) {
            let numbers: Vec<u64> = numbers.into_iter().map(|number| number >> shift).collect();
            let limit = limit >> shift;
            let needed = (8 - shift as usize / 8).next_power_of_two();
            for width in [1, 2, 4, 8].into_iter().filter(|width| *width >= needed) {
                let bytes = bytes_of(&numbers, width);
                let column = Numbers::of(&bytes, numbers.len()).expect("a width");
                prop_assert_eq!((column.len(), column.is_empty()), (numbers.len(), numbers.is_empty()));
                prop_assert!(column.width() == width || numbers.is_empty());
                for row in 0..numbers.len() + 2 {
                    prop_assert_eq!(column.at(row), numbers.get(row).copied().unwrap_or(0));
                }
                prop_assert_eq!(column.are_below(limit), numbers.iter().all(|number| *number < limit));
                let mut room = [7; 19];
                column.read(5, &mut room);
                let read: Vec<u32> = (5..24).map(|row| column.at(row) as u32).collect();
                prop_assert_eq!(&room[..], read);
            }
        }
    }

    proptest! {
        #[test]
        fn what_one_number_has_is_gathered(weights in prop::collection::vec((-4..4i64, -9..9i64), 0..60)) {
            let mut sums = BTreeMap::new();
            for (number, weight) in &weights {
                *sums.entry(*number).or_insert(0) += *weight;
            }
            let mut gathered = weights;
            gather(&mut gathered);
            prop_assert_eq!(gathered, sums.into_iter().collect::<Vec<_>>());
        }
    }

    proptest! {
        #[test]
        fn what_is_dropped_is_what_both_have(numbers in prop::collection::btree_set(0u32..60, 0..40), others in prop::collection::btree_set(0u32..60, 0..40)) {
            let mut left: Vec<u32> = numbers.iter().copied().collect();
            drop_all(&mut left, &others.iter().copied().collect::<Vec<_>>());
            prop_assert_eq!(left, numbers.difference(&others).copied().collect::<Vec<_>>());
        }
    }

    #[test]
    fn all_of_a_part_are_one_or_they_are_not() {
        assert!(are_all(&[7, 5, 5, 6], 1..3, 5) && are_all(&[7], 1..1, 9));
        assert!(!are_all(&[7, 5, 5, 6], 1..4, 5) && !are_all(&[5], 0..2, 5), "beyond the column");
    }

    #[test]
    fn a_limit_beyond_a_width_is_kept_by_all_and_one_at_its_largest_is_not() {
        for width in [1, 2, 4] {
            let bytes = vec![255; width];
            let column = Numbers::of(&bytes, 1).expect("a width");
            let beyond = 1 << (8 * width);
            assert!(column.are_below(beyond) && !column.are_below(beyond - 1), "{width}");
        }
        assert!(!Numbers::of(&[255; 8], 1).expect("a width").are_below(u64::MAX));
        assert!(Numbers::default().are_below(0), "of nothing all is below anything");
    }

    #[test]
    fn a_length_that_is_no_width_is_refused() {
        for (length, rows) in
            [(0, 3), (1, 3), (9, 3), (15, 3), (18, 3), (48, 3), (1, 0), (24, 7), (4, usize::MAX)]
        {
            assert_eq!(Numbers::of(&vec![0; length], rows), None, "{length} bytes for {rows} rows");
        }
        assert!(Numbers::of(&[], 0).is_some_and(|none| none.is_empty()));
    }
}
