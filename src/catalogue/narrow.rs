//! How columns are written that take fewer bytes than their numbers have: as wide as the largest needs, which
//! [`Numbers`](crate::kernel::numbers::Numbers) reads, or by differences, which [`summed`](crate::kernel::numbers::summed) reads.

use super::check::by_difference;
use super::format::Section;
use crate::kernel::write::differences;
use alloc::vec::Vec;

/// The bytes of a section of numbers of 32 bits: by differences where it is such a one.
pub(super) fn laid(section: Section, numbers: &[u32]) -> Vec<u8> {
    if by_difference(section).is_none() {
        return numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
    }
    differences(numbers)
}

/// The bytes of numbers, in the narrowest width that holds the largest of them.
pub(super) fn narrowest(numbers: &[u64]) -> Vec<u8> {
    let largest = numbers.iter().copied().max().unwrap_or(0);
    let width = [1_usize, 2, 4].into_iter().find(|width| largest >> (8 * width) == 0).unwrap_or(8);
    // Little-endian: the first bytes are those that say anything.
    numbers.iter().flat_map(|number| number.to_le_bytes().into_iter().take(width)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::numbers::Numbers;
    use proptest::prelude::*;

    #[test]
    fn a_column_is_as_wide_as_its_largest_number_and_no_wider() {
        for (largest, width) in [
            (0, 1),
            (255, 1),
            (256, 2),
            (65_535, 2),
            (65_536, 4),
            (u32::MAX.into(), 4),
            (1 << 32, 8),
            (u64::MAX, 8),
        ] {
            assert_eq!(narrowest(&[1, largest, 0]).len(), 3 * width, "{largest}");
        }
        assert!(narrowest(&[]).is_empty());
    }

    proptest! {
        #[test]
        fn any_numbers_read_back(numbers in prop::collection::vec(any::<u64>(), 0..90), shift in 0_u32..64) {
            let numbers: Vec<u64> = numbers.into_iter().map(|number| number >> shift).collect();
            let bytes = narrowest(&numbers);
            let column = Numbers::of(&bytes, numbers.len()).expect("a width");
            let read: Vec<u64> = (0..column.len()).map(|row| column.at(row)).collect();
            prop_assert_eq!(read, numbers);
        }
    }
}
