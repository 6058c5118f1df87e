//! A bit for each row: row `n` is bit `n % 8` of byte `n / 8`, the least first.

use alloc::vec::Vec;

/// How many bits are set.
#[inline(never)]
pub fn ones(bits: &[u8]) -> usize {
    bits.iter().map(|byte| byte.count_ones() as usize).sum()
}

/// Whether a row's bit is set; none beyond the last is.
#[inline]
pub fn is_set(bits: &[u8], row: usize) -> bool {
    bits.get(row / 8).is_some_and(|byte| byte >> (row % 8) & 1 == 1)
}

/// How many bits before a row's are set, where its own is.
#[inline(never)]
pub fn rank(bits: &[u8], row: usize) -> Option<usize> {
    let (whole, rest) = bits.split_at_checked(row / 8)?;
    let before = rest.first()? & ((1 << (row % 8)) - 1);
    is_set(bits, row).then(|| ones(whole) + before.count_ones() as usize)
}

/// The bits of rows.
pub fn of(rows: impl Iterator<Item = bool>) -> Vec<u8> {
    let mut bits = Vec::new();
    for (row, is_set) in rows.enumerate() {
        if row % 8 == 0 {
            bits.push(0);
        }
        if let Some(byte) = bits.last_mut() {
            *byte |= u8::from(is_set) << (row % 8);
        }
    }
    bits
}

/// Whether bits are as many as there are rows, and those behind the last row are not set.
pub fn fit(bits: &[u8], rows: usize) -> bool {
    let unused = 8 * rows.div_ceil(8) - rows;
    bits.len() == rows.div_ceil(8) && bits.last().is_none_or(|last| last.leading_zeros() as usize >= unused)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_set_row_has_as_many_before_it_as_there_are(rows in prop::collection::vec(any::<bool>(), 0..90)) {
            let bits = of(rows.iter().copied());
            prop_assert!(fit(&bits, rows.len()));
            let mut before = 0;
            for (row, set) in rows.iter().enumerate() {
                prop_assert_eq!(is_set(&bits, row), *set);
                prop_assert_eq!(rank(&bits, row), set.then_some(before));
                before += usize::from(*set);
            }
            prop_assert_eq!(ones(&bits), before);
            prop_assert_eq!(rank(&bits, rows.len()), None);
            prop_assert_eq!(rank(&bits, usize::MAX), None);
        }
    }

    #[test]
    fn bits_that_nobody_has_are_not_set() {
        assert!(fit(&[], 0) && fit(&[0xff], 8) && fit(&[0x07], 3));
        assert!(!fit(&[0x0f], 3) && !fit(&[0, 0], 8) && !fit(&[], 1) && !fit(&[0], 0));
    }
}
