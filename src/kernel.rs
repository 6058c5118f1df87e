//! The hot loops: they walk whole columns and know nothing of what these mean.
//!
//! Scores are `i32` millionths, so that a sum is the same in any order and any width of vector. All loops are
//! plain and safe; the compiler turns them into vector code.

use alloc::collections::BinaryHeap;
use alloc::vec::Vec;
use core::cmp::Reverse;

/// Adds `table[code]` to each score; codes beyond the table add nothing.
pub fn add_gathered<C: Copy + Into<u32>>(scores: &mut [i32], codes: &[C], table: &[i32]) {
    for (score, code) in scores.iter_mut().zip(codes) {
        let code: u32 = (*code).into();
        *score = score.wrapping_add(table.get(code as usize).copied().unwrap_or(0));
    }
}

/// Adds each of a few values at its row; rows beyond the scores are passed over.
pub fn add_sparse(scores: &mut [i32], rows: &[(u32, i32)]) {
    for (row, value) in rows {
        if let Some(score) = scores.get_mut(*row as usize) {
            *score = score.wrapping_add(*value);
        }
    }
}

/// Adds a value a row.
pub fn add_dense(scores: &mut [i32], values: &[i32]) {
    for (score, value) in scores.iter_mut().zip(values) {
        *score = score.wrapping_add(*value);
    }
}

/// The candidates by descending score, ties by ascending rank: the total order of every list.
///
/// Each candidate is one 64-bit key, so that ordering compares integers alone. `ranks` are distinct. Candidates are
/// put in order as they are taken: a page of a large catalogue does not wait for all of it to be sorted.
pub fn by_score(candidates: &[u32], scores: &[i32], ranks: &[u32]) -> impl Iterator<Item = u32> + use<> {
    let keys: Vec<Reverse<(u64, u32)>> = candidates
        .iter()
        .filter_map(|row| {
            let (score, rank) = (scores.get(*row as usize)?, ranks.get(*row as usize)?);
            // Flipping the sign bit orders signed numbers as unsigned ones; inverting puts the largest first.
            let descending = !((*score as u32) ^ 0x8000_0000);
            Some(Reverse(((u64::from(descending) << 32) | u64::from(*rank), *row)))
        })
        .collect();
    let mut heap = BinaryHeap::from(keys);
    core::iter::from_fn(move || heap.pop().map(|Reverse((_, row))| row))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;
    use proptest::prelude::*;

    #[test]
    fn codes_beyond_the_table_add_nothing() {
        let mut scores = vec![1, 1, 1];
        add_gathered(&mut scores, &[0_u16, 5, 1], &[10, 20]);
        assert_eq!(scores, [11, 1, 21]);
        add_sparse(&mut scores, &[(2, -1), (9, 7)]);
        assert_eq!(scores, [11, 1, 20]);
    }

    proptest! {
        #[test]
        fn the_order_is_total(scores in prop::collection::vec(any::<i32>(), 0..60)) {
            let rows: Vec<u32> = (0..scores.len() as u32).collect();
            let ranks: Vec<u32> = rows.iter().rev().copied().collect();
            let ordered: Vec<u32> = by_score(&rows, &scores, &ranks).collect();
            let mut expected = rows.clone();
            expected.sort_by_key(|row| (Reverse(scores[*row as usize]), ranks[*row as usize]));
            prop_assert_eq!(ordered, expected);
        }
    }
}
